//! Enpass's JSON export: <https://support.enpass.io/app/importing_and_exporting/exporting_data.htm>.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::container::json::{self, Loose};
use crate::container::loose::{each, object};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Part, ProblemCode, ReadError, entry};

pub(crate) static SOURCE: Source = Source {
    name: "enpass-json",
    product: "Enpass",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["items"])
                && !sample.has_member("encrypted")
                && sample.mentions(&["template_type", "parent_uuid"])
        },
        lock: |_| Lock::Open,
        read,
    },
};

/// Folders inside one another that are followed; beyond, the outer ones are not named.
const MOST_FOLDERS: usize = 64;

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    folders: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Folder<'a> {
    uuid: String,
    #[serde(borrow)]
    title: Loose<'a>,
    parent_uuid: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item<'a> {
    title: Loose<'a>,
    note: Loose<'a>,
    category: Loose<'a>,
    archived: Loose<'a>,
    trashed: Loose<'a>,
    updated_at: Loose<'a>,
    folders: Option<json::Items<Loose<'a>>>,
    #[serde(borrow)]
    fields: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Field<'a> {
    #[serde(borrow)]
    label: Loose<'a>,
    r#type: Loose<'a>,
    value: Loose<'a>,
    value_updated_at: Loose<'a>,
    deleted: Loose<'a>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let items = export.items.ok_or(ReadError::damaged(Part::Json))?;
    let groups = groups(export.folders.unwrap_or_default());
    let mut import = Import::new(input.format);
    each(items, "items", input, &mut import, |item: Item<'_>, import| {
        if item.trashed.is_set() {
            import.left_out.recycled += 1;
            return;
        }
        let is_card = matches!(item.category.text(), "creditcard" | "note" | "identity" | "license");
        let entry = entry_of(item, &groups, import);
        // Cards name their bank's site; they are sign-ins where there is something to sign in with.
        if is_card && entry.password.is_none() && entry.totp.is_none() {
            import.left_out.not_logins += 1;
        } else {
            import.take(entry);
        }
    })?;
    Ok(import)
}

/// The paths of the folders.
fn groups(folders: json::Items<json::Raw<'_>>) -> HashMap<String, Arc<str>> {
    let folders: HashMap<String, Folder> =
        folders.into_iter().filter_map(object::<Folder<'_>>).map(|folder| (folder.uuid.clone(), folder)).collect();
    let path = |uuid: &String| {
        let mut names = Vec::new();
        let mut at = folders.get(uuid);
        // Folders may name each other as parents.
        while let Some(folder) = at.filter(|_| names.len() < MOST_FOLDERS) {
            names.push(folder.title.text().trim());
            at = folder.parent_uuid.as_ref().and_then(|parent| folders.get(parent));
        }
        names.iter().rev().fold(String::new(), |parent, name| entry::path(&parent, name)).into()
    };
    folders.keys().map(|uuid| (uuid.clone(), path(uuid))).collect()
}

fn entry_of(item: Item<'_>, groups: &HashMap<String, Arc<str>>, import: &mut Import) -> Entry {
    let group = item.folders.iter().flatten().find_map(|uuid| groups.get(uuid.text())).cloned();
    let mut entry = Entry {
        title: item.title.text().trim().into(),
        group: group.unwrap_or_default(),
        modified_at: item.updated_at.time().into(),
        ..Entry::default()
    };
    entry.set_archived(item.archived.is_set());
    let fields = item.fields.into_iter().flatten().filter_map(object::<Field<'_>>);
    let fields: Vec<Field<'_>> = fields.filter(|field| !field.deleted.is_set() && !field.value.is_empty()).collect();
    // The user name comes before the e-mail address, wherever it stands.
    for kind in ["username", "email"] {
        fields.iter().filter(|field| field.r#type.text() == kind).for_each(|field| entry.add_name(field.value.text()));
    }
    for field in &fields {
        let value = field.value.text();
        match field.r#type.text() {
            "username" | "email" | "section" => {}
            "password" if entry.password.is_none() => {
                entry.set_password(value);
                entry.password_changed_at = field.value_updated_at.time().into();
            }
            "url" => entry.add_url(value),
            "totp" if entry.totp.is_some() => import.report(entry.location(), ProblemCode::FurtherTotp),
            "totp" => {
                if let Err(error) = entry.set_totp(value) {
                    import.report(entry.location(), error.problem());
                }
            }
            ".Android#" => entry.add_app(value.rsplit(['@', '/']).next().unwrap_or(value)),
            // What is on a card is nothing that a sign-in needs.
            kind if kind.starts_with("cc") => {}
            _ => entry.add_extra(field.label.text(), value),
        }
    }
    entry.add_extra("", item.note.text());
    entry
}
