//! Whether passwords are among those that were stolen and published: Have I Been Pwned's *Pwned Passwords*, asked in ranges.
//!
//! Of a password's SHA-1 the first five hexadecimal digits are sent, and the answer holds the rest of every known hash
//! that begins so: hundreds of them, padded with invented ones so that its size says nothing. Which of them was meant
//! stays here. Neither hash nor digits are kept or logged, and a result is coarse on purpose.
//!
//! <https://haveibeenpwned.com/API/v3#PwnedPasswords>

use std::future::Future;

use rand::seq::SliceRandom as _;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use sha1::{Digest as _, Sha1};
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};
use tokio::task::JoinSet;
use url::Url;
use zeroize::Zeroizing;

use crate::client::{Body, Redirects, Request};
use crate::{Client, Consent, Error, LookUp, NotSwitchedOn, Permit, Progress};

/// The only host that is asked.
pub(crate) const HOST: &str = "api.pwnedpasswords.com";

/// The most bytes of one answer; they have about 40,000.
const MOST_RANGE: usize = 1 << 20;

/// Digits of a hash that are sent, and those that are not.
const PREFIX: usize = 5;
const SUFFIX: usize = 35;

/// How often a password was found among stolen ones, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Not once.
    Never,
    /// Up to nine times.
    Rarely,
    /// Up to 999 times.
    Often,
    /// More often: whoever guesses, guesses it.
    Everywhere,
}

impl Seen {
    /// The stable name, for texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Rarely => "rarely",
            Self::Often => "often",
            Self::Everywhere => "everywhere",
        }
    }

    fn of(times: u64) -> Self {
        match times {
            0 => Self::Never,
            1..10 => Self::Rarely,
            10..1000 => Self::Often,
            _ => Self::Everywhere,
        }
    }
}

/// Asks about passwords, each different one once and in random order; the results are in the order of the passwords.
///
/// `progress` is told after each. When `cancel` completes, what is not done yet is [`Error::Cancelled`].
///
/// # Errors
/// Where the look-up is switched off. What goes wrong with one password is its own result.
pub async fn check(
    client: &Client,
    consent: &Consent,
    passwords: &[SecretString],
    mut progress: impl FnMut(Progress),
    cancel: impl Future<Output = ()>,
) -> Result<Vec<Result<Seen, Error>>, NotSwitchedOn> {
    let permit = consent.permit(LookUp::Breaches)?;
    let mut results = vec![Err(Error::Cancelled); passwords.len()];
    let mut ranges = ranges(passwords);
    ranges.shuffle(&mut rand::rng());
    let mut asking = JoinSet::new();
    for range in ranges {
        let (client, permit) = (client.clone(), permit.clone());
        asking.spawn(async move { range.ask(&client, &permit).await });
    }
    let (mut done, total) = (0, passwords.len());
    let mut cancel = std::pin::pin!(cancel);
    loop {
        let answered = tokio::select! {
            biased;
            () = &mut cancel => break,
            answered = asking.join_next() => answered,
        };
        let Some(answered) = answered else { break };
        for (index, result) in answered.unwrap_or_default() {
            if let Some(place) = results.get_mut(index) {
                *place = result;
            }
            done += 1;
        }
        progress(Progress { done, total });
    }
    Ok(results)
}

/// The SHA-1 of a password in upper-case hexadecimal digits.
type Digits = Zeroizing<[u8; PREFIX + SUFFIX]>;

/// Hashes that begin with the same digits, sorted, each with the place of the password that it is of.
struct Range(Vec<(Digits, usize)>);

/// A range for each beginning; a password that occurs twice is one hash with two places.
fn ranges(passwords: &[SecretString]) -> Vec<Range> {
    let mut hashes: Vec<_> = passwords.iter().map(|password| hash(password.expose_secret())).zip(0..).collect();
    hashes.sort_unstable_by(|(a, _), (b, _)| a.as_slice().cmp(b.as_slice()));
    let ranges = hashes.chunk_by(|(a, _), (b, _)| a.get(..PREFIX) == b.get(..PREFIX));
    ranges.map(|range| Range(range.to_vec())).collect()
}

fn hash(password: &str) -> Digits {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let hash: Zeroizing<[u8; 20]> = Zeroizing::new(Sha1::digest(password.as_bytes()).into());
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    let mut digits = Zeroizing::new([0; PREFIX + SUFFIX]);
    for (place, digit) in digits.iter_mut().zip(hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])) {
        *place = digit;
    }
    digits
}

impl Range {
    /// The result for each password of the range.
    async fn ask(self, client: &Client, permit: &Permit) -> Vec<(usize, Result<Seen, Error>)> {
        let answer = self.fetch(client, permit).await;
        let result = |digits: &Digits| {
            let suffix = digits.last_chunk().ok_or(Error::Malformed)?;
            times(answer.as_ref().map_err(Error::clone)?, suffix).map(Seen::of).ok_or(Error::Malformed)
        };
        self.0.iter().map(|(digits, place)| (*place, result(digits))).collect()
    }

    async fn fetch(&self, client: &Client, permit: &Permit) -> Result<Vec<u8>, Error> {
        let prefix = self.0.first().and_then(|(digits, _)| digits.get(..PREFIX));
        let prefix = prefix.and_then(|prefix| std::str::from_utf8(prefix).ok()).ok_or(Error::Malformed)?;
        let request = Request {
            url: Url::parse(&format!("https://{HOST}/range/{prefix}")).map_err(|_| Error::InsecureAddress)?,
            redirects: Redirects::Refused,
            body: Body::Text(MOST_RANGE),
            header: Some((HeaderName::from_static("add-padding"), HeaderValue::from_static("true"))),
        };
        Ok(client.get(permit, &request).await?.body)
    }
}

/// How often a hash was seen, by the rows `SUFFIX:COUNT` of an answer; `None` where no row is one. Every row is compared,
/// whole, so that time does not tell which one was meant.
pub(crate) fn times(text: &[u8], suffix: &[u8; SUFFIX]) -> Option<u64> {
    let (mut times, mut rows) = (0, 0_usize);
    for line in text.split(|&byte| byte == b'\n') {
        let Some((row, count)) = read_row(line) else { continue };
        rows += 1;
        times.conditional_assign(&count, row.ct_eq(suffix));
    }
    (rows > 0).then_some(times)
}

/// One row; padding is a row like any other, with a count of nought.
fn read_row(line: &[u8]) -> Option<([u8; SUFFIX], u64)> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (suffix, count) = line.split_at_checked(SUFFIX)?;
    let mut suffix: [u8; SUFFIX] = suffix.try_into().ok()?;
    if !suffix.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    suffix.make_ascii_uppercase();
    let count = std::str::from_utf8(count.strip_prefix(b":")?).ok()?;
    if !count.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((suffix, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_forty_digits() {
        // FIPS 180's example.
        assert_eq!(&*hash("abc"), b"A9993E364706816ABA3E25717850C26C9CD0D89D");
    }

    #[test]
    fn a_range_is_asked_once_whoever_is_in_it() {
        // The hashes of `r532` and `r683` both begin with 2E614.
        let passwords = ["r532", "two", "r683", "r532"].map(SecretString::from);
        let mut places: Vec<Vec<usize>> =
            ranges(&passwords).iter().map(|range| range.0.iter().map(|(_, place)| *place).collect()).collect();
        places.iter_mut().for_each(|places| places.sort_unstable());
        places.sort();
        assert_eq!(places, [vec![0, 2, 3], vec![1]]);
    }

    #[test]
    fn rows_are_compared_whole_and_bad_ones_are_passed_over() {
        let suffix = b"E364706816ABA3E25717850C26C9CD0D89D";
        let check = |text: &str, expect| assert_eq!(times(text.as_bytes(), suffix), expect, "{text}");
        let other = "00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2";
        let row = |count: &str| format!("{other}\r\nE364706816ABA3E25717850C26C9CD0D89D:{count}\r\n{other}");
        check(&row("17"), Some(17));
        check(&row("0"), Some(0));
        check(&row("x"), Some(0));
        check(&row("99999999999999999999999"), Some(0));
        check(&row("17").to_lowercase(), Some(17));
        check(other, Some(0));
        for text in ["", "\n\n", "<html></html>", "E364706816ABA3E25717850C26C9CD0D89D", "{\"a\":1}"] {
            check(text, None);
        }
    }

    #[test]
    fn results_are_coarse() {
        let seen = [0, 1, 9, 10, 999, 1000, u64::MAX].map(Seen::of);
        use Seen::{Everywhere, Never, Often, Rarely};
        assert_eq!(seen, [Never, Rarely, Rarely, Often, Often, Everywhere, Everywhere]);
    }
}
