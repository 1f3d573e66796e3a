use windows_sys::Win32::Foundation::FALSE;
use windows_sys::Win32::Networking::WindowsWebServices as sys;

use super::memory::Memory;

/// The arguments of one `WebAuthNGetPlatformCredentialList`, and the memory that they point to.
pub(super) struct ListCall {
    options: sys::WEBAUTHN_GET_CREDENTIALS_OPTIONS,
    _memory: Memory,
}

impl ListCall {
    /// The credentials of one relying party, or all.
    pub(super) fn new(rp_id: Option<&str>) -> Self {
        let mut memory = Memory::default();
        let options = sys::WEBAUTHN_GET_CREDENTIALS_OPTIONS {
            dwVersion: sys::WEBAUTHN_GET_CREDENTIALS_OPTIONS_VERSION_1,
            pwszRpId: rp_id.map_or(std::ptr::null(), |rp_id| memory.wide(rp_id)),
            bBrowserInPrivateMode: FALSE,
        };
        Self { options, _memory: memory }
    }

    pub(super) fn options(&self) -> &sys::WEBAUTHN_GET_CREDENTIALS_OPTIONS {
        &self.options
    }
}
