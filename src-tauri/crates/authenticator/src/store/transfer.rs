//! Passkeys out of the store and into it.

use std::collections::HashSet;

use keepass::db::EntryId;
use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use uuid::Uuid;

use super::commit::Change;
use super::entry::{self, NewPasskey};
use super::{Store, database};
use crate::transfer::Portable;
use crate::{AuthenticatorError, HeldPasskey, StoreError};

/// What became of passkeys from another program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Those that are in the store now.
    pub added: Vec<HeldPasskey>,
    /// Those that were in it before, left as they were.
    pub known: Vec<HeldPasskey>,
}

impl Store {
    /// Which store it is.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Passkeys with their keys, in the order asked for. They stay in the store as they are.
    ///
    /// The passphrase is presented for this very export: a verification of some minutes ago, which is enough to sign in,
    /// is not enough to take keys away.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`]; [`AuthenticatorError::NoCredential`] where one of them is not here, and
    /// [`AuthenticatorError::Key`] where one cannot be used.
    pub fn export(&self, ids: &[CredentialId], passphrase: &SecretString) -> Result<Vec<Portable>, AuthenticatorError> {
        self.check(passphrase)?;
        let entries = self.entries();
        let one = |id: &CredentialId| {
            let found = entries.iter().find(|e| e.credential_id == *id).ok_or(AuthenticatorError::NoCredential)?;
            let entry = self.known.database.entry(found.entry).ok_or(AuthenticatorError::NoCredential)?;
            entry::portable(&entry).ok_or(AuthenticatorError::Key)
        };
        ids.iter().map(one).collect()
    }

    /// Takes passkeys in, all of them in one commit or none. One whose id is here already is left as it is; another one
    /// of the same account is kept beside it. One that lies in the recycle bin is added anew.
    ///
    /// # Errors
    /// Those of writing; the store is as it was then.
    pub async fn import(&mut self, passkeys: &[Portable]) -> Result<TakenIn, StoreError> {
        let mut taken = TakenIn::default();
        let mut here: HashSet<CredentialId> = self.entries().into_iter().map(|e| e.credential_id).collect();
        let mut new = Vec::new();
        for passkey in passkeys {
            let held = HeldPasskey {
                credential_id: passkey.credential_id.clone(),
                rp_id: passkey.rp_id.clone(),
                user_name: passkey.user_name.clone(),
            };
            if here.insert(passkey.credential_id.clone()) {
                new.push((EntryId::new(), NewPasskey::copied(passkey)));
                taken.added.push(held);
            } else {
                taken.known.push(held);
            }
        }
        if !new.is_empty() {
            self.commit(Change::AddAll(new)).await?;
        }
        Ok(taken)
    }

    /// Of these, the passkeys that are in the store with the very same key: what a file holds besides is nowhere else.
    pub fn holds_all(&self, passkeys: &[Portable]) -> bool {
        let is_here = |passkey: &Portable| {
            let mut live = database::live_entries(&self.known.database);
            live.any(|e| {
                entry::has_id(&e, &passkey.credential_id)
                    && entry::portable(&e).is_some_and(|ours| ours.key.der() == passkey.key.der())
            })
        };
        passkeys.iter().all(is_here)
    }
}
