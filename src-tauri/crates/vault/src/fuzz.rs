//! Fuzz targets: whatever the bytes, a reader answers, within its bounds and without a panic.
//!
//! Each target changes a valid input in a few places, so that it gets past the first checks. Two seconds a target, or
//! `REKEY_FUZZ_SECONDS`. A failure prints its shrunken input and `BOLERO_RANDOM_SEED=…`, which repeats it; the input of a
//! fixed one becomes a fixture or a unit test, its raw bytes go to `src/__fuzz__/…/crashes`, which is tried first.

use bolero::check;

use crate::formats::kdbx::fuzz as kdbx;
use crate::formats::tokens::picture;
use crate::{Limits, Options, Totp, Unlock, key_file};
    });
}

use crate::formats::{Input, bitwarden, cxf, onepux, proton};
use crate::progress::Watch;
use crate::sample::Sample;
use crate::{Format, Import, Limits, Options, ReadError, Totp, Unlock, key_file};

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
        pbkdf2_iterations: 100,
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

#[test]
fn kdb() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../tests/fixtures/keepass/kdb-aes.kdb"),
        include_bytes!("../tests/fixtures/keepass/kdb-twofish.kdb"),
    ];
    let tokens: [&[u8]; 3] = [&[0; 8], &[0xff; 8], &[0x7f; 16]];
    run!(seeds, tokens, |bytes: &[u8]| {
        let unlock = crate::Unlock::password("correct horse");
        let _ = crate::read(bytes, &unlock, &Options { limits: limits(), ..Options::default() });
    });
}

/// Reads what stands in an archive, without the archive.
fn read_document(format: Format, bytes: &[u8], read: fn(&Input<'_>, &[u8]) -> Result<Import, ReadError>) {
    let (sample, unlock, limits) = (Sample::new(bytes), Unlock::password("correct horse"), limits());
    let watch = Watch::default();
    let input = Input { format, sample: &sample, unlock: &unlock, limits: &limits, mapping: None, watch };
    if let Ok(import) = read(&input, bytes) {
        let _ = crate::accounts(vec![import.entries], &|_| None);
    }
}

const JSON_TOKENS: [&[u8]; 10] =
    [b"null", b"[", b"{", b"]", b"}", b"1e999", b"\"\\ud800\"", b"-1", b"18446744073709551615", b"\"\\u0000\""];

#[test]
fn bitwarden_sealed() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/bitwarden/password-fuzz.json"),
        include_bytes!("../tests/fixtures/bitwarden/iterations-huge.json"),
        include_bytes!("../tests/fixtures/bitwarden/argon2-zero-lanes.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::BITWARDEN_JSON, bytes, bitwarden::read));
}

#[test]
fn onepux() {
    let seeds: [&[u8]; 1] = [include_bytes!("../tests/fixtures/onepux/all.json")];
    let format = Format::of(&onepux::SOURCE);
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(format, bytes, onepux::read_document));
}

#[test]
fn proton() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../tests/fixtures/proton/all.json"),
        include_bytes!("../tests/fixtures/proton/folders-in-a-ring.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::of(&proton::JSON), bytes, proton::read));
}

#[test]
fn openpgp() {
    let dearmored = |text: &[u8]| crate::crypto::openpgp::dearmored(text).unwrap();
    let seeds = [
        dearmored(include_bytes!("../tests/fixtures/proton/passphrase-simple.pgp")),
        dearmored(include_bytes!("../tests/fixtures/proton/passphrase-zip.pgp")),
    ];
    let tokens: [&[u8]; 6] = [b"\xff\xff\xff\xff\xff", b"\xd2\xfe", b"\xc3\x0d\x04\x09\x03\x08", b"\xa3", b"\xcb\0", b"\x8c\x04"];
    let seeds = [seeds[0].as_slice(), seeds[1].as_slice()];
    run!(seeds, tokens, |bytes: &[u8]| read_document(Format::of(&proton::PGP), bytes, proton::read_encrypted));
}

/// What is within a message, which only somebody who knows the passphrase can change.
#[test]
fn openpgp_inner() {
    let seeds: [&[u8]; 3] = [b"\xcb\x0bb\x01a\0\0\0\0{}[]", b"\xac\x09b\0\0\0\0\0{}", b"\xc8\x0c\0\xcb\x09b\x01a\0\0\0\0{}"];
    let tokens: [&[u8]; 4] = [b"\xc8\x01", b"\xe1", b"\xff\xff\xff\xff\xff", b"\xa3\x01"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::crypto::openpgp::literal(bytes.to_vec().into(), &limits());
    });
}

#[test]
fn kdb_content() {
    let seed = crate::formats::kdb::fuzz::content();
    let tokens: [&[u8]; 5] =
        [b"\xff\xff\0\0\0\0", b"\x01\0\x04\0\0\0", b"\x08\0\x02\0\0\0", b"\xff\xff\xff\xff", b"\0"];
    run!([seed.as_slice()], tokens, |bytes: &[u8]| crate::formats::kdb::fuzz::read_content(bytes, &limits()));
}

#[test]
fn keepass_xml() {
    let seeds: [&[u8]; 1] = [include_bytes!("../tests/fixtures/keepass/xml-export.xml")];
    let tokens: [&[u8]; 8] = [
        b"<Group>",
        b"</Entry>",
        b" Protected=\"True\"",
        b"<![CDATA[",
        b"&#x0;",
        b"{REF:P@T:One}",
        b"<Key>KP2A_URL</Key>",
        b"<!DOCTYPE a [",
    ];
    });
}

fn cxf() {
    let seeds: [&[u8]; 4] = [
        include_bytes!("../tests/fixtures/cxf/all.json"),
        include_bytes!("../tests/fixtures/cxf/collections.json"),
        include_bytes!("../tests/fixtures/cxf/drafts.json"),
        include_bytes!("../tests/fixtures/cxf/times.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::of(&cxf::JSON), bytes, cxf::read));
}

#[test]
fn archives() {
    let seeds: [&[u8]; 4] = [
        include_bytes!("../tests/fixtures/onepux/all.1pux"),
        include_bytes!("../tests/fixtures/onepux/names-that-lead-out.1pux"),
        include_bytes!("../tests/fixtures/proton/archive.zip"),
        include_bytes!("../tests/fixtures/bitwarden/archive.zip"),
    ];
    let tokens: [&[u8]; 5] = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", &[0xff; 4]];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::read(bytes, &Unlock::none(), &Options { limits: limits(), ..Options::default() });
    });
}

/// Reads whatever it is, with a password.
fn read(bytes: &[u8]) {
    let unlock = Unlock::password("correct horse");
    let _ = crate::read(bytes, &unlock, &Options { limits: limits(), ..Options::default() });
}

#[test]
fn exports_json() {
    let seeds: [&[u8]; 6] = [
        include_bytes!("../tests/fixtures/dashlane-json/person.json"),
        include_bytes!("../tests/fixtures/keeper-json/person.json"),
        include_bytes!("../tests/fixtures/enpass-json/person.json"),
        include_bytes!("../tests/fixtures/psono-json/person.json"),
        include_bytes!("../tests/fixtures/f-secure-json/person.fsk"),
        include_bytes!("../tests/fixtures/padloc/person.pls"),
    ];
    let tokens: [&[u8]; 8] =
        [b"null", b"[", b"{", b"\"folders\":[{", b"\"items\":", b"1e999", b"\"\\ud800\"", b"otpauth://totp/?secret="];
    run!(seeds, tokens, read);
}

#[test]
fn exports_xml() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/safeincloud-xml/person.xml"),
        include_bytes!("../tests/fixtures/safeincloud-xml/utf-16.xml"),
        include_bytes!("../tests/fixtures/passwordsafe-xml/person.xml"),
    ];
    let tokens: [&[u8]; 9] = [
        b"<card>",
        b"</card>",
        b"<entry>",
        b"<field type=\"website\">",
        b"<![CDATA[",
        b"&#x0;",
        b"&amp;",
        b"<!DOCTYPE a [",
        b"/>",
    ];
    run!(seeds, tokens, read);
}

#[test]
fn exports_archives() {
    let seeds: [&[u8]; 4] = [
        include_bytes!("../tests/fixtures/dashlane-zip/person.zip"),
        include_bytes!("../tests/fixtures/dashlane-zip/empty.zip"),
        include_bytes!("../tests/fixtures/aliasvault/person.avux"),
        include_bytes!("../tests/fixtures/aliasvault-encrypted/person.avex"),
    ];
    let tokens: [&[u8]; 5] = [b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0\0", b"credentials.csv"];
    run!(seeds, tokens, read);
}

#[test]
fn buttercup() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../tests/fixtures/buttercup/document.bcup"),
        include_bytes!("../tests/fixtures/buttercup/gcm.bcup"),
    ];
    let tokens: [&[u8]; 5] = [b"$", b"$gcm", b"b~>buttercup/a", b"$99999999999999999999$", b"=="];
    run!(seeds, tokens, read);
}

#[test]
fn buttercup_content() {
    let seeds: [&[u8]; 2] = [
        br#"{"g":[{"id":"g1","t":"Work","g":"0","a":{"bc_group_role":{"value":"trash"}}}],"e":[{"id":"e1","g":"g1",
            "a":{"bc_entry_field_type:c":"otp"},"p":{"url":{"value":"utf8+base64:w4Q=","updated":1},"c":"AA"}}]}"#,
        b"cgr 0 g1\ntgr g1 \"W \\\"x\\\"\"\ncgr g1 g2\ncen g2 e1\nsep e1 title utf8+base64:YW5u\nsem e1 \"url\" \"a\"\ndep e1 url\n\
          sga g2 bc_group_role trash\nmgr g1 g2\nmen e1 g1\nden e1\ndgr g1",
    ];
    let tokens: [&[u8]; 8] = [b"\"", b"\\", b" ", b"\n", b"cgr ", b"mgr g1 g1\n", b"utf8+base64:", b"null"];
    run!(seeds, tokens, |bytes: &[u8]| crate::formats::buttercup::fuzz(bytes, &limits()));
}

#[test]
fn pass_entries() {
    let seeds: [&[u8]; 3] = [
        b"pw\nLogin: ann\nurl: https://mail.example/x\notpauth://totp/x?secret=GEZDGNBVGY3TQOJQ\nnotes",
        b"GOPASS-SECRET-1.0\nPassword: pw\nUser: ann\n\nbody",
        b"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ",
    ];
    let tokens: [&[u8]; 6] = [b"\n", b":", b"://", b"\xc3\xa4", b"\0", b"otp: "];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::pass_entry("a/b.example/c.gpg", bytes);
        let _ = crate::pass_entry(&String::from_utf8_lossy(bytes), b"");
    });
}

/// Reads an export of an authenticator app with far less work than a person's may take.
fn read_tokens(bytes: &[u8]) {
    let limits = Limits { pbkdf2_iterations: 10_000, ..limits() };
    let _ = crate::read(bytes, &Unlock::password("correct horse"), &Options { limits, ..Options::default() });
}

#[test]
fn token_apps() {
    let seeds: [&[u8]; 11] = [
        include_bytes!("../tests/fixtures/aegis/plain.json"),
        include_bytes!("../tests/fixtures/aegis/encrypted.json"),
        include_bytes!("../tests/fixtures/2fas/schema-4.2fas"),
        include_bytes!("../tests/fixtures/2fas/encrypted.2fas"),
        include_bytes!("../tests/fixtures/andotp/plain.json"),
        include_bytes!("../tests/fixtures/andotp/encrypted.bin"),
        include_bytes!("../tests/fixtures/freeotp/plus.json"),
        include_bytes!("../tests/fixtures/freeotp/settings.xml"),
        include_bytes!("../tests/fixtures/ente-auth/encrypted.json"),
        include_bytes!("../tests/fixtures/proton-authenticator/plain.json"),
        include_bytes!("../tests/fixtures/stratum/plain.json"),
    ];
    let tokens: [&[u8]; 8] =
        [b"null", b"[", b"{", b"\"slots\":[]", b"\"n\":18446744073709551615", b"-129", b"1e999", b"\0\x02\x22\xe0"];
    run!(seeds, tokens, read_tokens);
}

#[test]
fn token_addresses() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/google-authenticator/two-codes.txt"),
        include_bytes!("../tests/fixtures/otpauth/lines.txt"),
        include_bytes!("../tests/fixtures/otpauth/ente.txt"),
    ];
    let tokens: [&[u8]; 6] = [b"otpauth-migration://offline?data=", b"\n", b"CgoKCgoK", b"%2F%2F%2F%2F", b"%", b":"];
    run!(seeds, tokens, read_tokens);
}

#[test]
fn pictures() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../tests/fixtures/qr-code/one.png"),
        include_bytes!("../tests/fixtures/qr-code/transparent.png"),
        include_bytes!("../tests/fixtures/qr-code/photo.jpg"),
    ];
    let tokens: [&[u8]; 4] = [b"\xff\xda", b"IDAT", b"\0\0\0\0", b"\xff\xff\xff\xff"];
    run!(seeds, tokens, read_tokens);
}

/// What a picture shows, past its compression and checksums.
#[test]
fn qr_codes() {
    let width = 166;
    let pictures = [
        include_bytes!("../tests/fixtures/qr-code/one.png").as_slice(),
        include_bytes!("../tests/fixtures/qr-code/several.png"),
        include_bytes!("../tests/fixtures/qr-code/photo.jpg"),
    ]
    .map(|bytes| picture::unpack(bytes).unwrap());
    // The width travels in front of the shades, so that it is changed, too.
    let seeds = pictures.map(|picture| [&picture.width().to_le_bytes(), picture.as_raw().as_slice()].concat());
    let tokens: [&[u8]; 4] = [&[0; 40], &[255; 40], &[0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0], &[128; 3]];
    run!(seeds.each_ref().map(Vec::as_slice), tokens, |bytes: &[u8]| {
        let (stated, shades) = bytes.split_first_chunk::<4>().unwrap_or((&[0; 4], bytes));
        let width = u32::from_le_bytes(*stated).clamp(1, 4 * width);
        let height = u32::try_from(shades.len()).unwrap() / width;
        let shades = shades.chunks_exact(usize::try_from(width).unwrap()).flatten().copied().collect();
        if let Some(picture) = image::GrayImage::from_raw(width, height, shades) {
            let _ = picture::find(&picture, &mut crate::Import::new(crate::Format::KDBX));
        }
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

