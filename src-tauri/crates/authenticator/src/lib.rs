//! Makes and uses passkeys.
//!
//! [`Authenticator`] is the seam: the [`Store`] answers from Rekey's own file `Passkeys.kdbx`; security keys and the
//! systems' own authenticators fit behind the same trait. [`homes`] says where a passkey can live. User verification is
//! a value that only a checked passphrase constructs: [`UserVerification`].

mod authenticator;
mod error;
mod home;
mod idle;
mod interaction;
pub mod security_key;
mod store;
#[cfg(all(target_os = "linux", feature = "tpm"))]
mod tpm;
mod tpm_error;
pub mod transfer;
mod verification;
mod windows_hello;
mod wrong_pins;

pub use authenticator::{Authenticator, AuthenticatorInfo, HeldPasskey};
pub use error::{AuthenticatorError, Damage, StoreError};
pub use home::{Home, System, Way, homes};
pub use idle::IdleLock;
pub use interaction::{Interaction, NewPinAsked, Nobody, Notice, PinAsked};
pub use store::{AAGUID, RestoredStore, Store, StoreBackup, StoreCopy, TakenIn};
#[cfg(all(target_os = "linux", feature = "tpm"))]
pub use tpm::{Connection, LockOut, MAX_PIN, MIN_PIN, MIN_PIN_ALONE, Presence, TPM_AAGUID, Tpm, TpmPasskey};
pub use tpm_error::{TpmError, TpmFileError};
pub use verification::{PassphraseProof, UserVerification, VerificationGate};
pub use windows_hello::{DomError, WindowsError, WindowsHello};
