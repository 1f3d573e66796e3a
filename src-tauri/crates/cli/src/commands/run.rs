//! `migrate` and `prove`: the same run over accounts with two goals.

use std::path::{Path, PathBuf};

use rekey_app::migrate::{self, Keeper, MigrateRequest, Mode};
use rekey_app::{
    AccountId, AccountView, AppError, Assist, BrowserChoice, Exit, Goal, Home, OpenVault, Passphrase, Session, Summary,
};
use url::Url;

use crate::arguments::{Browser, Migrate, Prove, Run, VaultKey};
use crate::commands::{accounts, asked_to_end, runtime};
use crate::live::Live;
use crate::output::Output;
use crate::secrets;

pub(crate) fn migrate(profile: Option<&Path>, arguments: Migrate, output: &Output) -> Result<Exit, AppError> {
    let Migrate { accounts, all: _, vault, key, run, passkeys } = arguments;
    over_accounts(profile, Asked { accounts, vault, key, run, passkeys, goal: Goal::Migrate }, output)
}

pub(crate) fn prove(profile: Option<&Path>, arguments: Prove, output: &Output) -> Result<Exit, AppError> {
    let Prove { accounts, all: _, vault, key, run } = arguments;
    over_accounts(profile, Asked { accounts, vault, key, run, passkeys: None, goal: Goal::Prove }, output)
}

/// What a person asked for; no account named means all of the vault's.
struct Asked {
    accounts: Vec<String>,
    vault: PathBuf,
    key: VaultKey,
    run: Run,
    passkeys: Option<Url>,
    goal: Goal,
}

fn over_accounts(profile: Option<&Path>, asked: Asked, output: &Output) -> Result<Exit, AppError> {
    // What cannot be done at all is said before anybody types a password.
    let (browser, assist) = choices(&asked.run.browser, BrowserChoice::Own)?;
    let mode = mode(asked.run.authenticator, browser, output)?;
    let mut session = Session::open(profile)?;
    let vault = secrets::unlock(&asked.vault, &asked.key, output)?;
    session.import(&vault, false, &output.texts)?;
    let accounts = match asked.accounts.as_slice() {
        [] => all_of(&session, &vault),
        names => session.resolve(names)?,
    };
    let keeper = match mode {
        Mode::Bridged => {
            let file = asked.run.store.unwrap_or_else(|| session.profile.store());
            let passphrase = secrets::store_passphrase(&file, asked.run.store_password_file.as_deref(), output)?;
            Keeper::Store { file, passphrase }
        }
        Mode::Native => Keeper::Browser,
    };
    let request = MigrateRequest {
        accounts,
        vault: vault.accounts,
        goal: asked.goal,
        launch: migrate::own_browser(migrate::OwnBrowser {
            profile: session.profile.browser(),
            headless: browser == BrowserChoice::OwnHeadless,
            mode,
            assist,
            no_sandbox: asked.run.browser.no_browser_sandbox,
        }),
        keeper,
        assist,
        sign_in: asked.run.sign_in,
        passkeys: asked.passkeys,
        timeout: asked.run.browser.timeout,
        stop: Box::pin(asked_to_end()),
    };
    let summary = runtime()?.block_on(live(&mut session, request, output, |_| Ok(())))?;
    Ok(exit(&summary))
}

/// Who answers the sites' requests. The browser's own authenticators ask the person, who needs a window to be asked in.
fn mode(home: Home, browser: BrowserChoice, output: &Output) -> Result<Mode, AppError> {
    match (home, browser) {
        (Home::Store, _) => Ok(Mode::Bridged),
        (Home::BrowserProfile, BrowserChoice::Own) => Ok(Mode::Native),
        (home, _) => Err(AppError::HomeUnavailable { name: output.texts.of_code("home", home.code()) }),
    }
}

/// The browser and who acts in it. Without a window nobody can act but Rekey.
pub(crate) fn choices(browser: &Browser, usual: BrowserChoice) -> Result<(BrowserChoice, Assist), AppError> {
    let choice = browser.browser.unwrap_or(usual);
    let assist = match choice {
        BrowserChoice::Embedded | BrowserChoice::ByHand => {
            return Err(AppError::BrowserChoice { name: choice.name() });
        }
        BrowserChoice::OwnHeadless => Assist::Auto,
        BrowserChoice::Own => Assist::Assist,
    };
    Ok((choice, browser.assist.unwrap_or(assist)))
}

/// The ledger's ids of every account in a vault.
pub(crate) fn all_of(session: &Session, vault: &OpenVault) -> Vec<AccountId> {
    vault.accounts.iter().map(|account| session.ledger.account_id(&account.site, &account.user_name)).collect()
}

/// Runs a request with its lines as they happen and its table at the end; `before_summary` comes between.
pub(crate) async fn live(
    session: &mut Session,
    request: MigrateRequest,
    output: &Output,
    before_summary: impl FnOnce(&Session) -> Result<(), AppError>,
) -> Result<Summary, AppError> {
    let accounts = request.accounts.clone();
    let mut live = Live::new(output);
    let summary = migrate::run(session, request, &mut |line| live.show(&line)).await?;
    if !output.json {
        let mut views: Vec<AccountView> = Vec::new();
        for id in accounts {
            views.extend(session.ledger.account(id)?);
        }
        output.raw("\n")?;
        output.table(&accounts::what_was_done(&views, output))?;
    }
    before_summary(session)?;
    live.finish(&summary)?;
    Ok(summary)
}

/// An account that was not tried leaves something to do, too.
pub(crate) fn exit(summary: &Summary) -> Exit {
    if summary.is_complete() && summary.skipped == 0 { Exit::Done } else { Exit::Stopped }
}

/// A passphrase that stands in a file, so that it can be presented again.
pub(crate) fn from_file(passphrase: secrecy::SecretString, file: &Path) -> Passphrase {
    Passphrase::from_file(passphrase, file.to_owned())
}
