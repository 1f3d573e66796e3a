//! What makes a record one that can be used.

use crate::name::Scope;
use crate::record::{Capacity, Fact, List, Provenance, Record, Text};

const MAX_TITLE: usize = 100;
const MAX_NOTE: usize = 2_000;
const MAX_LIST: usize = 256;
const MAX_SOURCES: usize = 32;

/// Why something that is said of a site is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordProblem {
    /// No domain, or not spelled as hosts are compared: lower case, ASCII, no dot at the end, no public suffix.
    #[error("{field}: not a domain in its plain form")]
    Name {
        /// The field.
        field: &'static str,
    },
    /// No address that a person can be sent to.
    #[error("{field}: not a plain https address")]
    Address {
        /// The field.
        field: &'static str,
    },
    /// An address of another site, where only the site's own are taken.
    #[error("{field}: belongs to another site")]
    OtherSite {
        /// The field.
        field: &'static str,
    },
    /// More text, or more entries, than the field is for.
    #[error("{field}: too long")]
    TooLong {
        /// The field.
        field: &'static str,
    },
    /// A number that means nothing.
    #[error("{field}: no such number")]
    Number {
        /// The field.
        field: &'static str,
    },
    /// Not a day, month or year.
    #[error("{field}: not a date like 2026-08-14")]
    Date {
        /// The field.
        field: &'static str,
    },
    /// Nothing says where the fact comes from.
    #[error("{field}: no source")]
    NoSource {
        /// The field.
        field: &'static str,
    },
    /// Another record speaks of the same domain.
    #[error("{field}: another record claims this domain")]
    Claimed {
        /// The field.
        field: &'static str,
    },
    /// Neither a sign-in nor a second factor: there is nothing to take over.
    #[error("{field}: says nothing")]
    Empty {
        /// The field.
        field: &'static str,
    },
}

/// A part of a layer that was not taken; the rest of the layer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Its place among those that were given, from 0.
    pub place: usize,
    /// Why.
    pub problem: RecordProblem,
    /// Whether all of it was refused, or that field alone.
    pub is_whole: bool,
}

/// Looks a record over. Two records that claim one domain are told by the layer that holds both.
///
/// # Errors
/// The first problem.
pub fn check(record: &Record, scope: Scope) -> Result<(), RecordProblem> {
    let Record { name, domain, equivalent, rp_ids, sign_in, passkey_page, manage_page, role, .. } = record;
    let Record { asks_first, authenticator, capacity, usernameless, password_after, change_password, .. } = record;
    let Record { recovery_page, help, kind, notes, .. } = record;
    if name.len() > MAX_TITLE {
        return Err(RecordProblem::TooLong { field: "name" });
    }
    if !scope.takes_name(domain) {
        return Err(RecordProblem::Name { field: "domain" });
    }
    let field = Field { scope };
    field.names("equivalent", equivalent.as_ref())?;
    field.names("rp_ids", rp_ids.as_ref())?;
    field.address("sign_in", sign_in.as_ref())?;
    field.address("passkey_page", passkey_page.as_ref())?;
    field.address("manage_page", manage_page.as_ref())?;
    field.address("change_password", change_password.as_ref())?;
    field.address("recovery_page", recovery_page.as_ref())?;
    field.address("help", help.as_ref())?;
    field.any("role", role.as_ref())?;
    field.any("authenticator", authenticator.as_ref())?;
    field.any("usernameless", usernameless.as_ref())?;
    field.any("password_after", password_after.as_ref())?;
    field.any("kind", kind.as_ref())?;
    field.list("asks_first", asks_first.as_ref())?;
    field.list("notes", notes.as_ref())?;
    field.any("capacity", capacity.as_ref())?;
    if capacity.as_ref().is_some_and(|fact| fact.value == Capacity::AtMost(0)) {
        return Err(RecordProblem::Number { field: "capacity" });
    }
    let is_long = |(language, text): &(Text, Text)| language.len() > 16 || text.len() > MAX_NOTE;
    if notes.as_ref().is_some_and(|fact| fact.value.iter().any(is_long)) {
        return Err(RecordProblem::TooLong { field: "notes" });
    }
    Ok(())
}

struct Field {
    scope: Scope,
}

impl Field {
    fn any<T: Clone>(&self, field: &'static str, fact: Option<&Fact<T>>) -> Result<(), RecordProblem> {
        let Some(Fact { provenance: Provenance { sources, observed, .. }, .. }) = fact else { return Ok(()) };
        if sources.is_empty() && self.scope == Scope::Public {
            return Err(RecordProblem::NoSource { field });
        }
        if sources.len() > MAX_SOURCES || sources.iter().any(|source| source.len() > MAX_TITLE) {
            return Err(RecordProblem::TooLong { field });
        }
        if observed.as_deref().is_some_and(|date| !is_date(date)) {
            return Err(RecordProblem::Date { field });
        }
        Ok(())
    }

    fn list<T: Clone>(&self, field: &'static str, fact: Option<&Fact<List<T>>>) -> Result<(), RecordProblem> {
        self.any(field, fact)?;
        match fact {
            Some(fact) if fact.value.len() > MAX_LIST => Err(RecordProblem::TooLong { field }),
            _ => Ok(()),
        }
    }

    fn names(&self, field: &'static str, fact: Option<&Fact<List<Text>>>) -> Result<(), RecordProblem> {
        self.list(field, fact)?;
        match fact {
            Some(fact) if !fact.value.iter().all(|name| self.scope.takes_name(name)) => {
                Err(RecordProblem::Name { field })
            }
            _ => Ok(()),
        }
    }

    fn address(&self, field: &'static str, fact: Option<&Fact<Text>>) -> Result<(), RecordProblem> {
        self.any(field, fact)?;
        match fact {
            Some(fact) if self.scope.address(&fact.value).is_none() => Err(RecordProblem::Address { field }),
            _ => Ok(()),
        }
    }
}

/// `2026`, `2026-08` or `2026-08-14`. Whether the month has that day is nobody's concern here.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize, least: u16, most: u16| {
        parts.next().map(|part| {
            let spelled = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            spelled && part.parse().is_ok_and(|number| (least..=most).contains(&number))
        })
    };
    let found = [number(4, 1970, 2999), number(2, 1, 12), number(2, 1, 31)];
    found.iter().flatten().all(|fits| *fits) && parts.next().is_none()
}

/// `2026-08-14`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == "2026-08-14".len() && is_date(text)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::test_table::{fact, record, text};

    fn problem(change: impl Fn(&mut Record), scope: Scope, expect: Result<(), &str>) {
        let mut record = record("example.com");
        change(&mut record);
        assert_eq!(check(&record, scope).map_err(|problem| problem.to_string()), expect.map_err(str::to_owned));
    }

    #[test]
    fn records() {
        use Scope::{Own, Public};
        problem(|_| {}, Public, Ok(()));
        problem(|r| r.domain = text("Example.com"), Public, Err("domain: not a domain in its plain form"));
        problem(|r| r.domain = text("com"), Public, Err("domain: not a domain in its plain form"));
        problem(|r| r.domain = text("nas.lan"), Public, Err("domain: not a domain in its plain form"));
        problem(|r| r.domain = text("nas.lan"), Own, Ok(()));
        problem(|r| r.name = Cow::Owned("x".repeat(101)), Public, Err("name: too long"));
        problem(|r| r.sign_in = Some(fact(text("https://example.com/in"))), Public, Ok(()));
        // A sign-in may be at another site; who takes secrets there is another question.
        problem(|r| r.sign_in = Some(fact(text("https://id.example.org/in"))), Public, Ok(()));
        for bad in ["http://example.com/in", "example.com/in", "https://10.0.0.1/", "https://u:p@example.com/", ""] {
            problem(|r| r.sign_in = Some(fact(text(bad))), Public, Err("sign_in: not a plain https address"));
            problem(|r| r.help = Some(fact(text(bad))), Public, Err("help: not a plain https address"));
        }
        problem(
            |r| r.passkey_page = Some(fact(text("http://example.com/"))),
            Own,
            Err("passkey_page: not a plain https address"),
        );
        let names = |name: &str| crate::test_table::names(&[name]);
        problem(|r| r.equivalent = names("example.org"), Public, Ok(()));
        problem(|r| r.equivalent = names("org"), Public, Err("equivalent: not a domain in its plain form"));
        problem(|r| r.rp_ids = names("https://example.com"), Public, Err("rp_ids: not a domain in its plain form"));
        problem(|r| r.capacity = Some(fact(Capacity::AtMost(0))), Public, Err("capacity: no such number"));
        problem(
            |r| r.usernameless = Some(Fact { provenance: unsourced(), value: true }),
            Public,
            Err("usernameless: no source"),
        );
        problem(|r| r.usernameless = Some(Fact { provenance: unsourced(), value: true }), Own, Ok(()));
        problem(
            |r| {
                let mut late = fact(true);
                late.provenance.observed = Some(text("yesterday"));
                r.usernameless = Some(late);
            },
            Own,
            Err("usernameless: not a date like 2026-08-14"),
        );
        let long = || Some(fact(Cow::Owned(vec![(text("en"), Cow::Owned("x".repeat(MAX_NOTE + 1)))])));
        problem(|r| r.notes = long(), Own, Err("notes: too long"));
    }

    fn unsourced() -> Provenance {
        Provenance { sources: Cow::Borrowed(&[]), ..fact(true).provenance }
    }

    #[test]
    fn dates() {
        for good in ["2025", "2026-08", "2026-08-14"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "26", "2026-8", "2026-13", "2026-08-32", "2026-08-14-1", "2026-08-14T10:00", "+026", "٢٠٢٦"]
        {
            assert!(!is_date(bad), "{bad}");
        }
        assert!(is_day("2026-08-14") && !is_day("2026-08"));
    }
}
