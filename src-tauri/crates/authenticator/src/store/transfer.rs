//! Passkeys out of the store and into it.

use std::collections::HashSet;

use keepass::db::EntryId;
use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use uuid::Uuid;

use super::commit::Change;
use super::entry::{self, NewPasskey};
use super::{Store, database, extensions};
use crate::transfer::Portable;
use crate::{AuthenticatorError, HeldPasskey, StoreError};

/// What became of passkeys from another program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Those that are in the store now.
    pub added: Vec<HeldPasskey>,
    /// Those that were in it before, left as they were.
    pub known: Vec<HeldPasskey>,
    /// Those that were in it before without their secrets for `prf`, which they have now.
    pub completed: Vec<HeldPasskey>,
    /// Those of which the store has another version, left as it was: another key, account or site, or other secrets.
    pub differing: Vec<HeldPasskey>,
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

    /// Takes passkeys in, all of them in one commit or none. One whose id is here already is left as it is, but gets the
    /// secrets for `prf` that it lacks; another one of the same account is kept beside it. One that lies in the recycle
    /// bin is added anew.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] where one that was to get secrets was deleted meanwhile, and those of writing;
    /// the store is as it was then.
    pub async fn import(&mut self, passkeys: &[Portable]) -> Result<TakenIn, StoreError> {
        let mut taken = TakenIn::default();
        let known: HashSet<CredentialId> = self.entries().into_iter().map(|e| e.credential_id).collect();
        let mut coming: HashSet<CredentialId> = HashSet::new();
        let (mut new, mut secrets) = (Vec::new(), Vec::new());
        for passkey in passkeys {
            let held = HeldPasskey {
                credential_id: passkey.credential_id.clone(),
                rp_id: passkey.rp_id.clone(),
                user_name: passkey.user_name.clone(),
            };
            let is_first = coming.insert(passkey.credential_id.clone());
            let is_known = known.contains(&passkey.credential_id);
            let here = if is_known { self.versions(&passkey.credential_id) } else { Vec::new() };
            if here.is_empty() && is_first {
                new.push((EntryId::new(), NewPasskey::copied(passkey)));
                taken.added.push(held);
            } else if here.is_empty() || here.iter().any(|(_, ours)| has_all(ours, passkey)) {
                taken.known.push(held);
            } else if let Some(entry) = here.iter().find_map(|(entry, ours)| self.lacks_secrets(*entry, ours, passkey))
                && is_first
                && let Some(prf) = &passkey.prf
            {
                secrets.push((entry, prf.clone()));
                taken.completed.push(held);
            } else {
                taken.differing.push(held);
            }
        }
        let is_nothing = new.is_empty() && secrets.is_empty();
        if !is_nothing && !self.commit(Change::TakeIn { new, secrets }).await? {
            return Err(StoreError::ChangedElsewhere { ours: None });
        }
        Ok(taken)
    }

    /// Whether the store has each of these passkeys with the same key, for the same account, and with its secrets
    /// for `prf`, so that nothing of them is in a file alone.
    pub fn holds_all(&self, passkeys: &[Portable]) -> bool {
        passkeys
            .iter()
            .all(|passkey| self.versions(&passkey.credential_id).iter().any(|(_, ours)| has_all(ours, passkey)))
    }

    /// The passkeys of this id that can be used; more than one only where another program wrote them.
    fn versions(&self, id: &CredentialId) -> Vec<(EntryId, Portable)> {
        let live = database::live_entries(&self.known.database).filter(|e| entry::has_id(e, id));
        live.filter(|e| matches!(entry::read(e), Some(Ok(_))))
            .filter_map(|e| Some((e.id(), entry::portable(&e)?)))
            .collect()
    }

    /// The entry, where nothing but the secrets of `theirs` is missing in it.
    fn lacks_secrets(&self, entry: EntryId, ours: &Portable, theirs: &Portable) -> Option<EntryId> {
        let may_get = self.known.database.entry(entry).is_some_and(|e| extensions::may_get_secrets(&e));
        (may_get && is_same(ours, theirs)).then_some(entry)
    }
}

fn is_same(ours: &Portable, theirs: &Portable) -> bool {
    ours.key.is_same(&theirs.key) && ours.rp_id == theirs.rp_id && ours.user_handle == theirs.user_handle
}

/// Whether `ours` is the same passkey with every secret that `theirs` has.
fn has_all(ours: &Portable, theirs: &Portable) -> bool {
    is_same(ours, theirs)
        && theirs.prf.as_ref().is_none_or(|theirs| {
            ours.prf
                .as_ref()
                .is_some_and(|ours| ours.verified == theirs.verified && ours.unverified == theirs.unverified)
        })
}
