//! The items of an export.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::container::json::{Gather, Items, List, Text, text};
use crate::{Entry, Import, LeftOut, Passkey, ProblemCode, timestamp};

/// `type` of an item that is a login; the others are notes, cards, identities, SSH keys and the like.
const LOGIN: u64 = 1;
/// `match` of an address that is a regular expression, and so no address.
const REGULAR_EXPRESSION: u64 = 4;
/// `type` of a field that stands for another one.
const LINKED: u64 = 3;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item<'a> {
    r#type: u64,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    notes: Option<Text<'a>>,
    #[serde(borrow)]
    folder_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    collection_ids: List<Text<'a>>,
    #[serde(borrow)]
    revision_date: Option<Text<'a>>,
    deleted_date: Option<IgnoredAny>,
    archived_date: Option<IgnoredAny>,
    #[serde(borrow)]
    login: Option<Login<'a>>,
    #[serde(borrow, default)]
    fields: List<Field<'a>>,
    #[serde(borrow, default)]
    password_history: List<Former<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Login<'a> {
    #[serde(borrow)]
    uris: Option<Items<Option<Uri<'a>>>>,
    #[serde(borrow)]
    username: Option<Text<'a>>,
    #[serde(borrow)]
    password: Option<Text<'a>>,
    #[serde(borrow)]
    password_revision_date: Option<Text<'a>>,
    #[serde(borrow)]
    totp: Option<Text<'a>>,
    #[serde(borrow, default)]
    fido2_credentials: List<Credential<'a>>,
}

/// A former password, and when it was replaced. Former values of hidden fields stand here, too, as `NAME: VALUE`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Former<'a> {
    #[serde(borrow)]
    password: Option<Text<'a>>,
    #[serde(borrow)]
    last_used_date: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Uri<'a> {
    #[serde(borrow)]
    uri: Option<Text<'a>>,
    r#match: Option<u64>,
}

#[derive(Deserialize)]
struct Field<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    value: Option<Text<'a>>,
    r#type: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<'a> {
    #[serde(borrow)]
    rp_id: Option<Text<'a>>,
    #[serde(borrow)]
    user_name: Option<Text<'a>>,
}

/// What was gathered of the items. The names of folders may come after them, so that until [`Self::place`] the group of
/// an entry is the identifiers of its folder and collections, a line each.
#[derive(Default)]
pub(super) struct Gathered {
    entries: Vec<Entry>,
    left_out: LeftOut,
    problems: Vec<(Place, ProblemCode)>,
    identifiers: HashSet<Arc<str>>,
}

/// Where a problem stands: an item, or one of the entries.
enum Place {
    Item(usize),
    Entry(usize),
}

impl<'a> Gather<'a> for Gathered {
    type Row = Item<'a>;

    fn take(&mut self, at: usize, item: Option<Item<'a>>) {
        match item {
            None => self.problems.push((Place::Item(at), ProblemCode::ItemUnreadable)),
            Some(item) if item.r#type != LOGIN => self.left_out.not_logins += 1,
            Some(item) if item.deleted_date.is_some() => self.left_out.recycled += 1,
            Some(item) => {
                let entry = self.entry(item);
                self.entries.push(entry);
            }
        }
    }
}

impl Gathered {
    /// Gives the entries the names of their groups, and puts all into the import.
    pub(super) fn place(mut self, groups: &HashMap<Box<str>, Arc<str>>, import: &mut Import) {
        for entry in &mut self.entries {
            entry.group = entry.group.lines().find_map(|id| groups.get(id)).cloned().unwrap_or_default();
        }
        for (place, code) in self.problems {
            let location = match place {
                Place::Item(at) => format!("items[{at}]"),
                Place::Entry(at) => self.entries.get(at).map(Entry::location).unwrap_or_default(),
            };
            import.report(location, code);
        }
        import.left_out = self.left_out;
        import.entries = self.entries;
    }

    /// The identifiers as one text, each text once in memory.
    fn identifiers(&mut self, item: &Item<'_>) -> Arc<str> {
        let folder = text(item.folder_id.as_ref());
        let joined = if item.collection_ids.is_empty() {
            Cow::Borrowed(folder)
        } else {
            Cow::Owned(
                [folder].into_iter().chain(item.collection_ids.iter().map(|id| &**id)).collect::<Vec<_>>().join("\n"),
            )
        };
        match self.identifiers.get(&*joined) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = joined.into();
                self.identifiers.insert(new.clone());
                new
            }
        }
    }

    fn entry(&mut self, item: Item<'_>) -> Entry {
        let mut entry = Entry {
            title: text(item.name.as_ref()).into(),
            group: self.identifiers(&item),
            modified_at: item.revision_date.as_deref().and_then(timestamp::iso_8601).into(),
            ..Entry::default()
        };
        let login = item.login.unwrap_or_default();
        for uri in login
            .uris
            .iter()
            .flat_map(|uris| uris.iter())
            .flatten()
            .filter(|uri| uri.r#match != Some(REGULAR_EXPRESSION))
        {
            entry.add_url(text(uri.uri.as_ref()));
        }
        let lost = item.fields.bad().saturating_add(login.fido2_credentials.bad());
        self.problems.extend((0..lost).map(|_| (Place::Entry(self.entries.len()), ProblemCode::ItemUnreadable)));
        entry.user_name = text(login.username.as_ref()).into();
        entry.set_password(text(login.password.as_ref()));
        // Bitwarden notes both at the same moment; its exports have the history alone.
        let replaced = item.password_history.iter().filter(|former| !text(former.password.as_ref()).contains(": "));
        let replaced = replaced.filter_map(|former| timestamp::iso_8601(former.last_used_date.as_deref()?)).max();
        let changed = login.password_revision_date.as_deref().and_then(timestamp::iso_8601);
        entry.password_changed_at = changed.or(replaced).into();
        for credential in login.fido2_credentials {
            entry.add_passkey(Passkey {
                rp_id: text(credential.rp_id.as_ref()).into(),
                user_name: text(credential.user_name.as_ref()).into(),
            });
        }
        if let Err(error) = entry.set_totp(text(login.totp.as_ref())) {
            self.problems.push((Place::Entry(self.entries.len()), error.problem()));
        }
        for field in item.fields.iter().filter(|field| field.r#type != Some(LINKED)) {
            entry.add_extra(text(field.name.as_ref()), text(field.value.as_ref()));
        }
        entry.add_extra("", text(item.notes.as_ref()));
        entry.set_archived(item.archived_date.is_some());
        entry
    }
}
