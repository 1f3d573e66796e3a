//! `passkey-authenticator` over the store, for one ceremony at a time.

use std::sync::Arc;

use async_trait::async_trait;
use keepass::db::EntryId;
use passkey_authenticator::{
    Authenticator as SoftwareAuthenticator, CredentialIdLength, CredentialStore, DiscoverabilitySupport, StoreInfo,
    UiHint, UserCheck, UserValidationMethod,
};
use passkey_crypto::iana::{self, EnumI64 as _};
use passkey_crypto::rust_crypto::RustCryptoBackend;
use passkey_types::ctap2::make_credential::{
    Options as MakeOptions, PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity,
};
use passkey_types::ctap2::{Aaguid, AuthenticatorData, Ctap2Error, Flags, StatusCode, get_assertion, make_credential};
use passkey_types::webauthn::{
    self, PublicKeyCredentialDescriptor, PublicKeyCredentialParameters, PublicKeyCredentialType,
};
use passkey_types::{CredentialExtensions, Passkey};
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest,
    CredentialDescriptor, CredentialId, GetRequest, LargeBlobOutcome, LargeBlobUse, MadeCredential,
};

use super::commit::Change;
use super::entry::{Backup, NewPasskey, PasskeyEntry};
use super::extensions::{self, Extras};
use super::{AAGUID, Store, key};
use crate::{AuthenticatorError, StoreError};

/// What the store signs with; the site's order decides.
pub(super) const ALGORITHMS: [iana::Algorithm; 2] = [iana::Algorithm::ES256, iana::Algorithm::EdDSA];
/// The length of a credential id in bytes, KeePassXC's own.
const CREDENTIAL_ID_LENGTH: u8 = 32;

/// Makes a credential and commits it to the file.
pub(super) async fn make(
    store: &mut Store,
    request: &CreateRequest,
    verified: bool,
) -> Result<MadeCredential, AuthenticatorError> {
    let options = make_credential::Options {
        // The store keeps discoverable passkeys only, whatever was asked.
        rk: true,
        up: true,
        uv: verified,
    };
    let command = make_credential::Request {
        client_data_hash: request.client_data.hash().as_slice().into(),
        rp: PublicKeyCredentialRpEntity { id: request.rp_id.as_str().to_owned(), name: Some(request.rp_name.clone()) },
        user: webauthn::PublicKeyCredentialUserEntity {
            id: request.user.id.as_slice().into(),
            name: request.user.name.clone(),
            display_name: request.user.display_name.clone(),
        },
        pub_key_cred_params: request
            .algorithms
            .iter()
            .filter_map(|number| iana::Algorithm::from_i64(*number))
            .map(PublicKeyCredentialParameters::from)
            .collect(),
        exclude_list: Some(descriptors(&request.exclude)),
        extensions: None,
        options,
        pin_auth: None,
        pin_protocol: None,
    };
    let extras = Arc::new(Extras::of(request));
    let new = Some((request, Arc::clone(&extras)));
    let ceremony = Ceremony { store, only: None, unverified: None, new, failed: None };
    let mut software = software(ceremony, verified)?;
    let answer = software.make_credential(command).await;
    if let Some(error) = software.store_mut().failed.take() {
        return Err(error.into());
    }
    let mut made = answer.map_err(refusal)?;

    set_backup(&mut made.auth_data, Backup::NEW);
    extras.sign_into(&mut made.auth_data, request.extensions.cred_protect.is_some());
    let attested = made.auth_data.attested_credential_data.as_ref().ok_or(AuthenticatorError::Key)?;
    let algorithm = key::algorithm(&attested.key).ok_or(AuthenticatorError::Key)?;
    Ok(MadeCredential {
        credential_id: credential_id(attested.credential_id())?,
        public_key: key::public_der(&attested.key),
        algorithm: algorithm.to_i64(),
        // Attestation is "none": there is no signature over the authenticator data.
        attestation_object: made.as_webauthn_bytes().into(),
        authenticator_data: made.auth_data.to_vec(),
        transports: vec![AuthenticatorTransport::Internal],
        attachment: Some(AuthenticatorAttachment::Platform),
        discoverable: Some(true),
        user_verified: made.auth_data.flags.contains(Flags::UV),
        extensions: extras.made(request, verified),
    })
}

/// Signs with a credential of the store.
pub(super) async fn get(
    store: &mut Store,
    request: &GetRequest,
    only: Option<&CredentialId>,
    verified: bool,
) -> Result<AssertionMade, AuthenticatorError> {
    let command = get_assertion::Request {
        rp_id: request.rp_id.as_str().to_owned(),
        client_data_hash: request.client_data.hash().as_slice().into(),
        allow_list: Some(descriptors(&request.allow)),
        extensions: None,
        options: get_assertion::Options { up: true, uv: verified },
        pin_auth: None,
        pin_protocol: None,
    };
    let unverified = (!verified).then_some(!request.allow.is_empty());
    let mut software = software(Ceremony { store: &mut *store, only, unverified, new: None, failed: None }, verified)?;
    let mut signed = software.get_assertion(command).await.map_err(refusal)?;
    drop(software);
    let id = credential_id(&signed.credential.ok_or(AuthenticatorError::NoCredential)?.id)?;
    let entry = store.entries().into_iter().find(|e| e.credential_id == id);
    let entry = entry.ok_or(AuthenticatorError::NoCredential)?;

    // The software authenticator says of every passkey that it is backed up; the stored flags are the truth, and the
    // signature covers them.
    set_backup(&mut signed.auth_data, entry.backup);
    let authenticator_data = signed.auth_data.to_vec();
    let message = [authenticator_data.as_slice(), request.client_data.hash()].concat();
    let private_key = store.key_of(entry.entry).ok_or(AuthenticatorError::Key)?;
    let signature = key::sign(&private_key, &message).ok_or(AuthenticatorError::Key)?;
    let extensions = used(store, request, &entry, verified).await;
    Ok(AssertionMade {
        credential_id: id,
        signature,
        authenticator_data,
        user_handle: Some(entry.user_handle),
        attachment: Some(AuthenticatorAttachment::Platform),
        user_verified: signed.auth_data.flags.contains(Flags::UV),
        extensions,
    })
}

/// What the extensions of an assertion come to.
async fn used(store: &mut Store, request: &GetRequest, passkey: &PasskeyEntry, verified: bool) -> AssertionExtensions {
    let salts = request.extensions.prf.as_ref().and_then(|prf| prf.salts_for(&passkey.credential_id));
    let held = store.known.database.entry(passkey.entry);
    let secret = held.as_ref().filter(|_| verified).and_then(|entry| extensions::prf_secret(entry));
    let prf = salts.zip(secret).map(|(salts, secret)| extensions::derive(&secret, salts));
    let large_blob = match &request.extensions.large_blob {
        Some(LargeBlobUse::Read) => Some(LargeBlobOutcome::Read(held.and_then(|entry| extensions::blob(&entry)))),
        Some(LargeBlobUse::Write(blob)) => {
            let change = extensions::has_room(blob).then(|| Change::Blob(passkey.entry, blob.clone()));
            let is_written = match change {
                Some(change) => store.commit(change).await.unwrap_or(false),
                None => false,
            };
            Some(LargeBlobOutcome::Written(is_written))
        }
        None => None,
    };
    AssertionExtensions { prf, large_blob }
}

fn software(
    ceremony: Ceremony<'_>,
    verified: bool,
) -> Result<SoftwareAuthenticator<Ceremony<'_>, Consent, RustCryptoBackend>, AuthenticatorError> {
    let mut software =
        SoftwareAuthenticator::new(Aaguid(*AAGUID.as_bytes()), ceremony, Consent { verified }, RustCryptoBackend);
    software.set_algorithms(&ALGORITHMS).map_err(|error| refusal(error.into()))?;
    software.set_make_credential_id_length(CredentialIdLength::from(CREDENTIAL_ID_LENGTH));
    Ok(software)
}

/// The store as one ceremony sees it.
struct Ceremony<'a> {
    store: &'a mut Store,
    only: Option<&'a CredentialId>,
    /// Where nobody was verified: whether the site named its passkeys.
    unverified: Option<bool>,
    /// What is to be made.
    new: Option<(&'a CreateRequest, Arc<Extras>)>,
    /// Why saving failed; a CTAP status could not say.
    failed: Option<StoreError>,
}

#[async_trait]
impl CredentialStore for Ceremony<'_> {
    type PasskeyItem = Passkey;

    /// Every matching passkey, the newest first.
    async fn find_credentials(
        &self,
        ids: Option<&[PublicKeyCredentialDescriptor]>,
        rp_id: &str,
        // Excluded is excluded, under whatever user handle: some sites send another at every call.
        _user_handle: Option<&[u8]>,
    ) -> Result<Vec<Passkey>, StatusCode> {
        let matches = |e: &PasskeyEntry| {
            e.rp_id == rp_id
                && self.only.is_none_or(|only| e.credential_id == *only)
                && self.unverified.is_none_or(|is_named| e.answers_unverified(is_named))
                && ids.is_none_or(|ids| ids.iter().any(|d| d.id.as_slice() == e.credential_id.as_bytes()))
        };
        let found = self.store.entries().into_iter().rev().filter(matches);
        Ok(found.filter_map(|e| passkey(self.store, e)).collect())
    }

    /// Adds the passkey and commits. A passkey of the same user is kept, not overwritten: until the site has accepted
    /// the new one, the old one may be the only one that works.
    async fn save_credential(
        &mut self,
        made: Passkey,
        _user: PublicKeyCredentialUserEntity,
        _rp: PublicKeyCredentialRpEntity,
        _options: MakeOptions,
    ) -> Result<(), StatusCode> {
        let (request, extras) = self.new.as_ref().ok_or(Ctap2Error::OperationDenied)?;
        let passkey = NewPasskey::new(request, &made.credential_id, &made.key, Arc::clone(extras))
            .map_err(|_| Ctap2Error::UnsupportedAlgorithm)?;
        let change = Change::Add(EntryId::new(), Box::new(passkey));
        let committed = self.store.commit(change).await.map_err(|error| {
            self.failed = Some(error);
            StatusCode::from(Ctap2Error::OperationDenied)
        });
        committed.map(drop)
    }

    /// Never called: the counter is constant zero.
    async fn update_credential(&mut self, _: &Passkey) -> Result<(), StatusCode> {
        Err(Ctap2Error::OperationDenied.into())
    }

    async fn get_info(&self) -> StoreInfo {
        StoreInfo { discoverability: DiscoverabilitySupport::ForcedDiscoverable }
    }
}

/// The person asked Rekey for this ceremony when they started the run, which is the consent and the presence;
/// verification is what the passphrase proved.
struct Consent {
    verified: bool,
}

#[async_trait]
impl UserValidationMethod for Consent {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        hint: UiHint<'a, Passkey>,
        _presence: bool,
        _verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        match hint {
            UiHint::InformExcludedCredentialFound(_) => Err(Ctap2Error::CredentialExcluded),
            UiHint::InformNoCredentialsFound => Err(Ctap2Error::NoCredentials),
            UiHint::RequestNewCredential(..) | UiHint::RequestExistingCredential(_) => {
                Ok(UserCheck { presence: true, verification: self.verified })
            }
        }
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.verified)
    }
}

fn passkey(store: &Store, entry: PasskeyEntry) -> Option<Passkey> {
    Some(Passkey {
        key: store.key_of(entry.entry)?,
        credential_id: entry.credential_id.as_bytes().into(),
        rp_id: entry.rp_id,
        user_handle: Some(entry.user_handle.into()),
        username: Some(entry.user_name),
        user_display_name: None,
        counter: None,
        extensions: CredentialExtensions::default(),
    })
}

fn descriptors(from: &[CredentialDescriptor]) -> Vec<PublicKeyCredentialDescriptor> {
    let one = |d: &CredentialDescriptor| PublicKeyCredentialDescriptor {
        ty: PublicKeyCredentialType::PublicKey,
        id: d.id.as_bytes().into(),
        transports: None,
    };
    from.iter().map(one).collect()
}

fn set_backup(data: &mut AuthenticatorData, backup: Backup) {
    data.flags.set(Flags::BE, backup.eligible);
    data.flags.set(Flags::BS, backup.state);
}

fn credential_id(bytes: &[u8]) -> Result<CredentialId, AuthenticatorError> {
    CredentialId::new(bytes.to_vec()).map_err(|_| AuthenticatorError::Key)
}

fn refusal(status: StatusCode) -> AuthenticatorError {
    match status {
        StatusCode::Known(Ctap2Error::CredentialExcluded) => AuthenticatorError::Excluded,
        StatusCode::Known(Ctap2Error::NoCredentials) => AuthenticatorError::NoCredential,
        StatusCode::Known(Ctap2Error::UnsupportedAlgorithm) => AuthenticatorError::Algorithm,
        other => AuthenticatorError::Status(other.into()),
    }
}
