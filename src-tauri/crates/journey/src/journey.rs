use rekey_sites::Plan;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::acceptance::Acceptance;
use crate::enrol::Enrol;
use crate::event::Event;
use crate::guard::{is_on, stands_at};
use crate::moves::Moves;
use crate::page::{ActionRole, Observation};
use crate::progress::Progress;
use crate::proof::Proof;
use crate::sign_in::SignIn;
use crate::signals::{asks_for_the_second_factor, seems_signed_in};
use crate::step::{ActFailure, Effect, Input, Outcome, Patience, Step, Value, Wait};
use crate::stop::StopReason;

/// More turns than any sign-in takes; a page that leads in circles ends here.
const MAX_TURNS: u16 = 120;
/// How many pages may be tried as the one that needs a sign-in.
const MAX_PROTECTED: usize = 3;
/// How many cookie banners may be answered.
const MAX_BANNERS: u8 = 6;
/// How often acting on a page that changed under our hands is forgiven.
const MAX_STALE: u8 = 8;

/// What a journey is to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A new passkey, proven; a passkey that was made before is proven first.
    Migrate,
    /// A new passkey whatever was there, proven. The old one stays where it is.
    Again,
    /// Only to prove the passkey that was made before.
    Prove,
}

/// One account's task. Says that a password is there, not which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where to go.
    pub plan: Plan,
    /// What for.
    pub goal: Goal,
    /// Whether the vault holds a password.
    pub has_password: bool,
    /// Whether the vault holds a one-time-code secret.
    pub has_totp: bool,
}

/// What every state may use.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) task: Task,
    pub(crate) last_code_step: Option<u64>,
    /// Pages that showed themselves to the signed-in person, the earliest first: later ones may ask for the password
    /// once more. One of them is asked for again in the proof.
    pub(crate) protected: Vec<Url>,
    /// Whether a failed proof may lead to a new passkey.
    pub(crate) may_start_over: bool,
    /// Whether the site was seen not to know the passkey: it refused the assertion, asked for others, or did not ask.
    pub(crate) disowned: bool,
    /// Whether a proof met a page that takes a sign-in at all.
    pub(crate) met_sign_in: bool,
    /// Whether the password was handed in and no page showed yet what came of it. It is not handed in again until then,
    /// whatever state asks.
    pub(crate) password_pending: bool,
    /// Whether it already has.
    started_over: bool,
    turns: u16,
    stale: u8,
    banners: u8,
}

impl Shared {
    /// What puts a cookie banner out of the way, on the account's own site. Each page is pressed once: one that does not
    /// move is left to the state, which may not need what is below it.
    fn answers_cookies(&mut self, page: &Observation) -> Option<Moves> {
        let action = page.reading.action(ActionRole::AnswerCookies)?;
        if !page.changed || self.banners >= MAX_BANNERS || !is_on(&self.task.plan.site, page) {
            return None;
        }
        self.banners += 1;
        Some(Moves::press(page, action))
    }

    /// The passkey just made may be one that the site does not have. Where the proof shows that, another is made, once.
    pub(crate) fn doubt_acceptance(&mut self) {
        self.may_start_over = !self.started_over && self.task.goal != Goal::Prove;
    }

    /// Whether another passkey is to be made in place of one that the site does not know.
    pub(crate) fn starts_over(&mut self) -> bool {
        let starts = self.may_start_over && self.disowned;
        if starts {
            self.may_start_over = false;
            self.started_over = true;
            self.disowned = false;
        }
        starts
    }

    /// Takes note of what came of the password.
    fn saw(&mut self, page: &Observation) {
        if seems_signed_in(page) || asks_for_the_second_factor(page) {
            self.password_pending = false;
        }
    }

    /// Keeps the address of a page that only a signed-in person sees.
    pub(crate) fn remember_protected(&mut self, page: &Observation) {
        let on_site = page.origin.as_ref().is_some_and(|origin| self.task.plan.site.contains(origin));
        // The sign-in page's own address sends signed-in people elsewhere.
        let on_site = on_site && !stands_at(page, &self.task.plan.sign_in);
        if on_site && page.status.is_none_or(|status| status < 400) {
            let mut url = page.url.clone();
            url.set_fragment(None);
            if self.protected.len() < MAX_PROTECTED && !self.protected.contains(&url) {
                self.protected.push(url);
            }
        }
    }
}

/// One account's way to a proven passkey. See the crate's documentation.
#[derive(Debug)]
pub struct Journey {
    shared: Shared,
    state: State,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one of it at a time")]
pub(crate) enum State {
    Ready(Progress),
    SignIn(SignIn),
    Enrol(Enrol),
    Acceptance(Acceptance),
    Proof(Proof),
    Ended,
}

/// Where an account's way has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Signing in with the password.
    SignIn,
    /// Having the site ask for a passkey.
    Enrol,
    /// The passkey is made; the site takes it or not.
    Accept,
    /// Signing in with the passkey.
    Prove,
}

impl Stage {
    /// Every stage, in its order.
    pub const ALL: [Self; 4] = [Self::SignIn, Self::Enrol, Self::Accept, Self::Prove];

    /// The stage as scripts read it.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Enrol => "enrol",
            Self::Accept => "accept",
            Self::Prove => "prove",
        }
    }
}

/// A state and what leads out of the one before.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) state: State,
    pub(crate) moves: Moves,
}

impl Turn {
    pub(crate) fn noting_first(mut self, event: Event) -> Self {
        self.moves.events.insert(0, event);
        self
    }

    pub(crate) fn after(mut self, effects: Vec<Effect>) -> Self {
        self.moves = self.moves.after(None, effects);
        self
    }

    fn stop(reason: StopReason) -> Self {
        Self { state: State::Ended, moves: Moves::stop(reason) }
    }

    /// What every state does alike with inputs that are not its own.
    pub(crate) fn unexpected(state: State, shared: &mut Shared, input: Input) -> Self {
        let look = |state, patience| Self { state, moves: Moves::look(patience) };
        match input {
            Input::ActFailed { failure, .. } => match failure {
                // The page moved on by itself (a code field that posts at its last digit): look where it went.
                ActFailure::Stale | ActFailure::Unusable if shared.stale < MAX_STALE => {
                    shared.stale += 1;
                    look(state, Patience::Usual)
                }
                ActFailure::Stale | ActFailure::Unusable => Self::stop(StopReason::PageUnknown),
                ActFailure::ForeignPage => Self::stop(StopReason::ForeignPage),
                ActFailure::Unreachable => Self::stop(StopReason::Unreachable),
                ActFailure::BrowserGone => Self::stop(StopReason::BrowserGone),
            },
            Input::TimedOut => Self::stop(StopReason::TimedOut),
            // Answers to questions that this state did not ask.
            Input::CeremonyFailed { ceremony, failure } => {
                look(state, Patience::Usual).after(vec![Effect::Refuse(ceremony, failure)])
            }
            Input::NobodyThere => Self::stop(StopReason::PageUnknown),
            Input::Begin
            | Input::Page(_)
            | Input::CreateAsked(_)
            | Input::GetAsked(_)
            | Input::PasskeyMade { .. }
            | Input::Asserted { .. }
            | Input::CodeReady { .. } => look(state, Patience::Brief),
        }
    }
}

impl Journey {
    /// A journey that goes on where `progress` says it was left.
    pub fn new(task: Task, progress: Progress) -> Self {
        let shared = Shared {
            last_code_step: progress.last_code_step,
            // A proof that comes first has seen no page yet.
            protected: task.plan.passkeys.iter().filter(|_| progress.credential.is_some()).cloned().collect(),
            may_start_over: task.goal == Goal::Migrate && !progress.accepted && progress.credential.is_some(),
            disowned: false,
            met_sign_in: false,
            password_pending: false,
            started_over: false,
            task,
            turns: 0,
            stale: 0,
            banners: 0,
        };
        Self { shared, state: State::Ready(progress) }
    }

    /// Where it has got to; `None` before it begins and after it ended.
    pub fn stage(&self) -> Option<Stage> {
        match self.state {
            State::SignIn(_) => Some(Stage::SignIn),
            State::Enrol(_) => Some(Stage::Enrol),
            State::Acceptance(_) => Some(Stage::Accept),
            State::Proof(_) => Some(Stage::Prove),
            State::Ready(_) | State::Ended => None,
        }
    }

    /// The next step. Inputs that come after the end change nothing.
    pub fn handle(mut self, input: Input) -> Step {
        self.shared.turns += 1;
        let ended = matches!(self.state, State::Ended);
        let shared = &mut self.shared;
        match &input {
            Input::Page(page) => shared.saw(page),
            Input::CodeReady { step } => shared.last_code_step = shared.last_code_step.max(Some(*step)),
            Input::ActFailed { not_filled, .. } if not_filled.contains(&Value::Password) => {
                shared.password_pending = false;
            }
            _ => {}
        }
        let cookies = match &input {
            Input::Page(page) if !ended => shared.answers_cookies(page),
            _ => None,
        };
        let turn = if shared.turns > MAX_TURNS && !ended {
            Turn::stop(StopReason::PageUnknown)
        } else if let Some(moves) = cookies {
            Turn { state: self.state, moves }
        } else {
            match self.state {
                State::Ready(progress) => begin(shared, progress, input),
                State::SignIn(state) => state.handle(shared, input),
                State::Enrol(state) => state.handle(shared, input),
                State::Acceptance(state) => state.handle(shared, input),
                State::Proof(state) => state.handle(shared, input),
                State::Ended => Turn {
                    state: State::Ended,
                    moves: Moves::new(Vec::new(), Wait::End(Outcome::Stopped(StopReason::PageUnknown))),
                },
            }
        };
        let Turn { state, moves: Moves { events, effects, wait } } = turn;
        let state = if matches!(wait, Wait::End(_)) { State::Ended } else { state };
        self.shared.password_pending |= effects.iter().any(|e| matches!(e, Effect::Fill(_, Value::Password)));
        Step { journey: Self { shared: self.shared, state }, events, effects, wait }
    }

    /// Ends the journey for a reason that only the runner sees ([`Wait::Person`] with nobody there).
    pub fn stop(self, reason: StopReason) -> Step {
        let Moves { events, effects, wait } = Moves::stop(reason);
        Step { journey: Self { shared: self.shared, state: State::Ended }, events, effects, wait }
    }
}

fn begin(shared: &mut Shared, progress: Progress, input: Input) -> Turn {
    match (input, progress.credential, shared.task.goal) {
        (Input::Begin, _, Goal::Again) | (Input::Begin, None, Goal::Migrate) => SignIn::begin(shared),
        (Input::Begin, Some(credential), _) => Proof::begin(shared, credential),
        (Input::Begin, None, Goal::Prove) => Turn::stop(StopReason::NothingToProve),
        (other, credential, _) => {
            Turn::unexpected(State::Ready(Progress { credential, ..Progress::default() }), shared, other)
        }
    }
}
