//! The database's form: how it is opened, and the steps from each version to the next.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction};

use crate::LedgerError;

/// Marks the file as Rekey's ledger: "RKLG" (<https://www.sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: i64 = 0x524B_4C47;

/// One step per version, never changed once released; a new form is a new step.
const STEPS: &[&[&str]] = &[
    &[crate::identity::SCHEMA, crate::events::SCHEMA, crate::accounts::SCHEMA],
    &[crate::accounts::HELD],
    &[crate::accounts::PLANNED],
    &[crate::accounts::COPIED],
];

/// Makes the file for its owner alone, before SQLite does it with wider permissions. SQLite gives its `-wal` and
/// `-shm` files the permissions of the database.
pub(crate) fn make_private(path: &Path) -> Result<(), LedgerError> {
    private_file(path).map(drop).map_err(LedgerError::File)
}

/// One process at a time opens a ledger: the switch to a write-ahead log does not wait for others that open it at the
/// same moment, it fails (<https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode>). The lock
/// ends with the returned file.
pub(crate) fn wait_to_open(path: &Path) -> Result<File, LedgerError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = private_file(Path::new(&name)).map_err(LedgerError::File)?;
    file.lock().map_err(LedgerError::File)?;
    Ok(file)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    restrict(&file)?;
    Ok(file)
}

#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o600);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

/// Settings of the connection. A commit is on the disk when it returns: a one-time code's time step must not be
/// forgotten by a power cut.
pub(crate) fn configure(connection: &Connection, busy_timeout: Duration) -> Result<(), LedgerError> {
    connection.busy_timeout(busy_timeout)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // In memory this answers "memory" instead; either way the answer is not an error.
    connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
    Ok(())
}

/// Brings the database to the newest form.
pub(crate) fn migrate(transaction: &Transaction<'_>) -> Result<(), LedgerError> {
    let read = |pragma: &str| transaction.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (read("application_id")?, read("user_version")?);
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && (application != 0 || version != 0 || tables != 0) {
        return Err(LedgerError::NotALedger);
    }
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(LedgerError::Newer { found: version, known });
    }
    let done = usize::try_from(version).map_err(|_| LedgerError::NotALedger)?;
    for sql in STEPS.iter().skip(done).flat_map(|step| step.iter()) {
        transaction.execute_batch(sql)?;
    }
    // The views of an older form are made anew, from the events, which are the same in every form.
    if (1..known).contains(&version) {
        crate::accounts::rebuild(transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known)?;
    Ok(())
}
