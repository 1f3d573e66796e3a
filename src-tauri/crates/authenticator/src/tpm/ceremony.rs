//! The TPM behind the seam [`Authenticator`].

use std::time::SystemTime;

use async_trait::async_trait;
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId,
    GetRequest, LargeBlobSupport, MadeCredential, MadeExtensions,
};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use super::keys::Keys;
use super::{MAX_PIN, TPM_AAGUID, Tpm, TpmPasskey, encode};
use crate::wrong_pins::WrongPins;
use crate::{
    Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, NewPinAsked, Notice,
    PinAsked, TpmError, UserVerification,
};

/// COSE's number of ECDSA on P-256 with SHA-256, the one algorithm that every TPM 2.0 has.
const ES256: i64 = -7;

#[async_trait]
impl Authenticator for Tpm {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo {
            home: Home::Tpm,
            aaguid: Some(TPM_AAGUID),
            attachment: AuthenticatorAttachment::Platform,
            transports: vec![AuthenticatorTransport::Internal],
            verifies_itself: true,
        }
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        Some(!self.candidates(request, only).await.ok()?.is_empty())
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        if !request.algorithms.contains(&ES256) {
            return Err(AuthenticatorError::Algorithm);
        }
        if request.extensions.large_blob == Some(LargeBlobSupport::Required) {
            return Err(AuthenticatorError::Unsupported);
        }
        let rp_id = request.rp_id.as_str().to_owned();
        let held = self.run(|keys| Ok(keys.passkeys(false))).await?;
        let is_excluded = |passkey: &TpmPasskey| {
            passkey.rp_id == rp_id && request.exclude.iter().any(|d| d.id == passkey.credential_id)
        };
        if held.iter().any(is_excluded) {
            return Err(AuthenticatorError::Excluded);
        }

        let user = request.user.clone();
        let now = SystemTime::now();
        let make = move |keys: &mut Keys, pin: &SecretString| keys.make(pin, &rp_id, &user, now);
        let made = match self.has_pin().await? {
            true => self.with_pin(person, make).await?,
            false => {
                let pin = self.first_pin(person).await?;
                self.run(move |keys| make(keys, &pin)).await?
            }
        };
        let protection = request.extensions.cred_protect.map(|asked| asked.policy);
        let data =
            encode::attested_data(request.rp_id.as_str(), TPM_AAGUID, &made.credential_id, &made.key, protection);
        Ok(MadeCredential {
            attestation_object: encode::attestation_object(&data),
            authenticator_data: data,
            public_key: Some(encode::public_der(&made.key)),
            credential_id: made.credential_id,
            algorithm: ES256,
            transports: vec![AuthenticatorTransport::Internal],
            attachment: Some(AuthenticatorAttachment::Platform),
            discoverable: Some(true),
            user_verified: true,
            extensions: MadeExtensions::default(),
        })
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        let mut candidates = self.candidates(request, only).await?;
        // The site named those that it means: the newest of them. Else it is for the person to say.
        let chosen = if candidates.len() > 1 && request.allow.is_empty() {
            let among: Vec<HeldPasskey> = candidates.iter().map(HeldPasskey::from).collect();
            person.choose(&among).await.ok_or(AuthenticatorError::Declined)?
        } else {
            0
        };
        if chosen >= candidates.len() {
            return Err(AuthenticatorError::NoCredential);
        }
        let passkey = candidates.swap_remove(chosen);

        let data = encode::assertion_data(&passkey.rp_id);
        let digest = Sha256::new_with_prefix(&data).chain_update(request.client_data.hash()).finalize().into();
        let (rp_id, id) = (passkey.rp_id, passkey.credential_id.clone());
        let sign = move |keys: &mut Keys, pin: &SecretString| keys.sign(pin, &rp_id, &id, &digest);
        Ok(AssertionMade {
            signature: self.with_pin(person, sign).await?,
            credential_id: passkey.credential_id,
            authenticator_data: data,
            user_handle: Some(passkey.user_handle),
            attachment: Some(AuthenticatorAttachment::Platform),
            user_verified: true,
            extensions: AssertionExtensions::default(),
        })
    }

    async fn passkeys(&mut self, _person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        let held = self.run(|keys| Ok(keys.passkeys(false))).await?;
        Ok(held.iter().map(HeldPasskey::from).collect())
    }

    /// It stays in the file, where it can be restored until the next purge.
    async fn forget(&mut self, id: &CredentialId, _person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        let (id, now) = (id.clone(), SystemTime::now());
        Ok(self.run(move |keys| keys.mark(&id, Some(now))).await?)
    }
}

impl Tpm {
    /// The passkeys that may answer, the newest first.
    async fn candidates(
        &self,
        request: &GetRequest,
        only: Option<&CredentialId>,
    ) -> Result<Vec<TpmPasskey>, AuthenticatorError> {
        let mut held = self.run(|keys| Ok(keys.passkeys(false))).await?;
        held.reverse();
        held.retain(|passkey| {
            passkey.rp_id == request.rp_id.as_str()
                && request.allows(&passkey.credential_id)
                && only.is_none_or(|only| passkey.credential_id == *only)
        });
        Ok(held)
    }

    /// Asks for the PIN and does the work with it, until it is right, or the TPM locks itself, or the person gives up. One
    /// that was wrong already is not tried again.
    async fn with_pin<T: Send + 'static>(
        &self,
        person: &dyn Interaction,
        work: impl Fn(&mut Keys, &SecretString) -> Result<T, TpmError> + Clone + Send + 'static,
    ) -> Result<T, AuthenticatorError> {
        let lock_out = self.lock_out().await?;
        if lock_out.counted >= lock_out.limit {
            return Err(TpmError::LockedOut { retry_after: Some(lock_out.forgets_one_after) }.into());
        }
        let mut retries_left = Some(lock_out.limit - lock_out.counted);
        let mut wrong = WrongPins::default();
        loop {
            let asked = PinAsked { home: Home::Tpm, was_wrong: !wrong.is_empty(), retries_left };
            let pin = person.pin(asked).await.ok_or(AuthenticatorError::Declined)?;
            if wrong.has(pin.expose_secret()) {
                continue;
            }
            person.notice(Notice::Working);
            let (work, tried) = (work.clone(), pin.clone());
            match self.run(move |keys| work(keys, &tried)).await {
                Err(TpmError::PinWrong { left }) if left != Some(0) => {
                    wrong.add(pin.expose_secret());
                    retries_left = left;
                }
                done => return Ok(done?),
            }
        }
    }

    /// Asks for a first PIN and sets it.
    async fn first_pin(&self, person: &dyn Interaction) -> Result<SecretString, AuthenticatorError> {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (shortest, longest) = (number(self.lock_out().await?.shortest_pin()), number(MAX_PIN));
        let mut was_refused = false;
        loop {
            let asked = NewPinAsked { home: Home::Tpm, shortest, longest, was_refused };
            let pin = person.new_pin(asked).await.ok_or(AuthenticatorError::PinNotSet)?;
            person.notice(Notice::Working);
            match self.set_pin(&pin).await {
                Err(TpmError::PinLength | TpmError::PinWeak) => was_refused = true,
                done => return Ok(done.map(|()| pin)?),
            }
        }
    }
}

impl From<&TpmPasskey> for HeldPasskey {
    fn from(passkey: &TpmPasskey) -> Self {
        Self {
            credential_id: passkey.credential_id.clone(),
            rp_id: passkey.rp_id.clone(),
            user_name: passkey.user_name.clone(),
        }
    }
}
