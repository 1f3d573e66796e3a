//! The tables. Times are microseconds since 1970, ids and hashes are bytes.

use rusqlite::Connection;

/// The version of [`TABLES`] and of the JSON in them, in the file's `user_version`. Every change to either takes another
/// number: a file of another version is not opened.
pub(super) const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE key_check (
    sealed BLOB NOT NULL                              -- one row: opens with the store's key alone
) STRICT;

CREATE TABLE accounts (
    id              BLOB PRIMARY KEY,                 -- the user handle: 16 random bytes
    place           INTEGER NOT NULL,                 -- the order of the seeds
    user_name       TEXT NOT NULL,
    comparable_name TEXT NOT NULL UNIQUE,
    password        TEXT,                             -- argon2id in PHC format; NULL where it was removed
    totp            BLOB,                             -- the secret, sealed for this account
    totp_step       INTEGER,                          -- the last time step that was used
    email_confirmed INTEGER NOT NULL,
    difficulties    TEXT NOT NULL,                    -- JSON
    sign_in         TEXT NOT NULL,                    -- the path of its usual sign-in page
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    last_sign_in    TEXT                              -- JSON
) STRICT;

CREATE TABLE passkeys (
    credential_id      BLOB PRIMARY KEY,
    account            BLOB NOT NULL REFERENCES accounts (id),
    name               TEXT NOT NULL,
    public_key         BLOB NOT NULL,                 -- COSE_Key in CBOR
    algorithm          INTEGER NOT NULL,              -- COSE algorithm identifier
    sign_count         INTEGER NOT NULL,
    transports         TEXT NOT NULL,                 -- JSON
    user_verified      INTEGER NOT NULL,              -- whether it was at registration
    verification       TEXT NOT NULL,                 -- JSON: what was asked for at registration
    backup_eligible    INTEGER NOT NULL,
    backup_state       INTEGER NOT NULL,
    aaguid             BLOB NOT NULL,
    attestation_format TEXT NOT NULL,                 -- JSON
    attestation_object BLOB NOT NULL,                 -- as it came, for audit
    created_at         INTEGER NOT NULL,
    last_used_at       INTEGER,
    suspended          TEXT,                          -- JSON: why it signs nobody in any more
    passwordless       INTEGER NOT NULL               -- whether it signs in by itself, or only after the password
) STRICT;
CREATE INDEX passkeys_of_account ON passkeys (account, created_at);

CREATE TABLE recovery_codes (
    account BLOB NOT NULL REFERENCES accounts (id),
    hash    BLOB NOT NULL,                            -- SHA-256 of account and code: the code has 80 random bits
    used_at INTEGER,
    PRIMARY KEY (account, hash)
) STRICT;

CREATE TABLE sessions (
    id_hash    BLOB PRIMARY KEY,                      -- SHA-256 of the cookie's value
    account    BLOB REFERENCES accounts (id),         -- who is signed in, or on the way
    form_token TEXT NOT NULL,
    used_at    INTEGER NOT NULL,
    stage      TEXT NOT NULL,                         -- JSON
    flash      TEXT,                                  -- JSON
    wanted     TEXT,                                  -- the page to go on to after a confirmation
    rehearsal  TEXT,                                  -- the id of the profile it entered by
    language   TEXT,                                  -- JSON: chosen by the person
    scripts    INTEGER NOT NULL DEFAULT 0             -- requests by scripts, counted where the site is flaky
) STRICT;
CREATE INDEX sessions_by_use ON sessions (used_at);
CREATE INDEX sessions_of_account ON sessions (account) WHERE account IS NOT NULL;

CREATE TABLE audit (
    line    INTEGER PRIMARY KEY,
    account BLOB REFERENCES accounts (id),            -- NULL where nobody was named
    at      INTEGER NOT NULL,
    event   TEXT NOT NULL,                            -- JSON
    refusal INTEGER NOT NULL                          -- whether nothing came of it
) STRICT;
CREATE INDEX audit_of_account ON audit (account, refusal, line);

CREATE TABLE mail (
    line    INTEGER PRIMARY KEY,
    account BLOB NOT NULL REFERENCES accounts (id),
    at      INTEGER NOT NULL,
    content TEXT NOT NULL                             -- JSON
) STRICT;
CREATE INDEX mail_of_account ON mail (account, line);
";

/// Makes the tables in an empty file; says which version a file has that is not empty.
pub(super) fn prepare(connection: &mut Connection) -> rusqlite::Result<i64> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What a sudden end of the computer loses is the last practice, never the file.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let transaction = connection.transaction()?;
    let mut version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        version = VERSION;
    }
    transaction.commit()?;
    Ok(version)
}
