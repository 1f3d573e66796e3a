use async_trait::async_trait;
use secrecy::SecretString;

use crate::{HeldPasskey, Home};

/// What an authenticator asks of the person while it works.
///
/// Each question owns one reply; a question whose future is dropped is withdrawn.
#[async_trait]
pub trait Interaction: Send + Sync {
    /// Asks for the authenticator's PIN; `None` gives up.
    async fn pin(&self, asked: PinAsked) -> Option<SecretString>;

    /// Asks for a new PIN, which the authenticator will want from then on; `None` gives up.
    async fn new_pin(&self, asked: NewPinAsked) -> Option<SecretString>;

    /// Asks which of several accounts is meant; `None` gives up.
    async fn choose(&self, among: &[HeldPasskey]) -> Option<usize>;

    /// Says what the authenticator waits for. The last word stands until the next one.
    fn notice(&self, notice: Notice);
}

/// An authenticator asks for its PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinAsked {
    /// Whose.
    pub home: Home,
    /// Whether the one given before was wrong.
    pub was_wrong: bool,
    /// How many wrong ones it takes before it locks itself, where it tells.
    pub retries_left: Option<u32>,
}

/// An authenticator has no PIN yet, or wants another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPinAsked {
    /// Whose.
    pub home: Home,
    /// The fewest characters (Unicode code points).
    pub shortest: u32,
    /// The most bytes in UTF-8.
    pub longest: u32,
    /// Whether the one proposed before was refused.
    pub was_refused: bool,
}

/// What an authenticator waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A security key must be plugged in or held near.
    Insert,
    /// Several are there: the person touches the one to use.
    TouchToChoose,
    /// The person touches it.
    Touch,
    /// The person gives a fingerprint, or another proof that the authenticator takes itself.
    Verify,
    /// Nothing: it works.
    Working,
}

/// Nobody is there to ask: every question is given up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

#[async_trait]
impl Interaction for Nobody {
    async fn pin(&self, _asked: PinAsked) -> Option<SecretString> {
        None
    }

    async fn new_pin(&self, _asked: NewPinAsked) -> Option<SecretString> {
        None
    }

    async fn choose(&self, _among: &[HeldPasskey]) -> Option<usize> {
        None
    }

    fn notice(&self, _notice: Notice) {}
}
