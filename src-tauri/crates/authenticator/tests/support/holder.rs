//! The person in front of an authenticator, by a script.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use rekey_authenticator::{HeldPasskey, Interaction, NewPinAsked, Notice, PinAsked};
use secrecy::SecretString;

/// Gives what it was told to, one after the other, and then gives up.
#[derive(Default)]
pub struct Person {
    pins: Mutex<VecDeque<String>>,
    new_pins: Mutex<VecDeque<String>>,
    choice: Option<String>,
    asked: Mutex<Vec<(bool, Option<u32>)>>,
    offered: Mutex<Vec<String>>,
    refused: Mutex<Vec<bool>>,
    notices: Mutex<Vec<Notice>>,
}

fn texts(list: &[&str]) -> Mutex<VecDeque<String>> {
    Mutex::new(list.iter().map(|text| (*text).to_owned()).collect())
}

impl Person {
    pub fn with_pins(pins: &[&str]) -> Self {
        Self { pins: texts(pins), ..Self::default() }
    }

    pub fn with_new_pins(pins: &[&str], new_pins: &[&str]) -> Self {
        Self { pins: texts(pins), new_pins: texts(new_pins), ..Self::default() }
    }

    /// Picks the account of this name.
    pub fn who_picks(self, name: &str) -> Self {
        Self { choice: Some(name.to_owned()), ..self }
    }

    /// Whether the PIN before was wrong, and the retries left, at each question.
    pub fn asked(&self) -> Vec<(bool, Option<u32>)> {
        self.asked.lock().unwrap().clone()
    }

    /// The accounts at each choice.
    pub fn offered(&self) -> Vec<String> {
        self.offered.lock().unwrap().clone()
    }

    /// Whether the proposal before was refused, at each question for a new PIN.
    pub fn refused(&self) -> Vec<bool> {
        self.refused.lock().unwrap().clone()
    }

    pub fn notices(&self) -> Vec<Notice> {
        self.notices.lock().unwrap().clone()
    }
}

#[async_trait]
impl Interaction for Person {
    async fn pin(&self, asked: PinAsked) -> Option<SecretString> {
        self.asked.lock().unwrap().push((asked.was_wrong, asked.retries_left));
        self.pins.lock().unwrap().pop_front().map(SecretString::from)
    }

    async fn new_pin(&self, asked: NewPinAsked) -> Option<SecretString> {
        self.refused.lock().unwrap().push(asked.was_refused);
        self.new_pins.lock().unwrap().pop_front().map(SecretString::from)
    }

    async fn choose(&self, among: &[HeldPasskey]) -> Option<usize> {
        self.offered.lock().unwrap().extend(among.iter().map(|held| held.user_name.clone()));
        let choice = self.choice.as_deref()?;
        among.iter().position(|held| held.user_name == choice)
    }

    fn notice(&self, notice: Notice) {
        self.notices.lock().unwrap().push(notice);
    }
}
