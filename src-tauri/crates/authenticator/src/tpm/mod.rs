//! The computer's TPM 2.0 as an authenticator, on Linux: keys made in it that never leave it, only on this computer.
//!
//! - **Where keys are.** The TPM makes each key (ECDSA on P-256) under its storage key and hands it out wrapped, so that
//!   this TPM alone can load it. The wrapped keys stand in `Tpm-passkeys.json` in the profile. Lost with the file, with
//!   the TPM, and when the TPM is cleared.
//! - **The PIN.** One for all keys, and always asked for: UV is 1 in every answer, because the TPM itself checked the PIN
//!   for it. A sealed object has the PIN's value as its authorisation, and every key's policy is `TPM2_PolicySecret` of
//!   that object: there is no other way to use a key. The TPM counts wrong PINs and locks itself by its own rules (32
//!   wrong ones on many computers, then one more every ten minutes or two hours); other programs that use its lock-out
//!   share the count. The lock-out has an authorisation of its own, which Linux leaves empty on most computers: then who
//!   may use the TPM (on a stolen computer without disk encryption, the thief) resets the count at will and tries PINs as
//!   fast as the TPM goes. There a new PIN must have [`MIN_PIN_ALONE`] characters and not be of digits only; one that was
//!   set before is kept. A change of the PIN replaces that one object, so it happens for all keys or for none. The TPM
//!   keeps nothing itself: who has an older copy of the file can use it with the PIN of its time, on this computer.
//! - **No answer for another site.** The policy's reference is a digest of RP ID, credential id and user handle, and the
//!   public areas are rebuilt from the record: a record that was changed, or whose key was swapped, is refused by the
//!   TPM. Names and times are not bound.
//! - **Nothing is destroyed.** A passkey that is forgotten stays in the file and can be restored, until [`Tpm::purge`].
//!
//! Not there: fingerprints (fprintd), the PRF extension, attestation by the TPM. The C library logs refusals of the TPM to
//! stderr, without secrets; `TSS2_LOG=all+NONE` in the environment silences it.

mod ceremony;
mod chip;
mod encode;
mod file;
#[cfg(test)]
mod fuzz;
mod keys;
mod presence;
mod record;
mod templates;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use uuid::Uuid;

pub use chip::LockOut;
use keys::Keys;
pub use presence::{Connection, Presence};

use crate::{TpmError, TpmFileError};

/// The model number of Rekey's TPM authenticator, made for it.
///
/// <https://www.w3.org/TR/webauthn-3/#aaguid>
pub const TPM_AAGUID: Uuid = Uuid::from_u128(0xca8c_533b_f7dc_4524_a864_4c06_c51c_bb48);
/// The fewest characters of a PIN, as CTAP has it. Few are enough where the TPM locks itself and not everybody may undo it.
pub const MIN_PIN: usize = 4;
/// The fewest characters of a new PIN where everybody may undo the TPM's lock-out ([`LockOut::anybody_resets`]); not all of
/// them may be digits.
pub const MIN_PIN_ALONE: usize = 8;
/// The most bytes of a PIN in UTF-8.
pub const MAX_PIN: usize = 255;

/// A passkey of the TPM, without its key.
#[derive(Clone, PartialEq, Eq)]
pub struct TpmPasskey {
    /// Its id.
    pub credential_id: CredentialId,
    /// What it is bound to.
    pub rp_id: String,
    /// The user handle that the site gave.
    pub user_handle: Vec<u8>,
    /// The account's name as the site gave it.
    pub user_name: String,
    /// The person's name as the site gave it.
    pub display_name: String,
    /// When it was made.
    pub created: Option<SystemTime>,
}

impl std::fmt::Debug for TpmPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TpmPasskey").field("credential_id", &self.credential_id).finish_non_exhaustive()
    }
}

/// The TPM with the file of its keys, which is kept locked against other Rekeys until this is dropped.
#[derive(Clone)]
pub struct Tpm {
    connection: Connection,
    /// One piece of work at a time; it goes on when its caller was broken off, and the next one waits for it.
    keys: Arc<Mutex<Keys>>,
}

impl std::fmt::Debug for Tpm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tpm").field("connection", &self.connection).finish_non_exhaustive()
    }
}

impl Tpm {
    /// Whether this computer has a TPM that can be used.
    pub fn find() -> Presence {
        Connection::default().presence()
    }

    /// Opens the file of the keys, which is made when the first PIN is set. The TPM itself is asked only when it is
    /// needed: its passkeys can be listed without it.
    ///
    /// # Errors
    /// [`TpmError::File`].
    pub fn open(connection: Connection, file: &Path) -> Result<Self, TpmError> {
        let keys = Keys::open(connection.tcti()?, file)?;
        Ok(Self { connection, keys: Arc::new(Mutex::new(keys)) })
    }

    /// Whether a PIN was set.
    ///
    /// # Errors
    /// [`TpmError::BrokenOff`].
    pub async fn has_pin(&self) -> Result<bool, TpmError> {
        self.run(|keys| Ok(keys.has_pin())).await
    }

    /// Sets the first PIN: [`LockOut::shortest_pin`] characters to [`MAX_PIN`] bytes.
    ///
    /// # Errors
    /// [`TpmError::PinAlreadySet`], [`TpmError::PinLength`], [`TpmError::PinWeak`], and those of the TPM and the file.
    pub async fn set_pin(&self, pin: &SecretString) -> Result<(), TpmError> {
        let pin = pin.clone();
        self.run(move |keys| keys.set_pin(&pin)).await
    }

    /// Checks the PIN.
    ///
    /// # Errors
    /// [`TpmError::PinWrong`], [`TpmError::LockedOut`], [`TpmError::PinNotSet`], and those of the TPM.
    pub async fn check_pin(&self, pin: &SecretString) -> Result<(), TpmError> {
        let pin = pin.clone();
        self.run(move |keys| keys.check_pin(&pin)).await
    }

    /// Changes the PIN, of every passkey at once.
    ///
    /// # Errors
    /// As [`Tpm::check_pin`] for the old one, [`TpmError::PinLength`] and [`TpmError::PinWeak`] for the new one; the old one
    /// holds then.
    pub async fn change_pin(&self, old: &SecretString, new: &SecretString) -> Result<(), TpmError> {
        let (old, new) = (old.clone(), new.clone());
        self.run(move |keys| keys.change_pin(&old, &new)).await
    }

    /// The passkeys that were forgotten and can still be restored, the oldest first.
    ///
    /// # Errors
    /// [`TpmError::BrokenOff`].
    pub async fn forgotten(&self) -> Result<Vec<TpmPasskey>, TpmError> {
        self.run(|keys| Ok(keys.passkeys(true))).await
    }

    /// The places in the file, from 0, whose records cannot be read. They are kept as they are.
    ///
    /// # Errors
    /// [`TpmError::BrokenOff`].
    pub async fn unreadable(&self) -> Result<Vec<usize>, TpmError> {
        self.run(|keys| Ok(keys.unreadable())).await
    }

    /// Lets a forgotten passkey answer again.
    ///
    /// # Errors
    /// [`TpmError::NotFound`] and [`TpmError::File`].
    pub async fn restore(&self, id: &CredentialId) -> Result<(), TpmError> {
        let id = id.clone();
        self.run(move |keys| keys.mark(&id, None)).await
    }

    /// Destroys the forgotten passkeys for good; returns how many.
    ///
    /// # Errors
    /// [`TpmError::File`].
    pub async fn purge(&self) -> Result<usize, TpmError> {
        self.run(Keys::purge).await
    }

    /// Starts without passkeys and without a PIN, for a PIN that was lost or a TPM that was cleared or exchanged. The file
    /// is kept under another name beside it, which is returned.
    ///
    /// # Errors
    /// [`TpmError::File`].
    pub async fn start_over(&self) -> Result<Option<PathBuf>, TpmError> {
        self.run(Keys::start_over).await
    }

    /// How the TPM's lock-out stands.
    ///
    /// # Errors
    /// Those of the TPM.
    pub async fn lock_out(&self) -> Result<LockOut, TpmError> {
        self.run(|keys| keys.lock_out()).await
    }

    /// The file.
    ///
    /// # Errors
    /// [`TpmError::BrokenOff`].
    pub async fn path(&self) -> Result<PathBuf, TpmError> {
        self.run(|keys| Ok(keys.path().to_owned())).await
    }

    /// Works with the TPM off the async threads.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Keys) -> Result<T, TpmError> + Send + 'static,
    ) -> Result<T, TpmError> {
        let (keys, connection) = (Arc::clone(&self.keys), self.connection.clone());
        let working = tokio::task::spawn_blocking(move || {
            let mut keys = keys.lock().map_err(|_| TpmError::BrokenOff)?;
            work(&mut keys).map_err(|error| match error {
                TpmError::Failed { .. } | TpmError::Gone => connection.explain(error),
                other => other,
            })
        });
        working.await.map_err(|_| TpmError::BrokenOff)?
    }
}
