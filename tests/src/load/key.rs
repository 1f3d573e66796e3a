//! A passkey in software: Ed25519, no attestation, user verified.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// User present and verified (<https://www.w3.org/TR/webauthn-3/#authdata-flags>).
const FLAGS: u8 = 0x05;
/// Attested credential data included.
const AT: u8 = 0x40;

/// One passkey.
pub struct Key {
    id: [u8; 32],
    key: SigningKey,
    user_handle: String,
    rp_id: String,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn member(options: &Value, pointer: &str) -> Result<String> {
    let found = options.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("the options have no {pointer}"))
}

fn client_data(kind: &str, options: &Value, origin: &str) -> Result<Vec<u8>> {
    let challenge = member(options, "/publicKey/challenge")?;
    let data = json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false });
    Ok(data.to_string().into_bytes())
}

impl Key {
    /// A new passkey, and what the client hands in for these options.
    ///
    /// # Errors
    /// Where the options are none.
    pub fn create(options: &Value, origin: &str) -> Result<(Self, Value)> {
        let key = Self {
            id: rand::random(),
            key: SigningKey::from_bytes(&rand::random()),
            user_handle: member(options, "/publicKey/user/id")?,
            rp_id: member(options, "/publicKey/rp/id")?,
        };
        let mut data = key.authenticator_data(AT);
        // AAGUID, then the length of the id in two bytes.
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(key.id);
        // COSE_Key: {1: OKP, 3: EdDSA, -1: Ed25519, -2: bytes} (<https://www.rfc-editor.org/rfc/rfc9053#section-7.2>)
        data.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 32]);
        data.extend(key.key.verifying_key().to_bytes());
        // {"fmt": "none", "attStmt": {}, "authData": bytes}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len())?);
        object.extend(data);
        let response = json!({
            "clientDataJSON": text(&client_data("webauthn.create", options, origin)?),
            "attestationObject": text(&object),
            "transports": ["internal"],
        });
        let credential = key.credential(response);
        Ok((key, credential))
    }

    /// What the client hands in for a sign-in.
    ///
    /// # Errors
    /// Where the options are none.
    pub fn get(&self, options: &Value, origin: &str) -> Result<Value> {
        let client_data = client_data("webauthn.get", options, origin)?;
        let data = self.authenticator_data(0);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        Ok(self.credential(json!({
            "clientDataJSON": text(&client_data),
            "authenticatorData": text(&data),
            "signature": text(&self.key.sign(&signed).to_bytes()),
            "userHandle": self.user_handle,
        })))
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(&self.rp_id).to_vec();
        data.push(FLAGS | more);
        data.extend([0; 4]);
        data
    }

    fn credential(&self, response: Value) -> Value {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
    }
}
