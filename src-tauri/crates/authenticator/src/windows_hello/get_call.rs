use rekey_webauthn::{CredentialDescriptor, CredentialId, GetRequest, LargeBlobUse, PrfGet};
use windows_sys::Win32::Foundation::FALSE;
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{GUID, PCWSTR};

use super::make_call::verification;
use super::memory::Memory;
use super::version::ApiVersion;

/// The arguments of one `WebAuthNAuthenticatorGetAssertion`, and the memory that they point to. They are set here and
/// nowhere else: whoever has a value of this type may hand its structures to Windows.
pub(super) struct GetCall {
    rp_id: PCWSTR,
    client_data: sys::WEBAUTHN_CLIENT_DATA,
    options: sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS,
    _memory: Memory,
}

impl GetCall {
    /// A request as this version of Windows reads it; with `only`, for that credential alone, which the request must
    /// allow.
    pub(super) fn new(request: &GetRequest, only: Option<&CredentialId>, api: ApiVersion, cancellation: GUID) -> Self {
        let mut memory = Memory::default();
        let rp_id = memory.wide(request.rp_id.as_str());
        let client_data = memory.client_data(request.client_data.json());
        let allow = allowed(request, only);
        let salts = request.extensions.prf.as_ref().filter(|_| api.has_prf_at_get());
        let salts = salts.and_then(|prf| salt_values(prf, &allow, &mut memory));
        let (operation, blob): (u32, &[u8]) = match &request.extensions.large_blob {
            Some(LargeBlobUse::Read) if api.has_large_blob() => (sys::WEBAUTHN_CRED_LARGE_BLOB_OPERATION_GET, &[]),
            Some(LargeBlobUse::Write(blob)) if api.has_large_blob() => {
                (sys::WEBAUTHN_CRED_LARGE_BLOB_OPERATION_SET, blob)
            }
            Some(_) | None => (sys::WEBAUTHN_CRED_LARGE_BLOB_OPERATION_NONE, &[]),
        };
        let (blob_length, blob) = memory.bytes(blob);
        let options = sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS {
            dwVersion: api.get_options(),
            dwTimeoutMilliseconds: u32::try_from(request.timeout.as_millis()).unwrap_or(u32::MAX),
            dwAuthenticatorAttachment: sys::WEBAUTHN_AUTHENTICATOR_ATTACHMENT_PLATFORM,
            dwUserVerificationRequirement: verification(request.user_verification),
            // The salts are hashed already, and Windows shall not do it again.
            dwFlags: if salts.is_some() { sys::WEBAUTHN_AUTHENTICATOR_HMAC_SECRET_VALUES_FLAG } else { 0 },
            pCancellationId: memory.value(cancellation),
            pAllowCredentialList: memory.credentials(&allow, api),
            dwCredLargeBlobOperation: operation,
            cbCredLargeBlob: blob_length,
            pbCredLargeBlob: blob,
            pHmacSecretSaltValues: salts.unwrap_or(std::ptr::null_mut()),
            bBrowserInPrivateMode: FALSE,
            ..Default::default()
        };
        Self { rp_id, client_data, options, _memory: memory }
    }

    pub(super) fn rp_id(&self) -> PCWSTR {
        self.rp_id
    }

    pub(super) fn client_data(&self) -> &sys::WEBAUTHN_CLIENT_DATA {
        &self.client_data
    }

    /// Windows reads as much of it as the version in it says.
    pub(super) fn options(&self) -> &sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS {
        &self.options
    }
}

/// The credentials that may answer, with what the page says about how they are reached; empty where any may.
fn allowed(request: &GetRequest, only: Option<&CredentialId>) -> Vec<CredentialDescriptor> {
    let Some(only) = only else { return request.allow.clone() };
    let named = request.allow.iter().find(|descriptor| descriptor.id == *only);
    vec![named.cloned().unwrap_or_else(|| CredentialDescriptor { id: only.clone(), transports: Vec::new() })]
}

/// The salts for whichever credential answers, and those for single ones that may.
fn salt_values(
    prf: &PrfGet,
    allow: &[CredentialDescriptor],
    memory: &mut Memory,
) -> Option<*mut sys::WEBAUTHN_HMAC_SECRET_SALT_VALUES> {
    let mut single = Vec::new();
    for (id, salts) in prf.by_credential.iter().filter(|(id, _)| allow.iter().any(|one| one.id == *id)) {
        let (length, id) = memory.bytes(id.as_bytes());
        single.push(sys::WEBAUTHN_CRED_WITH_HMAC_SECRET_SALT {
            cbCredID: length,
            pbCredID: id,
            pHmacSecretSalt: memory.salts(salts),
        });
    }
    if single.is_empty() && prf.eval.is_none() {
        return None;
    }
    let global = prf.eval.as_ref().map_or(std::ptr::null_mut(), |salts| memory.salts(salts));
    let (count, first) = memory.values(single);
    Some(memory.value(sys::WEBAUTHN_HMAC_SECRET_SALT_VALUES {
        pGlobalHmacSalt: global,
        cCredWithHmacSecretSaltList: count,
        pCredWithHmacSecretSaltList: first,
    }))
}
