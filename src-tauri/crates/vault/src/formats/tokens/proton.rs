//! Proton Authenticator's export: <https://proton.me/support/proton-authenticator-export>.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::add_uri;
use crate::container::json;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::totp::Uri;
use crate::{Import, ProblemCode, ReadError};

pub(crate) static SOURCE: Source = Source {
    name: "proton-authenticator",
    product: "Proton Authenticator",
    kind: "JSON",
    evidence: Evidence::Export("an export among the test files of Aegis"),
    reader: Reader::Own {
        // Other apps have these members, too; what an entry is like decides.
        recognises: |sample| {
            sample.is_json(false, &["version", "entries"]) && mentions(sample.bytes, b"\"entry_type\"")
        },
        lock: |_| Lock::Open,
        read,
    },
};

/// Whether the start of a file has a text in it.
fn mentions(bytes: &[u8], text: &[u8]) -> bool {
    bytes.get(..1 << 16).unwrap_or(bytes).windows(text.len()).any(|window| window == text)
}

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    entries: json::Items<json::Raw<'a>>,
}

#[derive(Deserialize)]
struct Entry {
    content: Content,
}

#[derive(Deserialize)]
struct Content {
    uri: SecretString,
    name: Option<String>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    json::bounded(export.entries.len(), input.limits)?;
    let mut import = Import::new(input.format);
    for (at, raw) in export.entries.into_iter().enumerate() {
        let content = json::row::<Entry>(raw).map(|entry| entry.content);
        let uri = content.as_ref().and_then(|content| {
            let mut uri = Uri::parse(content.uri.expose_secret())?;
            if uri.name.is_empty() {
                uri.name = content.name.as_deref().unwrap_or_default().into();
            }
            Some(uri)
        });
        match uri {
            Some(uri) => add_uri(&mut import, uri),
            None => import.report(format!("entries[{at}]"), ProblemCode::ItemUnreadable),
        }
    }
    Ok(import)
}
