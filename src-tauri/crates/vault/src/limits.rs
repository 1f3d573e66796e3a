use crate::{Cost, ReadError};

/// What a file may ask for before it is refused as [`crate::ReadError::TooCostly`].
///
/// The defaults admit every vault that KeePass and KeePassXC let a person configure with their own delay setting, and
/// keep a hostile header from taking the computer's memory or an evening of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Memory of a key derivation (Argon2, scrypt), bytes.
    pub kdf_memory: u64,
    /// Its memory times its iterations, bytes. Argon2 fills about 1 GiB a second.
    pub kdf_work: u64,
    /// Its lanes.
    pub kdf_lanes: u32,
    /// Rounds of the AES key derivation, 30 million of which are done a second.
    pub aes_rounds: u64,
    /// Iterations of PBKDF2, a few million of which are done a second.
    pub pbkdf2_iterations: u64,
    /// Bytes of the payload after inflating, attachments included.
    pub inflated: u64,
    /// Inflated bytes for each byte of the file, once more than [`Self::RATIO_FROM`] bytes are inflated.
    pub inflation_ratio: u64,
    /// Nested elements, objects or groups.
    pub nesting: usize,
    /// Rows, items or entries of a file.
    pub rows: u64,
    /// Bytes of one field of a row.
    pub field: u64,
    /// Files in an archive.
    pub archive_entries: u64,
}

impl Limits {
    /// Below so many inflated bytes no ratio is asked for.
    pub const RATIO_FROM: u64 = 16 << 20;

    /// Refuses more rows than are allowed.
    pub(crate) fn allow_rows(&self, rows: u64) -> Result<(), ReadError> {
        if rows > self.rows {
            return Err(ReadError::TooCostly { cost: Cost::Rows, asked: rows, limit: self.rows });
        }
        Ok(())
    }

    /// Limits for a person who was told what a file asks for, and wants it tried: what the key derivation and inflating
    /// may take is not bounded here any more, but by what the computer has.
    #[must_use]
    pub fn with_patience(mut self) -> Self {
        self.kdf_memory = 64 << 30;
        self.kdf_work = u64::MAX;
        self.kdf_lanes = 1 << 16;
        self.aes_rounds = u64::MAX;
        self.pbkdf2_iterations = u64::from(u32::MAX);
        self.inflated = 8 << 30;
        self.rows = 10_000_000;
        self.inflation_ratio = 2000;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            kdf_memory: 1 << 30,
            kdf_work: 128 << 30,
            kdf_lanes: 256,
            aes_rounds: 1_000_000_000,
            pbkdf2_iterations: 20_000_000,
            inflated: 512 << 20,
            inflation_ratio: 200,
            nesting: 4096,
            rows: 250_000,
            field: 1 << 20,
            archive_entries: 10_000,
        }
    }
}
