//! AliasVault's exports: an archive with a manifest, plain (`.avux`) or encrypted (`.avex`):
//! <https://docs.aliasvault.net>.

use std::collections::HashMap;
use std::sync::Arc;

use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::container::json::{self, Loose};
use crate::container::loose::{Members, object};
use crate::container::zip;
use crate::crypto::cipher::{Plain, open_gcm};
use crate::crypto::derive::{ArgonCost, argon2id};
use crate::entry::path;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::progress::Stage;
use crate::sample::Sample;
use crate::{Entry, Import, Limits, Part, Passkey, ProblemCode, ReadError, TotpError};

pub(crate) static PLAIN: Source = Source {
    name: "aliasvault",
    product: "AliasVault",
    kind: "AVUX",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises: is_plain, lock: |_| Lock::Open, read: |input| read(input, input.bytes()) },
};

pub(crate) static ENCRYPTED: Source = Source {
    name: "aliasvault-encrypted",
    product: "AliasVault",
    kind: "AVEX",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| split(sample.bytes).is_some(),
        lock: |_| Lock::Password,
        read: |input| read(input, &open(input)?),
    },
};

const MANIFEST: &str = "manifest.json";
/// Between the header and the encrypted archive.
const DELIMITER: &[u8] = b"-----BEGIN ENCRYPTED DATA-----\n";
/// The header is looked for so far.
const LOOK: usize = 1 << 16;
/// Folders inside one another that are followed.
const MOST_FOLDERS: usize = 64;

/// Archives of other programs have manifests, too.
fn is_plain(sample: &Sample<'_>) -> bool {
    let manifest = || zip::Archive::open(sample.bytes, &Limits::default()).ok()?.file(MANIFEST).ok();
    sample.is_zip_with(|name| name == MANIFEST)
        && manifest().is_some_and(|content| {
            let inner = Sample::new(&content);
            let has = |name: &str| inner.has_member(name) || inner.has_member(&capital(name));
            has("items") && has("exportedAt")
        })
}

/// A member's name as the server's code spells it.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[derive(Deserialize)]
struct Header {
    kdf: Kdf,
    encryption: Encryption,
}

#[derive(Deserialize)]
struct Kdf {
    r#type: String,
    salt: String,
    params: Params,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Params {
    degree_of_parallelism: u64,
    /// KiB.
    memory_size: u64,
    iterations: u64,
}

#[derive(Deserialize)]
struct Encryption {
    algorithm: String,
}

/// The header and what is encrypted.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = bytes.get(..LOOK).unwrap_or(bytes);
    if !start.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let at = start.windows(DELIMITER.len()).position(|window| window == DELIMITER)?;
    Some((bytes.get(..at)?, bytes.get(at + DELIMITER.len()..)?))
}

/// The archive within.
fn open(input: &Input<'_>) -> Result<Plain, ReadError> {
    let password = input.unlock.password.as_ref().ok_or(ReadError::NeedsKey)?;
    let (header, sealed) = split(input.bytes()).ok_or(ReadError::damaged(Part::Header))?;
    let header: Header = serde_json::from_slice(header).map_err(|_| ReadError::damaged(Part::Header))?;
    let is = |text: &str, expect: &str| text.eq_ignore_ascii_case(expect);
    if !is(&header.kdf.r#type, "Argon2Id") || !is(&header.encryption.algorithm, "AES-256-GCM") {
        return Err(ReadError::Unsupported { what: "this encryption of AliasVault" });
    }
    let params = &header.kdf.params;
    let cost = ArgonCost {
        memory: params.memory_size.saturating_mul(1024),
        iterations: params.iterations,
        lanes: params.degree_of_parallelism,
    };
    let (nonce, sealed) = sealed.split_at_checked(12).ok_or(ReadError::damaged(Part::Ciphertext))?;
    input.watch.tell(Stage::Key, 0, 0);
    // The salt is the text itself, not what it encodes.
    let key = argon2id(password.expose_secret().as_bytes(), header.kdf.salt.as_bytes(), cost, input.limits)?;
    // Nothing tells a wrong password from changed content.
    open_gcm(&key, nonce, sealed, b"").map_err(|_| ReadError::WrongKey)
}

/// A member by its name, whose letters may be large or small.
fn member<'a>(of: &Members<'a>, name: &str) -> Option<json::Raw<'a>> {
    of.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, raw)| raw)
}

fn text<'a>(of: &Members<'a>, name: &str) -> Loose<'a> {
    member(of, name).map(Loose::of).unwrap_or_default()
}

/// The objects in a member that is a list; nothing for what is none.
fn list<'a>(of: &Members<'a>, name: &str) -> Vec<Option<Members<'a>>> {
    let raws = member(of, name).and_then(json::row::<json::Items<json::Raw<'a>>>);
    raws.into_iter().flatten().map(object).collect()
}

fn read(input: &Input<'_>, archive: &[u8]) -> Result<Import, ReadError> {
    let content = zip::Archive::open(archive, input.limits)?.file(MANIFEST)?;
    let document = json::document(&content);
    let manifest: Members<'_> = json::parse(&document, input.limits)?;
    member(&manifest, "items").ok_or(ReadError::damaged(Part::Json))?;
    let items = list(&manifest, "items");
    json::bounded(items.len(), input.limits)?;
    let groups = groups(&list(&manifest, "folders"));
    let labels: HashMap<String, String> = list(&manifest, "fieldDefinitions")
        .iter()
        .flatten()
        .map(|definition| (text(definition, "id").text().to_owned(), text(definition, "label").text().to_owned()))
        .collect();
    let mut import = Import::new(input.format);
    for (at, item) in items.iter().enumerate() {
        match item {
            Some(item) => {
                let entry = entry(item, &groups, &labels, &mut import);
                import.take(entry);
            }
            None => import.report(format!("items[{at}]"), ProblemCode::ItemUnreadable),
        }
    }
    Ok(import)
}

/// The paths of the folders.
fn groups(folders: &[Option<Members<'_>>]) -> HashMap<String, Arc<str>> {
    let folders: HashMap<String, (String, String)> = folders
        .iter()
        .flatten()
        .map(|folder| {
            let [id, name, parent] =
                ["id", "name", "parentFolderId"].map(|name| text(folder, name).text().trim().to_owned());
            (id, (name, parent))
        })
        .collect();
    let of = |id: &String| {
        let mut names = Vec::new();
        let mut at = folders.get(id);
        // Folders may name each other as parents.
        while let Some((name, parent)) = at.filter(|_| names.len() < MOST_FOLDERS) {
            names.push(name.as_str());
            at = folders.get(parent);
        }
        names.iter().rev().fold(String::new(), |parent, name| path(&parent, name)).into()
    };
    folders.keys().map(|id| (id.clone(), of(id))).collect()
}

fn entry(
    item: &Members<'_>,
    groups: &HashMap<String, Arc<str>>,
    labels: &HashMap<String, String>,
    import: &mut Import,
) -> Entry {
    let mut entry = Entry {
        title: text(item, "name").text().trim().into(),
        group: groups.get(text(item, "folderId").text()).cloned().unwrap_or_default(),
        modified_at: text(item, "updatedAt").time().into(),
        ..Entry::default()
    };
    entry.set_archived(text(item, "archivedAt").is_set());
    let values: Vec<_> = list(item, "fieldValues").into_iter().flatten().collect();
    for key in ["login.username", "login.email"] {
        let of = values.iter().filter(|value| text(value, "fieldKey").text() == key);
        of.for_each(|value| entry.add_name(text(value, "value").text()));
    }
    for value in &values {
        let (key, content) = (text(value, "fieldKey"), text(value, "value"));
        match key.text() {
            "login.username" | "login.email" => {}
            "login.password" if entry.password.is_none() => entry.set_password(content.text()),
            "login.url" => entry.add_url(content.text()),
            "login.notes" | "metadata.notes" | "notes.content" => entry.add_extra("", content.text()),
            "" => {
                let label = labels.get(text(value, "fieldDefinitionId").text()).map_or("", String::as_str);
                entry.add_extra(label, content.text());
            }
            key if key.starts_with("card.") => {}
            key => entry.add_extra(key.rsplit('.').next().unwrap_or(key), content.text()),
        }
    }
    for code in list(item, "totpCodes").iter().flatten() {
        if entry.totp.is_some() {
            import.report(entry.location(), ProblemCode::FurtherTotp);
        } else if let Err(error) = totp(&mut entry, code) {
            import.report(entry.location(), error.problem());
        }
    }
    for passkey in list(item, "passkeys").iter().flatten() {
        let [rp_id, user_name] = ["rpId", "displayName"].map(|name| text(passkey, name).text().into());
        entry.add_passkey(Passkey { rp_id, user_name });
    }
    entry
}

fn totp(entry: &mut Entry, code: &Members<'_>) -> Result<(), TotpError> {
    let [secret, algorithm, digits, period] =
        ["secretKey", "algorithm", "digits", "period"].map(|name| text(code, name));
    entry.set_totp_parts(secret.text(), algorithm.text(), digits.text(), period.text())
}
