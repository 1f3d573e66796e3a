use url::Url;

use crate::event::{Credential, Event, EvidenceSource};
use crate::evidence::Evidence;
use crate::journey::Journey;
use crate::page::{Observation, Target};
use crate::stop::StopReason;

/// One call of `navigator.credentials` that waits for an answer, as the driver numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CeremonyRef(pub u64);

/// What a journey is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The runner is ready: begin.
    Begin,
    /// What the page shows.
    Page(Box<Observation>),
    /// A page asks for a new passkey.
    CreateAsked(CeremonyRef),
    /// A page asks for a sign-in with a passkey.
    GetAsked(CeremonyRef),
    /// The passkey was made; the page does not have it yet where a call waits.
    PasskeyMade {
        /// For which call; `None` where the browser's own authenticator answered the page already.
        ceremony: Option<CeremonyRef>,
        /// The passkey.
        credential: Credential,
    },
    /// The passkey signed; the page does not have the answer yet where a call waits.
    Asserted {
        /// For which call; `None` where the browser's own authenticator answered the page already.
        ceremony: Option<CeremonyRef>,
        /// The id of the credential that signed.
        credential: String,
        /// The user handle in the answer.
        user_handle: String,
        /// Whether the person was verified.
        user_verified: bool,
        /// Who says so.
        source: EvidenceSource,
    },
    /// The authenticator or the client's rules refused; the page does not have the answer yet.
    CeremonyFailed {
        /// For which call.
        ceremony: CeremonyRef,
        /// Why.
        failure: CeremonyFailure,
    },
    /// A code of this time step may be given now.
    CodeReady {
        /// Number of the time step.
        step: u64,
    },
    /// An effect failed; those after it were not run.
    ActFailed {
        /// Why.
        failure: ActFailure,
        /// Values that the step was to fill in and that certainly did not reach the page.
        not_filled: Vec<Value>,
    },
    /// [`Wait::Person`] was asked for where nobody sits.
    NobodyThere,
    /// The time allowed for the account is over.
    TimedOut,
}

/// Why a ceremony got no credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyFailure {
    /// The authenticator holds a credential that the site excludes.
    Excluded,
    /// The person must be verified and was not.
    VerificationNeeded,
    /// The page gave the call up, or went away, before anybody answered it.
    Withdrawn,
    /// The person said no.
    Declined,
    /// The authenticator takes no PIN any more, or not now.
    PinBlocked,
    /// The authenticator has no room for another passkey.
    AuthenticatorFull,
    /// The authenticator is not there, or nobody used it in time.
    AuthenticatorGone,
    /// The site asks for other credentials than the account's.
    NotAskedFor,
    /// The request breaks the client's rules or cannot be served (`NotAllowedError`, `SecurityError`, …).
    Refused,
}

/// Why an effect failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActFailure {
    /// The page changed in the meantime.
    Stale,
    /// The element cannot be used.
    Unusable,
    /// The page does not belong to the account's site.
    ForeignPage,
    /// The address could not be loaded.
    Unreachable,
    /// The browser ended.
    BrowserGone,
}

/// Which context a journey works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in with the password and adding the passkey.
    Enrolment,
    /// Proving the passkey, with nothing left of the enrolment.
    Proof,
}

/// What is filled in. The value itself is the runner's: it takes it from the unlocked vault at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// The user name.
    UserName,
    /// The password.
    Password,
    /// The one-time code of a time step.
    Code(u64),
    /// The name for the passkey.
    KeyName,
}

/// One thing to do, in order; the first that fails ends the step's effects and comes back as [`Input::ActFailed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Opens a fresh private context and closes the one before.
    Open(Purpose),
    /// Goes to an address.
    Go(Url),
    /// Fills a field.
    Fill(Target, Value),
    /// Ticks a box.
    Tick(Target),
    /// Presses a control, whose words are given for the person.
    Press(Target, String),
    /// Hands the credential that was just made, or the assertion, to the page.
    Answer(CeremonyRef),
    /// Tells the page that it gets nothing (`InvalidStateError` for an excluded credential, else `NotAllowedError`).
    Refuse(CeremonyRef, CeremonyFailure),
    /// Removes a passkey that the site refused from where it was made.
    Forget(String),
}

/// How long a page may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A page that is probably there already.
    Brief,
    /// A page that was just asked for.
    Usual,
}

/// Where the next input comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// A look at the page: [`Input::Page`], [`Input::CreateAsked`] or [`Input::GetAsked`].
    Page(Patience),
    /// A fresh one-time code, of a later time step than the one given last: [`Input::CodeReady`].
    Code {
        /// The last step given to this site.
        after: Option<u64>,
    },
    /// Make a passkey for this call.
    Create(CeremonyRef),
    /// Sign with this credential and no other.
    Assert(CeremonyRef, String),
    /// A person must act at the page; then as [`Wait::Page`].
    Person(StopReason),
    /// Nothing: the journey ended.
    End(Outcome),
}

/// How a journey ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With evidence.
    Proven(Evidence),
    /// Short of it.
    Stopped(StopReason),
}

/// What follows from an input. The runner appends `events` in one transaction, *then* runs `effects`, then waits.
#[derive(Debug)]
pub struct Step {
    /// The next state.
    pub journey: Journey,
    /// Facts to append first.
    pub events: Vec<Event>,
    /// Things to do then.
    pub effects: Vec<Effect>,
    /// Where the next input comes from.
    pub wait: Wait,
}
