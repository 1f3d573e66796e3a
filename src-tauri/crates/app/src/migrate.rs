//! A run over accounts: one browser, one unlocked store, one journey after another.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use rekey_authenticator::Home;
pub use rekey_browser::Mode;
use rekey_browser::own_browser::{self, Options};
use rekey_browser::{Driver, DriverError};
pub use rekey_journey::Goal;
use rekey_journey::{AccountId, AccountState, Event, Journey, ProofKind, StopReason, Task};
use rekey_ledger::Ledger;
use rekey_sites::Plan;
use rekey_vault::Account;
use tokio::time::Instant;
use url::Url;

use crate::bridge::Bridge;
use crate::runner::{Runner, plan_stop};
use crate::verification::Passphrase;
use crate::{AccountRef, AppError, Assist, Outcome, RunLine, Session, Summary};

/// Starts a driver. A host may bring its own.
pub type Launch = Box<dyn FnMut() -> Starting + Send>;
/// A driver that is being started.
pub type Starting = Pin<Box<dyn Future<Output = Result<Box<dyn Driver>, DriverError>> + Send>>;

/// Who makes and keeps the passkeys of a run.
#[derive(Debug)]
pub enum Keeper {
    /// Rekey, in its store (bridged ceremonies). A new store is made where there is none.
    Store {
        /// The store's file.
        file: PathBuf,
        /// Its passphrase, and how it was given.
        passphrase: Passphrase,
    },
    /// The browser, with the authenticators it offers (native ceremonies): Rekey sees what the page is told.
    Browser,
}

/// What a run is to do. Holds secrets; lives as long as the run.
pub struct MigrateRequest {
    /// Which accounts, in this order.
    pub accounts: Vec<AccountId>,
    /// The unlocked vault's accounts.
    pub vault: Vec<Account>,
    /// A new passkey, or only a proof.
    pub goal: Goal,
    /// Starts what shows the sites; once more where a browser died.
    pub launch: Launch,
    /// Where the passkeys live.
    pub keeper: Keeper,
    /// How much Rekey does itself.
    pub assist: Assist,
    /// The person's own sign-in address, for a run of one account.
    pub sign_in: Option<Url>,
    /// The person's own address of the passkey page, for a run of one account.
    pub passkeys: Option<Url>,
    /// How long one account may take; `None` for the usual.
    pub timeout: Option<Duration>,
    /// Ends the run early when it resolves (Ctrl-C); what was done stays.
    pub stop: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl MigrateRequest {
    fn timeout(&self) -> Duration {
        self.timeout.unwrap_or(Duration::from_secs(match self.assist {
            Assist::Auto => 180,
            Assist::Assist | Assist::Watch => 900,
        }))
    }
}

/// Runs the request. The ledger is consistent at every moment; the same run started again goes on.
///
/// # Errors
/// Where the store or the ledger cannot be used or no browser starts. What happens at a site is an outcome.
pub async fn run(
    session: &mut Session,
    mut request: MigrateRequest,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> Result<Summary, AppError> {
    let ledger = &mut session.ledger;
    let mut bridge = match std::mem::replace(&mut request.keeper, Keeper::Browser) {
        Keeper::Store { file, passphrase } => Some(Bridge::open(&file, passphrase, &request.accounts)?),
        Keeper::Browser => None,
    };
    let mut browser: Option<Box<dyn Driver>> = None;
    let mut stop = std::mem::replace(&mut request.stop, Box::pin(std::future::pending()));
    let mut summary = Summary::default();
    let mut stopped = false;

    let of = request.accounts.len();
    for (index, id) in request.accounts.clone().into_iter().enumerate() {
        let account = describe(ledger, id)?;
        let (outcome, reason) = if stopped {
            (Outcome::Skipped, None)
        } else {
            report(RunLine::AccountStarted { account: account.clone(), number: index + 1, of });
            tokio::select! {
                biased;
                () = &mut stop => {
                    stopped = true;
                    (Outcome::Skipped, None)
                }
                done = one(ledger, &mut request, &account, &mut browser, bridge.as_mut(), report) => done?,
            }
        };
        summary.count(outcome);
        report(RunLine::AccountFinished { account, outcome, reason });
    }
    if let Some(browser) = browser {
        // The run is over; a browser that does not end cleanly takes nothing with it.
        let _ = browser.shut_down().await;
    }
    Ok(summary)
}

fn describe(ledger: &Ledger, id: AccountId) -> Result<AccountRef, AppError> {
    let view = ledger.account(id)?.ok_or_else(|| AppError::NoSuchAccount { name: id.to_string() })?;
    Ok(AccountRef { account: id, site: view.site, user: view.user_name })
}

async fn one(
    ledger: &mut Ledger,
    request: &mut MigrateRequest,
    account: &AccountRef,
    browser: &mut Option<Box<dyn Driver>>,
    bridge: Option<&mut Bridge>,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> Result<(Outcome, Option<StopReason>), AppError> {
    let id = account.account;
    let progress = ledger.progress(id)?;
    if request.goal == Goal::Migrate {
        match progress.state() {
            AccountState::Proven => return Ok((Outcome::Proven, None)),
            AccountState::SecondFactor => return Ok((Outcome::SecondFactor, None)),
            _ => {}
        }
    }
    let secrets = request.vault.iter().find(|a| ledger.account_id(&a.site, &a.user_name) == id);
    let secrets = match secrets {
        Some(secrets) => secrets.clone(),
        None => return stop(ledger, account, StopReason::NoPassword, report),
    };
    let plan = match Plan::generic(
        &account.site,
        secrets.sign_in.as_ref(),
        request.sign_in.as_ref(),
        request.passkeys.as_ref(),
    ) {
        Ok(plan) => plan,
        Err(problem) => return stop(ledger, account, plan_stop(problem), report),
    };
    let driver = match browser {
        Some(driver) => driver,
        None => browser.insert((request.launch)().await?),
    };
    let home = if bridge.is_some() { Home::Store } else { Home::BrowserProfile }.code().to_owned();
    let mut started =
        vec![Event::JourneyStarted { browser: driver.facts().product, home, assist: request.assist.name().to_owned() }];
    started.extend(bridge.as_ref().and_then(|bridge| bridge.verifier.fact(SystemTime::now())));
    ledger.append(Some(id), &started, rekey_ledger::unix_now())?;
    for fact in started {
        report(RunLine::Ledger { account: account.clone(), fact });
    }
    let task =
        Task { plan, goal: request.goal, has_password: secrets.password.is_some(), has_totp: secrets.totp.is_some() };
    let mut runner = Runner {
        driver: driver.as_mut(),
        bridge,
        ledger,
        account,
        secrets: &secrets,
        assist: request.assist,
        deadline: Instant::now() + request.timeout(),
        report,
    };
    let outcome = runner.run(Journey::new(task, progress)).await?;
    Ok(match outcome {
        rekey_journey::Outcome::Proven(evidence) => match evidence.kind() {
            ProofKind::Passwordless => (Outcome::Proven, None),
            ProofKind::SecondFactor => (Outcome::SecondFactor, None),
        },
        rekey_journey::Outcome::Stopped(reason) => {
            if reason == StopReason::BrowserGone {
                // The next account gets a browser of its own.
                *browser = None;
            }
            (ended(reason), Some(reason))
        }
    })
}

fn ended(reason: StopReason) -> Outcome {
    if reason.needs_person() { Outcome::NeedsPerson } else { Outcome::Stuck }
}

fn stop(
    ledger: &mut Ledger,
    account: &AccountRef,
    reason: StopReason,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> Result<(Outcome, Option<StopReason>), AppError> {
    let fact = Event::Stopped { reason };
    ledger.append(Some(account.account), std::slice::from_ref(&fact), rekey_ledger::unix_now())?;
    report(RunLine::Ledger { account: account.clone(), fact });
    Ok((ended(reason), Some(reason)))
}

/// Starts an installed browser, in Rekey's own profile folder.
pub fn own_browser(choice: OwnBrowser) -> Launch {
    Box::new(move || {
        let choice = choice.clone();
        Box::pin(async move {
            let browser = own_browser::discover().await.into_iter().next().ok_or(DriverError::NoBrowser)?;
            let options = Options {
                headless: choice.headless,
                mode: choice.mode,
                person_acts: choice.assist != Assist::Auto,
                // The browser's own passkeys are lost with the profile that holds them.
                keep_profile: choice.mode == Mode::Native,
                no_sandbox: choice.no_sandbox,
                ..Options::new(browser.path, &choice.profile)
            };
            Ok(Box::new(own_browser::launch(options).await?) as Box<dyn Driver>)
        })
    })
}

/// How an installed browser is started.
#[derive(Debug, Clone)]
pub struct OwnBrowser {
    /// Rekey's own folder for its profile.
    pub profile: PathBuf,
    /// Without a window.
    pub headless: bool,
    /// Who answers ceremonies; goes with the run's [`Keeper`].
    pub mode: Mode,
    /// Who acts.
    pub assist: Assist,
    /// Without the browser's sandbox.
    pub no_sandbox: bool,
}
