//! Windows Hello over a library that records what it is asked and answers what the test says.
#![allow(unsafe_code, reason = "a library in memory stands for Windows' own")]

mod answers;
mod ceremonies;
mod fake;
mod requests;
mod withdrawing;

use std::sync::Arc;

use fake::Fake;
use rekey_webauthn::{Caller, CreateRequest, GetRequest};
use sha2::{Digest as _, Sha256};

use super::WindowsHello;

/// A site's request; the JSON's members go before the usual ones.
fn create_request(members: &str) -> CreateRequest {
    let usual = serde_json::json!({
        "rp": {"id": "example.com", "name": "Example"},
        "user": {"id": "AQID", "name": "ann", "displayName": "Ann"},
        "challenge": "AAEC",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
    });
    CreateRequest::parse(&caller(), &joined(usual, members)).unwrap()
}

fn get_request(members: &str) -> GetRequest {
    GetRequest::parse(&caller(), &joined(serde_json::json!({"rpId": "example.com", "challenge": "AAEC"}), members))
        .unwrap()
}

fn caller() -> Caller {
    Caller::top("https://login.example.com".parse().unwrap())
}

fn joined(mut usual: serde_json::Value, members: &str) -> String {
    let members: serde_json::Map<_, _> = serde_json::from_str(members).unwrap();
    usual.as_object_mut().unwrap().extend(members);
    usual.to_string()
}

/// The authenticator over a library of this API version, before window 7.
async fn hello(fake: &Arc<Fake>) -> WindowsHello {
    WindowsHello::over(Arc::clone(fake) as _, Some(7)).await.unwrap()
}

/// Authenticator data of `example.com` with this credential, for an ES256 key; without an id, as in an assertion.
fn authenticator_data(credential_id: Option<&[u8]>) -> Vec<u8> {
    let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
    // The generator of P-256, so that the point is on the curve.
    for (label, coordinate) in [
        (0x21, "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        (0x22, "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
    ] {
        key.extend([label, 0x58, 32]);
        key.extend(hex(coordinate));
    }
    data_with(credential_id.map(|id| (id, key.as_slice())))
}

/// Authenticator data of `example.com` with a credential and its COSE key; the person was there and verified.
fn data_with(attested: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let mut data = Sha256::digest("example.com").to_vec();
    data.push(if attested.is_some() { 0x45 } else { 0x05 });
    data.extend([0, 0, 0, 9]);
    if let Some((id, key)) = attested {
        data.extend([0x08; 16]);
        data.extend(u16::try_from(id.len()).unwrap().to_be_bytes());
        data.extend(id);
        data.extend(key);
    }
    data
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
