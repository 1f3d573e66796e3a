//! How a virtual authenticator behaves, in WebDriver's words.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-automation-add-virtual-authenticator>

use serde::Deserialize;

/// Authenticator configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// What it speaks.
    pub protocol: Protocol,
    /// How it is reached.
    pub transport: Transport,
    /// Whether it keeps discoverable credentials.
    #[serde(default)]
    pub has_resident_key: bool,
    /// Whether it can verify the person.
    #[serde(default)]
    pub has_user_verification: bool,
    /// Whether the person agrees to everything.
    #[serde(default = "yes")]
    pub is_user_consenting: bool,
    /// Whether verifying the person succeeds.
    #[serde(default)]
    pub is_user_verified: bool,
    /// Its extensions.
    #[serde(default)]
    pub extensions: Vec<Extension>,
    /// Backup eligibility of new credentials.
    #[serde(default)]
    pub default_backup_eligibility: bool,
    /// Backup state of new credentials that are eligible.
    #[serde(default)]
    pub default_backup_state: bool,
}

fn yes() -> bool {
    true
}

/// What a virtual authenticator speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Protocol {
    /// U2F: neither discoverable credentials nor verification.
    #[serde(rename = "ctap1/u2f")]
    U2f,
    /// CTAP 2.0.
    #[serde(rename = "ctap2")]
    Ctap2,
    /// CTAP 2.1.
    #[serde(rename = "ctap2_1")]
    Ctap21,
}

/// How a virtual authenticator is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// USB.
    Usb,
    /// NFC.
    Nfc,
    /// Bluetooth.
    Ble,
    /// A card reader.
    SmartCard,
    /// A phone by QR code.
    Hybrid,
    /// Part of the computer.
    Internal,
}

/// An extension of a virtual authenticator; others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Extension {
    /// <https://www.w3.org/TR/webauthn-3/#sctn-large-blob-extension>
    LargeBlob,
    /// <https://www.w3.org/TR/webauthn-3/#prf-extension>
    Prf,
    /// CTAP's `credProtect`.
    CredProtect,
    /// CTAP's `minPinLength`.
    MinPinLength,
    /// CTAP's `credBlob`, which no page of Rekey's can ask for; accepted so that suites may ask for it.
    CredBlob,
}

impl Options {
    /// A computer's own authenticator whose person agrees and is verified.
    pub fn platform() -> Self {
        Self {
            protocol: Protocol::Ctap21,
            transport: Transport::Internal,
            has_resident_key: true,
            has_user_verification: true,
            is_user_consenting: true,
            is_user_verified: true,
            extensions: vec![Extension::LargeBlob, Extension::Prf, Extension::CredProtect, Extension::MinPinLength],
            default_backup_eligibility: false,
            default_backup_state: false,
        }
    }
}
