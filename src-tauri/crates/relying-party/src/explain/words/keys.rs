//! The names of the texts.

macro_rules! terms {
    ($($variant:ident $key:literal),* $(,)?) => {
        /// A technical term of the glossary.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::explain) enum Term { $($variant),* }

        impl Term {
            pub(in crate::explain) const ALL: &[Self] = &[$(Self::$variant),*];

            /// As in a mark and in the address of its definition on the page.
            pub(in crate::explain) fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
        }
    };
}

terms! {
    Passkey "passkey",
    RelyingParty "relying-party",
    Client "client",
    Authenticator "authenticator",
    WebAuthn "webauthn",
    Challenge "challenge",
    RpId "rp-id",
    UserHandle "user-handle",
    Algorithm "algorithm",
    UserVerification "user-verification",
    Attestation "attestation",
    Credential "credential",
    Discoverable "discoverable",
    Conditional "conditional",
    Byte "byte",
    Base64url "base64url",
    Hexadecimal "hexadecimal",
    Json "json",
    ClientData "client-data",
    Origin "origin",
    Hash "hash",
    AuthenticatorData "authenticator-data",
    Flags "flags",
    Up "up",
    Uv "uv",
    Be "be",
    Bs "bs",
    At "at",
    Ed "ed",
    SignCount "sign-count",
    Aaguid "aaguid",
    CredentialId "credential-id",
    PublicKey "public-key",
    PrivateKey "private-key",
    Signature "signature",
    Cbor "cbor",
    Cose "cose",
    Curve "curve",
}

impl Term {
    pub(super) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.key() == key)
    }
}

/// A step of a ceremony.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum StepKey {
    AskToMake,
    /// `named`: the account was known, and the request names its passkeys.
    AskToSign {
        named: bool,
    },
    PassOn {
        registration: bool,
        conditional: bool,
    },
    Browser,
    Make,
    Sign,
    LookUp {
        found: bool,
    },
    Check,
    Kept,
    NotKept,
    SignedIn,
    NotSignedIn,
}

/// How it ended, and what is worth knowing then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum OutcomeKey {
    Saved,
    SignedIn,
    Confirmed,
    RefusedRegistration,
    RefusedSignIn,
    /// Nothing of a refused registration was stored.
    NothingStored,
    /// The provider may hold a passkey that the site does not know.
    LeftOver,
    /// Nobody was signed in.
    NobodySignedIn,
    /// The passkeys on file are good as before.
    OthersAsBefore,
    /// The site trusts this passkey no more.
    Suspended,
    /// The secret key stayed where it was.
    SecretStayed,
}

/// The panel's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explain) enum Phrase {
    Title,
    Accepted,
    Refused,
    TheReason,
    GoodToKnow,
    Parts,
    Steps,
    Values,
    Checks,
    Passed,
    Failed,
    NotReached,
    NotRequired,
    Recomputed,
    ByServer,
    Expected,
    Found,
    Bytes,
    AsBase64url,
    AsHexadecimal,
    NotSent,
    NotReadable,
    NeverHere,
    InFull,
    Step,
    Set,
    NotSet,
    Yes,
    No,
    NoneListed,
}
