//! Whatever a file of passkeys holds, reading it ends without a panic, and what was read keeps the promises.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

use std::time::Duration;

use rekey_authenticator::transfer::{self, Openers, Protection, TransferFormat, Writer};
use zeroize::Zeroizing;

/// An invented key on P-256 and one of Ed25519, in base64url.
const KEYS: [&str; 2] = [
    "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA",
    "MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",
];

/// Values and pieces of values that such files are made of, so that the fuzzer gets past the JSON.
const PIECES: [&str; 24] = [
    "null",
    "true",
    "0",
    "-7",
    "1e999",
    "\"\"",
    "\"AQID\"",
    "\"\\ud83d\\ude00\"",
    "\"example.com\"",
    "\"ann\"",
    "\"07070707-0707-0707-0707-070707070707\"",
    "\"b64.AQID\"",
    "\"2024-05-06T07:08:09.123Z\"",
    "{}",
    "[]",
    "[{}]",
    "{",
    "[",
    ",",
    r#"{"type":"passkey","credentialId":"AQID"}"#,
    r#"{"hmacCredentials":{"algorithm":"hmac-sha256","credWithUV":"","credWithoutUV":""}}"#,
    "\"-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\\n-----END PRIVATE KEY-----\"",
    "\"MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA\"",
    "\"MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\"",
];

const MEMBERS: [&str; 14] = [
    "credentialId",
    "rpId",
    "relyingParty",
    "username",
    "userName",
    "userHandle",
    "key",
    "keyValue",
    "privateKey",
    "counter",
    "creationDate",
    "fido2Extensions",
    "url",
    "type",
];

fn seconds() -> Duration {
    let seconds = std::env::var("REKEY_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

fn read(bytes: &[u8]) -> usize {
    transfer::lock(bytes);
    let Ok(plain) = transfer::open(Zeroizing::new(bytes.to_vec()), &Openers::default()) else { return 0 };
    let Ok(brought) = transfer::read(&plain) else { return 0 };
    for passkey in &brought.passkeys {
        assert!((1..=64).contains(&passkey.user_handle.len()));
        assert!(!passkey.rp_id.is_empty() && passkey.rp_id == passkey.rp_id.to_lowercase());
        assert!(passkey.url.starts_with("http"));
    }
    // What was read is written, and read again as it was.
    let writer = Writer { store: uuid::Uuid::nil(), now: std::time::UNIX_EPOCH };
    for format in TransferFormat::ALL {
        let written = transfer::write(format, &brought.passkeys, &Protection::Plain, &writer).unwrap();
        let again: Vec<_> = written.files.iter().map(|file| transfer::read(&file.bytes).unwrap()).collect();
        assert!(again.iter().all(|again| again.problems.is_empty()));
        let count: usize = again.iter().map(|again| again.passkeys.len()).sum();
        assert_eq!(count + written.left.len(), brought.passkeys.len());
    }
    brought.passkeys.len()
}

#[test]
fn files_of_any_bytes() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        read(bytes);
        read(&[b"age-encryption.org/v1\n".as_slice(), bytes, b"\n--- ", bytes].concat());
        read(&[b"-----BEGIN AGE ENCRYPTED FILE-----\n".as_slice(), bytes].concat());
    });
}

#[test]
fn files_of_plausible_pieces() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        let mut members: Vec<String> = Vec::new();
        for pair in bytes.chunks(2) {
            let (name, value) = (pair[0], pair.get(1).copied().unwrap_or_default());
            let name = MEMBERS[usize::from(name) % MEMBERS.len()];
            members.push(format!("\"{name}\":{}", PIECES[usize::from(value) % PIECES.len()]));
        }
        let object = format!("{{{}}}", members.join(","));
        read(object.as_bytes());
        read(format!(r#"{{"items":[{{"login":{{"fido2Credentials":[{object}]}}}},{object}]}}"#).as_bytes());
        read(format!(r#"{{"accounts":[{{"items":[{{"credentials":[{object}]}},{object}]}},{object}]}}"#).as_bytes());
    });
}

/// The pieces make whole files, too: otherwise the fuzzer above looks at refusals alone.
#[test]
fn whole_files_are_among_them() {
    for key in KEYS {
        let passkey = format!(
            r#"{{"type":"passkey","credentialId":"AQID","rpId":"example.com","username":"ann","userHandle":"AQID","key":"{key}"}}"#
        );
        let file = format!(r#"{{"accounts":[{{"items":[{{"credentials":[{passkey}]}}]}}]}}"#);
        assert_eq!(read(file.as_bytes()), 1, "{key}");
    }
}
