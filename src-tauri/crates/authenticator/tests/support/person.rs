//! A person who answers what they were told to answer.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, reason = "part of tests")]

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use rekey_authenticator::{HeldPasskey, Interaction, NewPinAsked, Notice, PinAsked};
use secrecy::SecretString;

/// What the person answers, in turn; with nothing left they give up.
#[derive(Default)]
pub struct Person {
    answers: Mutex<VecDeque<Box<dyn FnOnce() -> String + Send>>>,
    new: Mutex<VecDeque<String>>,
    choice: Option<String>,
    asked: Mutex<Vec<PinAsked>>,
    asked_new: Mutex<Vec<NewPinAsked>>,
    offered: Mutex<Vec<String>>,
}

impl Person {
    pub fn with_pins<const N: usize>(pins: [&str; N]) -> Self {
        let person = Self::default();
        for pin in pins {
            let pin = pin.to_owned();
            person.answers.lock().unwrap().push_back(Box::new(move || pin));
        }
        person
    }

    /// Does something, then gives the PIN.
    pub fn who_first(act: impl FnOnce() + Send + 'static, pin: &str) -> Self {
        let pin = pin.to_owned();
        let person = Self::default();
        person.answers.lock().unwrap().push_back(Box::new(move || {
            act();
            pin
        }));
        person
    }

    pub fn with_new_pins<const N: usize>(pins: [&str; N]) -> Self {
        Self { new: Mutex::new(pins.map(str::to_owned).into()), ..Self::default() }
    }

    /// Also chooses the account of this name.
    pub fn who_chooses(self, name: &str) -> Self {
        Self { choice: Some(name.to_owned()), ..self }
    }

    pub fn asked(&self) -> Vec<PinAsked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn asked_new(&self) -> Vec<NewPinAsked> {
        self.asked_new.lock().unwrap().clone()
    }

    /// The names that were offered to choose from.
    pub fn offered(&self) -> Vec<String> {
        self.offered.lock().unwrap().clone()
    }
}

#[async_trait]
impl Interaction for Person {
    async fn pin(&self, asked: PinAsked) -> Option<SecretString> {
        self.asked.lock().unwrap().push(asked);
        let answer = self.answers.lock().unwrap().pop_front()?;
        Some(SecretString::from(answer()))
    }

    async fn new_pin(&self, asked: NewPinAsked) -> Option<SecretString> {
        self.asked_new.lock().unwrap().push(asked);
        self.new.lock().unwrap().pop_front().map(SecretString::from)
    }

    async fn choose(&self, among: &[HeldPasskey]) -> Option<usize> {
        *self.offered.lock().unwrap() = among.iter().map(|passkey| passkey.user_name.clone()).collect();
        among.iter().position(|passkey| Some(&passkey.user_name) == self.choice.as_ref())
    }

    fn notice(&self, _notice: Notice) {}
}
