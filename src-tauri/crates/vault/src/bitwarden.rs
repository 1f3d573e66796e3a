//! Bitwarden's JSON export, unencrypted: <https://bitwarden.com/help/condition-bitwarden-import/>.

use std::collections::HashMap;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::entry::location;
use crate::{Entry, Format, Import, Part, Problem, ProblemCode, ReadError, Totp, timestamp};

/// `type` of an item that is a login; the others are notes, cards, identities and SSH keys.
const LOGIN: u64 = 1;

/// Whether the content is a JSON object with a member that every Bitwarden export has.
pub(crate) fn recognises(bytes: &[u8]) -> bool {
    let text = trimmed(bytes);
    if text.first() != Some(&b'{') {
        return false;
    }
    // A cut or damaged export should be called damaged, not unknown: look for the members, do not parse.
    let start = text.get(..text.len().min(64 * 1024)).unwrap_or(text);
    [&b"\"encrypted\""[..], b"\"items\"", b"\"passwordProtected\""]
        .iter()
        .any(|member| start.windows(member.len()).any(|window| window == *member))
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export<'a> {
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    password_protected: bool,
    /// Each row is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    folders: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    collections: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    items: Option<Vec<&'a RawValue>>,
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
pub(crate) fn read(bytes: &[u8]) -> Result<Import, ReadError> {
    let export: Export<'_> = serde_json::from_slice(trimmed(bytes)).map_err(|_| ReadError::damaged(Part::Json))?;
    if export.encrypted || export.password_protected {
        return Err(ReadError::EncryptedExport);
    }
    let items = export.items.ok_or(ReadError::damaged(Part::Json))?;
    let groups: HashMap<String, String> = [export.folders, export.collections]
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|raw| serde_json::from_str::<Named>(raw.get()).ok())
        .map(|named| (named.id, named.name))
        .collect();
    let mut import = Import { format: Format::BitwardenJson, entries: Vec::new(), recycled: 0, problems: Vec::new() };
    for (at, raw) in items.into_iter().enumerate() {
        match serde_json::from_str::<Item>(raw.get()) {
            Ok(item) if item.r#type != LOGIN => {}
            Ok(item) if item.deleted_date.is_some() => import.recycled += 1,
            Ok(item) => {
                let entry = entry(item, &groups, &mut import.problems);
                import.entries.push(entry);
            }
            Err(_) => import.problems.push(Problem::new(format!("items[{at}]"), ProblemCode::ItemUnreadable)),
        }
    }
    Ok(import)
}

fn entry(item: Item, groups: &HashMap<String, String>, problems: &mut Vec<Problem>) -> Entry {
    let title = item.name.unwrap_or_default();
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
    entry.urls = login.uris.into_iter().flatten().flatten().filter_map(|uri| uri.uri).collect();
    entry.urls.retain(|uri| !uri.is_empty());
    entry.user_name = login.username.unwrap_or_default();
    entry.password = login.password.filter(|password| !password.expose_secret().is_empty());
    entry.has_passkey = login.fido2_credentials.is_some_and(|all| !all.is_empty());
    if let Some(text) = login.totp.filter(|text| !text.expose_secret().trim().is_empty()) {
        match Totp::parse(text.expose_secret()) {
            Ok(totp) => entry.totp = Some(totp),
            Err(error) => problems.push(Problem::new(location(&entry.group, &entry.title), error.problem())),
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, user name and password of each entry, and the problems.
    type Expected<'a> = (&'a [(&'a str, &'a str, &'a str)], &'a [ProblemCode]);

    fn check(json: &str, expect: Result<Expected<'_>, &str>) {
        match (read(json.as_bytes()), expect) {
            (Ok(import), Ok((entries, codes))) => {
                let got: Vec<_> = import
                    .entries
                    .iter()
                    .map(|e| {
                        (e.title.as_str(), e.user_name.as_str(), e.password.as_ref().map_or("", |p| p.expose_secret()))
                    })
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
