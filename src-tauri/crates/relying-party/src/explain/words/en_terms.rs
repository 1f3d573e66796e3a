//! The glossary, English. A definition completes "NAME: …" and uses no term that is defined later.

use super::{Term, TermWords};

pub(super) fn term(term: Term) -> TermWords {
    let (name, definition, forms): (_, _, &[&str]) = match term {
        Term::Passkey => (
            "passkey",
            "two keys that belong together; one stays secret on your side, the site has the other",
            &["passkeys"],
        ),
        Term::RelyingParty => ("relying party", "a site that lets people sign in this way, and relies on it", &[]),
        Term::Client => ("client", "the program that speaks to the site for you", &["WebAuthn client"]),
        Term::Authenticator => (
            "authenticator",
            "whatever keeps your secret keys: a phone, a computer, a password manager or a security key",
            &["authenticators"],
        ),
        Term::WebAuthn => {
            ("WebAuthn", "the web standard for this, in full Web Authentication", &["Web Authentication"])
        }
        Term::Challenge => (
            "challenge",
            "a random value made for this one question, so that an old answer is of no use to anybody",
            &["challenges"],
        ),
        Term::RpId => ("RP ID", "the site’s name in its passkeys: a domain such as example.com", &[]),
        Term::UserHandle => (
            "user handle",
            "a random number that stands for your account, so that your name need not be used",
            &["user handles"],
        ),
        Term::Algorithm => (
            "algorithm",
            "the method by which keys prove something; each has a name, such as ES256 or RS256, and a number",
            &["algorithms", "ES256", "RS256", "ES384", "EdDSA"],
        ),
        Term::UserVerification => {
            ("user verification", "making sure that it is you, by fingerprint, face or PIN on your own device", &[])
        }
        Term::Attestation => {
            ("attestation", "a statement by the maker of the authenticator about its model", &["attestations"])
        }
        Term::Credential => ("credential", "the standard’s word for one passkey", &["credentials"]),
        Term::Discoverable => (
            "discoverable",
            "kept in such a way that it is found without a user name; the standard also says “resident key”",
            &["resident key"],
        ),
        Term::Conditional => (
            "conditional",
            "made in the background, without a window that interrupts you; “mediation” is the setting for it",
            &["mediation", "conditional mediation"],
        ),
        Term::Byte => ("byte", "the unit in which data is counted, a number from 0 to 255", &["bytes"]),
        Term::Base64url => ("base64url", "letters, digits, hyphens and underscores that stand for numbers", &[]),
        Term::Hexadecimal => ("hexadecimal", "two of the signs 0–9 and a–f for each number", &[]),
        Term::Json => ("JSON", "a way of writing data as text", &[]),
        Term::ClientData => {
            ("client data", "what the browser itself notes about the question and the page that asked it", &[])
        }
        Term::Origin => {
            ("origin", "a page’s address up to the host’s name and port, without what follows", &["origins"])
        }
        Term::Hash => (
            "hash",
            "a short fingerprint of data, which is another one as soon as anything in the data is; \
             SHA-256 is the method used here",
            &["hashes", "SHA-256"],
        ),
        Term::AuthenticatorData => (
            "authenticator data",
            "what the authenticator reports about itself, about you and about the passkey",
            &["authData"],
        ),
        Term::Flags => ("flags", "eight answers, each yes (1) or no (0)", &["flag"]),
        Term::Up => ("UP", "user present: somebody was there and agreed", &[]),
        Term::Uv => ("UV", "user verified: fingerprint, face or PIN were right", &[]),
        Term::Be => ("BE", "backup eligible: the passkey may be copied to your other devices", &[]),
        Term::Bs => ("BS", "backup state: a copy exists now", &[]),
        Term::At => ("AT", "attested data: a new key stands further on in the data", &[]),
        Term::Ed => ("ED", "extension data: additions to the standard are used", &[]),
        Term::SignCount => (
            "sign count",
            "how often the passkey was used, counted by the authenticator; many do not count and say 0",
            &["sign counter", "signature counter"],
        ),
        Term::Aaguid => ("AAGUID", "a number for the model of the authenticator, the same in all of that model", &[]),
        Term::CredentialId => {
            ("credential ID", "the number by which a site finds the right passkey", &["credential IDs"])
        }
        Term::PublicKey => (
            "public key",
            "the key that the site gets; it can recognise what the other key did, and do nothing else",
            &["public keys"],
        ),
        Term::PrivateKey => (
            "private key",
            "the secret one of the two keys of a passkey, and the only one that can sign in",
            &["private keys"],
        ),
        Term::Signature => (
            "signature",
            "a value that only the secret key can make for exactly this data, and that its partner can check",
            &["signatures"],
        ),
        Term::Cbor => ("CBOR", "a compact way of writing data", &[]),
        Term::Cose => ("COSE", "the usual way of writing keys", &[]),
        Term::Curve => (
            "curve",
            "a formula that some kinds of keys are points of; the most common is called P-256",
            &["curves", "P-256", "P-384", "P-521", "Ed25519"],
        ),
    };
    TermWords { name, definition, forms }
}
