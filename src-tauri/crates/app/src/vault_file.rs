use std::fs::File;
use std::io::Read;
use std::path::Path;

use rekey_vault::{Account, Format, KeyFile, Lock, Options, Problem, Unlock};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::AppError;

/// The largest vault or key file that is read, in bytes; the vault's own limits guard what is inside.
const LARGEST: u64 = 1 << 30;

/// A person's vault, read once into memory. The file itself is opened for reading only, and closed again.
#[derive(Debug)]
pub struct OpenVault {
    /// The format found.
    pub format: Format,
    /// How many entries it has.
    pub entries: usize,
    /// Its accounts, with their secrets.
    pub accounts: Vec<Account>,
    /// What could not be taken over as it stands.
    pub problems: Vec<Problem>,
}

/// Whether a file needs a password before it can be read; `None` where it is no vault that Rekey knows.
///
/// # Errors
/// [`AppError::Read`] where the file cannot be read.
pub fn needs_password(path: &Path) -> Result<Option<bool>, AppError> {
    Ok(rekey_vault::detect(&read_file(path)?).map(|found| found.lock != Lock::Open))
}

/// Reads a vault and groups its entries into accounts.
///
/// # Errors
/// [`AppError::Read`] where a file cannot be read, [`AppError::Vault`] where the vault in it cannot.
pub fn open_vault(
    path: &Path,
    password: Option<SecretString>,
    key_file: Option<&Path>,
    format: Option<Format>,
) -> Result<OpenVault, AppError> {
    let key_file = key_file.map(read_file).transpose()?.map(KeyFile::from);
    let options = Options { format, ..Options::default() };
    let import = rekey_vault::read(&read_file(path)?, &Unlock { password, key_file }, &options)?;
    let (format, entries) = (import.format, import.entries.len());
    let grouped = rekey_vault::accounts(vec![import.entries], &|_| None);
    let mut problems = import.problems.into_vec();
    problems.extend(grouped.problems.into_vec());
    Ok(OpenVault { format, entries, accounts: grouped.accounts, problems })
}

/// Whether two names lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// An export may hold passwords as they are, so what was read is wiped.
fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let failed = |error| AppError::read(path, error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > LARGEST {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    // With room for all of it from the start, no copy is left behind by growing.
    let size = usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(size));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
