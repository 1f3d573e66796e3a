//! Password hashes: argon2id with the crate's default cost (19 MiB, two passes), the first choice of
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

/// Hashes a password with a random salt. Takes tens of milliseconds: not on a thread that serves others.
pub(crate) fn hash(password: &SecretString) -> Result<PasswordHash, Error> {
    Argon2::default().hash_password(password.expose_secret().as_bytes())
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
