//! Bitwarden's JSON export, by itself or in an archive with the attachments:
//! <https://bitwarden.com/help/condition-bitwarden-import/>, <https://bitwarden.com/help/encrypted-export/>.
//!
//! There are three kinds. A plain one is read as it stands, one with a password of its own is opened with that
//! ([`sealed`]), and one that only the account it came from can decrypt is refused.

mod item;
mod sealed;

use serde::Deserialize;

use crate::container::json::{self, Rows};
use crate::container::zip;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::{Sample, Shape};
use crate::{Import, Part, ReadError};

use item::Gathered;

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-json",
    product: "Bitwarden, Vaultwarden",
    kind: "JSON",
    evidence: Evidence::Program("Bitwarden's SDK"),
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
struct Export<'a, const STRICT: bool> {
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    password_protected: bool,
    #[serde(borrow, default)]
    folders: json::List<Named<'a>>,
    #[serde(borrow, default)]
    collections: json::List<Named<'a>>,
    items: Option<Rows<Gathered, STRICT>>,
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
    // Nothing of the encrypted items is kept, so that what kind of export it is may come after them.
    match entries(input, &document)? {
        Found::Plain(import) => Ok(import),
        Found::Encrypted => Err(ReadError::EncryptedExport),
        Found::Sealed => match entries(input, &sealed::open(&document, input)?)? {
            Found::Plain(import) => Ok(import),
            Found::Encrypted | Found::Sealed => Err(DAMAGED),
        },
    }
}

/// The kinds of export.
enum Found {
    Plain(Import),
    Sealed,
    Encrypted,
}

fn entries(input: &Input<'_>, document: &[u8]) -> Result<Found, ReadError> {
    // Most exports have no bad item; where there is one, it is looked for in a second go.
    match json::parse::<Export<'_, true>>(document, input.limits) {
        Ok(export) => export.found(input),
        Err(error @ ReadError::TooCostly { .. }) => Err(error),
        Err(_) => json::parse::<Export<'_, false>>(document, input.limits)?.found(input),
    }
}

impl<const STRICT: bool> Export<'_, STRICT> {
    fn found(self, input: &Input<'_>) -> Result<Found, ReadError> {
        if self.password_protected {
            return Ok(Found::Sealed);
        }
        if self.encrypted {
            return Ok(Found::Encrypted);
        }
        let Rows { gathered } = self.items.ok_or(DAMAGED)?;
        let named = self.folders.into_iter().chain(self.collections);
        let groups = named.map(|named| ((*named.id).into(), (*named.name).into())).collect();
        let mut import = Import::new(input.format);
        gathered.place(&groups, &mut import);
        Ok(Found::Plain(import))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use crate::ProblemCode;
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
