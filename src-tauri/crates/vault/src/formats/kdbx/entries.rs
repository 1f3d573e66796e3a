//! From the document's entries to [`Entry`]s: recycle bin, group names, references, TOTP fields.

use std::collections::HashMap;
use std::sync::Arc;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::entry::location;
use crate::{Entry, Import, Passkey, ProblemCode, Totp, timestamp};

use super::document::{Document, Group, RawEntry, Uuid, Value};
use super::reference::{self, Lookup};

/// The longest group path that is kept, in characters; of longer ones the end.
const LONGEST_PATH: usize = 200;

/// Adds the document's entries to the import.
pub(super) fn convert(document: Document, import: &mut Import) {
    let groups = places(&document);
    let vault = Vault::new(&document.entries);
    for raw in &document.entries {
        let place = raw.group.and_then(|at| groups.get(at));
        if place.is_some_and(|place| place.recycled) {
            import.left_out.recycled += 1;
            continue;
        }
        let path = place.map(|place| place.path.clone()).unwrap_or_default();
        let reader = Fields { raw, vault: &vault, problems: Vec::new() };
        let (entry, codes) = reader.entry(path);
        for code in codes {
            import.report(entry.location(), code);
        }
        import.entries.push(entry);
    }
}

/// What a group's place in the tree means for its entries.
struct Place {
    path: Arc<str>,
    recycled: bool,
}

/// One place for each group; a group always comes after the group it is in.
fn places(document: &Document) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(document.groups.len());
    for Group { parent, name, id } in &document.groups {
        let place = match parent.and_then(|at| places.get(at)) {
            // The root group holds everything; whatever it is called and whatever the file says, it is not the bin.
            None => Place { path: Arc::default(), recycled: false },
            Some(parent) => Place {
                path: shortened(location(&parent.path, name)).into(),
                recycled: parent.recycled || (id.is_some() && *id == document.recycle_bin),
            },
        };
        places.push(place);
    }
    places
}

fn shortened(path: String) -> String {
    let length = path.chars().count();
    if length <= LONGEST_PATH {
        return path;
    }
    std::iter::once('…').chain(path.chars().skip(length - LONGEST_PATH)).collect()
}

/// All entries by their id, for references.
struct Vault<'a> {
    /// `None` where two entries have the id.
    by_id: HashMap<Uuid, Option<&'a RawEntry>>,
}

impl<'a> Vault<'a> {
    fn new(entries: &'a [RawEntry]) -> Self {
        let mut by_id = HashMap::new();
        for entry in entries {
            if let Some(id) = entry.id {
                by_id.entry(id).and_modify(|found| *found = None).or_insert(Some(entry));
            }
        }
        Self { by_id }
    }
}

impl Lookup for Vault<'_> {
    fn field(&self, id: &Uuid, name: &str) -> Option<&str> {
        let entry = (*self.by_id.get(id)?)?;
        match value(entry, name) {
            None => Some(""),
            Some(Value::Text(text)) => Some(text),
            Some(Value::NotText) => None,
        }
    }
}

/// The last value of that name, as KeePass takes it.
fn value<'a>(entry: &'a RawEntry, name: &str) -> Option<&'a Value> {
    entry.fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
}

struct Fields<'a> {
    raw: &'a RawEntry,
    vault: &'a Vault<'a>,
    problems: Vec<ProblemCode>,
}

impl Fields<'_> {
    fn entry(mut self, group: Arc<str>) -> (Entry, Vec<ProblemCode>) {
        self.report_duplicates();
        let raw = self.raw;
        let mut entry = Entry {
            title: self.plain("Title").unwrap_or_default().into(),
            group,
            user_name: self.credential("UserName").map(|text| text.as_str().into()).unwrap_or_default(),
            password: self.credential("Password").map(|text| SecretString::from(text.as_str())),
            totp: self.totp().map(Box::new),
            modified_at: raw.modified.as_deref().and_then(timestamp::kdbx),
            ..Entry::default()
        };
        for url in self.urls() {
            entry.add_url(&url);
        }
        entry.set_expires_at(raw.expiry.as_deref().filter(|_| raw.expires).and_then(timestamp::kdbx));
        if raw.fields.iter().any(|(key, _)| key.starts_with("KPEX_PASSKEY_") || key.starts_with("KPXC_PASSKEY_")) {
            entry.add_passkey(Passkey::default());
        }
        (entry, self.problems)
    }

    fn report(&mut self, code: ProblemCode) {
        if !self.problems.contains(&code) {
            self.problems.push(code);
        }
    }

    fn report_duplicates(&mut self) {
        let mut seen: HashMap<&str, &Value> = HashMap::new();
        let differs =
            self.raw.fields.iter().any(|(key, value)| seen.insert(key, value).is_some_and(|before| before != value));
        if differs {
            self.report(ProblemCode::DuplicateField);
        }
    }

    /// A field as it stands.
    fn plain(&self, name: &str) -> Option<&str> {
        match value(self.raw, name)? {
            Value::Text(text) => Some(text),
            Value::NotText => None,
        }
    }

    /// A field with its references followed; `None` where it is empty or unusable, which is then reported.
    fn resolved(&mut self, name: &str) -> Option<Zeroizing<String>> {
        let text = match value(self.raw, name)? {
            Value::Text(text) if text.is_empty() => return None,
            Value::Text(text) => text,
            Value::NotText => {
                self.report(ProblemCode::NotText);
                return None;
            }
        };
        match reference::resolve(text, self.vault) {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(reference::Unresolved) => {
                self.report(ProblemCode::ReferenceUnresolved);
                None
            }
        }
    }

    /// User name or password: a placeholder that would have to be filled in must not be typed into a site as it stands.
    fn credential(&mut self, name: &str) -> Option<Zeroizing<String>> {
        let text = self.resolved(name)?;
        if reference::has_placeholder(&text) {
            self.report(ProblemCode::PlaceholderUnresolved);
            return None;
        }
        Some(text)
    }

    fn urls(&mut self) -> Vec<String> {
        let names = std::iter::once("URL")
            .chain(self.raw.fields.iter().map(|(key, _)| key.as_str()).filter(|key| is_additional_url(key)));
        let mut urls: Vec<String> = Vec::new();
        for name in names {
            if let Some(url) = self.resolved(name)
                && !urls.contains(&*url)
            {
                urls.push(url.as_str().to_owned());
            }
        }
        urls
    }

    fn totp(&mut self) -> Option<Totp> {
        let filled = |name: &str| self.plain(name).filter(|text| !text.trim().is_empty());
        let read = if let Some(text) = filled("otp") {
            Totp::parse(text)
        } else if let Some(read) = Totp::parse_keepass(filled) {
            read
        } else if let Some(seed) = filled("TOTP Seed") {
            Totp::parse_tray(seed, filled("TOTP Settings"))
        } else {
            if self.raw.fields.iter().any(|(key, _)| key.starts_with("HmacOtp-Secret")) {
                self.report(ProblemCode::TotpUnsupported);
            }
            return None;
        };
        read.map_err(|error| self.report(error.problem())).ok()
    }
}

/// Names under which programs keep further addresses: `KP2A_URL…` (Keepass2Android, KeePassXC) and `URL_…`, `URL 2`.
fn is_additional_url(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    if name.starts_with("KP2A_URL") {
        return true;
    }
    let Some(rest) = name.strip_prefix("URL") else { return false };
    let number = rest.trim_start_matches([' ', '-']);
    rest.starts_with('_') || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn additional_urls_by_name() {
        for (name, expect) in [
            ("KP2A_URL", true),
            ("KP2A_URL_3", true),
            ("kp2a_url1", true),
            ("URL_1", true),
            ("Url 2", true),
            ("URL2", true),
            ("URL", false),
            ("URLs", false),
            ("Curl", false),
        ] {
            assert_eq!(is_additional_url(name), expect, "{name}");
        }
    }
}
