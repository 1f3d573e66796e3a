//! The FIDO Alliance's Credential Exchange Format 1.0, which Apple's and Google's systems, 1Password, Bitwarden and
//! Dashlane hand to one another: <https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html>.
//!
//! What programs write differs from the text in small ways. Read are also a single account without the header, values
//! that stand bare where the text wants an object, addresses within a credential, and times of another epoch.

mod credential;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::container::json::{self, List, Text, text};
use crate::container::zip::Archive;
use crate::entry::path;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::{Sample, Shape};
use crate::{Import, Part, ProblemCode, ReadError};

use credential::Item;

pub(crate) static JSON: Source = Source {
    name: "cxf-json",
    product: "FIDO Credential Exchange",
    kind: "JSON",
    evidence: Evidence::Program("Bitwarden's SDK"),
    reader: Reader::Own { recognises, lock: |_| Lock::Open, read: |input| read(input, input.bytes()) },
};

pub(crate) static ZIP: Source = Source {
    name: "cxf-zip",
    product: "FIDO Credential Exchange",
    kind: "ZIP",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| name_in(sample, &DATA).is_some() || name_in(sample, &ENCRYPTED).is_some(),
        lock: |_| Lock::Open,
        read: |input| match name_in(input.sample, &DATA) {
            Some(name) => read(input, &Archive::open(input.bytes(), input.limits)?.file(name)?),
            None => Err(ReadError::Unsupported { what: "a credential exchange that is encrypted for another program" }),
        },
    },
};

/// The document within an archive, and what stands for it where it is encrypted for its receiver.
const DATA: [&str; 2] = ["cxf.json", "payload.json"];
const ENCRYPTED: [&str; 1] = ["index.jwe"];

fn name_in<'a>(sample: &'a Sample<'_>, wanted: &[&str]) -> Option<&'a str> {
    let Shape::Zip(names) = &sample.shape else { return None };
    names.iter().map(String::as_str).find(|name| wanted.contains(&name.rsplit('/').next().unwrap_or(name)))
}

fn recognises(sample: &Sample<'_>) -> bool {
    let header = sample.is_json(false, &["accounts", "version"])
        && ["exporterRpId", "exporterDisplayName", "exporter"].iter().any(|name| sample.has_member(name));
    // One account by itself; `encrypted` is Bitwarden's.
    header || sample.is_json(false, &["id", "items", "collections", "email"]) && !sample.has_member("encrypted")
}

/// A header with accounts, or an account by itself.
#[derive(Deserialize)]
struct Exchange<'a> {
    #[serde(borrow)]
    accounts: Option<json::Items<Owner<'a>>>,
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow, default)]
    collections: List<Collection<'a>>,
}

#[derive(Deserialize)]
struct Owner<'a> {
    /// Each is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow, default)]
    collections: List<Collection<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collection<'a> {
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, default)]
    items: List<Link<'a>>,
    /// Not parsed at once, so that nothing recurses.
    #[serde(borrow, default)]
    sub_collections: List<json::Raw<'a>>,
}

#[derive(Deserialize)]
struct Link<'a> {
    #[serde(borrow)]
    item: Text<'a>,
}

pub(crate) fn read(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let document = json::document(bytes);
    let exchange: Exchange<'_> = json::parse(&document, input.limits)?;
    let owners = match (exchange.accounts, exchange.items) {
        (Some(accounts), _) => accounts.into_iter().collect(),
        (None, Some(items)) => vec![Owner { items: Some(items), collections: exchange.collections }],
        (None, None) => return Err(ReadError::damaged(Part::Json)),
    };
    json::bounded(owners.iter().flat_map(|owner| &owner.items).map(|items| items.len()).sum(), input.limits)?;
    let mut import = Import::new(input.format);
    for (account, owner) in owners.into_iter().enumerate() {
        let groups = groups(owner.collections);
        for (at, raw) in owner.items.into_iter().flatten().enumerate() {
            match json::row::<Item<'_>>(raw) {
                Some(item) => item.read(&groups, &mut import),
                None => import.report(format!("accounts[{account}]/items[{at}]"), ProblemCode::ItemUnreadable),
            }
        }
    }
    Ok(import)
}

/// So many collections within one another are named.
const MOST_COLLECTIONS: usize = 64;

/// The names of the collections that items are in, by the items' identifiers; of several the first.
fn groups(collections: List<Collection<'_>>) -> HashMap<Box<str>, Arc<str>> {
    let mut groups = HashMap::new();
    let mut open: Vec<_> = collections.into_iter().map(|collection| (String::new(), 1, collection)).collect();
    open.reverse();
    while let Some((parent, depth, collection)) = open.pop() {
        let title = text(collection.title.as_ref());
        let path = path(&parent, title);
        let group: Arc<str> = path.as_str().into();
        for link in collection.items {
            groups.entry((*link.item).into()).or_insert_with(|| group.clone());
        }
        if depth < MOST_COLLECTIONS {
            let inner = collection.sub_collections.into_iter().filter_map(json::row);
            open.extend(inner.map(|collection| (path.clone(), depth + 1, collection)));
        }
    }
    groups
}
