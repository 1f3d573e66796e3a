//! What the file `Tpm-passkeys.json` says. No secret is in it in the clear: private parts are wrapped by the TPM. Who
//! reads the file learns at which sites there are passkeys, under which names.
//!
//! A record that cannot be read costs only itself, and is written back as it was. Members that are not known here are
//! kept, too.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rekey_webauthn::CredentialId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::TpmFileError;
use super::chip::{KeyPair, PinObject};

const FORMAT: &str = "rekey-tpm-passkeys";
const VERSION: u64 = 1;
/// A wrapped private part is smaller, in bytes.
const MAX_PRIVATE: usize = 1024;
/// A TPM's name of an object: two bytes for the algorithm and a digest.
const MAX_NAME: usize = 66;
/// The longest RP ID: a domain's longest name.
const MAX_RP_ID: usize = 253;
/// The longest user handle (<https://www.w3.org/TR/webauthn-3/#user-handle>).
const MAX_USER_HANDLE: usize = 64;

/// The file's contents.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Records {
    /// The name of the storage key that wrapped everything.
    pub(super) storage_name: Vec<u8>,
    /// Goes into the PIN's value.
    pub(super) salt: [u8; 16],
    pub(super) pin: PinObject,
    items: Vec<Item>,
    other: Map<String, Value>,
}

#[derive(Clone, PartialEq, Eq)]
enum Item {
    Passkey(Box<Record>),
    Unreadable(Value),
}

/// One passkey.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) credential_id: CredentialId,
    pub(super) rp_id: String,
    pub(super) user_handle: Vec<u8>,
    pub(super) user_name: String,
    pub(super) display_name: String,
    /// Seconds since 1970.
    pub(super) created: u64,
    pub(super) key: KeyPair,
    /// When it was forgotten, in seconds since 1970: it answers no more.
    pub(super) forgotten: Option<u64>,
    other: Map<String, Value>,
}

impl Records {
    pub(super) fn new(storage_name: Vec<u8>, salt: [u8; 16], pin: PinObject) -> Self {
        Self { storage_name, salt, pin, items: Vec::new(), other: Map::new() }
    }

    /// Reads a file's bytes.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, TpmFileError> {
        let head: Head = serde_json::from_slice(bytes).map_err(|_| TpmFileError::Damaged)?;
        match (head.format.as_str(), head.version) {
            (FORMAT, VERSION) => {}
            (FORMAT, newer) if newer > VERSION => return Err(TpmFileError::Newer),
            _ => return Err(TpmFileError::Damaged),
        }
        let form: FileForm = serde_json::from_slice(bytes).map_err(|_| TpmFileError::Damaged)?;
        let fits = (1..=MAX_NAME).contains(&form.storage_key.0.len())
            && form.pin.unique.0.len() == 32
            && (1..=MAX_PRIVATE).contains(&form.pin.private.0.len());
        let salt = <[u8; 16]>::try_from(form.pin.salt.0.as_slice()).ok().filter(|_| fits);
        let mut records = Self {
            storage_name: form.storage_key.0,
            salt: salt.ok_or(TpmFileError::Damaged)?,
            pin: PinObject { unique: form.pin.unique.0, private: form.pin.private.0 },
            items: Vec::with_capacity(form.passkeys.len()),
            other: form.other,
        };
        let mut ids = std::collections::HashSet::new();
        for value in form.passkeys {
            // Of two with one id the first is the passkey.
            let record = Record::read(&value).filter(|record| ids.insert(record.credential_id.clone()));
            let item = record.map_or(Item::Unreadable(value), |record| Item::Passkey(Box::new(record)));
            records.items.push(item);
        }
        Ok(records)
    }

    /// The file's bytes.
    pub(super) fn write(&self) -> Result<Vec<u8>, TpmFileError> {
        let passkeys = self.items.iter().map(|item| match item {
            Item::Passkey(record) => record.write(),
            Item::Unreadable(value) => Ok(value.clone()),
        });
        let form = FileForm {
            format: FORMAT.to_owned(),
            version: VERSION,
            storage_key: Bytes(self.storage_name.clone()),
            pin: PinForm {
                salt: Bytes(self.salt.to_vec()),
                unique: Bytes(self.pin.unique.clone()),
                private: Bytes(self.pin.private.clone()),
            },
            passkeys: passkeys.collect::<Result<_, _>>()?,
            other: self.other.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&form).map_err(|_| TpmFileError::Damaged)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Every passkey that can be read, also those forgotten, in the order in which they were made.
    pub(super) fn passkeys(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.items.iter().filter_map(|item| match item {
            Item::Passkey(record) => Some(&**record),
            Item::Unreadable(_) => None,
        })
    }

    /// The places of the records that cannot be read, from 0.
    pub(super) fn unreadable(&self) -> Vec<usize> {
        let places = self.items.iter().enumerate();
        places.filter(|(_, item)| matches!(item, Item::Unreadable(_))).map(|(place, _)| place).collect()
    }

    pub(super) fn passkey_mut(&mut self, id: &CredentialId) -> Option<&mut Record> {
        self.items.iter_mut().find_map(|item| match item {
            Item::Passkey(record) if record.credential_id == *id => Some(&mut **record),
            _ => None,
        })
    }

    pub(super) fn add(&mut self, record: Record) {
        self.items.push(Item::Passkey(Box::new(record)));
    }

    /// Destroys what was forgotten; returns how many that were.
    pub(super) fn purge(&mut self) -> usize {
        let before = self.items.len();
        self.items.retain(|item| !matches!(item, Item::Passkey(record) if record.forgotten.is_some()));
        before - self.items.len()
    }
}

impl Record {
    pub(super) fn new(
        credential_id: CredentialId,
        rp_id: String,
        user: &rekey_webauthn::User,
        created: u64,
        key: KeyPair,
    ) -> Self {
        Self {
            credential_id,
            rp_id,
            user_handle: user.id.clone(),
            user_name: user.name.clone(),
            display_name: user.display_name.clone(),
            created,
            key,
            forgotten: None,
            other: Map::new(),
        }
    }

    fn read(value: &Value) -> Option<Self> {
        let form = RecordForm::deserialize(value).ok()?;
        let fits = (1..=MAX_RP_ID).contains(&form.rp_id.len())
            && (1..=MAX_USER_HANDLE).contains(&form.user_handle.0.len())
            && (1..=MAX_PRIVATE).contains(&form.private.0.len());
        let number = |bytes: &Bytes| <[u8; 32]>::try_from(bytes.0.as_slice()).ok();
        fits.then_some(())?;
        Some(Self {
            credential_id: form.credential_id,
            rp_id: form.rp_id,
            user_handle: form.user_handle.0,
            user_name: form.user_name,
            display_name: form.display_name,
            created: form.created,
            key: KeyPair { x: number(&form.x)?, y: number(&form.y)?, private: form.private.0 },
            forgotten: form.forgotten,
            other: form.other,
        })
    }

    fn write(&self) -> Result<Value, TpmFileError> {
        let form = RecordForm {
            credential_id: self.credential_id.clone(),
            rp_id: self.rp_id.clone(),
            user_handle: Bytes(self.user_handle.clone()),
            user_name: self.user_name.clone(),
            display_name: self.display_name.clone(),
            created: self.created,
            x: Bytes(self.key.x.to_vec()),
            y: Bytes(self.key.y.to_vec()),
            private: Bytes(self.key.private.clone()),
            forgotten: self.forgotten,
            other: self.other.clone(),
        };
        serde_json::to_value(form).map_err(|_| TpmFileError::Damaged)
    }

    /// What the key is bound to for good; it is a part of the key's policy. The names are not: sites may change them.
    pub(super) fn binding(rp_id: &str, credential_id: &CredentialId, user_handle: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix("Rekey TPM passkey, version 1\0");
        for part in [rp_id.as_bytes(), credential_id.as_bytes(), user_handle] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

/// What is read before anything else, of whatever version.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct FileForm {
    format: String,
    version: u64,
    storage_key: Bytes,
    pin: PinForm,
    passkeys: Vec<Value>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
struct PinForm {
    salt: Bytes,
    unique: Bytes,
    private: Bytes,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct RecordForm {
    credential_id: CredentialId,
    rp_id: String,
    user_handle: Bytes,
    user_name: String,
    #[serde(default)]
    display_name: String,
    created: u64,
    x: Bytes,
    y: Bytes,
    private: Bytes,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forgotten: Option<u64>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// Bytes in base64url without padding.
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        URL_SAFE_NO_PAD.decode(text).map(Self).map_err(|_| serde::de::Error::custom("not base64url"))
    }
}
