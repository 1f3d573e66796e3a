//! 1Password's export, an archive with one JSON document: <https://support.1password.com/1pux-format/>.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;

use crate::container::json::{self, List, Loose, Members, Text, text};
use crate::container::zip::Archive;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::Shape;
use crate::{Entry, Import, Passkey, ProblemCode, ReadError, TotpError, entry, timestamp};

pub(crate) static SOURCE: Source = Source {
    name: "1password-1pux",
    product: "1Password",
    kind: "1PUX",
    evidence: Evidence::Export("the export in KeePassXC's test data"),
    reader: Reader::Own {
        recognises: |sample| matches!(&sample.shape, Shape::Zip(names) if names.iter().any(|name| name == DATA)),
        lock: |_| Lock::Open,
        read: |input| read_document(input, &Archive::open(input.bytes(), input.limits)?.file(DATA)?),
    },
};

/// The document within the archive.
const DATA: &str = "export.data";

/// `categoryUuid` of items that are sign-ins whatever they hold: logins and single passwords.
const SIGN_INS: [&str; 2] = ["001", "005"];

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    accounts: json::Items<Owner<'a>>,
}

#[derive(Deserialize)]
struct Owner<'a> {
    #[serde(borrow, default)]
    attrs: Attributes<'a>,
    #[serde(borrow, default)]
    vaults: json::Items<Vault<'a>>,
}

#[derive(Deserialize)]
struct Vault<'a> {
    #[serde(borrow, default)]
    attrs: Attributes<'a>,
    /// Each is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Attributes<'a> {
    #[serde(borrow)]
    account_name: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

/// The exports of 2021 put every item into an object of its own.
#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    item: Item<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow)]
    category_uuid: Text<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow, default)]
    trashed: Loose<'a>,
    #[serde(borrow)]
    details: Option<Details<'a>>,
    #[serde(borrow)]
    overview: Option<Overview<'a>>,
}

#[derive(Deserialize, Default)]
struct Overview<'a> {
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow, default)]
    urls: List<Address<'a>>,
}

#[derive(Deserialize)]
struct Address<'a> {
    #[serde(borrow)]
    url: Option<Text<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    #[serde(borrow, default)]
    login_fields: List<LoginField<'a>>,
    #[serde(borrow)]
    notes_plain: Option<Text<'a>>,
    #[serde(borrow, default)]
    sections: List<Section<'a>>,
    #[serde(borrow)]
    password: Option<Text<'a>>,
    /// Not documented.
    #[serde(borrow)]
    passkey: Option<json::Raw<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LoginField<'a> {
    #[serde(borrow)]
    value: json::Raw<'a>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow, alias = "type")]
    field_type: Option<Text<'a>>,
    #[serde(borrow)]
    designation: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Section<'a> {
    #[serde(borrow, default)]
    fields: List<Field<'a>>,
}

#[derive(Deserialize)]
struct Field<'a> {
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
    /// One member, whose name tells the kind of value.
    #[serde(borrow)]
    value: Members<'a, json::Raw<'a>>,
}

/// What some values are wrapped in: an e-mail address with its provider, a user name of a linked account.
#[derive(Deserialize)]
struct Wrapper<'a> {
    #[serde(borrow, alias = "string")]
    email_address: Loose<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct StoredPasskey<'a> {
    #[serde(borrow)]
    rp_id: Option<Text<'a>>,
    #[serde(borrow, alias = "username")]
    user_name: Option<Text<'a>>,
}

/// Reads the document within the archive.
pub(crate) fn read_document(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let document = json::document(bytes);
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let rows = export
        .accounts
        .iter()
        .flat_map(|owner| owner.vaults.iter())
        .flat_map(|vault| &vault.items)
        .map(|items| items.len())
        .sum();
    json::bounded(rows, input.limits)?;
    let several = export.accounts.len() > 1;
    let mut import = Import::new(input.format);
    for owner in export.accounts {
        let account = text(owner.attrs.account_name.as_ref().or(owner.attrs.name.as_ref()));
        for vault in owner.vaults {
            let own = text(vault.attrs.name.as_ref());
            let group = entry::path(if several { account } else { "" }, own).into();
            for (at, raw) in vault.items.into_iter().flatten().enumerate() {
                match json::row(raw).or_else(|| json::row(raw).map(|wrapped: Wrapped<'_>| wrapped.item)) {
                    Some(item) => item.read(&group, &mut import),
                    None => import.report(format!("{group}/items[{at}]"), ProblemCode::ItemUnreadable),
                }
            }
        }
    }
    Ok(import)
}

impl Item<'_> {
    /// Puts the item where it belongs.
    fn read(self, group: &Arc<str>, import: &mut Import) {
        if matches!(self.trashed, Loose::Truth(true)) || self.state.as_deref() == Some("trashed") {
            import.left_out.recycled += 1;
            return;
        }
        let (entry, problems) = self.entry(group);
        // A server or a membership with an address is a sign-in like any other; a bank account is none.
        let has_key = entry.password.is_some() || entry.totp.is_some();
        if !SIGN_INS.contains(&&*self.category_uuid) && (!has_key || entry.urls.is_empty()) {
            import.left_out.not_logins += 1;
            return;
        }
        for code in problems {
            import.report(entry.location(), code);
        }
        import.entries.push(entry);
    }

    /// The entry, and what of it could not be read.
    fn entry(&self, group: &Arc<str>) -> (Entry, Vec<ProblemCode>) {
        let mut entry =
            Entry { group: group.clone(), modified_at: self.updated_at.seconds().into(), ..Entry::default() };
        if let Some(overview) = &self.overview {
            entry.title = text(overview.title.as_ref()).into();
            entry.add_url(text(overview.url.as_ref()));
            for address in overview.urls.iter() {
                entry.add_url(text(address.url.as_ref()));
            }
        }
        entry.set_archived(self.state.as_deref() == Some("archived"));
        let mut problems = Vec::new();
        let Some(details) = &self.details else { return (entry, problems) };
        for field in details.login_fields.iter() {
            field.read(&mut entry);
        }
        if entry.password.is_none() {
            entry.set_password(text(details.password.as_ref()));
        }
        let lost = details.sections.iter().map(|section| section.fields.bad()).sum::<usize>();
        let lost = lost.saturating_add(details.login_fields.bad()).saturating_add(details.sections.bad());
        problems.extend((0..lost).map(|_| ProblemCode::ItemUnreadable));
        let named = !SIGN_INS.contains(&&*self.category_uuid);
        for field in details.sections.iter().flat_map(|section| section.fields.iter()) {
            problems.extend(field.read(named, &mut entry));
        }
        entry.add_extra("", text(details.notes_plain.as_ref()));
        if let Some(raw) = details.passkey.filter(|raw| raw.get() != "null") {
            let passkey: StoredPasskey<'_> = json::row(raw).unwrap_or_default();
            entry.add_passkey(Passkey {
                rp_id: text(passkey.rp_id.as_ref()).into(),
                user_name: text(passkey.user_name.as_ref()).into(),
            });
        }
        (entry, problems)
    }
}

impl LoginField<'_> {
    fn read(&self, entry: &mut Entry) {
        let value = single(self.value);
        let value = value.text();
        match text(self.designation.as_ref()) {
            "username" => entry.add_name(value),
            "password" if entry.password.is_none() => entry.set_password(value),
            // Check boxes and buttons of the form.
            _ if ["C", "B", "I"].contains(&text(self.field_type.as_ref())) => {}
            _ => entry.add_extra(text(self.name.as_ref()), value),
        }
    }
}

impl Field<'_> {
    /// `named`: whether the identifiers of fields tell user name, password and address.
    fn read(&self, named: bool, entry: &mut Entry) -> Option<ProblemCode> {
        let (kind, raw) = self.value.0.first()?;
        let (title, value) = (text(self.title.as_ref()), single(raw));
        let value = dated(kind, &value)?;
        match (&**kind, text(self.id.as_ref())) {
            ("totp", _) if entry.totp.is_some() => {
                entry.add_extra(title, &value);
                return Some(ProblemCode::FurtherTotp);
            }
            ("totp", _) => return entry.set_totp(&value).err().map(TotpError::problem),
            ("reference", _) => {}
            (_, "username") if named => entry.add_name(&value),
            (_, "password") if named && entry.password.is_none() => entry.set_password(&value),
            (_, "url" | "website") if named => entry.add_url(&value),
            _ => entry.add_extra(title, &value),
        }
        None
    }
}

/// A value, by itself or within an object.
fn single<'a>(raw: json::Raw<'a>) -> Loose<'a> {
    match json::row(raw) {
        Some(Loose::Other) | None => {
            json::row(raw).map(|wrapper: Wrapper<'a>| wrapper.email_address).unwrap_or_default()
        }
        Some(value) => value,
    }
}

/// What a person would read of a value of a kind.
fn dated<'a>(kind: &str, value: &'a Loose<'_>) -> Option<Cow<'a, str>> {
    match (kind, value) {
        ("date", Loose::Number(_)) => timestamp::date(value.number()?).map(Cow::Owned),
        ("monthYear", Loose::Number(_)) => {
            let month = value.number()?;
            Some(Cow::Owned(format!("{:04}-{:02}", month / 100, month % 100)))
        }
        _ => Some(Cow::Borrowed(value.text())),
    }
}
