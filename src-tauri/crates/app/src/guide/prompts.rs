//! What the person is asked: at most one thing at a time, and each owns one reply.

use std::path::PathBuf;

use async_trait::async_trait;
use rekey_authenticator::{HeldPasskey, Home, Interaction, NewPinAsked, Notice, PinAsked, StoreError};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::oneshot;

use super::Guide;
use super::state::{Said, Shared, Showing, State};
use crate::AppError;
use crate::migrate::{Consent, ConsentRequest, Person};

/// A prompt that waits for its answer.
pub(super) struct OpenPrompt {
    pub(super) id: u32,
    pub(super) question: Question,
    pub(super) problem: Option<Said>,
    reply: oneshot::Sender<Consent>,
}

pub(super) enum Question {
    MakeStore(PathBuf),
    OpenStore(PathBuf),
    Passkey(ConsentRequest),
    Pin(PinAsked),
    NewPin(NewPinAsked),
}

impl Question {
    fn needs_passphrase(&self) -> bool {
        match self {
            Self::MakeStore(_) | Self::OpenStore(_) | Self::Pin(_) | Self::NewPin(_) => true,
            Self::Passkey(request) => request.needs_passphrase,
        }
    }
}

/// Takes the prompt away with the one who asked.
struct Asking<'a> {
    shared: &'a Shared,
    id: u32,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        if self.shared.read(|state, _| state.prompt.as_ref().is_some_and(|prompt| prompt.id == self.id)) {
            self.shared.change(|state| state.prompt.take_if(|prompt| prompt.id == self.id));
        }
    }
}

impl Shared {
    /// Asks, and waits for the answer. Dropped meanwhile, the prompt vanishes.
    pub(super) async fn ask(&self, question: Question, problem: Option<Said>) -> Consent {
        let (reply, answer) = oneshot::channel();
        let id = self.change(|state| {
            state.last_prompt += 1;
            state.prompt = Some(OpenPrompt { id: state.last_prompt, question, problem, reply });
            state.last_prompt
        });
        let _asking = Asking { shared: self, id };
        answer.await.unwrap_or(Consent::Decline)
    }

    pub(super) fn present(&self, id: u32, passphrase: SecretString) -> Result<(), AppError> {
        self.answer(id, |_, _| Ok(Consent::ApproveWith(passphrase)))
    }

    pub(super) fn decline(&self, id: u32) -> Result<(), AppError> {
        self.answer(id, |_, _| Ok(Consent::Decline))
    }

    /// In practice Rekey has the passphrase itself.
    pub(super) fn approve(&self, id: u32) -> Result<(), AppError> {
        self.answer(id, |state, question| {
            if !question.needs_passphrase() {
                return Ok(Consent::Approve);
            }
            let passphrase = match question {
                // An authenticator's PIN is the person's, also in practice.
                Question::Pin(_) | Question::NewPin(_) => None,
                _ => state.desk.as_ref().and_then(|desk| desk.practice_passphrase.clone()),
            };
            passphrase.map(Consent::ApproveWith).ok_or(AppError::PassphraseNeeded)
        })
    }

    fn answer(
        &self,
        id: u32,
        consent: impl FnOnce(&State, &Question) -> Result<Consent, AppError>,
    ) -> Result<(), AppError> {
        self.try_change(|state| {
            let prompt = state.prompt.as_ref().filter(|prompt| prompt.id == id).ok_or(AppError::PromptGone)?;
            let consent = consent(state, &prompt.question)?;
            let prompt = state.prompt.take().ok_or(AppError::PromptGone)?;
            prompt.reply.send(consent).map_err(|_| AppError::PromptGone)
        })
    }
}

/// The person in front of this guide's window, while a run keeps its passkeys here.
pub(super) struct AtTheWindow {
    pub(super) guide: Guide,
    pub(super) home: Home,
}

#[async_trait]
impl Person for AtTheWindow {
    async fn consents(&self, to: ConsentRequest) -> Consent {
        let problem = to.was_wrong.then(|| Said::from(&AppError::Store(StoreError::WrongPassphrase)));
        self.guide.shared.ask(Question::Passkey(to), problem).await
    }
}

#[async_trait]
impl Interaction for AtTheWindow {
    async fn pin(&self, asked: PinAsked) -> Option<SecretString> {
        loop {
            let problem = asked.was_wrong.then(|| Said::new("pin_wrong", Vec::new()));
            let given = self.guide.shared.ask(Question::Pin(asked.clone()), problem).await;
            let Consent::ApproveWith(pin) = given else { return None };
            // An empty one is never right, and would be counted.
            if !pin.expose_secret().is_empty() {
                return Some(pin);
            }
        }
    }

    async fn new_pin(&self, asked: NewPinAsked) -> Option<SecretString> {
        let mut problem = asked.was_refused.then(|| Said::new("pin_refused", Vec::new()));
        loop {
            let given = self.guide.shared.ask(Question::NewPin(asked.clone()), problem).await;
            let Consent::ApproveWith(pin) = given else { return None };
            match unfit(&asked, &pin) {
                None => return Some(pin),
                error => problem = error,
            }
        }
    }

    /// Rekey names the passkey in every request, so there is nothing to choose.
    async fn choose(&self, among: &[HeldPasskey]) -> Option<usize> {
        (among.len() == 1).then_some(0)
    }

    fn notice(&self, notice: Notice) {
        self.guide.shared.change(|state| {
            if let Showing::Run(live) = &mut state.screen {
                live.waits = Some((self.home, notice));
            }
        });
    }
}

/// Why this cannot be an authenticator's PIN, if so.
fn unfit(asked: &NewPinAsked, pin: &SecretString) -> Option<Said> {
    let (characters, bytes) = (pin.expose_secret().chars().count(), pin.expose_secret().len());
    let limit = |code, limit: u32| Some(Said::new(code, vec![("limit", limit.to_string())]));
    match (u32::try_from(characters), u32::try_from(bytes)) {
        (Ok(characters), _) if characters < asked.shortest => limit("pin_too_short", asked.shortest),
        (Ok(_), Ok(bytes)) if bytes <= asked.longest => None,
        _ => limit("pin_too_long", asked.longest),
    }
}
