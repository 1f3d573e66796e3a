//! Honest user verification: who presented the store's passphrase, when, for which accounts, and what happens when that
//! lapses in the middle of a run.

use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

use rekey_authenticator::{Store, StoreError, UserVerification, VerificationGate};
use rekey_journey::{AccountId, Event, VerificationMethod};
use secrecy::SecretString;

/// The store's passphrase and how to ask for it again when the verification lapsed.
pub struct Passphrase {
    value: SecretString,
    again: Again,
}

/// What to do when a verification lapses within a run.
enum Again {
    /// Somebody sits there: ask.
    Ask(Box<dyn FnMut() -> Option<SecretString> + Send>),
    /// Read the file the person named, and check it.
    ReadFile(PathBuf),
    /// It came through a pipe that is used up: the rest needs a person.
    Never,
}

impl Passphrase {
    /// Typed by a person, who can be asked again.
    pub fn typed(value: SecretString, ask: Box<dyn FnMut() -> Option<SecretString> + Send>) -> Self {
        Self { value, again: Again::Ask(ask) }
    }

    /// Read from a file, which can be read again.
    pub fn from_file(value: SecretString, file: PathBuf) -> Self {
        Self { value, again: Again::ReadFile(file) }
    }

    /// Given once.
    pub fn once(value: SecretString) -> Self {
        Self { value, again: Again::Never }
    }

    pub(crate) fn value(&self) -> &SecretString {
        &self.value
    }

    fn method(&self) -> VerificationMethod {
        match self.again {
            Again::Ask(_) => VerificationMethod::Passphrase,
            Again::ReadFile(_) | Again::Never => VerificationMethod::PassphraseFile,
        }
    }

    fn present_again(&mut self) -> Option<SecretString> {
        match &mut self.again {
            Again::Ask(ask) => ask(),
            Again::ReadFile(path) => {
                let mut text = zeroize::Zeroizing::new(std::fs::read_to_string(path).ok()?);
                let length = text.trim_end_matches(['\r', '\n']).len();
                text.truncate(length);
                Some(SecretString::from(text.as_str()))
            }
            Again::Never => None,
        }
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase([REDACTED])")
    }
}

/// The verification of one run: for the accounts named in it, and no longer than it lasts.
pub(crate) struct Verifier {
    accounts: Vec<AccountId>,
    gate: VerificationGate,
    passphrase: Passphrase,
}

impl Verifier {
    /// Checks the passphrase at the start of a run.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`].
    pub(crate) fn new(
        passphrase: Passphrase,
        store: &Store,
        accounts: &[AccountId],
        now: SystemTime,
    ) -> Result<Self, StoreError> {
        let accounts = accounts.to_vec();
        let gate = store.verify(&passphrase.value, accounts.iter().copied(), now)?;
        Ok(Self { accounts, gate, passphrase })
    }

    /// The fact that the person is verified for an account; `None` once that lapsed.
    pub(crate) fn fact(&self, now: SystemTime) -> Option<Event> {
        if self.gate.has_lapsed(now) {
            return None;
        }
        let until = self.gate.verified_at() + VerificationGate::LASTS;
        let until = until.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Some(Event::UserVerified { method: self.passphrase.method(), until })
    }

    /// What may be claimed for a ceremony of this account now. Where the verification lapsed and was renewed, the new
    /// fact comes with it.
    pub(crate) fn verification(
        &mut self,
        store: &Store,
        account: &AccountId,
        now: SystemTime,
    ) -> (UserVerification, Option<Event>) {
        let mut renewed = None;
        if self.gate.has_lapsed(now)
            && let Some(value) = self.passphrase.present_again()
            && let Ok(gate) = store.verify(&value, self.accounts.iter().copied(), now)
        {
            self.gate = gate;
            renewed = self.fact(now);
        }
        (self.gate.verification(account, now), renewed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rekey_origin::Site;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_lapsed_verification_is_renewed_only_by_presenting_the_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let secret = SecretString::from("correct horse");
        let store = Store::create(&folder.path().join("Passkeys.kdbx"), &secret).unwrap();
        let account = AccountId::new(Uuid::nil(), &Site::parse("example.com").unwrap(), "ann");
        let file = folder.path().join("passphrase");
        std::fs::write(&file, "correct horse\n").unwrap();
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let later = start + VerificationGate::LASTS;

        let check = |passphrase: Passphrase, verified: bool| {
            let mut verifier = Verifier::new(passphrase, &store, &[account], start).unwrap();
            assert!(verifier.fact(start).is_some());
            let (now, fact) = verifier.verification(&store, &account, start);
            assert!(matches!(now, UserVerification::Verified(_)) && fact.is_none());
            let (now, fact) = verifier.verification(&store, &account, later);
            assert_eq!((matches!(now, UserVerification::Verified(_)), fact.is_some()), (verified, verified));
        };
        check(Passphrase::from_file(secret.clone(), file.clone()), true);
        check(Passphrase::typed(secret.clone(), Box::new(|| Some(SecretString::from("correct horse")))), true);
        check(Passphrase::typed(secret.clone(), Box::new(|| Some(SecretString::from("wrong")))), false);
        check(Passphrase::once(secret.clone()), false);
        std::fs::write(&file, "changed\n").unwrap();
        check(Passphrase::from_file(secret, file), false);
    }
}
