//! Proving a passkey: a fresh private context, a sign-in with it, and the signed-in page seen.

use url::Url;

use crate::credentials::{Credentials, submit};
use crate::event::{Credential, Event, Occasion};
use crate::evidence::{Assertion, Evidence, SignedIn};
use crate::journey::{Shared, State, Turn};
use crate::moves::Moves;
use crate::page::{ActionRole, FieldRole, Notice, Observation, PageKind, SignedInSignal};
use crate::sign_in::SignIn;
use crate::signals::{seems_signed_in, signed_in_signals, still_asks};
use crate::step::{CeremonyFailure, CeremonyRef, Effect, Input, Outcome, Patience, Purpose, Wait};
use crate::stop::StopReason;

const MAX_IDLE: u8 = 4;
const MAX_PRESSES: u8 = 3;

#[derive(Debug)]
pub(crate) struct Proof {
    credential: Credential,
    stage: Stage,
    /// A page of the account that did not open before the sign-in.
    guard: Option<Url>,
    password: Credentials,
    /// The passkey by itself was tried and did not sign in: the site may take it as the step after the password.
    beside_password: bool,
    presses: u8,
    name_given: bool,
    tried_another_way: bool,
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
            password: Credentials::new(Occasion::Proof),
            beside_password,
            presses: 0,
            name_given: false,
            tried_another_way: false,
            idle: 0,
        };
        let moves = Moves::act(vec![Effect::Open(Purpose::Proof), Effect::Go(url)]).noting(event);
        Turn { state: State::Proof(state), moves }
    }

    pub(crate) fn handle(mut self, shared: &mut Shared, input: Input) -> Turn {
        let moves = match input {
            Input::Page(page) => return self.page(shared, &page),
            Input::GetAsked(ceremony) => Moves::new(Vec::new(), Wait::Assert(ceremony, self.credential.id.clone())),
            Input::Asserted { ceremony, credential, user_handle, user_verified } => {
                if credential != self.credential.id || user_handle != self.credential.user_handle {
                    return Turn { state: State::Ended, moves: Moves::stop(StopReason::ProofFailed) };
                }
                let assertion = Assertion { credential, source: self.credential.source };
                let event = Event::Asserted {
                    credential: assertion.credential.clone(),
                    user_verified,
                    source: assertion.source,
                };
                self.stage = Stage::ExpectSignedIn(assertion);
                self.idle = 0;
                Moves::act(ceremony.map(Effect::Answer).into_iter().collect()).noting(event)
            }
            Input::CeremonyFailed { ceremony, failure } => return self.refused(shared, ceremony, failure),
            Input::CreateAsked(ceremony) => {
                Moves::new(vec![Effect::Refuse(ceremony, CeremonyFailure::Refused)], Wait::Page(Patience::Usual))
            }
            other => return Turn::unexpected(State::Proof(self), shared, other),
        };
        Turn { state: State::Proof(self), moves }
    }

    fn page(mut self, shared: &mut Shared, page: &Observation) -> Turn {
        match std::mem::replace(&mut self.stage, Stage::ExpectRequest) {
            Stage::ExpectGuard(place) => self.guarded(shared, page, place),
            Stage::ExpectRequest => self.request(shared, page),
            Stage::ExpectSignedIn(assertion) => self.answered(shared, page, assertion),
            Stage::ExpectProtected(assertion, before) => self.reopened(shared, page, assertion, before),
            Stage::ExpectControl(assertion, mut signals, url) => {
                let guarded = does_not_open(page, &url);
                if guarded {
                    signals.push(SignedInSignal::ProtectedPageOpened);
                } else {
                    // What everybody is shown says nothing about us.
                    signals.retain(|signal| !page.reading.signals.contains(signal));
                }
                self.conclude(shared, assertion, signals, guarded)
            }
        }
    }

    /// Finds a page that does not open for everybody: it shows a sign-in, refuses, or sends us elsewhere.
    fn guarded(mut self, shared: &mut Shared, page: &Observation, place: usize) -> Turn {
        let url = shared.protected.get(place).cloned();
        if url.as_ref().is_some_and(|url| does_not_open(page, url)) {
            self.guard = url;
        } else if let Some(next) = shared.protected.get(place + 1) {
            self.stage = Stage::ExpectGuard(place + 1);
            let moves = Moves::act(vec![Effect::Go(next.clone())]);
            return Turn { state: State::Proof(self), moves };
        }
        if reads_as_sign_in(page) {
            return self.request(shared, page);
        }
        let moves = Moves::act(vec![Effect::Go(shared.task.plan.sign_in.clone())]);
        Turn { state: State::Proof(self), moves }
    }

    /// Finds where the site takes the passkey.
    fn request(mut self, shared: &mut Shared, page: &Observation) -> Turn {
        let reading = &page.reading;
        if self.password.password_was_given() && seems_signed_in(page) {
            // Signed in without the passkey: that proves nothing about it.
            return self.failed(shared);
        }
        let password_first = self.beside_password && !self.password.password_was_given();
        let usable = self.presses < MAX_PRESSES && !password_first;
        if let Some(action) = reading.action(ActionRole::UsePasskey).filter(|_| usable)
            && (page.changed || self.presses == 0)
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
            let fill = Effect::Fill(page.target(name.element), crate::step::Value::UserName);
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
            match self.password.next(page, shared) {
                Some(Moves { wait: Wait::End(_), .. }) => return self.failed(shared),
                Some(moves) => return Turn { state: State::Proof(self), moves },
                None => {}
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
        if page.changed && page.reading.says(Notice::Refused) {
            return self.failed(shared);
        }
        if (still_asks(page) && !asks_again(page)) || !page.changed {
            self.idle += 1;
            if self.idle > MAX_IDLE {
                return self.failed(shared);
            }
            self.stage = Stage::ExpectSignedIn(assertion);
            return Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) };
        }
        if page.reading.kind == PageKind::Interstitial
            && let Some(action) =
                page.reading.action(ActionRole::Skip).or_else(|| page.reading.action(ActionRole::Continue))
            && self.presses < 2 * MAX_PRESSES
        {
            self.presses += 1;
            self.stage = Stage::ExpectSignedIn(assertion);
            let moves = Moves::press(page, action);
            return Turn { state: State::Proof(self), moves };
        }
        let signals = signed_in_signals(page, true);
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
        if asks_again(page) || self.guard.as_ref().is_some_and(|guard| !does_not_open(page, guard)) {
            signals.push(SignedInSignal::ProtectedPageOpened);
        } else if self.idle < MAX_IDLE && !page.changed {
            self.idle += 1;
            self.stage = Stage::ExpectProtected(assertion, signals);
            return Turn { state: State::Proof(self), moves: Moves::look(Patience::Brief) };
        }
        signals.extend(page.reading.signals.iter().copied());
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

    /// Not proven this way. What was tried by itself is tried beside the password, afresh. A passkey whose acceptance
    /// was never seen (an interrupted journey) is given up and made anew; otherwise a person must look.
    fn failed(self, shared: &mut Shared) -> Turn {
        if !self.beside_password && !self.password.password_was_given() && shared.task.has_password {
            return Self::attempt(shared, self.credential, true);
        }
        if shared.may_start_over {
            shared.may_start_over = false;
            let id = self.credential.id;
            return SignIn::begin(shared)
                .after(vec![Effect::Forget(id.clone())])
                .noting_first(Event::PasskeyRefused { credential: id });
        }
        Turn { state: State::Ended, moves: Moves::stop(StopReason::ProofFailed) }
    }

    fn refused(self, shared: &mut Shared, ceremony: CeremonyRef, failure: CeremonyFailure) -> Turn {
        let refuse = vec![Effect::Refuse(ceremony, failure)];
        if failure == CeremonyFailure::VerificationNeeded {
            let moves = Moves::stop(StopReason::VerificationNeeded).after(None, refuse);
            return Turn { state: State::Ended, moves };
        }
        self.failed(shared).after(refuse)
    }
}

/// Whether an address shows a sign-in, refuses, or leads elsewhere, instead of what stands there for the account.
fn does_not_open(page: &Observation, url: &Url) -> bool {
    still_asks(page) || page.status.is_some_and(|status| status >= 400) || url.path() != page.url.path()
}

/// Asking for the password once more is something a site does only to somebody who is signed in.
fn asks_again(page: &Observation) -> bool {
    page.reading.kind == PageKind::Reauthentication && page.reading.signals.contains(&SignedInSignal::SignOutControl)
}

fn reads_as_sign_in(page: &Observation) -> bool {
    page.reading.kind == PageKind::SignIn
        || page.reading.action(ActionRole::UsePasskey).is_some()
        || page.reading.field(FieldRole::UserName).is_some()
}
