//! Signed in: finding the page that adds a passkey, and having the site ask for one.

use crate::acceptance::Acceptance;
use crate::credentials::{Credentials, submit};
use crate::event::{Event, Occasion};
use crate::journey::{Shared, State, Turn};
use crate::moves::{Moves, press};
use crate::page::{Action, ActionRole, FieldRole, Notice, Observation, PageKind};
use crate::signals::{shows_an_account, still_asks};
use crate::step::{CeremonyFailure, CeremonyRef, Effect, Input, Patience, Value, Wait};
use crate::stop::StopReason;

/// How many pages the search for the passkey page may visit.
const MAX_STEPS: u8 = 8;
/// How often "add a passkey" may be pressed: a link to the page, a button there, a confirmation.
const MAX_ADDS: u8 = 4;
const MAX_IDLE: u8 = 3;
/// A site that asks again at once did not accept the first answer, whatever its page says.
const MAX_REAUTHENTICATIONS: u8 = 1;

#[derive(Debug)]
pub(crate) struct Enrol {
    /// Given once for each time the site asks; replaced when the site let us pass.
    reauthentication: Option<Credentials>,
    reauthentications: u8,
    /// Whether the page that said *signed in* showed an account's own controls.
    sure: bool,
    went_to_plan: bool,
    steps: u8,
    adds: u8,
    idle: u8,
    names_sent: u8,
    told_codes: bool,
    followed: Vec<String>,
    /// What a page said stands in the way, in case that no passkey can be added.
    hindrance: Option<StopReason>,
}

impl Enrol {
    pub(crate) fn begin(shared: &mut Shared, page: &Observation) -> Turn {
        let mut state = Self {
            reauthentication: None,
            reauthentications: 0,
            sure: shows_an_account(page),
            went_to_plan: false,
            steps: 0,
            adds: 0,
            idle: 0,
            names_sent: 0,
            told_codes: false,
            followed: Vec::new(),
            hindrance: None,
        };
        shared.password_pending = false;
        shared.remember_protected(page);
        let moves = match shared.task.plan.passkeys.clone() {
            Some(url) => {
                state.went_to_plan = true;
                Moves::act(vec![Effect::Go(url)])
            }
            None => state.page(page, shared),
        };
        Turn { state: State::Enrol(state), moves }
    }

    pub(crate) fn handle(mut self, shared: &mut Shared, input: Input) -> Turn {
        let moves = match input {
            Input::Page(page) => self.page(&page, shared),
            Input::CodeReady { step } => match &mut self.reauthentication {
                Some(credentials) => credentials.code_ready(step),
                None => Moves::look(Patience::Brief),
            },
            Input::ActFailed { failure, not_filled } => {
                if let Some(credentials) = &mut self.reauthentication {
                    credentials.not_given(&not_filled);
                }
                return Turn::unexpected(State::Enrol(self), shared, Input::ActFailed { failure, not_filled });
            }
            Input::CreateAsked(ceremony) => {
                // The site would not ask for a passkey had it refused the re-authentication before.
                shared.password_pending = false;
                let passed = self.reauthentication.take().is_some_and(|c| c.anything_was_given());
                let moves = Moves::new(Vec::new(), Wait::Create(ceremony));
                if passed { moves.noting(Event::Reauthenticated) } else { moves }
            }
            Input::PasskeyMade { ceremony, credential } => return Acceptance::begin(ceremony, credential),
            // Nobody waits for an answer any more; the page says what comes next.
            Input::CeremonyFailed { failure: CeremonyFailure::Withdrawn, .. } => self.rest(StopReason::PageUnknown),
            Input::CeremonyFailed { ceremony, failure } => refused(ceremony, failure),
            Input::GetAsked(ceremony) => Moves::refuse(ceremony),
            other => return Turn::unexpected(State::Enrol(self), shared, other),
        };
        Turn { state: State::Enrol(self), moves }
    }

    fn page(&mut self, page: &Observation, shared: &mut Shared) -> Moves {
        let reading = &page.reading;
        if page.status == Some(429) || reading.says(Notice::RateLimited) {
            return Moves::stop(StopReason::RateLimited);
        }
        self.hindrance = hindrance(page).or(self.hindrance);
        if reading.asks_for_sign_in() {
            return self.reauthenticate(page, shared);
        }
        // A spinner or an error page between is not the answer to a password.
        if shared.password_pending && self.reauthentication.is_some() {
            return self.rest(StopReason::PageUnknown);
        }
        let passed = self.reauthentication.take().is_some_and(|c| c.anything_was_given());
        let moves = self.towards_the_ceremony(page, shared);
        if passed { moves.after(Some(Event::Reauthenticated), Vec::new()) } else { moves }
    }

    fn reauthenticate(&mut self, page: &Observation, shared: &Shared) -> Moves {
        if self.reauthentication.is_none() {
            // A whole sign-in form, where nothing sure said that we were in: the first one was refused after all.
            if !self.sure && page.reading.field(FieldRole::UserName).is_some() && !shows_an_account(page) {
                return Moves::stop(StopReason::PasswordRefused);
            }
            self.reauthentications += 1;
            if self.reauthentications > MAX_REAUTHENTICATIONS {
                return Moves::stop(StopReason::PasswordRefused);
            }
        }
        let credentials = self.reauthentication.get_or_insert_with(|| Credentials::new(Occasion::Reauthentication));
        match credentials.next(page, shared) {
            Some(moves) => moves,
            None => self.rest(StopReason::PageUnknown),
        }
    }

    fn towards_the_ceremony(&mut self, page: &Observation, shared: &mut Shared) -> Moves {
        let reading = &page.reading;
        if !still_asks(page) && reading.field(FieldRole::CurrentPassword).is_none() {
            shared.remember_protected(page);
        }
        // A site that is busy gets a while before it is asked again.
        let again = reading.says(Notice::Busy);
        if again && page.changed {
            return Moves::look(Patience::Brief);
        }
        if let Some(moves) = self.name_the_key(page) {
            return moves;
        }
        if let Some(action) = reading.action(ActionRole::AddPasskey).filter(|_| self.adds < MAX_ADDS) {
            // An unchanged page that was pressed already needs time, not a second press.
            if page.changed || self.adds == 0 || again {
                self.adds += 1;
                return Moves::press(page, action);
            }
        }
        if reading.kind == PageKind::RecoveryCodes && !self.told_codes {
            self.told_codes = true;
            return Moves::look(Patience::Brief).noting(Event::RecoveryCodesShown);
        }
        if matches!(reading.kind, PageKind::Interstitial | PageKind::RecoveryCodes)
            && let Some(action) = reading.way_past()
            && self.steps < MAX_STEPS
        {
            self.steps += 1;
            return Moves::press(page, action);
        }
        if !page.changed {
            return self.rest(StopReason::NoPasskeyPage);
        }
        if let Some(url) = shared.task.plan.passkeys.clone().filter(|_| !self.went_to_plan) {
            self.went_to_plan = true;
            return Moves::act(vec![Effect::Go(url)]);
        }
        self.search(page)
    }

    /// A form that settles how the passkey is called and what it is good for, before it is made.
    fn name_the_key(&mut self, page: &Observation) -> Option<Moves> {
        let reading = &page.reading;
        let name = reading.field(FieldRole::KeyName);
        let tick = reading.field(FieldRole::PasswordlessBox);
        let form = name.or(tick)?.form;
        let send = reading
            .action_in(ActionRole::AddPasskey, form)
            .map(|action| press(page, action))
            .or_else(|| submit(page, form))
            .or_else(|| reading.action(ActionRole::AddPasskey).map(|action| press(page, action)))?;
        let resting = !page.changed && !reading.says(Notice::Busy);
        if self.names_sent > 0 && resting || self.names_sent >= MAX_ADDS {
            return Some(self.rest(StopReason::NoPasskeyPage));
        }
        self.names_sent += 1;
        let mut moves = Moves::act(Vec::new());
        if let Some(name) = name {
            moves.effects.push(Effect::Fill(page.target(name.element), Value::KeyName));
            moves.events.push(Event::KeyNamed);
        }
        if let Some(tick) = tick.filter(|tick| !tick.ticked) {
            moves.effects.push(Effect::Tick(page.target(tick.element)));
            moves.events.push(Event::PasswordlessBoxTicked);
        }
        moves.effects.push(send);
        Some(moves)
    }

    /// Follows links towards security settings, each once, never leaving the site (the driver refuses to fill anyway).
    fn search(&mut self, page: &Observation) -> Moves {
        if self.steps >= MAX_STEPS {
            return Moves::stop(self.hindrance.unwrap_or(StopReason::NoPasskeyPage));
        }
        let next: Option<&Action> = page
            .reading
            .actions
            .iter()
            .find(|a| a.role == ActionRole::ToSecuritySettings && !self.followed.contains(&a.label));
        match next {
            Some(action) => {
                self.steps += 1;
                self.followed.push(action.label.clone());
                Moves::press(page, action)
            }
            None => self.rest(StopReason::NoPasskeyPage),
        }
    }

    /// Looks again a few times, then gives up for this reason.
    fn rest(&mut self, reason: StopReason) -> Moves {
        self.idle += 1;
        match self.hindrance.filter(|_| reason == StopReason::NoPasskeyPage) {
            // The page said it; one more look is enough.
            Some(hindrance) if self.idle > 1 => Moves::stop(hindrance),
            None if self.idle > MAX_IDLE => Moves::stop(reason),
            _ => Moves::look(Patience::Brief),
        }
    }
}

/// What a page says stands in the way of a passkey.
fn hindrance(page: &Observation) -> Option<StopReason> {
    let says = |notice| page.reading.says(notice);
    if says(Notice::AddressUnconfirmed) {
        Some(StopReason::AddressUnconfirmed)
    } else if says(Notice::Barred) {
        Some(StopReason::Barred)
    } else {
        says(Notice::Busy).then_some(StopReason::RateLimited)
    }
}

fn refused(ceremony: CeremonyRef, failure: CeremonyFailure) -> Moves {
    let reason = match failure {
        CeremonyFailure::VerificationNeeded => StopReason::VerificationNeeded,
        CeremonyFailure::Declined => StopReason::Declined,
        CeremonyFailure::Excluded => StopReason::PasskeyListed,
        CeremonyFailure::PinBlocked => StopReason::PinBlocked,
        CeremonyFailure::AuthenticatorFull => StopReason::AuthenticatorFull,
        CeremonyFailure::AuthenticatorGone => StopReason::AuthenticatorGone,
        CeremonyFailure::NotAskedFor | CeremonyFailure::Refused | CeremonyFailure::Withdrawn => {
            StopReason::CeremonyRefused
        }
    };
    Moves::stop(reason).after(None, vec![Effect::Refuse(ceremony, failure)])
}
