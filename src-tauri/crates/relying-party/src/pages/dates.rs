//! Times as people read them.

use std::time::{SystemTime, UNIX_EPOCH};

/// The day (UTC) as `2026-11-22`, by the civil calendar.
pub(crate) fn date(at: SystemTime) -> String {
    let days = seconds(at) / 86_400;
    let (mut year, mut day) = (1970_u64, days);
    let leap = |y: u64| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
    let length = |y: u64| if leap(y) { 366 } else { 365 };
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days_in_month in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < days_in_month {
            break;
        }
        day -= days_in_month;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}

/// Day and minute (UTC) as `2026-11-22 14:05 UTC`.
pub(crate) fn moment(at: SystemTime) -> String {
    let minutes = seconds(at) / 60;
    format!("{} {:02}:{:02} UTC", date(at), minutes / 60 % 24, minutes % 60)
}

fn seconds(at: SystemTime) -> u64 {
    at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        let check = |seconds, expect| assert_eq!(moment(UNIX_EPOCH + Duration::from_secs(seconds)), expect);
        check(0, "1970-01-01 00:00 UTC");
        check(951_782_400, "2000-02-29 00:00 UTC");
        check(1_795_305_600 + 5 * 3600 + 61, "2026-11-22 05:01 UTC");
        check(1_798_675_199, "2026-12-30 23:59 UTC");
    }
}
