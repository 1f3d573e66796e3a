//! One-time password settings, and the files of apps that keep them.

use crate::Totp;
use crate::formats::tokens::picture;

use super::*;

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

/// Reads an export of an authenticator app with far less work than a person's may take.
fn read_tokens(bytes: &[u8]) {
    let limits = Limits { pbkdf2_iterations: 10_000, ..limits() };
    let _ = crate::read(bytes, &Unlock::password("correct horse"), &Options { limits, ..Options::default() });
}

#[test]
fn token_apps() {
    let seeds: [&[u8]; 11] = [
        include_bytes!("../../tests/fixtures/aegis/plain.json"),
        include_bytes!("../../tests/fixtures/aegis/encrypted.json"),
        include_bytes!("../../tests/fixtures/2fas/schema-4.2fas"),
        include_bytes!("../../tests/fixtures/2fas/encrypted.2fas"),
        include_bytes!("../../tests/fixtures/andotp/plain.json"),
        include_bytes!("../../tests/fixtures/andotp/encrypted.bin"),
        include_bytes!("../../tests/fixtures/freeotp/plus.json"),
        include_bytes!("../../tests/fixtures/freeotp/settings.xml"),
        include_bytes!("../../tests/fixtures/ente-auth/encrypted.json"),
        include_bytes!("../../tests/fixtures/proton-authenticator/plain.json"),
        include_bytes!("../../tests/fixtures/stratum/plain.json"),
    ];
    let tokens: [&[u8]; 8] =
        [b"null", b"[", b"{", b"\"slots\":[]", b"\"n\":18446744073709551615", b"-129", b"1e999", b"\0\x02\x22\xe0"];
    run!(seeds, tokens, read_tokens);
}

#[test]
fn token_addresses() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/google-authenticator/two-codes.txt"),
        include_bytes!("../../tests/fixtures/otpauth/lines.txt"),
        include_bytes!("../../tests/fixtures/otpauth/ente.txt"),
    ];
    let tokens: [&[u8]; 6] = [b"otpauth-migration://offline?data=", b"\n", b"CgoKCgoK", b"%2F%2F%2F%2F", b"%", b":"];
    run!(seeds, tokens, read_tokens);
}

#[test]
fn pictures() {
    let seeds: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/qr-code/one.png"),
        include_bytes!("../../tests/fixtures/qr-code/transparent.png"),
        include_bytes!("../../tests/fixtures/qr-code/photo.jpg"),
    ];
    let tokens: [&[u8]; 4] = [b"\xff\xda", b"IDAT", b"\0\0\0\0", b"\xff\xff\xff\xff"];
    run!(seeds, tokens, read_tokens);
}

/// What a picture shows, past its compression and checksums.
#[test]
fn qr_codes() {
    let width = 166;
    let pictures = [
        include_bytes!("../../tests/fixtures/qr-code/one.png").as_slice(),
        include_bytes!("../../tests/fixtures/qr-code/several.png"),
        include_bytes!("../../tests/fixtures/qr-code/photo.jpg"),
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
