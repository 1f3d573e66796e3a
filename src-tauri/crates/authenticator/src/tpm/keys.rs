//! The TPM's passkeys: the file and the chip together, one piece of work at a time.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use argon2::Argon2;
use rekey_webauthn::{CredentialId, User};
use secrecy::{ExposeSecret as _, SecretString};
use tss_esapi::TctiNameConf;
use zeroize::Zeroizing;

use super::chip::{Chip, KeyPair, LockOut, PinValue, lock_out_of};
use super::file::KeyFile;
use super::record::{Record, Records};
use super::{MAX_PIN, MIN_PIN, TpmError, TpmFileError, TpmPasskey, encode};

/// The length of a credential id in bytes.
const CREDENTIAL_ID_LENGTH: usize = 32;

pub(super) struct Keys {
    tcti: TctiNameConf,
    file: KeyFile,
    /// `None` until a PIN is set.
    records: Option<Records>,
}

/// A key that was made and is safely in the file.
pub(super) struct MadeKey {
    pub(super) credential_id: CredentialId,
    pub(super) key: KeyPair,
}

impl Keys {
    pub(super) fn open(tcti: TctiNameConf, path: &Path) -> Result<Self, TpmFileError> {
        let (file, bytes) = KeyFile::open(path)?;
        let records = bytes.as_deref().map(Records::read).transpose()?;
        Ok(Self { tcti, file, records })
    }

    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    pub(super) fn has_pin(&self) -> bool {
        self.records.is_some()
    }

    /// Sets the first PIN: makes the object that checks it, and the file.
    pub(super) fn set_pin(&mut self, pin: &SecretString) -> Result<(), TpmError> {
        if self.records.is_some() {
            return Err(TpmError::PinAlreadySet);
        }
        check_length(pin)?;
        let salt = rand::random();
        let mut chip = Chip::connect(&self.tcti, None)?;
        check_strength(pin, &chip.lock_out()?)?;
        let object = chip.make_pin(&pin_value(pin, &salt)?)?;
        let records = Records::new(chip.storage_name().to_vec(), salt, object);
        drop(chip);
        self.commit(records)
    }

    pub(super) fn check_pin(&self, pin: &SecretString) -> Result<(), TpmError> {
        let (records, mut chip) = self.ready()?;
        chip.check_pin(&records.pin, &pin_value(pin, &records.salt)?)
    }

    /// Changes the PIN of every key at once: one object in the file is replaced.
    pub(super) fn change_pin(&mut self, old: &SecretString, new: &SecretString) -> Result<(), TpmError> {
        check_length(new)?;
        let (records, mut chip) = self.ready()?;
        check_strength(new, &chip.lock_out()?)?;
        let [old, new] = [pin_value(old, &records.salt)?, pin_value(new, &records.salt)?];
        let mut changed = records.clone();
        changed.pin = chip.change_pin(&records.pin, &old, &new)?;
        drop(chip);
        self.commit(changed)
    }

    /// Makes a key for a site's user and returns once it is in the file.
    pub(super) fn make(
        &mut self,
        pin: &SecretString,
        rp_id: &str,
        user: &User,
        now: SystemTime,
    ) -> Result<MadeKey, TpmError> {
        let (records, mut chip) = self.ready()?;
        let id: [u8; CREDENTIAL_ID_LENGTH] = rand::random();
        let credential_id = CredentialId::new(id.to_vec()).map_err(|_| TpmError::Altered)?;
        let binding = Record::binding(rp_id, &credential_id, &user.id);
        let key = chip.make_key(&records.pin, &pin_value(pin, &records.salt)?, &binding)?;
        drop(chip);
        let mut changed = records.clone();
        changed.add(Record::new(credential_id.clone(), rp_id.to_owned(), user, seconds(now), key.clone()));
        self.commit(changed)?;
        Ok(MadeKey { credential_id, key })
    }

    /// Signs a digest with a passkey of this RP ID; the signature is in DER.
    pub(super) fn sign(
        &self,
        pin: &SecretString,
        rp_id: &str,
        id: &CredentialId,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>, TpmError> {
        let (records, mut chip) = self.ready()?;
        let record = records.passkeys().find(|r| r.credential_id == *id && r.rp_id == rp_id && r.forgotten.is_none());
        let record = record.ok_or(TpmError::NotFound)?;
        let binding = Record::binding(&record.rp_id, &record.credential_id, &record.user_handle);
        let signature = chip.sign(&records.pin, &pin_value(pin, &records.salt)?, &record.key, &binding, digest)?;
        Ok(encode::signature_der(&signature))
    }

    /// The passkeys that answer, or those that were forgotten, the oldest first.
    pub(super) fn passkeys(&self, forgotten: bool) -> Vec<TpmPasskey> {
        let all = self.records.iter().flat_map(Records::passkeys);
        let wanted = all.filter(|record| record.forgotten.is_some() == forgotten);
        wanted
            .map(|record| TpmPasskey {
                credential_id: record.credential_id.clone(),
                rp_id: record.rp_id.clone(),
                user_handle: record.user_handle.clone(),
                user_name: record.user_name.clone(),
                display_name: record.display_name.clone(),
                created: SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(record.created)),
            })
            .collect()
    }

    pub(super) fn unreadable(&self) -> Vec<usize> {
        self.records.as_ref().map(Records::unreadable).unwrap_or_default()
    }

    /// Marks a passkey as forgotten at this time, or as no longer so.
    pub(super) fn mark(&mut self, id: &CredentialId, forgotten: Option<SystemTime>) -> Result<(), TpmError> {
        let mut changed = self.records.clone().ok_or(TpmError::NotFound)?;
        let record = changed.passkey_mut(id).filter(|record| record.forgotten.is_some() != forgotten.is_some());
        record.ok_or(TpmError::NotFound)?.forgotten = forgotten.map(seconds);
        self.commit(changed)
    }

    /// Destroys the passkeys that were forgotten; returns how many.
    pub(super) fn purge(&mut self) -> Result<usize, TpmError> {
        let Some(mut changed) = self.records.clone() else { return Ok(0) };
        let purged = changed.purge();
        if purged > 0 {
            self.commit(changed)?;
        }
        Ok(purged)
    }

    /// Starts without keys and without a PIN; the file goes on under another name, which is returned.
    pub(super) fn start_over(&mut self) -> Result<Option<PathBuf>, TpmError> {
        if self.records.is_none() {
            return Ok(None);
        }
        let aside = self.file.set_aside()?;
        self.records = None;
        Ok(Some(aside))
    }

    pub(super) fn lock_out(&self) -> Result<LockOut, TpmError> {
        lock_out_of(&self.tcti)
    }

    fn ready(&self) -> Result<(&Records, Chip), TpmError> {
        let records = self.records.as_ref().ok_or(TpmError::PinNotSet)?;
        Ok((records, Chip::connect(&self.tcti, Some(&records.storage_name))?))
    }

    fn commit(&mut self, changed: Records) -> Result<(), TpmError> {
        self.file.write(&changed.write()?)?;
        self.records = Some(changed);
        Ok(())
    }
}

/// What the TPM takes for a PIN: Argon2id over it, so that a PIN of any length fits, and so that even who could fake the
/// storage key on the bus has to work for each guess.
fn pin_value(pin: &SecretString, salt: &[u8; 16]) -> Result<PinValue, TpmError> {
    let mut value = Zeroizing::new([0; 32]);
    let derived = Argon2::default().hash_password_into(pin.expose_secret().as_bytes(), salt, value.as_mut_slice());
    derived.map_err(|_| TpmError::PinLength)?;
    Ok(value)
}

fn check_length(pin: &SecretString) -> Result<(), TpmError> {
    let long_enough = pin.expose_secret().chars().count() >= MIN_PIN;
    if long_enough && pin.expose_secret().len() <= MAX_PIN { Ok(()) } else { Err(TpmError::PinLength) }
}

/// Where anybody may reset the lock-out, a PIN must withstand being tried out as fast as the TPM goes.
fn check_strength(pin: &SecretString, lock_out: &LockOut) -> Result<(), TpmError> {
    let pin = pin.expose_secret();
    let long_enough = pin.chars().count() >= lock_out.shortest_pin();
    let digits_only = pin.chars().all(char::is_numeric);
    if long_enough && !(digits_only && lock_out.anybody_resets) { Ok(()) } else { Err(TpmError::PinWeak) }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
