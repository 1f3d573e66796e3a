//! Password hashes: argon2id with the crate's default cost (19 MiB, two passes), the first choice of
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use std::thread;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

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
    use super::*;

    #[test]
    fn only_the_same_password_matches() {
        let stored = hash(&SecretString::from("right")).unwrap();
        assert!(stored.to_string().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(&SecretString::from("right"), &stored));
        assert!(!matches(&SecretString::from("Right"), &stored));
        assert!(!matches(&SecretString::from(""), &stored));
    }
}
