//! The only loop: it appends a journey's events to the ledger, *then* runs its effects through a driver, and feeds what
//! it sees back as one input.

mod ceremony;
mod related;

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use rekey_browser::{CeremonyId, CeremonyKind, CeremonyReply, ContextId, Driver, DriverError, Seen};
use rekey_journey::page::Target;
use rekey_journey::{
    ActFailure, CeremonyRef, Effect, Event, Input, Journey, Outcome, Patience, Purpose, Stage, Step, StopReason, Value,
    Wait,
};
use rekey_ledger::Ledger;
use rekey_lookup::Consent;
use rekey_vault::Account;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::bridge::Bridge;
use crate::controls::Controls;
use crate::{AccountRef, AppError, Assist, RunLine};
use ceremony::Pending;
use related::Related;

const BRIEF: Duration = Duration::from_millis(2500);
const USUAL: Duration = Duration::from_secs(12);
/// How long a page at work is given to come to rest (to leave it earlier could break it off), and how often it is looked at.
const AT_WORK: Duration = Duration::from_secs(8);
const AT_WORK_LOOK: Duration = Duration::from_secs(1);
/// How long a site may take to answer what was asked of it.
const SLOW: Duration = Duration::from_secs(30);
/// How long a control may be covered or disabled before it counts as unusable.
const CONTROL: Duration = Duration::from_secs(3);

/// Everything one account's run borrows.
pub(crate) struct Runner<'a> {
    pub(crate) driver: &'a mut dyn Driver,
    /// Who makes passkeys; `None` where the browser does.
    pub(crate) bridge: Option<&'a mut Bridge>,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) account: &'a AccountRef,
    pub(crate) secrets: &'a Account,
    pub(crate) assist: Assist,
    /// Moved on by the time that a person takes to answer, or the run rests.
    pub(crate) deadline: Instant,
    pub(crate) controls: Option<&'a Controls>,
    /// What may leave the computer.
    pub(crate) consent: &'a Consent,
    pub(crate) report: &'a mut (dyn FnMut(RunLine) + Send),
}

/// The state of the loop that is not the journey's.
struct Circle<'a, 'b> {
    runner: &'a mut Runner<'b>,
    context: Option<ContextId>,
    /// What the context is for.
    purpose: Purpose,
    pending: HashMap<CeremonyRef, Pending>,
    related: Related,
    stage: Option<Stage>,
}

impl Runner<'_> {
    /// Runs one journey to its end; `None` where the person left it. Only a failure of the ledger itself is an error; all
    /// else is an outcome.
    pub(crate) async fn run(&mut self, journey: Journey) -> Result<Option<Outcome>, AppError> {
        let mut circle = Circle {
            runner: self,
            context: None,
            purpose: Purpose::Enrolment,
            pending: HashMap::new(),
            related: Related::default(),
            stage: None,
        };
        let outcome = circle.turn(journey).await;
        if let Some(context) = circle.context.take() {
            // The context may be gone with its browser; nothing of value is in it any more.
            let _ = circle.runner.driver.close(context).await;
        }
        outcome
    }
}

impl Circle<'_, '_> {
    async fn turn(&mut self, mut journey: Journey) -> Result<Option<Outcome>, AppError> {
        let mut input = Input::Begin;
        loop {
            if may_rest(&input) && !self.goes_on().await {
                return Ok(None);
            }
            tracing::debug!(input = name_of(&input), "journey input");
            let step = journey.handle(input);
            let Step { journey: next, events, effects, wait } = step;
            journey = next;
            self.append(&events)?;
            self.tell_stage(&journey);
            input = match self.run_effects(effects, &wait).await? {
                Some(failed) => failed,
                None => match wait {
                    Wait::End(outcome) => return Ok(Some(outcome)),
                    Wait::Person(reason) if !self.person_is_there() => {
                        let step = journey.stop(reason);
                        self.append(&step.events)?;
                        return Ok(Some(Outcome::Stopped(reason)));
                    }
                    wait => match self.await_input(wait).await? {
                        Some(next) => next,
                        None => return Ok(None),
                    },
                },
            };
        }
    }

    fn tell_stage(&mut self, journey: &Journey) {
        if let Some(stage) = journey.stage().filter(|stage| self.stage != Some(*stage)) {
            self.stage = Some(stage);
            let account = self.runner.account.clone();
            (self.runner.report)(RunLine::Stage { account, stage });
        }
    }

    /// Rests where the person wants it to. False where they left the account.
    async fn goes_on(&mut self) -> bool {
        let Some(controls) = self.runner.controls else { return true };
        let account = || self.runner.account.clone();
        if controls.steering.is_paused() {
            let since = Instant::now();
            (self.runner.report)(RunLine::Paused { account: account() });
            controls.steering.resumed().await;
            (self.runner.report)(RunLine::Resumed { account: account() });
            self.runner.deadline += since.elapsed();
        }
        !controls.steering.leaves_account()
    }

    fn append(&mut self, events: &[Event]) -> Result<(), AppError> {
        if events.is_empty() {
            return Ok(());
        }
        self.runner.ledger.append(Some(self.runner.account.account), events, rekey_ledger::unix_now())?;
        for fact in events {
            let account = self.runner.account.clone();
            (self.runner.report)(RunLine::Ledger { account, fact: fact.clone() });
        }
        Ok(())
    }

    /// Runs effects in order, up to the first that fails. At the end of a journey failures change nothing any more.
    async fn run_effects(&mut self, effects: Vec<Effect>, wait: &Wait) -> Result<Option<Input>, AppError> {
        for (index, effect) in effects.iter().enumerate() {
            let (deadline, controls) = (self.runner.deadline, self.runner.controls);
            // Only a page that loads may be broken off; all else is short.
            let leaves = async {
                if matches!(effect, Effect::Go(_)) { left(controls).await } else { std::future::pending().await }
            };
            let run = async {
                tokio::select! {
                    biased;
                    () = leaves => Err(DriverError::Stale),
                    done = self.run_effect(effect.clone()) => done,
                }
            };
            let failure = match tokio::time::timeout_at(deadline, run).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => {
                    tracing::debug!(%error, "effect failed");
                    failure(&error)
                }
                Err(_elapsed) => ActFailure::Stale,
            };
            if !matches!(wait, Wait::End(_)) {
                // The failed one did not reach the page, and those after it were not run. Where the control that sends
                // them cannot be used, what was filled in before it went nowhere either.
                let sends = matches!((effect, failure), (Effect::Press(..), ActFailure::Unusable));
                let from = if sends { 0 } else { index };
                let not_filled = effects.iter().skip(from).filter_map(|effect| match effect {
                    Effect::Fill(_, value) => Some(*value),
                    _ => None,
                });
                return Ok(Some(Input::ActFailed { failure, not_filled: not_filled.collect() }));
            }
        }
        Ok(None)
    }

    async fn run_effect(&mut self, effect: Effect) -> Result<(), DriverError> {
        if self.hand_to_person(&effect) {
            return Ok(());
        }
        let context = self.context;
        match effect {
            Effect::Open(purpose) => {
                self.purpose = purpose;
                if let Some(context) = self.context.take()
                    && let Err(DriverError::Gone) = self.runner.driver.close(context).await
                {
                    return Err(DriverError::Gone);
                }
                self.pending.clear();
                let context = self.runner.driver.open().await?;
                self.context = Some(context);
                // So that a page which shows the name can be told from one that shows somebody else's.
                let user = SecretString::from(self.runner.secrets.user_name.as_str());
                self.runner.driver.expect_user(context, &user).await
            }
            Effect::Go(url) => self.runner.driver.navigate(context.ok_or(DriverError::Stale)?, &url).await,
            Effect::Fill(target, value) => self.fill(context.ok_or(DriverError::Stale)?, &target, value).await,
            Effect::Tick(target) => {
                self.runner
                    .driver
                    .tick(context.ok_or(DriverError::Stale)?, &target, true, &self.runner.account.site)
                    .await
            }
            Effect::Press(target, _) => self.press(context.ok_or(DriverError::Stale)?, &target).await,
            Effect::Answer(ceremony) => match self.pending.remove(&ceremony).and_then(Pending::into_reply) {
                Some(reply) => self.reply(ceremony, reply).await,
                None => Err(DriverError::Stale),
            },
            Effect::Refuse(ceremony, failure) => {
                let refusal = match self.pending.remove(&ceremony) {
                    Some(pending) => pending.refusal(failure),
                    None => return Ok(()),
                };
                match self.reply(ceremony, CeremonyReply::Refusal(refusal)).await {
                    // A page that went away needs no refusal.
                    Err(DriverError::Stale) => Ok(()),
                    other => other,
                }
            }
            Effect::Forget(id) => {
                self.forget(&id).await;
                Ok(())
            }
        }
    }

    /// Presses a control, once it can be used.
    async fn press(&mut self, context: ContextId, target: &Target) -> Result<(), DriverError> {
        let until = Instant::now() + CONTROL;
        loop {
            match self.runner.driver.press(context, target, &self.runner.account.site).await {
                Err(DriverError::Unusable(_)) if Instant::now() < until => {
                    tokio::time::sleep(Duration::from_millis(150)).await;
                }
                pressed => return pressed,
            }
        }
    }

    async fn reply(&mut self, ceremony: CeremonyRef, reply: CeremonyReply) -> Result<(), DriverError> {
        let context = self.context.ok_or(DriverError::Stale)?;
        self.runner.driver.answer(context, CeremonyId(ceremony.0), reply).await
    }

    /// The *fill* door: the value is taken from the vault at this moment and goes nowhere else.
    async fn fill(&mut self, context: ContextId, target: &Target, value: Value) -> Result<(), DriverError> {
        let secrets = self.runner.secrets;
        let value = match value {
            Value::UserName => Some(SecretString::from(secrets.user_name.as_str())),
            Value::Password => secrets.password().cloned(),
            Value::Code(step) => secrets.totp.as_ref().map(|totp| totp.code(step)),
            Value::KeyName => Some(SecretString::from("Rekey")),
        };
        let Some(value) = value else { return Err(DriverError::Unusable("the vault has no value for it")) };
        self.runner.driver.fill(context, target, &value, &self.runner.account.site).await
    }

    /// In assist the person presses, in watch the person also fills; Rekey only says what comes next.
    fn hand_to_person(&mut self, effect: &Effect) -> bool {
        let account = || self.runner.account.clone();
        let line = match (self.runner.assist, effect) {
            (Assist::Assist | Assist::Watch, Effect::Press(_, label)) => {
                RunLine::PleasePress { account: account(), label: label.clone() }
            }
            (Assist::Watch, Effect::Fill(_, value)) => {
                RunLine::PleaseFill { account: account(), field: (*value).into() }
            }
            (Assist::Watch, Effect::Tick(_)) => RunLine::PleaseTick { account: account() },
            _ => return false,
        };
        (self.runner.report)(line);
        true
    }

    fn person_is_there(&self) -> bool {
        self.runner.driver.facts().visible && self.runner.assist != Assist::Auto
    }

    /// What comes next; `None` where the person left the account.
    async fn await_input(&mut self, wait: Wait) -> Result<Option<Input>, AppError> {
        if !self.goes_on().await {
            return Ok(None);
        }
        // A ceremony is short, and one that is broken off may leave a passkey that nobody knows of.
        match wait {
            Wait::Create(ceremony) => return self.create(ceremony).await.map(Some),
            Wait::Assert(ceremony, only) => return self.assert(ceremony, &only).await.map(Some),
            _ => {}
        }
        loop {
            let wait = wait.clone();
            // Whoever waits for a page or a person rests at once; it is looked at again afterwards.
            let rests = matches!(wait, Wait::Page(_) | Wait::Person(_));
            match self.one_input(wait, rests).await? {
                Awaited::Input(input) => return Ok(Some(input)),
                Awaited::Left => return Ok(None),
                Awaited::Paused => {
                    if !self.goes_on().await {
                        return Ok(None);
                    }
                }
            }
        }
    }

    async fn one_input(&mut self, wait: Wait, rests: bool) -> Result<Awaited, AppError> {
        let deadline = self.runner.deadline;
        let controls = self.runner.controls;
        let input = async {
            match wait {
                Wait::Page(patience) => self.look(self.patience(patience)).await,
                Wait::Person(reason) => {
                    let account = self.runner.account.clone();
                    (self.runner.report)(RunLine::WaitingForPerson { account, reason });
                    self.look(deadline.saturating_duration_since(Instant::now())).await
                }
                Wait::Code { after } => Ok(self.fresh_code(after).await),
                Wait::Create(_) | Wait::Assert(..) | Wait::End(_) => Ok(Input::TimedOut),
            }
        };
        tokio::select! {
            biased;
            () = left(controls) => Ok(Awaited::Left),
            () = paused(controls), if rests => Ok(Awaited::Paused),
            input = tokio::time::timeout_at(deadline, input) => match input {
                Ok(input) => input.map(Awaited::Input),
                Err(_elapsed) => Ok(Awaited::Input(Input::TimedOut)),
            },
        }
    }

    fn patience(&self, patience: Patience) -> Duration {
        match (self.runner.assist, patience) {
            (Assist::Auto, Patience::Brief) => BRIEF,
            (Assist::Auto, Patience::Usual) => USUAL,
            // People take their time; the account's deadline bounds it.
            (Assist::Assist | Assist::Watch, _) => self.runner.deadline.saturating_duration_since(Instant::now()),
        }
    }

    async fn look(&mut self, patience: Duration) -> Result<Input, AppError> {
        let Some(context) = self.context else { return Ok(failed_look(ActFailure::Stale)) };
        let since = Instant::now();
        let mut seen = self.next(context, patience).await;
        // A page on its way is no page to look at, however little patience its sender has.
        while matches!(seen, Err(DriverError::TimedOut)) && since.elapsed() < SLOW {
            seen = self.next(context, AT_WORK_LOOK).await;
        }
        let until = Instant::now() + AT_WORK;
        let mut changed = false;
        while let Ok(Seen::Page(page)) = &mut seen {
            changed |= page.changed;
            page.changed = changed;
            if !page.busy || Instant::now() >= until {
                break;
            }
            seen = self.next(context, AT_WORK_LOOK).await;
        }
        Ok(match seen {
            Ok(Seen::Page(page)) => {
                tracing::debug!(
                    kind = ?page.reading.kind, changed = page.changed, status = page.status,
                    signals = ?page.reading.signals, reasons = ?page.reading.reasons, notices = ?page.reading.notices,
                    "page seen"
                );
                Input::Page(page)
            }
            Ok(Seen::Ceremony(request)) => {
                let reference = CeremonyRef(request.id.0);
                let kind = request.kind;
                self.pending.insert(reference, Pending::asked(request));
                match kind {
                    CeremonyKind::Create => Input::CreateAsked(reference),
                    CeremonyKind::Get => Input::GetAsked(reference),
                }
            }
            // [`Circle::next`] took it.
            Ok(Seen::Signal(_)) => failed_look(ActFailure::Stale),
            Ok(Seen::NativeCeremony(native)) => {
                let simulated = self.runner.driver.facts().simulated;
                ceremony::reported(native, &self.runner.account.site, simulated)
            }
            Err(error) => {
                tracing::debug!(%error, "look failed");
                failed_look(failure(&error))
            }
        })
    }

    /// Waits for a time step after the last one given; the clock is the condition.
    async fn fresh_code(&mut self, after: Option<u64>) -> Input {
        /// A code that lapses while it is being typed is a refused attempt.
        const LEAST_SECONDS_LEFT: u64 = 2;
        let Some(totp) = self.runner.secrets.totp.clone() else { return Input::NobodyThere };
        let mut told = false;
        loop {
            let now = unix_seconds();
            let step = totp.step(now);
            let left = totp.seconds_left(now);
            if after.is_none_or(|after| step > after) && left >= LEAST_SECONDS_LEFT {
                return Input::CodeReady { step };
            }
            if !told {
                told = true;
                let account = self.runner.account.clone();
                (self.runner.report)(RunLine::WaitingForCode { account, seconds: left });
            }
            tokio::time::sleep(Duration::from_secs(left.max(1))).await;
        }
    }
}

/// Between making a passkey and handing it to the page nothing may come, and a code lapses.
fn may_rest(input: &Input) -> bool {
    !matches!(input, Input::PasskeyMade { .. } | Input::Asserted { .. } | Input::CodeReady { .. })
}

/// Resolves when the person leaves the account.
pub(crate) async fn left(controls: Option<&Controls>) {
    match controls {
        Some(controls) => controls.steering.left().await,
        None => std::future::pending().await,
    }
}

/// Resolves when the run is to rest.
async fn paused(controls: Option<&Controls>) {
    match controls {
        Some(controls) => controls.steering.paused().await,
        None => std::future::pending().await,
    }
}

/// What a wait came to.
enum Awaited {
    Input(Input),
    /// The person left the account.
    Left,
    /// The run is to rest.
    Paused,
}

/// A look that failed; nothing was to be filled in.
fn failed_look(failure: ActFailure) -> Input {
    Input::ActFailed { failure, not_filled: Vec::new() }
}

fn failure(error: &DriverError) -> ActFailure {
    match error {
        DriverError::Gone | DriverError::NoBrowser | DriverError::Start(_) | DriverError::NoSandbox => {
            ActFailure::BrowserGone
        }
        DriverError::Unreachable { .. } | DriverError::TimedOut => ActFailure::Unreachable,
        DriverError::ForeignPage => ActFailure::ForeignPage,
        DriverError::Unusable(_) => ActFailure::Unusable,
        _ => ActFailure::Stale,
    }
}

fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn name_of(input: &Input) -> &'static str {
    match input {
        Input::Begin => "begin",
        Input::Page(_) => "page",
        Input::CreateAsked(_) => "create asked",
        Input::GetAsked(_) => "get asked",
        Input::PasskeyMade { .. } => "passkey made",
        Input::Asserted { .. } => "asserted",
        Input::CeremonyFailed { .. } => "ceremony failed",
        Input::CodeReady { .. } => "code ready",
        Input::ActFailed { .. } => "act failed",
        Input::NobodyThere => "nobody there",
        Input::TimedOut => "timed out",
    }
}

/// Why a journey cannot even be started.
pub(crate) fn plan_stop(problem: rekey_sites::PlanProblem) -> StopReason {
    match problem {
        rekey_sites::PlanProblem::NoAddress => StopReason::NoAddress,
        rekey_sites::PlanProblem::Insecure | rekey_sites::PlanProblem::OtherSite => StopReason::ForeignPage,
    }
}
