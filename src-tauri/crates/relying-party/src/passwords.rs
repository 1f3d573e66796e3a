//! Password hashes: argon2id with the crate's default cost (19 MiB, two passes), the first choice of
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use tokio::{task, time};

/// How long a request waits for its turn to hash.
const PATIENCE: Duration = Duration::from_secs(10);

/// As many hashes at once as there are processors: each takes 19 MiB, and more at a time would all be slower. One for the
/// whole process, as its memory is.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(1, usize::from)));

/// Why a password was not hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HashError {
    /// Too many are waiting.
    #[error("too many passwords are being hashed")]
    Busy,
    /// argon2 failed.
    #[error("the password could not be hashed")]
    Failed,
}

/// [`hash`] on a thread of its own, when it is its turn.
pub(crate) async fn hash_async(password: SecretString) -> Result<PasswordHash, HashError> {
    in_turn(&TURNS, PATIENCE, move || hash(&password)).await?.map_err(|_| HashError::Failed)
}

/// [`matches`] on a thread of its own, when it is its turn.
pub(crate) async fn verify_async(password: SecretString, hash: PasswordHash) -> Result<bool, HashError> {
    in_turn(&TURNS, PATIENCE, move || matches(&password, &hash)).await
}

async fn in_turn<T: Send + 'static>(
    turns: &'static Semaphore,
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HashError> {
    let turn = time::timeout(patience, turns.acquire()).await;
    let turn = turn.ok().and_then(Result::ok).ok_or(HashError::Busy)?;
    let done = task::spawn_blocking(move || {
        // Given back when the work is done, even where nobody waits for it any more.
        let _turn = turn;
        work()
    });
    done.await.map_err(|_| HashError::Failed)
}

/// Hashes a password with a random salt. Takes tens of milliseconds: not on a thread that serves others.
pub(crate) fn hash(password: &SecretString) -> Result<PasswordHash, Error> {
    Argon2::default().hash_password(password.expose_secret().as_bytes())
}

/// Hashes many at once, on all processors; in the order they came.
pub(crate) fn hash_all<'a>(passwords: impl Iterator<Item = &'a SecretString>) -> Vec<Result<PasswordHash, Error>> {
    let passwords: Vec<_> = passwords.collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = passwords.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let shares: Vec<_> = passwords
            .chunks(share)
            .map(|share| (share, scope.spawn(move || share.iter().map(|password| hash(password)).collect::<Vec<_>>())))
            .collect();
        // A thread that panicked would be argon2's; its share is done here, and panics here if it must.
        let done = |(share, worker): (&[&SecretString], thread::ScopedJoinHandle<'_, Vec<_>>)| {
            worker.join().unwrap_or_else(|_| share.iter().map(|password| hash(password)).collect())
        };
        shares.into_iter().flat_map(done).collect()
    })
}

/// Whether this is the password of this hash. As slow as [`hash`].
pub(crate) fn matches(password: &SecretString, hash: &PasswordHash) -> bool {
    Argon2::default().verify_password(password.expose_secret().as_bytes(), hash).is_ok()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn one_too_many_is_told_so_and_a_turn_ends_with_the_work() {
        static ONE: Semaphore = Semaphore::const_new(1);
        let (end, ended) = mpsc::channel();
        let first = task::spawn(in_turn(&ONE, PATIENCE, move || ended.recv()));
        while ONE.available_permits() == 1 {
            task::yield_now().await;
        }
        // The request is gone, its work is not.
        first.abort();
        assert!(first.await.is_err());
        assert_eq!(in_turn(&ONE, Duration::ZERO, || ()).await, Err(HashError::Busy));
        end.send(()).unwrap();
        assert_eq!(in_turn(&ONE, PATIENCE, || 7).await, Ok(7));
    }

    #[test]
    fn only_the_same_password_matches() {
        let stored = hash(&SecretString::from("right")).unwrap();
        assert!(stored.to_string().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(&SecretString::from("right"), &stored));
        assert!(!matches(&SecretString::from("Right"), &stored));
        assert!(!matches(&SecretString::from(""), &stored));
    }
}
