//! Authenticator data, <https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>.

use ciborium::Value;

use super::{CtapError, cbor};

const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

/// The parts of authenticator data.
pub(crate) struct AuthData {
    rp_id_hash: [u8; 32],
    flags: u8,
    pub(crate) attested: Option<Attested>,
    /// A map, where there is any.
    extensions: Option<Value>,
}

/// The new credential in it.
pub(crate) struct Attested {
    pub(crate) credential_id: Vec<u8>,
    /// A COSE key.
    pub(crate) public_key: Value,
}

impl AuthData {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, CtapError> {
        const WRONG: CtapError = CtapError::Malformed("authenticator data");
        let (rp_id_hash, rest) = bytes.split_first_chunk::<32>().ok_or(WRONG)?;
        let (&[flags, _, _, _, _], mut rest) = rest.split_first_chunk::<5>().ok_or(WRONG)?;
        let mut attested = None;
        if flags & ATTESTED != 0 {
            let (_aaguid, after) = rest.split_first_chunk::<16>().ok_or(WRONG)?;
            let (length, after) = after.split_first_chunk::<2>().ok_or(WRONG)?;
            let (id, after) = after.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(WRONG)?;
            let (public_key, after) = cbor::first(after)?;
            attested = Some(Attested { credential_id: id.to_vec(), public_key });
            rest = after;
        }
        let mut extensions = None;
        if flags & EXTENSIONS != 0 {
            let (map, after) = cbor::first(rest)?;
            extensions = Some(map);
            rest = after;
        }
        if rest.is_empty() { Ok(Self { rp_id_hash: *rp_id_hash, flags, attested, extensions }) } else { Err(WRONG) }
    }

    /// Whether it is of the site whose RP ID has this hash.
    pub(crate) fn is_of(&self, rp_id_hash: &[u8; 32]) -> bool {
        self.rp_id_hash == *rp_id_hash
    }

    pub(crate) fn user_verified(&self) -> bool {
        self.flags & USER_VERIFIED != 0
    }

    /// What an extension gave.
    pub(crate) fn extension(&self, name: &str) -> Option<Value> {
        cbor::member(self.extensions.as_ref()?, name)
    }
}
