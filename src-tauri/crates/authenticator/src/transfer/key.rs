//! Private keys on their way from one program to another.

use zeroize::Zeroizing;

use crate::store::key;

/// No private key that is known here is longer, in bytes; one of RSA with 8192 bits takes 5 KiB.
const LONGEST: usize = 8 << 10;
/// How far into a key its kind is named.
const NAMED_WITHIN: usize = 48;
/// The contents of the object identifiers that name keys: RFC 8017 A.1, RFC 5480 2.1.1, RFC 8410 3.
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ELLIPTIC_CURVE: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: [u8; 8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const ED25519: [u8; 5] = [0x06, 0x03, 0x2b, 0x65, 0x70];

/// A private key that the store can sign with, in PKCS#8 (DER), byte for byte as it came.
#[derive(Clone)]
pub struct PrivateKey {
    der: Zeroizing<Vec<u8>>,
    kind: KeyKind,
}

/// What a key signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

/// Why a key is of no use here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// It is no whole private key.
    Damaged,
    /// It is one of RSA.
    Rsa,
    /// It is on a curve other than P-256.
    Curve,
    /// It is of another kind.
    Other,
}

impl PrivateKey {
    /// Takes a key in PKCS#8.
    ///
    /// # Errors
    /// [`KeyProblem`] where the store could not sign with it.
    pub fn from_der(der: Zeroizing<Vec<u8>>) -> Result<Self, KeyProblem> {
        if der.len() > LONGEST {
            return Err(KeyProblem::Damaged);
        }
        let head = der.get(..NAMED_WITHIN).unwrap_or(&der);
        let names = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
        let kind = match (names(&P256), names(&ED25519)) {
            (true, _) => KeyKind::Es256,
            (_, true) => KeyKind::EdDsa,
            _ if names(&RSA) => return Err(KeyProblem::Rsa),
            _ if names(&ELLIPTIC_CURVE) => return Err(KeyProblem::Curve),
            _ if der.first() == Some(&0x30) => return Err(KeyProblem::Other),
            _ => return Err(KeyProblem::Damaged),
        };
        key::from_der(&der).map_err(|_| KeyProblem::Damaged)?;
        Ok(Self { der, kind })
    }

    /// The key in PKCS#8.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether it is the same key, however each is written: some programs write the public key beside it.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same = || Some(key::from_der(&self.der).ok()? == key::from_der(&other.der).ok()?);
        self.der == other.der || same().unwrap_or(false)
    }

    /// What it signs with.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey").field("kind", &self.kind).finish_non_exhaustive()
    }
}
