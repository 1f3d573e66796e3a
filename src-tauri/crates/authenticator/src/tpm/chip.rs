//! The TPM itself, one connection for one piece of work: nothing stays in it when the work is done.
//!
//! Every authorisation goes over sessions that are salted to the storage key, whose name is kept, and whose first
//! parameters are encrypted: who reads the bus sees neither the PIN's value nor enough to try PINs against.

use std::time::Duration;

use tss_esapi::attributes::SessionAttributesBuilder;
use tss_esapi::constants::response_code::{Tss2ResponseCode, Tss2ResponseCodeKind as Code};
use tss_esapi::constants::tss::TPM2_RH_NULL;
use tss_esapi::constants::{CapabilityType, PropertyTag, SessionType, StructureTag};
use tss_esapi::handles::{KeyHandle, ObjectHandle, PersistentTpmHandle, TpmHandle};
use tss_esapi::interface_types::algorithm::HashingAlgorithm;
use tss_esapi::interface_types::resource_handles::Hierarchy;
use tss_esapi::interface_types::session_handles::{AuthSession, PolicySession};
use tss_esapi::structures::{
    Auth, CapabilityData, Digest, HashScheme, HashcheckTicket, Nonce, Private, Public, SensitiveData, Signature,
    SignatureScheme, SymmetricDefinition,
};
use tss_esapi::tss2_esys::TPMT_TK_HASHCHECK;
use tss_esapi::{Context, Error, TctiNameConf};
use zeroize::Zeroizing;

use super::templates;
use super::{MIN_PIN, MIN_PIN_ALONE, TpmError};

/// Where the TCG's guidance has the storage root key.
const STORAGE_ROOT_KEY: u32 = 0x8100_0001;
/// `lockoutAuthSet` of the attributes `TPMA_PERMANENT`: TPM 2.0 Library, part 2, section 8.6.
const LOCKOUT_AUTH_SET: u32 = 1 << 2;
/// The layer of a response code that is the connection's, not the TPM's.
const TCTI_LAYER: u32 = 10 << 16;
/// The highest number that a layer of the library gives an error.
const HIGHEST_LAYER_ERROR: u32 = 0x3f;

/// A PIN's value as the TPM takes it.
pub(super) type PinValue = Zeroizing<[u8; 32]>;

/// The object that checks the PIN.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PinObject {
    /// What its public area is told apart by.
    pub(super) unique: Vec<u8>,
    /// Wrapped by the TPM.
    pub(super) private: Vec<u8>,
}

/// A passkey's key pair.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct KeyPair {
    pub(super) x: [u8; 32],
    pub(super) y: [u8; 32],
    /// Wrapped by the TPM.
    pub(super) private: Vec<u8>,
}

/// The two numbers of an ECDSA signature, big-endian.
pub(super) struct EcdsaSignature {
    pub(super) r: Vec<u8>,
    pub(super) s: Vec<u8>,
}

/// What the TPM says of its lock-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockOut {
    /// How many wrong values it takes.
    pub limit: u32,
    /// How many it has counted.
    pub counted: u32,
    /// After how long it forgets one.
    pub forgets_one_after: Duration,
    /// Whether who may use the TPM may also make it forget them all, as often as they like: nobody set an authorisation
    /// for that (`TPM2_DictionaryAttackLockReset`). So it is on most computers with Linux.
    pub anybody_resets: bool,
}

impl LockOut {
    /// The fewest characters of a new PIN, which must stand by itself where the lock-out does not stand behind it.
    pub fn shortest_pin(&self) -> usize {
        if self.anybody_resets { MIN_PIN_ALONE } else { MIN_PIN }
    }
}

/// One connection to the TPM with the storage key at hand.
pub(super) struct Chip {
    context: Context,
    storage_key: KeyHandle,
    storage_name: Vec<u8>,
    session: AuthSession,
}

impl Chip {
    /// Connects. With `expected`, to the TPM whose storage key has this name, or not at all.
    pub(super) fn connect(tcti: &TctiNameConf, expected: Option<&[u8]>) -> Result<Self, TpmError> {
        let mut context = Context::new(tcti.clone()).map_err(failed("connecting"))?;
        let (storage_key, storage_name) = storage_key(&mut context, expected)?;
        let session = start_session(&mut context, storage_key, SessionType::Hmac)?;
        Ok(Self { context, storage_key, storage_name, session })
    }

    /// The storage key's name: tells this TPM, as it is now, from every other.
    pub(super) fn storage_name(&self) -> &[u8] {
        &self.storage_name
    }

    /// How the TPM's lock-out stands.
    pub(super) fn lock_out(&mut self) -> Result<LockOut, TpmError> {
        lock_out(&mut self.context)
    }

    /// Makes the object that checks a PIN.
    pub(super) fn make_pin(&mut self, value: &PinValue) -> Result<PinObject, TpmError> {
        let (storage_key, session) = (self.storage_key, self.session);
        let sealed: [u8; 32] = rand::random();
        let made = self.context.execute_with_session(Some(session), |context| {
            context.create(
                storage_key,
                templates::pin(&[])?,
                Some(auth(value)?),
                Some(SensitiveData::try_from(sealed.to_vec())?),
                None,
                None,
            )
        });
        let made = made.map_err(failed("making the PIN"))?;
        let Public::KeyedHash { unique, .. } = made.out_public else { return Err(unexpected("making the PIN")) };
        Ok(PinObject { unique: unique.value().to_vec(), private: made.out_private.value().to_vec() })
    }

    /// Checks a PIN: the TPM counts it where it is wrong.
    pub(super) fn check_pin(&mut self, pin: &PinObject, value: &PinValue) -> Result<(), TpmError> {
        let pin = self.load_pin(pin, value)?;
        self.prove(pin, &[0; 32]).map(drop)
    }

    /// The same PIN object under another PIN. The keys stay as they are: they ask for the object, not for the value.
    pub(super) fn change_pin(
        &mut self,
        pin: &PinObject,
        old: &PinValue,
        new: &PinValue,
    ) -> Result<PinObject, TpmError> {
        let handle = self.load_pin(pin, old)?;
        let (storage_key, session) = (self.storage_key, self.session);
        let changed = self.context.execute_with_session(Some(session), |context| {
            context.object_change_auth(handle.into(), storage_key.into(), auth(new)?)
        });
        let private = changed.map_err(|error| self.pin_error(error, "changing the PIN"))?;
        Ok(PinObject { unique: pin.unique.clone(), private: private.value().to_vec() })
    }

    /// Makes a key that signs only after this PIN, and only for this binding.
    pub(super) fn make_key(
        &mut self,
        pin: &PinObject,
        value: &PinValue,
        binding: &[u8; 32],
    ) -> Result<KeyPair, TpmError> {
        const DOING: &str = "making a key";
        let pin = self.load_pin(pin, value)?;
        // No key is made with a PIN that is wrong.
        let proved = self.prove(pin, binding)?;
        self.flush(proved)?;
        let policy = self.policy(pin, binding)?;
        let (storage_key, session) = (self.storage_key, self.session);
        let made = self.context.execute_with_session(Some(session), |context| {
            context.create(storage_key, templates::signing_key(&policy, &[], &[])?, None, None, None, None)
        });
        let made = made.map_err(failed(DOING))?;
        let Public::Ecc { unique, .. } = made.out_public else { return Err(unexpected(DOING)) };
        let padded = |number: &[u8]| left_padded(number).ok_or_else(|| unexpected(DOING));
        Ok(KeyPair {
            x: padded(unique.x().value())?,
            y: padded(unique.y().value())?,
            private: made.out_private.value().to_vec(),
        })
    }

    /// Signs a SHA-256 digest.
    pub(super) fn sign(
        &mut self,
        pin: &PinObject,
        value: &PinValue,
        key: &KeyPair,
        binding: &[u8; 32],
        digest: &[u8; 32],
    ) -> Result<EcdsaSignature, TpmError> {
        const DOING: &str = "signing";
        let pin = self.load_pin(pin, value)?;
        let policy = self.policy(pin, binding)?;
        let public = templates::signing_key(&policy, &key.x, &key.y).map_err(failed(DOING))?;
        // Loaded before the PIN is tried: an altered record costs no attempt.
        let key = self.load(public, &key.private)?;
        let proved = self.prove(pin, binding)?;
        let not_hashed_by_the_tpm = TPMT_TK_HASHCHECK {
            tag: StructureTag::Hashcheck.into(),
            hierarchy: TPM2_RH_NULL,
            digest: Default::default(),
        };
        let signed = self.context.execute_with_session(Some(proved), |context| {
            context.sign(
                key,
                Digest::try_from(digest.as_slice())?,
                SignatureScheme::EcDsa { hash_scheme: HashScheme::new(HashingAlgorithm::Sha256) },
                HashcheckTicket::try_from(not_hashed_by_the_tpm)?,
            )
        });
        let Signature::EcDsa(signature) = signed.map_err(failed(DOING))? else { return Err(unexpected(DOING)) };
        Ok(EcdsaSignature { r: signature.signature_r().to_vec(), s: signature.signature_s().to_vec() })
    }

    /// Proves the PIN in a new policy session, which then allows what `binding` allows.
    fn prove(&mut self, pin: KeyHandle, binding: &[u8; 32]) -> Result<AuthSession, TpmError> {
        const DOING: &str = "checking the PIN";
        let policy = start_session(&mut self.context, self.storage_key, SessionType::Policy)?;
        let session = self.session;
        let proved = self.context.execute_with_session(Some(session), |context| {
            context.policy_secret(
                PolicySession::try_from(policy)?,
                ObjectHandle::from(pin).into(),
                Nonce::default(),
                Digest::default(),
                Nonce::try_from(binding.as_slice())?,
                None,
            )
        });
        match proved {
            Ok(_) => Ok(policy),
            Err(error) => Err(self.pin_error(error, DOING)),
        }
    }

    fn policy(&mut self, pin: KeyHandle, binding: &[u8; 32]) -> Result<[u8; 32], TpmError> {
        let name = self.context.tr_get_name(pin.into()).map_err(failed("reading the PIN's name"))?;
        Ok(templates::secret_policy(name.value(), binding))
    }

    fn load_pin(&mut self, pin: &PinObject, value: &PinValue) -> Result<KeyHandle, TpmError> {
        const DOING: &str = "loading the PIN";
        let public = templates::pin(&pin.unique).map_err(|_| TpmError::Altered)?;
        let handle = self.load(public, &pin.private)?;
        let value = auth(value).map_err(failed(DOING))?;
        self.context.tr_set_auth(handle.into(), value).map_err(failed(DOING))?;
        Ok(handle)
    }

    /// Loads an object. What the TPM did not make just so, it refuses.
    fn load(&mut self, public: Public, private: &[u8]) -> Result<KeyHandle, TpmError> {
        let private = Private::try_from(private).map_err(|_| TpmError::Altered)?;
        let (storage_key, session) = (self.storage_key, self.session);
        let loaded =
            self.context.execute_with_session(Some(session), |context| context.load(storage_key, private, public));
        loaded.map_err(|error| match error {
            // Format one: the TPM says which of its arguments is wrong; the arguments are the record.
            Error::Tss2Error(Tss2ResponseCode::FormatOne(_)) => TpmError::Altered,
            other => failed("loading a key")(other),
        })
    }

    fn flush(&mut self, session: AuthSession) -> Result<(), TpmError> {
        let handle = tss_esapi::handles::SessionHandle::from(session);
        self.context.flush_context(handle.into()).map_err(failed("ending a session"))
    }

    fn pin_error(&mut self, error: Error, doing: &'static str) -> TpmError {
        match kind(error) {
            Some(Code::AuthFail | Code::BadAuth) => {
                let left = lock_out(&mut self.context).ok().map(|now| now.limit.saturating_sub(now.counted));
                TpmError::PinWrong { left }
            }
            Some(Code::Lockout) => {
                let retry_after = lock_out(&mut self.context).ok().map(|now| now.forgets_one_after);
                TpmError::LockedOut { retry_after }
            }
            _ => failed(doing)(error),
        }
    }
}

/// What the TPM says of its lock-out now.
pub(super) fn lock_out_of(tcti: &TctiNameConf) -> Result<LockOut, TpmError> {
    lock_out(&mut Context::new(tcti.clone()).map_err(failed("connecting"))?)
}

fn lock_out(context: &mut Context) -> Result<LockOut, TpmError> {
    const DOING: &str = "reading its lock-out";
    let mut property = |tag| match context.get_tpm_property(tag) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(unexpected(DOING)),
        Err(error) => Err(failed(DOING)(error)),
    };
    Ok(LockOut {
        counted: property(PropertyTag::LockoutCounter)?,
        limit: property(PropertyTag::MaxAuthFail)?,
        forgets_one_after: Duration::from_secs(property(PropertyTag::LockoutInterval)?.into()),
        anybody_resets: property(PropertyTag::Permanent)? & LOCKOUT_AUTH_SET == 0,
    })
}

/// The storage key: the one that is kept in the TPM where there is one that fits, else the one that the owner's seed
/// yields. Where keys exist already, whichever of the two wrapped them.
fn storage_key(context: &mut Context, expected: Option<&[u8]>) -> Result<(KeyHandle, Vec<u8>), TpmError> {
    let fits = |name: &[u8]| expected.is_none_or(|expected| expected == name);
    if let Some((key, name)) = kept_storage_key(context)?
        && fits(&name)
    {
        return Ok((key, name));
    }
    let template = templates::storage_key().map_err(failed("making the storage key"))?;
    let made = context.execute_with_nullauth_session(|context| {
        context.create_primary(Hierarchy::Owner, template, None, None, None, None)
    });
    let key = made.map_err(|error| match kind(error) {
        Some(Code::BadAuth | Code::AuthFail | Code::Lockout) => TpmError::OwnerPassword,
        _ => failed("making the storage key")(error),
    })?;
    let name = context.tr_get_name(key.key_handle.into()).map_err(failed("reading the storage key's name"))?;
    if fits(name.value()) { Ok((key.key_handle, name.value().to_vec())) } else { Err(TpmError::OtherTpm) }
}

fn kept_storage_key(context: &mut Context) -> Result<Option<(KeyHandle, Vec<u8>)>, TpmError> {
    const DOING: &str = "reading the storage key";
    let (kept, _) = context.get_capability(CapabilityType::Handles, STORAGE_ROOT_KEY, 1).map_err(failed(DOING))?;
    let handle = TpmHandle::Persistent(PersistentTpmHandle::new(STORAGE_ROOT_KEY).map_err(failed(DOING))?);
    let is_there = matches!(kept, CapabilityData::Handles(handles) if handles.contains(&handle));
    if !is_there {
        return Ok(None);
    }
    let key = KeyHandle::from(context.tr_from_tpm_public(handle).map_err(failed(DOING))?);
    let (public, name, _) = context.read_public(key).map_err(failed(DOING))?;
    Ok(templates::is_storage_key(&public).then(|| (key, name.value().to_vec())))
}

/// A session salted to the storage key, which encrypts the first parameter each way.
fn start_session(context: &mut Context, salt: KeyHandle, kind: SessionType) -> Result<AuthSession, TpmError> {
    const DOING: &str = "starting a session";
    let session = context.execute_without_session(|context| {
        let (aes, sha256) = (SymmetricDefinition::AES_128_CFB, HashingAlgorithm::Sha256);
        context.start_auth_session(Some(salt), None, None, kind, aes, sha256)
    });
    let session = session.map_err(failed(DOING))?.ok_or_else(|| unexpected(DOING))?;
    let (attributes, mask) = SessionAttributesBuilder::new().with_decrypt(true).with_encrypt(true).build();
    context.tr_sess_set_attributes(session, attributes, mask).map_err(failed(DOING))?;
    Ok(session)
}

fn auth(value: &PinValue) -> Result<Auth, Error> {
    Auth::try_from(value.as_slice())
}

/// A number of at most 32 bytes, as 32 bytes: some TPMs leave leading zeros out.
fn left_padded(number: &[u8]) -> Option<[u8; 32]> {
    let mut padded = [0; 32];
    let start = padded.len().checked_sub(number.len())?;
    padded.get_mut(start..)?.copy_from_slice(number);
    Some(padded)
}

fn kind(error: Error) -> Option<Code> {
    match error {
        Error::Tss2Error(code) => code.kind(),
        Error::WrapperError(_) => None,
    }
}

fn failed(doing: &'static str) -> impl Fn(Error) -> TpmError {
    move |error| {
        let of_the_connection = |code: &Tss2ResponseCode| {
            (1..=HIGHEST_LAYER_ERROR).any(|number| *code == Tss2ResponseCode::from(TCTI_LAYER | number))
        };
        match error {
            Error::Tss2Error(code) if of_the_connection(&code) => TpmError::Gone,
            other => TpmError::Failed { doing, source: Box::new(other) },
        }
    }
}

fn unexpected(doing: &'static str) -> TpmError {
    TpmError::Failed { doing, source: "it answered something else than was asked".into() }
}

#[cfg(test)]
#[path = "bypass.rs"]
mod bypass;
