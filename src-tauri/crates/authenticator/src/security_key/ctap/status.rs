use std::fmt;

/// A key's status, CTAP section 6.3 of the 2.0 and 8.2 of the 2.1 specification ("Status codes").
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CtapStatus(pub u8);

/// Names of the statuses, once for the constants and once for people who read logs.
macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        impl CtapStatus {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
        }

        impl fmt::Display for CtapStatus {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {
                    $(Self::$name => f.write_str(stringify!($name)),)*
                    Self(code) => write!(f, "{code:#04x}"),
                }
            }
        }
    };
}

statuses! {
    /// The command is not known.
    INVALID_COMMAND = 0x01,
    /// A parameter is wrong.
    INVALID_PARAMETER = 0x02,
    /// The message has the wrong length.
    INVALID_LENGTH = 0x03,
    /// The key waited too long.
    TIMEOUT = 0x05,
    /// Another client uses the key.
    CHANNEL_BUSY = 0x06,
    /// A CBOR value has another type.
    CBOR_UNEXPECTED_TYPE = 0x11,
    /// The CBOR is wrong.
    INVALID_CBOR = 0x12,
    /// A parameter is missing.
    MISSING_PARAMETER = 0x14,
    /// A list is longer than the key takes.
    LIMIT_EXCEEDED = 0x15,
    /// The key holds a credential that the site excludes.
    CREDENTIAL_EXCLUDED = 0x19,
    /// The credential is not of this key.
    INVALID_CREDENTIAL = 0x22,
    /// None of the algorithms is known.
    UNSUPPORTED_ALGORITHM = 0x26,
    /// The person said no.
    OPERATION_DENIED = 0x27,
    /// There is no room for another credential.
    KEY_STORE_FULL = 0x28,
    /// An option is not known.
    UNSUPPORTED_OPTION = 0x2b,
    /// An option is not possible now.
    INVALID_OPTION = 0x2c,
    /// The client withdrew its command.
    KEEPALIVE_CANCEL = 0x2d,
    /// The key holds no credential that may answer.
    NO_CREDENTIALS = 0x2e,
    /// Nobody touched the key.
    USER_ACTION_TIMEOUT = 0x2f,
    /// The command is not allowed now.
    NOT_ALLOWED = 0x30,
    /// The PIN is wrong.
    PIN_INVALID = 0x31,
    /// Too many wrong PINs: only a reset helps, which destroys every credential.
    PIN_BLOCKED = 0x32,
    /// The PIN/UV token is not, or no more, valid.
    PIN_AUTH_INVALID = 0x33,
    /// Three wrong PINs in a row: the key must be taken out and put in again.
    PIN_AUTH_BLOCKED = 0x34,
    /// There is no PIN.
    PIN_NOT_SET = 0x35,
    /// The command needs the person to be verified.
    PUAT_REQUIRED = 0x36,
    /// The PIN is too short, too simple, or must be changed first.
    PIN_POLICY_VIOLATION = 0x37,
    /// The command is longer than the key takes.
    REQUEST_TOO_LARGE = 0x39,
    /// The action took too long.
    ACTION_TIMEOUT = 0x3a,
    /// The command needs a touch.
    UP_REQUIRED = 0x3b,
    /// The key's own verification is blocked.
    UV_BLOCKED = 0x3c,
    /// The key's contents are damaged.
    INTEGRITY_FAILURE = 0x3d,
    /// The subcommand is not known.
    INVALID_SUBCOMMAND = 0x3e,
    /// The key did not recognise the person.
    UV_INVALID = 0x3f,
    /// The token may not be used for this.
    UNAUTHORIZED_PERMISSION = 0x40,
}

impl fmt::Debug for CtapStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a key did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CtapError {
    /// It refused.
    #[error("the security key refused: {0}")]
    Status(CtapStatus),
    /// Its answer is not what the specification says; named is the part.
    #[error("the security key's answer is wrong: {0}")]
    Malformed(&'static str),
    /// It was taken away.
    #[error("the security key was removed")]
    Removed,
    /// The request is too long for it, or its answer for us.
    #[error("the message is too long for the security key")]
    TooLarge,
    /// It speaks U2F only, which knows no passkeys.
    #[error("the security key is too old for passkeys")]
    U2fOnly,
    /// It cannot be reached.
    #[error("the security key cannot be reached: {0}")]
    Transport(String),
}

impl CtapError {
    /// The status, where it is one.
    pub fn status(&self) -> Option<CtapStatus> {
        match self {
            Self::Status(status) => Some(*status),
            _ => None,
        }
    }
}
