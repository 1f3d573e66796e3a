//! Transports between Windows' bits and the specification's names.

use rekey_webauthn::AuthenticatorTransport;
use windows_sys::Win32::Networking::WindowsWebServices as sys;

const TRANSPORTS: [(u32, AuthenticatorTransport); 5] = [
    (sys::WEBAUTHN_CTAP_TRANSPORT_USB, AuthenticatorTransport::Usb),
    (sys::WEBAUTHN_CTAP_TRANSPORT_NFC, AuthenticatorTransport::Nfc),
    (sys::WEBAUTHN_CTAP_TRANSPORT_BLE, AuthenticatorTransport::Ble),
    (sys::WEBAUTHN_CTAP_TRANSPORT_INTERNAL, AuthenticatorTransport::Internal),
    (sys::WEBAUTHN_CTAP_TRANSPORT_HYBRID, AuthenticatorTransport::Hybrid),
];

/// The bits of these transports; 0 means any.
pub(super) fn bits(transports: &[AuthenticatorTransport]) -> u32 {
    let named = TRANSPORTS.iter().filter(|(_, transport)| transports.contains(transport));
    named.fold(0, |bits, (bit, _)| bits | bit)
}

/// The transports of these bits; those that are not known are left out.
pub(super) fn named(bits: u32) -> Vec<AuthenticatorTransport> {
    TRANSPORTS.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, transport)| *transport).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transports_survive_their_bits() {
        for bit in [1, 2, 4, 0x10, 0x20] {
            assert_eq!(bits(&named(bit)), bit);
        }
        assert_eq!(named(0x48), []);
        assert_eq!(bits(&[]), 0);
        assert_eq!(bits(&[AuthenticatorTransport::Internal, AuthenticatorTransport::Usb]), 0x11);
    }
}
