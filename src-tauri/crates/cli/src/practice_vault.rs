//! A real KDBX 4.1 vault with the practice site's accounts, as a password manager would have written it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use keepass::config::{DatabaseConfig, KdfConfig};
use keepass::db::fields;
use keepass::{Database, DatabaseKey};
use rand::Rng as _;
use rand::distr::Alphanumeric;
use rekey_app::AppError;
use rekey_relying_party::Seed;
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::NamedTempFile;
use url::Url;

/// A vault that was written, and where its password is.
#[derive(Debug)]
pub(crate) struct PracticeVault {
    pub(crate) vault: PathBuf,
    pub(crate) password_file: PathBuf,
}

impl PracticeVault {
    /// One that was written before.
    pub(crate) fn at(vault: &Path) -> Self {
        Self { vault: vault.to_owned(), password_file: beside(vault) }
    }

    /// Whether both files are there.
    pub(crate) fn is_there(&self) -> bool {
        self.vault.exists() && self.password_file.exists()
    }
}

/// Whether a file that is there may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It is one of Rekey's own.
    Replace,
    /// It may be anything of the person's.
    Keep,
}

/// The same as [`write`], with the password in a file beside the vault.
pub(crate) fn write_with_password_file(
    path: &Path,
    base: &Url,
    seeds: &[Seed],
    existing: Existing,
) -> Result<PracticeVault, AppError> {
    let password_file = beside(path);
    if existing == Existing::Keep {
        // Both before either is written, so that nothing is left behind half done.
        for file in [path, &password_file] {
            if fs::symlink_metadata(file).is_ok() {
                return Err(AppError::write(file, ErrorKind::AlreadyExists.into()));
            }
        }
    }
    let password = write(path, base, seeds, existing)?;
    write_private(&password_file, format!("{}\n", password.expose_secret()).as_bytes(), existing)?;
    Ok(PracticeVault { vault: path.to_owned(), password_file })
}

/// Writes the accounts of the site at `base` into a new vault, and gives its new random password.
pub(crate) fn write(path: &Path, base: &Url, seeds: &[Seed], existing: Existing) -> Result<SecretString, AppError> {
    let password = random_passphrase();
    let mut database = Database::with_config(config());
    database.meta.database_name = Some("Rekey practice".to_owned());
    for seed in seeds {
        let mut root = database.root_mut();
        let mut entry = root.add_entry();
        entry.set_unprotected(fields::TITLE, format!("Practice site ({})", seed.user_name));
        entry.set_unprotected(fields::USERNAME, seed.user_name.clone());
        entry.set_protected(fields::PASSWORD, seed.password.expose_secret());
        entry.set_unprotected(fields::URL, seed.sign_in_url(base).to_string());
        if let Some(secret) = &seed.totp {
            // <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>, in the field KeePassXC uses.
            let secret = secret.expose_secret();
            let name = &seed.user_name;
            let uri = format!("otpauth://totp/Practice:{name}?secret={secret}&issuer=Practice&period=30&digits=6");
            entry.set_protected(fields::OTP, uri);
        }
    }
    let key = DatabaseKey::new().with_password(password.expose_secret());
    let mut bytes = Vec::new();
    database.save(&mut bytes, key).map_err(AppError::unexpected)?;
    write_private(path, &bytes, existing)?;
    Ok(password)
}

/// Writes a file for its owner alone, whole or not at all.
pub(crate) fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), AppError> {
    let failed = |error| AppError::write(path, error);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::metadata(folder).map_err(failed)?;
    // Made with mode 0600 by the crate.
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let persisted = match existing {
        Existing::Replace => file.persist(path),
        Existing::Keep => file.persist_noclobber(path),
    };
    persisted.map(drop).map_err(|error| failed(error.error))
}

/// 24 characters out of 62: 142 bits.
pub(crate) fn random_passphrase() -> SecretString {
    let text: String = rand::rng().sample_iter(Alphanumeric).take(24).map(char::from).collect();
    SecretString::from(text)
}

/// `practice.kdbx` has its password in `practice.kdbx.password`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".password");
    PathBuf::from(name)
}

/// The password is random, so the key derivation need not be slow; it is Argon2 as in any real vault.
fn config() -> DatabaseConfig {
    let mut config = DatabaseConfig::default();
    if let KdfConfig::Argon2 { iterations, memory, parallelism, .. } = &mut config.kdf_config {
        (*iterations, *memory, *parallelism) = (2, 16 << 20, 1);
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vault_holds_what_the_site_knows() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("practice.kdbx");
        let base = Url::parse("http://localhost:4321/").unwrap();
        let seeds = Seed::practice(3);
        let written = write_with_password_file(&path, &base, &seeds, Existing::Keep).unwrap();
        let password = fs::read_to_string(&written.password_file).unwrap();
        let request = rekey_app::ReadRequest::new(&path).with_password(password.trim_end());
        let vault = rekey_app::Vaults::of(request.read_here().unwrap());
        assert_eq!((vault.sources[0].entries, vault.accounts.len(), vault.problems.len()), (3, 3, 0));
        for (account, seed) in vault.accounts.iter().zip(&seeds) {
            assert_eq!(account.user_name, seed.user_name);
            assert_eq!(account.site.as_str(), "localhost:4321");
            assert_eq!(account.sign_in, Some(seed.sign_in_url(&base)));
            assert_eq!(account.totp.is_some(), seed.totp.is_some());
            assert_eq!(
                account.password().map(|p| p.expose_secret().to_owned()),
                Some(seed.password.expose_secret().to_owned())
            );
        }
        assert_eq!(
            write_with_password_file(&path, &base, &seeds, Existing::Keep).unwrap_err().code(),
            "file_unwritable"
        );
        write_with_password_file(&path, &base, &seeds, Existing::Replace).unwrap();
        // A password that is there already keeps the vault from being written, too.
        fs::remove_file(&path).unwrap();
        assert_eq!(
            write_with_password_file(&path, &base, &seeds, Existing::Keep).unwrap_err().code(),
            "file_unwritable"
        );
        assert!(!path.exists());
    }

    #[test]
    fn keepassxc_opens_it_where_it_is_installed() {
        use std::process::{Command, Stdio};
        let Ok(version) = Command::new("keepassxc-cli").arg("--version").output() else { return };
        assert!(version.status.success());
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("practice.kdbx");
        let base = Url::parse("http://localhost:4321/").unwrap();
        let written = write_with_password_file(&path, &base, &Seed::practice(3), Existing::Keep).unwrap();
        let shown = Command::new("keepassxc-cli")
            .args(["ls", "--quiet"])
            .arg(&path)
            .env("QT_QPA_PLATFORM", "offscreen")
            .stdin(Stdio::from(fs::File::open(&written.password_file).unwrap()))
            .output()
            .unwrap();
        let names = String::from_utf8_lossy(&shown.stdout);
        assert!(names.contains("Practice site (alma)"), "{names} {}", String::from_utf8_lossy(&shown.stderr));
    }
}
