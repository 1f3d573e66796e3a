//! Password hashes: argon2id with the crate's default cost (19 MiB, two passes), the first choice of
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use std::mem;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use argon2::password_hash::Error;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret, SecretString};

/// Hashes a password with a random salt. Takes tens of milliseconds: not on a thread that serves others.
pub(crate) fn hash(password: &SecretString) -> Result<PasswordHash, Error> {
    let params = Params::DEFAULT;
    let salt = Salt::new(&rand::random::<[u8; 16]>())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    Ok(PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(salt),
        hash: Some(output(&argon2, password, &salt, Params::DEFAULT_OUTPUT_LEN)?),
    })
}

/// What a password becomes with this salt.
fn output(argon2: &Argon2<'_>, password: &SecretString, salt: &Salt, length: usize) -> Result<Output, Error> {
    let mut buffer = [0; Output::MAX_LENGTH];
    let out = buffer.get_mut(..length).ok_or(Error::OutputSize)?;
    let mut memory = Memory::borrow(argon2.params().block_count());
    argon2.hash_password_into_with_memory(
        password.expose_secret().as_bytes(),
        salt,
        out,
        memory.blocks.as_mut_slice(),
    )?;
    Ok(Output::new(out)?)
}

/// Memory to hash in, one for each processor at most: whoever comes then waits, for nothing would be done sooner. It is
/// kept, because allocators hand memory of this size out from the heap once some was freed; small values then settle in
/// the holes, the next hash fits into none, and the process grows with every password.
struct Memory {
    blocks: Vec<Block>,
}

static MEMORY: Mutex<Lent> = Mutex::new(Lent { idle: Vec::new(), lent: 0 });
static RETURNED: Condvar = Condvar::new();

struct Lent {
    idle: Vec<Vec<Block>>,
    lent: usize,
}

impl Memory {
    fn borrow(blocks: usize) -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory =
            RETURNED.wait_while(memory, |memory| memory.lent >= processors).unwrap_or_else(PoisonError::into_inner);
        memory.lent += 1;
        let mut found = memory.idle.pop().unwrap_or_default();
        drop(memory);
        found.resize(blocks, Block::new());
        Self { blocks: found }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        memory.lent -= 1;
        memory.idle.push(mem::take(&mut self.blocks));
        RETURNED.notify_one();
    }
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
    let again = || -> Result<Output, Error> {
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Err(Error::PasswordInvalid) };
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
        output(&Argon2::new(algorithm, version, Params::try_from(hash)?), password, salt, expected.len())
    };
    // `Output` compares in constant time.
    again().is_ok_and(|again| hash.hash == Some(again))
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[test]
    fn only_the_same_password_matches() {
        let stored = hash(&SecretString::from("right")).unwrap();
        assert!(stored.to_string().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches(&SecretString::from("right"), &stored));
        assert!(!matches(&SecretString::from("Right"), &stored));
        assert!(!matches(&SecretString::from(""), &stored));
    }

    #[test]
    fn hashes_are_those_of_the_crate() {
        let (right, wrong) = (SecretString::from("right"), SecretString::from("wrong"));
        let theirs = Argon2::default().hash_password(b"right").unwrap();
        assert!(matches(&right, &theirs));
        assert!(!matches(&wrong, &theirs));
        assert!(Argon2::default().verify_password(b"right", &hash(&right).unwrap()).is_ok());
    }

    #[test]
    fn however_many_hash_at_once_they_share_a_memory_for_each_processor() {
        let passwords: Vec<_> = (0..40).map(|number| SecretString::from(number.to_string())).collect();
        thread::scope(|scope| passwords.iter().for_each(|password| drop(scope.spawn(move || hash(password).unwrap()))));
        let memory = MEMORY.lock().unwrap();
        assert!(memory.idle.len() <= thread::available_parallelism().unwrap().get(), "{}", memory.idle.len());
    }
}
