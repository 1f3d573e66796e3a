//! A security key by script: a store that asks for a PIN and a touch, as a key does.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use async_trait::async_trait;
use rekey_app::device::HomeState;
use rekey_app::guide::Devices;
use rekey_app::migrate::{Authenticator, HeldPasskey, Interaction, NewPinAsked, Notice, PinAsked};
use rekey_app::{AppError, Home, Readiness};
use rekey_authenticator::{AuthenticatorError, AuthenticatorInfo, Nobody, Store, UserVerification};
use rekey_journey::AccountId;
use rekey_webauthn::{AssertionMade, CreateRequest, CredentialId, GetRequest, MadeCredential};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Notify;

/// The key's PIN.
pub(crate) const PIN: &str = "marker-pin";
const INSIDE: &str = "inside the key";

/// Whether a key is there, and what the person does to it. Clones are the same key.
#[derive(Clone, Default)]
pub(crate) struct Key(Arc<Held>);

#[derive(Default)]
struct Held {
    there: AtomicBool,
    has_no_pin: AtomicBool,
    touched: Notify,
}

impl Key {
    pub(crate) fn plug_in(&self) {
        self.0.there.store(true, Ordering::SeqCst);
    }

    pub(crate) fn unplug(&self) {
        self.0.there.store(false, Ordering::SeqCst);
    }

    pub(crate) fn has_no_pin(&self) {
        self.0.has_no_pin.store(true, Ordering::SeqCst);
    }

    /// One touch, kept where nothing waits for it yet.
    pub(crate) fn touch(&self) {
        self.0.touched.notify_one();
    }

    /// What a guide sees of it, with what it holds in this folder.
    pub(crate) fn devices(&self, folder: &Path) -> Devices {
        let (surveyed, opened) = (self.clone(), self.clone());
        let file = folder.join("key.kdbx");
        Devices {
            survey: Box::new(move || {
                let key = if surveyed.0.there.load(Ordering::SeqCst) { Readiness::Ready } else { Readiness::Absent };
                let found = [(Home::Tpm, Readiness::Absent), (Home::Store, Readiness::Ready), (Home::SecurityKey, key)];
                Box::pin(async move {
                    found
                        .map(|(home, state)| HomeState {
                            home,
                            state,
                            missing: (state == Readiness::Absent).then_some("tpm"),
                        })
                        .to_vec()
                })
            }),
            open: Box::new(move |home, _| {
                assert_eq!(home, Home::SecurityKey);
                let (key, file) = (opened.clone(), file.clone());
                Box::pin(async move { Ok(Box::new(Scripted::open(key, file)?) as Box<dyn Authenticator>) })
            }),
        }
    }
}

struct Scripted {
    key: Key,
    store: Store,
}

impl Scripted {
    fn open(key: Key, file: PathBuf) -> Result<Self, AppError> {
        let passphrase = SecretString::from(INSIDE);
        let store = if file.exists() { Store::open(&file, &passphrase) } else { Store::create(&file, &passphrase) };
        Ok(Self { key, store: store? })
    }

    async fn verify(&self, person: &dyn Interaction) -> Result<UserVerification, AuthenticatorError> {
        let home = Home::SecurityKey;
        let mut pin = PIN.to_owned();
        if self.key.0.has_no_pin.swap(false, Ordering::SeqCst) {
            let asked = NewPinAsked { home, shortest: 4, longest: 63, was_refused: false };
            let chosen = person.new_pin(asked).await.ok_or(AuthenticatorError::Declined)?;
            pin = chosen.expose_secret().to_owned();
        }
        let (mut was_wrong, mut left) = (false, 3);
        loop {
            let asked = PinAsked { home, was_wrong, retries_left: Some(left) };
            let given = person.pin(asked).await.ok_or(AuthenticatorError::Declined)?;
            if given.expose_secret() == pin {
                break;
            }
            (was_wrong, left) = (true, left - 1);
        }
        person.notice(Notice::Touch);
        self.key.0.touched.notified().await;
        person.notice(Notice::Working);
        let anybody = AccountId::parse("8e57612d-f014-5aa2-92ca-b29998ba409a").unwrap();
        let now = SystemTime::now();
        Ok(self.store.verify(&SecretString::from(INSIDE), [anybody], now)?.verification(&anybody, now))
    }
}

#[async_trait]
impl Authenticator for Scripted {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo { home: Home::SecurityKey, verifies_itself: true, ..Authenticator::info(&self.store) }
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        self.store.may_answer(request, only).await
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        _: UserVerification,
        person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        let verification = self.verify(person).await?;
        self.store.make_credential(request, verification, &Nobody).await
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        _: UserVerification,
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        let verification = self.verify(person).await?;
        self.store.get_assertion(request, only, verification, &Nobody).await
    }

    async fn passkeys(&mut self, _: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        Err(AuthenticatorError::Unsupported)
    }

    async fn forget(&mut self, id: &CredentialId, _: &dyn Interaction) -> Result<(), AuthenticatorError> {
        Authenticator::forget(&mut self.store, id, &Nobody).await
    }
}
