use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rekey_authenticator::transfer::{self, Protection, TransferFile, TransferFormat, Writer};
use rekey_authenticator::{AuthenticatorError, HeldPasskey, Store};
use rekey_journey::{AccountId, Event};
use rekey_ledger::{AccountFilter, AccountView};
use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use serde::Serialize;

use super::{PasskeyRow, out};
use crate::{AppError, Session};

/// Which passkeys go where.
pub struct ExportPasskeys {
    /// The passkeys.
    pub ids: Vec<CredentialId>,
    /// For which program.
    pub to: TransferFormat,
    /// How the files are protected.
    pub protection: Protection,
    /// The file; a new folder where the format has one file a passkey and there are several.
    pub out: PathBuf,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct PasskeysExported {
    /// For which program, by code.
    pub to: &'static str,
    /// Whether the files are encrypted.
    pub is_encrypted: bool,
    /// The files.
    pub files: Vec<WrittenFile>,
    /// The passkeys that were not written.
    pub left: Vec<LeftPasskey>,
    /// The passkeys that were written without something that belongs to them.
    pub lost: Vec<LeftPasskey>,
}

/// A file with passkeys.
#[derive(Debug, Serialize)]
pub struct WrittenFile {
    /// Where it is.
    pub path: PathBuf,
    /// The passkeys in it.
    pub passkeys: Vec<PasskeyRow>,
}

/// A passkey, or a part of it, that stays behind.
#[derive(Debug, Serialize)]
pub struct LeftPasskey {
    /// Which one.
    pub passkey: PasskeyRow,
    /// Why, or what, by code.
    pub why: &'static str,
}

impl PasskeysExported {
    /// How many passkeys were written.
    pub fn count(&self) -> usize {
        self.files.iter().map(|file| file.passkeys.len()).sum()
    }
}

impl Session {
    /// Writes passkeys for another program, and that they can be used there into the ledger. The store keeps them. The
    /// passphrase is asked for this very export.
    ///
    /// # Errors
    /// [`AppError::Store`] with a wrong passphrase; [`AppError::Write`] where a file cannot be made or there is one of
    /// this name; nothing was written then. [`AppError::PasskeysUnrecorded`] where the files were written and the ledger
    /// could not be: they stay, and it names them.
    pub fn export_passkeys(
        &mut self,
        store: &Store,
        passphrase: &SecretString,
        export: &ExportPasskeys,
        now: u64,
    ) -> Result<PasskeysExported, AppError> {
        let passkeys = store.export(&export.ids, passphrase).map_err(|error| match error {
            AuthenticatorError::Store(error) => AppError::Store(error),
            other => AppError::unexpected(other),
        })?;
        let writer = Writer { store: store.id(), now: UNIX_EPOCH + Duration::from_millis(now) };
        let written = transfer::write(export.to, &passkeys, &export.protection, &writer)
            .map_err(|source| AppError::Passkeys { path: export.out.clone(), source })?;
        let views = self.accounts(&AccountFilter::default())?;
        let paths = write(export, &written.files)?;

        let held = store.passkeys();
        let row = |id: &CredentialId| row(id, &held, &views);
        let summary = PasskeysExported {
            to: export.to.name(),
            is_encrypted: !export.protection.is_plain(),
            files: paths
                .into_iter()
                .zip(&written.files)
                .map(|(path, file)| WrittenFile { path, passkeys: file.passkeys.iter().filter_map(row).collect() })
                .collect(),
            left: left(written.left.iter().map(|(id, left)| (id, left.code())), row),
            lost: left(written.lost.iter().map(|(id, lost)| (id, lost.code())), row),
        };
        let rows = summary.files.iter().flat_map(|file| &file.passkeys);
        let facts: Vec<(AccountId, Vec<Event>)> = rows
            .filter_map(|row| {
                let copied =
                    Event::PasskeyCopied { credential: row.credential.clone(), to: export.to.name().to_owned() };
                Some((row.account?, vec![copied]))
            })
            .collect();
        match self.ledger.append_all(&facts, now) {
            Err(source) if !summary.files.is_empty() => {
                Err(AppError::PasskeysUnrecorded { path: whole_path(&export.out), source })
            }
            done => done.map(|_| summary).map_err(AppError::from),
        }
    }
}

fn row(id: &CredentialId, held: &[HeldPasskey], views: &[AccountView]) -> Option<PasskeyRow> {
    Some(PasskeyRow::of(held.iter().find(|held| held.credential_id == *id)?, views))
}

fn left<'a>(
    of: impl Iterator<Item = (&'a CredentialId, &'static str)>,
    row: impl Fn(&CredentialId) -> Option<PasskeyRow>,
) -> Vec<LeftPasskey> {
    of.filter_map(|(id, why)| Some(LeftPasskey { passkey: row(id)?, why })).collect()
}

fn whole_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn write(export: &ExportPasskeys, files: &[TransferFile]) -> Result<Vec<PathBuf>, AppError> {
    let path = whole_path(&export.out);
    match files {
        [] => Ok(Vec::new()),
        [file] => {
            out::new_file(&path, &file.bytes)?;
            Ok(vec![path])
        }
        files => {
            let ending = if export.protection.is_plain() { "" } else { ".age" };
            let named: Vec<(String, &[u8])> =
                files.iter().map(|file| (format!("{}{ending}", file.name), file.bytes.as_slice())).collect();
            out::new_folder(&path, &named)?;
            Ok(named.iter().map(|(name, _)| path.join(name)).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use rekey_authenticator::transfer::Openers;
    use rekey_origin::Site;
    use serde_json::json;

    use super::*;
    use crate::read_passkeys;
    use crate::text::{Language, Texts};

    #[tokio::test]
    async fn files_that_the_ledger_could_not_be_told_of_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::open(Some(&folder.path().join("profile"))).unwrap();
        let passphrase = SecretString::from("seven practice words for one practice store");
        let mut store = Store::create(&folder.path().join("Passkeys.kdbx"), &passphrase).unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/tests/cmd/files/passkeys.cxf.json");
        let file = read_passkeys(&file, &Openers::default()).unwrap();
        session.import_passkeys(&mut store, &file, &Texts::new(Language::default())).await.unwrap();
        let ids: Vec<CredentialId> = store.passkeys().into_iter().map(|held| held.credential_id).collect();

        let account = session.ledger.account_id(&Site::parse("example.com").unwrap(), "ann");
        let credential = json!({
            "id": ids[0].to_string(), "rp_id": "example.com", "user_handle": "dQ", "home": "store",
            "source": "made_by_rekey",
        });
        let events = [
            json!({
                "kind": "account_imported", "site": "example.com", "user_name": "ann", "title": "Example", "format": "csv",
                "has_password": true, "has_totp": false, "source": "Passwords.csv",
            }),
            json!({ "kind": "journey_started", "browser": "b", "home": "store" }),
            json!({ "kind": "passkey_created", "credential": credential }),
        ]
        .map(|event| serde_json::from_value(event).unwrap());
        session.ledger.append(Some(account), &events, 1).unwrap();
        let ledger = rusqlite::Connection::open(session.profile.ledger()).unwrap();
        let full = "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(FAIL, 'full'); END";
        ledger.execute_batch(full).unwrap();

        let out = folder.path().join("out.json");
        let export = ExportPasskeys { ids, to: TransferFormat::Cxf, protection: Protection::Plain, out: out.clone() };
        let refused = session.export_passkeys(&store, &passphrase, &export, 2).unwrap_err();
        assert_eq!(refused.code(), "passkeys_unrecorded");
        assert!(refused.args().contains(&("path", out.display().to_string())));
        assert!(out.exists());
    }
}
