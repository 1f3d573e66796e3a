//! One item of an export.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::container::json::{List, Text, text};
use crate::{Entry, Import, Passkey, timestamp};

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
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Login<'a> {
    #[serde(borrow)]
    uris: Option<Vec<Option<Uri<'a>>>>,
    #[serde(borrow)]
    username: Option<Text<'a>>,
    #[serde(borrow)]
    password: Option<Text<'a>>,
    #[serde(borrow)]
    totp: Option<Text<'a>>,
    #[serde(borrow, default)]
    fido2_credentials: List<Credential<'a>>,
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

impl Item<'_> {
    /// Puts the item where it belongs.
    pub(super) fn read(self, groups: &HashMap<Box<str>, Arc<str>>, import: &mut Import) {
        if self.r#type != LOGIN {
            import.left_out.not_logins += 1;
        } else if self.deleted_date.is_some() {
            import.left_out.recycled += 1;
        } else {
            let entry = self.entry(groups, import);
            import.entries.push(entry);
        }
    }

    fn entry(self, groups: &HashMap<Box<str>, Arc<str>>, import: &mut Import) -> Entry {
        let mut entry = Entry {
            title: text(self.name.as_ref()).into(),
            group: self
                .folder_id
                .iter()
                .chain(self.collection_ids.iter())
                .find_map(|id| groups.get(&**id))
                .cloned()
                .unwrap_or_default(),
            modified_at: self.revision_date.as_deref().and_then(timestamp::iso_8601),
            ..Entry::default()
        };
        let login = self.login.unwrap_or_default();
        for uri in login.uris.iter().flatten().flatten().filter(|uri| uri.r#match != Some(REGULAR_EXPRESSION)) {
            entry.add_url(text(uri.uri.as_ref()));
        }
        entry.user_name = text(login.username.as_ref()).into();
        entry.set_password(text(login.password.as_ref()));
        for credential in login.fido2_credentials {
            entry.add_passkey(Passkey {
                rp_id: text(credential.rp_id.as_ref()).into(),
                user_name: text(credential.user_name.as_ref()).into(),
            });
        }
        if let Err(error) = entry.set_totp(text(login.totp.as_ref())) {
            import.report(entry.location(), error.problem());
        }
        for field in self.fields.iter().filter(|field| field.r#type != Some(LINKED)) {
            entry.add_extra(text(field.name.as_ref()), text(field.value.as_ref()));
        }
        entry.add_extra("", text(self.notes.as_ref()));
        entry.set_archived(self.archived_date.is_some());
        entry
    }
}
