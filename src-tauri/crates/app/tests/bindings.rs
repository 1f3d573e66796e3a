//! The window's types in TypeScript are those of Rust: `ui/src/bindings/` is what comes out here.
//!
//! `cargo xtask codegen` writes it (this test with `REKEY_WRITE_BINDINGS=1`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rekey_app::guide::{Answer, ExportGuide, PassphraseFor, PlanAnswer, SiteView, VaultAnswer, View};
use ts_rs::{Config, TS};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings")
}

/// The files of a folder by their names.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            // A checkout may have the system's own line ends.
            (name, std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n"))
        })
        .collect()
}

#[test]
fn the_committed_types_are_those_of_rust() {
    let made = tempfile::tempdir().unwrap();
    // Not from the environment: what comes out must not depend on it.
    let config = Config::new().with_out_dir(made.path());
    View::export_all(&config).unwrap();
    PassphraseFor::export_all(&config).unwrap();
    Answer::export_all(&config).unwrap();
    VaultAnswer::export_all(&config).unwrap();
    ExportGuide::export_all(&config).unwrap();
    PlanAnswer::export_all(&config).unwrap();
    SiteView::export_all(&config).unwrap();
    let made = files(made.path());
    let folder = committed();
    if std::env::var_os("REKEY_WRITE_BINDINGS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for name in files(&folder).keys().filter(|name| !made.contains_key(*name)) {
            std::fs::remove_file(folder.join(name)).unwrap();
        }
        for (name, text) in &made {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let found = files(&folder);
    let different: Vec<_> =
        made.keys().chain(found.keys()).filter(|name| made.get(*name) != found.get(*name)).collect();
    assert!(different.is_empty(), "run `cargo xtask codegen`: ui/src/bindings differs in {different:?}");
}
