//! Whatever stands in the file, reading it ends without a panic, and what was read is written back.

use bolero::check;
use serde_json::Value;

use super::TpmFileError;
use super::record::Records;

#[allow(dead_code, unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../../tests/src/fuzzing.rs"]
mod fuzzing;

use fuzzing::{Edit, edited, time};

const WHOLE: &[u8] = include_bytes!("../../tests/fixtures/tpm/whole.json");
const TOKENS: [&[u8]; 18] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"null",
    b"true",
    b"-1",
    b"18446744073709551616",
    b"1e999",
    b"\\ud800",
    b"\"AAAA\"",
    b"\"passkeys\":[{}],",
    b"\"version\":2,",
    b"\"forgotten\":1,",
    b"\"x\":[],",
];

#[test]
fn tpm_files() {
    check!().with_type::<Vec<Edit>>().with_iterations(usize::MAX).with_test_time(time()).for_each(|edits| {
        let Ok(read) = Records::read(&edited(WHOLE, edits, &TOKENS)) else { return };
        assert!(read.passkeys().all(|passkey| (1..=64).contains(&passkey.user_handle.len())));
        let written = read.write().unwrap();
        let again = Records::read(&written).unwrap();
        assert!(again == read);
    });
}

#[test]
fn a_whole_file_is_read_and_written_as_it_was() {
    let read = Records::read(WHOLE).unwrap();
    assert_eq!((read.passkeys().count(), read.unreadable()), (2, Vec::new()));
    let before: Value = serde_json::from_slice(WHOLE).unwrap();
    let after: Value = serde_json::from_slice(&read.write().unwrap()).unwrap();
    assert_eq!(after, before);
}

#[test]
fn a_bad_record_costs_only_itself() {
    let check = |what: &str, change: fn(&mut Value), unreadable: &[usize]| {
        let mut value: Value = serde_json::from_slice(WHOLE).unwrap();
        change(&mut value);
        let read = Records::read(value.to_string().as_bytes()).unwrap();
        assert_eq!(read.unreadable(), unreadable, "{what}");
        assert_eq!(read.passkeys().count(), value["passkeys"].as_array().unwrap().len() - unreadable.len(), "{what}");
        let after: Value = serde_json::from_slice(&read.write().unwrap()).unwrap();
        assert_eq!(after["passkeys"], value["passkeys"], "{what}");
    };
    check("nothing", |_| {}, &[]);
    check("no object", |v| v["passkeys"][0] = 7.into(), &[0]);
    check("a short number", |v| v["passkeys"][1]["x"] = "AAAA".into(), &[1]);
    check("no base64url", |v| v["passkeys"][1]["y"] = "+/+/".into(), &[1]);
    check("an empty handle", |v| v["passkeys"][0]["user-handle"] = "".into(), &[0]);
    check("a long handle", |v| v["passkeys"][0]["user-handle"] = "AAAA".repeat(22).into(), &[0]);
    check("a long RP ID", |v| v["passkeys"][0]["rp-id"] = "a".repeat(254).into(), &[0]);
    check("a long private part", |v| v["passkeys"][0]["private"] = "AAAA".repeat(400).into(), &[0]);
    check("a time before 1970", |v| v["passkeys"][0]["created"] = (-1).into(), &[0]);
    check("an id twice", |v| v["passkeys"][1]["credential-id"] = v["passkeys"][0]["credential-id"].clone(), &[1]);
}

#[test]
fn what_is_no_such_file_is_refused() {
    let check = |what: &str, bytes: &[u8], newer: bool| match Records::read(bytes) {
        Err(TpmFileError::Newer) => assert!(newer, "{what}"),
        Err(TpmFileError::Damaged) => assert!(!newer, "{what}"),
        _ => panic!("{what} was read"),
    };
    let changed = |change: fn(&mut Value)| {
        let mut value: Value = serde_json::from_slice(WHOLE).unwrap();
        change(&mut value);
        value.to_string().into_bytes()
    };
    check("nothing", b"", false);
    check("no JSON", b"KDBX", false);
    check("another program's", br#"{"format":"other","version":1}"#, false);
    check("a half", &WHOLE[..WHOLE.len() / 2], false);
    check("a nest", &[br#"{"passkeys":"#.as_slice(), &[b'['; 100_000]].concat(), false);
    check("a newer one", br#"{"format":"rekey-tpm-passkeys","version":2,"all":"new"}"#, true);
    check("version 0", &changed(|v| v["version"] = 0.into()), false);
    check("no storage key", &changed(|v| v["storage-key"] = "".into()), false);
    check("a short salt", &changed(|v| v["pin"]["salt"] = "AAAA".into()), false);
    check("a long PIN object", &changed(|v| v["pin"]["private"] = "AAAA".repeat(400).into()), false);
    check("no list", &changed(|v| v["passkeys"] = Value::Null), false);
}
