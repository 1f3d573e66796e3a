use std::io;
use std::path::PathBuf;

use crate::TpmError;
use crate::WindowsError;

/// Why an authenticator did not answer a request.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticatorError {
    /// It holds a credential that the site excludes: the account has its passkey here already.
    #[error("the account already has a passkey here")]
    Excluded,
    /// It holds no credential that may answer.
    #[error("no passkey here may answer")]
    NoCredential,
    /// The site requires that the person be verified, and nobody was.
    #[error("the site requires that the person be verified")]
    UserVerificationRequired,
    /// The site accepts none of the algorithms that this authenticator knows.
    #[error("the site accepts no algorithm that is known here")]
    Algorithm,
    /// The credential's key cannot be used.
    #[error("the passkey's key cannot be used")]
    Key,
    /// The authenticator answered with a CTAP status that has no meaning here.
    #[error("the authenticator failed with status {0:#04x}")]
    Status(u8),
    /// The site wants something of the authenticator that it does not have (an enforced protection, room for a blob).
    #[error("this authenticator cannot do what was asked")]
    Unsupported,
    /// The person gave up.
    #[error("the person declined")]
    Declined,
    /// No such authenticator is there.
    #[error("no such authenticator is there")]
    NotFound,
    /// It was taken away while it worked.
    #[error("the authenticator was taken away")]
    Removed,
    /// Nobody answered in time.
    #[error("nobody answered in time")]
    Timeout,
    /// It has no room for another passkey.
    #[error("the authenticator is full")]
    Full,
    /// The PIN was wrong, and wrong again.
    #[error("the PIN is wrong")]
    PinWrong {
        /// How many wrong ones it takes before it locks itself, where it tells.
        retries_left: Option<u32>,
    },
    /// Too many wrong PINs in a row: it must be unplugged (or its time be waited for) before it asks again.
    #[error("too many wrong PINs in a row")]
    PinPaused,
    /// Too many wrong PINs: it takes none any more.
    #[error("the PIN is blocked")]
    PinBlocked,
    /// It has no PIN, and the site requires one.
    #[error("the authenticator has no PIN")]
    PinNotSet,
    /// It answered with something that is no answer.
    #[error("the authenticator's answer is unreadable")]
    Unreadable,
    /// It could not be reached.
    #[error("the authenticator could not be reached")]
    Transport(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The TPM, or the file of its keys, failed.
    #[error(transparent)]
    Tpm(TpmError),
    /// Windows failed.
    #[error(transparent)]
    Windows(#[from] WindowsError),
}

/// What every authenticator can say is said in the common words; the rest has ways out of its own.
impl From<TpmError> for AuthenticatorError {
    fn from(error: TpmError) -> Self {
        match error {
            TpmError::Gone => Self::Removed,
            TpmError::PinWrong { left } => Self::PinWrong { retries_left: left },
            TpmError::PinNotSet => Self::PinNotSet,
            TpmError::NotFound => Self::NoCredential,
            other => Self::Tpm(other),
        }
    }
}

/// Why the store could not be made, opened or written. In every case the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A new store was wanted where a file is already.
    #[error("there is a file of this name already")]
    Exists,
    /// There is no file.
    #[error("there is no store of this name")]
    Missing,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The passphrase is not the store's.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The file is no store, or not a whole one.
    #[error("the store is damaged: {0}")]
    Damaged(Damage),
    /// It is a KDBX file, but not one that Rekey made; perhaps the person's own vault, which is never written.
    #[error("the file is not a store of Rekey's")]
    NotAStore,
    /// It holds a passkey, or another protected value, that cannot be read; to write the file might destroy it.
    #[error("the store holds a passkey that cannot be read; nothing was written")]
    Unreadable,
    /// Another Rekey has the store open.
    #[error("another Rekey has the store open")]
    Locked,
    /// Another program wrote the file since it was read, and the two cannot be joined; nothing was written over it.
    #[error("another program changed the store")]
    ChangedElsewhere {
        /// Where this side's contents were kept; `None` where they could not be, or nothing was to be kept.
        ours: Option<PathBuf>,
    },
    /// The new file did not read back as it was meant; the old one was kept.
    #[error("the store could not be written faithfully")]
    NotFaithful,
    /// The store could not be encoded.
    #[error("the store could not be encoded")]
    Encode(#[source] keepass::db::DatabaseSaveError),
    /// The system refused.
    #[error("the store's file: {doing}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The writing was broken off.
    #[error("the writing of the store was broken off")]
    BrokenOff(#[source] tokio::task::JoinError),
}

/// What is wrong with a file. The reader's own error is not kept, since it may quote the contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is no KDBX 4 file.
    #[error("it is no KDBX 4 file")]
    NotKdbx4,
    /// Its header is cut off or contradicts itself.
    #[error("its header is incomplete")]
    Header,
    /// Its header asks for more memory or time than any store needs.
    #[error("its header asks for too much")]
    TooCostly,
    /// It is larger than any store.
    #[error("it is too large")]
    TooLarge,
    /// What it holds is cut off or was altered.
    #[error("its contents are incomplete or altered")]
    Contents,
}

impl StoreError {
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}
