//! Signing in with what the vault holds.

use crate::credentials::Credentials;
use crate::enrol::Enrol;
use crate::event::{Event, Occasion};
use crate::journey::{Shared, State, Turn};
use crate::moves::Moves;
use crate::page::{ActionRole, Observation};
use crate::signals::{seems_signed_in, signed_in_signals};
use crate::step::{Effect, Input, Patience, Purpose, Wait};
use crate::stop::StopReason;

const MAX_IDLE: u8 = 4;

#[derive(Debug)]
pub(crate) struct SignIn {
    credentials: Credentials,
    idle: u8,
    went_to_sign_in: bool,
    tried_another_way: bool,
    /// A person was asked to act; what they gave is not known.
    handed_over: bool,
}

impl SignIn {
    /// Opens the sign-in page in a context with nothing in it.
    pub(crate) fn begin(shared: &Shared) -> Turn {
        let state = Self {
            credentials: Credentials::new(Occasion::SignIn),
            idle: 0,
            went_to_sign_in: false,
            tried_another_way: false,
            handed_over: false,
        };
        let effects = vec![Effect::Open(Purpose::Enrolment), Effect::Go(shared.task.plan.sign_in.clone())];
        Turn { state: State::SignIn(state), moves: Moves::act(effects) }
    }

    pub(crate) fn handle(mut self, shared: &mut Shared, input: Input) -> Turn {
        let moves = match input {
            Input::Page(page) => {
                if self.is_signed_in(&page) {
                    let signals = signed_in_signals(&page);
                    return Enrol::begin(shared, &page).noting_first(Event::SignedIn { signals });
                }
                self.page(&page, shared)
            }
            Input::CodeReady { step } => self.credentials.code_ready(step),
            Input::ActFailed { failure, not_filled } => {
                self.credentials.not_given(&not_filled);
                return Turn::unexpected(State::SignIn(self), shared, Input::ActFailed { failure, not_filled });
            }
            // No passkey of this account is to answer here: sites ask at page load once they know of one.
            Input::GetAsked(ceremony) | Input::CreateAsked(ceremony) => Moves::refuse(ceremony),
            other => return Turn::unexpected(State::SignIn(self), shared, other),
        };
        Turn { state: State::SignIn(self), moves }
    }

    /// Nobody is signed in in a fresh context before something was given, whatever a page looks like.
    fn is_signed_in(&self, page: &Observation) -> bool {
        (self.credentials.anything_was_given() || self.handed_over) && seems_signed_in(page)
    }

    fn page(&mut self, page: &Observation, shared: &Shared) -> Moves {
        let moves = self.next(page, shared);
        self.handed_over |= matches!(moves.wait, Wait::Person(_));
        moves
    }

    fn next(&mut self, page: &Observation, shared: &Shared) -> Moves {
        if let Some(moves) = self.credentials.next(page, shared) {
            return moves;
        }
        if !self.credentials.anything_was_given() {
            let reading = &page.reading;
            if let Some(action) = reading.action(ActionRole::ToSignIn).filter(|_| !self.went_to_sign_in) {
                self.went_to_sign_in = true;
                return Moves::press(page, action);
            }
            if let Some(action) = reading.action(ActionRole::TryAnotherWay).filter(|_| !self.tried_another_way) {
                self.tried_another_way = true;
                return Moves::press(page, action);
            }
        }
        self.idle += 1;
        if self.idle > MAX_IDLE { Moves::person(StopReason::PageUnknown) } else { Moves::look(Patience::Brief) }
    }
}
