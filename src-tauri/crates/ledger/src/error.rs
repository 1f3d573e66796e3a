use std::io;

use rusqlite::ErrorCode;

/// What can go wrong with a ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The file cannot be made or opened.
    #[error("the ledger's file cannot be used")]
    File(#[source] io::Error),
    /// The file is no database, or parts of it are broken.
    #[error("the ledger is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// The file is a database of another program.
    #[error("the file is a database of another program")]
    NotALedger,
    /// A newer version of Rekey has changed the ledger's form.
    #[error("the ledger has form {found}; this version knows {known}")]
    Newer {
        /// The form found.
        found: i64,
        /// The newest form this version knows.
        known: i64,
    },
    /// Another process held the ledger for too long.
    #[error("another process is using the ledger")]
    Busy,
    /// The disk is full or read-only.
    #[error("the ledger cannot be written")]
    Unwritable(#[source] rusqlite::Error),
    /// An account was imported under an id that does not follow from its site and user name.
    #[error("the account's id does not belong to its site and user name")]
    WrongAccount,
    /// An event could not be put into its stored form.
    #[error("an event could not be written down")]
    Encode(#[source] serde_json::Error),
    /// Any other failure of the database.
    #[error("the ledger's database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        match &error {
            // A value of the wrong type or an enumeration's unknown word: written by nobody but damage.
            Sql::FromSqlConversionFailure(..) | Sql::InvalidColumnType(..) | Sql::IntegralValueOutOfRange(..) => {
                return Self::Damaged(error);
            }
            _ => {}
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(error),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => Self::Unwritable(error),
            _ => Self::Database(error),
        }
    }
}
