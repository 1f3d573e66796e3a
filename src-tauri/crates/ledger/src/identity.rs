//! Table `ledger`: what is made once, when the ledger is.

use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use crate::LedgerError;

pub(crate) const SCHEMA: &str = "
CREATE TABLE ledger (
  only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
  namespace TEXT NOT NULL,  -- of account ids, shared by all devices of this ledger
  device    TEXT NOT NULL,  -- this copy of the ledger
  person    TEXT NOT NULL   -- who appends unless something else is said
) STRICT;
";

/// Who appends, and the namespace of account ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity {
    pub(crate) namespace: Uuid,
    pub(crate) device: Uuid,
    pub(crate) person: Uuid,
}

impl Identity {
    pub(crate) fn read_or_make(transaction: &Transaction<'_>) -> Result<Self, LedgerError> {
        let found = transaction
            .query_row("SELECT namespace, device, person FROM ledger", [], |row| {
                Ok(Self { namespace: uuid(row, 0)?, device: uuid(row, 1)?, person: uuid(row, 2)? })
            })
            .optional()?;
        if let Some(identity) = found {
            return Ok(identity);
        }
        let made = Self { namespace: Uuid::new_v4(), device: Uuid::new_v4(), person: Uuid::new_v4() };
        transaction.execute(
            "INSERT INTO ledger (only_row, namespace, device, person) VALUES (1, ?1, ?2, ?3)",
            [made.namespace, made.device, made.person].map(|id| id.to_string()),
        )?;
        Ok(made)
    }
}

fn uuid(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let text: String = row.get(column)?;
    Uuid::parse_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}
