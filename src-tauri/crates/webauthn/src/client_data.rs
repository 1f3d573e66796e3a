use rekey_origin::Origin;
use sha2::{Digest, Sha256};

use crate::ClientError;
use crate::credential::base64url;

/// Who called `navigator.credentials`, as the host established it (never as the page says).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The calling document's origin.
    pub origin: Origin,
    /// Whether the calling document is its page's top document.
    pub top_level: bool,
}

impl Caller {
    /// Calls with `sameOriginWithAncestors` false are refused, since the person would see the outer page's address only.
    pub(crate) fn must_be_top_level(&self) -> Result<(), ClientError> {
        if self.top_level { Ok(()) } else { Err(ClientError::NotTopLevel) }
    }
}

/// The client data of a ceremony, serialised once; the site verifies exactly these bytes.
///
/// <https://www.w3.org/TR/webauthn-3/#dictionary-client-data>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientData {
    json: Vec<u8>,
    hash: [u8; 32],
}

impl ClientData {
    /// The client data of one ceremony; `kind` is `webauthn.create` or `webauthn.get`. Callers are top documents, so
    /// `crossOrigin` is false and there is no `topOrigin`. The order of the members is prescribed.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization>
    pub(crate) fn new(kind: &str, challenge: &[u8], origin: &Origin) -> Self {
        let mut json = String::new();
        json.push_str("{\"type\":");
        ccd_to_string(kind, &mut json);
        json.push_str(",\"challenge\":");
        ccd_to_string(&base64url(challenge), &mut json);
        json.push_str(",\"origin\":");
        ccd_to_string(&origin.to_string(), &mut json);
        json.push_str(",\"crossOrigin\":false");
        json.push('}');
        let hash = Sha256::digest(json.as_bytes()).into();
        Self { json: json.into_bytes(), hash }
    }

    /// `clientDataJSON`.
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// Its SHA-256, which the authenticator signs.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

/// <https://www.w3.org/TR/webauthn-3/#ccdtostring>
fn ccd_to_string(text: &str, into: &mut String) {
    into.push('"');
    for c in text.chars() {
        match c {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\u{0}'..='\u{1f}' => into.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => into.push(c),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_serialisation_is_the_specifications() {
        let data = ClientData::new("webauthn.get", &[0xfb, 0xff, 1], &"http://localhost:8080".parse().unwrap());
        assert_eq!(
            std::str::from_utf8(data.json()).unwrap(),
            r#"{"type":"webauthn.get","challenge":"-_8B","origin":"http://localhost:8080","crossOrigin":false}"#
        );
        assert_eq!(data.hash(), &<[u8; 32]>::from(Sha256::digest(data.json())));
    }

    #[test]
    fn strings_are_escaped_as_the_specification_says() {
        let mut out = String::new();
        ccd_to_string("a\"\\\u{1}\u{7f}é\n", &mut out);
        assert_eq!(out, "\"a\\\"\\\\\\u0001\u{7f}é\\u000a\"");
    }
}
