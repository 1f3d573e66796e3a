//! The README's table of sources is what the code reads.
//!
//! `cargo xtask codegen` writes it (this test with `REKEY_WRITE_README=1`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]

use std::path::Path;

const BEGIN: &str = "<!-- sources: written by `cargo xtask codegen` -->\n";
const END: &str = "<!-- end of sources -->\n";

#[test]
fn the_readme_names_what_can_be_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../README.md");
    // A checkout may have the system's own line ends.
    let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).expect("the table's place is marked");
    let (_, after) = rest.split_once(END).expect("the table's end is marked");
    let made = format!("{before}{BEGIN}{}{END}{after}", rekey_app::formats_in_markdown());
    if std::env::var_os("REKEY_WRITE_README").is_some() {
        std::fs::write(&path, made).unwrap();
    } else {
        assert!(text == made, "README.md does not name what can be read: run `cargo xtask codegen`");
    }
}
