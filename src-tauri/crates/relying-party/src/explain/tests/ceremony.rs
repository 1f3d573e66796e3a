//! Real ceremonies: the site's own relying party on one side, a client and an authenticator on the other.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::Config;
use crate::ceremonies::Ceremonies;
use crate::challenges::Registration;
use crate::explain::{Cause, CeremonyKind, Expected, Refused, StoredKey, Trace};
use crate::routes::Refusal;
use crate::store::{self, Account, AccountId};
use crate::tests::key::Person;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_authenticator::Authenticator;
use passkey_client::{Client, DefaultClientData};
use passkey_crypto::AvailableBackend;
use passkey_types::Passkey;
use passkey_types::ctap2::Aaguid;
use serde_json::{Value, json};
use url::Url;

pub(super) const ORIGIN: &str = "http://localhost:4321";
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

pub(super) const HANDLE: &[u8] = b"0123456789abcdef";

/// What is done otherwise than it should be, and where.
pub(super) struct Tricks {
    /// The page's address.
    pub(super) origin: &'static str,
    /// Whether the provider verifies the person.
    pub(super) verified: bool,
    /// On the way to the client.
    pub(super) options: fn(&mut Value),
    /// On the way to the server.
    pub(super) answer: fn(&mut Value),
    /// In the site's record, before a sign-in.
    pub(super) record: fn(&mut store::Passkey),
}

impl Default for Tricks {
    fn default() -> Self {
        Self { origin: ORIGIN, verified: true, options: |_| {}, answer: |_| {}, record: |_| {} }
    }
}

/// One account with one authenticator.
pub(super) struct Scene {
    ceremonies: Ceremonies,
    passkey: Option<Passkey>,
    pub(super) credential: Option<store::Passkey>,
}

impl Scene {
    pub(super) fn new() -> Self {
        let origin = Url::parse(ORIGIN).unwrap();
        let ceremonies = Ceremonies::new("Practice site", "localhost", vec![origin], &Config::default()).unwrap();
        Self { ceremonies, passkey: None, credential: None }
    }

    /// With a passkey.
    pub(super) async fn registered() -> Self {
        let mut scene = Self::new();
        let trace = scene.register(false, Tricks::default()).await;
        assert_eq!(trace.refusal, None);
        scene
    }

    fn authenticator(&self, verified: bool) -> Authenticator<Option<Passkey>, Person, AvailableBackend> {
        let mut authenticator =
            Authenticator::new(Aaguid::from([7; 16]), self.passkey.clone(), Person { verified }, AvailableBackend);
        authenticator.set_make_credentials_with_signature_counter(true);
        authenticator
    }

    pub(super) async fn register(&mut self, conditional: bool, tricks: Tricks) -> Trace {
        let account = account();
        let (options, state) = self.ceremonies.start_registration(&account, &[], false).unwrap();
        let sent = json!(options);
        let mut arrived = sent.clone();
        (tricks.options)(&mut arrived);
        let mut client = Client::new(self.authenticator(tricks.verified)).allows_insecure_localhost(true);
        let origin = Url::parse(tricks.origin).unwrap();
        let request = serde_json::from_value(arrived).unwrap();
        let made = client.register(&origin, request, DefaultClientData).await.unwrap();
        self.passkey = client.authenticator().store().clone();
        let mut answer = serde_json::to_value(made).unwrap();
        (tricks.answer)(&mut answer);
        let registration =
            Registration { account: account.id, name: "My passkey".to_owned(), conditional, passwordless: true, state };
        let result =
            self.ceremonies.finish_registration(&serde_json::from_value(answer.clone()).unwrap(), &registration, now());
        let (credential, refusal) = match result {
            Ok(credential) => (Some(credential), None),
            Err(error) => (None, Some(refused(error))),
        };
        self.credential = credential;
        trace(CeremonyKind::Registration { conditional }, sent, answer, None, refusal)
    }

    pub(super) async fn sign_in(&mut self, kind: CeremonyKind, tricks: Tricks) -> Trace {
        let mut credential = self.credential.clone().unwrap();
        (tricks.record)(&mut credential);
        let (options, state) = self.ceremonies.start_assertion().unwrap();
        let mut sent = json!(options);
        if !matches!(kind, CeremonyKind::SignIn { named: false, .. }) {
            sent["publicKey"]["allowCredentials"] = json!([{ "type": "public-key", "id": credential.id_text() }]);
        }
        let mut arrived = sent.clone();
        (tricks.options)(&mut arrived);
        let mut client = Client::new(self.authenticator(tricks.verified)).allows_insecure_localhost(true);
        let origin = Url::parse(tricks.origin).unwrap();
        let request = serde_json::from_value(arrived).unwrap();
        let made = client.authenticate(&origin, request, DefaultClientData).await.unwrap();
        self.passkey = client.authenticator().store().clone();
        let mut answer = serde_json::to_value(made).unwrap();
        (tricks.answer)(&mut answer);
        let result =
            self.ceremonies.finish_assertion(&serde_json::from_value(answer.clone()).unwrap(), &state, &credential);
        trace(kind, sent, answer, Some(stored(&credential)), result.err().map(refused))
    }
}

fn trace(
    kind: CeremonyKind,
    options: Value,
    answer: Value,
    stored: Option<StoredKey>,
    refusal: Option<Refused>,
) -> Trace {
    let expected = Expected { origins: vec![ORIGIN.to_owned()], rp_id: "localhost".to_owned() };
    Trace { kind, at: now(), options, answer, expected, stored, account: Some("alma".to_owned()), refusal }
}

/// What the routes leave for the explanation.
pub(super) fn refused(refusal: impl Into<Refusal>) -> Refused {
    Refused::from(&refusal.into())
}

/// A refusal that names no check.
pub(super) fn unnamed(reason: &str) -> Refused {
    Refused { cause: Cause::Unnamed, reason: reason.to_owned() }
}

fn account() -> Account {
    Account {
        id: AccountId::from_handle(HANDLE).unwrap(),
        user_name: "alma".to_owned(),
        password: None,
        totp: None,
        email_confirmed: true,
        difficulties: Vec::new(),
        sign_in: "/login".to_owned(),
        failed_attempts: 0,
        last_sign_in: None,
    }
}

/// The site's record of a passkey.
fn stored(passkey: &store::Passkey) -> StoredKey {
    StoredKey {
        public_key: passkey.public_key.clone(),
        sign_count: passkey.sign_count,
        backup_eligible: passkey.backup_eligible,
        backup_state: passkey.backup_state,
        name: passkey.name.clone(),
    }
}

/// A hash that is not calculated by the code under test.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// Changes the bytes of a member of the response.
pub(super) fn edit(answer: &mut Value, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let member = &mut answer["response"][name];
    let mut bytes = URL_SAFE_NO_PAD.decode(member.as_str().unwrap()).unwrap();
    change(&mut bytes);
    *member = json!(URL_SAFE_NO_PAD.encode(bytes));
}

/// Changes the client data.
pub(super) fn edit_client_data(answer: &mut Value, change: impl FnOnce(&mut Value)) {
    edit(answer, "clientDataJSON", |bytes| {
        let mut data = serde_json::from_slice(bytes).unwrap();
        change(&mut data);
        *bytes = data.to_string().into_bytes();
    });
}
