//! Bitwarden's JSON export with passkeys in its sign-ins, which Bitwarden and Vaultwarden import:
//! <https://bitwarden.com/help/condition-bitwarden-import/>. Bitwarden knows keys on P-256 alone.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::json::{self, Rows, Text};
use super::passkey::{Draft, Gathered, Portable};
use super::{TransferError, Writer, time};

/// A sign-in among Bitwarden's kinds of item.
const LOGIN: u8 = 1;
/// What stands before a credential id that is no UUID.
const NOT_A_UUID: &str = "b64.";
/// The length of a UUID as it is written.
const UUID_LENGTH: usize = 36;

#[derive(Serialize)]
struct Export<'a> {
    encrypted: bool,
    folders: [(); 0],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    id: Uuid,
    organization_id: Option<()>,
    folder_id: Option<()>,
    r#type: u8,
    reprompt: u8,
    name: &'a str,
    notes: Option<()>,
    favorite: bool,
    collection_ids: Option<()>,
    creation_date: String,
    revision_date: String,
    deleted_date: Option<()>,
    login: Login<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Login<'a> {
    username: &'a str,
    password: Option<()>,
    totp: Option<()>,
    uris: [Address<'a>; 1],
    fido2_credentials: [Passkey<'a>; 1],
}

#[derive(Serialize)]
struct Address<'a> {
    r#match: Option<()>,
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Passkey<'a> {
    credential_id: String,
    key_type: &'static str,
    key_algorithm: &'static str,
    key_curve: &'static str,
    key_value: Zeroizing<String>,
    rp_id: &'a str,
    user_handle: String,
    user_name: &'a str,
    counter: &'static str,
    rp_name: &'a str,
    user_display_name: &'a str,
    discoverable: &'static str,
    creation_date: String,
}

pub(super) fn write(passkeys: &[&Portable], writer: &Writer) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    let items = passkeys.iter().map(|passkey| item(passkey, writer.now)).collect();
    json::write(&Export { encrypted: false, folders: [], items })
}

fn item(passkey: &Portable, now: SystemTime) -> Item<'_> {
    let now = now.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    let made = time::text(passkey.created.unwrap_or(now));
    let mut id = [0; 16];
    id.iter_mut().zip(Sha256::digest(passkey.credential_id.as_bytes())).for_each(|(to, from)| *to = from);
    Item {
        id: uuid::Builder::from_random_bytes(id).into_uuid(),
        organization_id: None,
        folder_id: None,
        r#type: LOGIN,
        reprompt: 0,
        name: &passkey.rp_id,
        notes: None,
        favorite: false,
        collection_ids: None,
        creation_date: made.clone(),
        revision_date: time::text(now),
        deleted_date: None,
        login: Login {
            username: &passkey.user_name,
            password: None,
            totp: None,
            uris: [Address { r#match: None, uri: &passkey.url }],
            fido2_credentials: [Passkey {
                credential_id: id_text(passkey.credential_id.as_bytes()),
                key_type: "public-key",
                key_algorithm: "ECDSA",
                key_curve: "P-256",
                key_value: json::base64url_secret(passkey.key.der()),
                rp_id: &passkey.rp_id,
                user_handle: json::base64url(&passkey.user_handle),
                user_name: &passkey.user_name,
                counter: "0",
                rp_name: &passkey.rp_id,
                user_display_name: &passkey.user_display_name,
                discoverable: "true",
                creation_date: made,
            }],
        },
    }
}

/// 16 bytes are written as a UUID, others in base64url behind a mark.
fn id_text(id: &[u8]) -> String {
    match Uuid::from_slice(id) {
        Ok(uuid) => uuid.to_string(),
        Err(_) => format!("{NOT_A_UUID}{}", json::base64url(id)),
    }
}

fn id_of(text: &str) -> Option<Vec<u8>> {
    if let Some(encoded) = text.strip_prefix(NOT_A_UUID) {
        return json::decode(encoded).map(|bytes| bytes.to_vec());
    }
    (text.len() == UUID_LENGTH).then(|| Uuid::parse_str(text).ok()).flatten().map(|id| id.as_bytes().to_vec())
}

#[derive(Deserialize)]
struct AnyExport<'a> {
    #[serde(borrow)]
    items: Rows<'a>,
}

#[derive(Deserialize)]
struct AnyItem<'a> {
    #[serde(borrow, default)]
    login: Option<&'a RawValue>,
    #[serde(borrow, default)]
    notes: Option<&'a RawValue>,
    #[serde(borrow, default)]
    fields: Option<&'a RawValue>,
}

/// Whether a member says anything.
fn is_filled(member: Option<&RawValue>) -> bool {
    member.is_some_and(|raw| !matches!(raw.get(), "null" | "\"\"" | "[]"))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyLogin<'a> {
    #[serde(borrow, default)]
    username: Text<'a>,
    #[serde(borrow, default)]
    password: Option<&'a RawValue>,
    #[serde(borrow, default)]
    totp: Option<&'a RawValue>,
    #[serde(borrow, default)]
    uris: Rows<'a>,
    #[serde(borrow, default)]
    fido2_credentials: Rows<'a>,
}

#[derive(Deserialize)]
struct AnyAddress<'a> {
    #[serde(borrow, default)]
    uri: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyPasskey<'a> {
    #[serde(borrow)]
    credential_id: Text<'a>,
    #[serde(borrow)]
    key_value: Text<'a>,
    #[serde(borrow)]
    rp_id: Text<'a>,
    #[serde(borrow, default)]
    user_handle: Text<'a>,
    #[serde(borrow, default)]
    user_name: Text<'a>,
    #[serde(borrow, default)]
    user_display_name: Text<'a>,
    #[serde(borrow, default)]
    counter: Text<'a>,
    #[serde(borrow, default)]
    creation_date: Text<'a>,
}

pub(super) fn read(document: &str, into: &mut Gathered) -> Result<(), TransferError> {
    let export: AnyExport<'_> = json::parse(document).ok_or(TransferError::Damaged)?;
    for item in export.items.0 {
        match json::member::<AnyItem<'_>>(Some(item)) {
            None => into.take(None),
            // Notes, cards and the like.
            Some(AnyItem { login: None, .. }) => into.has_more = true,
            Some(item) => match json::member::<AnyLogin<'_>>(item.login) {
                None => into.take(None),
                Some(login) => {
                    let has_more = [item.notes, item.fields, login.password, login.totp].into_iter().any(is_filled);
                    into.has_more |= has_more || login.fido2_credentials.0.is_empty();
                    read_login(&login, into);
                }
            },
        }
    }
    Ok(())
}

fn read_login(login: &AnyLogin<'_>, into: &mut Gathered) {
    let address: Option<AnyAddress<'_>> = json::member(login.uris.0.first().copied());
    for credential in &login.fido2_credentials.0 {
        let Some(passkey) = json::member::<AnyPasskey<'_>>(Some(credential)) else {
            into.take(None);
            continue;
        };
        into.take(Some(Draft {
            credential_id: id_of(&passkey.credential_id),
            rp_id: &passkey.rp_id,
            user_name: if passkey.user_name.is_empty() { &login.username } else { &passkey.user_name },
            user_display_name: &passkey.user_display_name,
            user_handle: json::decode(&passkey.user_handle).map(|bytes| bytes.to_vec()),
            url: address.as_ref().map_or("", |address| &address.uri),
            created: time::seconds(&passkey.creation_date),
            key: json::decode(&passkey.key_value),
            counts: !matches!(&*passkey.counter, "" | "0"),
            ..Draft::default()
        }));
    }
}
