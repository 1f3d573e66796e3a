//! Answers, in memory that lasts as long as they do. Fields of versions later than an answer says hold what must not be
//! read.

use windows_sys::Win32::Foundation::TRUE;
use windows_sys::Win32::Networking::WindowsWebServices as sys;

use super::authenticator_data;
use crate::windows_hello::layout::Attestation;

/// Memory with the structures in it; vectors, since their elements stay where they are.
#[derive(Default)]
struct Kept {
    bytes: Vec<Vec<u8>>,
    texts: Vec<Vec<u16>>,
    salts: Vec<Vec<sys::WEBAUTHN_HMAC_SECRET_SALT>>,
    extensions: Vec<Vec<sys::WEBAUTHN_EXTENSION>>,
    rps: Vec<Vec<sys::WEBAUTHN_RP_ENTITY_INFORMATION>>,
    users: Vec<Vec<sys::WEBAUTHN_USER_ENTITY_INFORMATION>>,
    details: Vec<Vec<sys::WEBAUTHN_CREDENTIAL_DETAILS>>,
    pointers: Vec<Vec<*mut sys::WEBAUTHN_CREDENTIAL_DETAILS>>,
}

fn keep<T>(kept: &mut Vec<Vec<T>>, mut values: Vec<T>) -> (u32, *mut T) {
    let (count, first) = (u32::try_from(values.len()).unwrap(), values.as_mut_ptr());
    kept.push(values);
    (count, first)
}

impl Kept {
    fn bytes(&mut self, bytes: &[u8]) -> (u32, *mut u8) {
        keep(&mut self.bytes, bytes.to_vec())
    }

    fn text(&mut self, text: &str) -> *mut u16 {
        keep(&mut self.texts, text.encode_utf16().chain([0]).collect()).1
    }

    fn salts(&mut self, first: &[u8], second: &[u8]) -> *mut sys::WEBAUTHN_HMAC_SECRET_SALT {
        let ((first_length, first), (second_length, second)) = (self.bytes(first), self.bytes(second));
        let salts = sys::WEBAUTHN_HMAC_SECRET_SALT {
            cbFirst: first_length,
            pbFirst: first,
            cbSecond: second_length,
            pbSecond: second,
        };
        keep(&mut self.salts, vec![salts]).1
    }
}

/// An answer to a creation.
pub(super) struct MadeAnswer {
    answer: Vec<Attestation>,
    kept: Kept,
}

// SAFETY: nobody else has its pointers.
unsafe impl Send for MadeAnswer {}

impl MadeAnswer {
    /// Of this version, for a credential with the id 9, 9, 9.
    pub(super) fn of_version(version: u32) -> Self {
        let mut kept = Kept::default();
        let mut answer = Attestation {
            base: Default::default(),
            hmac_secret: kept.salts(&[1; 32], &[2; 32]),
            third_party_payment: TRUE,
        };
        let base = &mut answer.base;
        base.dwVersion = version;
        (base.cbCredentialId, base.pbCredentialId) = kept.bytes(&[9, 9, 9]);
        (base.cbAuthenticatorData, base.pbAuthenticatorData) = kept.bytes(&authenticator_data(Some(&[9, 9, 9])));
        (base.cbAttestationObject, base.pbAttestationObject) = kept.bytes(b"attestation object");
        let flag = kept.bytes(&TRUE.to_ne_bytes());
        let name = kept.text("hmac-secret");
        let other = kept.text("credProtect");
        let extension = |name, (length, value): (u32, *mut u8)| sys::WEBAUTHN_EXTENSION {
            pwszExtensionIdentifier: name,
            cbExtension: length,
            pvExtension: value.cast(),
        };
        let extensions = vec![extension(other.cast_const(), flag), extension(name.cast_const(), flag)];
        (base.Extensions.cExtensions, base.Extensions.pExtensions) = keep(&mut kept.extensions, extensions);
        base.dwUsedTransport = sys::WEBAUTHN_CTAP_TRANSPORT_INTERNAL;
        base.bLargeBlobSupported = TRUE;
        base.bResidentKey = TRUE;
        base.bPrfEnabled = TRUE;
        Self { answer: vec![answer], kept }
    }

    /// With other authenticator data.
    pub(super) fn data(mut self, data: &[u8]) -> Self {
        let (length, at) = self.kept.bytes(data);
        self.change(|answer| (answer.base.cbAuthenticatorData, answer.base.pbAuthenticatorData) = (length, at))
    }

    /// Changed.
    pub(super) fn change(mut self, change: impl FnOnce(&mut Attestation)) -> Self {
        change(&mut self.answer[0]);
        self
    }

    pub(super) fn at(&self) -> *mut Attestation {
        self.answer.as_ptr().cast_mut()
    }
}

/// An answer to an assertion.
pub(super) struct AssertionAnswer {
    answer: Vec<sys::WEBAUTHN_ASSERTION>,
    kept: Kept,
}

// SAFETY: nobody else has its pointers.
unsafe impl Send for AssertionAnswer {}

impl AssertionAnswer {
    /// Of this version, by the credential 9, 9, 9.
    pub(super) fn of_version(version: u32) -> Self {
        let mut kept = Kept::default();
        let mut answer = sys::WEBAUTHN_ASSERTION { dwVersion: version, ..Default::default() };
        (answer.cbAuthenticatorData, answer.pbAuthenticatorData) = kept.bytes(&authenticator_data(None));
        (answer.cbSignature, answer.pbSignature) = kept.bytes(b"signature");
        (answer.Credential.cbId, answer.Credential.pbId) = kept.bytes(&[9, 9, 9]);
        (answer.cbUserId, answer.pbUserId) = kept.bytes(&[1, 2, 3]);
        (answer.cbCredLargeBlob, answer.pbCredLargeBlob) = kept.bytes(b"blob");
        answer.dwCredLargeBlobStatus = sys::WEBAUTHN_CRED_LARGE_BLOB_STATUS_SUCCESS;
        answer.pHmacSecret = kept.salts(&[1; 32], &[]);
        answer.dwUsedTransport = sys::WEBAUTHN_CTAP_TRANSPORT_HYBRID;
        Self { answer: vec![answer], kept }
    }

    /// With other authenticator data.
    pub(super) fn data(mut self, data: &[u8]) -> Self {
        let (length, at) = self.kept.bytes(data);
        self.change(|answer| (answer.cbAuthenticatorData, answer.pbAuthenticatorData) = (length, at))
    }

    /// By another credential.
    pub(super) fn credential(mut self, id: &[u8]) -> Self {
        let (length, at) = self.kept.bytes(id);
        self.change(|answer| (answer.Credential.cbId, answer.Credential.pbId) = (length, at))
    }

    /// Changed.
    pub(super) fn change(mut self, change: impl FnOnce(&mut sys::WEBAUTHN_ASSERTION)) -> Self {
        change(&mut self.answer[0]);
        self
    }

    pub(super) fn at(&self) -> *mut sys::WEBAUTHN_ASSERTION {
        self.answer.as_ptr().cast_mut()
    }
}

/// A list of credentials.
pub(super) struct ListAnswer {
    answer: Vec<sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST>,
    _kept: Kept,
}

// SAFETY: nobody else has its pointers.
unsafe impl Send for ListAnswer {}

impl ListAnswer {
    /// Credentials: id, RP ID, and the account's name where there is one. A missing one stands between them.
    pub(super) fn of(credentials: &[(&[u8], &str, Option<&str>)]) -> Self {
        let mut kept = Kept::default();
        let mut pointers = vec![std::ptr::null_mut()];
        for (id, rp_id, name) in credentials {
            let rp = sys::WEBAUTHN_RP_ENTITY_INFORMATION { pwszId: kept.text(rp_id), ..Default::default() };
            let user = name.map_or(std::ptr::null_mut(), |name| {
                let user = sys::WEBAUTHN_USER_ENTITY_INFORMATION { pwszName: kept.text(name), ..Default::default() };
                keep(&mut kept.users, vec![user]).1
            });
            let (length, id) = kept.bytes(id);
            let details = sys::WEBAUTHN_CREDENTIAL_DETAILS {
                dwVersion: 1,
                cbCredentialID: length,
                pbCredentialID: id,
                pRpInformation: keep(&mut kept.rps, vec![rp]).1,
                pUserInformation: user,
                ..Default::default()
            };
            pointers.push(keep(&mut kept.details, vec![details]).1);
        }
        let (count, first) = keep(&mut kept.pointers, pointers);
        let list = sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST { cCredentialDetails: count, ppCredentialDetails: first };
        Self { answer: vec![list], _kept: kept }
    }

    pub(super) fn at(&self) -> *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST {
        self.answer.as_ptr().cast_mut()
    }
}
