use sha2::{Digest, Sha256};

use crate::Caller;
use crate::credential::base64url;

/// The client data of a ceremony, serialised once; the site verifies exactly these bytes.
///
/// <https://www.w3.org/TR/webauthn-3/#dictionary-client-data>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientData {
    json: Vec<u8>,
    hash: [u8; 32],
}

impl ClientData {
    /// The client data of one ceremony; `kind` is `webauthn.create` or `webauthn.get`. The order of the
    /// members is prescribed; `topOrigin` is there only where it differs.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization>
    pub(crate) fn new(kind: &str, challenge: &[u8], caller: &Caller) -> Self {
        let mut json = String::new();
        json.push_str("{\"type\":");
        ccd_to_string(kind, &mut json);
        json.push_str(",\"challenge\":");
        ccd_to_string(&base64url(challenge), &mut json);
        json.push_str(",\"origin\":");
        ccd_to_string(&caller.origin.to_string(), &mut json);
        json.push_str(",\"crossOrigin\":");
        json.push_str(if caller.is_cross_origin() { "true" } else { "false" });
        if let Some(top) = caller.top_origin() {
            json.push_str(",\"topOrigin\":");
            ccd_to_string(&top.to_string(), &mut json);
        }
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
    use crate::Frame;

    #[test]
    fn the_serialisation_is_the_specifications() {
        let caller = Caller::top("http://localhost:8080".parse().unwrap());
        let data = ClientData::new("webauthn.get", &[0xfb, 0xff, 1], &caller);
        assert_eq!(
            std::str::from_utf8(data.json()).unwrap(),
            r#"{"type":"webauthn.get","challenge":"-_8B","origin":"http://localhost:8080","crossOrigin":false}"#
        );
        let frame = Frame::CrossOrigin { top: "https://shop.example".parse().unwrap() };
        let framed = ClientData::new("webauthn.get", &[1], &Caller { frame, ..caller });
        assert_eq!(
            std::str::from_utf8(framed.json()).unwrap(),
            r#"{"type":"webauthn.get","challenge":"AQ","origin":"http://localhost:8080","crossOrigin":true,"topOrigin":"https://shop.example"}"#
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
