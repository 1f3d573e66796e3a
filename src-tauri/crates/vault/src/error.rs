use std::fmt;

use crate::Format;

/// Why nothing of a vault file could be read. Carries no secret and no content of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The content is of no format that this crate reads.
    #[error("not a vault file of a known format")]
    UnknownFormat,
    /// The content is not of the format that was asked for.
    #[error("the file is not {asked}")]
    OtherFormat {
        /// What the caller said it is.
        asked: Format,
        /// What it looks like.
        found: Option<Format>,
    },
    /// The file is encrypted and neither a password nor a key file was given.
    #[error("the file is locked and neither password nor key file was given")]
    NeedsKey,
    /// Password, key file, or the choice of the two is wrong.
    #[error("wrong password or key file")]
    WrongKey,
    /// The key file says that it is one, and is not intact.
    #[error("the key file cannot be used: {0}")]
    KeyFileInvalid(#[from] KeyFileError),
    /// The file was changed or cut after it was written.
    #[error("the file is damaged: {part}")]
    Damaged {
        /// What was found broken.
        part: Part,
    },
    /// The file asks for more than [`crate::Limits`] allow.
    #[error("the file asks for too much {cost}: {asked}, and {limit} is the most")]
    TooCostly {
        /// Of what.
        cost: Cost,
        /// How much the file asks for (for inflated data: how much was seen when it was given up).
        asked: u64,
        /// The most that is allowed.
        limit: u64,
    },
    /// The format is known, this kind of it is not read.
    #[error("not supported: {what}")]
    Unsupported {
        /// What is not supported.
        what: &'static str,
    },
    /// An export that only the account it came from can decrypt; another kind of export is needed.
    #[error("the export is encrypted for the account it came from; export it again with a password or unencrypted")]
    EncryptedExport,
    /// A table whose columns are of no known program: the person has to say what they are.
    #[error("a table of unknown columns")]
    NeedsMapping,
    /// A picture without a QR code that sets up one-time passwords, or none that can be made out.
    #[error("no QR code of one-time passwords is found in the picture")]
    NoQrCode,
}

impl ReadError {
    /// The stable name of the kind of error, for texts and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFormat => "unknown_format",
            Self::OtherFormat { .. } => "other_format",
            Self::NeedsKey => "needs_key",
            Self::WrongKey => "wrong_key",
            Self::KeyFileInvalid(_) => "key_file_invalid",
            Self::Damaged { .. } => "damaged",
            Self::TooCostly { .. } => "too_costly",
            Self::Unsupported { .. } => "unsupported",
            Self::EncryptedExport => "encrypted_export",
            Self::NeedsMapping => "needs_mapping",
            Self::NoQrCode => "no_qr_code",
        }
    }

    pub(crate) const fn damaged(part: Part) -> Self {
        Self::Damaged { part }
    }
}

/// The part of a file that was found damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The outer header: cut, or with values that no writer writes.
    Header,
    /// The outer header does not have the checksum that the file states for it.
    HeaderChecksum,
    /// A block of the encrypted payload fails its checksum or is missing.
    Blocks,
    /// The encrypted payload does not decrypt to whole, padded data.
    Ciphertext,
    /// The compressed payload does not inflate.
    Compression,
    /// The inner header: cut, or with values that no writer writes.
    InnerHeader,
    /// The XML document.
    Xml,
    /// The protected values: they no longer line up with their key stream.
    ProtectedValues,
    /// The JSON document.
    Json,
    /// The archive's directory.
    Archive,
    /// The rows of a table.
    Table,
    /// A structure that is no text: cut, or with values that no writer writes.
    Structure,
}

impl Part {
    /// The stable name of the part, for texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::HeaderChecksum => "header_checksum",
            Self::Blocks => "blocks",
            Self::Ciphertext => "ciphertext",
            Self::Compression => "compression",
            Self::InnerHeader => "inner_header",
            Self::Xml => "xml",
            Self::ProtectedValues => "protected_values",
            Self::Json => "json",
            Self::Archive => "archive",
            Self::Table => "table",
            Self::Structure => "structure",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a file may ask too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Memory of the key derivation (Argon2, scrypt), bytes.
    KdfMemory,
    /// Its memory times its iterations, bytes.
    KdfWork,
    /// Its lanes.
    KdfLanes,
    /// Rounds of the AES key derivation.
    AesRounds,
    /// Iterations of PBKDF2.
    Pbkdf2Iterations,
    /// Bytes after inflating.
    Inflated,
    /// Nested elements, objects or groups.
    Nesting,
    /// Rows, items or entries.
    Rows,
    /// Bytes of one field.
    Field,
    /// Files in an archive.
    ArchiveEntries,
}

impl Cost {
    /// The stable name of the cost, for texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::KdfMemory => "kdf_memory",
            Self::KdfWork => "kdf_work",
            Self::KdfLanes => "kdf_lanes",
            Self::AesRounds => "aes_rounds",
            Self::Pbkdf2Iterations => "pbkdf2_iterations",
            Self::Inflated => "inflated",
            Self::Nesting => "nesting",
            Self::Rows => "rows",
            Self::Field => "field",
            Self::ArchiveEntries => "archive_entries",
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a key file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// The XML is broken or has no key in it.
    #[error("its XML is broken")]
    Xml,
    /// A version of the XML form that is not known.
    #[error("its version is not known")]
    Version,
    /// The key is not 32 bytes in the encoding of its version.
    #[error("its key is not 32 bytes")]
    Key,
    /// The key does not match the checksum beside it.
    #[error("its checksum does not match")]
    Checksum,
}
