//! What a driver sees: pages, and what they ask of `navigator.credentials`.

use rekey_journey::page::{DocumentId, Observation};
use rekey_origin::Origin;

/// One call of a page that waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CeremonyId(pub u64);

/// Which ceremony a page asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CeremonyKind {
    /// `navigator.credentials.create({publicKey})`
    Create,
    /// `navigator.credentials.get({publicKey})`
    Get,
}

/// How the person is to be involved.
///
/// <https://w3c.github.io/webappsec-credential-management/#mediation-requirements>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mediation {
    /// As far as it is needed; what a call without the member has.
    Optional,
    /// In any case.
    Required,
    /// Not at all. Such a `get` is answered in the page already.
    Silent,
    /// Not by a question: a `get` waits quietly until the person chooses a passkey by themselves, a `create` makes one
    /// beside a sign-in that the person just made.
    Conditional,
}

/// Where a calling document stands in its page, as the host established it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameKind {
    /// It is the page's top document.
    Top,
    /// It is in a frame, and every document above it is of its own origin.
    SameOrigin,
    /// It is in a frame, and some document above it is of another origin.
    CrossOrigin {
        /// The top document's origin.
        top: Origin,
    },
}

/// What is known of a calling document at the moment of its call. All but `frame` is the word of the bridge, which is
/// Rekey's own script and beyond the page's reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub frame: FrameKind,
    /// Whether its permissions policy allows this ceremony (`publickey-credentials-create`,
    /// `publickey-credentials-get`).
    pub allowed_by_policy: bool,
    /// Whether the person did something in it a moment ago (transient activation).
    pub activated: bool,
    /// Whether the page is visible and has the focus.
    pub focused: bool,
}

impl Standing {
    /// A page's top document with the person in front of it.
    pub fn top() -> Self {
        Self { frame: FrameKind::Top, allowed_by_policy: true, activated: true, focused: true }
    }
}

/// A call of `navigator.credentials` as the host received it. `origin` was established by the host; `options` is the
/// page's word and may be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CeremonyRequest {
    /// For the answer.
    pub id: CeremonyId,
    /// Which ceremony.
    pub kind: CeremonyKind,
    /// How the person is to be involved.
    pub mediation: Mediation,
    /// The origin of the calling document.
    pub origin: Origin,
    /// The calling document.
    pub document: DocumentId,
    /// Where the calling document stands.
    pub standing: Standing,
    /// `publicKey` of the options in its JSON form (binary members in base64url), at most 64 KiB.
    pub options: String,
}

/// What a relying party lets the passkeys' homes know.
///
/// <https://w3c.github.io/webauthn/#sctn-signal-methods>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignalKind {
    /// It does not know a credential that it was shown.
    UnknownCredential,
    /// These are all the credentials of a user.
    AllAcceptedCredentials,
    /// This is what a user is called now.
    CurrentUserDetails,
}

/// A call of one of the `signal…` methods. It asks nobody anything, and is answered as soon as it is decided whether the
/// caller may speak for the RP ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalRequest {
    /// For the answer: [`CeremonyReply::Taken`] or a refusal with `SecurityError`.
    pub id: CeremonyId,
    /// Which signal.
    pub kind: SignalKind,
    /// The origin of the calling document, established by the host.
    pub origin: Origin,
    /// The calling document.
    pub document: DocumentId,
    /// The RP ID that the page claims to speak for.
    pub rp_id: String,
    /// The method's options as JSON, at most 64 KiB; the page's word.
    pub options: String,
}

/// The answer to a page's call.
#[derive(Debug, Clone)]
pub enum CeremonyReply {
    /// The credential in its JSON form (`RegistrationResponseJSON`, `AuthenticationResponseJSON`).
    Credential(String),
    /// A signal was taken.
    Taken,
    /// A DOMException by its name (`NotAllowedError`, `InvalidStateError`, `SecurityError`, …) or a `TypeError`.
    Refusal(&'static str),
}

/// What there is to see next.
#[derive(Debug, Clone)]
pub enum Seen {
    /// The page came to rest, or the patience ended.
    Page(Box<Observation>),
    /// A page asks for a ceremony and waits.
    Ceremony(CeremonyRequest),
    /// A page lets the passkeys' homes know something.
    Signal(SignalRequest),
    /// Native mode: the browser's own authenticators answered, and the page received this.
    NativeCeremony(NativeCeremony),
}

/// What a page received from the browser's own authenticators; reported by the page, not made by Rekey.
#[derive(Debug, Clone)]
pub struct NativeCeremony {
    /// Which ceremony.
    pub kind: CeremonyKind,
    /// The origin of the calling document.
    pub origin: Origin,
    /// The credential in its JSON form as the page got it, or the name of the exception.
    pub outcome: Result<String, String>,
}
