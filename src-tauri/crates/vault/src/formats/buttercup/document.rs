//! Format B: a JSON document.

use serde::Deserialize;

use super::{Group, ROLE, Record, Vault, decoded};
use crate::container::json::{self, Loose};
use crate::container::loose::{Members, object};
use crate::{Limits, Part, ReadError};

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    g: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow)]
    e: Option<json::Items<json::Raw<'a>>>,
}

/// A group or an entry.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Node<'a> {
    id: Loose<'a>,
    t: Loose<'a>,
    g: Loose<'a>,
    #[serde(borrow)]
    a: Members<'a>,
    #[serde(borrow)]
    p: Members<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Value<'a> {
    #[serde(borrow)]
    value: Loose<'a>,
    updated: Loose<'a>,
    deleted: Loose<'a>,
}

pub(super) fn read(plain: &[u8], limits: &Limits) -> Result<Vault, ReadError> {
    let document: Document<'_> = json::parse(plain, limits)?;
    let records = document.e.ok_or(ReadError::damaged(Part::Json))?;
    let groups = document.g.unwrap_or_default();
    json::bounded(records.len().saturating_add(groups.len()), limits)?;
    let mut vault = Vault::default();
    for node in groups.into_iter().filter_map(object::<Node<'_>>) {
        let is_trash =
            node.a.iter().any(|(name, raw)| name == ROLE && value(raw).is_some_and(|v| v.value.text() == "trash"));
        let group = Group { title: text(&node.t), parent: node.g.text().to_owned(), is_trash };
        vault.groups.insert(node.id.text().to_owned(), group);
    }
    for (at, raw) in records.into_iter().enumerate() {
        let Some(node) = object::<Node<'_>>(raw) else {
            vault.unreadable.push(format!("e[{at}]"));
            continue;
        };
        let mut record = Record { group: node.g.text().to_owned(), ..Record::default() };
        for (name, raw) in node.p.iter() {
            let Some(value) = value(raw).filter(|value| !value.deleted.is_set()) else { continue };
            let Some(text) = decoded(value.value.text()) else {
                vault.unreadable.push(format!("e[{at}].{name}"));
                continue;
            };
            record.modified_at = record.modified_at.max(value.updated.time());
            if name == "password" {
                record.password_changed_at = value.updated.time();
            }
            record.properties.push((name.to_owned(), text));
        }
        for (name, raw) in node.a.iter() {
            if let Some(value) = value(raw).filter(|value| !value.deleted.is_set()) {
                record.attributes.insert(name.to_owned(), text(&value.value));
            }
        }
        vault.records.push(record);
    }
    Ok(vault)
}

/// A value with its times, or the value alone.
fn value(raw: json::Raw<'_>) -> Option<Value<'_>> {
    object(raw).or_else(|| Some(Value { value: Loose::of(raw), ..Value::default() }))
}

fn text(value: &Loose) -> String {
    decoded(value.text()).map(|text| text.to_string()).unwrap_or_default()
}
