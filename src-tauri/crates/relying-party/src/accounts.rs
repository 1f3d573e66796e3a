//! The accounts, in memory.

use std::collections::HashMap;
use std::time::SystemTime;

use argon2::password_hash::phc::PasswordHash;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::ExposeSecret;
use uuid::Uuid;
use webauthn_rs_core::proto::{AuthenticationResult, Credential};

use crate::records::{AccountRecord, AuditEvent, AuditLine, Mail, PasskeyRecord, SignInMethod};
use crate::totp::Totp;
use crate::{Difficulty, Error, Seed, passwords};

/// Lines of audit kept for each account.
const AUDIT_LINES: usize = 1_000;

/// An account's user handle: random, and says nothing of the person
/// (<https://www.w3.org/TR/webauthn-3/#sctn-user-handle-privacy>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AccountId(Uuid);

impl AccountId {
    /// The bytes of `user.id`.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Reads a `userHandle`.
    pub(crate) fn from_handle(handle: &[u8]) -> Option<Self> {
        Uuid::from_slice(handle).ok().map(Self)
    }
}

/// One registered passkey.
pub(crate) struct Passkey {
    pub(crate) credential: Credential,
    pub(crate) name: String,
    pub(crate) created_at: SystemTime,
    pub(crate) last_used_at: Option<SystemTime>,
}

/// One account.
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) user_name: String,
    pub(crate) password: PasswordHash,
    pub(crate) totp: Option<Totp>,
    pub(crate) passkeys: Vec<Passkey>,
    difficulties: Vec<Difficulty>,
    last_sign_in: Option<SignInMethod>,
    failed_attempts: u32,
    audit: Vec<AuditLine>,
    mail: Vec<Mail>,
}

impl Account {
    /// Hashes the password: slow.
    fn new(seed: &Seed, site_wide: &[Difficulty]) -> Result<Self, Error> {
        let user_name = seed.user_name.clone();
        let totp = match &seed.totp {
            None => None,
            Some(secret) => match Totp::from_base32(secret.expose_secret()) {
                Some(totp) => Some(totp),
                None => return Err(Error::TotpSecret { user_name }),
            },
        };
        let password = passwords::hash(&seed.password)
            .map_err(|source| Error::PasswordHash { user_name: user_name.clone(), source })?;
        Ok(Self {
            id: AccountId(Uuid::new_v4()),
            user_name,
            password,
            totp,
            passkeys: Vec::new(),
            difficulties: seed.difficulties.iter().chain(site_wide).copied().collect(),
            last_sign_in: None,
            failed_attempts: 0,
            audit: Vec::new(),
            mail: Vec::new(),
        })
    }

    /// Whether the account has this difficulty, by itself or with the whole site.
    pub(crate) fn has(&self, difficulty: Difficulty) -> bool {
        self.difficulties.contains(&difficulty)
    }

    /// Writes a line of audit, and counts it where it is a failed attempt.
    pub(crate) fn note(&mut self, at: SystemTime, event: AuditEvent) {
        use AuditEvent as E;
        match &event {
            E::PasswordRefused | E::CodeRefused | E::CodeReused | E::ReauthenticationRefused => {
                self.failed_attempts = self.failed_attempts.saturating_add(1);
            }
            E::SignedIn(method) => self.last_sign_in = Some(*method),
            _ => {}
        }
        if self.audit.len() >= AUDIT_LINES {
            self.audit.remove(0);
        }
        self.audit.push(AuditLine { at, event });
    }

    /// Sends a code by e-mail, as far as this site does.
    pub(crate) fn send(&mut self, mail: Mail) {
        self.mail.push(mail);
    }

    /// The passkey with this credential id.
    pub(crate) fn passkey(&self, credential_id: &[u8]) -> Option<&Passkey> {
        self.passkeys.iter().find(|p| p.credential.cred_id.as_slice() == credential_id)
    }

    /// Takes over what an assertion told of its credential (signature counter, backup state), and when it signed
    /// somebody in, if it did.
    pub(crate) fn update_passkey(&mut self, result: &AuthenticationResult, signed_in_at: Option<SystemTime>) {
        if let Some(passkey) = self.passkeys.iter_mut().find(|p| p.credential.cred_id == *result.cred_id()) {
            passkey.last_used_at = signed_in_at.or(passkey.last_used_at);
            passkey.credential.counter = result.counter();
            passkey.credential.backup_state = result.backup_state();
        }
    }

    fn record(&self) -> AccountRecord {
        AccountRecord {
            user_name: self.user_name.clone(),
            user_handle: URL_SAFE_NO_PAD.encode(self.id.as_bytes()),
            passkeys: self
                .passkeys
                .iter()
                .map(|p| PasskeyRecord {
                    credential_id: URL_SAFE_NO_PAD.encode(p.credential.cred_id.as_slice()),
                    name: p.name.clone(),
                    created_at: p.created_at,
                    last_used_at: p.last_used_at,
                    user_verified: p.credential.user_verified,
                })
                .collect(),
            last_sign_in: self.last_sign_in,
            failed_attempts: self.failed_attempts,
            audit: self.audit.clone(),
            mail: self.mail.clone(),
        }
    }
}

/// All accounts.
pub(crate) struct Accounts {
    all: Vec<Account>,
    by_name: HashMap<String, usize>,
    by_id: HashMap<AccountId, usize>,
}

/// The form of a user name that names are compared in.
pub(crate) fn comparable(user_name: &str) -> String {
    user_name.trim().to_lowercase()
}

impl Accounts {
    /// Makes the accounts: slow, because it hashes each password.
    pub(crate) fn new(seeds: &[Seed], site_wide: &[Difficulty]) -> Result<Self, Error> {
        let mut accounts = Self { all: Vec::new(), by_name: HashMap::new(), by_id: HashMap::new() };
        for seed in seeds {
            let account = Account::new(seed, site_wide)?;
            let place = accounts.all.len();
            if accounts.by_name.insert(comparable(&seed.user_name), place).is_some() {
                return Err(Error::DuplicateUser { user_name: seed.user_name.clone() });
            }
            accounts.by_id.insert(account.id, place);
            accounts.all.push(account);
        }
        Ok(accounts)
    }

    /// The account of a user name, without regard to case.
    pub(crate) fn by_name(&mut self, user_name: &str) -> Option<&mut Account> {
        let place = *self.by_name.get(&comparable(user_name))?;
        self.all.get_mut(place)
    }

    /// The account of an id.
    pub(crate) fn get(&mut self, id: AccountId) -> Option<&mut Account> {
        let place = *self.by_id.get(&id)?;
        self.all.get_mut(place)
    }

    /// Whether any account has this credential.
    pub(crate) fn knows_credential(&self, credential_id: &[u8]) -> bool {
        self.all.iter().any(|a| a.passkey(credential_id).is_some())
    }

    /// What the site knows of each account, in the order of the seeds.
    pub(crate) fn records(&self) -> Vec<AccountRecord> {
        self.all.iter().map(Account::record).collect()
    }
}
