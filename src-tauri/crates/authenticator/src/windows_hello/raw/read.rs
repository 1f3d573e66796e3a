//! Answers of Windows, copied out of its memory and given back.

use std::slice;

use windows_sys::Win32::Foundation::FALSE;
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{BOOL, HRESULT, PCWSTR};
use zeroize::{Zeroize as _, Zeroizing};

use crate::windows_hello::dll::WebauthnDll;
use crate::windows_hello::get_call::GetCall;
use crate::windows_hello::layout::{self, Attestation};
use crate::windows_hello::list_call::ListCall;
use crate::windows_hello::make_call::MakeCall;

/// The longest bytes that are read; a large blob may have some kilobytes.
const LONGEST_BYTES: u32 = 1 << 20;
/// The longest text that is read, in UTF-16 units.
const LONGEST_TEXT: usize = 1 << 14;
/// The longest list that is read.
const LONGEST_LIST: u32 = 1 << 14;

/// A new credential, as Windows tells it. `None`: this Windows does not say.
pub(in crate::windows_hello) struct Made {
    pub(in crate::windows_hello) credential_id: Vec<u8>,
    pub(in crate::windows_hello) authenticator_data: Vec<u8>,
    pub(in crate::windows_hello) attestation_object: Vec<u8>,
    pub(in crate::windows_hello) transport: Option<u32>,
    pub(in crate::windows_hello) resident: Option<bool>,
    pub(in crate::windows_hello) large_blob: Option<bool>,
    pub(in crate::windows_hello) prf: Option<bool>,
    pub(in crate::windows_hello) prf_results: Option<Salts>,
}

/// An assertion, as Windows tells it. `None`: this Windows does not say.
pub(in crate::windows_hello) struct Assertion {
    pub(in crate::windows_hello) credential_id: Vec<u8>,
    pub(in crate::windows_hello) authenticator_data: Vec<u8>,
    pub(in crate::windows_hello) signature: Vec<u8>,
    pub(in crate::windows_hello) user_handle: Vec<u8>,
    pub(in crate::windows_hello) large_blob: Vec<u8>,
    pub(in crate::windows_hello) large_blob_status: Option<u32>,
    pub(in crate::windows_hello) prf_results: Option<Salts>,
    pub(in crate::windows_hello) transport: Option<u32>,
}

/// Derived secrets.
pub(in crate::windows_hello) struct Salts {
    pub(in crate::windows_hello) first: Zeroizing<Vec<u8>>,
    pub(in crate::windows_hello) second: Zeroizing<Vec<u8>>,
}

/// A credential that Windows keeps.
pub(in crate::windows_hello) struct Credential {
    pub(in crate::windows_hello) id: Vec<u8>,
    pub(in crate::windows_hello) rp_id: String,
    pub(in crate::windows_hello) user_name: String,
}

/// Makes a credential. `Ok(None)`: the answer is not whole.
pub(in crate::windows_hello) fn make_credential(
    dll: &dyn WebauthnDll,
    window: isize,
    call: &MakeCall,
) -> Result<Option<Made>, HRESULT> {
    let at = dll.make_credential(window, call)?;
    if at.is_null() {
        return Ok(None);
    }
    // SAFETY: not null, so `dll` warrants the fields that `made` reads; it is freed once, after the last use.
    unsafe {
        let made = made(at);
        dll.free_attestation(at);
        Ok(made)
    }
}

/// Signs. `Ok(None)`: the answer is not whole.
pub(in crate::windows_hello) fn get_assertion(
    dll: &dyn WebauthnDll,
    window: isize,
    call: &GetCall,
) -> Result<Option<Assertion>, HRESULT> {
    let at = dll.get_assertion(window, call)?;
    if at.is_null() {
        return Ok(None);
    }
    // SAFETY: not null, so `dll` warrants the fields that `assertion` reads; it is freed once, after the last use.
    unsafe {
        let assertion = assertion(at);
        dll.free_assertion(at);
        Ok(assertion)
    }
}

/// The credentials that Windows keeps. `Ok(None)`: the answer is not whole.
pub(in crate::windows_hello) fn platform_credentials(
    dll: &dyn WebauthnDll,
    call: &ListCall,
) -> Result<Option<Vec<Credential>>, HRESULT> {
    let at = dll.platform_credentials(call)?;
    if at.is_null() {
        return Ok(Some(Vec::new()));
    }
    // SAFETY: not null, so `dll` warrants the list that `credentials` reads; it is freed once, after the last use.
    unsafe {
        let credentials = credentials(at);
        dll.free_platform_credentials(at);
        Ok(credentials)
    }
}

/// Reads one field without a reference to the whole structure, which an older Windows allocates shorter than it is here.
macro_rules! field {
    ($at:expr, $($field:ident).+) => {
        (&raw const (*$at).$($field).+).read()
    };
}

/// # Safety
/// `at` points to an attestation as [`WebauthnDll`] warrants it.
unsafe fn made(at: *mut Attestation) -> Option<Made> {
    // SAFETY: fields of version 1 are always there, later ones where the version says so.
    unsafe {
        let version = field!(at, base.dwVersion);
        let since = |wanted: u32| version >= wanted;
        let extensions = if since(2) { Some(field!(at, base.Extensions)) } else { None };
        let hmac_secret = extensions.and_then(|all| flag_of(all, "hmac-secret"));
        // Taken first, so that the secrets are wiped from Windows' memory even where the rest is not whole.
        let salts_at = if since(layout::ATTESTATION_VERSION_7) { Some(field!(at, hmac_secret)) } else { None };
        let prf_results = salts_at.and_then(|at| salts(at));
        Some(Made {
            credential_id: bytes(field!(at, base.cbCredentialId), field!(at, base.pbCredentialId))?,
            authenticator_data: bytes(field!(at, base.cbAuthenticatorData), field!(at, base.pbAuthenticatorData))?,
            attestation_object: bytes(field!(at, base.cbAttestationObject), field!(at, base.pbAttestationObject))?,
            transport: since(3).then(|| field!(at, base.dwUsedTransport)),
            large_blob: since(4).then(|| field!(at, base.bLargeBlobSupported) != FALSE),
            resident: since(4).then(|| field!(at, base.bResidentKey) != FALSE),
            prf: if since(5) { Some(field!(at, base.bPrfEnabled) != FALSE) } else { hmac_secret },
            prf_results,
        })
    }
}

/// # Safety
/// `at` points to an assertion as [`WebauthnDll`] warrants it.
unsafe fn assertion(at: *mut sys::WEBAUTHN_ASSERTION) -> Option<Assertion> {
    // SAFETY: fields of version 1 are always there, later ones where the version says so.
    unsafe {
        let version = field!(at, dwVersion);
        let since = |wanted: u32| version >= wanted;
        // Taken first, so that the secrets are wiped from Windows' memory even where the rest is not whole.
        let salts_at = if since(3) { Some(field!(at, pHmacSecret)) } else { None };
        let prf_results = salts_at.and_then(|at| salts(at));
        Some(Assertion {
            credential_id: bytes(field!(at, Credential.cbId), field!(at, Credential.pbId))?,
            authenticator_data: bytes(field!(at, cbAuthenticatorData), field!(at, pbAuthenticatorData))?,
            signature: bytes(field!(at, cbSignature), field!(at, pbSignature))?,
            user_handle: bytes(field!(at, cbUserId), field!(at, pbUserId))?,
            large_blob: if since(2) {
                bytes(field!(at, cbCredLargeBlob), field!(at, pbCredLargeBlob))?
            } else {
                Vec::new()
            },
            large_blob_status: since(2).then(|| field!(at, dwCredLargeBlobStatus)),
            prf_results,
            transport: since(4).then(|| field!(at, dwUsedTransport)),
        })
    }
}

/// # Safety
/// `at` points to a list as [`WebauthnDll`] warrants it.
unsafe fn credentials(at: *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST) -> Option<Vec<Credential>> {
    // SAFETY: the list's fields are there, its pointers lead to as many details as it says, and of these fields of
    // version 1 are read alone.
    unsafe {
        let (count, first) = (field!(at, cCredentialDetails), field!(at, ppCredentialDetails));
        let mut found = Vec::new();
        for details in elements(count, first)? {
            let details = *details;
            if details.is_null() {
                continue;
            }
            let (rp, user) = (field!(details, pRpInformation), field!(details, pUserInformation));
            let Some(id) = bytes(field!(details, cbCredentialID), field!(details, pbCredentialID)) else { continue };
            let rp_id = if rp.is_null() { None } else { text(field!(rp, pwszId)) };
            let user_name = if user.is_null() { None } else { text(field!(user, pwszName)) };
            let Some(rp_id) = rp_id else { continue };
            found.push(Credential { id, rp_id, user_name: user_name.unwrap_or_default() });
        }
        Some(found)
    }
}

/// Copies the secrets out, and wipes them where they were.
///
/// # Safety
/// `at` is null or points to salts whose bytes can be read and written.
unsafe fn salts(at: *mut sys::WEBAUTHN_HMAC_SECRET_SALT) -> Option<Salts> {
    if at.is_null() {
        return None;
    }
    // SAFETY: not null, and each pointer leads to as many bytes as it says.
    unsafe {
        let first = (field!(at, cbFirst), field!(at, pbFirst));
        let second = (field!(at, cbSecond), field!(at, pbSecond));
        let copied = bytes(first.0, first.1).zip(bytes(second.0, second.1));
        let copied = copied.map(|(first, second)| Salts { first: first.into(), second: second.into() });
        for (length, at) in [first, second] {
            if !at.is_null() {
                slice::from_raw_parts_mut(at, usize::try_from(length).ok()?).zeroize();
            }
        }
        copied
    }
}

/// A flag among an answer's extensions.
///
/// # Safety
/// `all` is an answer's, as [`WebauthnDll`] warrants it.
unsafe fn flag_of(all: sys::WEBAUTHN_EXTENSIONS, name: &str) -> Option<bool> {
    // SAFETY: there are as many extensions as it says, and each leads to as many bytes as it says, which need not be
    // aligned.
    unsafe {
        for extension in elements(all.cExtensions, all.pExtensions)? {
            let is_flag = usize::try_from(extension.cbExtension) == Ok(size_of::<BOOL>());
            if is_flag && !extension.pvExtension.is_null() && text(extension.pwszExtensionIdentifier)? == name {
                return Some(extension.pvExtension.cast::<BOOL>().read_unaligned() != FALSE);
            }
        }
        None
    }
}

/// Bytes; `None` where there are too many, or none where some should be.
///
/// # Safety
/// `at` is null or can be read for `length` bytes.
unsafe fn bytes(length: u32, at: *const u8) -> Option<Vec<u8>> {
    match length {
        0 => Some(Vec::new()),
        _ if at.is_null() || length > LONGEST_BYTES => None,
        // SAFETY: not null, and readable for this length.
        _ => Some(unsafe { slice::from_raw_parts(at, usize::try_from(length).ok()?) }.to_vec()),
    }
}

/// A list; `None` where it is too long, or missing where one should be.
///
/// # Safety
/// `first` is null or leads to `count` values that stay as they are for `'a`.
unsafe fn elements<'a, T>(count: u32, first: *const T) -> Option<&'a [T]> {
    match count {
        0 => Some(&[]),
        _ if first.is_null() || count > LONGEST_LIST => None,
        // SAFETY: not null, and as many as it says.
        _ => Some(unsafe { slice::from_raw_parts(first, usize::try_from(count).ok()?) }),
    }
}

/// A text up to its NUL; `None` where there is none, or no end within reason. What is no UTF-16 becomes the replacement
/// character.
///
/// # Safety
/// `at` is null or can be read up to a NUL.
pub(super) unsafe fn text(at: PCWSTR) -> Option<String> {
    if at.is_null() {
        return None;
    }
    let mut units = Vec::new();
    for place in 0..LONGEST_TEXT {
        // SAFETY: no NUL was read before this place, so it can be read.
        match unsafe { at.add(place).read() } {
            0 => return Some(String::from_utf16_lossy(&units)),
            unit => units.push(unit),
        }
    }
    None
}
