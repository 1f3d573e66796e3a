//! A run over accounts: one browser, one unlocked store, one journey after another.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rekey_authenticator::Home;
pub use rekey_authenticator::{Authenticator, HeldPasskey, Interaction, NewPinAsked, Notice, PinAsked};
pub use rekey_browser::Capabilities;
pub use rekey_browser::Mode;
use rekey_browser::own_browser::{self, Options};
use rekey_browser::{Driver, DriverError};
pub use rekey_journey::Goal;
use rekey_journey::{AccountId, AccountState, Event, Journey, ProofKind, StopReason, Task};
use rekey_ledger::Ledger;
use rekey_lookup::Consent as LookUpConsent;
use rekey_sites::{Directory, Plan};
use rekey_vault::Account;
use tokio::time::Instant;
use url::Url;

use crate::bridge::Bridge;
pub use crate::bridge::SharedStore;
pub use crate::controls::{CeremonyKind, Consent, ConsentRequest, Controls, Person, Steering};
use crate::runner::{Runner, left, plan_stop};
use crate::verification::Passphrase;
pub use crate::verification::Verified;
use crate::{AccountRef, AppError, Assist, Outcome, RunLine, Session, Settings, Summary};

/// Starts a driver. A host may bring its own.
pub type Launch = Box<dyn FnMut() -> Starting + Send>;
/// A driver that is being started.
pub type Starting = Pin<Box<dyn Future<Output = Result<Box<dyn Driver>, DriverError>> + Send>>;

/// Who makes and keeps the passkeys of a run.
pub enum Keeper {
    /// Rekey, in its store (bridged ceremonies). A new store is made where there is none.
    Store {
        /// The store's file.
        file: PathBuf,
        /// Its passphrase, and how it was given.
        passphrase: Passphrase,
    },
    /// The same with a store that is open already, for a person in front of a window ([`Controls`]).
    OpenStore {
        /// The store. The run holds it until it is over.
        store: SharedStore,
        /// How the person is verified.
        verified: Verified,
    },
    /// An authenticator that verifies the person itself (bridged ceremonies): a security key, the TPM, Windows Hello.
    Device {
        /// The authenticator.
        authenticator: Box<dyn Authenticator>,
        /// Whom it asks.
        person: Arc<dyn Interaction>,
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
    /// A passkey, a new one whatever is there, or only a proof.
    pub goal: Goal,
    /// Starts what shows the sites; once more where a browser died.
    pub launch: Launch,
    /// Where the passkeys live.
    pub keeper: Keeper,
    /// How much Rekey does itself.
    pub assist: Assist,
    /// The person's own sign-in address. It is one account's, so a run of several refuses it.
    pub sign_in: Option<Url>,
    /// The person's own address of the page that adds passkeys. A run of several accounts refuses it, too.
    pub passkeys: Option<Url>,
    /// How long one account may take; `None` for the usual.
    pub timeout: Option<Duration>,
    /// Ends the run early when it resolves (Ctrl-C); what was done stays.
    pub stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// A window over the run, where there is one.
    pub controls: Option<Controls>,
}

impl MigrateRequest {
    /// What may be said before anybody types a password: one person's address does not fit several accounts.
    ///
    /// # Errors
    /// [`AppError::AddressForSeveral`].
    pub fn check_addresses(accounts: usize, given: &[Option<&Url>]) -> Result<(), AppError> {
        let refused = accounts > 1 && given.iter().any(Option::is_some);
        if refused { Err(AppError::AddressForSeveral { accounts }) } else { Ok(()) }
    }
}

/// What is the same for every account of a run.
struct Terms {
    vault: Vec<Account>,
    directory: Directory,
    goal: Goal,
    assist: Assist,
    sign_in: Option<Url>,
    passkeys: Option<Url>,
    timeout: Duration,
    controls: Option<Controls>,
    consent: LookUpConsent,
}

fn usual_timeout(assist: Assist) -> Duration {
    Duration::from_secs(match assist {
        Assist::Auto => 180,
        Assist::Assist | Assist::Watch => 900,
    })
}

/// The browser of a run, started when the first account needs it.
struct Browser {
    launch: Launch,
    driver: Option<Box<dyn Driver>>,
    started_before: bool,
}

impl Browser {
    async fn running(&mut self) -> Result<&mut Box<dyn Driver>, DriverError> {
        let driver = match self.driver.take() {
            Some(driver) => driver,
            None => (self.launch)().await?,
        };
        self.started_before = true;
        Ok(self.driver.insert(driver))
    }

    /// A browser that does not end cleanly takes nothing with it.
    async fn end(&mut self) {
        if let Some(driver) = self.driver.take()
            && let Err(error) = driver.shut_down().await
        {
            tracing::info!(%error, "the browser did not end cleanly");
        }
    }
}

/// Runs the request. The ledger is consistent at every moment; the same run started again goes on.
///
/// Where the store, the ledger or a browser that is needed once more fails on the way, that account ends with it, those
/// after it are skipped, and the summary says so.
///
/// # Errors
/// Before anything is done at a site: where the accounts are not in the ledger, an address is given for several of them,
/// the store cannot be opened, or no browser starts. What happens at a site is an outcome.
pub async fn run(
    session: &mut Session,
    request: MigrateRequest,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> Result<Summary, AppError> {
    let directory = session.profile.directory(rekey_ledger::unix_now());
    let consent = Settings::of(&session.profile).consent();
    let ledger = &mut session.ledger;
    let MigrateRequest {
        accounts,
        vault,
        goal,
        launch,
        keeper,
        assist,
        sign_in,
        passkeys,
        timeout,
        mut stop,
        controls,
    } = request;
    MigrateRequest::check_addresses(accounts.len(), &[sign_in.as_ref(), passkeys.as_ref()])?;
    let refs: Vec<AccountRef> = accounts.iter().map(|id| describe(ledger, *id)).collect::<Result<_, AppError>>()?;
    let mut bridge = match keeper {
        // A proof needs a passkey that is there; a new store has none.
        Keeper::Store { file, passphrase } => Some(Bridge::open(&file, passphrase, &accounts, goal != Goal::Prove)?),
        Keeper::OpenStore { store, verified } => Some(Bridge::of(store, verified, &accounts).await),
        Keeper::Device { authenticator, person } => Some(Bridge::device(authenticator, person)),
        Keeper::Browser => None,
    };
    if let Some(made) = bridge.as_mut().and_then(Bridge::was_made) {
        report(made);
    }
    let mut browser = Browser { launch, driver: None, started_before: false };
    let timeout = timeout.unwrap_or_else(|| usual_timeout(assist));
    let terms = Terms { vault, directory, goal, assist, sign_in, passkeys, timeout, controls, consent };
    let mut summary = Summary::default();
    let mut over = false;

    let of = refs.len();
    for (index, account) in refs.into_iter().enumerate() {
        let mut ended = (Outcome::Skipped, None);
        if let Some(controls) = &terms.controls {
            controls.steering.next_account();
            over |= controls.steering.is_stopped();
        }
        if !over {
            report(RunLine::AccountStarted { account: account.clone(), number: index + 1, of });
            let tried = tokio::select! {
                biased;
                () = &mut stop => None,
                tried = one(ledger, &terms, &account, &mut browser, bridge.as_mut(), report) => Some(tried),
            };
            match tried {
                Some(Ok(outcome)) => ended = outcome,
                // Without any browser there is no run.
                Some(Err(AppError::Browser(error))) if !browser.started_before => return Err(error.into()),
                Some(Err(error)) => {
                    over = true;
                    ended = failed(ledger, &account, &error, report);
                }
                None => over = true,
            }
        }
        let (outcome, reason) = ended;
        summary.count(outcome);
        report(RunLine::AccountFinished { account, outcome, reason });
    }
    browser.end().await;
    Ok(summary)
}

/// Ends an account whose run broke off. A ledger that fails can take no fact of it; a reader of the lines is told.
fn failed(
    ledger: &mut Ledger,
    account: &AccountRef,
    error: &AppError,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> (Outcome, Option<StopReason>) {
    tracing::info!(code = error.code(), ?error, "the run broke off");
    report(RunLine::Failed { account: account.clone(), code: error.code(), args: error.args() });
    let reason = match error {
        AppError::Store(_) => StopReason::StoreFailed,
        AppError::Browser(_) => StopReason::BrowserGone,
        _ => return (Outcome::Stuck, None),
    };
    stop(ledger, account, reason, report).unwrap_or_else(|error| {
        tracing::warn!(code = error.code(), ?error, "the end of an account could not be written down");
        (ended(reason), Some(reason))
    })
}

fn describe(ledger: &Ledger, id: AccountId) -> Result<AccountRef, AppError> {
    let view = ledger.account(id)?.ok_or_else(|| AppError::NoSuchAccount { name: id.to_string() })?;
    Ok(AccountRef { account: id, site: view.site, user: view.user_name })
}

async fn one(
    ledger: &mut Ledger,
    terms: &Terms,
    account: &AccountRef,
    browser: &mut Browser,
    mut bridge: Option<&mut Bridge>,
    report: &mut (dyn FnMut(RunLine) + Send),
) -> Result<(Outcome, Option<StopReason>), AppError> {
    let id = account.account;
    let progress = ledger.progress(id)?;
    if terms.goal == Goal::Migrate {
        match progress.state() {
            AccountState::Proven => return Ok((Outcome::Proven, None)),
            AccountState::SecondFactor => return Ok((Outcome::SecondFactor, None)),
            _ => {}
        }
    }
    // There is nothing to prove, and nothing to write down: what stopped the account before is still so.
    if terms.goal == Goal::Prove && progress.credential.is_none() {
        return Ok((Outcome::Skipped, Some(StopReason::NothingToProve)));
    }
    let home = bridge.as_ref().map_or(Home::BrowserProfile, |bridge| bridge.home()).code();
    // A passkey that cannot answer here fails to prove nothing about it, and a new one beside it was not asked for.
    if let Some(credential) = progress.credential.as_ref().filter(|_| terms.goal != Goal::Again) {
        let held = match bridge.as_deref_mut() {
            _ if credential.home != home => false,
            Some(bridge) => bridge.holds(&credential.id).await,
            None => true,
        };
        if !held {
            return stop(ledger, account, StopReason::PasskeyElsewhere, report);
        }
    }
    let secrets = terms.vault.iter().find(|a| ledger.account_id(&a.site, &a.user_name) == id);
    let secrets = match secrets {
        Some(secrets) => secrets.clone(),
        None => return stop(ledger, account, StopReason::NoPassword, report),
    };
    let (given_sign_in, given_passkeys) = (terms.sign_in.as_ref(), terms.passkeys.as_ref());
    let plan = Plan::for_site(&terms.directory, &account.site, secrets.sign_in.as_ref(), given_sign_in, given_passkeys);
    let plan = match plan {
        Ok(plan) => plan,
        Err(problem) => return stop(ledger, account, plan_stop(problem), report),
    };
    let driver = tokio::select! {
        biased;
        () = left(terms.controls.as_ref()) => return Ok((Outcome::Skipped, None)),
        running = browser.running() => running?,
    };
    let (product, assist) = (driver.facts().product, terms.assist.name().to_owned());
    let mut started = vec![Event::JourneyStarted { browser: product, home: home.to_owned(), assist }];
    started.extend(bridge.as_ref().and_then(|bridge| bridge.fact(SystemTime::now())));
    ledger.append(Some(id), &started, rekey_ledger::unix_now())?;
    for fact in started {
        report(RunLine::Ledger { account: account.clone(), fact });
    }
    let task =
        Task { plan, goal: terms.goal, has_password: secrets.password().is_some(), has_totp: secrets.totp.is_some() };
    let mut runner = Runner {
        driver: driver.as_mut(),
        bridge,
        ledger,
        account,
        secrets: &secrets,
        assist: terms.assist,
        deadline: Instant::now() + terms.timeout,
        controls: terms.controls.as_ref(),
        consent: &terms.consent,
        report,
    };
    let Some(outcome) = runner.run(Journey::new(task, progress)).await? else { return Ok((Outcome::Skipped, None)) };
    Ok(match outcome {
        rekey_journey::Outcome::Proven(evidence) => match evidence.kind() {
            ProofKind::Passwordless => (Outcome::Proven, None),
            ProofKind::SecondFactor => (Outcome::SecondFactor, None),
        },
        rekey_journey::Outcome::Stopped(reason) => {
            if reason == StopReason::BrowserGone {
                // The next account gets a browser of its own, which may need the profile of this one.
                browser.end().await;
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
                capabilities: choice.capabilities,
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
    /// What pages are told that they can ask for, where Rekey answers them.
    pub capabilities: Capabilities,
}
