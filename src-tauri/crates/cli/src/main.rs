//! The command line program `rekey`.

use std::process::ExitCode;

fn main() -> ExitCode {
    rekey_cli::run(std::env::args_os(), &rekey_cli::SiteWindows::default())
}
