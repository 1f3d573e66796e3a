//! Locks a name out for a while after too many failures in a row.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// Names remembered at once; beyond, the one that was tried longest ago is forgotten.
const CAPACITY: usize = 10_000;

/// The longest lock, where [`crate::Config::lock_for`] is not longer.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How long a lock makes the next one longer.
const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// What an attempt is an attempt at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// The password of a user name, whether or not such an account exists.
    Password(String),
    /// The password once more, by somebody signed in. Apart from the sign-in, which anybody can have locked.
    Reauthentication(String),
    /// A one-time code of an account, by user name.
    Code(String),
    /// The picture shown to an account. Apart from the codes, because anybody can get a picture right.
    Picture(String),
    /// A recovery code of a user name, whether or not such an account exists.
    RecoveryCode(String),
}

/// What is remembered of an attempt's name, so that a long name takes no more memory than a short one.
type Key = [u8; 32];

impl Attempt {
    fn key(&self) -> Key {
        let (kind, name) = match self {
            Self::Password(name) => (0, name),
            Self::Code(name) => (1, name),
            Self::Picture(name) => (2, name),
            Self::RecoveryCode(name) => (3, name),
            Self::Reauthentication(name) => (4, name),
        };
        Sha256::new_with_prefix([kind]).chain_update(name.as_bytes()).finalize().into()
    }
}

#[derive(Default)]
struct Failures {
    /// In a row, since the last lock.
    count: u32,
    locked_until: Option<SystemTime>,
    /// Locks, each within a day of the one before.
    locks: u32,
    /// Its key in [`Throttle::order`].
    turn: u64,
}

/// Refused for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Locked {
    /// How long the lock lasts from now.
    pub(crate) remaining: Duration,
}

/// Failures in a row, by what was attempted.
pub(crate) struct Throttle {
    limit: u32,
    lock_for: Duration,
    failures: HashMap<Key, Failures>,
    /// The keys of `failures`, by when they were last tried.
    order: BTreeMap<u64, Key>,
    /// From 1: 0 is none.
    next_turn: u64,
}

impl Throttle {
    pub(crate) fn new(limit: u32, lock_for: Duration) -> Self {
        Self { limit: limit.max(1), lock_for, failures: HashMap::new(), order: BTreeMap::new(), next_turn: 1 }
    }

    /// Counts an attempt as failed until [`Throttle::succeeded`] says otherwise, so that attempts made at the same time
    /// cannot outrun the limit. Returns whether this one, if it fails, locks the name. Each lock within a day of the one
    /// before lasts twice as long.
    pub(crate) fn begin(&mut self, attempt: &Attempt, now: SystemTime) -> Result<bool, Locked> {
        let (limit, lock_for) = (self.limit, self.lock_for);
        let failures = self.touch(attempt.key());
        if let Some(until) = failures.locked_until {
            match until.duration_since(now) {
                Ok(remaining) if !remaining.is_zero() => return Err(Locked { remaining }),
                _ if failures.count >= limit => failures.count = 0,
                _ => {}
            }
            if now.duration_since(until).is_ok_and(|since| since >= MEMORY) {
                (failures.locked_until, failures.locks) = (None, 0);
            }
        }
        failures.count = failures.count.saturating_add(1);
        let locks = failures.count >= limit;
        if locks {
            let longer = lock_for.saturating_mul(2_u32.saturating_pow(failures.locks)).min(LONGEST.max(lock_for));
            failures.locked_until = Some(now + longer);
            failures.locks = failures.locks.saturating_add(1);
        }
        Ok(locks)
    }

    /// The attempt succeeded: forgets the failures before it.
    pub(crate) fn succeeded(&mut self, attempt: &Attempt) {
        if let Some(failures) = self.failures.remove(&attempt.key()) {
            self.order.remove(&failures.turn);
        }
    }

    /// The attempt was not looked at: it does not count.
    pub(crate) fn withdrawn(&mut self, attempt: &Attempt) {
        let limit = self.limit;
        if let Some(failures) = self.failures.get_mut(&attempt.key()) {
            if failures.count >= limit {
                failures.locked_until = None;
                failures.locks = failures.locks.saturating_sub(1);
            }
            failures.count = failures.count.saturating_sub(1);
        }
    }

    /// The failures of a key, which is the last to be forgotten from now on.
    fn touch(&mut self, key: Key) -> &mut Failures {
        if self.failures.len() >= CAPACITY
            && !self.failures.contains_key(&key)
            && let Some((_, oldest)) = self.order.pop_first()
        {
            self.failures.remove(&oldest);
        }
        let turn = self.next_turn;
        self.next_turn = turn.wrapping_add(1);
        let failures = self.failures.entry(key).or_default();
        self.order.remove(&failures.turn);
        failures.turn = turn;
        self.order.insert(turn, key);
        failures
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn the_fifth_failure_locks_for_a_while() {
        let mut throttle = Throttle::new(5, Duration::from_secs(60));
        let (name, other) = (Attempt::Code("a".into()), Attempt::Password("a".into()));
        let answers: Vec<_> = (0..5).map(|_| throttle.begin(&name, UNIX_EPOCH)).collect();
        assert_eq!(answers, [Ok(false), Ok(false), Ok(false), Ok(false), Ok(true)]);
        let half = UNIX_EPOCH + Duration::from_secs(30);
        assert_eq!(throttle.begin(&name, half), Err(Locked { remaining: Duration::from_secs(30) }));
        assert_eq!(throttle.begin(&other, half), Ok(false));
        assert_eq!(throttle.begin(&name, UNIX_EPOCH + Duration::from_secs(60)), Ok(false));
    }

    #[test]
    fn success_clears() {
        let mut throttle = Throttle::new(2, Duration::from_secs(60));
        let name = Attempt::Password("a".into());
        for _ in 0..5 {
            assert_eq!(throttle.begin(&name, UNIX_EPOCH), Ok(false));
            throttle.succeeded(&name);
        }
    }

    #[test]
    fn each_lock_is_longer_than_the_one_before_for_a_day() {
        let mut throttle = Throttle::new(1, Duration::from_secs(60));
        let name = Attempt::Password("a".into());
        let mut now = UNIX_EPOCH;
        let mut lock = |now| {
            assert_eq!(throttle.begin(&name, now), Ok(true));
            throttle.begin(&name, now).unwrap_err().remaining
        };
        for minutes in [1, 2, 4, 8, 15, 15] {
            let remaining = lock(now);
            assert_eq!(remaining, Duration::from_secs(minutes * 60));
            now += remaining;
        }
        now += MEMORY;
        assert_eq!(lock(now), Duration::from_secs(60));
    }

    #[test]
    fn what_was_not_looked_at_does_not_count() {
        let mut throttle = Throttle::new(2, Duration::from_secs(60));
        let name = Attempt::Password("a".into());
        assert_eq!(throttle.begin(&name, UNIX_EPOCH), Ok(false));
        for _ in 0..3 {
            assert_eq!(throttle.begin(&name, UNIX_EPOCH), Ok(true));
            throttle.withdrawn(&name);
        }
    }

    #[test]
    fn the_name_tried_longest_ago_is_forgotten_first() {
        let mut throttle = Throttle::new(2, Duration::from_secs(60));
        let name = |n: usize| Attempt::Password(format!("{n}{}", "x".repeat(50)));
        for n in 0..CAPACITY {
            throttle.begin(&name(n), UNIX_EPOCH).unwrap();
        }
        assert_eq!(throttle.begin(&name(0), UNIX_EPOCH), Ok(true));
        throttle.begin(&name(CAPACITY), UNIX_EPOCH).unwrap();
        assert_eq!((throttle.failures.len(), throttle.order.len()), (CAPACITY, CAPACITY));
        assert!(throttle.begin(&name(0), UNIX_EPOCH).is_err(), "still locked");
        assert_eq!(throttle.begin(&name(1), UNIX_EPOCH), Ok(false), "forgotten");
    }
}
