//! Times as Bitwarden writes them.

/// Seconds since 1970 as RFC 3339 with milliseconds, UTC.
pub(super) fn text(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("{}", time.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
}

/// Seconds since 1970 of such a time.
pub(super) fn seconds(text: &str) -> Option<i64> {
    text.parse().ok().map(|time: jiff::Timestamp| time.as_second())
}
