//! KeePass databases, their parts and their key files.

use crate::formats::kdbx::fuzz as kdbx;
use crate::key_file;

use super::*;

#[test]
fn outer_header() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/kdbx4-argon2d-aes.kdbx"),
        include_bytes!("../../tests/fixtures/kdbx4-aes-kdf.kdbx"),
        include_bytes!("../../tests/fixtures/kdbx3-aes-salsa20.kdbx"),
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
fn key_files() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/key-xml1.key"),
        include_bytes!("../../tests/fixtures/key-xml2.key"),
        include_bytes!("../../tests/fixtures/key-hex.key"),
    ];
    let tokens: [&[u8]; 5] = [b"<KeyFile>", b"</Data>", b"Hash=\"", b"2.0", b"<!--"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = key_file::key(bytes);
    });
}

#[test]
fn kdb() {
    let seeds: [&[u8]; 2] = [
        include_bytes!("../../tests/fixtures/keepass/kdb-aes.kdb"),
        include_bytes!("../../tests/fixtures/keepass/kdb-twofish.kdb"),
    ];
    let tokens: [&[u8]; 3] = [&[0; 8], &[0xff; 8], &[0x7f; 16]];
    run!(seeds, tokens, |bytes: &[u8]| {
        let unlock = crate::Unlock::password("correct horse");
        let _ = crate::read(bytes, &unlock, &Options { limits: limits(), ..Options::default() });
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
    let seeds: [&[u8]; 1] = [include_bytes!("../../tests/fixtures/keepass/xml-export.xml")];
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
    run!(seeds, tokens, |bytes: &[u8]| {
        let _ = crate::read(bytes, &Unlock::none(), &Options { limits: limits(), ..Options::default() });
    });
}
