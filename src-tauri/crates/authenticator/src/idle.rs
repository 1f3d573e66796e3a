use std::time::{Duration, SystemTime};

/// When an open store is locked by itself: so long after it was used last.
///
/// To lock is to drop the [`Store`](crate::Store): its passphrase and protected values are overwritten, and its file can
/// be opened by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleLock {
    after: Option<Duration>,
}

impl IdleLock {
    /// After so many minutes; never with 0.
    pub const fn after_minutes(minutes: u32) -> Self {
        // A u32 of minutes is far below a u64 of seconds.
        Self { after: if minutes == 0 { None } else { Some(Duration::from_secs(minutes as u64 * 60)) } }
    }

    /// Whether a store that was used last at this time is to be locked now. A clock that was set back locks it too.
    pub fn is_due(&self, last_used: SystemTime, now: SystemTime) -> bool {
        self.left(last_used, now).is_some_and(|left| left.is_zero())
    }

    /// How long until then, unless it is used again; `None` where it never is.
    pub fn left(&self, last_used: SystemTime, now: SystemTime) -> Option<Duration> {
        let after = self.after?;
        Some(now.duration_since(last_used).map_or(Duration::ZERO, |idle| after.saturating_sub(idle)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_locked_when_nobody_used_it_for_so_long() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let check = |minutes, idle: i64, expect: bool| {
            let idle_for = Duration::from_secs(idle.unsigned_abs());
            let now = if idle < 0 { start - idle_for } else { start + idle_for };
            assert_eq!(IdleLock::after_minutes(minutes).is_due(start, now), expect, "{minutes} {idle}");
        };
        check(15, 0, false);
        check(15, 899, false);
        check(15, 900, true);
        check(15, -1, true);
        check(1, 60, true);
        check(0, 1_000_000_000, false);
        let left = IdleLock::after_minutes(15).left(start, start + Duration::from_secs(600));
        assert_eq!(left, Some(Duration::from_secs(300)));
        assert_eq!(IdleLock::after_minutes(0).left(start, start), None);
    }
}
