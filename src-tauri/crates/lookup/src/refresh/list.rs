//! The list itself: a JSON object of domains, each with what its site takes.
//!
//! The shape is that of `tests/api_schema.json` of <https://github.com/2factorauth/passkeys>. What decides is the name of the
//! member (and of the file), not the publisher's description of the two, which has them the wrong way round.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use jiff::Timestamp;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use crate::client::host_of;

/// The most domains that are taken from one list; today's name about three thousand.
const MOST_DOMAINS: usize = 200_000;

/// The most problems that are kept; the rest is counted.
const MOST_PROBLEMS: usize = 1000;

/// Which of the publisher's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    /// Every site that takes passkeys; the other two are parts of it.
    #[default]
    Supported,
    /// Sites that one can sign in to with a passkey.
    Passwordless,
    /// Sites that take a passkey as a second factor.
    Mfa,
}

/// What a passkey is good for at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// One signs in with it instead of a password.
    SignIn,
    /// It is asked for after the password.
    SecondFactor,
    /// Both, as one likes.
    Both,
}

/// What the list says of one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The domain in lower-case ASCII: a site's, or one under it (`aws.amazon.com`).
    pub domain: String,
    /// What a passkey is good for there.
    pub role: Role,
    /// The site's help page, where it is `https`; it may be on another domain.
    pub documentation: Option<Url>,
    /// The site's page on getting back in, where it is `https`.
    pub recovery: Option<Url>,
}

/// A list with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// When its publisher signed it: the date of its facts.
    pub signed: Timestamp,
    /// When it was fetched.
    pub fetched: Timestamp,
    /// When it was last known to be the newest.
    pub checked: Timestamp,
    /// What it says, in its order.
    pub sites: Vec<Listed>,
    /// What of it was not taken over; at most a thousand.
    pub problems: Vec<Problem>,
    /// How many problems there were.
    pub problem_count: usize,
}

/// One record, or a part of one, that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The domain as it stands in the list, shortened.
    pub domain: String,
    /// What kind of problem.
    pub code: ProblemCode,
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The domain is none, or not one of the internet. The record is left out.
    BadDomain,
    /// Two records claim the domain; the first one counts.
    Duplicate,
    /// The record is not of the shape that is known. It is left out.
    BadRecord,
    /// The record does not say what a passkey is good for, or in unknown words. It is left out.
    UnknownRole,
    /// A link that is not a plain `https` address. The record is taken without it.
    BadLink,
}

impl List {
    /// The name of its file, without ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Passwordless => "passwordless",
            Self::Mfa => "mfa",
        }
    }
}

/// What one list came to.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) sites: Vec<Listed>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) problem_count: usize,
}

/// Reads a list; `None` where it is no JSON object at all, or names more domains than any list can.
pub(crate) fn read(content: &[u8], list: List) -> Option<Reading> {
    let Records(records) = serde_json::from_slice(content).ok()?;
    let mut reading = Reading::default();
    let mut seen = HashSet::new();
    for (domain, record) in &records {
        match read_record(domain, record.get(), list) {
            Err(code) => reading.report(domain, code),
            Ok((sites, bad_links)) => {
                if bad_links {
                    reading.report(domain, ProblemCode::BadLink);
                }
                for site in sites {
                    if seen.insert(site.domain.clone()) {
                        reading.sites.push(site);
                    } else {
                        reading.report(domain, ProblemCode::Duplicate);
                    }
                }
            }
        }
    }
    Some(reading)
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    passwordless: Option<String>,
    #[serde(default)]
    mfa: Option<String>,
    #[serde(default)]
    documentation: Option<Value>,
    #[serde(default)]
    recovery: Option<Value>,
    #[serde(default, rename = "additional-domains")]
    additional: Vec<String>,
}

/// What a record says of its domains, and whether a link of it was bad.
fn read_record(domain: &str, record: &str, list: List) -> Result<(Vec<Listed>, bool), ProblemCode> {
    let record: Record = serde_json::from_str(record).map_err(|_| ProblemCode::BadRecord)?;
    let says = |word: &Option<String>, all: bool| match word.as_deref() {
        Some("allowed" | "required") => Ok(true),
        None => Ok(all),
        Some(_) => Err(ProblemCode::UnknownRole),
    };
    let role = match (says(&record.passwordless, list == List::Passwordless)?, says(&record.mfa, list == List::Mfa)?) {
        (true, true) => Role::Both,
        (true, false) => Role::SignIn,
        (false, true) => Role::SecondFactor,
        (false, false) => return Err(ProblemCode::UnknownRole),
    };
    let (documentation, recovery) = (link(record.documentation), link(record.recovery));
    let bad_links = documentation.is_err() || recovery.is_err();
    let (documentation, recovery) = (documentation.unwrap_or_default(), recovery.unwrap_or_default());
    let names = std::iter::once(domain).chain(record.additional.iter().map(String::as_str));
    let domains: Vec<String> = names.map(plain_domain).collect::<Option<_>>().ok_or(ProblemCode::BadDomain)?;
    let listed = |domain| Listed { domain, role, documentation: documentation.clone(), recovery: recovery.clone() };
    Ok((domains.into_iter().map(listed).collect(), bad_links))
}

/// The domain in its ASCII form; `None` where it is anything but a domain of the internet.
fn plain_domain(name: &str) -> Option<String> {
    if name.len() > 253 || name.contains(['/', '\\', '?', '#', '@', ':', '%']) || name.contains(char::is_whitespace) {
        return None;
    }
    host_of(&Url::parse(&format!("https://{name}/")).ok()?).ok()
}

/// A link, `None` where there is none; an error where it is not one that Rekey shows.
fn link(value: Option<Value>) -> Result<Option<Url>, ()> {
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.len() <= 2048 => text,
        Some(_) => return Err(()),
    };
    let url = Url::parse(&text).map_err(|_| ())?;
    host_of(&url).map_err(|_| ())?;
    Ok(Some(url))
}

impl Reading {
    fn report(&mut self, domain: &str, code: ProblemCode) {
        self.problem_count += 1;
        if self.problems.len() < MOST_PROBLEMS {
            let domain = domain.chars().filter(|c| !c.is_control()).take(80).collect();
            self.problems.push(Problem { domain, code });
        }
    }
}

/// The members of the object in their order, each unread, so that a bad one spoils no other.
struct Records<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = Records<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of domains")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut records = Vec::new();
                while let Some((Name(name), record)) = map.next_entry()? {
                    if records.len() == MOST_DOMAINS {
                        return Err(serde::de::Error::custom("too many domains"));
                    }
                    records.push((name, record));
                }
                Ok(Records(records))
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(reading: &Reading) -> Vec<(&str, Role)> {
        reading.sites.iter().map(|site| (site.domain.as_str(), site.role)).collect()
    }

    fn problems(reading: &Reading) -> Vec<(&str, ProblemCode)> {
        reading.problems.iter().map(|problem| (problem.domain.as_str(), problem.code)).collect()
    }

    #[test]
    fn records_say_what_a_passkey_is_good_for() {
        let reading = read(
            br#"{"a.example.com": {"passwordless": "allowed", "documentation": "https://help.example.net/p", "regions": ["us"]},
                "B.example.org": {"mfa": "required", "recovery": "https://b.example.org/lost", "notes": "ten letters"},
                "c.example.net": {"passwordless": "required", "mfa": "allowed", "additional-domains": ["c.example.co.uk"]}}"#,
            List::Supported,
        )
        .unwrap();
        let expect = [
            ("a.example.com", Role::SignIn),
            ("b.example.org", Role::SecondFactor),
            ("c.example.net", Role::Both),
            ("c.example.co.uk", Role::Both),
        ];
        assert_eq!(sites(&reading), expect);
        assert_eq!(reading.sites[0].documentation.as_ref().unwrap().as_str(), "https://help.example.net/p");
        assert_eq!(reading.sites[1].recovery.as_ref().unwrap().path(), "/lost");
        assert_eq!(reading.problem_count, 0);
    }

    #[test]
    fn the_name_of_the_file_says_what_a_record_leaves_out() {
        let one = br#"{"example.com": {}}"#;
        assert_eq!(sites(&read(one, List::Passwordless).unwrap()), [("example.com", Role::SignIn)]);
        assert_eq!(sites(&read(one, List::Mfa).unwrap()), [("example.com", Role::SecondFactor)]);
        assert_eq!(problems(&read(one, List::Supported).unwrap()), [("example.com", ProblemCode::UnknownRole)]);
    }

    #[test]
    fn a_bad_record_costs_only_itself() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        let text = format!(
            r#"{{"good.example.com": {{"mfa": "allowed"}},
                "192.168.1.1": {{"mfa": "allowed"}},
                "localhost": {{"mfa": "allowed"}},
                "x.example.com/path": {{"mfa": "allowed"}},
                "me@example.com": {{"mfa": "allowed"}},
                "word.example.com": {{"mfa": "maybe"}},
                "type.example.com": {{"mfa": true}},
                "list.example.com": [1, 2],
                "deep.example.com": {{"mfa": "allowed", "recovery": {deep}}},
                "open.example.com": {{"mfa": "allowed", "documentation": "http://open.example.com/"}},
                "script.example.com": {{"mfa": "allowed", "recovery": "javascript:alert(1)"}},
                "GOOD.example.com": {{"passwordless": "allowed"}},
                "good.example.com": {{"passwordless": "allowed"}},
                "last.example.com": {{"mfa": "allowed"}}}}"#
        );
        let reading = read(text.as_bytes(), List::Supported).unwrap();
        let names: Vec<_> = sites(&reading).into_iter().map(|(domain, _)| domain).collect();
        assert_eq!(names, ["good.example.com", "open.example.com", "script.example.com", "last.example.com"]);
        assert!(reading.sites.iter().all(|site| site.documentation.is_none() && site.recovery.is_none()));
        assert_eq!(reading.sites[0].role, Role::SecondFactor, "the first of two records counts");
        let codes: Vec<_> = problems(&reading).into_iter().map(|(_, code)| code).collect();
        use ProblemCode::{BadDomain, BadLink, BadRecord, Duplicate, UnknownRole};
        let expect = [
            BadDomain,
            BadDomain,
            BadDomain,
            BadDomain,
            UnknownRole,
            BadRecord,
            BadRecord,
            BadRecord,
            BadLink,
            BadLink,
            Duplicate,
            Duplicate,
        ];
        assert_eq!(codes, expect);
    }

    #[test]
    fn what_is_no_object_is_no_list() {
        for text in
            ["", "[]", "null", "<html>", "{\"a.com\":", "{} {}", &"[".repeat(100_000), &"{\"a\":".repeat(100_000)]
        {
            assert!(read(text.as_bytes(), List::Supported).is_none(), "{}", text.get(..20).unwrap_or(text));
        }
    }
}
