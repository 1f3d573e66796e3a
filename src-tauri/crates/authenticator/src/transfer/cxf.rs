//! The FIDO Alliance's Credential Exchange Format 1.0:
//! <https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html>, section 3.3.9 for passkeys.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::json::{self, Rows, Text};
use super::passkey::{Draft, Gathered, Portable, PrfSecrets};
use super::{TransferError, Writer};

/// Who exports, written like a relying party's identifier: the app's own, the other way round.
const EXPORTER: &str = "desktop.rekey.org";

/// The one function that secrets are derived with.
const HMAC_SHA256: &str = "hmac-sha256";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Header<'a> {
    version: Version,
    exporter_rp_id: &'a str,
    exporter_display_name: &'a str,
    timestamp: u64,
    accounts: [Account<'a>; 1],
}

#[derive(Serialize)]
struct Version {
    major: u8,
    minor: u8,
}

#[derive(Serialize)]
struct Account<'a> {
    id: String,
    username: &'a str,
    email: &'a str,
    collections: [(); 0],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    creation_at: Option<u64>,
    title: &'a str,
    scope: Scope<'a>,
    credentials: [Passkey<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scope<'a> {
    urls: [&'a str; 1],
    android_apps: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Passkey<'a> {
    r#type: &'static str,
    credential_id: String,
    rp_id: &'a str,
    username: &'a str,
    user_display_name: &'a str,
    user_handle: String,
    key: Zeroizing<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fido2_extensions: Option<Fido2Extensions>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fido2Extensions {
    hmac_credentials: HmacCredentials,
}

#[derive(Serialize)]
struct HmacCredentials {
    algorithm: &'static str,
    #[serde(rename = "credWithUV")]
    verified: Zeroizing<String>,
    #[serde(rename = "credWithoutUV")]
    unverified: Zeroizing<String>,
}

pub(super) fn write(passkeys: &[&Portable], writer: &Writer) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    json::write(&Header {
        version: Version { major: 1, minor: 0 },
        exporter_rp_id: EXPORTER,
        exporter_display_name: "Rekey",
        timestamp: seconds(writer.now),
        accounts: [Account {
            id: json::base64url(writer.store.as_bytes()),
            username: "",
            email: "",
            collections: [],
            items: passkeys.iter().map(|passkey| item(passkey)).collect(),
        }],
    })
}

fn item(passkey: &Portable) -> Item<'_> {
    // The same passkey is the same item in the next export. At most 64 bytes are allowed; 16 tell items apart.
    let digest = Sha256::digest(passkey.credential_id.as_bytes());
    Item {
        id: json::base64url(digest.get(..16).unwrap_or_default()),
        creation_at: passkey.created.and_then(|seconds| seconds.try_into().ok()),
        title: &passkey.rp_id,
        scope: Scope { urls: [&passkey.url], android_apps: [] },
        credentials: [Passkey {
            r#type: "passkey",
            credential_id: passkey.credential_id.to_string(),
            rp_id: &passkey.rp_id,
            username: &passkey.user_name,
            user_display_name: &passkey.user_display_name,
            user_handle: json::base64url(&passkey.user_handle),
            key: json::base64url_secret(passkey.key.der()),
            fido2_extensions: passkey.prf.as_ref().map(|prf| Fido2Extensions {
                hmac_credentials: HmacCredentials {
                    algorithm: HMAC_SHA256,
                    verified: json::base64url_secret(&prf.verified),
                    unverified: json::base64url_secret(&prf.unverified),
                },
            }),
        }],
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[derive(Deserialize)]
struct Exchange<'a> {
    #[serde(borrow)]
    accounts: Rows<'a>,
}

#[derive(Deserialize)]
struct Owner<'a> {
    #[serde(borrow, default)]
    items: Rows<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyItem<'a> {
    #[serde(borrow, default)]
    creation_at: Option<&'a RawValue>,
    #[serde(borrow, default)]
    scope: Option<&'a RawValue>,
    #[serde(borrow, default)]
    credentials: Rows<'a>,
}

#[derive(Deserialize)]
struct AnyScope<'a> {
    #[serde(borrow, default)]
    urls: Rows<'a>,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, default)]
    r#type: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyPasskey<'a> {
    #[serde(borrow)]
    credential_id: Text<'a>,
    #[serde(borrow)]
    rp_id: Text<'a>,
    /// In drafts `userName`.
    #[serde(borrow, default, alias = "userName")]
    username: Text<'a>,
    #[serde(borrow, default)]
    user_display_name: Text<'a>,
    #[serde(borrow, default)]
    user_handle: Text<'a>,
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow, default)]
    fido2_extensions: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    #[serde(borrow, default)]
    hmac_credentials: Option<&'a RawValue>,
    #[serde(borrow, default)]
    large_blob: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Secrets<'a> {
    #[serde(borrow)]
    algorithm: Text<'a>,
    #[serde(borrow, rename = "credWithUV")]
    verified: Text<'a>,
    #[serde(borrow, rename = "credWithoutUV")]
    unverified: Text<'a>,
}

fn prf(secrets: &RawValue) -> Option<PrfSecrets> {
    let secrets: Secrets<'_> = json::member(Some(secrets))?;
    let both = || PrfSecrets::new(json::decode(&secrets.verified)?, json::decode(&secrets.unverified)?);
    (&*secrets.algorithm == HMAC_SHA256).then(both)?
}

pub(super) fn read(document: &str, into: &mut Gathered) -> Result<(), TransferError> {
    let exchange: Exchange<'_> = json::parse(document).ok_or(TransferError::Damaged)?;
    for account in exchange.accounts.0 {
        let Some(owner) = json::member::<Owner<'_>>(Some(account)) else {
            into.take(None);
            continue;
        };
        for item in owner.items.0 {
            match json::member::<AnyItem<'_>>(Some(item)) {
                Some(item) => read_item(&item, into),
                None => into.take(None),
            }
        }
    }
    Ok(())
}

/// Credentials of other kinds are not asked about: a whole vault may be in the file.
fn read_item(item: &AnyItem<'_>, into: &mut Gathered) {
    let scope: Option<AnyScope<'_>> = json::member(item.scope);
    let urls = scope.map(|scope| scope.urls.0).unwrap_or_default();
    let url: Text<'_> = json::member(urls.first().copied()).unwrap_or_default();
    let created = json::member::<i64>(item.creation_at);
    for credential in &item.credentials.0 {
        let kind: Option<Kind<'_>> = json::member(Some(credential));
        if kind.is_some_and(|kind| !kind.r#type.eq_ignore_ascii_case("passkey")) {
            into.has_more = true;
            continue;
        }
        let Some(passkey) = json::member::<AnyPasskey<'_>>(Some(credential)) else {
            into.take(None);
            continue;
        };
        let extensions: Option<Extensions<'_>> = json::member(passkey.fido2_extensions);
        let (secrets, blob) = extensions.map_or((None, None), |e| (e.hmac_credentials, e.large_blob));
        into.take(Some(Draft {
            credential_id: json::decode(&passkey.credential_id).map(|bytes| bytes.to_vec()),
            rp_id: &passkey.rp_id,
            user_name: &passkey.username,
            user_display_name: &passkey.user_display_name,
            user_handle: json::decode(&passkey.user_handle).map(|bytes| bytes.to_vec()),
            url: &url,
            created,
            key: json::decode(&passkey.key),
            counts: false,
            prf: secrets.map(prf),
            has_blob: blob.is_some(),
        }));
    }
}
