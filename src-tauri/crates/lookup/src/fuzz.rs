//! Fuzz targets: whatever the bytes, a reader answers, within its bounds and without a panic.
//!
//! As in the crate `vault`: each target changes a valid input in a few places. Two seconds a target, or
//! `REKEY_FUZZ_SECONDS`; a failure prints `BOLERO_RANDOM_SEED=…`, which repeats it.

use bolero::check;
use rekey_origin::Site;

use crate::ask::read_endpoints;
use crate::breaches::times;
use crate::refresh::{List, PublisherKey, open_signed, read_list};

#[allow(unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../tests/src/fuzzing.rs"]
mod fuzzing;

use fuzzing::{Edit, edited, time};

/// A macro, because bolero names a target's folder after the function that `check!` stands in.
macro_rules! run {
    ($seeds:expr, $tokens:expr, $read:expr) => {{
        let (seeds, tokens) = ($seeds, $tokens);
        check!()
            .with_type::<(u8, Vec<Edit>)>()
            .with_iterations(usize::MAX)
            .with_test_time(time())
            .for_each(|(seed, edits)| $read(&edited(seeds[usize::from(*seed) % seeds.len()], edits, &tokens)));
    }};
}

const JSON: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"null",
    b"true",
    b"-1e9",
    b"\\ud800",
    b"https://",
    b"http://",
    b"xn--",
];

#[test]
fn lists() {
    let seeds: [&[u8]; 2] = [
        br#"{"a.example.com": {"passwordless": "allowed", "documentation": "https://help.example.net/p", "regions": ["us"]},
             "example.org": {"mfa": "required", "recovery": "https://b.example.org/lost", "notes": "ten letters"}}"#,
        br#"{"c.example.net": {"mfa": "allowed", "additional-domains": ["c.example.co.uk"]}, "c.example.net": {}, "localhost": 1}"#,
    ];
    run!(seeds, JSON, |bytes: &[u8]| {
        for list in [List::Supported, List::Passwordless, List::Mfa] {
            let Some(reading) = read_list(bytes, list) else { continue };
            assert!(reading.problem_count >= reading.problems.len());
            for site in reading.sites {
                assert!(rekey_origin::registrable_domain(&site.domain).is_some());
                assert!(site.documentation.iter().chain(&site.recovery).all(|url| url.scheme() == "https"));
            }
        }
    });
}

#[test]
fn endpoints() {
    let seeds: [&[u8]; 2] = [
        br#"{"enroll": "https://example.com/add", "manage": "https://id.example.com/keys"}"#,
        br#"{"prfUsageDetails": "https://example.com/prf", "enroll": "http://example.com", "more": {"a": [1, 2]}}"#,
    ];
    let sites = [Site::parse("example.com").unwrap()];
    run!(seeds, JSON, |bytes: &[u8]| {
        let Some(links) = read_endpoints(bytes, &sites) else { return };
        for url in links.enroll.iter().chain(&links.manage).chain(&links.prf_usage_details) {
            assert!(url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with("example.com")));
        }
    });
}

#[test]
fn ranges() {
    let suffix = b"E364706816ABA3E25717850C26C9CD0D89D";
    let seeds: [&[u8]; 2] = [
        b"00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2\r\nE364706816ABA3E25717850C26C9CD0D89D:17\r\n",
        b"E364706816ABA3E25717850C26C9CD0D89D:0\n",
    ];
    let tokens: [&[u8]; 5] = [b":", b"\r\n", b"99999999999999999999", b"-1", suffix];
    run!(seeds, tokens, |bytes: &[u8]| {
        // A count that is found stands there, after the suffix.
        let found = times(bytes, suffix).filter(|&found| found > 0);
        let text = String::from_utf8_lossy(bytes);
        assert!(found.is_none_or(|found| text.lines().any(|row| row.trim_end().ends_with(&found.to_string()))));
    });
}

#[test]
fn signed_messages() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../tests/fixtures/gpg/supported.json.sig"),
        include_bytes!("../tests/fixtures/gpg/weak.json.sig"),
    ];
    let key = PublisherKey::read(include_bytes!("../tests/fixtures/gpg/publisher.gpg")).unwrap();
    let content = open_signed(seeds[0], &key).unwrap().content;
    let tokens: [&[u8]; 5] =
        [b"\xa3\x01", b"\x90\x0d\x03\x00", b"\xcb\xff\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff\xfa", b"\xa8"];
    run!(seeds, tokens, |bytes: &[u8]| {
        // Whatever was changed: what is believed is what was signed.
        if let Ok(opened) = open_signed(bytes, &key) {
            assert_eq!(opened.content, content);
        }
    });
}
