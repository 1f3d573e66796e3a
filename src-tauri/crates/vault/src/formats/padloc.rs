//! Padloc's encrypted export: items as JSON, encrypted under a key that PBKDF2 makes of a password
//! (<https://github.com/padloc/padloc/blob/main/security.md>).

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::container::json::{self, Loose};
use crate::container::loose::{each, object};
use crate::crypto::cipher::{Plain, open_gcm};
use crate::crypto::derive::{Hash, pbkdf2};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Entry, Import, Part, ProblemCode, ReadError};

pub(crate) static SOURCE: Source = Source {
    name: "padloc",
    product: "Padloc",
    kind: "encrypted JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| sample.is_json(false, &["keyParams", "encryptionParams", "encryptedData"]),
        lock: |_| Lock::Password,
        read,
    },
};

/// Padloc writes the URL-safe alphabet without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    key_params: KeyParams,
    encryption_params: EncryptionParams,
    encrypted_data: String,
}

#[derive(Deserialize)]
struct KeyParams {
    algorithm: String,
    hash: String,
    iterations: u64,
    salt: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EncryptionParams {
    algorithm: String,
    tag_size: u64,
    iv: String,
    additional_data: String,
}

#[derive(Deserialize)]
struct Items<'a> {
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Item<'a> {
    name: Loose<'a>,
    updated: Loose<'a>,
    tags: Option<json::Items<Loose<'a>>>,
    #[serde(borrow)]
    fields: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Field<'a> {
    #[serde(borrow)]
    name: Loose<'a>,
    r#type: Loose<'a>,
    value: Loose<'a>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let plain = open(input)?;
    let content: Items<'_> = json::parse(&plain, input.limits)?;
    let items = content.items.ok_or(ReadError::damaged(Part::Json))?;
    let mut import = Import::new(input.format);
    each(items, "items", input, &mut import, |item: Item<'_>, import| {
        let entry = entry(item, import);
        import.take(entry);
    })?;
    Ok(import)
}

fn open(input: &Input<'_>) -> Result<Plain, ReadError> {
    let password = input.unlock.password.as_ref().ok_or(ReadError::NeedsKey)?;
    let document = json::document(input.bytes());
    let container: Container = json::parse(&document, input.limits)?;
    let (key, encryption) = (&container.key_params, &container.encryption_params);
    if (key.algorithm.as_str(), key.hash.as_str()) != ("PBKDF2", "SHA-256") {
        return Err(ReadError::Unsupported { what: "this key derivation of Padloc" });
    }
    if (encryption.algorithm.as_str(), encryption.tag_size) != ("AES-GCM", 128) {
        return Err(ReadError::Unsupported { what: "this cipher of Padloc" });
    }
    let salt = base64(&key.salt)?;
    let (nonce, associated) = (base64(&encryption.iv)?, base64(&encryption.additional_data)?);
    let data = base64(&container.encrypted_data)?;
    input.watch.tell(Stage::Key, 0, 0);
    let password = password.expose_secret().as_bytes();
    let key = pbkdf2(Hash::Sha256, password, &salt, key.iterations, input.limits)?;
    // Nothing tells a wrong password from changed content.
    open_gcm(&key, &nonce, &data, &associated).map_err(|_| ReadError::WrongKey)
}

/// Older versions wrote the standard alphabet.
fn base64(text: &str) -> Result<Vec<u8>, ReadError> {
    let text: String = text.trim().chars().map(url_safe).collect();
    BASE64.decode(text).map_err(|_| ReadError::damaged(Part::Structure))
}

fn url_safe(character: char) -> char {
    match character {
        '+' => '-',
        '/' => '_',
        other => other,
    }
}

fn entry(item: Item<'_>, import: &mut Import) -> Entry {
    let mut entry = Entry {
        title: item.name.text().trim().into(),
        group: item.tags.iter().flatten().next().map_or_else(Default::default, |tag| tag.text().trim().into()),
        modified_at: item.updated.time().into(),
        ..Entry::default()
    };
    let fields: Vec<Field<'_>> = item.fields.into_iter().flatten().filter_map(object).collect();
    for kind in ["username", "email"] {
        fields.iter().filter(|field| field.kind() == kind).for_each(|field| entry.add_name(field.value.text()));
    }
    for field in &fields {
        let value = field.value.text();
        match field.kind() {
            "username" | "email" | "credit" | "iban" | "bic" => {}
            "password" if entry.password.is_none() => entry.set_password(value),
            "url" => entry.add_url(value),
            "totp" if entry.totp.is_some() => import.report(entry.location(), ProblemCode::FurtherTotp),
            "totp" => {
                if let Err(error) = entry.set_totp(value) {
                    import.report(entry.location(), error.problem());
                }
            }
            "note" => entry.add_extra("", value),
            _ => entry.add_extra(field.name.text(), value),
        }
    }
    entry
}

impl Field<'_> {
    /// The kind; by its name where an older version wrote none.
    fn kind(&self) -> &str {
        let name = self.name.text().trim().to_ascii_lowercase();
        match self.r#type.text() {
            "" if name.contains("password") => "password",
            "" if name.contains("user") => "username",
            "" if name.contains("url") => "url",
            kind => kind,
        }
    }
}
