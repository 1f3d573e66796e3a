//! Proton Pass's export, a JSON document by itself, in an archive or encrypted with a passphrase: <https://proton.me/support/pass-export>.

use std::collections::HashMap;
use std::sync::Arc;

use secrecy::ExposeSecret as _;
use serde::Deserialize;

use crate::container::json::{self, List, Loose, Members, Text, text};
use crate::container::zip::{self, Archive};
use crate::crypto::openpgp;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::progress::Stage;
use crate::sample::{Sample, Shape};
use crate::{Entry, Import, Passkey, ProblemCode, ReadError, entry};

pub(crate) static JSON: Source = Source {
    name: "proton-json",
    product: "Proton Pass",
    kind: "JSON",
    evidence: Evidence::Export("the export in KeePassXC's test data"),
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["vaults", "encrypted"]) || sample.is_json(false, &["vaults", "version"])
        },
        lock: |_| Lock::Open,
        read: |input| read(input, input.bytes()),
    },
};

pub(crate) static ZIP: Source = Source {
    name: "proton-zip",
    product: "Proton Pass",
    kind: "ZIP",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| name_in(sample, DATA) || name_in(sample, ENCRYPTED),
        lock: |sample| if name_in(sample, DATA) { Lock::Open } else { Lock::Password },
        read: |input| {
            let mut archive = Archive::open(input.bytes(), input.limits)?;
            if name_in(input.sample, DATA) {
                return read(input, &archive.file(DATA)?);
            }
            read_encrypted(input, &archive.file(ENCRYPTED)?)
        },
    },
};

/// An export with a passphrase: an OpenPGP message, whose content is the document or, from older versions, the archive.
pub(crate) static PGP: Source = Source {
    name: "proton-pgp",
    product: "Proton Pass",
    kind: "PGP",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| openpgp::dearmored(sample.bytes).is_some_and(|message| openpgp::has_passphrase(&message)),
        lock: |_| Lock::Password,
        read: |input| read_encrypted(input, input.bytes()),
    },
};

/// The document within an archive, and what stands for it in one with a passphrase.
const DATA: &str = "Proton Pass/data.json";
const ENCRYPTED: &str = "Proton Pass/data.pgp";

fn name_in(sample: &Sample<'_>, wanted: &str) -> bool {
    matches!(&sample.shape, Shape::Zip(names) if names.iter().any(|name| name == wanted))
}

/// Reads an OpenPGP message, with armour or without.
pub(crate) fn read_encrypted(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let passphrase = input.unlock.password.as_ref().ok_or(ReadError::NeedsKey)?;
    let dearmored = openpgp::dearmored(bytes);
    input.watch.tell(Stage::Key, 0, 0);
    let message = dearmored.as_deref().unwrap_or(bytes);
    let content = openpgp::open(message, passphrase.expose_secret().as_bytes(), input.limits)?;
    if zip::is_archive(&content) {
        return read(input, &Archive::open(&content, input.limits)?.file(DATA)?);
    }
    read(input, &content)
}

/// `state` of an item in the trash.
const TRASHED: i64 = 2;

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    vaults: Members<'a, Vault<'a>>,
    #[serde(default)]
    encrypted: bool,
}

#[derive(Deserialize)]
struct Vault<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    /// Each is parsed by itself, so that a bad one loses nothing but itself.
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow, default)]
    folders: List<Folder<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Folder<'a> {
    #[serde(borrow)]
    folder_id: Text<'a>,
    #[serde(borrow)]
    parent_folder_id: Option<Text<'a>>,
    #[serde(borrow)]
    name: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow)]
    data: Data<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    modify_time: Loose<'a>,
    #[serde(borrow)]
    folder_id: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow, default)]
    extra_fields: List<ExtraField<'a>>,
    #[serde(borrow)]
    r#type: Text<'a>,
    /// Of a login; the other types have contents of their own.
    #[serde(borrow)]
    content: Option<json::Raw<'a>>,
    #[serde(borrow)]
    platform_specific: Option<json::Raw<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    note: Option<Text<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Login<'a> {
    #[serde(borrow)]
    item_username: Option<Text<'a>>,
    #[serde(borrow)]
    item_email: Option<Text<'a>>,
    /// Before version 1.18, for both.
    #[serde(borrow)]
    username: Option<Text<'a>>,
    #[serde(borrow)]
    password: Option<Text<'a>>,
    #[serde(borrow, default)]
    urls: List<Text<'a>>,
    #[serde(borrow)]
    totp_uri: Option<Text<'a>>,
    #[serde(borrow, default)]
    passkeys: List<StoredPasskey<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredPasskey<'a> {
    #[serde(borrow)]
    rp_id: Option<Text<'a>>,
    #[serde(borrow)]
    domain: Option<Text<'a>>,
    #[serde(borrow)]
    user_name: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExtraField<'a> {
    #[serde(borrow)]
    field_name: Option<Text<'a>>,
    #[serde(borrow)]
    r#type: Option<Text<'a>>,
    #[serde(borrow)]
    data: ExtraValue<'a>,
}

#[derive(Deserialize)]
struct ExtraValue<'a> {
    #[serde(borrow, default, alias = "totpUri", alias = "timestamp")]
    content: Loose<'a>,
}

#[derive(Deserialize)]
struct Platforms<'a> {
    #[serde(borrow)]
    android: Android<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Android<'a> {
    #[serde(borrow, default)]
    allowed_apps: List<App<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct App<'a> {
    #[serde(borrow)]
    package_name: Text<'a>,
}

pub(crate) fn read(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let document = json::document(bytes);
    let export: Export<'_> = json::parse(&document, input.limits)?;
    if export.encrypted {
        return Err(ReadError::EncryptedExport);
    }
    let vaults: Vec<_> = export.vaults.0.into_iter().map(|(_, vault)| vault).collect();
    json::bounded(vaults.iter().flat_map(|vault| &vault.items).map(|items| items.len()).sum(), input.limits)?;
    let mut import = Import::new(input.format);
    for vault in vaults {
        let groups = Groups::of(&vault, input.limits.nesting);
        for (at, raw) in vault.items.into_iter().flatten().enumerate() {
            match json::row::<Item<'_>>(raw).map(|item| item.read(&groups, &mut import)) {
                Some(Some(())) => {}
                _ => import.report(format!("{}/items[{at}]", groups.root), ProblemCode::ItemUnreadable),
            }
        }
    }
    Ok(import)
}

/// The names of a vault's folders, with the vault's own in front.
struct Groups {
    root: Arc<str>,
    folders: HashMap<Box<str>, Arc<str>>,
}

impl Groups {
    fn of(vault: &Vault<'_>, nesting: usize) -> Self {
        let root: Arc<str> = entry::path("", text(vault.name.as_ref())).into();
        let by_id: HashMap<&str, &Folder<'_>> =
            vault.folders.iter().map(|folder| (&*folder.folder_id, folder)).collect();
        let path = |folder: &Folder<'_>| {
            let parents = std::iter::successors(Some(folder), |folder| {
                folder.parent_folder_id.as_ref().and_then(|id| by_id.get(&**id).copied())
            });
            // Folders that contain one another have no end.
            let mut names: Vec<&str> = parents.take(nesting.min(MOST_FOLDERS)).map(|folder| &*folder.name).collect();
            names.push(&root);
            names.iter().rev().fold(String::new(), |parent, name| entry::path(&parent, name))
        };
        let folders = vault.folders.iter().map(|folder| ((*folder.folder_id).into(), path(folder).into())).collect();
        Self { root, folders }
    }
}

/// So many folders within one another are named.
const MOST_FOLDERS: usize = 64;

impl Item<'_> {
    /// Puts the item where it belongs; `None` where its content cannot be read.
    fn read(&self, groups: &Groups, import: &mut Import) -> Option<()> {
        if self.state.number() == Some(TRASHED) {
            import.left_out.recycled += 1;
        } else if &*self.data.r#type != "login" {
            import.left_out.not_logins += 1;
        } else {
            let login = self.data.content.map_or_else(|| Some(Login::default()), json::row)?;
            let folder = self.folder_id.as_ref().and_then(|id| groups.folders.get(&**id));
            let mut entry = Entry {
                group: folder.unwrap_or(&groups.root).clone(),
                modified_at: self.modify_time.seconds().into(),
                ..Entry::default()
            };
            self.data.read(&login, &mut entry, import);
            import.entries.push(entry);
        }
        Some(())
    }
}

impl Data<'_> {
    fn read(&self, login: &Login<'_>, entry: &mut Entry, import: &mut Import) {
        entry.title = text(self.metadata.as_ref().and_then(|metadata| metadata.name.as_ref())).into();
        for name in [&login.item_username, &login.item_email, &login.username].into_iter().flatten() {
            entry.add_name(name);
        }
        entry.set_password(text(login.password.as_ref()));
        for url in login.urls.iter() {
            entry.add_url(url);
        }
        let platforms: Option<Platforms<'_>> = self.platform_specific.and_then(json::row);
        for app in platforms.iter().flat_map(|platforms| platforms.android.allowed_apps.iter()) {
            entry.add_app(&app.package_name);
        }
        for passkey in login.passkeys.iter() {
            let site = passkey.rp_id.as_ref().filter(|id| !id.is_empty()).or(passkey.domain.as_ref());
            entry.add_passkey(Passkey { rp_id: text(site).into(), user_name: text(passkey.user_name.as_ref()).into() });
        }
        let lost = [login.urls.bad(), login.passkeys.bad(), self.extra_fields.bad()].into_iter().sum::<usize>();
        (0..lost).for_each(|_| import.report(entry.location(), ProblemCode::ItemUnreadable));
        let mut totp = entry.set_totp(text(login.totp_uri.as_ref()));
        for field in self.extra_fields.iter() {
            let value = field.data.content.text();
            let is_totp = text(field.r#type.as_ref()) == "totp" && !value.is_empty();
            if is_totp && entry.totp.is_some() {
                entry.add_extra(text(field.field_name.as_ref()), value);
                import.report(entry.location(), ProblemCode::FurtherTotp);
            } else if is_totp {
                totp = totp.and(entry.set_totp(value));
            } else {
                entry.add_extra(text(field.field_name.as_ref()), value);
            }
        }
        entry.add_extra("", text(self.metadata.as_ref().and_then(|metadata| metadata.note.as_ref())));
        if let Err(error) = totp {
            import.report(entry.location(), error.problem());
        }
    }
}
