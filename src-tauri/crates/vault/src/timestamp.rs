//! Timestamps of vault files; what cannot be read is no timestamp, never an error.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// Seconds from 0001-01-01 to 1970-01-01, both UTC.
const YEAR_ONE_TO_UNIX: i64 = 62_135_596_800;

/// When something was, in seconds since 1970 UTC, or that it is not known: half as large as an `Option<i64>`, and a vault
/// may have a hundred thousand entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time(i64);

impl Time {
    /// No vault's time is as long ago.
    const UNKNOWN: Self = Self(i64::MIN);

    pub(crate) fn seconds(self) -> Option<i64> {
        (self != Self::UNKNOWN).then_some(self.0)
    }
}

impl Default for Time {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl From<Option<i64>> for Time {
    fn from(seconds: Option<i64>) -> Self {
        seconds.map_or(Self::UNKNOWN, Self)
    }
}

/// A KDBX time: ISO 8601 up to KDBX 3.1, from 4.0 base64 of the seconds since the year 1, 64 bits little endian.
pub(crate) fn kdbx(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.contains('-') {
        return iso_8601(text);
    }
    let bytes: [u8; 8] = BASE64_STANDARD.decode(text).ok()?.try_into().ok()?;
    let unix = i64::from_le_bytes(bytes).checked_sub(YEAR_ONE_TO_UNIX)?;
    // The years 1 to 9999, as everywhere in these files.
    (-YEAR_ONE_TO_UNIX..253_402_300_800).contains(&unix).then_some(unix)
}

/// A time as exports write it: a date with or without a time, or a number of seconds, milliseconds or microseconds
/// since 1970. Numbers are told apart by their size, which holds for the years 1975 to 5138.
pub(crate) fn any(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return match number {
            ..=0 => None,
            1..100_000_000_000 => Some(number),
            100_000_000_000..100_000_000_000_000 => Some(number / 1000),
            _ => Some(number / 1_000_000),
        };
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00"));
    // Days come first where dots stand between, years where they have four digits. Of what is left, `1/2/2024`, nobody
    // knows which is the month.
    let date = if date.contains('.') { turned(date, '.', [2, 1, 0])? } else { date.replace('/', "-") };
    iso_8601(&format!("{date}T{time}"))
}

/// A time as American programs write it, `MM/DD/YYYY HH:MM:SS`, in UTC.
pub(crate) fn american(text: &str) -> Option<i64> {
    let (date, time) = text.trim().split_once(' ').unwrap_or((text.trim(), "00:00:00"));
    iso_8601(&format!("{}T{time}", turned(date, '/', [2, 0, 1])?))
}

/// A time with the day first and dashes between, `DD-MM-YYYY HH:MM:SS`, in UTC.
pub(crate) fn day_first(text: &str) -> Option<i64> {
    let (date, time) = text.trim().split_once(' ').unwrap_or((text.trim(), "00:00:00"));
    iso_8601(&format!("{}T{time}", turned(date, '-', [2, 1, 0])?))
}

/// The parts of a date in the order year, month, day; `order` says where each stands.
fn turned(date: &str, separator: char, order: [usize; 3]) -> Option<String> {
    let parts = numbers(date, separator)?;
    let part = |place: usize| order.get(place).and_then(|at| parts.get(*at));
    let (year, month, day) = (part(0)?, part(1)?, part(2)?);
    // Two digits are no year.
    (*year >= 1000).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `YYYY-MM-DDTHH:MM:SS`, optionally with a fraction, with `Z`, an offset or nothing (UTC).
pub(crate) fn iso_8601(text: &str) -> Option<i64> {
    let (date, time) = text.trim().split_once(['T', ' '])?;
    let [year, month, day] = numbers(date, '-')?;
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (time, offset) = match time.find(['Z', '+', '-']) {
        None => (time, 0),
        Some(at) => {
            let (time, zone) = time.split_at_checked(at)?;
            (time, offset(zone)?)
        }
    };
    let time = time.split_once('.').map_or(time, |(whole, _)| whole);
    let [hour, minute, second] = numbers(time, ':')?;
    if hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    Some(days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset)
}

/// The day of a time, as `YYYY-MM-DD`; `None` outside the years 1 to 9999.
pub(crate) fn date(seconds: i64) -> Option<String> {
    if !(-YEAR_ONE_TO_UNIX..253_402_300_800).contains(&seconds) {
        return None;
    }
    // <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>, for days since 0000-03-01.
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    Some(format!("{:04}-{month:02}-{day:02}", year + era * 400 + next))
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut parts = text.split(separator).map(|part| {
        (!part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())
            .flatten()
    });
    let all = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(all)
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted in years that start in March so that
/// the leap day is the last of a year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<i64>) {
        assert_eq!(kdbx(text), expect, "{text}");
    }

    #[test]
    fn times_of_both_generations() {
        check("1970-01-01T00:00:00Z", Some(0));
        check("2000-02-29T12:00:00Z", Some(951_825_600));
        check("2024-12-31T23:59:59.123Z", Some(1_735_689_599));
        check("2024-12-31T23:59:59+02:00", Some(1_735_682_399));
        check("0001-01-01T00:00:00Z", Some(-YEAR_ONE_TO_UNIX));
        check("AAAAAAAAAAA=", Some(-YEAR_ONE_TO_UNIX));
        check("APeRdw4AAAA=", Some(0));
    }

    #[test]
    fn a_time_may_be_unknown() {
        for seconds in [None, Some(0), Some(-1), Some(i64::MAX), Some(-YEAR_ONE_TO_UNIX)] {
            assert_eq!(Time::from(seconds).seconds(), seconds);
        }
        assert_eq!(Time::default().seconds(), None);
        assert_eq!(size_of::<Time>() * 2, size_of::<Option<i64>>());
    }

    #[test]
    fn a_time_has_its_day() {
        let check = |seconds, expect: Option<&str>| assert_eq!(date(seconds).as_deref(), expect, "{seconds}");
        check(0, Some("1970-01-01"));
        check(-1, Some("1969-12-31"));
        check(951_825_600, Some("2000-02-29"));
        check(1_735_689_599, Some("2024-12-31"));
        check(-YEAR_ONE_TO_UNIX, Some("0001-01-01"));
        check(253_402_300_799, Some("9999-12-31"));
        check(-YEAR_ONE_TO_UNIX - 1, None);
        check(i64::MAX, None);
    }

    #[test]
    fn times_as_exports_write_them() {
        for (text, expect) in [
            ("1704067200", Some(1_704_067_200)),
            ("1704067200000", Some(1_704_067_200)),
            ("2024-01-01", Some(1_704_067_200)),
            ("2024/01/01 00:00:00", Some(1_704_067_200)),
            ("1.1.2024", Some(1_704_067_200)),
            ("01.01.2024 00:00:10", Some(1_704_067_210)),
            ("2024-01-01T00:00:00.000Z", Some(1_704_067_200)),
            ("1/1/2024", None),
            ("1.1.24", None),
            ("0", None),
            ("never", None),
        ] {
            assert_eq!(any(text), expect, "{text}");
        }
        assert_eq!(american("01/31/2024 10:00:00"), Some(1_706_695_200));
        assert_eq!(american("31/01/2024"), None);
        assert_eq!(day_first("31-1-2024 10:00:00"), Some(1_706_695_200));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "yesterday",
            "2024-13-01T00:00:00Z",
            "99999-01-01T00:00:00Z",
            "//////////8=",
            "AAAA",
            "-",
            "2024-01-01T",
        ] {
            check(text, None);
        }
    }
}
