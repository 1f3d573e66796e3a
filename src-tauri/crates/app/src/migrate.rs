//! A run over accounts: one browser, one unlocked store, one journey after another.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use rekey_authenticator::{Home, Store, StoreError};
use rekey_browser::own_browser::{self, Options};
use rekey_browser::{Driver, DriverError};
pub use rekey_journey::Goal;
use rekey_journey::{AccountId, AccountState, Event, Journey, ProofKind, StopReason, Task};
use rekey_ledger::Ledger;
use rekey_sites::Plan;
use rekey_vault::Account;
use secrecy::SecretString;
use tokio::time::Instant;
use url::Url;

use crate::runner::{Runner, plan_stop};
use crate::verification::{Passphrase, Verifier};
use crate::{AccountRef, AppError, Assist, BrowserChoice, Outcome, RunLine, Session, Summary};

/// What a run is to do. Holds secrets; lives as long as the run.
pub struct MigrateRequest {
    /// Which accounts, in this order.
    pub accounts: Vec<AccountId>,
    /// The unlocked vault's accounts.
    pub vault: Vec<Account>,
    /// A new passkey, or only a proof.
    pub goal: Goal,
    /// What shows the site.
    pub browser: BrowserChoice,
    /// Rekey's own folder for the browser's profile.
    pub browser_profile: PathBuf,
    /// Go without the browser's sandbox.
    pub no_browser_sandbox: bool,
    /// The store's file.
    pub store: PathBuf,
    /// The store's passphrase, and how it was given.
    pub passphrase: Option<Passphrase>,
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
    let passphrase = request.passphrase.take().ok_or(AppError::SecretNeeded { option: "--store-password-file" })?;
    let mut store = open_store(&request.store, passphrase.value())?;
    let mut verifier = Verifier::new(passphrase, &store, &request.accounts, SystemTime::now())?;
    let mut browser: Option<Box<dyn Driver>> = None;
    let mut stop = std::mem::replace(&mut request.stop, Box::pin(std::future::pending()));
    let mut summary = Summary::default();
    let mut stopped = false;

    let of = request.accounts.len();
    for (index, id) in request.accounts.iter().copied().enumerate() {
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
                done = one(ledger, &request, &account, &mut browser, &mut store, &mut verifier, report) => done?,
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

fn open_store(path: &Path, passphrase: &SecretString) -> Result<Store, AppError> {
    Ok(match Store::open(path, passphrase) {
        Err(StoreError::Missing) => Store::create(path, passphrase)?,
        opened => opened?,
    })
}

fn describe(ledger: &Ledger, id: AccountId) -> Result<AccountRef, AppError> {
    let view = ledger.account(id)?.ok_or_else(|| AppError::NoSuchAccount { name: id.to_string() })?;
    Ok(AccountRef { account: id, site: view.site, user: view.user_name })
}

async fn one(
    ledger: &mut Ledger,
    request: &MigrateRequest,
    account: &AccountRef,
    browser: &mut Option<Box<dyn Driver>>,
    store: &mut Store,
    verifier: &mut Verifier,
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
        None => browser.insert(launch(request).await?),
    };
    let home = Home::Store.code().to_owned();
    let mut started = vec![Event::JourneyStarted { browser: driver.facts().product, home }];
    started.extend(verifier.fact(SystemTime::now()));
    ledger.append(Some(id), &started, rekey_ledger::unix_now())?;
    for fact in started {
        report(RunLine::Ledger { account: account.clone(), fact });
    }
    let task =
        Task { plan, goal: request.goal, has_password: secrets.password.is_some(), has_totp: secrets.totp.is_some() };
    let mut runner = Runner {
        driver: driver.as_mut(),
        store,
        verifier,
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

async fn launch(request: &MigrateRequest) -> Result<Box<dyn Driver>, AppError> {
    let found = own_browser::discover().await;
    let browser = found.into_iter().next().ok_or(DriverError::NoBrowser)?;
    let options = Options {
        headless: request.browser == BrowserChoice::OwnHeadless,
        person_acts: request.assist != Assist::Auto,
        no_sandbox: request.no_browser_sandbox,
        ..Options::new(browser.path, &request.browser_profile)
    };
    Ok(Box::new(own_browser::launch(options).await?))
}
