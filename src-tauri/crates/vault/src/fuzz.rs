//! Fuzz targets: whatever the bytes, a reader answers, within its bounds and without a panic.
//!
//! Each target changes a valid input in a few places, so that it gets past the first checks. Two seconds a target, or
//! `REKEY_FUZZ_SECONDS`. A failure prints its shrunken input and `BOLERO_RANDOM_SEED=…`, which repeats it; the input of a
//! fixed one becomes a fixture or a unit test, its raw bytes go to `src/__fuzz__/…/crashes`, which is tried first.

use bolero::check;

use crate::formats::kdbx::fuzz as kdbx;
use crate::{Limits, Options, Totp, Unlock, key_file};

#[allow(unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../tests/src/fuzzing.rs"]
mod fuzzing;

use fuzzing::{Edit, edited, time};

/// Far less than a person's vault needs, so that a case takes microseconds.
fn limits() -> Limits {
    Limits {
        kdf_memory: 1 << 18,
        kdf_work: 1 << 19,
        aes_rounds: 100,
        inflated: 1 << 20,
        nesting: 64,
        ..Limits::default()
    }
}

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

#[test]
fn outer_header() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/kdbx4-argon2d-aes.kdbx"),
        include_bytes!("../tests/fixtures/kdbx4-aes-kdf.kdbx"),
        include_bytes!("../tests/fixtures/kdbx3-aes-salsa20.kdbx"),
    ];
    let tokens: [&[u8]; 5] = [&[0; 8], &[0xff; 8], b"\x0b\0\0\0\0", b"\x42\x01\0\0\0S", b"\0\0\0\0\0"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let unlock = crate::Unlock::password("correct horse");
        let _ = crate::read(bytes, &unlock, &Options { limits: limits(), ..Options::default() });
    });
}

#[test]
fn inner_header_and_document() {
    let seed = kdbx::payload(
        "<KeePassFile><Meta><RecycleBinUUID>AAAAAAAAAAAAAAAAAAAAAA==</RecycleBinUUID></Meta><Root><Group><UUID>AQAAAAAAAAAAAAAAAAAAAA==</UUID>\
         <Name>r</Name><Entry><UUID>AgAAAAAAAAAAAAAAAAAAAA==</UUID><Times><LastModificationTime>2024-01-01T00:00:00Z</LastModificationTime>\
         <Expires>True</Expires><ExpiryTime>AAAAAAAAAAA=</ExpiryTime></Times><String><Key>Password</Key><Value Protected=\"True\">AAAA</Value></String>\
         <String><Key>UserName</Key><Value>{REF:P@I:02000000000000000000000000000000}</Value></String><String><Key>otp</Key><Value>key=AA</Value></String>\
         <History><Entry><String><Key>a</Key><Value Protected=\"True\">AA==</Value></String></Entry></History></Entry></Group></Root></KeePassFile>",
    );
    let tokens: [&[u8]; 9] = [
        b"<History>",
        b"</History>",
        b"<Entry>",
        b" Protected=\"True\"",
        b"<![CDATA[",
        b"&#x0;",
        b"&amp;",
        b"<Group>",
        b"<!DOCTYPE a>",
    ];
    run!([seed.as_slice()], tokens, |bytes: &[u8]| kdbx::read_payload(bytes, &limits()));
}

#[test]
fn bitwarden_json() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../tests/fixtures/bitwarden.bitwarden.json"),
        include_bytes!("../tests/fixtures/bitwarden-organisation.bitwarden.json"),
    ];
    let tokens: [&[u8]; 6] = [b"null", b"[", b"{", b"\"items\":", b"1e999", b"\"\\ud800\""];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::read(bytes, &Unlock::none(), &Options { limits: limits(), ..Options::default() });
    });
}

#[test]
fn totp() {
    let seeds: [&[u8]; 4] = [
        b"otpauth://totp/x:ann?secret=GEZDGNBVGY3TQOJQ&period=30&digits=6&algorithm=SHA256",
        b"key=GEZDGNBVGY3TQOJQ&size=8&step=60&otpHashMode=Sha512",
        b"steam://GEZDGNBVGY3TQOJQ",
        b"30;6",
    ];
    let tokens: [&[u8]; 6] = [b"&", b"=", b"%00", b"99999999999999999999", b"&period=0", b"&encoding=hex"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        for totp in [Totp::parse(&text), Totp::parse_tray("GEZDGNBVGY3TQOJQ", Some(&text))].into_iter().flatten() {
            let _ = (totp.code(totp.step(u64::MAX)), totp.seconds_left(u64::MAX));
        }
    });
}

#[test]
fn key_files() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/key-xml1.key"),
        include_bytes!("../tests/fixtures/key-xml2.key"),
        include_bytes!("../tests/fixtures/key-hex.key"),
    ];
    let tokens: [&[u8]; 5] = [b"<KeyFile>", b"</Data>", b"Hash=\"", b"2.0", b"<!--"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = key_file::key(bytes);
    });
}

/// What a reading process answers, which the file may have taken over.
#[test]
fn answers() {
    let seed = crate::wire::tests::full().encode();
    let error = crate::ReadError::Unsupported { what: "this cipher" }.encode();
    let tokens: [&[u8]; 4] = [&[0xff; 4], &[0; 4], &[1], b"too_costly"];
    run!([seed.as_slice(), error.as_slice()], tokens, |bytes: &[u8]| {
        if let Ok(import) = crate::Import::decode(bytes) {
            // What is accepted is what could have been written.
            let again = crate::Import::decode(&import.encode()).map(|import| import.entries.len());
            assert_eq!(again, Ok(import.entries.len()));
        }
        // Texts for good only where they are few.
        if !bytes.starts_with(b"\x0b\0\0\0unsupported") {
            let _ = crate::ReadError::decode(bytes);
        }
    });
}
