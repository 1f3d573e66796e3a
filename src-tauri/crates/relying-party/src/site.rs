//! What the site is, and what it knows.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use argon2::password_hash::phc::PasswordHash;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use crate::ceremonies::Ceremonies;
use crate::challenges::Challenges;
use crate::config::{Reach, Storage};
use crate::fresh_codes::FreshCodes;
use crate::records::{AccountRecord, AuditEvent, PasskeyRecord};
use crate::store::{Account, AccountId, Store, StoreError, comparable};
use crate::throttle::Throttle;
use crate::totp::Totp;
use crate::traces::Traces;
use crate::{Clock, Config, Difficulty, Error, Seed, passwords};

/// The name of the site as a relying party and in its pages.
pub(crate) const NAME: &str = "Practice site";

/// Everything that changes.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) challenges: Challenges,
    pub(crate) throttle: Throttle,
    pub(crate) traces: Traces,
    pub(crate) fresh_codes: FreshCodes,
}

impl State {
    /// New recovery codes for an account, which void the ones before.
    pub(crate) fn new_recovery_codes(
        &self,
        account: AccountId,
        now: SystemTime,
    ) -> Result<Vec<Zeroizing<String>>, StoreError> {
        let codes = self.store.new_recovery_codes(account)?;
        self.store.note(account, now, &AuditEvent::RecoveryCodesMade)?;
        Ok(codes)
    }
}

/// One running site.
pub(crate) struct Site {
    /// The origins it is reached by, its own first, as `Origin` headers have them.
    pub(crate) origins: Vec<String>,
    /// <https://www.w3.org/TR/webauthn-3/#rp-id>
    pub(crate) rp_id: String,
    pub(crate) ceremonies: Ceremonies,
    pub(crate) passkey_limit: usize,
    pub(crate) late_form_delay: Duration,
    /// Whether nobody but this computer reaches it. Only then the front page says who can sign in.
    pub(crate) stays_here: bool,
    pub(crate) slow_answer: Duration,
    /// What holds for every visitor and account.
    pub(crate) difficulties: Vec<Difficulty>,
    pub(crate) reauthenticate_always: bool,
    clock: Clock,
    /// The hash of a password nobody has: an unknown user name takes as long to refuse as a known one.
    pub(crate) nobody: PasswordHash,
    /// Decides which credential ids an unknown user name seems to have.
    pub(crate) decoy: [u8; 32],
    state: Mutex<State>,
}

impl Site {
    /// Makes the accounts: slow, one password hash each. `local` is the site's address, where nobody but this computer reaches
    /// it.
    pub(crate) fn new(config: &Config, local: &Url) -> Result<Self, Error> {
        let origins = match &config.reach {
            Reach::Loopback => vec![local.clone(), named(local, "practice.localhost")?],
            Reach::Network { origin, related, .. } => [origin].into_iter().chain(related).cloned().collect(),
        };
        let mut names = origins.iter().map(rp_id).collect::<Result<Vec<_>, _>>()?.into_iter();
        let rp_id = names.next().unwrap_or_default();
        let store = match &config.storage {
            Storage::Memory => Store::in_memory(),
            Storage::File { path, key } => Store::in_file(path, key.clone()),
        }?;
        let store = store.with_difficulties(config.difficulties.clone());
        let nobody = passwords::hash(&SecretString::from(rand::random::<u128>().to_string()))
            .map_err(|source| Error::PasswordHash { user_name: String::new(), source })?;
        add_accounts(&store, &config.accounts, config.clock.now())?;
        Ok(Self {
            origins: origins.iter().map(|origin| origin.origin().ascii_serialization()).collect(),
            ceremonies: Ceremonies::new(NAME, &rp_id, origins, config)?,
            rp_id,
            passkey_limit: config.passkey_limit,
            late_form_delay: config.late_form_delay,
            stays_here: matches!(config.reach, Reach::Loopback),
            slow_answer: config.slow_answer,
            difficulties: config.difficulties.clone(),
            reauthenticate_always: config.reauthenticate_always,
            clock: config.clock.clone(),
            nobody,
            decoy: store.derived(b"decoy"),
            state: Mutex::new(State {
                store,
                challenges: Challenges::default(),
                throttle: Throttle::new(config.failures_before_lock, config.lock_for),
                traces: Traces::default(),
                fresh_codes: FreshCodes::default(),
            }),
        })
    }

    /// Which of its origins a request for this `Host` came by.
    pub(crate) fn origin_of(&self, host: &str) -> Option<&str> {
        self.origins.iter().map(String::as_str).find(|origin| host.eq_ignore_ascii_case(authority(origin)))
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// The state. Never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // What must hold together is written in one transaction: a request that panicked has written all of it or none.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the site knows of each account, in the order of the seeds.
    pub(crate) fn records(&self) -> Result<Vec<AccountRecord>, StoreError> {
        let state = self.state();
        state.store.accounts(usize::MAX)?.iter().map(|account| record(&state.store, account)).collect()
    }
}

/// What follows `https://` or `http://` in an origin.
pub(crate) fn authority(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, authority)| authority)
}

/// The same address under another host name.
fn named(url: &Url, host: &str) -> Result<Url, Error> {
    let mut url = url.clone();
    url.set_host(Some(host))?;
    Ok(url)
}

/// The RP ID of an origin: its host name, where browsers make passkeys for it at all
/// (<https://www.w3.org/TR/webauthn-3/#relying-party-identifier>).
fn rp_id(origin: &Url) -> Result<String, Error> {
    let refused = || Error::Origin { origin: origin.clone() };
    let name = match origin.host() {
        Some(url::Host::Domain(name)) => name.to_owned(),
        _ => return Err(refused()),
    };
    match origin.scheme() {
        "https" => Ok(name),
        "http" if name == "localhost" || name.ends_with(".localhost") => Ok(name),
        _ => Err(refused()),
    }
}

/// Adds those accounts that the store does not have.
fn add_accounts(store: &Store, seeds: &[Seed], now: SystemTime) -> Result<(), Error> {
    let mut names = HashSet::new();
    let mut missing = Vec::new();
    for seed in seeds {
        if !names.insert(comparable(&seed.user_name)) {
            return Err(Error::DuplicateUser { user_name: seed.user_name.clone() });
        }
        if store.account_by_name(&seed.user_name)?.is_none() {
            missing.push(seed);
        }
    }
    let hashes = passwords::hash_all(missing.iter().map(|seed| &seed.password));
    let accounts: Vec<_> =
        missing.iter().zip(hashes).map(|(seed, hash)| account(seed, hash)).collect::<Result<_, _>>()?;
    store.together(|| {
        for account in &accounts {
            store.add_account(account)?;
            if !account.email_confirmed {
                store.send_confirmation(account.id, now)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn account(seed: &Seed, hash: Result<PasswordHash, argon2::password_hash::Error>) -> Result<Account, Error> {
    let user_name = seed.user_name.clone();
    let totp = match &seed.totp {
        None => None,
        Some(secret) => match Totp::from_base32(secret.expose_secret()) {
            Some(totp) => Some(totp),
            None => return Err(Error::TotpSecret { user_name }),
        },
    };
    let password = hash.map_err(|source| Error::PasswordHash { user_name: user_name.clone(), source })?;
    Ok(Account {
        id: AccountId::random(),
        user_name,
        password: Some(password),
        totp,
        email_confirmed: !seed.difficulties.contains(&Difficulty::EmailUnconfirmed),
        difficulties: seed.difficulties.clone(),
        sign_in: seed.sign_in_path(),
        failed_attempts: 0,
        last_sign_in: None,
    })
}

fn record(store: &Store, account: &Account) -> Result<AccountRecord, StoreError> {
    let passkeys = store.passkeys(account.id)?;
    Ok(AccountRecord {
        user_name: account.user_name.clone(),
        user_handle: account.id.to_base64url(),
        sign_in: account.sign_in.clone(),
        has_totp: account.totp.is_some(),
        has_password: account.password.is_some(),
        recovery_codes: store.recovery_codes_left(account.id)?,
        passkeys: passkeys.iter().map(PasskeyRecord::from).collect(),
        last_sign_in: account.last_sign_in,
        failed_attempts: account.failed_attempts,
        audit: store.audit(Some(account.id))?,
        mail: store.mail(account.id)?,
    })
}
