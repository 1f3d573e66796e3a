//! One passkey as an entry with KeePassXC's attributes.

use std::sync::Arc;

use keepass::db::{Entry, EntryId, EntryMut, fields};
use passkey_crypto::CoseKey;
use passkey_types::encoding::{base64url, try_from_base64url};
use rekey_webauthn::{CreateRequest, CredentialId, Protection};
use zeroize::Zeroizing;

use super::extensions::{self, Extras};
use super::key;
use crate::transfer::{Portable, PrivateKey};

/// The tag by which KeePassXC knows a passkey.
const TAG: &str = "Passkey";
const CREDENTIAL_ID: &str = "KPEX_PASSKEY_CREDENTIAL_ID";
const PRIVATE_KEY: &str = "KPEX_PASSKEY_PRIVATE_KEY_PEM";
const USER_HANDLE: &str = "KPEX_PASSKEY_USER_HANDLE";
const USER_NAME: &str = "KPEX_PASSKEY_USERNAME";
const RELYING_PARTY: &str = "KPEX_PASSKEY_RELYING_PARTY";
const BACKUP_ELIGIBLE: &str = "KPEX_PASSKEY_FLAG_BE";
const BACKED_UP: &str = "KPEX_PASSKEY_FLAG_BS";
/// Names that Strongbox wrote. Where they are there, KeePassXC goes by them.
const OLD_CREDENTIAL_ID: &str = "KPEX_PASSKEY_GENERATED_USER_ID";
const OLD_USER_NAME: &str = "KPXC_PASSKEY_USERNAME";

/// Whether a passkey can be, and is, on more than one device.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-credential-backup>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Backup {
    pub(super) eligible: bool,
    pub(super) state: bool,
}

impl Backup {
    /// Of a new passkey: its file can be copied, so it is eligible; whether anybody does is not known, so it is not
    /// said to be backed up.
    pub(super) const NEW: Self = Self { eligible: true, state: false };
    /// Of one that another program holds too.
    pub(super) const COPIED: Self = Self { eligible: true, state: true };
}

/// A passkey entry without its key.
#[derive(Clone)]
pub(super) struct PasskeyEntry {
    pub(super) entry: EntryId,
    pub(super) credential_id: CredentialId,
    pub(super) rp_id: String,
    pub(super) user_name: String,
    pub(super) user_handle: Vec<u8>,
    pub(super) backup: Backup,
    pub(super) protection: Protection,
    /// Seconds since 1970; 0 where it is not known.
    pub(super) created: i64,
}

impl PasskeyEntry {
    /// Whether it may answer a request that does, or does not, name passkeys, where nobody was verified.
    pub(super) fn answers_unverified(&self, is_named: bool) -> bool {
        match self.protection {
            Protection::Optional => true,
            Protection::OptionalWithList => is_named,
            Protection::Required => false,
        }
    }
}

/// Why the passkey attributes of an entry are no passkey that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// One is missing, or is not what it should be.
    Damaged,
    /// The private key is of a kind that is not known here.
    KeyKind,
}

/// The passkey of an entry; `None` where it has none.
pub(super) fn read(entry: &Entry) -> Option<Result<PasskeyEntry, Unreadable>> {
    entry.fields.contains_key(PRIVATE_KEY).then(|| {
        let attributes = read_attributes(entry).ok_or(Unreadable::Damaged)?;
        key(entry).map(|_| attributes)
    })
}

/// Whether the entry says that its passkey has this id; cheaper than to read it.
pub(super) fn has_id(entry: &Entry, id: &CredentialId) -> bool {
    credential_id(entry).is_some_and(|found| found == *id)
}

fn credential_id(entry: &Entry) -> Option<CredentialId> {
    entry.get(OLD_CREDENTIAL_ID).or(entry.get(CREDENTIAL_ID))?.parse().ok()
}

fn read_attributes(entry: &Entry) -> Option<PasskeyEntry> {
    // Absent flags count as set, as they do for KeePassXC since 2.7.12; stored ones are honoured.
    let flag = |name| entry.get(name).is_none_or(|value| value == "1");
    Some(PasskeyEntry {
        entry: entry.id(),
        credential_id: credential_id(entry)?,
        rp_id: entry.get(RELYING_PARTY)?.to_owned(),
        user_name: entry.get(OLD_USER_NAME).or(entry.get(USER_NAME)).unwrap_or_default().to_owned(),
        user_handle: try_from_base64url(entry.get(USER_HANDLE)?)?,
        backup: Backup { eligible: flag(BACKUP_ELIGIBLE), state: flag(BACKED_UP) },
        protection: extensions::protection(entry),
        created: entry.times.creation.map_or(0, |time| time.and_utc().timestamp()),
    })
}

/// Whether an entry has whatever `other` has of its passkey: its id, its key, whose it is, and its secrets for `prf`.
pub(super) fn has_same_passkey(entry: &Entry, other: &Entry) -> bool {
    let named = [CREDENTIAL_ID, OLD_CREDENTIAL_ID, PRIVATE_KEY, USER_HANDLE, RELYING_PARTY];
    let named = named.into_iter().chain(extensions::SECRETS);
    named.into_iter().all(|name| other.get(name).is_none_or(|value| entry.get(name) == Some(value)))
}

/// The private key of an entry.
pub(super) fn key(entry: &Entry) -> Result<CoseKey, Unreadable> {
    key::from_pem(entry.get(PRIVATE_KEY).ok_or(Unreadable::Damaged)?)
}

/// An entry's passkey with all that goes along to another program.
pub(super) fn portable(entry: &Entry) -> Option<Portable> {
    let read = read_attributes(entry)?;
    let key = PrivateKey::from_der(key::der(entry.get(PRIVATE_KEY)?)?).ok()?;
    let url = entry.get_url().filter(|url| !url.is_empty());
    Some(Portable {
        credential_id: read.credential_id,
        url: url.map_or_else(|| format!("https://{}", read.rp_id), str::to_owned),
        rp_id: read.rp_id,
        user_display_name: read.user_name.clone(),
        user_name: read.user_name,
        user_handle: read.user_handle,
        created: (read.created > 0).then_some(read.created),
        key,
        may_be_copied: read.backup.eligible,
        prf: extensions::prf_secrets(entry),
        has_blob: extensions::blob(entry).is_some(),
    })
}

/// What a new passkey's entry will say.
pub(super) struct NewPasskey {
    rp_id: String,
    url: String,
    user_name: String,
    user_handle: String,
    credential_id: String,
    pem: Zeroizing<String>,
    backup: Backup,
    extras: Arc<Extras>,
}

impl NewPasskey {
    pub(super) fn new(
        request: &CreateRequest,
        credential_id: &[u8],
        private_key: &CoseKey,
        extras: Arc<Extras>,
    ) -> Result<Self, Unreadable> {
        Ok(Self {
            rp_id: request.rp_id.as_str().to_owned(),
            url: request.origin.to_string(),
            user_name: request.user.name.clone(),
            user_handle: base64url(&request.user.id),
            credential_id: base64url(credential_id),
            pem: key::to_pem(private_key).ok_or(Unreadable::KeyKind)?,
            backup: Backup::NEW,
            extras,
        })
    }

    /// One that another program made; its key stays as it is, byte for byte.
    pub(super) fn copied(passkey: &Portable) -> Self {
        Self {
            rp_id: passkey.rp_id.clone(),
            url: passkey.url.clone(),
            user_name: passkey.user_name.clone(),
            user_handle: base64url(&passkey.user_handle),
            credential_id: passkey.credential_id.to_string(),
            pem: key::pem_of(passkey.key.der()),
            backup: Backup::COPIED,
            extras: Arc::new(Extras::copied(passkey.prf.as_ref())),
        }
    }

    /// Writes the attributes into a new entry.
    pub(super) fn write(&self, entry: &mut EntryMut<'_>) {
        entry.set_unprotected(fields::TITLE, format!("{} ({TAG})", self.rp_id));
        entry.set_unprotected(fields::USERNAME, self.user_name.as_str());
        entry.set_unprotected(fields::URL, self.url.as_str());
        entry.tags = vec![TAG.to_owned()];
        entry.set_protected(CREDENTIAL_ID, self.credential_id.as_str());
        entry.set_protected(PRIVATE_KEY, self.pem.as_str());
        entry.set_protected(USER_HANDLE, self.user_handle.as_str());
        entry.set_unprotected(USER_NAME, self.user_name.as_str());
        entry.set_unprotected(RELYING_PARTY, self.rp_id.as_str());
        let digit = |flag| if flag { "1" } else { "0" };
        entry.set_unprotected(BACKUP_ELIGIBLE, digit(self.backup.eligible));
        entry.set_unprotected(BACKED_UP, digit(self.backup.state));
        self.extras.write(entry);
    }
}
