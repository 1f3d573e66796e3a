//! FreeOTP+'s JSON export and the settings file of FreeOTP 1: <https://github.com/helloworld1/FreeOTPPlus>.

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::{Draft, Kind, Secret, rows};
use crate::container::{json, xml};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Import, ProblemCode, ReadError};

/// What a serialised Java object begins with: FreeOTP 2's backup.
const JAVA: &[u8] = b"\xac\xed\0\x05";

pub(crate) static SOURCE: Source = Source {
    name: "freeotp",
    product: "FreeOTP+, FreeOTP",
    kind: "JSON, XML",
    evidence: Evidence::Export("an export of FreeOTP+ among the test files of Aegis"),
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["tokens", "tokenOrder"])
                || sample.is_xml("map") && mentions(sample.bytes, "tokenOrder")
                || sample.bytes.starts_with(JAVA) && mentions(sample.bytes, "masterKey")
        },
        lock: |_| Lock::Open,
        read,
    },
};

fn mentions(bytes: &[u8], text: &str) -> bool {
    bytes.get(..1 << 20).unwrap_or(bytes).windows(text.len()).any(|window| window == text.as_bytes())
}

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    tokens: json::Items<json::Raw<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    algo: Option<String>,
    digits: Option<u64>,
    issuer_ext: Option<String>,
    issuer_int: Option<String>,
    label: Option<String>,
    period: Option<u64>,
    #[serde(deserialize_with = "signed_bytes")]
    secret: Zeroizing<Vec<u8>>,
    r#type: Option<String>,
}

/// Java's bytes are -128 to 127.
fn signed_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<Vec<u8>>, D::Error> {
    let signed = Vec::<i16>::deserialize(deserializer)?;
    let byte = |number: i16| u8::try_from(number.rem_euclid(256)).unwrap_or_default();
    if signed.iter().any(|number| !(-128..=255).contains(number)) {
        return Err(serde::de::Error::custom("no byte"));
    }
    let signed = Zeroizing::new(signed);
    Ok(Zeroizing::new(signed.iter().copied().map(byte).collect()))
}

impl From<Row> for Draft {
    fn from(row: Row) -> Self {
        // The one is what the address said, the other what stood in front of its label.
        let issuer = row.issuer_ext.filter(|issuer| !issuer.trim().is_empty()).or(row.issuer_int);
        let steam = issuer.as_deref().is_some_and(|issuer| issuer.eq_ignore_ascii_case("steam"));
        let kind = Kind::of(row.r#type.as_deref());
        Self {
            issuer,
            name: row.label,
            kind: if kind == Kind::Totp && steam { Kind::Steam } else { kind },
            secret: Secret::Bytes(row.secret),
            algorithm: row.algo,
            digits: row.digits,
            period: row.period,
        }
    }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    if input.bytes().starts_with(JAVA) {
        return Err(ReadError::Unsupported { what: "a backup of FreeOTP 2" });
    }
    let mut import = Import::new(input.format);
    if input.sample.is_xml("map") {
        let mut settings = Settings { name: String::new(), import: &mut import };
        xml::walk(input.bytes(), input.limits, &mut settings)?;
        return Ok(import);
    }
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    rows::<Row>(export.tokens, "tokens", input.limits, &mut import)?;
    Ok(import)
}

/// An Android app's settings: a token in JSON each, but for their order.
struct Settings<'a> {
    name: String,
    import: &'a mut Import,
}

impl xml::Visitor for Settings<'_> {
    fn start(&mut self, _path: &[String], element: &xml::Attributes<'_, '_>) -> Result<(), ReadError> {
        self.name = element.get("name").unwrap_or_default();
        Ok(())
    }

    fn end(&mut self, path: &[String], text: &str) -> Result<(), ReadError> {
        if path.last().is_none_or(|element| element != "string") || self.name == "tokenOrder" {
            return Ok(());
        }
        match serde_json::from_str::<Row>(text) {
            Ok(row) => Draft::from(row).add_to(self.import),
            Err(_) => self.import.report(self.name.as_str(), ProblemCode::ItemUnreadable),
        }
        Ok(())
    }
}
