//! Tables, known and unknown.

use super::*;

#[test]
fn tables() {
    let seeds: [&[u8]; 10] = [
        include_bytes!("../../tests/fixtures/bitwarden-csv/personal.csv"),
        include_bytes!("../../tests/fixtures/1password-mac-csv/all-fields.csv"),
        include_bytes!("../../tests/fixtures/lastpass-csv/entities.csv"),
        include_bytes!("../../tests/fixtures/keeper-csv/table.csv"),
        include_bytes!("../../tests/fixtures/enpass-csv/table.csv"),
        include_bytes!("../../tests/fixtures/msecure-csv/table.csv"),
        include_bytes!("../../tests/fixtures/roboform-csv/table.csv"),
        include_bytes!("../../tests/fixtures/zoho-vault-csv/table.csv"),
        include_bytes!("../../tests/fixtures/norton-csv/utf-16.csv"),
        include_bytes!("../../tests/fixtures/passwordxp-csv/table.csv"),
    ];
    let tokens: [&[u8]; 10] =
        [b"\"", b"\\\"", b"\r", b"\n", b",", b";", b"\0", b"&amp;", b"sep=;\n", b"otpauth://totp/"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let limits = Limits { rows: 100, field: 1000, ..limits() };
        let mapping = crate::preview(bytes).map(|preview| preview.guess);
        for mapping in [None, mapping.as_ref()] {
            let _ = crate::read(bytes, &Unlock::none(), &Options { limits, mapping, ..Options::default() });
        }
    });
}
