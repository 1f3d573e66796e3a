//! Honest user verification: who presented the store's passphrase, when, for which accounts, and what happens when that
//! lapses in the middle of a run.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rekey_authenticator::{Store, StoreError, UserVerification, VerificationGate};
use rekey_journey::{AccountId, Event, VerificationMethod};
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::read_secret_file;

/// Asks somebody at a terminal; `None` where nobody answers.
type Ask = dyn Fn() -> Option<SecretString> + Send + Sync;

/// The store's passphrase and how to ask for it again when the verification lapsed.
pub struct Passphrase {
    value: SecretString,
    again: Again,
}

/// What to do when a verification lapses within a run.
#[derive(Clone)]
enum Again {
    /// Somebody sits there: ask.
    Ask(Arc<Ask>),
    /// Read the file the person named, and check it.
    ReadFile(PathBuf),
    /// It came through a pipe that is used up: the rest needs a person.
    Never,
}

impl Passphrase {
    /// Typed by a person, who can be asked again.
    pub fn typed(value: SecretString, ask: impl Fn() -> Option<SecretString> + Send + Sync + 'static) -> Self {
        Self { value, again: Again::Ask(Arc::new(ask)) }
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

    /// The file it came from, if it did.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.again {
            Again::ReadFile(file) => Some(file),
            Again::Ask(_) | Again::Never => None,
        }
    }

    /// The passphrase presented anew. On a thread of its own, since a person may never answer and a pipe never end:
    /// the run can be ended meanwhile, and nothing waits for that thread then.
    async fn present_again(&self) -> Option<SecretString> {
        let again = self.again.clone();
        if matches!(again, Again::Never) {
            return None;
        }
        let (sender, answer) = oneshot::channel();
        let present = move || {
            let value = match again {
                Again::Ask(ask) => ask(),
                Again::ReadFile(path) => read_secret_file(&path).ok(),
                Again::Never => None,
            };
            // Nobody waits for it any more where the run was ended.
            let _ = sender.send(value);
        };
        std::thread::Builder::new().name("passphrase".to_owned()).spawn(present).ok()?;
        answer.await.ok().flatten()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase([REDACTED])")
    }
}

/// How often a person in front of a window is verified.
#[derive(Debug)]
pub enum Verified {
    /// For each ceremony anew.
    Each,
    /// For all accounts of the run at once, until that lapses. It may have been done when the store was opened.
    ForAWhile(Option<VerificationGate>),
}

/// The verification of one run: for the accounts named in it, and no longer than it lasts.
pub(crate) struct Verifier {
    accounts: Vec<AccountId>,
    gate: Option<VerificationGate>,
    /// Whether a gate is good for one ceremony only.
    each: bool,
    /// `None` where the person is asked in a window.
    passphrase: Option<Passphrase>,
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
        Ok(Self { accounts, gate: Some(gate), each: false, passphrase: Some(passphrase) })
    }

    /// For a run in a window.
    pub(crate) fn in_window(verified: Verified, accounts: &[AccountId]) -> Self {
        let (each, gate) = match verified {
            Verified::Each => (true, None),
            Verified::ForAWhile(gate) => (false, gate),
        };
        Self { accounts: accounts.to_vec(), gate, each, passphrase: None }
    }

    /// The fact that the person is verified for an account; `None` before that, and once it lapsed. What is good for one
    /// ceremony lapses with it.
    pub(crate) fn fact(&self, now: SystemTime) -> Option<Event> {
        let gate = self.gate.as_ref().filter(|gate| !gate.has_lapsed(now))?;
        let until = if self.each { gate.verified_at() } else { gate.verified_at() + VerificationGate::LASTS };
        let until = until.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let method = self.passphrase.as_ref().map_or(VerificationMethod::Passphrase, Passphrase::method);
        Some(Event::UserVerified { method, until })
    }

    /// Whether the passphrase must be presented before the person counts as verified.
    pub(crate) fn needs_passphrase(&self, now: SystemTime) -> bool {
        self.gate.as_ref().is_none_or(|gate| gate.has_lapsed(now))
    }

    /// Takes a passphrase that was presented in the window, and gives the fact of it.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`].
    pub(crate) fn present(
        &mut self,
        store: &Store,
        passphrase: &SecretString,
        account: &AccountId,
        now: SystemTime,
    ) -> Result<Option<Event>, StoreError> {
        let accounts = if self.each { std::slice::from_ref(account) } else { &self.accounts };
        self.gate = Some(store.verify(passphrase, accounts.iter().copied(), now)?);
        Ok(self.fact(now))
    }

    /// What may be claimed for a ceremony of this account now.
    pub(crate) fn claim(&mut self, account: &AccountId, now: SystemTime) -> UserVerification {
        let gate = if self.each { self.gate.take() } else { None };
        let gate = gate.as_ref().or(self.gate.as_ref());
        gate.map_or(UserVerification::NotVerified, |gate| gate.verification(account, now))
    }

    /// The same, after asking once more where the verification lapsed; a renewed one comes with its fact.
    pub(crate) async fn verification(
        &mut self,
        store: &Store,
        account: &AccountId,
        now: SystemTime,
    ) -> (UserVerification, Option<Event>) {
        let mut renewed = None;
        if self.needs_passphrase(now)
            && let Some(passphrase) = &self.passphrase
            && let Some(value) = passphrase.present_again().await
            && let Ok(fact) = self.present(store, &value, account, now)
        {
            renewed = fact;
        }
        (self.claim(account, now), renewed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rekey_origin::Site;
    use uuid::Uuid;

    use super::*;

    const SECRET: &str = "correct horse";

    fn start() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000)
    }

    fn store(folder: &tempfile::TempDir) -> (Store, AccountId) {
        let store = Store::create(&folder.path().join("Passkeys.kdbx"), &SecretString::from(SECRET)).unwrap();
        (store, AccountId::new(Uuid::nil(), &Site::parse("example.com").unwrap(), "ann"))
    }

    #[tokio::test]
    async fn a_lapsed_verification_is_renewed_only_by_presenting_the_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let (store, account) = store(&folder);
        let secret = SecretString::from(SECRET);
        let file = folder.path().join("passphrase");
        let later = start() + VerificationGate::LASTS;

        let check = async |passphrase: Passphrase, verified: bool| {
            let mut verifier = Verifier::new(passphrase, &store, &[account], start()).unwrap();
            assert!(verifier.fact(start()).is_some());
            let (now, fact) = verifier.verification(&store, &account, start()).await;
            assert!(matches!(now, UserVerification::Verified(_)) && fact.is_none());
            let (now, fact) = verifier.verification(&store, &account, later).await;
            assert_eq!((matches!(now, UserVerification::Verified(_)), fact.is_some()), (verified, verified));
        };
        check(Passphrase::typed(secret.clone(), || Some(SecretString::from(SECRET))), true).await;
        check(Passphrase::typed(secret.clone(), || Some(SecretString::from("wrong"))), false).await;
        check(Passphrase::typed(secret.clone(), || None), false).await;
        check(Passphrase::once(secret.clone()), false).await;
        // Read as it was read the first time: one line ending is not part of it, a second one is.
        for (text, verified) in [("correct horse\n", true), ("correct horse\n\n", false), ("changed\n", false)] {
            std::fs::write(&file, text).unwrap();
            check(Passphrase::from_file(secret.clone(), file.clone()), verified).await;
        }
    }

    #[test]
    fn in_a_window_a_verification_is_for_one_ceremony_or_a_quarter_of_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let (store, ann) = store(&folder);
        let bob = AccountId::new(Uuid::nil(), &Site::parse("example.com").unwrap(), "bob");
        let later = start() + VerificationGate::LASTS;
        let (right, wrong) = (SecretString::from(SECRET), SecretString::from("wrong"));
        let is_verified = |verifier: &mut Verifier, account, now| {
            matches!(verifier.claim(account, now), UserVerification::Verified(_))
        };

        let mut each = Verifier::in_window(Verified::Each, &[ann, bob]);
        assert!(each.needs_passphrase(start()) && each.fact(start()).is_none());
        assert!(matches!(each.present(&store, &wrong, &ann, start()), Err(StoreError::WrongPassphrase)));
        assert!(!is_verified(&mut each, &ann, start()));
        let fact = each.present(&store, &right, &ann, start()).unwrap();
        assert_eq!(fact, Some(Event::UserVerified { method: VerificationMethod::Passphrase, until: 1_000_000 }));
        assert!(is_verified(&mut each, &ann, start()));
        assert!(!is_verified(&mut each, &ann, start()) && each.needs_passphrase(start()));
        each.present(&store, &right, &ann, start()).unwrap();
        assert!(!is_verified(&mut each, &bob, start()));

        let gate = store.verify(&right, [ann], start()).unwrap();
        let mut awhile = Verifier::in_window(Verified::ForAWhile(Some(gate)), &[ann, bob]);
        assert!(!awhile.needs_passphrase(start()) && is_verified(&mut awhile, &ann, start()));
        assert!(awhile.needs_passphrase(later) && !is_verified(&mut awhile, &ann, later));
        awhile.present(&store, &right, &ann, later).unwrap();
        assert!(is_verified(&mut awhile, &ann, later) && is_verified(&mut awhile, &bob, later));
    }

    #[tokio::test]
    async fn a_run_can_be_ended_while_the_passphrase_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let (store, account) = store(&folder);
        let (asked, mut was_asked) = tokio::sync::mpsc::unbounded_channel();
        let (_never, answer) = std::sync::mpsc::channel::<()>();
        let answer = std::sync::Mutex::new(answer);
        let ask = move || {
            asked.send(()).unwrap();
            let _ = answer.lock().unwrap().recv();
            None
        };
        let passphrase = Passphrase::typed(SecretString::from(SECRET), ask);
        let mut verifier = Verifier::new(passphrase, &store, &[account], start()).unwrap();
        tokio::select! {
            _ = verifier.verification(&store, &account, start() + VerificationGate::LASTS) => panic!("nobody answered"),
            ended = was_asked.recv() => assert!(ended.is_some()),
        }
    }
}
