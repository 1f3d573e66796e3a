//! The person at the terminal, whom an authenticator asks for a PIN and a touch.

use std::path::PathBuf;
use std::sync::Mutex;

use async_trait::async_trait;
use rekey_app::migrate::{HeldPasskey, Interaction, NewPinAsked, Notice, PinAsked};
use rekey_app::read_secret_file;
use rekey_app::text::{Texts, messages as m};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::oneshot;

use crate::output::Output;
use crate::secrets;

/// Asks without echo, on a thread of its own, since a person may never answer.
pub(crate) struct AtTheTerminal {
    output: Output,
    /// Where the PIN stands, so that nobody is asked. It is given once: another try with the same one would only bring the
    /// authenticator closer to locking itself.
    pin_file: Mutex<Option<PathBuf>>,
    /// The last thing that was said, which need not be said again.
    said: Mutex<Option<Notice>>,
}

impl AtTheTerminal {
    pub(crate) fn new(pin_file: Option<PathBuf>, output: &Output) -> Self {
        Self {
            output: Output::new(output.json, Texts::new(output.texts.language())),
            pin_file: Mutex::new(pin_file),
            said: Mutex::new(None),
        }
    }

    fn pin_of_file(&self, taken: bool) -> Option<PathBuf> {
        let mut file = self.pin_file.lock().ok()?;
        if taken { file.take() } else { file.clone() }
    }

    async fn ask(&self, prompts: Vec<String>) -> Option<Vec<SecretString>> {
        let (sender, answer) = oneshot::channel();
        let ask = move || {
            let typed: Option<Vec<_>> = prompts.iter().map(|prompt| secrets::ask(prompt, "--pin-file").ok()).collect();
            // Nobody waits for it any more where the run was ended.
            let _ = sender.send(typed);
        };
        std::thread::Builder::new().name("pin".to_owned()).spawn(ask).ok()?;
        answer.await.ok().flatten()
    }
}

#[async_trait]
impl Interaction for AtTheTerminal {
    async fn pin(&self, asked: PinAsked) -> Option<SecretString> {
        if let Some(file) = self.pin_of_file(asked.was_wrong) {
            return if asked.was_wrong { None } else { read_secret_file(&file).ok() };
        }
        let home = self.output.texts.of_code("home", asked.home.code());
        let id = if asked.was_wrong { m::ASK_PIN_AGAIN } else { m::ASK_PIN };
        let left = asked.retries_left.map_or(-1, i64::from);
        let prompt = self.output.texts.with(id, &[("home", home.into()), ("left", left.into())]);
        self.ask(vec![prompt]).await?.pop().filter(|pin| !pin.expose_secret().is_empty())
    }

    async fn new_pin(&self, asked: NewPinAsked) -> Option<SecretString> {
        if let Some(file) = self.pin_of_file(asked.was_refused) {
            return if asked.was_refused { None } else { read_secret_file(&file).ok() };
        }
        let home = self.output.texts.of_code("home", asked.home.code());
        let values = [("home", home.into()), ("shortest", i64::from(asked.shortest).into())];
        let id = if asked.was_refused { m::ASK_NEW_PIN_REFUSED } else { m::ASK_NEW_PIN };
        let typed = self.ask(vec![self.output.texts.with(id, &values), self.output.texts.get(m::ASK_AGAIN)]).await?;
        match typed.as_slice() {
            [pin, again] if pin.expose_secret() == again.expose_secret() => Some(pin.clone()),
            _ => {
                self.output.note(&self.output.texts.get(m::PINS_DIFFER));
                None
            }
        }
    }

    /// Rekey always says which passkey is meant, so nobody is asked.
    async fn choose(&self, _among: &[HeldPasskey]) -> Option<usize> {
        None
    }

    fn notice(&self, notice: Notice) {
        let text = match notice {
            Notice::Insert => m::NOTICE_INSERT,
            Notice::TouchToChoose => m::NOTICE_TOUCH_TO_CHOOSE,
            Notice::Touch => m::NOTICE_TOUCH,
            Notice::Verify => m::NOTICE_VERIFY,
            Notice::Working => return,
        };
        let Ok(mut said) = self.said.lock() else { return };
        if said.replace(notice) != Some(notice) {
            self.output.note(&self.output.texts.get(text));
        }
    }
}
