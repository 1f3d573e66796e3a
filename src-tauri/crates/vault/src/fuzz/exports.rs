//! Exports: what is in them, and what seals them.

use crate::formats::{Input, bitwarden, cxf, onepux, proton};
use crate::progress::Watch;
use crate::sample::Sample;
use crate::{Format, Import, ReadError};

use super::*;

const JSON_TOKENS: [&[u8]; 10] =
    [b"null", b"[", b"{", b"]", b"}", b"1e999", b"\"\\ud800\"", b"-1", b"18446744073709551615", b"\"\\u0000\""];

#[test]
fn bitwarden_sealed() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/bitwarden/password-fuzz.json"),
        include_bytes!("../../tests/fixtures/bitwarden/iterations-huge.json"),
        include_bytes!("../../tests/fixtures/bitwarden/argon2-zero-lanes.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::BITWARDEN_JSON, bytes, bitwarden::read));
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

#[test]
fn bitwarden_json() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../../tests/fixtures/bitwarden.bitwarden.json"),
        include_bytes!("../../tests/fixtures/bitwarden-organisation.bitwarden.json"),
    ];
    let tokens: [&[u8]; 6] = [b"null", b"[", b"{", b"\"items\":", b"1e999", b"\"\\ud800\""];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::read(bytes, &Unlock::none(), &Options { limits: limits(), ..Options::default() });
    });
}

#[test]
fn onepux() {
    let seeds: [&[u8]; 1] = [include_bytes!("../../tests/fixtures/onepux/all.json")];
    let format = Format::of(&onepux::SOURCE);
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(format, bytes, onepux::read_document));
}

#[test]
fn proton() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../../tests/fixtures/proton/all.json"),
        include_bytes!("../../tests/fixtures/proton/folders-in-a-ring.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::of(&proton::JSON), bytes, proton::read));
}

#[test]
fn openpgp() {
    let dearmored = |text: &[u8]| crate::crypto::openpgp::dearmored(text).unwrap();
    let seeds = [
        dearmored(include_bytes!("../../tests/fixtures/proton/passphrase-simple.pgp")),
        dearmored(include_bytes!("../../tests/fixtures/proton/passphrase-zip.pgp")),
    ];
    let tokens: [&[u8]; 6] =
        [b"\xff\xff\xff\xff\xff", b"\xd2\xfe", b"\xc3\x0d\x04\x09\x03\x08", b"\xa3", b"\xcb\0", b"\x8c\x04"];
    let seeds = [seeds[0].as_slice(), seeds[1].as_slice()];
    run!(seeds, tokens, |bytes: &[u8]| read_document(Format::of(&proton::PGP), bytes, proton::read_encrypted));
}

/// What is within a message, which only somebody who knows the passphrase can change.
#[test]
fn openpgp_inner() {
    let seeds: [&[u8]; 3] =
        [b"\xcb\x0bb\x01a\0\0\0\0{}[]", b"\xac\x09b\0\0\0\0\0{}", b"\xc8\x0c\0\xcb\x09b\x01a\0\0\0\0{}"];
    let tokens: [&[u8]; 4] = [b"\xc8\x01", b"\xe1", b"\xff\xff\xff\xff\xff", b"\xa3\x01"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::crypto::openpgp::literal(bytes.to_vec().into(), &limits());
    });
}

#[test]
fn cxf() {
    let seeds: [&[u8]; 4] = [
        include_bytes!("../../tests/fixtures/cxf/all.json"),
        include_bytes!("../../tests/fixtures/cxf/collections.json"),
        include_bytes!("../../tests/fixtures/cxf/drafts.json"),
        include_bytes!("../../tests/fixtures/cxf/times.json"),
    ];
    run!(seeds, JSON_TOKENS, |bytes: &[u8]| read_document(Format::of(&cxf::JSON), bytes, cxf::read));
}

#[test]
fn archives() {
    let seeds: [&[u8]; 4] = [
        include_bytes!("../../tests/fixtures/onepux/all.1pux"),
        include_bytes!("../../tests/fixtures/onepux/names-that-lead-out.1pux"),
        include_bytes!("../../tests/fixtures/proton/archive.zip"),
        include_bytes!("../../tests/fixtures/bitwarden/archive.zip"),
    ];
    let tokens: [&[u8]; 5] = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", &[0xff; 4]];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::read(bytes, &Unlock::none(), &Options { limits: limits(), ..Options::default() });
    });
}

#[test]
fn exports_json() {
    let seeds: [&[u8]; 6] = [
        include_bytes!("../../tests/fixtures/dashlane-json/person.json"),
        include_bytes!("../../tests/fixtures/keeper-json/person.json"),
        include_bytes!("../../tests/fixtures/enpass-json/person.json"),
        include_bytes!("../../tests/fixtures/psono-json/person.json"),
        include_bytes!("../../tests/fixtures/f-secure-json/person.fsk"),
        include_bytes!("../../tests/fixtures/padloc/person.pls"),
    ];
    let tokens: [&[u8]; 8] =
        [b"null", b"[", b"{", b"\"folders\":[{", b"\"items\":", b"1e999", b"\"\\ud800\"", b"otpauth://totp/?secret="];
    run!(seeds, tokens, read);
}

#[test]
fn exports_xml() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/safeincloud-xml/person.xml"),
        include_bytes!("../../tests/fixtures/safeincloud-xml/utf-16.xml"),
        include_bytes!("../../tests/fixtures/passwordsafe-xml/person.xml"),
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
        include_bytes!("../../tests/fixtures/dashlane-zip/person.zip"),
        include_bytes!("../../tests/fixtures/dashlane-zip/empty.zip"),
        include_bytes!("../../tests/fixtures/aliasvault/person.avux"),
        include_bytes!("../../tests/fixtures/aliasvault-encrypted/person.avex"),
    ];
    let tokens: [&[u8]; 5] = [b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0\0", b"credentials.csv"];
    run!(seeds, tokens, read);
}

#[test]
fn buttercup() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../../tests/fixtures/buttercup/document.bcup"),
        include_bytes!("../../tests/fixtures/buttercup/gcm.bcup"),
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
