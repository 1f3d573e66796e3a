//! `migrate` and `prove`: the same run over accounts with two goals.

use std::path::Path;
use std::sync::Arc;

use rekey_app::migrate::{self, Keeper, Launch, MigrateRequest, Mode};
use rekey_app::{
    AccountId, AccountView, AppError, Assist, BrowserChoice, Exit, Goal, Home, Passphrase, Session, Settings, Vaults,
    device, is_same_file,
};

use crate::arguments::{Browser, Migrate, Run};
use crate::commands::{accounts, asked_to_end, runtime};
use crate::live::Live;
use crate::output::Output;
use crate::person::AtTheTerminal;
use crate::{SiteWindow, SiteWindows};
use crate::{secrets, vaults};

pub(crate) fn migrate(
    profile: Option<&Path>,
    arguments: Migrate,
    windows: &SiteWindows,
    output: &Output,
) -> Result<Exit, AppError> {
    let goal = if arguments.again { Goal::Again } else { Goal::Migrate };
    over_accounts(profile, arguments.run, goal, windows, output)
}

pub(crate) fn prove(
    profile: Option<&Path>,
    arguments: Run,
    windows: &SiteWindows,
    output: &Output,
) -> Result<Exit, AppError> {
    over_accounts(profile, arguments, Goal::Prove, windows, output)
}

/// No account named means all of the vault's.
fn over_accounts(
    profile: Option<&Path>,
    asked: Run,
    goal: Goal,
    windows: &SiteWindows,
    output: &Output,
) -> Result<Exit, AppError> {
    // What cannot be done at all is said before anybody types a password.
    let (browser, assist) = choices(&asked.browser, BrowserChoice::Own, windows)?;
    let runtime = runtime()?;
    let home = asked.authenticator;
    takes(home, browser, output)?;
    let mut session = Session::open(profile)?;
    let store = asked.store.unwrap_or_else(|| session.profile.store());
    if home == Home::Store && asked.vault.iter().any(|vault| is_same_file(&store, vault)) {
        return Err(AppError::StoreIsVault);
    }
    let vault = vaults::open(&session, &asked.vault, &asked.key, output)?;
    session.import(&vault, false, &output.texts)?;
    let accounts = match asked.accounts.as_slice() {
        [] => all_of(&session, &vault),
        names => session.resolve(names)?,
    };
    let given = [asked.sign_in.as_ref(), asked.passkeys.as_ref()];
    MigrateRequest::check_addresses(accounts.len(), &given)?;
    let keeper = match home {
        Home::Store => {
            let passphrase = secrets::store_passphrase(&store, asked.store_password_file.as_deref(), output)?;
            Keeper::Store { file: store, passphrase }
        }
        Home::BrowserProfile => Keeper::Browser,
        home => Keeper::Device {
            authenticator: runtime.block_on(device::open(home, &session.profile))?,
            person: Arc::new(AtTheTerminal::new(asked.pin_file, output)),
        },
    };
    let request = MigrateRequest {
        accounts,
        vault: vault.accounts,
        goal,
        launch: launch(&session, (browser, assist), home, asked.browser.no_browser_sandbox, windows, output),
        keeper,
        assist,
        sign_in: asked.sign_in,
        passkeys: asked.passkeys,
        timeout: asked.browser.timeout,
        stop: Box::pin(asked_to_end()),
        controls: None,
    };
    runtime.block_on(live(&mut session, request, output, |_| Ok(())))
}

/// Whether passkeys can be put there in this way. The browser's own authenticators ask the person, who needs a window to be
/// asked in.
fn takes(home: Home, browser: BrowserChoice, output: &Output) -> Result<(), AppError> {
    match (home, browser) {
        (Home::Store | Home::Tpm | Home::SecurityKey | Home::WindowsHello, _) => Ok(()),
        (Home::BrowserProfile, BrowserChoice::Own) => Ok(()),
        (home, _) => Err(AppError::HomeUnavailable { name: output.texts.of_code("home", home.code()) }),
    }
}

/// The browser and who acts in it. Without a window nobody can act but Rekey.
pub(crate) fn choices(
    browser: &Browser,
    usual: BrowserChoice,
    windows: &SiteWindows,
) -> Result<(BrowserChoice, Assist), AppError> {
    let choice = browser.browser.unwrap_or(usual);
    let assist = match (choice, browser.assist) {
        (BrowserChoice::Embedded, level) if matches!(windows, SiteWindows::Here(_)) => level.unwrap_or(Assist::Assist),
        (BrowserChoice::Embedded | BrowserChoice::ByHand, _) => {
            return Err(AppError::BrowserChoice { name: choice.name() });
        }
        (BrowserChoice::OwnHeadless, Some(level @ (Assist::Assist | Assist::Watch))) => {
            return Err(AppError::AssistNeedsWindow { level: level.name() });
        }
        (BrowserChoice::OwnHeadless, _) => Assist::Auto,
        (BrowserChoice::Own, level) => level.unwrap_or(Assist::Assist),
    };
    Ok((choice, assist))
}

/// Starts what shows the sites.
pub(crate) fn launch(
    session: &Session,
    (browser, assist): (BrowserChoice, Assist),
    home: Home,
    no_sandbox: bool,
    windows: &SiteWindows,
    output: &Output,
) -> Launch {
    let capabilities = device::capabilities(home, &Settings::of(&session.profile).consent());
    if let (SiteWindows::Here(launch), BrowserChoice::Embedded) = (windows, browser) {
        let data = session.profile.site_windows();
        return launch(SiteWindow { data, language: output.texts.language(), no_sandbox, capabilities });
    }
    migrate::own_browser(migrate::OwnBrowser {
        profile: session.profile.browser(),
        headless: browser == BrowserChoice::OwnHeadless,
        mode: if home == Home::BrowserProfile { Mode::Native } else { Mode::Bridged },
        assist,
        no_sandbox,
        capabilities,
    })
}

/// The ledger's ids of every account in a vault.
pub(crate) fn all_of(session: &Session, vault: &Vaults) -> Vec<AccountId> {
    vault.accounts.iter().map(|account| session.ledger.account_id(&account.site, &account.user_name)).collect()
}

/// Runs a request with its lines as they happen, its table and `before_summary`, and the summary last, whatever fails
/// on the way.
pub(crate) async fn live(
    session: &mut Session,
    request: MigrateRequest,
    output: &Output,
    before_summary: impl FnOnce(&Session) -> Result<(), AppError>,
) -> Result<Exit, AppError> {
    let accounts = request.accounts.clone();
    let mut live = Live::new(output);
    let summary = migrate::run(session, request, &mut |line| live.show(&line)).await?;
    let shown = table(session, &accounts, output).and_then(|()| before_summary(session));
    if let Err(error) = &shown {
        live.broke_off(error);
    }
    live.finish(&summary)?;
    Ok(match shown {
        Err(error) => error.exit(),
        Ok(()) if summary.is_complete() => Exit::Done,
        Ok(()) => Exit::Stopped,
    })
}

fn table(session: &Session, accounts: &[AccountId], output: &Output) -> Result<(), AppError> {
    if output.json {
        return Ok(());
    }
    let mut views: Vec<AccountView> = Vec::new();
    for id in accounts {
        views.extend(session.ledger.account(*id)?);
    }
    output.raw("\n")?;
    output.table(&accounts::what_was_done(&views, output))
}

/// A passphrase that stands in a file, so that it can be presented again.
pub(crate) fn from_file(passphrase: secrecy::SecretString, file: &Path) -> Passphrase {
    Passphrase::from_file(passphrase, file.to_owned())
}
