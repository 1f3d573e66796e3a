//! The values that are shown, and how each is written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::bytes::{Read, Unreadable};
use super::explanation::{Form, Value};
use super::words::{Language, Phrase};

/// Which value, with what its meaning depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Challenge,
    RpId,
    AccountName,
    UserHandle,
    Algorithms,
    VerificationWish,
    DiscoverableWish,
    AttestationWish,
    Excluded,
    Allowed,
    Call,
    ClientDataType,
    ClientDataChallenge,
    Origin,
    CrossOrigin,
    ClientData,
    ClientDataHash,
    AuthenticatorData,
    RpIdHash,
    Flags,
    UserPresent { set: bool },
    UserVerified { set: bool },
    BackupEligible { set: bool },
    BackupState { set: bool },
    AttestedData { set: bool },
    ExtensionData { set: bool },
    SignCount { counts: bool },
    Aaguid { told: bool },
    CredentialId,
    ReturnedUserHandle,
    PublicKey,
    KeyAlgorithm,
    KeyCurve,
    KeyX,
    KeyY,
    KeyModulus,
    KeyExponent,
    AttestationFormat { none: bool },
    Signature,
    PrivateKey,
    StoredName,
    StoredPublicKey,
    StoredSignCount,
    StoredBackup,
}

impl ValueKind {
    /// The stable name, and where the value stands in what was sent.
    fn place(self, registration: bool) -> (&'static str, Option<&'static str>) {
        let (name, source) = match self {
            Self::Challenge => ("challenge", "options.challenge"),
            Self::RpId => ("rp-id", if registration { "options.rp.id" } else { "options.rpId" }),
            Self::AccountName => ("account-name", "options.user.name"),
            Self::UserHandle => ("user-handle", "options.user.id"),
            Self::Algorithms => ("algorithms", "options.pubKeyCredParams"),
            Self::VerificationWish if registration => {
                ("user-verification", "options.authenticatorSelection.userVerification")
            }
            Self::VerificationWish => ("user-verification", "options.userVerification"),
            Self::DiscoverableWish => ("resident-key", "options.authenticatorSelection.residentKey"),
            Self::AttestationWish => ("attestation-wish", "options.attestation"),
            Self::Excluded => ("exclude-credentials", "options.excludeCredentials"),
            Self::Allowed => ("allow-credentials", "options.allowCredentials"),
            Self::ClientDataType => ("client-data-type", "clientDataJSON → type"),
            Self::ClientDataChallenge => ("client-data-challenge", "clientDataJSON → challenge"),
            Self::Origin => ("origin", "clientDataJSON → origin"),
            Self::CrossOrigin => ("cross-origin", "clientDataJSON → crossOrigin"),
            Self::ClientData => ("client-data", "response.clientDataJSON"),
            Self::AuthenticatorData if registration => ("authenticator-data", "response.attestationObject → authData"),
            Self::AuthenticatorData => ("authenticator-data", "response.authenticatorData"),
            Self::RpIdHash => ("rp-id-hash", "authData[0..32]"),
            Self::Flags => ("flags", "authData[32]"),
            Self::SignCount { .. } => ("sign-count", "authData[33..37]"),
            Self::Aaguid { .. } => ("aaguid", "authData[37..53]"),
            Self::CredentialId if registration => ("credential-id", "authData[55..]"),
            Self::CredentialId => ("credential-id", "rawId"),
            Self::ReturnedUserHandle => ("returned-user-handle", "response.userHandle"),
            Self::PublicKey => ("public-key", "authData → credentialPublicKey"),
            Self::AttestationFormat { .. } => ("attestation-format", "response.attestationObject → fmt"),
            Self::Signature => ("signature", "response.signature"),
            Self::Call => return ("call", None),
            Self::ClientDataHash => return ("client-data-hash", None),
            Self::UserPresent { .. } => return ("up", None),
            Self::UserVerified { .. } => return ("uv", None),
            Self::BackupEligible { .. } => return ("be", None),
            Self::BackupState { .. } => return ("bs", None),
            Self::AttestedData { .. } => return ("at", None),
            Self::ExtensionData { .. } => return ("ed", None),
            Self::KeyAlgorithm => return ("key-algorithm", None),
            Self::KeyCurve => return ("key-curve", None),
            Self::KeyX => return ("key-x", None),
            Self::KeyY => return ("key-y", None),
            Self::KeyModulus => return ("key-n", None),
            Self::KeyExponent => return ("key-e", None),
            Self::PrivateKey => return ("private-key", None),
            Self::StoredName => return ("stored-name", None),
            Self::StoredPublicKey => return ("stored-public-key", None),
            Self::StoredSignCount => return ("stored-sign-count", None),
            Self::StoredBackup => return ("stored-backup", None),
        };
        (name, Some(source))
    }
}

/// Writes values down in one language, for one ceremony.
#[derive(Clone, Copy)]
pub(super) struct Shower {
    pub(super) language: Language,
    pub(super) registration: bool,
}

impl Shower {
    fn value(self, kind: ValueKind, form: Form, shown: Option<String>, bytes: Option<usize>) -> Value {
        let words = self.language.value(kind);
        let (name, source) = kind.place(self.registration);
        let (label, meaning) = (self.language.said(words.label), self.language.said(words.meaning));
        Value { name, label, source, form, shown, bytes, meaning }
    }

    fn unreadable(self, kind: ValueKind, why: Unreadable) -> Value {
        let form = match why {
            Unreadable::Missing => Form::NotSent,
            Unreadable::Malformed => Form::NotReadable,
        };
        self.value(kind, form, None, None)
    }

    pub(super) fn base64url(self, kind: ValueKind, bytes: Read<&[u8]>) -> Value {
        match bytes {
            Ok(bytes) => self.value(kind, Form::Base64url, Some(URL_SAFE_NO_PAD.encode(bytes)), Some(bytes.len())),
            Err(why) => self.unreadable(kind, why),
        }
    }

    pub(super) fn hexadecimal(self, kind: ValueKind, bytes: Read<&[u8]>) -> Value {
        match bytes {
            Ok(bytes) => self.value(kind, Form::Hexadecimal, Some(hexadecimal(bytes)), Some(bytes.len())),
            Err(why) => self.unreadable(kind, why),
        }
    }

    /// Text as it was sent.
    pub(super) fn text(self, kind: ValueKind, text: Read<String>) -> Value {
        match text {
            Ok(text) => self.value(kind, Form::Text, Some(text), None),
            Err(why) => self.unreadable(kind, why),
        }
    }

    /// Bytes that are text, with their size. Bytes that are no UTF-8 are shown as what a decoder makes of them.
    pub(super) fn text_bytes(self, kind: ValueKind, bytes: Read<&[u8]>) -> Value {
        match bytes {
            Ok(bytes) => {
                self.value(kind, Form::Text, Some(String::from_utf8_lossy(bytes).into_owned()), Some(bytes.len()))
            }
            Err(why) => self.unreadable(kind, why),
        }
    }

    pub(super) fn words(self, kind: ValueKind, phrase: Phrase) -> Value {
        self.value(kind, Form::Words, Some(self.language.phrase(phrase).plain(self.language)), None)
    }

    /// The one value that is never there.
    pub(super) fn private_key(self) -> Value {
        self.value(ValueKind::PrivateKey, Form::NeverHere, None, None)
    }
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
