use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why the TPM, or the file of the keys it made, did not do what was wanted. In every case the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum TpmError {
    /// The computer has no TPM, or it is switched off in the firmware.
    #[error("there is no TPM 2.0 in this computer, or its firmware has it switched off")]
    NoDevice,
    /// The TPM is of the older version 1.2, which has no keys of the kind that passkeys need.
    #[error("the computer's TPM is of version 1.2")]
    Version1,
    /// The system does not let this person use the TPM; on most systems the group `tss` may.
    #[error("the system does not let you use the TPM at {}", .0.display())]
    NoPermission(PathBuf),
    /// The library that reaches the TPM (`libtss2-tcti-device`) is not installed.
    #[error("the library libtss2-tcti-device is not installed")]
    LibraryMissing,
    /// The TPM stopped answering.
    #[error("the TPM does not answer")]
    Gone,
    /// The keys in the file were made by another TPM, or by this one before it was cleared.
    #[error("these passkeys were made by another TPM, or before this one was cleared")]
    OtherTpm,
    /// The TPM's owner set a password, so that no key for storage can be had.
    #[error("the TPM's owner hierarchy has a password, and there is no storage key")]
    OwnerPassword,
    /// The PIN is wrong. The TPM counts it, for every program that uses its lock-out.
    #[error("the PIN is wrong")]
    PinWrong {
        /// How often it may still be wrong before the TPM locks itself.
        left: Option<u32>,
    },
    /// Too many wrong PINs: the TPM refuses every one for now, even the right one.
    #[error("the TPM is locked after too many wrong PINs")]
    LockedOut {
        /// The longest time until the TPM takes one PIN again.
        retry_after: Option<Duration>,
    },
    /// There is no PIN yet.
    #[error("no PIN was set")]
    PinNotSet,
    /// There is a PIN already.
    #[error("a PIN was set already")]
    PinAlreadySet,
    /// The PIN has too few or too many characters.
    #[error("the PIN is too short or too long")]
    PinLength,
    /// The PIN is too short, or of digits only, for a TPM whose lock-out anybody may reset.
    #[error("the PIN is too easy to guess for a TPM whose lock-out anybody may reset")]
    PinWeak,
    /// What the file says of a key is not what the TPM made: the key is not used.
    #[error("the passkey's record was altered")]
    Altered,
    /// There is no passkey of this id in the file.
    #[error("there is no passkey of this id")]
    NotFound,
    /// The file was not read or written.
    #[error(transparent)]
    File(#[from] TpmFileError),
    /// The TPM refused a command.
    #[error("the TPM failed at {doing}")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// What it answered.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The work with the TPM was broken off.
    #[error("the work with the TPM was broken off")]
    BrokenOff,
}

/// Why the file of the TPM's keys was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum TpmFileError {
    /// It is none of Rekey's, or cut off.
    #[error("the file of the TPM's passkeys is damaged")]
    Damaged,
    /// It is larger than such a file ever is.
    #[error("the file of the TPM's passkeys is too large")]
    TooLarge,
    /// A newer Rekey wrote it.
    #[error("a newer Rekey wrote the file of the TPM's passkeys")]
    Newer,
    /// Another Rekey has it open.
    #[error("another Rekey has the TPM's passkeys open")]
    InUse,
    /// Another program wrote it since it was read; nothing was written over it.
    #[error("another program changed the file of the TPM's passkeys")]
    ChangedElsewhere,
    /// The system refused.
    #[error("the file of the TPM's passkeys: {doing}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}
