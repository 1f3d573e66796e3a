use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use rekey_journey::AccountId;
use uuid::Uuid;

/// Whether the person was verified for a ceremony.
///
/// `Verified` needs a proof that only the store's passphrase makes, through
/// [`Store::verify`](crate::Store::verify); everybody else can only say `NotVerified`, and the UV flag is 0 then.
#[derive(Debug)]
pub enum UserVerification {
    /// The passphrase was presented, not long ago, for this account.
    Verified(PassphraseProof),
    /// Nobody was verified.
    NotVerified,
}

/// The right passphrase of one store was presented. Good for one ceremony.
#[derive(Debug)]
pub struct PassphraseProof {
    store: Uuid,
}

impl UserVerification {
    /// Whether it is a verification by this store's passphrase.
    pub(crate) fn is_by(&self, store: Uuid) -> bool {
        match self {
            Self::Verified(proof) => proof.store == store,
            Self::NotVerified => false,
        }
    }
}

/// One presentation of the store's passphrase: verifies the person for the accounts named in it, for at most 15
/// minutes. When it lapsed, the passphrase is asked for again, which makes another gate (and another event).
#[derive(Debug)]
pub struct VerificationGate {
    store: Uuid,
    accounts: BTreeSet<AccountId>,
    at: SystemTime,
}

impl VerificationGate {
    /// How long a presentation lasts.
    pub const LASTS: Duration = Duration::from_secs(15 * 60);

    /// Only for the store, which checked the passphrase.
    pub(crate) fn new(store: Uuid, accounts: BTreeSet<AccountId>, at: SystemTime) -> Self {
        Self { store, accounts, at }
    }

    /// When the passphrase was presented.
    pub fn verified_at(&self) -> SystemTime {
        self.at
    }

    /// Whether it is over at this time, for whatever account. A clock that was set back ends it too.
    pub fn has_lapsed(&self, now: SystemTime) -> bool {
        now.duration_since(self.at).map_or(true, |age| age >= Self::LASTS)
    }

    /// What may be claimed for a ceremony of this account now.
    pub fn verification(&self, account: &AccountId, now: SystemTime) -> UserVerification {
        if self.accounts.contains(account) && !self.has_lapsed(now) {
            UserVerification::Verified(PassphraseProof { store: self.store })
        } else {
            UserVerification::NotVerified
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str) -> AccountId {
        AccountId::new(Uuid::nil(), &rekey_origin::Site::parse("example.com").unwrap(), name)
    }

    #[test]
    fn a_presentation_is_for_its_accounts_and_lapses() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let store = Uuid::from_u128(1);
        let gate = VerificationGate::new(store, [account("ann")].into(), start);
        let check = |name: &str, now: SystemTime, expect: bool| {
            assert_eq!(gate.verification(&account(name), now).is_by(store), expect, "{name} {now:?}");
        };
        check("ann", start, true);
        check("ann", start + Duration::from_secs(899), true);
        check("ann", start + Duration::from_secs(900), false);
        check("ann", start - Duration::from_secs(1), false);
        check("bob", start, false);
        assert!(!gate.verification(&account("ann"), start).is_by(Uuid::from_u128(2)));
    }
}
