//! One passkey as an entry with KeePassXC's attributes.

use keepass::db::{Entry, EntryId, EntryMut, fields};
use passkey_crypto::CoseKey;
use passkey_types::encoding::{base64url, try_from_base64url};
use rekey_webauthn::{CreateRequest, CredentialId};

use super::key;

/// The tag by which KeePassXC knows a passkey.
const TAG: &str = "Passkey";
const CREDENTIAL_ID: &str = "KPEX_PASSKEY_CREDENTIAL_ID";
const PRIVATE_KEY: &str = "KPEX_PASSKEY_PRIVATE_KEY_PEM";
const USER_HANDLE: &str = "KPEX_PASSKEY_USER_HANDLE";
const USER_NAME: &str = "KPEX_PASSKEY_USERNAME";
const RELYING_PARTY: &str = "KPEX_PASSKEY_RELYING_PARTY";
const BACKUP_ELIGIBLE: &str = "KPEX_PASSKEY_FLAG_BE";
const BACKED_UP: &str = "KPEX_PASSKEY_FLAG_BS";
/// Names that KeePassXC used before 2.7.7 was released.
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
    /// Seconds since 1970; 0 where it is not known.
    pub(super) created: i64,
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
    entry.get(CREDENTIAL_ID).or(entry.get(OLD_CREDENTIAL_ID))?.parse().ok()
}

fn read_attributes(entry: &Entry) -> Option<PasskeyEntry> {
    // Absent flags count as set, as they do for KeePassXC since 2.7.12; stored ones are honoured.
    let flag = |name| entry.get(name).is_none_or(|value| value == "1");
    Some(PasskeyEntry {
        entry: entry.id(),
        credential_id: credential_id(entry)?,
        rp_id: entry.get(RELYING_PARTY)?.to_owned(),
        user_name: entry.get(USER_NAME).or(entry.get(OLD_USER_NAME)).unwrap_or_default().to_owned(),
        user_handle: try_from_base64url(entry.get(USER_HANDLE)?)?,
        backup: Backup { eligible: flag(BACKUP_ELIGIBLE), state: flag(BACKED_UP) },
        created: entry.times.creation.map_or(0, |time| time.and_utc().timestamp()),
    })
}

/// The private key of an entry.
pub(super) fn key(entry: &Entry) -> Result<CoseKey, Unreadable> {
    key::from_pem(entry.get(PRIVATE_KEY).ok_or(Unreadable::Damaged)?)
}

/// Writes a new passkey's attributes into a new entry.
pub(super) fn write(
    entry: &mut EntryMut<'_>,
    request: &CreateRequest,
    credential_id: &[u8],
    private_key: &CoseKey,
) -> Result<(), Unreadable> {
    let pem = key::to_pem(private_key).ok_or(Unreadable::KeyKind)?;
    entry.set_unprotected(fields::TITLE, format!("{} ({TAG})", request.rp_id));
    entry.set_unprotected(fields::USERNAME, request.user.name.as_str());
    entry.set_unprotected(fields::URL, request.origin.to_string());
    entry.tags = vec![TAG.to_owned()];
    entry.set_protected(CREDENTIAL_ID, base64url(credential_id));
    entry.set_protected(PRIVATE_KEY, pem.as_str());
    entry.set_protected(USER_HANDLE, base64url(&request.user.id));
    entry.set_unprotected(USER_NAME, request.user.name.as_str());
    entry.set_unprotected(RELYING_PARTY, request.rp_id.as_str());
    let digit = |flag| if flag { "1" } else { "0" };
    entry.set_unprotected(BACKUP_ELIGIBLE, digit(Backup::NEW.eligible));
    entry.set_unprotected(BACKED_UP, digit(Backup::NEW.state));
    Ok(())
}
