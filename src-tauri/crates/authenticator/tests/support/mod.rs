//! A relying party (webauthn-rs) and a store in a temporary folder.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test programs")]

pub mod applet;
pub mod files;
pub mod holder;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use rekey_authenticator::security_key::SecurityKeys;
use rekey_authenticator::{Authenticator, AuthenticatorError, Interaction, Store, UserVerification};
use rekey_journey::AccountId;
use rekey_origin::Site;
use rekey_webauthn::{Caller, CreateRequest, GetRequest};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::proto::{AuthenticationState, Credential, RegistrationState, UserVerificationPolicy};

pub const PASSPHRASE: &str = "seven practice words for one practice store";

pub fn passphrase() -> SecretString {
    SecretString::from(PASSPHRASE)
}

pub fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Passkeys.kdbx");
    (folder, path)
}

pub fn store() -> (TempDir, Store) {
    let (folder, path) = folder();
    let store = Store::create(&path, &passphrase()).unwrap();
    (folder, store)
}

pub fn account(name: &str) -> AccountId {
    AccountId::new(Uuid::nil(), &Site::parse("example.com").unwrap(), name)
}

/// The person, verified by the passphrase just now.
pub fn verified(store: &Store) -> UserVerification {
    let now = SystemTime::now();
    store.verify(&passphrase(), [account("ann")], now).unwrap().verification(&account("ann"), now)
}

pub fn caller(origin: &str) -> Caller {
    Caller::top(origin.parse().unwrap())
}

pub fn create_options(rp_id: Option<&str>, user: &str, exclude: &[String]) -> Value {
    json!({
        "rp": { "id": rp_id, "name": "Practice" },
        "user": { "id": base64(user), "name": user, "displayName": user.to_uppercase() },
        "challenge": "AAECAwQFBgcICQoLDA0ODw",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "excludeCredentials": exclude.iter().map(|id| json!({ "type": "public-key", "id": id })).collect::<Vec<_>>(),
        "extensions": { "credProps": true },
    })
}

pub fn create(origin: &str, options: &Value) -> CreateRequest {
    CreateRequest::parse(&caller(origin), &options.to_string()).unwrap()
}

pub fn get(origin: &str, allow: &[String], user_verification: &str) -> GetRequest {
    let options = json!({
        "challenge": "AAECAwQFBgcICQoLDA0ODw",
        "allowCredentials": allow.iter().map(|id| json!({ "type": "public-key", "id": id })).collect::<Vec<_>>(),
        "userVerification": user_verification,
    });
    GetRequest::parse(&caller(origin), &options.to_string()).unwrap()
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// webauthn-rs as the relying party of one origin.
pub struct RelyingParty {
    core: WebauthnCore,
    pub origin: String,
}

impl RelyingParty {
    pub fn new(rp_id: &str, origin: &str) -> Self {
        let url = origin.parse().unwrap();
        let core = WebauthnCore::new_unsafe_experts_only(
            "Practice",
            rp_id,
            vec![url],
            Duration::from_secs(300),
            Some(false),
            Some(false),
        );
        Self { core, origin: origin.to_owned() }
    }

    pub fn start_registration(
        &self,
        user: &str,
        uv: UserVerificationPolicy,
        exclude: Vec<Credential>,
    ) -> (CreateRequest, RegistrationState) {
        let builder = self.core.new_challenge_register_builder(user.as_bytes(), user, user).unwrap();
        let builder = builder
            .user_verification_policy(uv)
            .require_resident_key(true)
            .exclude_credentials(Some(exclude.into_iter().map(|c| c.cred_id).collect()));
        let (challenge, state) = self.core.generate_challenge_register(builder).unwrap();
        let options = serde_json::to_value(challenge).unwrap()["publicKey"].to_string();
        (CreateRequest::parse(&caller(&self.origin), &options).unwrap(), state)
    }

    pub fn finish_registration(&self, response: &str, state: &RegistrationState) -> Credential {
        self.core.register_credential(&serde_json::from_str(response).unwrap(), state, None).unwrap()
    }

    pub fn start_sign_in(
        &self,
        allow: Vec<Credential>,
        uv: UserVerificationPolicy,
    ) -> (GetRequest, AuthenticationState) {
        let builder = self.core.new_challenge_authenticate_builder(allow, Some(uv)).unwrap();
        let (challenge, state) = self.core.generate_challenge_authenticate(builder).unwrap();
        let options = serde_json::to_value(challenge).unwrap()["publicKey"].to_string();
        (GetRequest::parse(&caller(&self.origin), &options).unwrap(), state)
    }

    /// Verifies the assertion and returns whether the person was verified.
    pub fn finish_sign_in(&self, response: &str, mut state: AuthenticationState, known: Vec<Credential>) -> bool {
        state.set_allowed_credentials(known);
        self.core.authenticate_credential(&serde_json::from_str(response).unwrap(), &state).unwrap().user_verified()
    }
}

/// HMAC-SHA-256 (RFC 2104), written here so that what is tested is not tested by itself.
pub fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|i| key.get(i).copied().unwrap_or_default() ^ with).collect() };
    let inner = Sha256::digest([pad(0x36).as_slice(), message].concat());
    Sha256::digest([pad(0x5c).as_slice(), &inner].concat()).into()
}

/// A page's input as the `prf` extension hashes it.
pub fn prf_salt(input: &[u8]) -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    Sha256::digest([b"WebAuthn PRF\0".as_slice(), input].concat()).into()
}

/// These security keys, all connected.
pub fn keys_of(keys: &[&applet::link::SoftKey]) -> SecurityKeys {
    SecurityKeys::over(Box::new(applet::link::Keyring::of(keys)))
}

/// Registers a user, and has webauthn-rs verify it.
pub async fn register(
    rp: &RelyingParty,
    keys: &mut SecurityKeys,
    user: &str,
    uv: UserVerificationPolicy,
    person: &dyn Interaction,
) -> Result<Credential, AuthenticatorError> {
    let (request, state) = rp.start_registration(user, uv, Vec::new());
    let made = keys.make_credential(&request, UserVerification::NotVerified, person).await?;
    Ok(rp.finish_registration(&request.response(&made), &state))
}

/// Signs in with one of these, has webauthn-rs verify it, and says whether the person was verified.
pub async fn sign_in(
    rp: &RelyingParty,
    keys: &mut SecurityKeys,
    allow: &[Credential],
    uv: UserVerificationPolicy,
    person: &dyn Interaction,
) -> Result<bool, AuthenticatorError> {
    let (request, state) = rp.start_sign_in(allow.to_vec(), uv);
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, person).await?;
    Ok(rp.finish_sign_in(&request.response(&signed), state, allow.to_vec()))
}
