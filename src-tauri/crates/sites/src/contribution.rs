//! A person's corrections as they can be given away: what is known of sites, and nothing of whoever found out.

use std::borrow::Cow;

use url::Url;

use crate::compiled::SOURCES;
use crate::corrections::Corrections;
use crate::name::{Scope, is_public_name};
use crate::record::{Fact, List, Provenance, Record, Text};
use crate::table::COMPILED;

/// The source of a contributed fact that names none of the directory's sources.
pub const CONTRIBUTOR: &str = "contributor";

/// The fewest characters of a name that is looked for inside words, too.
const TELLING: usize = 4;
/// So many digits in one part of an address are somebody's number.
const NUMBER: usize = 5;
/// Longer parts of an address, with digits in them, are made by machines for one account.
const TOKEN: usize = 20;

/// What the person agrees to give.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sharing<'a> {
    /// The user names and e-mail addresses that the person has anywhere: nothing that holds one is given away.
    pub names: &'a [&'a str],
    /// Whether notes are given away.
    pub notes: bool,
}

/// What can be given away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contribution {
    /// The records, in the order of their domains.
    pub records: Vec<Record>,
    /// What is kept back: the domain of the correction and the field, or `domain` for all of it.
    pub kept_back: Vec<(String, &'static str)>,
}

impl Corrections {
    /// The corrections as records for everybody: of public sites only, without notes unless the person agrees, no date
    /// finer than a day, and without any address or text that may tell who wrote it. In doubt a fact is kept back, and
    /// said to be. Sites without a correction are not in it.
    pub fn contribution(&self, sharing: &Sharing<'_>) -> Contribution {
        let mut contribution = Contribution::default();
        let names = Names::new(sharing.names);
        for record in self.records() {
            if !is_public_name(&record.domain) || names.are_in(&record.domain) {
                contribution.kept_back.push((record.domain.to_string(), "domain"));
                continue;
            }
            let mut clean = Cleaner { names: &names, domain: &record.domain, kept_back: &mut contribution.kept_back };
            let record = clean.record(record, sharing.notes);
            let unnamed = Record { name: record.domain.clone(), ..Record::about(record.domain.clone()) };
            if record == unnamed {
                continue;
            }
            // A correction need not say what everybody calls the site.
            let known = COMPILED.of_domain(&record.domain).filter(|_| record.name == record.domain);
            let name = known.map_or(record.name, |known| known.name.clone());
            contribution.records.push(Record { name, ..record });
        }
        contribution
    }
}

/// A person's names, in lower case, and what stands before the `@` of those that have one.
struct Names(Vec<String>);

impl Names {
    fn new(names: &[&str]) -> Self {
        let lower = names.iter().map(|name| name.trim().to_lowercase());
        let parts = lower.flat_map(|name| [name.split('@').next().unwrap_or_default().to_owned(), name]);
        Self(parts.filter(|name| !name.is_empty()).collect())
    }

    fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let has_word = |name: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        self.0.iter().any(|name| if name.chars().count() < TELLING { has_word(name) } else { text.contains(name) })
    }
}

struct Cleaner<'a> {
    names: &'a Names,
    domain: &'a str,
    kept_back: &'a mut Vec<(String, &'static str)>,
}

impl Cleaner<'_> {
    fn record(&mut self, record: &Record, notes: bool) -> Record {
        let plain = |_: &_| true;
        Record {
            name: self.name(record),
            domain: record.domain.clone(),
            equivalent: self.domains("equivalent", record.equivalent.as_ref()),
            rp_ids: self.domains("rp_ids", record.rp_ids.as_ref()),
            sign_in: self.address("sign_in", record.sign_in.as_ref()),
            passkey_page: self.address("passkey_page", record.passkey_page.as_ref()),
            manage_page: self.address("manage_page", record.manage_page.as_ref()),
            role: self.fact("role", record.role.as_ref(), plain),
            asks_first: self.fact("asks_first", record.asks_first.as_ref(), |_| true),
            authenticator: self.fact("authenticator", record.authenticator.as_ref(), |_| true),
            capacity: self.fact("capacity", record.capacity.as_ref(), |_| true),
            usernameless: self.fact("usernameless", record.usernameless.as_ref(), |_| true),
            password_after: self.fact("password_after", record.password_after.as_ref(), |_| true),
            change_password: self.address("change_password", record.change_password.as_ref()),
            recovery_page: self.address("recovery_page", record.recovery_page.as_ref()),
            help: self.address("help", record.help.as_ref()),
            kind: self.fact("kind", record.kind.as_ref(), |_| true),
            notes: self.notes(record.notes.as_ref(), notes),
        }
    }

    fn name(&mut self, record: &Record) -> Text {
        if !self.names.are_in(&record.name) {
            return record.name.clone();
        }
        self.kept_back.push((self.domain.to_owned(), "name"));
        record.domain.clone()
    }

    fn keep<T: Default>(&mut self, field: &'static str) -> T {
        self.kept_back.push((self.domain.to_owned(), field));
        T::default()
    }

    fn fact<T: Clone>(
        &mut self,
        field: &'static str,
        fact: Option<&Fact<T>>,
        is_for_all: impl Fn(&T) -> bool,
    ) -> Option<Fact<T>> {
        let fact = fact?;
        if !is_for_all(&fact.value) {
            return self.keep(field);
        }
        Some(Fact { value: fact.value.clone(), provenance: provenance(&fact.provenance) })
    }

    fn address(&mut self, field: &'static str, fact: Option<&Fact<Text>>) -> Option<Fact<Text>> {
        let names = self.names;
        self.fact(field, fact, |text| Scope::Public.address(text).is_some_and(|url| is_for_all(&url, names)))
    }

    fn domains(&mut self, field: &'static str, fact: Option<&Fact<List<Text>>>) -> Option<Fact<List<Text>>> {
        let names = self.names;
        self.fact(field, fact, |all| all.iter().all(|name| is_public_name(name) && !names.are_in(name)))
    }

    fn notes(&mut self, fact: Option<&Fact<List<(Text, Text)>>>, agreed: bool) -> Option<Fact<List<(Text, Text)>>> {
        let names = self.names;
        self.fact("notes", fact, |all| agreed && !all.iter().any(|(_, text)| names.are_in(text)))
    }
}

/// Only what the directory itself could say: its own sources, and a day.
fn provenance(own: &Provenance) -> Provenance {
    let known = |id: &&Text| SOURCES.iter().any(|source| source.id == **id);
    let mut sources: Vec<Text> = own.sources.iter().filter(known).cloned().collect();
    if sources.is_empty() {
        sources.push(Cow::Borrowed(CONTRIBUTOR));
    }
    Provenance { sources: Cow::Owned(sources), observed: own.observed.clone(), confidence: own.confidence }
}

/// Whether a page's address is the same for everybody, as far as can be told.
fn is_for_all(url: &Url, names: &Names) -> bool {
    let decoded = percent_decoded(url.as_str());
    let host = url.host_str().unwrap_or_default();
    let rest = decoded.split_once("://").map_or(decoded.as_str(), |(_, rest)| rest);
    let of_machine = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        digits >= NUMBER || (digits > 0 && part.chars().count() >= TOKEN)
    };
    let parts = rest.strip_prefix(host).unwrap_or(rest).split(['/', '?', '&', '=', '#', ';', ':', ',']).skip(1);
    !names.are_in(&decoded) && !decoded.contains('@') && !parts.into_iter().any(of_machine)
}

fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        let hex = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let escaped = hex(0).zip(hex(1)).filter(|_| *first == b'%');
        let value = escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Confidence, Role};
    use crate::test_table::{fact, record, text};

    const NAMES: &[&str] = &["Jane.Doe@mail.example.com", "jd", "mouse42"];

    fn corrected(change: impl FnOnce(&mut Record)) -> Corrections {
        let mut record = record("example.com");
        change(&mut record);
        let (corrections, refused) = Corrections::new([record]);
        assert_eq!(refused, []);
        corrections
    }

    fn check_address(address: &str, is_given: bool) {
        let corrections = corrected(|record| record.passkey_page = Some(fact(text(address))));
        let contribution = corrections.contribution(&Sharing { names: NAMES, notes: false });
        let given = contribution.records.iter().any(|record| record.passkey_page.is_some());
        assert_eq!(given, is_given, "{address}");
        assert_eq!(contribution.kept_back.is_empty(), is_given, "{address}");
    }

    #[test]
    fn an_address_is_given_away_where_it_is_everybodys() {
        check_address("https://example.com/settings/passkeys", true);
        check_address("https://account.example.com/security?addPasskey", true);
        check_address("https://example.com/realms/x/account/#/security/signing-in", true);
        check_address("https://example.com/en-GB/2fa?tab=security", true);
        check_address("https://example.com/users/jane.doe/keys", false);
        check_address("https://example.com/users/JANE%2EDOE/keys", false);
        check_address("https://jane.doe.example.com/", false);
        check_address("https://example.com/jd/keys", false);
        check_address("https://example.com/jdk/keys", true);
        check_address("https://example.com/@somebody", false);
        check_address("https://example.com/%40somebody", false);
        check_address("https://example.com/?login=someone%40example.org", false);
        check_address("https://example.com/u/1234567/keys", false);
        check_address("https://example.com/s/1f0c9e2ab04d4c15bd5a", false);
        check_address("https://example.com/#token=eyJhbGciOiJIUzI1NiJ9abc", false);
        check_address("https://nas.lan/keys", false);
    }

    #[test]
    fn dates_sources_and_notes_tell_nothing_of_the_person() {
        let corrections = corrected(|record| {
            let mut role = fact(Role::SignIn);
            role.provenance.sources = Cow::Owned(vec![text("my account"), text("jane.doe@mail.example.com")]);
            role.provenance.confidence = Confidence::High;
            record.role = Some(role);
            record.notes = Some(fact(Cow::Owned(vec![(text("en"), text("Ask at the counter."))])));
        });
        let kept = corrections.contribution(&Sharing::default());
        let sources: Vec<_> = kept.records[0].role.iter().flat_map(|role| role.provenance.sources.iter()).collect();
        assert_eq!(sources, [CONTRIBUTOR]);
        assert_eq!(kept.records[0].notes, None);
        assert_eq!(kept.kept_back, [("example.com".to_owned(), "notes")]);
        let agreed = corrections.contribution(&Sharing { names: &[], notes: true });
        assert!(agreed.records[0].notes.is_some() && agreed.kept_back.is_empty());
        let named = corrections.contribution(&Sharing { names: &["counter"], notes: true });
        assert!(named.records[0].notes.is_none());
        // A time of day is no date, so no correction has one.
        let mut late = record("example.org");
        late.role = corrections.records()[0].role.clone();
        late.role.as_mut().unwrap().provenance.observed = Some(text("2026-08-14T10:11:12Z"));
        assert_eq!(Corrections::new([late]).1.len(), 1);
    }

    fn check_domain(domain: &str, is_given: bool) {
        let correction = Record { role: Some(fact(Role::SignIn)), ..record(domain) };
        let (corrections, refused) = Corrections::new([correction]);
        assert_eq!(refused, [], "{domain}");
        let contribution = corrections.contribution(&Sharing { names: NAMES, notes: true });
        assert_eq!(contribution.records.len(), usize::from(is_given), "{domain}");
        assert_eq!(contribution.kept_back.len(), usize::from(!is_given), "{domain}");
    }

    #[test]
    fn sites_of_the_persons_own_stay() {
        check_domain("example.org", true);
        check_domain("nas.lan", false);
        check_domain("localhost:8080", false);
        check_domain("192.168.1.1", false);
        check_domain("jane.doe.com", false);
        check_domain("mouse42.github.io", false);
    }

    #[test]
    fn what_is_given_away_can_be_read_as_a_record() {
        let corrections = corrected(|record| {
            record.role = Some(fact(Role::SignIn));
            record.passkey_page = Some(fact(text("https://example.com/keys")));
            record.equivalent = crate::test_table::names(&["example.org"]);
        });
        let given = corrections.contribution(&Sharing::default());
        for record in &given.records {
            assert!(crate::read::read(&crate::write::write(record), "2026-12-31").as_ref() == Ok(record));
        }
        assert_eq!(given.records.len(), 1);
    }

    #[test]
    fn a_correction_that_says_nothing_is_not_there() {
        let (corrections, _) = Corrections::new([Record::about(text("example.com"))]);
        assert_eq!(corrections.contribution(&Sharing::default()), Contribution::default());
    }
}
