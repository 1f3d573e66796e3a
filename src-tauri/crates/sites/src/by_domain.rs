//! A large map of domains.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// What is said of domains. Names, places and facts are kept apart, each close together: look-ups of many sites mostly
/// wait for memory, and the facts are large.
#[derive(Debug, Clone)]
pub(crate) struct ByDomain<T> {
    hasher: DefaultHashBuilder,
    names: String,
    places: HashTable<Place>,
    facts: Vec<T>,
}

/// Where a domain's name begins and ends, and which facts are its.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
    facts: u32,
}

impl<T> Default for ByDomain<T> {
    fn default() -> Self {
        let hasher = DefaultHashBuilder::default();
        Self { hasher, names: String::new(), places: HashTable::new(), facts: Vec::new() }
    }
}

impl<T> ByDomain<T> {
    /// The name as it is kept, and its facts.
    pub(crate) fn get(&self, name: &str) -> Option<(&str, &T)> {
        let place = self.places.find(self.hasher.hash_one(name), |place| place.name(&self.names) == name)?;
        Some((place.name(&self.names), self.facts.get(index(place.facts))?))
    }

    /// Puts facts in the place of those of the same domain. Takes 4 GiB of names.
    pub(crate) fn set(&mut self, name: &str, facts: T) {
        let hash = self.hasher.hash_one(name);
        let place = self.places.find(hash, |place| place.name(&self.names) == name);
        if let Some(old) = place.and_then(|place| self.facts.get_mut(index(place.facts))) {
            *old = facts;
            return;
        }
        let at = |len: usize| u32::try_from(len).ok();
        let ends = (at(self.names.len()), at(self.names.len() + name.len()), at(self.facts.len()));
        if let (Some(start), Some(end), Some(place)) = ends {
            self.names.push_str(name);
            self.facts.push(facts);
            let (hasher, names) = (&self.hasher, &self.names);
            let again = |place: &Place| hasher.hash_one(place.name(names));
            self.places.insert_unique(hash, Place { start, end, facts: place }, again);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }
}

impl Place {
    fn name(self, names: &str) -> &str {
        names.get(index(self.start)..index(self.end)).unwrap_or_default()
    }
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_found() {
        let mut map = ByDomain::default();
        let names: Vec<String> = (0..1000).map(|number| format!("site-{number}.com")).collect();
        for (number, name) in names.iter().enumerate() {
            map.set(name, number);
        }
        map.set("site-7.com", 7000);
        assert_eq!(map.len(), 1000);
        for (number, name) in names.iter().enumerate() {
            let expect = if number == 7 { 7000 } else { number };
            assert_eq!(map.get(name), Some((name.as_str(), &expect)));
        }
        for name in ["", "site-1000.com", "site-7.co", "ite-7.com", "com"] {
            assert_eq!(map.get(name), None, "{name}");
        }
    }
}
