use std::any::Any;
use std::ptr;

use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::PCWSTR;
use zeroize::Zeroizing;

use rekey_webauthn::{CredentialDescriptor, PrfSalts};

use super::transport;
use super::version::ApiVersion;

/// What the structures of one call point to. Everything is copied in, stays at its address until this is dropped, and
/// bytes are wiped then.
///
/// Values are kept in vectors, whose elements do not move when the vector does, not in boxes: moving a box may invalidate
/// pointers to its content.
#[derive(Default)]
pub(super) struct Memory {
    kept: Vec<Box<dyn Any>>,
}

impl Memory {
    /// Keeps values: how many, and the first one's address (null where there is none).
    pub(super) fn values<T: 'static>(&mut self, mut values: Vec<T>) -> (u32, *mut T) {
        let Some(count) = u32::try_from(values.len()).ok().filter(|count| *count > 0) else {
            return (0, ptr::null_mut());
        };
        let first = values.as_mut_ptr();
        self.kept.push(Box::new(values));
        (count, first)
    }

    /// Keeps one value.
    pub(super) fn value<T: 'static>(&mut self, value: T) -> *mut T {
        self.values(vec![value]).1
    }

    /// Keeps bytes: how many, and where.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> (u32, *mut u8) {
        let Some(count) = u32::try_from(bytes.len()).ok().filter(|count| *count > 0) else {
            return (0, ptr::null_mut());
        };
        let mut bytes = Zeroizing::new(bytes.to_vec());
        let first = bytes.as_mut_ptr();
        self.kept.push(Box::new(bytes));
        (count, first)
    }

    /// Keeps a text in UTF-16 with a NUL at its end. A NUL within it would hide the rest from the person: it becomes the
    /// replacement character.
    pub(super) fn wide(&mut self, text: &str) -> PCWSTR {
        let shown = text.chars().map(|c| if c == '\0' { char::REPLACEMENT_CHARACTER } else { c });
        let mut units: Vec<u16> = Vec::with_capacity(text.len() + 1);
        for c in shown {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
        units.push(0);
        self.values(units).1.cast_const()
    }

    /// A list of credentials with their transports; null where there is none, since an empty list is no wish.
    pub(super) fn credentials(
        &mut self,
        descriptors: &[CredentialDescriptor],
        api: ApiVersion,
    ) -> *mut sys::WEBAUTHN_CREDENTIAL_LIST {
        let mut pointers = Vec::with_capacity(descriptors.len());
        for descriptor in descriptors {
            let (length, id) = self.bytes(descriptor.id.as_bytes());
            pointers.push(self.value(sys::WEBAUTHN_CREDENTIAL_EX {
                dwVersion: sys::WEBAUTHN_CREDENTIAL_EX_CURRENT_VERSION,
                cbId: length,
                pbId: id,
                pwszCredentialType: sys::WEBAUTHN_CREDENTIAL_TYPE_PUBLIC_KEY,
                dwTransports: transport::bits(&descriptor.transports) & api.transports(),
            }));
        }
        let (count, first) = self.values(pointers);
        if count == 0 {
            return ptr::null_mut();
        }
        self.value(sys::WEBAUTHN_CREDENTIAL_LIST { cCredentials: count, ppCredentials: first })
    }

    /// Salts that were hashed already.
    pub(super) fn salts(&mut self, salts: &PrfSalts) -> *mut sys::WEBAUTHN_HMAC_SECRET_SALT {
        let (first_length, first) = self.bytes(&salts.first);
        let (second_length, second) = self.bytes(salts.second.as_ref().map_or(&[][..], |salt| &salt[..]));
        self.value(sys::WEBAUTHN_HMAC_SECRET_SALT {
            cbFirst: first_length,
            pbFirst: first,
            cbSecond: second_length,
            pbSecond: second,
        })
    }

    /// The client data: exactly these bytes are hashed and signed.
    pub(super) fn client_data(&mut self, json: &[u8]) -> sys::WEBAUTHN_CLIENT_DATA {
        let (length, json) = self.bytes(json);
        sys::WEBAUTHN_CLIENT_DATA {
            dwVersion: sys::WEBAUTHN_CLIENT_DATA_CURRENT_VERSION,
            cbClientDataJSON: length,
            pbClientDataJSON: json,
            pwszHashAlgId: sys::WEBAUTHN_HASH_ALGORITHM_SHA_256,
        }
    }
}
