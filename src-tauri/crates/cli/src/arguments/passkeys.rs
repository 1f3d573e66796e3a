//! `passkeys`: what the command takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rekey_app::TransferFormat;

use super::{StoreKey, one_of};

#[derive(Debug, Args)]
pub(crate) struct Passkeys {
    #[command(subcommand)]
    pub(crate) act: PasskeysAct,
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) store: Option<PathBuf>,
}

/// What to do with the passkeys in the store.
#[derive(Debug, Subcommand)]
pub(crate) enum PasskeysAct {
    #[command(name = "list")]
    List {
        #[command(flatten)]
        key: StoreKey,
    },
    #[command(name = "export")]
    Export(ExportPasskeys),
    #[command(name = "import")]
    Import(PasskeysFile),
    #[command(name = "delete")]
    Delete(PasskeysFile),
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("chosen").required(true).args(["account", "all"]))]
#[command(group = clap::ArgGroup::new("protection").required(true).args(["age", "age_recipient", "plain"]))]
pub(crate) struct ExportPasskeys {
    #[arg(long, value_name = "FORMAT", value_parser = transfer_format())]
    pub(crate) to: TransferFormat,
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) account: Vec<String>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) age: bool,
    #[arg(long, value_name = "F", requires = "age")]
    pub(crate) age_password_file: Option<PathBuf>,
    #[arg(long, value_name = "KEY")]
    pub(crate) age_recipient: Vec<String>,
    #[arg(long)]
    pub(crate) plain: bool,
    #[command(flatten)]
    pub(crate) key: StoreKey,
}

/// A file of passkeys, and what opens it and the store.
#[derive(Debug, Args)]
pub(crate) struct PasskeysFile {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) age: AgeKey,
    #[command(flatten)]
    pub(crate) key: StoreKey,
}

/// What opens a file that is encrypted with age.
#[derive(Debug, Args)]
pub(crate) struct AgeKey {
    #[arg(long, value_name = "F")]
    pub(crate) age_password_file: Option<PathBuf>,
    #[arg(long, value_name = "F")]
    pub(crate) age_identity: Option<PathBuf>,
}

fn transfer_format() -> impl clap::builder::TypedValueParser<Value = TransferFormat> {
    one_of(TransferFormat::ALL.map(|format| (format.name(), format)))
}
