//! Values, English.

use super::{Text, ValueWords};
use crate::explain::values::ValueKind as V;

pub(super) fn value(kind: V) -> ValueWords {
    let (label, meaning) = match kind {
        V::Challenge => ("{challenge|Challenge}", "Whoever answers must hand this very value back."),
        V::RpId => ("{rp-id}", "The new passkey will work for this name and for no other."),
        V::AccountName => ("Account", "The name under which your passkey provider shows it to you."),
        V::UserHandle => ("{user-handle|User handle}", "Comes back at each sign-in, so you need not type a name."),
        V::Algorithms => {
            ("{algorithm|Algorithms} offered", "Your passkey provider picks the first one that it can do.")
        }
        V::VerificationWish => (
            "{user-verification|User verification}",
            "With “required”, an answer without it will be refused. The fingerprint or PIN itself is never sent.",
        ),
        V::DiscoverableWish => {
            ("{discoverable|Discoverable}", "“required” means that you will be able to sign in without a user name.")
        }
        V::AttestationWish => {
            ("{attestation|Attestation}", "“none”: the site does not want to know the model. “direct”: it wants to.")
        }
        V::Excluded => (
            "{credential|Credentials} to leave out",
            "Passkeys that the account has. A provider that holds one of them makes no second one.",
        ),
        V::Allowed => (
            "{credential|Credentials} that may answer",
            "How many are named. None means: any that your passkey provider has for this site.",
        ),
        V::Call => ("The call", "The only door between a page and your passkeys."),
        V::Origin => (
            "{origin|Origin}",
            "The browser fills this in, and a page cannot change it. A look-alike site would show here.",
        ),
        V::ClientDataChallenge => ("Challenge, handed back", "Must be the one from step 1."),
        V::ClientDataType => (
            "Type",
            "webauthn.create for making a passkey, webauthn.get for using one, so that the one answer cannot pass for \
             the other.",
        ),
        V::CrossOrigin => {
            ("Inside another site’s page", "Whether the page was only a frame in a page from somewhere else.")
        }
        V::ClientData => ("The client data as {json}", "Exactly what was sent. One changed letter would be noticed."),
        V::ClientDataHash => ("{hash|Hash} of the client data", "This goes to your passkey provider in its place."),
        V::AuthenticatorData => (
            "{authenticator-data|Authenticator data}",
            "Written in a row, without names. The lines below are the same values taken apart.",
        ),
        V::RpIdHash => ("Hash of the RP ID", "Tells for which site the passkey is, without its name."),
        V::Flags => ("{flags|Flags}", "To be read from the right. The next lines say which is which."),
        V::UserPresent { set: true } => ("{up}", "Somebody agreed at the device."),
        V::UserPresent { set: false } => ("{up}", "Nobody had to do anything at the device."),
        V::UserVerified { set: true } => ("{uv}", "Your device made sure that it was you."),
        V::UserVerified { set: false } => ("{uv}", "It may have been anybody who had the device in hand."),
        V::BackupEligible { set: true } => ("{be}", "If you lose the device, the passkey need not be lost."),
        V::BackupEligible { set: false } => ("{be}", "It stays on one device. A second passkey is a good idea."),
        V::BackupState { set: true } => ("{bs}", "It is on your other devices or with your provider as well."),
        V::BackupState { set: false } => ("{bs}", "There is one copy for now."),
        V::AttestedData { set: true } => ("{at}", "As it must be when a passkey is made."),
        V::AttestedData { set: false } => ("{at}", "No new key comes with it."),
        V::ExtensionData { set: true } => ("{ed}", "They follow at the end of the data."),
        V::ExtensionData { set: false } => ("{ed}", "None are."),
        V::SignCount { counts: true } => ("{sign-count|Sign count}", "Must be higher each time."),
        V::SignCount { counts: false } => ("{sign-count|Sign count}", "0: this one does not count."),
        V::Aaguid { told: true } => ("{aaguid}", "Lets a site show which provider keeps the passkey."),
        V::Aaguid { told: false } => ("{aaguid}", "All zeros: it does not say."),
        V::CredentialId => ("{credential-id|Credential ID}", "Random, and no secret."),
        V::ReturnedUserHandle => {
            ("{user-handle|User handle}", "Tells the site which account it is, so you need not type a name.")
        }
        V::PublicKey => (
            "{public-key|Public key}",
            "Written by the rules of {cose} in {cbor}. The lines below are the same key taken apart.",
        ),
        V::KeyAlgorithm => ("Its algorithm", "One of those that the site offered."),
        V::KeyCurve => ("Its {curve}", "The key is one point of it."),
        V::KeyX => ("The point, across (x)", "The first half of the key."),
        V::KeyY => ("The point, up (y)", "The second half of the key."),
        V::KeyModulus => ("The large number (n)", "A product of two primes that only the provider knows."),
        V::KeyExponent => ("The small number (e)", "The same for nearly all keys."),
        V::AttestationFormat { none: true } => ("Attestation sent", "None came along."),
        V::AttestationFormat { none: false } => ("Attestation sent", "The form in which it is written."),
        V::Signature => (
            "{signature|Signature}",
            "Covers the authenticator data and the hash of the client data: if either were changed, it would not fit.",
        ),
        V::PrivateKey => (
            "{private-key|Private key}",
            "It stays in your passkey provider. No page, no browser and no server ever saw it, so none can lose it.",
        ),
        V::StoredName => ("Name", "The name that you gave this passkey."),
        V::StoredPublicKey => {
            ("{public-key|Public key}", "With it the site checks that an answer is the private key’s.")
        }
        V::StoredSignCount => {
            ("{sign-count|Sign count} on file", "What the next sign-in has to exceed, unless both are 0.")
        }
        V::StoredBackup => ("{be} and {bs} on file", "These two {flags} as the site noted them."),
    };
    ValueWords { label: Text(label), meaning: Text(meaning) }
}
