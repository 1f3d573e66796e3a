//! The entries of a document as references find them.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::Hash;

use super::document::{RawEntry, Uuid, Value};
use super::reference::{Lookup, Search};

/// The standard fields that references search.
const SEARCHED: [&str; 5] = ["Title", "UserName", "Password", "URL", "Notes"];

/// All entries of a document, those of the recycle bin too. An index is made when a reference first needs it.
pub(super) struct Vault<'a> {
    entries: &'a [RawEntry],
    is_recycled: &'a dyn Fn(Option<usize>) -> bool,
    ids: OnceCell<Index<Uuid>>,
    fields: [OnceCell<Index<&'a str>>; SEARCHED.len()],
    custom: OnceCell<Index<&'a str>>,
    /// The fields of the entry with many of them that was asked for last, by name.
    latest: RefCell<(Option<usize>, HashMap<&'a str, &'a Value>)>,
}

/// So many fields are gone through faster than they are put in order.
const FEW_FIELDS: usize = 32;

impl<'a> Vault<'a> {
    /// `is_recycled` is asked with the index of an entry's group.
    pub(super) fn new(entries: &'a [RawEntry], is_recycled: &'a dyn Fn(Option<usize>) -> bool) -> Self {
        Self {
            entries,
            is_recycled,
            ids: OnceCell::new(),
            fields: Default::default(),
            custom: OnceCell::new(),
            latest: RefCell::default(),
        }
    }

    /// An index of what `keys` gives for each entry. An entry outside the bin hides those in it.
    fn index<K: Eq + Hash>(&self, keys: impl Fn(&'a RawEntry, &mut dyn FnMut(K))) -> Index<K> {
        let mut index = Index(HashMap::new());
        for (at, entry) in self.entries.iter().enumerate() {
            let recycled = (self.is_recycled)(entry.group);
            keys(entry, &mut |key| index.add(key, Found { entry: Some(at), recycled }));
        }
        index
    }
}

impl<'a> Vault<'a> {
    /// A field of an entry that has very many, which one entry's texts may ask for again and again.
    fn one_of_many(&self, entry: usize, name: &str) -> Option<&'a Value> {
        let mut latest = self.latest.borrow_mut();
        if latest.0 != Some(entry) {
            let fields = &self.entries.get(entry)?.fields;
            // In order, so that the last one of a name stays.
            *latest = (Some(entry), fields.iter().map(|(key, value)| (key.as_str(), value)).collect());
        }
        latest.1.get(name).copied()
    }
}

impl<'a> Lookup for Vault<'a> {
    fn find(&self, search: &Search<'_>) -> Option<usize> {
        match search {
            Search::Id(id) => {
                self.ids.get_or_init(|| self.index(|entry, add| entry.id.into_iter().for_each(add))).get(id)
            }
            Search::Field(name, text) => {
                let index = self.fields.get(SEARCHED.iter().position(|known| known == name)?)?;
                let filled =
                    |entry: &'a RawEntry| value(entry, name).and_then(Value::text).filter(|text| !text.is_empty());
                index.get_or_init(|| self.index(|entry, add| filled(entry).into_iter().for_each(add))).get(text)
            }
            Search::Custom(text) => {
                let custom = |entry: &'a RawEntry| {
                    let fields = entry.fields.iter().filter(|(key, _)| !SEARCHED.contains(&key.as_str()));
                    fields.filter_map(|(_, value)| value.text()).filter(|text: &&str| !text.is_empty())
                };
                self.custom.get_or_init(|| self.index(|entry, add| custom(entry).for_each(add))).get(text)
            }
        }
    }

    fn field(&self, entry: usize, name: &str) -> Option<&str> {
        let fields = self.entries.get(entry)?;
        let found = if fields.fields.len() <= FEW_FIELDS { value(fields, name) } else { self.one_of_many(entry, name) };
        match found {
            None => Some(""),
            Some(value) => value.text(),
        }
    }
}

/// The last value of that name, as KeePass takes it.
pub(super) fn value<'a>(entry: &'a RawEntry, name: &str) -> Option<&'a Value> {
    entry.fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::NotText => None,
        }
    }
}

struct Index<K>(HashMap<K, Found>);

#[derive(Clone, Copy)]
struct Found {
    /// `None` where there are several.
    entry: Option<usize>,
    recycled: bool,
}

impl<K: Eq + Hash> Index<K> {
    fn add(&mut self, key: K, found: Found) {
        match self.0.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert(found);
            }
            Slot::Occupied(mut slot) => {
                let known = slot.get_mut();
                if known.entry == found.entry || (found.recycled && !known.recycled) {
                } else if known.recycled && !found.recycled {
                    *known = found;
                } else {
                    known.entry = None;
                }
            }
        }
    }

    fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.get(key)?.entry
    }
}
