//! What a key is, `authenticatorGetInfo` (CTAP 6.4).

use std::collections::BTreeMap;

use ciborium::Value;
use rekey_webauthn::AuthenticatorTransport;

use super::CtapError;
use super::cbor::{self, Fields};
use super::pin::Protocol;

/// The longest message where a key does not tell (CTAP 6.4, `maxMsgSize`).
const DEFAULT_MAX_MESSAGE: usize = 1024;
/// The longest that CTAPHID carries.
const MAX_MESSAGE: usize = 7609;

/// What a key says of itself. Members that it says wrongly count as not said, but for the versions.
#[derive(Debug, Clone)]
pub(crate) struct Info {
    versions: Vec<String>,
    extensions: Vec<String>,
    options: BTreeMap<String, bool>,
    /// In bytes.
    pub(crate) max_message: usize,
    /// The PIN/UV protocol to use with it: its first choice among ours.
    pub(crate) protocol: Option<Protocol>,
    /// How many credentials one list may name.
    pub(crate) max_in_list: usize,
    /// The longest credential id of its own, in bytes, where it says.
    pub(crate) max_id: Option<usize>,
    /// How it can be reached; empty where it does not say.
    pub(crate) transports: Vec<AuthenticatorTransport>,
    /// The PIN must be changed before it verifies anybody.
    pub(crate) must_change_pin: bool,
    /// How many more discoverable credentials it has room for, where it says.
    pub(crate) room: Option<u64>,
    /// In code points.
    pub(crate) min_pin_length: usize,
}

impl Info {
    pub(crate) fn read(answer: &[u8]) -> Result<Self, CtapError> {
        let mut fields = Fields::read(answer)?;
        let versions = cbor::texts(fields.take(0x01).ok_or(CtapError::Malformed("versions"))?);
        let options = fields.take(0x04).and_then(|value| value.into_map().ok()).unwrap_or_default();
        let option = |(name, value): (Value, Value)| Some((name.into_text().ok()?, value.as_bool()?));
        let size = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok()).filter(|&n| n > 0);
        let protocols = fields.take(0x06).and_then(|value| value.into_array().ok());
        Ok(Self {
            versions,
            extensions: fields.take(0x02).map(cbor::texts).unwrap_or_default(),
            options: options.into_iter().filter_map(option).collect(),
            max_message: size(fields.number(0x05))
                .unwrap_or(DEFAULT_MAX_MESSAGE)
                .clamp(DEFAULT_MAX_MESSAGE, MAX_MESSAGE),
            protocol: match protocols {
                // Keys of version 2.0 do not say; they know the first one.
                None => Some(Protocol::One),
                Some(listed) => listed.into_iter().filter_map(cbor::number).find_map(Protocol::from_number),
            },
            max_in_list: size(fields.number(0x07)).unwrap_or(1),
            max_id: size(fields.number(0x08)),
            transports: fields
                .take(0x09)
                .map(cbor::texts)
                .unwrap_or_default()
                .iter()
                .filter_map(|t| transport(t))
                .collect(),
            must_change_pin: fields.take(0x0c).and_then(|value| value.as_bool()).unwrap_or(false),
            room: fields.number(0x14),
            min_pin_length: size(fields.number(0x0d)).unwrap_or(4).clamp(4, 63),
        })
    }

    pub(crate) fn is_ctap2(&self) -> bool {
        self.versions.iter().any(|version| version.starts_with("FIDO_2"))
    }

    pub(crate) fn is_2_1(&self) -> bool {
        self.versions.iter().any(|version| matches!(version.as_str(), "FIDO_2_1" | "FIDO_2_2" | "FIDO_2_3"))
    }

    /// An option, `None` where the key does not have it (CTAP 6.4, "Option ID").
    pub(crate) fn option(&self, name: &str) -> Option<bool> {
        self.options.get(name).copied()
    }

    /// It has a PIN now.
    pub(crate) fn pin_was_set(&mut self) {
        self.options.insert("clientPin".to_owned(), true);
    }

    /// Whether an option is there and on.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.option(option) == Some(true)
    }

    pub(crate) fn extends(&self, extension: &str) -> bool {
        self.extensions.iter().any(|known| known == extension)
    }

    /// Whether its discoverable credentials can be listed and deleted, and by which of the two commands.
    pub(crate) fn management(&self) -> Option<Management> {
        if self.has("credMgmt") {
            Some(Management::Final)
        } else if self.has("credentialMgmtPreview") {
            Some(Management::Preview)
        } else {
            None
        }
    }

    /// The ids of a list that can be this key's own, in portions that it takes.
    pub(crate) fn portions<'a>(&self, ids: impl IntoIterator<Item = &'a [u8]>) -> Vec<Vec<&'a [u8]>> {
        // What a message has beside the list: hash, names, options, token.
        const OVERHEAD: usize = 400;
        let room = self.max_message.saturating_sub(OVERHEAD);
        let mut portions: Vec<Vec<&'a [u8]>> = Vec::new();
        let mut used = usize::MAX;
        for id in ids.into_iter().filter(|id| self.max_id.is_none_or(|longest| id.len() <= longest)) {
            // An entry of a list is its id and 24 bytes around it.
            let takes = id.len() + 24;
            let full = portions.last().is_none_or(|last| last.len() >= self.max_in_list);
            if full || used.saturating_add(takes) > room {
                portions.push(Vec::new());
                used = 0;
            }
            used += takes;
            if let Some(last) = portions.last_mut() {
                last.push(id);
            }
        }
        portions
    }
}

/// Which command manages credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Management {
    /// `authenticatorCredentialManagement`.
    Final,
    /// Its prototype, of keys from before CTAP 2.1.
    Preview,
}

fn transport(name: &str) -> Option<AuthenticatorTransport> {
    Some(match name {
        "usb" => AuthenticatorTransport::Usb,
        "nfc" => AuthenticatorTransport::Nfc,
        "ble" => AuthenticatorTransport::Ble,
        "hybrid" | "cable" => AuthenticatorTransport::Hybrid,
        "internal" => AuthenticatorTransport::Internal,
        _ => return None,
    })
}
