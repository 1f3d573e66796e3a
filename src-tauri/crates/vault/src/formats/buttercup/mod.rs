//! Buttercup's vault, a `.bcup` file
//! (<https://github.com/buttercup/buttercup-core/blob/master/VAULT_FORMAT.md>): a document (format B), or before 2020 a
//! history of commands (format A), compressed and encrypted.

mod commands;
mod document;
mod sealed;

use std::collections::HashMap;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Format, Import, Part, ProblemCode, ReadError, entry};

pub(crate) static SOURCE: Source = Source {
    name: "buttercup",
    product: "Buttercup",
    kind: "BCUP",
    evidence: Evidence::Export("vaults that Buttercup's own library wrote, of both formats"),
    reader: Reader::Own { recognises: |sample| sample.bytes.starts_with(SIGNATURE), lock: |_| Lock::Password, read },
};

const SIGNATURE: &[u8] = b"b~>buttercup/";
/// The attribute of the group that is the trash.
const ROLE: &str = "bc_group_role";
/// The attribute that says what an entry is.
const KIND: &str = "bc_entry_facade_type";
/// The attribute that says what a property holds, before the property's name.
const PROPERTY_KIND: &str = "bc_entry_field_type:";
/// Groups inside one another that are followed.
const MOST_GROUPS: usize = 64;

/// What a vault holds, of either format.
#[derive(Default)]
struct Vault {
    groups: HashMap<String, Group>,
    /// In the order in which they were made.
    records: Vec<Record>,
    /// Records that could not be read, by their place.
    unreadable: Vec<String>,
}

#[derive(Default)]
struct Group {
    title: String,
    parent: String,
    is_trash: bool,
}

#[derive(Default)]
struct Record {
    group: String,
    properties: Vec<(String, Zeroizing<String>)>,
    attributes: HashMap<String, String>,
    modified_at: Option<i64>,
    password_changed_at: Option<i64>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let (format, text) =
        input.bytes().strip_prefix(SIGNATURE).and_then(<[u8]>::split_first).ok_or(ReadError::damaged(Part::Header))?;
    let vault = match format {
        b'a' => commands::read(&sealed::open_a(text, input)?, input.limits)?,
        b'b' => document::read(&sealed::open_b(text, input)?, input.limits)?,
        _ => return Err(ReadError::Unsupported { what: "this version of Buttercup's vaults" }),
    };
    Ok(taken_over(vault, input.format))
}

fn taken_over(vault: Vault, format: Format) -> Import {
    let mut import = Import::new(format);
    for place in vault.unreadable {
        import.report(place, ProblemCode::ItemUnreadable);
    }
    let mut places: HashMap<String, (Arc<str>, bool)> = HashMap::new();
    for record in vault.records {
        let place = places.entry(record.group.clone());
        let (path, is_trash) = place.or_insert_with(|| path(&vault.groups, &record.group)).clone();
        if is_trash {
            import.left_out.recycled += 1;
        } else if !matches!(record.attributes.get(KIND).map_or("", String::as_str), "" | "login" | "website") {
            import.left_out.not_logins += 1;
        } else {
            let entry = entry_of(&record, path, &mut import);
            import.take(entry);
        }
    }
    import
}

/// What is in the encryption, for the fuzz targets.
#[cfg(test)]
pub(crate) fn fuzz(plain: &[u8], limits: &crate::Limits) {
    for vault in [commands::read(plain, limits), document::read(plain, limits)].into_iter().flatten() {
        taken_over(vault, Format::of(&SOURCE));
    }
}

/// The names of a group and those around it, and whether one of them is the trash.
fn path(groups: &HashMap<String, Group>, id: &str) -> (Arc<str>, bool) {
    let (mut names, mut is_trash) = (Vec::new(), false);
    let mut at = groups.get(id);
    // Groups may name each other as parents.
    while let Some(group) = at.filter(|_| names.len() < MOST_GROUPS) {
        names.push(group.title.trim());
        is_trash |= group.is_trash;
        at = groups.get(&group.parent);
    }
    (names.iter().rev().fold(String::new(), |parent, name| entry::path(&parent, name)).into(), is_trash)
}

fn entry_of(record: &Record, group: Arc<str>, import: &mut Import) -> Entry {
    let mut entry = Entry { group, modified_at: record.modified_at.into(), ..Entry::default() };
    let title = record.properties.iter().find(|(name, _)| name == "title");
    entry.title = title.map(|(_, title)| title.trim().into()).unwrap_or_default();
    // The program knows its own properties by their exact names; others that look alike stand in for missing ones.
    for (name, value) in &record.properties {
        match name.as_str() {
            "username" => entry.add_name(value),
            "password" if entry.password.is_none() => {
                entry.set_password(value);
                entry.password_changed_at = record.password_changed_at.into();
            }
            _ => {}
        }
    }
    let mut has_password = entry.password.is_some();
    for (name, value) in &record.properties {
        if let Err(code) = property(&mut entry, record, name, value, &mut has_password) {
            import.report(entry.location(), code);
        }
    }
    entry
}

/// Takes a property, but not user name and password by their exact names. `has_password`: whether one was taken.
fn property(
    entry: &mut Entry,
    record: &Record,
    name: &str,
    value: &str,
    has_password: &mut bool,
) -> Result<(), ProblemCode> {
    let kind = record.attributes.get(&format!("{PROPERTY_KIND}{name}")).map_or("", String::as_str);
    match name.to_ascii_lowercase().as_str() {
        "title" if name == "title" => {}
        "username" => entry.add_name(value),
        "password" if name == "password" => {}
        "password" if !*has_password => {
            entry.set_password(value);
            *has_password = entry.password.is_some();
        }
        _ if kind == "otp" || value.starts_with("otpauth://") => {
            if entry.totp.is_some() {
                return Err(ProblemCode::FurtherTotp);
            }
            return entry.set_totp(value).map_err(crate::TotpError::problem);
        }
        // A page's picture has an address, too.
        lower if (lower.contains("url") || lower.contains("uri")) && !lower.contains("icon") => entry.add_url(value),
        _ => entry.add_extra(name, value),
    }
    Ok(())
}

/// Values may be base64 of their text, behind a mark.
fn decoded(value: &str) -> Option<Zeroizing<String>> {
    use base64::Engine as _;
    let Some(encoded) = value.strip_prefix("utf8+base64:") else { return Some(Zeroizing::new(value.to_owned())) };
    let bytes = base64::prelude::BASE64_STANDARD.decode(encoded).ok()?;
    String::from_utf8(bytes).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    const CODE: &str = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ";

    /// Password, labels of custom fields, whether there is a one-time password, and the problems.
    fn check(properties: &[(&str, &str)], expect: (&str, &[&str], bool, &[ProblemCode])) {
        let (mut record, mut import) = (Record::default(), Import::new(Format::of(&SOURCE)));
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), Zeroizing::new((*value).to_owned()));
        record.properties = properties.iter().map(owned).collect();
        let entry = entry_of(&record, Arc::default(), &mut import);
        assert!(entry.password.as_ref().map_or("", |password| password.expose_secret()) == expect.0, "{properties:?}");
        let labels: Vec<_> = entry.extras().iter().map(|extra| &*extra.label).collect();
        let codes: Vec<_> = import.problems.iter().map(|problem| problem.code).collect();
        assert_eq!((labels.as_slice(), entry.totp.is_some(), codes.as_slice()), (expect.1, expect.2, expect.3));
    }

    #[test]
    fn the_password_is_the_one_of_the_exact_name() {
        check(&[("password", "a"), ("Password", "b"), ("PASSWORD", "c")], ("a", &["Password", "PASSWORD"], false, &[]));
        check(&[("Password", "b"), ("password", "a")], ("a", &["Password"], false, &[]));
        check(&[("Password", "b"), ("PASSWORD", "c")], ("b", &["PASSWORD"], false, &[]));
        check(&[("password", ""), ("Password", "b")], ("b", &[], false, &[]));
        check(&[("title", "t"), ("Title", "u")], ("", &["Title"], false, &[]));
    }

    #[test]
    fn of_several_one_time_passwords_the_first_is_kept() {
        let other = format!("{CODE}&digits=8");
        check(&[("a", CODE), ("b", &other)], ("", &[], true, &[ProblemCode::FurtherTotp]));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_by_its_number() {
        let vault = commands::read(b"cgr 0 g1\n\"s3cret hush\nsep \"s3cret", &crate::Limits::default()).unwrap();
        assert_eq!(vault.unreadable, ["line 2", "line 3"]);
    }
}
