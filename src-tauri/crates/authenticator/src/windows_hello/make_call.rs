use rekey_webauthn::{
    Attestation, CreateRequest, LargeBlobSupport, Protection, ResidentKeyRequirement, UserVerificationRequirement,
};
use windows_sys::Win32::Foundation::{FALSE, TRUE};
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{BOOL, GUID, PCWSTR};

use super::layout::MakeOptions;
use super::memory::Memory;
use super::version::ApiVersion;
use crate::AuthenticatorError;

/// The arguments of one `WebAuthNAuthenticatorMakeCredential`, and the memory that they point to. They are set here and
/// nowhere else: whoever has a value of this type may hand its structures to Windows.
pub(super) struct MakeCall {
    rp: sys::WEBAUTHN_RP_ENTITY_INFORMATION,
    user: sys::WEBAUTHN_USER_ENTITY_INFORMATION,
    algorithms: sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETERS,
    client_data: sys::WEBAUTHN_CLIENT_DATA,
    options: MakeOptions,
    _memory: Memory,
}

impl MakeCall {
    /// A request as this version of Windows reads it. What it cannot express and the site can do without is left out.
    ///
    /// # Errors
    /// Where the site requires what this Windows does not know.
    pub(super) fn new(
        request: &CreateRequest,
        api: ApiVersion,
        cancellation: GUID,
    ) -> Result<Self, AuthenticatorError> {
        let mut memory = Memory::default();
        let rp = sys::WEBAUTHN_RP_ENTITY_INFORMATION {
            dwVersion: sys::WEBAUTHN_RP_ENTITY_INFORMATION_CURRENT_VERSION,
            pwszId: memory.wide(request.rp_id.as_str()),
            // Windows wants a name; a site may have none.
            pwszName: memory.wide(first_of(&[&request.rp_name, request.rp_id.as_str()])),
            ..Default::default()
        };
        let (id_length, id) = memory.bytes(&request.user.id);
        let user = sys::WEBAUTHN_USER_ENTITY_INFORMATION {
            dwVersion: sys::WEBAUTHN_USER_ENTITY_INFORMATION_CURRENT_VERSION,
            cbId: id_length,
            pbId: id,
            pwszName: memory.wide(&request.user.name),
            pwszDisplayName: memory.wide(first_of(&[&request.user.display_name, &request.user.name])),
            ..Default::default()
        };
        let algorithms = algorithms(&request.algorithms, &mut memory)?;
        let client_data = memory.client_data(request.client_data.json());
        let options = options(request, api, cancellation, &mut memory)?;
        Ok(Self { rp, user, algorithms, client_data, options, _memory: memory })
    }

    pub(super) fn rp(&self) -> &sys::WEBAUTHN_RP_ENTITY_INFORMATION {
        &self.rp
    }

    pub(super) fn user(&self) -> &sys::WEBAUTHN_USER_ENTITY_INFORMATION {
        &self.user
    }

    pub(super) fn algorithms(&self) -> &sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETERS {
        &self.algorithms
    }

    pub(super) fn client_data(&self) -> &sys::WEBAUTHN_CLIENT_DATA {
        &self.client_data
    }

    /// Windows reads as much of it as the version in it says.
    pub(super) fn options(&self) -> &MakeOptions {
        &self.options
    }
}

fn algorithms(
    wanted: &[i64],
    memory: &mut Memory,
) -> Result<sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETERS, AuthenticatorError> {
    let parameters = wanted.iter().filter_map(|algorithm| i32::try_from(*algorithm).ok());
    let parameters = parameters.map(|algorithm| sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETER {
        dwVersion: sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETER_CURRENT_VERSION,
        pwszCredentialType: sys::WEBAUTHN_CREDENTIAL_TYPE_PUBLIC_KEY,
        lAlg: algorithm,
    });
    match memory.values(parameters.collect()) {
        (0, _) => Err(AuthenticatorError::Algorithm),
        (count, first) => {
            Ok(sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETERS { cCredentialParameters: count, pCredentialParameters: first })
        }
    }
}

fn options(
    request: &CreateRequest,
    api: ApiVersion,
    cancellation: GUID,
    memory: &mut Memory,
) -> Result<MakeOptions, AuthenticatorError> {
    let asked = &request.extensions;
    let large_blob = match asked.large_blob {
        Some(LargeBlobSupport::Required) if !api.has_large_blob() => return Err(AuthenticatorError::Unsupported),
        Some(LargeBlobSupport::Required) => sys::WEBAUTHN_LARGE_BLOB_SUPPORT_REQUIRED,
        Some(LargeBlobSupport::Preferred) if api.has_large_blob() => sys::WEBAUTHN_LARGE_BLOB_SUPPORT_PREFERRED,
        Some(LargeBlobSupport::Preferred) | None => sys::WEBAUTHN_LARGE_BLOB_SUPPORT_NONE,
    };
    // Only a discoverable credential has a large blob: Windows refuses the one without a demand for the other.
    let (residence, large_blob) = match (request.resident_key, large_blob) {
        (ResidentKeyRequirement::Discouraged, sys::WEBAUTHN_LARGE_BLOB_SUPPORT_PREFERRED) => {
            (ResidentKeyRequirement::Discouraged, sys::WEBAUTHN_LARGE_BLOB_SUPPORT_NONE)
        }
        (residence, sys::WEBAUTHN_LARGE_BLOB_SUPPORT_NONE) => (residence, large_blob),
        (_, wanted) => (ResidentKeyRequirement::Required, wanted),
    };
    let enterprise = request.attestation == Attestation::Enterprise && api.has_preferred_residence();
    let salts = asked.prf.as_ref().and_then(|prf| prf.eval.as_ref()).filter(|_| api.has_prf_at_creation());
    let (extension_count, first_extension) = extensions(request, api, memory)?;

    let base = sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS {
        dwVersion: api.make_options(),
        dwTimeoutMilliseconds: u32::try_from(request.timeout.as_millis()).unwrap_or(u32::MAX),
        Extensions: sys::WEBAUTHN_EXTENSIONS { cExtensions: extension_count, pExtensions: first_extension },
        dwAuthenticatorAttachment: sys::WEBAUTHN_AUTHENTICATOR_ATTACHMENT_PLATFORM,
        bRequireResidentKey: BOOL::from(residence == ResidentKeyRequirement::Required),
        dwUserVerificationRequirement: verification(request.user_verification),
        dwAttestationConveyancePreference: match request.attestation {
            Attestation::None => sys::WEBAUTHN_ATTESTATION_CONVEYANCE_PREFERENCE_NONE,
            Attestation::Indirect => sys::WEBAUTHN_ATTESTATION_CONVEYANCE_PREFERENCE_INDIRECT,
            Attestation::Direct | Attestation::Enterprise => sys::WEBAUTHN_ATTESTATION_CONVEYANCE_PREFERENCE_DIRECT,
        },
        // The salts are hashed already, and Windows shall not do it again.
        dwFlags: if salts.is_some() { sys::WEBAUTHN_AUTHENTICATOR_HMAC_SECRET_VALUES_FLAG } else { 0 },
        pCancellationId: memory.value(cancellation),
        pExcludeCredentialList: memory.credentials(&request.exclude, api),
        dwEnterpriseAttestation: if enterprise {
            sys::WEBAUTHN_ENTERPRISE_ATTESTATION_VENDOR_FACILITATED
        } else {
            sys::WEBAUTHN_ENTERPRISE_ATTESTATION_NONE
        },
        dwLargeBlobSupport: large_blob,
        // Where it is TRUE, it goes before the demand.
        bPreferResidentKey: BOOL::from(residence == ResidentKeyRequirement::Preferred && api.has_preferred_residence()),
        bBrowserInPrivateMode: FALSE,
        bEnablePrf: BOOL::from(asked.prf.is_some() && api.has_enable_prf()),
        ..Default::default()
    };
    let prf_global_eval = salts.map_or(std::ptr::null_mut(), |salts| memory.salts(salts));
    Ok(MakeOptions { base, prf_global_eval, ..MakeOptions::default() })
}

/// The extensions that have no field of their own.
fn extensions(
    request: &CreateRequest,
    api: ApiVersion,
    memory: &mut Memory,
) -> Result<(u32, *mut sys::WEBAUTHN_EXTENSION), AuthenticatorError> {
    let asked = &request.extensions;
    let mut extensions = Vec::new();
    if asked.prf.is_some() && !api.has_enable_prf() {
        extensions.push(extension(sys::WEBAUTHN_EXTENSIONS_IDENTIFIER_HMAC_SECRET, TRUE, memory));
    }
    match asked.cred_protect {
        Some(wish) if api.has_cred_protect() => {
            let policy = match wish.policy {
                Protection::Optional => sys::WEBAUTHN_USER_VERIFICATION_OPTIONAL,
                Protection::OptionalWithList => sys::WEBAUTHN_USER_VERIFICATION_OPTIONAL_WITH_CREDENTIAL_ID_LIST,
                Protection::Required => sys::WEBAUTHN_USER_VERIFICATION_REQUIRED,
            };
            let value = sys::WEBAUTHN_CRED_PROTECT_EXTENSION_IN {
                dwCredProtect: policy,
                bRequireCredProtect: BOOL::from(wish.enforce),
            };
            extensions.push(extension(sys::WEBAUTHN_EXTENSIONS_IDENTIFIER_CRED_PROTECT, value, memory));
        }
        // "If enforceCredentialProtectionPolicy is true": no credential without it.
        Some(wish) if wish.enforce => return Err(AuthenticatorError::Unsupported),
        Some(_) | None => {}
    }
    if asked.min_pin_length && api.has_min_pin_length() {
        extensions.push(extension(sys::WEBAUTHN_EXTENSIONS_IDENTIFIER_MIN_PIN_LENGTH, TRUE, memory));
    }
    Ok(memory.values(extensions))
}

fn extension<T: 'static>(identifier: PCWSTR, value: T, memory: &mut Memory) -> sys::WEBAUTHN_EXTENSION {
    sys::WEBAUTHN_EXTENSION {
        pwszExtensionIdentifier: identifier,
        cbExtension: u32::try_from(size_of::<T>()).unwrap_or(0),
        pvExtension: memory.value(value).cast(),
    }
}

/// The first text that is not empty.
fn first_of<'a>(texts: &[&'a str]) -> &'a str {
    texts.iter().copied().find(|text| !text.is_empty()).unwrap_or_default()
}

/// `WEBAUTHN_USER_VERIFICATION_REQUIREMENT_…`
pub(super) fn verification(requirement: UserVerificationRequirement) -> u32 {
    match requirement {
        UserVerificationRequirement::Required => sys::WEBAUTHN_USER_VERIFICATION_REQUIREMENT_REQUIRED,
        UserVerificationRequirement::Preferred => sys::WEBAUTHN_USER_VERIFICATION_REQUIREMENT_PREFERRED,
        UserVerificationRequirement::Discouraged => sys::WEBAUTHN_USER_VERIFICATION_REQUIREMENT_DISCOURAGED,
    }
}
