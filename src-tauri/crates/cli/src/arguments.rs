//! The command line's contract. Help texts come from the locales, by command and argument name; see `help.rs`.

mod passkeys;

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, ArgGroup, Args, Parser, Subcommand, ValueEnum};
use rekey_app::text::Language;
use rekey_app::{AccountState, Assist, BrowserChoice, Column, Home, LookUp, ReportFormat, VaultFormat};
use rekey_relying_party::Profile;
use url::Url;

pub(crate) use passkeys::{AgeKey, ExportPasskeys, Passkeys, PasskeysAct, PasskeysFile};

#[derive(Debug, Parser)]
#[command(name = "rekey", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// What is to show the sites, where somebody said.
    pub(crate) fn browser(&self) -> Option<BrowserChoice> {
        match &self.command {
            Command::Migrate(migrate) => migrate.run.browser.browser,
            Command::Prove(run) => run.browser.browser,
            Command::Demo(demo) => demo.browser.browser,
            _ => None,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Language>,
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Import(Import),
    Accounts(Accounts),
    Plan(Plan),
    Site(SiteFacts),
    LookUps(LookUps),
    Recheck(Recheck),
    Migrate(Migrate),
    Prove(Run),
    Status,
    Report(Report),
    Store(StoreCommand),
    Passkeys(Passkeys),
    Practice(Practice),
    Doctor,
    Demo(Demo),
}

#[derive(Debug, Args)]
pub(crate) struct VaultKey {
    #[arg(long, conflicts_with = "password_file")]
    pub(crate) password_stdin: bool,
    #[arg(long, value_name = "F")]
    pub(crate) password_file: Vec<PathBuf>,
    #[arg(long, value_name = "K")]
    pub(crate) key_file: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", value_parser = vault_format())]
    pub(crate) format: Vec<VaultFormat>,
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', value_parser = column())]
    pub(crate) columns: Vec<Column>,
    #[arg(long, requires = "columns")]
    pub(crate) no_heading: bool,
    #[arg(long)]
    pub(crate) patient: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) prefer: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[arg(value_name = "FILE", required_unless_present = "list_formats")]
    pub(crate) file: Vec<PathBuf>,
    #[arg(long, conflicts_with = "file")]
    pub(crate) list_formats: bool,
    #[command(flatten)]
    pub(crate) key: VaultKey,
    #[arg(long, value_name = "TITLE=SITE", value_parser = place)]
    pub(crate) place: Vec<(String, Url)>,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) delete_export: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Accounts {
    #[arg(long, value_name = "S", value_parser = state())]
    pub(crate) state: Option<AccountState>,
    #[arg(long, value_name = "D")]
    pub(crate) site: Option<String>,
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub(crate) sort: Order,
}

/// In which order accounts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Order {
    /// By site and user name.
    #[default]
    Site,
    /// As the plan has them.
    Plan,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(long)]
    pub(crate) everything: bool,
    #[arg(long, value_name = "ACCOUNT", group = "choice")]
    pub(crate) pin: Option<String>,
    #[arg(long, value_name = "ACCOUNT", group = "choice")]
    pub(crate) postpone: Option<String>,
    #[arg(long, value_name = "DAY", requires = "postpone", value_parser = day)]
    pub(crate) until: Option<u32>,
    #[arg(long, value_name = "ACCOUNT", group = "choice")]
    pub(crate) leave_out: Option<String>,
    #[arg(long, value_name = "ACCOUNT", group = "choice")]
    pub(crate) bring_back: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SiteFacts {
    #[arg(value_name = "DOMAIN|URL", required_unless_present = "contribute")]
    pub(crate) site: Option<String>,
    #[arg(long, value_name = "FIELD=VALUE", requires = "site", value_parser = correction)]
    pub(crate) correct: Vec<(String, String)>,
    #[arg(long, requires = "site", conflicts_with = "correct")]
    pub(crate) forget: bool,
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["site", "correct", "forget"])]
    pub(crate) contribute: Option<PathBuf>,
    #[arg(long, requires = "contribute")]
    pub(crate) with_notes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LookUps {
    #[arg(long, value_name = "NAME", value_parser = look_up())]
    pub(crate) on: Vec<LookUp>,
    #[arg(long, value_name = "NAME", value_parser = look_up())]
    pub(crate) off: Vec<LookUp>,
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no())]
    pub(crate) watch: Option<bool>,
}

#[derive(Debug, Args)]
pub(crate) struct Recheck {
    #[arg(value_name = "FILE")]
    pub(crate) file: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) key: VaultKey,
}

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    pub(crate) run: Run,
    #[arg(long)]
    pub(crate) again: bool,
}

/// What a run over accounts takes.
#[derive(Debug, Args)]
pub(crate) struct Run {
    #[arg(value_name = "ACCOUNT", required_unless_present = "all")]
    pub(crate) accounts: Vec<String>,
    #[arg(long, conflicts_with = "accounts")]
    pub(crate) all: bool,
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) vault: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) key: VaultKey,
    #[command(flatten)]
    pub(crate) browser: Browser,
    #[arg(long, value_name = "HOME", value_parser = home(), default_value = "store")]
    pub(crate) authenticator: Home,
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,
    #[arg(long, value_name = "F")]
    pub(crate) store_password_file: Option<PathBuf>,
    #[arg(long, value_name = "F")]
    pub(crate) pin_file: Option<PathBuf>,
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) sign_in: Option<Url>,
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) passkeys: Option<Url>,
}

/// How sites are shown.
#[derive(Debug, Clone, Args)]
pub(crate) struct Browser {
    #[arg(long, value_name = "BROWSER", value_parser = browser())]
    pub(crate) browser: Option<BrowserChoice>,
    #[arg(long, value_name = "LEVEL", value_parser = assist())]
    pub(crate) assist: Option<Assist>,
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,
    #[arg(long)]
    pub(crate) no_browser_sandbox: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) format: Format,
    #[arg(long, value_name = "F")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Html,
    Csv,
    Json,
}

impl Format {
    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl From<Format> for ReportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Html => Self::Html,
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct StoreCommand {
    #[command(subcommand)]
    pub(crate) act: StoreAct,
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) store: Option<PathBuf>,
}

/// What to do with the store's file.
#[derive(Debug, Subcommand)]
pub(crate) enum StoreAct {
    #[command(name = "show")]
    Show,
    #[command(name = "lock")]
    Lock {
        #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(0..=10_080))]
        after: Option<u32>,
    },
    #[command(name = "passphrase")]
    Passphrase {
        #[command(flatten)]
        key: StoreKey,
        #[arg(long, value_name = "F")]
        new_password_file: Option<PathBuf>,
    },
    #[command(name = "backup")]
    Backup {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        #[command(flatten)]
        key: StoreKey,
    },
    #[command(name = "restore")]
    Restore {
        #[arg(value_name = "FILE")]
        from: Option<PathBuf>,
        #[command(flatten)]
        key: StoreKey,
    },
    #[command(name = "sheet")]
    Sheet {
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    #[command(name = "lost", group = ArgGroup::new("what").args(["passphrase", "file"]).required(true))]
    Lost {
        #[arg(long)]
        passphrase: bool,
        #[arg(long)]
        file: bool,
        #[arg(long)]
        mark: bool,
    },
}

/// What opens the store.
#[derive(Debug, Args)]
pub(crate) struct StoreKey {
    #[arg(long, value_name = "F")]
    pub(crate) store_password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Practice {
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) accounts: Option<u16>,
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = practice_profile())]
    pub(crate) rehearse: Vec<String>,
    #[arg(long)]
    pub(crate) keep: bool,
    #[arg(long, value_name = "F", conflicts_with = "keep")]
    pub(crate) vault_out: Option<PathBuf>,
    #[arg(long, value_name = "IP", requires = "origin")]
    pub(crate) listen: Option<IpAddr>,
    #[arg(long, value_name = "U", requires = "listen", value_parser = web_address)]
    pub(crate) origin: Option<Url>,
}

/// A profile of the practice site, or all of them.
fn practice_profile() -> PossibleValuesParser {
    PossibleValuesParser::new(Profile::ALL.iter().map(|profile| profile.id).chain(["all"]))
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) browser: Browser,
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) accounts: u16,
}

fn language(text: &str) -> Result<Language, rekey_app::text::UnknownLanguage> {
    text.parse()
}

/// Only `http` and `https`: nothing else leads to a site.
fn web_address(text: &str) -> Result<Url, NotAnAddress> {
    let url = Url::parse(text).map_err(|_| NotAnAddress)?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(NotAnAddress) }
}

/// `TITLE=SITE`: titles may have `=` in them, sites may not.
/// `FIELD=VALUE`; a value may hold the sign as well.
fn correction(text: &str) -> Result<(String, String), &'static str> {
    let (field, value) = text.split_once('=').ok_or("not like role=sign_in")?;
    Ok((field.trim().replace('-', "_"), value.trim().to_owned()))
}

/// `YYYY-MM-DD` as days since 1970-01-01.
fn day(text: &str) -> Result<u32, &'static str> {
    rekey_app::plan::day_of_date(text).ok_or("not a day like 2027-01-31")
}

fn look_up() -> impl clap::builder::TypedValueParser<Value = LookUp> {
    one_of(LookUp::ALL.map(|look_up| (look_up.name(), look_up)))
}

fn yes_or_no() -> impl clap::builder::TypedValueParser<Value = bool> {
    one_of([("yes", true), ("no", false)])
}

fn place(text: &str) -> Result<(String, Url), NotAnAddress> {
    let (title, site) = text.rsplit_once('=').ok_or(NotAnAddress)?;
    let site = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
    Ok((title.to_owned(), web_address(&site)?))
}

#[derive(Debug)]
struct NotAnAddress;

impl std::fmt::Display for NotAnAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a web address (https://…)")
    }
}

impl std::error::Error for NotAnAddress {}

fn seconds(text: &str) -> Result<Duration, std::num::ParseIntError> {
    text.parse::<std::num::NonZeroU32>().map(|seconds| Duration::from_secs(seconds.get().into()))
}

/// A parser of one name among several, which also lists them in help and errors.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: impl IntoIterator<Item = (&'static str, T)>,
) -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::TypedValueParser as _;
    let all: Vec<(&'static str, T)> = all.into_iter().collect();
    let names: Vec<&'static str> = all.iter().map(|(name, _)| *name).collect();
    clap::builder::PossibleValuesParser::new(names)
        .try_map(move |name| all.iter().find(|(n, _)| *n == name).map(|(_, value)| *value).ok_or(NotAnAddress))
}

fn browser() -> impl clap::builder::TypedValueParser<Value = BrowserChoice> {
    one_of(BrowserChoice::ALL.iter().map(|choice| (choice.name(), *choice)))
}

fn assist() -> impl clap::builder::TypedValueParser<Value = Assist> {
    one_of(Assist::ALL.iter().map(|choice| (choice.name(), *choice)))
}

fn state() -> impl clap::builder::TypedValueParser<Value = AccountState> {
    one_of(AccountState::ALL.map(|state| (state.code(), state)))
}

fn vault_format() -> impl clap::builder::TypedValueParser<Value = VaultFormat> {
    one_of(VaultFormat::all().map(|format| (format.name(), format)))
}

fn column() -> impl clap::builder::TypedValueParser<Value = Column> {
    one_of(Column::OFFERED.map(|column| (column.name(), column)))
}

/// `browser` is short for the browser's profile.
fn home() -> impl clap::builder::TypedValueParser<Value = Home> {
    one_of(Home::ALL.map(|home| (if home == Home::BrowserProfile { "browser" } else { home.code() }, home)))
}
