//! One file per command.

mod accounts;
mod demo;
mod doctor;
mod health;
mod import;
mod look_ups;
mod passkeys;
mod plan;
mod practice;
mod report;
mod run;
mod site;
mod status;
mod store;

use std::future::Future;

use rekey_app::{AppError, Exit, Session};
use tokio::runtime::Runtime;

use crate::SiteWindows;
use crate::arguments::{Arguments, Command};
use crate::output::Output;

/// Runs the command and says how it ended.
pub(crate) fn run(arguments: Arguments, windows: &SiteWindows, output: &mut Output) -> Result<Exit, AppError> {
    let profile = arguments.global.profile;
    let profile = profile.as_deref();
    match arguments.command {
        Command::Import(import) if import.list_formats => import::list(output),
        Command::Import(import) => import::run(&mut Session::open(profile)?, &import, output),
        Command::Accounts(accounts) => accounts::run(&Session::open(profile)?, &accounts, output),
        Command::Plan(plan) => plan::run(&mut Session::open(profile)?, &plan, output),
        Command::Site(site) => site::run(&Session::open(profile)?, &site, output),
        Command::LookUps(look_ups) => look_ups::run(&Session::open(profile)?, &look_ups, output),
        Command::Recheck(recheck) => look_ups::recheck(&mut Session::open(profile)?, &recheck, output),
        Command::Status => status::run(&Session::open(profile)?, output),
        Command::Report(report) => report::run(&Session::open(profile)?, &report, output),
        Command::Passkeys(passkeys) => passkeys::run(&mut Session::open(profile)?, &passkeys, output),
        Command::Store(store) => store::run(&mut Session::open(profile)?, &store, output),
        Command::Migrate(migrate) => run::migrate(profile, migrate, windows, output),
        Command::Prove(prove) => run::prove(profile, prove, windows, output),
        Command::Practice(practice) => practice::run(profile, &practice, output),
        Command::Doctor => doctor::run(profile, output),
        Command::Demo(demo) => demo::run(profile, &demo, windows, output),
    }
}

/// The runtime of commands that wait for something.
pub(crate) fn runtime() -> Result<Runtime, AppError> {
    Runtime::new().map_err(AppError::unexpected)
}

/// Resolves when the person or the system asks the program to end.
fn asked_to_end() -> impl Future<Output = ()> + Send + 'static {
    #[cfg(unix)]
    async fn terminated() {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    }
    #[cfg(not(unix))]
    async fn terminated() {
        std::future::pending().await
    }
    async {
        tokio::select! {
            // Where the signal cannot be waited for, its usual effect stays: the program ends.
            Ok(()) = tokio::signal::ctrl_c() => {}
            () = terminated() => {}
            else => std::future::pending().await,
        }
    }
}
