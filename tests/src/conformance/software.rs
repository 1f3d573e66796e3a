//! An authenticator in memory, as WebDriver describes virtual ones.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-automation-virtual-authenticators>

use async_trait::async_trait;
use passkey_crypto::coset::CborSerializable as _;
use passkey_crypto::iana::{self, EnumI64 as _};
use passkey_crypto::rust_crypto::{RustCryptoBackend, RustCryptoPublicKey, RustCryptoSecretKey};
use passkey_crypto::{CoseKey, CryptoBackend as _, PublicKeyT as _, SecretKeyT as _};
use rekey_authenticator::{
    Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, UserVerification,
};
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, Attestation, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest,
    CredentialDescriptor, CredentialId, GetRequest, LargeBlobOutcome, LargeBlobSupport, LargeBlobUse, MadeCredential,
    MadeExtensions, PrfMade, PrfResults, PrfSalts, Protection, ResidentKeyRequirement, UserVerificationRequirement,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::cbor;
use super::options::{Extension, Options, Protocol, Transport};

/// Model of these authenticators, made up for them.
const AAGUID: Uuid = Uuid::from_u128(0x7265_6b65_7900_4c6f_8f70_6261_636b_0001);

// <https://www.w3.org/TR/webauthn-3/#authdata-flags>
const UP: u8 = 0x01;
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;
const AT: u8 = 0x40;
const ED: u8 = 0x80;

/// A credential as it is kept.
#[derive(Clone)]
pub struct Kept {
    /// Its id.
    pub id: CredentialId,
    /// What it is bound to.
    pub rp_id: String,
    /// The site's user handle; every discoverable credential has one.
    pub user_handle: Option<Vec<u8>>,
    /// The account's name.
    pub user_name: String,
    /// Whether it is found without its id.
    pub discoverable: bool,
    /// The private key.
    pub key: CoseKey,
    /// The last counter that was given out; a credential that was added with 0 counts nothing.
    pub sign_count: u32,
    /// Its blob.
    pub large_blob: Option<Vec<u8>>,
    /// Whether it may be backed up.
    pub backup_eligible: bool,
    /// Whether it is.
    pub backed_up: bool,
    /// When it may be used without verifying the person.
    pub protection: Protection,
    /// What the extension `prf` derives from.
    pub prf_key: Zeroizing<[u8; 32]>,
}

/// An authenticator in memory.
pub struct SoftwareAuthenticator {
    /// How it behaves.
    pub options: Options,
    /// What it holds, the oldest first.
    pub kept: Vec<Kept>,
}

impl SoftwareAuthenticator {
    /// An empty one.
    pub fn new(options: Options) -> Self {
        Self { options, kept: Vec::new() }
    }

    fn attachment(&self) -> AuthenticatorAttachment {
        match self.options.transport {
            Transport::Internal => AuthenticatorAttachment::Platform,
            _ => AuthenticatorAttachment::CrossPlatform,
        }
    }

    fn is_u2f(&self) -> bool {
        self.options.protocol == Protocol::U2f
    }

    fn verifies(&self) -> bool {
        self.options.has_user_verification && !self.is_u2f()
    }

    fn has(&self, extension: Extension) -> bool {
        self.options.extensions.contains(&extension)
    }

    /// Whether it comes into question for a request at all, before the person is asked.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-createCredential>, "If an authenticator becomes available"
    pub fn suits(&self, request: &CreateRequest) -> bool {
        request.attachment.is_none_or(|wanted| wanted == self.attachment())
            && (request.resident_key != ResidentKeyRequirement::Required || self.keeps_keys())
            && (!request.requires_user_verification() || self.verifies())
            && request.extensions.large_blob.is_none_or(|wish| {
                wish != LargeBlobSupport::Required || (self.has(Extension::LargeBlob) && self.keeps_keys())
            })
    }

    fn keeps_keys(&self) -> bool {
        self.options.has_resident_key && !self.is_u2f()
    }

    /// Whether the person is verified in this ceremony.
    fn verification(&self, wanted: UserVerificationRequirement) -> Result<bool, AuthenticatorError> {
        let can = self.verifies() && self.options.is_user_verified;
        match wanted {
            UserVerificationRequirement::Required if !can => Err(AuthenticatorError::UserVerificationRequired),
            UserVerificationRequirement::Required | UserVerificationRequirement::Preferred => Ok(can),
            UserVerificationRequirement::Discouraged => Ok(false),
        }
    }

    fn consent(&self) -> Result<(), AuthenticatorError> {
        if self.options.is_user_consenting { Ok(()) } else { Err(AuthenticatorError::Declined) }
    }

    fn named<'a>(&'a self, rp_id: &'a str, list: &'a [CredentialDescriptor]) -> impl Iterator<Item = &'a Kept> {
        self.kept.iter().filter(move |kept| kept.rp_id == rp_id && list.iter().any(|named| named.id == kept.id))
    }

    /// The credential that answers: the newest that may.
    fn answering(&self, request: &GetRequest, only: Option<&CredentialId>, verified: bool) -> Option<usize> {
        let named = !request.allow.is_empty();
        self.kept.iter().rposition(|kept| {
            let unprotected = match kept.protection {
                Protection::Optional => true,
                Protection::OptionalWithList => named || verified,
                Protection::Required => verified,
            };
            kept.rp_id == request.rp_id.as_str()
                && (named || kept.discoverable)
                && request.allows(&kept.id)
                && only.is_none_or(|only| kept.id == *only)
                && unprotected
        })
    }

    fn algorithms(&self) -> &'static [iana::Algorithm] {
        if self.is_u2f() { &[iana::Algorithm::ES256] } else { &[iana::Algorithm::ES256, iana::Algorithm::EdDSA] }
    }

    fn make(&mut self, request: &CreateRequest) -> Result<MadeCredential, AuthenticatorError> {
        if !self.suits(request) {
            return Err(AuthenticatorError::Unsupported);
        }
        self.consent()?;
        if self.named(request.rp_id.as_str(), &request.exclude).next().is_some() {
            return Err(AuthenticatorError::Excluded);
        }
        let verified = self.verification(request.user_verification)?;
        let known = |number: &i64| self.algorithms().iter().find(|known| known.to_i64() == *number);
        let algorithm = *request.algorithms.iter().find_map(known).ok_or(AuthenticatorError::Algorithm)?;
        let discoverable = self.keeps_keys() && request.resident_key != ResidentKeyRequirement::Discouraged;
        let cred_protect =
            request.extensions.cred_protect.filter(|_| self.has(Extension::CredProtect)).map(|asked| asked.policy);
        if request.extensions.cred_protect.is_some_and(|asked| asked.enforce) && cred_protect.is_none() {
            return Err(AuthenticatorError::Unsupported);
        }

        let mut key = RustCryptoBackend.generate_key(algorithm).map_err(|_| AuthenticatorError::Key)?;
        let kept = Kept {
            id: CredentialId::new(rand::random::<[u8; 32]>().to_vec()).map_err(|_| AuthenticatorError::Key)?,
            rp_id: request.rp_id.as_str().to_owned(),
            user_handle: discoverable.then(|| request.user.id.clone()),
            user_name: request.user.name.clone(),
            discoverable,
            key: key.to_cose_key(),
            sign_count: 1,
            large_blob: None,
            backup_eligible: self.options.default_backup_eligibility,
            backed_up: self.options.default_backup_eligibility && self.options.default_backup_state,
            protection: cred_protect.unwrap_or(Protection::Optional),
            prf_key: Zeroizing::new(rand::random()),
        };

        let has_prf = self.has(Extension::Prf) && self.verifies();
        let prf = request.extensions.prf.as_ref().filter(|_| has_prf).map(|asked| PrfMade {
            enabled: true,
            results: asked.eval.as_ref().filter(|_| verified).map(|salts| derive(&kept, salts)),
        });
        let mut signed = Vec::new();
        signed.extend(cred_protect.map(|policy| ("credProtect", cbor::unsigned(policy.number().into()))));
        signed.extend(prf.is_some().then(|| ("hmac-secret", cbor::TRUE.to_vec())));
        let min_pin_length = request.extensions.min_pin_length && self.has(Extension::MinPinLength);
        signed.extend(min_pin_length.then(|| ("minPinLength", cbor::unsigned(4))));

        let public_key = key.public_key().to_cose_key();
        let mut data = authenticator_data(&kept, verified, AT | if signed.is_empty() { 0 } else { ED });
        data.extend(if self.is_u2f() { Uuid::nil() } else { AAGUID }.as_bytes());
        data.extend(u16::try_from(kept.id.as_bytes().len()).unwrap_or_default().to_be_bytes());
        data.extend(kept.id.as_bytes());
        data.extend(public_key.clone().to_vec().map_err(|_| AuthenticatorError::Key)?);
        if !signed.is_empty() {
            data.extend(cbor::map(&signed));
        }
        let attestation_object = match request.attestation {
            Attestation::None => cbor::attestation("none", &[], &data),
            // Self attestation: the credential's own key signs.
            _ => {
                let signature = key.sign(&[data.as_slice(), request.client_data.hash()].concat());
                let statement = [("alg", cbor::integer(algorithm.to_i64())), ("sig", cbor::bytes(&signature))];
                cbor::attestation("packed", &statement, &data)
            }
        };
        let made = MadeCredential {
            credential_id: kept.id.clone(),
            attestation_object,
            authenticator_data: data,
            public_key: RustCryptoPublicKey::der_from_cose_key(&public_key).ok(),
            algorithm: algorithm.to_i64(),
            transports: self.options.transport.name().into_iter().collect(),
            attachment: Some(self.attachment()),
            discoverable: Some(discoverable),
            user_verified: verified,
            extensions: MadeExtensions {
                prf,
                large_blob: request.extensions.large_blob.is_some() && discoverable && self.has(Extension::LargeBlob),
            },
        };
        // <https://www.w3.org/TR/webauthn-3/#sctn-op-make-cred>: a discoverable credential takes the place of one of the
        // same user.
        if discoverable {
            self.kept.retain(|old| !old.discoverable || old.rp_id != kept.rp_id || old.user_handle != kept.user_handle);
        }
        self.kept.push(kept);
        Ok(made)
    }

    fn assert(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
    ) -> Result<AssertionMade, AuthenticatorError> {
        // Nobody is asked about a credential that is not there.
        self.answering(request, only, true).ok_or(AuthenticatorError::NoCredential)?;
        self.consent()?;
        // The extension `prf` "overrides the UserVerificationRequirement if necessary".
        let derives = self.has(Extension::Prf) && request.extensions.prf.is_some();
        let wanted =
            if derives && self.verifies() { UserVerificationRequirement::Required } else { request.user_verification };
        let verified = self.verification(wanted)?;
        let at = self.answering(request, only, verified).ok_or(AuthenticatorError::NoCredential)?;
        let attachment = self.attachment();
        let (has_prf, has_blob) = (self.has(Extension::Prf), self.has(Extension::LargeBlob));
        let kept = self.kept.get_mut(at).ok_or(AuthenticatorError::NoCredential)?;
        if kept.sign_count > 0 {
            kept.sign_count += 1;
        }
        let salts = request.extensions.prf.as_ref().and_then(|asked| asked.salts_for(&kept.id));
        let prf = salts.filter(|_| has_prf && verified).map(|salts| derive(kept, salts));
        let large_blob = request.extensions.large_blob.as_ref().filter(|_| has_blob && kept.discoverable);
        let large_blob = large_blob.map(|asked| match asked {
            LargeBlobUse::Read => LargeBlobOutcome::Read(kept.large_blob.clone()),
            LargeBlobUse::Write(blob) => {
                kept.large_blob = Some(blob.clone());
                LargeBlobOutcome::Written(true)
            }
        });
        let data = authenticator_data(kept, verified, 0);
        let mut key = RustCryptoSecretKey::from_cose_key(&kept.key).map_err(|_| AuthenticatorError::Key)?;
        Ok(AssertionMade {
            credential_id: kept.id.clone(),
            signature: key.sign(&[data.as_slice(), request.client_data.hash()].concat()),
            authenticator_data: data,
            user_handle: kept.user_handle.clone(),
            attachment: Some(attachment),
            user_verified: verified,
            extensions: AssertionExtensions { prf, large_blob },
        })
    }
}

#[async_trait]
impl Authenticator for SoftwareAuthenticator {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo {
            home: Home::SecurityKey,
            aaguid: Some(AAGUID),
            attachment: self.attachment(),
            transports: self.options.transport.name().into_iter().collect(),
            verifies_itself: true,
        }
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        Some(self.answering(request, only, true).is_some())
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        _verification: UserVerification,
        _person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        self.make(request)
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        _verification: UserVerification,
        _person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        self.assert(request, only)
    }

    async fn passkeys(&mut self, _person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        let held = self.kept.iter().filter(|kept| kept.discoverable).map(|kept| HeldPasskey {
            credential_id: kept.id.clone(),
            rp_id: kept.rp_id.clone(),
            user_name: kept.user_name.clone(),
        });
        Ok(held.collect())
    }

    async fn forget(&mut self, id: &CredentialId, _person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        let before = self.kept.len();
        self.kept.retain(|kept| kept.id != *id);
        if self.kept.len() < before { Ok(()) } else { Err(AuthenticatorError::NoCredential) }
    }
}

impl Transport {
    /// As the client names it; WebDriver knows one more than the client does.
    fn name(self) -> Option<AuthenticatorTransport> {
        match self {
            Self::Usb => Some(AuthenticatorTransport::Usb),
            Self::Nfc => Some(AuthenticatorTransport::Nfc),
            Self::Ble => Some(AuthenticatorTransport::Ble),
            Self::SmartCard => None,
            Self::Hybrid => Some(AuthenticatorTransport::Hybrid),
            Self::Internal => Some(AuthenticatorTransport::Internal),
        }
    }
}

/// <https://www.w3.org/TR/webauthn-3/#authenticator-data>, as far as it is of fixed length.
fn authenticator_data(kept: &Kept, verified: bool, more: u8) -> Vec<u8> {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let flags = UP | flag(verified, UV) | flag(kept.backup_eligible, BE) | flag(kept.backed_up, BS) | more;
    let mut data = Sha256::digest(&kept.rp_id).to_vec();
    data.push(flags);
    data.extend(kept.sign_count.to_be_bytes());
    data
}

/// <https://www.w3.org/TR/webauthn-3/#prf-extension>, by CTAP's `hmac-secret`: HMAC-SHA-256 of the salt.
fn derive(kept: &Kept, salts: &PrfSalts) -> PrfResults {
    let padded = |pad: u8| {
        let mut block = Zeroizing::new([pad; 64]);
        block.iter_mut().zip(kept.prf_key.iter()).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let one = |salt: &[u8; 32]| {
        let inner = Sha256::new().chain_update(*padded(0x36)).chain_update(salt).finalize();
        Zeroizing::new(Sha256::new().chain_update(*padded(0x5c)).chain_update(inner).finalize().into())
    };
    PrfResults { first: one(&salts.first), second: salts.second.as_ref().map(one) }
}
