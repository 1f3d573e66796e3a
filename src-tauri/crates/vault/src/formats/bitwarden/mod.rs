//! Bitwarden's JSON export, by itself or in an archive with the attachments:
//! <https://bitwarden.com/help/condition-bitwarden-import/>, <https://bitwarden.com/help/encrypted-export/>.
//!
//! There are three kinds. A plain one is read as it stands, one with a password of its own is opened with that
//! ([`sealed`]), and one that only the account it came from can decrypt is refused.

mod item;
mod sealed;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::container::{json, zip};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::progress::Stage;
use crate::sample::{Sample, Shape};
use crate::{Import, Part, ProblemCode, ReadError};

use item::Item;

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-json",
    product: "Bitwarden, Vaultwarden",
    kind: "JSON",
    evidence: Evidence::Export(
        "files that Bitwarden's own exporter wrote: plain and with a password, both key derivations",
    ),
    reader: Reader::Own { recognises, lock, read: |input| read(input, input.bytes()) },
};

pub(crate) static ZIP: Source = Source {
    name: "bitwarden-zip",
    product: "Bitwarden",
    kind: "ZIP",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| matches!(&sample.shape, Shape::Zip(names) if names.iter().any(|name| name == DATA)),
        lock: |_| Lock::Open,
        read: |input| read(input, &zip::Archive::open(input.bytes(), input.limits)?.file(DATA)?),
    },
};

/// The export within an archive.
const DATA: &str = "data.json";
const DAMAGED: ReadError = ReadError::damaged(Part::Json);

fn recognises(sample: &Sample<'_>) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| sample.has_member(name));
    sample.is_json(false, &["encrypted"]) && any(&["items", "data", "folders", "collections", sealed::VALIDATION])
        || sample.is_json(false, &["items", "folders"])
}

fn lock(sample: &Sample<'_>) -> Lock {
    if sample.is_json(false, &["passwordProtected", "data"]) { Lock::Password } else { Lock::Open }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export<'a> {
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    password_protected: bool,
    #[serde(borrow, default)]
    folders: json::List<Named<'a>>,
    #[serde(borrow, default)]
    collections: json::List<Named<'a>>,
    /// Each is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    items: Option<Vec<json::Raw<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: json::Text<'a>,
    #[serde(borrow)]
    name: json::Text<'a>,
}

/// Reads an export of any kind.
pub(crate) fn read(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let document = json::document(bytes);
    let export: Export<'_> = json::parse(&document)?;
    match (export.encrypted, export.password_protected) {
        (false, false) => entries(input, export),
        (_, true) => {
            let opened = sealed::open(&document, input)?;
            let export: Export<'_> = json::parse(&opened)?;
            if export.encrypted || export.password_protected { Err(DAMAGED) } else { entries(input, export) }
        }
        (true, false) => Err(ReadError::EncryptedExport),
    }
}

/// How many items go by before somebody is told.
const STEP: usize = 4096;

fn entries(input: &Input<'_>, export: Export<'_>) -> Result<Import, ReadError> {
    let items = export.items.ok_or(DAMAGED)?;
    json::bounded(items.len(), input.limits)?;
    let groups: HashMap<Box<str>, Arc<str>> = export
        .folders
        .into_iter()
        .chain(export.collections)
        .map(|named| ((*named.id).into(), (*named.name).into()))
        .collect();
    let mut import = Import::new(input.format);
    import.entries.reserve(items.len());
    let total = u64::try_from(items.len()).unwrap_or(0);
    for (at, raw) in items.into_iter().enumerate() {
        match json::row::<Item<'_>>(raw) {
            Some(item) => item.read(&groups, &mut import),
            None => import.report(format!("items[{at}]"), ProblemCode::ItemUnreadable),
        }
        if at.is_multiple_of(STEP) {
            input.watch.tell(Stage::Entries, u64::try_from(at).unwrap_or(0), total);
        }
    }
    Ok(import)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

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
        check(r#"{"encrypted":true,"passwordProtected":true,"data":"2.a|b|c"}"#, Err("needs_key"));
        check(r#"{"encrypted":false,"items":[{"type":1"#, Err("damaged"));
        check(r#"{"encrypted":false,"folders":[]}"#, Err("damaged"));
        check(r#"{"encrypted":false,"items":[]}"#, Ok((&[], &[])));
    }
}
