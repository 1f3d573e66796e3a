//! The passkey is made and handed to the page: "created" is not yet "accepted".

use crate::credentials::submit;
use crate::event::{Credential, Event};
use crate::journey::{Shared, State, Turn};
use crate::moves::Moves;
use crate::page::{FieldRole, Notice, Observation, PageKind};
use crate::proof::Proof;
use crate::step::{ActFailure, CeremonyRef, Effect, Input, Patience, Value, Wait};
use crate::stop::StopReason;

/// How often a page at rest is looked at again that shows no change.
const MAX_LOOKS: u8 = 1;

#[derive(Debug)]
pub(crate) struct Acceptance {
    credential: Credential,
    /// Whether the answer reached the page.
    delivered: bool,
    named: bool,
    looks: u8,
}

impl Acceptance {
    pub(crate) fn begin(ceremony: Option<CeremonyRef>, credential: Credential) -> Turn {
        let answer = ceremony.map(Effect::Answer).into_iter().collect();
        let moves = Moves::new(answer, Wait::Page(Patience::Brief))
            .noting(Event::PasskeyCreated { credential: credential.clone() });
        Turn { state: State::Acceptance(Self { credential, delivered: false, named: false, looks: 0 }), moves }
    }

    pub(crate) fn handle(mut self, shared: &mut Shared, input: Input) -> Turn {
        let moves = match input {
            Input::Page(page) => {
                self.delivered = true;
                if page.changed && page.reading.says(Notice::Busy) {
                    // It may have the passkey or not; the proof tells.
                    shared.doubt_acceptance();
                    return Proof::begin(shared, self.credential);
                }
                if was_refused(&page) {
                    return self.refused();
                }
                if let Some(moves) = self.name(&page) {
                    moves
                } else if accepted(&page) {
                    return self.accepted(shared, &page);
                } else if self.looks < MAX_LOOKS {
                    self.looks += 1;
                    Moves::look(Patience::Brief)
                } else {
                    // The page says nothing either way; the proof will.
                    return Proof::begin(shared, self.credential);
                }
            }
            // The page was gone before it got the passkey. The next run finds that the site does not know it.
            Input::ActFailed { failure: ActFailure::Stale, .. } if !self.delivered => {
                return Turn { state: State::Ended, moves: Moves::stop(StopReason::CeremonyRefused) };
            }
            // The site asks for another one: it did not keep the first, or wants a second, which nobody asked for.
            Input::CreateAsked(ceremony) | Input::GetAsked(ceremony) => Moves::refuse(ceremony),
            other => return Turn::unexpected(State::Acceptance(self), shared, other),
        };
        Turn { state: State::Acceptance(self), moves }
    }

    /// Some sites ask for the name after the passkey was made.
    fn name(&mut self, page: &Observation) -> Option<Moves> {
        let field = page.reading.field(FieldRole::KeyName).filter(|f| !self.named && !f.filled && page.changed)?;
        if page.reading.kind != PageKind::NameKey {
            return None;
        }
        let send = submit(page, field.form)?;
        self.named = true;
        let fill = Effect::Fill(page.target(field.element), Value::KeyName);
        Some(Moves::act(vec![fill, send]).noting(Event::KeyNamed))
    }

    fn accepted(self, shared: &mut Shared, page: &Observation) -> Turn {
        shared.remember_protected(page);
        let event = Event::PasskeyAccepted { credential: self.credential.id.clone() };
        let shows_codes = page.reading.kind == PageKind::RecoveryCodes;
        let turn = Proof::begin(shared, self.credential);
        let turn = if shows_codes { turn.noting_first(Event::RecoveryCodesShown) } else { turn };
        turn.noting_first(event)
    }

    fn refused(self) -> Turn {
        let id = self.credential.id.clone();
        let moves = Moves::stop(StopReason::SiteRefusedCredential)
            .after(Some(Event::PasskeyRefused { credential: id.clone() }), vec![Effect::Forget(id)]);
        Turn { state: State::Ended, moves }
    }
}

fn was_refused(page: &Observation) -> bool {
    page.changed && page.reading.says(Notice::Refused)
}

fn accepted(page: &Observation) -> bool {
    let reading = &page.reading;
    page.changed
        && (reading.says(Notice::Done)
            || matches!(
                reading.kind,
                PageKind::PasskeySettings | PageKind::RecoveryCodes | PageKind::SignedIn | PageKind::Interstitial
            ))
}
