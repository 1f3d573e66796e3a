//! Keeper's JSON export: <https://docs.keeper.io/en/user-guides/export>,
//! <https://docs.keeper.io/en/keeperpam/commander-cli/command-reference/import-and-export-commands/json-import>.

use serde::Deserialize;

use crate::container::json::{self, Loose};
use crate::container::loose::{Members, each, object};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Part, Passkey, ProblemCode, ReadError, TotpError, entry};

pub(crate) static SOURCE: Source = Source {
    name: "keeper-json",
    product: "Keeper",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["records"])
                && (sample.has_member("shared_folders") || sample.mentions(&["login_url"]))
        },
        lock: |_| Lock::Open,
        read,
    },
};

/// Kinds of records that nobody signs in to a site with.
const OTHER: [&str; 6] = ["bankCard", "sshKeys", "wifiCredentials", "contact", "address", "softwareLicense"];
/// Kinds of fields that are no sign-in data: cards, keys, and references by number to other records.
const LEFT_OUT: [&str; 6] = ["paymentCard", "bankAccount", "keyPair", "fileRef", "addressRef", "cardRef"];

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    records: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Record<'a> {
    title: Loose<'a>,
    login: Loose<'a>,
    password: Loose<'a>,
    login_url: Loose<'a>,
    notes: Loose<'a>,
    #[serde(rename = "$type")]
    kind: Loose<'a>,
    last_modified: Loose<'a>,
    #[serde(borrow)]
    custom_fields: Members<'a>,
    #[serde(borrow)]
    folders: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Folder<'a> {
    #[serde(borrow)]
    shared_folder: Loose<'a>,
    folder: Loose<'a>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let records = export.records.ok_or(ReadError::damaged(Part::Json))?;
    let mut import = Import::new(input.format);
    each(records, "records", input, &mut import, take)?;
    Ok(import)
}

fn take(record: Record<'_>, import: &mut Import) {
    let folder = record.folders.iter().flatten().find_map(|raw| object::<Folder<'_>>(raw)).unwrap_or_default();
    let mut entry = Entry {
        title: record.title.text().trim().into(),
        group: path(&folder).into(),
        modified_at: record.last_modified.time().into(),
        ..Entry::default()
    };
    entry.add_url(record.login_url.text());
    entry.add_name(record.login.text());
    entry.set_password(record.password.text());
    entry.add_extra("", record.notes.text());
    for (name, raw) in record.custom_fields.iter() {
        let (kind, label) = kind_and_label(name);
        for value in values(raw) {
            if let Err(code) = custom_field(&mut entry, kind, label, value) {
                import.report(entry.location(), code);
            }
        }
    }
    if OTHER.contains(&record.kind.text()) || !entry.is_login() {
        import.left_out.not_logins += 1;
        return;
    }
    // An address alone makes no sign-in of a contact, but is a further name of one.
    for (_, raw) in record.custom_fields.iter().filter(|(name, _)| kind_and_label(name).0 == "email") {
        values(raw).for_each(|value| entry.add_name(Loose::of(value).text()));
    }
    import.entries.push(entry);
}

/// A custom field is called `$KIND:LABEL:NUMBER`, of which the last two may be missing, or just by its label.
fn kind_and_label(name: &str) -> (&str, &str) {
    let Some(name) = name.strip_prefix('$') else {
        return if name == "TFC:Keeper" { ("oneTimeCode", name) } else { ("text", name) };
    };
    let (kind, label) = name.split_once(':').unwrap_or((name, ""));
    let label = match label.rsplit_once(':') {
        Some((label, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => label,
        _ => label,
    };
    let numbered = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    (kind, if numbered || label.is_empty() { kind } else { label })
}

/// A field that occurs several times has a list.
fn values(raw: json::Raw<'_>) -> impl Iterator<Item = json::Raw<'_>> {
    let list = json::row::<json::Items<json::Raw<'_>>>(raw);
    let single = list.is_none().then_some(raw);
    list.into_iter().flatten().chain(single)
}

fn custom_field(entry: &mut Entry, kind: &str, label: &str, value: json::Raw<'_>) -> Result<(), ProblemCode> {
    if LEFT_OUT.contains(&kind) {
        return Ok(());
    }
    let text = Loose::of(value);
    match kind {
        "oneTimeCode" if entry.totp.is_some() && !text.is_empty() => return Err(ProblemCode::FurtherTotp),
        "oneTimeCode" => return entry.set_totp(text.text()).map_err(TotpError::problem),
        "url" => entry.add_url(text.text()),
        "passkey" => {
            let members = json::row::<Members<'_>>(value).unwrap_or_default();
            let first =
                |names: [&str; 2]| names.map(|name| members.text(name)).into_iter().find(|text| !text.is_empty());
            let [rp_id, user_name]: [Box<str>; 2] = [first(["relyingParty", "rpId"]), first(["username", "userName"])]
                .map(|text| text.map_or_else(Box::default, |text| text.text().into()));
            // The members are called so in no documentation: without a site nothing says that it is a passkey.
            if rp_id.is_empty() {
                return Err(ProblemCode::ItemUnreadable);
            }
            entry.add_passkey(Passkey { rp_id, user_name });
        }
        "securityQuestion" => {
            let members = json::row::<Members<'_>>(value).unwrap_or_default();
            entry.add_extra(members.text("question").text(), members.text("answer").text());
        }
        _ => {
            entry.add_extra(label, text.text());
            for (member, raw) in json::row::<Members<'_>>(value).unwrap_or_default().iter() {
                entry.add_extra(&format!("{label} {member}"), Loose::of(raw).text());
            }
        }
    }
    Ok(())
}

/// The names of folders stand between backslashes; one that belongs to a name is doubled.
fn path(folder: &Folder<'_>) -> String {
    let parts = [folder.shared_folder.text(), folder.folder.text()];
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    let path = parts.map(|part| part.replace("\\\\", "\0").replace('\\', "/").replace('\0', "\\"));
    path.fold(String::new(), |parent, part| entry::path(&parent, &part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_custom_fields() {
        let check = |name: &str, kind: &str, label: &str| assert_eq!(kind_and_label(name), (kind, label), "{name}");
        check("Memo", "text", "Memo");
        check("$oneTimeCode", "oneTimeCode", "oneTimeCode");
        check("$text:Answer:2", "text", "Answer");
        check("$text:Answer", "text", "Answer");
        check("$url::1", "url", "url");
        check("$url:1", "url", "url");
        check("$text:a:b", "text", "a:b");
        check("TFC:Keeper", "oneTimeCode", "TFC:Keeper");
    }
}
