//! Locks a name out for a while after too many failures in a row.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// Names remembered at once; beyond, those that are not locked are forgotten first.
const CAPACITY: usize = 10_000;

/// What an attempt is an attempt at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Attempt {
    /// The password of a user name, whether or not such an account exists.
    Password(String),
    /// A one-time code of an account, by user name.
    Code(String),
    /// The picture shown to an account. Apart from the codes, because anybody can get a picture right.
    Picture(String),
    /// A recovery code of a user name, whether or not such an account exists.
    RecoveryCode(String),
}

#[derive(Default)]
struct Failures {
    count: u32,
    locked_until: Option<SystemTime>,
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
    failures: HashMap<Attempt, Failures>,
}

impl Throttle {
    pub(crate) fn new(limit: u32, lock_for: Duration) -> Self {
        Self { limit: limit.max(1), lock_for, failures: HashMap::new() }
    }

    /// Counts an attempt as failed until [`Throttle::succeeded`] says otherwise, so that attempts made at the same time
    /// cannot outrun the limit. Returns whether this one, if it fails, locks the name.
    pub(crate) fn begin(&mut self, attempt: &Attempt, now: SystemTime) -> Result<bool, Locked> {
        if self.failures.len() >= CAPACITY {
            self.failures.retain(|_, f| f.locked_until.is_some_and(|until| until > now));
        }
        let failures = self.failures.entry(attempt.clone()).or_default();
        if let Some(until) = failures.locked_until {
            match until.duration_since(now) {
                Ok(remaining) if !remaining.is_zero() => return Err(Locked { remaining }),
                _ => *failures = Failures::default(),
            }
        }
        failures.count += 1;
        let locks = failures.count >= self.limit;
        if locks {
            failures.locked_until = Some(now + self.lock_for);
        }
        Ok(locks)
    }

    /// The attempt succeeded: forgets the failures before it.
    pub(crate) fn succeeded(&mut self, attempt: &Attempt) {
        self.failures.remove(attempt);
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
}
