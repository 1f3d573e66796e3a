//! What a person knows better than the directory.

use hashbrown::HashMap;

use crate::check::{RecordProblem, Refused, check};
use crate::layers::MAX_SITES;
use crate::name::Scope;
use crate::record::{Record, Text};

/// A person's own records: each says only what it corrects; [`None`], and the domain as a name, correct nothing. They may speak
/// of sites of the person's own network.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    records: Vec<Record>,
    /// Every domain and equivalent domain, and the place of its record.
    places: HashMap<Box<str>, usize>,
}

impl Corrections {
    /// Corrections as they were kept. Of two that claim one domain the first is kept; one that cannot be used costs only
    /// itself and is among the second.
    pub fn new(records: impl IntoIterator<Item = Record>) -> (Self, Vec<Refused>) {
        let (mut corrections, mut refused) = (Self::default(), Vec::new());
        for (place, record) in records.into_iter().enumerate() {
            let again = corrections.correction(&record.domain).is_some();
            let added = match again {
                true => Err(RecordProblem::Claimed { field: "domain" }),
                false => corrections.set(record),
            };
            refused.extend(added.err().map(|problem| Refused { place, problem, is_whole: true }));
        }
        (corrections, refused)
    }

    /// Puts a correction in the place of the one of the same domain. Without a name it gets the domain as its name.
    ///
    /// # Errors
    /// Nothing changes where the record cannot be used, or another correction claims one of its domains.
    pub fn set(&mut self, mut record: Record) -> Result<(), RecordProblem> {
        check(&record, Scope::Own)?;
        if record.name.is_empty() {
            record.name = record.domain.clone();
        }
        let own = self.place(&record.domain);
        let is_others = |name: &Text| self.places.get(name.as_ref()).is_some_and(|place| Some(*place) != own);
        if is_others(&record.domain) {
            return Err(RecordProblem::Claimed { field: "domain" });
        }
        if equivalents(&record).any(is_others) {
            return Err(RecordProblem::Claimed { field: "equivalent" });
        }
        let is_full = self.records.len() >= MAX_SITES;
        match own.and_then(|place| self.records.get_mut(place)) {
            Some(old) => {
                *old = record;
                self.index();
            }
            None if is_full => return Err(RecordProblem::TooLong { field: "domain" }),
            None => {
                let place = self.records.len();
                self.places.extend(names(&record).map(|name| (name.as_ref().into(), place)));
                self.records.push(record);
            }
        }
        Ok(())
    }

    /// Takes a correction back.
    pub fn remove(&mut self, domain: &str) -> Option<Record> {
        let place = self.place(domain)?;
        let record = self.records.swap_remove(place);
        self.index();
        Some(record)
    }

    /// The correction with this domain as its key.
    pub fn correction(&self, domain: &str) -> Option<&Record> {
        self.place(domain).and_then(|place| self.records.get(place))
    }

    /// All of them, in the order of their domains.
    pub fn records(&self) -> Vec<&Record> {
        let mut records: Vec<_> = self.records.iter().collect();
        records.sort_unstable_by(|one, other| one.domain.cmp(&other.domain));
        records
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The correction that speaks of a name, as its domain or an equivalent one.
    pub(crate) fn get(&self, name: &str) -> Option<&Record> {
        self.places.get(name).and_then(|place| self.records.get(*place))
    }

    /// The correction that lists a relying party identifier.
    pub(crate) fn of_rp_id(&self, rp_id: &str) -> Option<&Record> {
        let lists = |record: &&Record| record.rp_ids.iter().any(|ids| ids.value.iter().any(|id| id == rp_id));
        self.records.iter().filter(lists).min_by(|one, other| one.domain.cmp(&other.domain))
    }

    fn place(&self, domain: &str) -> Option<usize> {
        let place = *self.places.get(domain)?;
        self.records.get(place).filter(|record| record.domain == domain).map(|_| place)
    }

    fn index(&mut self) {
        self.places.clear();
        for (place, record) in self.records.iter().enumerate() {
            self.places.extend(names(record).map(|name| (name.as_ref().into(), place)));
        }
    }
}

fn equivalents(record: &Record) -> impl Iterator<Item = &Text> {
    record.equivalent.iter().flat_map(|fact| fact.value.iter())
}

fn names(record: &Record) -> impl Iterator<Item = &Text> {
    std::iter::once(&record.domain).chain(equivalents(record))
}

#[cfg(test)]
mod tests {
    use super::{Corrections, Record, RecordProblem};
    use crate::test_table::{names, record};

    fn with(domain: &str, equivalent: &[&str]) -> Record {
        Record { equivalent: names(equivalent), ..record(domain) }
    }

    fn check(corrections: &Corrections, name: &str, expect: Option<&str>) {
        assert_eq!(corrections.get(name).map(|record| record.domain.as_ref()), expect, "{name}");
    }

    #[test]
    fn one_domain_has_one_correction() {
        let claimed = |field| RecordProblem::Claimed { field };
        let (mut all, refused) = Corrections::new([
            with("one.test.com", &["uno.com"]),
            with("two.com", &["uno.com"]),
            with("one.test.com", &[]),
            with("uno.com", &[]),
            with("TWO.com", &[]),
            with("three.com", &[]),
        ]);
        let problems: Vec<_> = refused.iter().map(|refused| (refused.place, refused.problem)).collect();
        assert_eq!(
            problems,
            [
                (1, claimed("equivalent")),
                (2, claimed("domain")),
                (3, claimed("domain")),
                (4, RecordProblem::Name { field: "domain" })
            ]
        );
        check(&all, "uno.com", Some("one.test.com"));
        check(&all, "two.com", None);

        // What is refused changes nothing; what replaces gives its names back.
        assert_eq!(all.set(with("three.com", &["uno.com"])), Err(claimed("equivalent")));
        check(&all, "three.com", Some("three.com"));
        assert_eq!(all.set(with("one.test.com", &["drei.com"])), Ok(()));
        check(&all, "uno.com", None);
        check(&all, "drei.com", Some("one.test.com"));
        assert_eq!(all.set(with("three.com", &["uno.com"])), Ok(()));
        assert!(all.remove("uno.com").is_none(), "an equivalent domain is no key");
        assert!(all.remove("one.test.com").is_some());
        check(&all, "drei.com", None);
        check(&all, "uno.com", Some("three.com"));
        assert_eq!(all.records().len(), 1);
    }
}
