//! Proving a passkey: a fresh private context, a sign-in with it, and the signed-in page seen.

use url::Url;

use crate::credentials::{Credentials, submit};
use crate::event::{Credential, Event, EvidenceSource, Occasion};
use crate::evidence::{Assertion, Evidence, SignedIn};
use crate::guard::{asks_again, has_opened, is_on, stands_at, takes_a_sign_in, was_closed};
use crate::journey::{Shared, State, Turn};
use crate::moves::Moves;
use crate::page::{ActionRole, FieldRole, Notice, Observation, PageKind, SignedInSignal};
use crate::sign_in::SignIn;
use crate::signals::{seems_signed_in, signed_in_signals, still_asks};
use crate::step::{ActFailure, CeremonyFailure, CeremonyRef, Effect, Input, Outcome, Patience, Purpose, Value, Wait};
use crate::stop::StopReason;

const MAX_IDLE: u8 = 4;
const MAX_PRESSES: u8 = 3;

#[derive(Debug)]
pub(crate) struct Proof {
    credential: Credential,
    stage: Stage,
    /// A page of the account that did not open before the sign-in.
    guard: Option<Url>,
    /// A call that came before the guard was known.
    held: Option<CeremonyRef>,
    /// Whether the newest assertion reached the page.
    delivered: bool,
    password: Credentials,
    /// The passkey by itself was tried and did not sign in: the site may take it as the step after the password.
    beside_password: bool,
    presses: u8,
    name_given: bool,
    tried_another_way: bool,
    went_to_sign_in: bool,
    idle: u8,
}

/// Each stage is named for what it waits for.
#[derive(Debug)]
#[allow(clippy::enum_variant_names)] // the shared prefix is the naming rule
enum Stage {
    /// Asked for a page of the account without being signed in; the number is its place in the list.
    ExpectGuard(usize),
    /// Looking for where the passkey is used.
    ExpectRequest,
    /// The passkey signed; the site decides.
    ExpectSignedIn(Assertion),
    /// Signed in by the look of it; asked for the protected page again.
    ExpectProtected(Assertion, Vec<SignedInSignal>),
    /// Signed in by the look of it, on a page that nobody knows to be protected: asked for it in one more fresh context,
    /// where it must not open.
    ExpectControl(Assertion, Vec<SignedInSignal>, Url),
}

impl Proof {
    pub(crate) fn begin(shared: &Shared, credential: Credential) -> Turn {
        Self::attempt(shared, credential, false)
    }

    fn attempt(shared: &Shared, credential: Credential, beside_password: bool) -> Turn {
        let (stage, url) = match shared.protected.first() {
            Some(url) => (Stage::ExpectGuard(0), url.clone()),
            None => (Stage::ExpectRequest, shared.task.plan.sign_in.clone()),
        };
        let event = Event::ProofStarted { credential: credential.id.clone() };
        let state = Self {
            credential,
            stage,
            guard: None,
            held: None,
            delivered: false,
            password: Credentials::new(Occasion::Proof),
            beside_password,
            presses: 0,
            name_given: false,
            tried_another_way: false,
            went_to_sign_in: false,
            idle: 0,
        };
        let moves = Moves::act(vec![Effect::Open(Purpose::Proof), Effect::Go(url)]).noting(event);
        Turn { state: State::Proof(state), moves }
    }

    pub(crate) fn handle(mut self, shared: &mut Shared, input: Input) -> Turn {
        let moves = match input {
            Input::Page(page) => return self.page(shared, &page),
            Input::GetAsked(ceremony) => match self.stage {
                // Answered when it is known which page needs a sign-in, and what came of a password just given. A page
                // that calls again has given up its call before.
                Stage::ExpectGuard(_) => self.hold(ceremony),
                Stage::ExpectRequest if shared.password_pending => self.hold(ceremony),
                Stage::ExpectRequest => self.assert(ceremony),
                _ => Moves::refuse(ceremony),
            },
            Input::Asserted { ceremony, credential, user_handle, user_verified, source } => {
                // A page's report may leave the user handle out; an assertion of Rekey's own never does.
                let same_user = user_handle == self.credential.user_handle
                    || (source != EvidenceSource::MadeByRekey && self.credential.user_handle.is_empty());
                if credential != self.credential.id || !same_user {
                    return Turn { state: State::Ended, moves: Moves::stop(StopReason::ProofFailed) };
                }
                let event = Event::Asserted { credential: credential.clone(), user_verified, source };
                self.stage = Stage::ExpectSignedIn(Assertion { credential, source });
                self.idle = 0;
                self.delivered = false;
                shared.met_sign_in = true;
                Moves::act(ceremony.map(Effect::Answer).into_iter().collect()).noting(event)
            }
            Input::ActFailed { failure: ActFailure::Stale, .. }
                if matches!(self.stage, Stage::ExpectSignedIn(_)) && !self.delivered =>
            {
                // The page was gone before it got the answer: it may ask again.
                self.stage = Stage::ExpectRequest;
                Moves::look(Patience::Usual)
            }
            Input::ActFailed { failure, not_filled } => {
                self.password.not_given(&not_filled);
                self.name_given &= !not_filled.contains(&Value::UserName);
                return Turn::unexpected(State::Proof(self), shared, Input::ActFailed { failure, not_filled });
            }
            Input::CeremonyFailed { ceremony, failure } => return self.refused(shared, ceremony, failure),
            Input::CreateAsked(ceremony) => Moves::refuse(ceremony),
            other => return Turn::unexpected(State::Proof(self), shared, other),
        };
        Turn { state: State::Proof(self), moves }
    }

    /// Signs with the account's credential and no other.
    fn assert(&self, ceremony: CeremonyRef) -> Moves {
        Moves::new(Vec::new(), Wait::Assert(ceremony, self.credential.id.clone()))
    }

    /// Keeps the newest call until a page was seen.
    fn hold(&mut self, ceremony: CeremonyRef) -> Moves {
        let older = self.held.replace(ceremony);
        let refuse = older.map(|older| Effect::Refuse(older, CeremonyFailure::Refused));
        Moves::new(refuse.into_iter().collect(), Wait::Page(Patience::Brief))
    }

    fn page(mut self, shared: &mut Shared, page: &Observation) -> Turn {
        match std::mem::replace(&mut self.stage, Stage::ExpectRequest) {
            Stage::ExpectGuard(place) => self.guarded(shared, page, place),
            Stage::ExpectRequest => self.request(shared, page),
            Stage::ExpectSignedIn(assertion) => self.answered(shared, page, assertion),
            Stage::ExpectProtected(assertion, before) => self.reopened(shared, page, assertion, before),
            Stage::ExpectControl(assertion, mut signals, url) => {
                let guarded = was_closed(page, &url);
                // What everybody is shown says nothing about us, and a page that came out otherwise tells nothing.
                signals.retain(|signal| !page.reading.signals.contains(signal));
                if guarded {
                    signals.push(SignedInSignal::ProtectedPageOpened);
                } else if !stands_at(page, &url) || page.status.is_some_and(|status| status >= 400) {
                    // What a stranger is shown says neither yes nor no.
                    return Turn { state: State::Ended, moves: Moves::stop(StopReason::PageUnknown) };
                }
                self.conclude(shared, assertion, signals, guarded)
            }
        }
    }

    /// Finds a page that does not open for everybody.
    fn guarded(mut self, shared: &mut Shared, page: &Observation, place: usize) -> Turn {
        let url = shared.protected.get(place).cloned();
        if url.as_ref().is_some_and(|url| was_closed(page, url)) {
            self.guard = url;
        } else if let Some(next) = shared.protected.get(place + 1) {
            self.stage = Stage::ExpectGuard(place + 1);
            self.held = None;
            let moves = Moves::act(vec![Effect::Go(next.clone())]);
            return Turn { state: State::Proof(self), moves };
        }
        if takes_a_sign_in(page) || self.held.is_some() {
            return self.request(shared, page);
        }
        let moves = Moves::act(vec![Effect::Go(shared.task.plan.sign_in.clone())]);
        Turn { state: State::Proof(self), moves }
    }

    /// Finds where the site takes the passkey.
    fn request(mut self, shared: &mut Shared, page: &Observation) -> Turn {
        let reading = &page.reading;
        if self.password.password_was_given() && seems_signed_in(page) {
            // Signed in without the passkey: that proves nothing about it, but that the site does not ask for it.
            shared.disowned = true;
            return self.failed(shared);
        }
        if let Some(ceremony) = self.held.take() {
            let moves = self.assert(ceremony);
            return Turn { state: State::Proof(self), moves };
        }
        shared.met_sign_in |= takes_a_sign_in(page);
        let to_sign_in =
            reading.action(ActionRole::ToSignIn).filter(|_| !takes_a_sign_in(page) && !self.went_to_sign_in);
        if let Some(action) = to_sign_in {
            self.went_to_sign_in = true;
            let moves = Moves::press(page, action);
            return Turn { state: State::Proof(self), moves };
        }
        let password_first = self.beside_password && !self.password.password_was_given();
        let usable = self.presses < MAX_PRESSES && !password_first;
        if let Some(action) = reading.action(ActionRole::UsePasskey).filter(|_| usable)
            && (page.changed || self.presses == 0 || reading.says(Notice::Busy))
        {
            self.presses += 1;
            let moves = Moves::press(page, action);
            return Turn { state: State::Proof(self), moves };
        }
        let only_name = reading.field(FieldRole::CurrentPassword).is_none();
        if let Some(name) = reading.field(FieldRole::UserName).filter(|_| only_name && !self.name_given)
            && let Some(submit) = submit(page, name.form)
        {
            self.name_given = true;
            let fill = Effect::Fill(page.target(name.element), Value::UserName);
            let event = Event::UserNameGiven { occasion: Occasion::Proof };
            let moves = Moves::act(vec![fill, submit]).noting(event);
            return Turn { state: State::Proof(self), moves };
        }
        let other_way = reading.action(ActionRole::TryAnotherWay).filter(|_| !self.tried_another_way);
        if let Some(action) = other_way {
            self.tried_another_way = true;
            let moves = Moves::press(page, action);
            return Turn { state: State::Proof(self), moves };
        }
        // No passkey is taken here; the site may take it after the password. A pressed passkey button that brought
        // nothing is no reason to hand the password over.
        if self.presses == 0 || self.password.password_was_given() {
            // A lock, a limit or a refused password ends the journey as what it is: it says nothing about the passkey.
            if let Some(moves) = self.password.next(page, shared) {
                return Turn { state: State::Proof(self), moves };
            }
        }
        self.idle += 1;
        if self.idle > MAX_IDLE {
            return self.failed(shared);
        }
        Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) }
    }

    /// The site has the assertion.
    fn answered(mut self, shared: &mut Shared, page: &Observation, assertion: Assertion) -> Turn {
        self.delivered = true;
        if page.reading.says(Notice::Busy) && self.idle < MAX_IDLE {
            // Not taken and not refused: asked for again, after a while.
            self.idle += 1;
            return Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) };
        }
        if page.changed && page.reading.says(Notice::Refused) {
            shared.disowned = true;
            return self.failed(shared);
        }
        let elsewhere = !is_on(&shared.task.plan.site, page) || page.status.is_some_and(|status| status >= 400);
        if (still_asks(page) && !asks_again(page)) || !page.changed || elsewhere {
            self.idle += 1;
            if self.idle > MAX_IDLE {
                return self.failed(shared);
            }
            self.stage = Stage::ExpectSignedIn(assertion);
            return Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) };
        }
        if page.reading.kind == PageKind::Interstitial
            && let Some(action) = page.reading.way_past()
            && self.presses < 2 * MAX_PRESSES
        {
            self.presses += 1;
            self.stage = Stage::ExpectSignedIn(assertion);
            let moves = Moves::press(page, action);
            return Turn { state: State::Proof(self), moves };
        }
        let signals = signed_in_signals(page);
        match self.guard.clone() {
            Some(url) => {
                self.stage = Stage::ExpectProtected(assertion, signals);
                Turn { state: State::Proof(self), moves: Moves::act(vec![Effect::Go(url)]) }
            }
            None => {
                let url = page.url.clone();
                self.stage = Stage::ExpectControl(assertion, signals, url.clone());
                let moves = Moves::act(vec![Effect::Open(Purpose::Proof), Effect::Go(url)]);
                Turn { state: State::Proof(self), moves }
            }
        }
    }

    /// The page that did not open before the sign-in was asked for again.
    fn reopened(
        mut self,
        shared: &mut Shared,
        page: &Observation,
        assertion: Assertion,
        mut signals: Vec<SignedInSignal>,
    ) -> Turn {
        let site = &shared.task.plan.site;
        if self.guard.as_ref().is_some_and(|guard| has_opened(site, page, guard)) {
            signals.push(SignedInSignal::ProtectedPageOpened);
        } else if self.idle < MAX_IDLE && !page.changed {
            self.idle += 1;
            self.stage = Stage::ExpectProtected(assertion, signals);
            return Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) };
        }
        if is_on(site, page) {
            signals.extend(page.reading.signals.iter().copied());
        }
        self.conclude(shared, assertion, signals, true)
    }

    fn conclude(self, shared: &mut Shared, assertion: Assertion, signals: Vec<SignedInSignal>, guarded: bool) -> Turn {
        match SignedIn::weigh(guarded, signals) {
            Some(signed_in) => {
                let evidence = Evidence::new(assertion, signed_in, self.password.password_was_given());
                let event = evidence.event();
                let moves = Moves::new(Vec::new(), Wait::End(Outcome::Proven(evidence))).noting(event);
                Turn { state: State::Ended, moves }
            }
            None => self.failed(shared),
        }
    }

    /// Not proven this way. What was tried by itself is tried beside the password, afresh. A passkey of an interrupted
    /// journey, whose acceptance was never seen and that the site does not know, makes way for a new one; it stays where
    /// it is until then, and after. Otherwise a person must look.
    fn failed(self, shared: &mut Shared) -> Turn {
        if !self.beside_password && !self.password.password_was_given() && shared.task.has_password {
            return Self::attempt(shared, self.credential, true);
        }
        if shared.starts_over() {
            return SignIn::begin(shared);
        }
        // Where no sign-in was found, nothing was tried.
        let reason = if shared.met_sign_in { StopReason::ProofFailed } else { StopReason::PageUnknown };
        Turn { state: State::Ended, moves: Moves::stop(reason) }
    }

    fn refused(mut self, shared: &mut Shared, ceremony: CeremonyRef, failure: CeremonyFailure) -> Turn {
        let refuse = vec![Effect::Refuse(ceremony, failure)];
        let by_person = match failure {
            CeremonyFailure::VerificationNeeded => Some(StopReason::VerificationNeeded),
            CeremonyFailure::Declined => Some(StopReason::Declined),
            CeremonyFailure::PinBlocked => Some(StopReason::PinBlocked),
            CeremonyFailure::AuthenticatorGone => Some(StopReason::AuthenticatorGone),
            CeremonyFailure::Excluded
            | CeremonyFailure::AuthenticatorFull
            | CeremonyFailure::NotAskedFor
            | CeremonyFailure::Refused
            | CeremonyFailure::Withdrawn => None,
        };
        if let Some(reason) = by_person {
            return Turn { state: State::Ended, moves: Moves::stop(reason).after(None, refuse) };
        }
        if failure == CeremonyFailure::NotAskedFor {
            // The site asked for other credentials than this one.
            shared.disowned = true;
            return self.failed(shared).after(refuse);
        }
        // A call that breaks the rules says nothing about the passkey, nor about the calls to come.
        self.idle += 1;
        if self.idle > MAX_IDLE {
            return self.failed(shared).after(refuse);
        }
        Turn { state: State::Proof(self), moves: Moves::new(refuse, Wait::Page(Patience::Usual)) }
    }
}
