//! Bitwarden's JSON export, unencrypted: <https://bitwarden.com/help/condition-bitwarden-import/>.

use std::collections::HashMap;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::container::json;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Part, Passkey, ProblemCode, ReadError, timestamp};

/// `type` of an item that is a login; the others are notes, cards, identities and SSH keys.
const LOGIN: u64 = 1;

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-json",
    product: "Bitwarden, Vaultwarden",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["encrypted"]) || sample.is_json(false, &["items"]) && sample.has_member("folders")
        },
        lock: |_| Lock::Open,
        read,
    },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export<'a> {
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    password_protected: bool,
    /// Each row is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    folders: Option<Vec<json::Raw<'a>>>,
    #[serde(borrow)]
    collections: Option<Vec<json::Raw<'a>>>,
    #[serde(borrow)]
    items: Option<Vec<json::Raw<'a>>>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    r#type: u64,
    name: Option<String>,
    folder_id: Option<String>,
    collection_ids: Option<Vec<Option<String>>>,
    revision_date: Option<String>,
    deleted_date: Option<IgnoredAny>,
    login: Option<Login>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    uris: Option<Vec<Option<Uri>>>,
    username: Option<String>,
    password: Option<SecretString>,
    totp: Option<SecretString>,
    fido2_credentials: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Uri {
    uri: Option<String>,
}

/// Reads an export.
fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document)?;
    if export.encrypted || export.password_protected {
        return Err(ReadError::EncryptedExport);
    }
    let items = export.items.ok_or(ReadError::damaged(Part::Json))?;
    let groups: HashMap<String, Arc<str>> = [export.folders, export.collections]
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(json::row::<Named>)
        .map(|named| (named.id, named.name.into()))
        .collect();
    json::bounded(items.len(), input.limits)?;
    let mut import = Import::new(input.format);
    for (at, raw) in items.into_iter().enumerate() {
        match json::row::<Item>(raw) {
            Some(item) if item.r#type != LOGIN => import.left_out.not_logins += 1,
            Some(item) if item.deleted_date.is_some() => import.left_out.recycled += 1,
            Some(item) => {
                let entry = entry(item, &groups, &mut import);
                import.entries.push(entry);
            }
            None => import.report(format!("items[{at}]"), ProblemCode::ItemUnreadable),
        }
    }
    Ok(import)
}

fn entry(item: Item, groups: &HashMap<String, Arc<str>>, import: &mut Import) -> Entry {
    let title = item.name.unwrap_or_default().into();
    let group = item
        .folder_id
        .iter()
        .chain(item.collection_ids.iter().flatten().flatten())
        .find_map(|id| groups.get(id.as_str()))
        .cloned()
        .unwrap_or_default();
    let mut entry = Entry {
        title,
        group,
        modified_at: item.revision_date.as_deref().and_then(timestamp::iso_8601),
        ..Entry::default()
    };
    let Some(login) = item.login else { return entry };
    for uri in login.uris.into_iter().flatten().flatten().filter_map(|uri| uri.uri) {
        entry.add_url(&uri);
    }
    entry.user_name = login.username.unwrap_or_default().into();
    entry.password = login.password.filter(|password| !password.expose_secret().is_empty());
    for _ in login.fido2_credentials.into_iter().flatten() {
        entry.add_passkey(Passkey::default());
    }
    if let Some(Err(error)) = login.totp.map(|text| entry.set_totp(text.expose_secret())) {
        import.report(entry.location(), error.problem());
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, user name and password of each entry, and the problems.
    type Expected<'a> = (&'a [(&'a str, &'a str, &'a str)], &'a [ProblemCode]);

    fn check(json: &str, expect: Result<Expected<'_>, &str>) {
        match (crate::read(json.as_bytes(), &crate::Unlock::none(), &crate::Options::default()), expect) {
            (Ok(import), Ok((entries, codes))) => {
                let got: Vec<_> = import
                    .entries
                    .iter()
                    .map(|e| (&*e.title, &*e.user_name, e.password.as_ref().map_or("", |p| p.expose_secret())))
                    .collect();
                assert_eq!(got, entries);
                assert_eq!(import.problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes);
            }
            (got, expect) => assert_eq!(got.map(|_| ()).map_err(|e| e.code()), expect.map(|_| ()), "{json}"),
        }
    }

    #[test]
    fn one_bad_item_loses_only_itself() {
        check(
            r#"{"encrypted":false,"items":[{"type":1,"name":"a","login":{"username":"u","password":"p"}},
               {"type":"x"},7,null,{"type":2,"name":"note"},{"type":1,"name":"b","login":{"totp":"!"}},
               {"type":1,"name":"gone","deletedDate":"2024-01-01T00:00:00Z"}]}"#,
            Ok((
                &[("a", "u", "p"), ("b", "", "")],
                &[
                    ProblemCode::ItemUnreadable,
                    ProblemCode::ItemUnreadable,
                    ProblemCode::ItemUnreadable,
                    ProblemCode::TotpUnreadable,
                ],
            )),
        );
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        check(r#"{"encrypted":true,"passwordProtected":false,"items":[]}"#, Err("encrypted_export"));
        check(r#"{"encrypted":true,"passwordProtected":true,"data":"2.a|b|c"}"#, Err("encrypted_export"));
        check(r#"{"encrypted":false,"items":[{"type":1"#, Err("damaged"));
        check(r#"{"encrypted":false}"#, Err("damaged"));
        check(r#"{"encrypted":false,"items":[]}"#, Ok((&[], &[])));
    }
}
