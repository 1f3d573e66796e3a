//! The repository as the rules see it.

use std::fs;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process::{cargo, output, program, root};

/// One file that is tracked, or would be if it were added now.
pub(super) struct File {
    /// From the repository's root, with slashes.
    pub(super) path: String,
    /// `None` where the file is not text.
    pub(super) text: Option<String>,
}

/// One package of the workspace.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) description: String,
    /// The folder of its Cargo.toml, from the repository's root.
    pub(super) folder: String,
    /// Names of normal and build dependencies; what only its tests need is free.
    pub(super) dependencies: Vec<String>,
    /// Features that it switches on of these, each as dependency and feature.
    pub(super) features: Vec<(String, String)>,
    /// The root files of its test targets, from the repository's root.
    pub(super) tests: Vec<String>,
}

/// Files and packages.
pub(super) struct Repository {
    pub(super) files: Vec<File>,
    pub(super) packages: Vec<Package>,
}

impl Repository {
    /// Reads the files that git does not ignore, and what Cargo says about the workspace.
    pub(super) fn read() -> Result<Self> {
        let listed = output(program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let mut files = Vec::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // Listed, but deleted in the work tree: gone.
            let Ok(bytes) = fs::read(root().join(path)) else { continue };
            files.push(File { path: path.to_owned(), text: String::from_utf8(bytes).ok() });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let metadata = output(cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
        let packages = list(&metadata, "packages").iter().map(Package::read).collect();
        Ok(Self { files, packages })
    }

    /// The text of one file, empty where it is missing.
    pub(super) fn text(&self, path: &str) -> &str {
        self.files.iter().find(|file| file.path == path).and_then(|file| file.text.as_deref()).unwrap_or_default()
    }
}

impl Package {
    fn read(package: &Value) -> Self {
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let manifest = relative(&text(package, "manifest_path"));
        let shipped = || list(package, "dependencies").iter().filter(|dependency| text(dependency, "kind") != "dev");
        let dependencies = shipped().map(|dependency| text(dependency, "name")).collect();
        let of = |dependency: &Value| {
            let name = text(dependency, "name");
            let features = list(dependency, "features").iter().filter_map(Value::as_str);
            features.map(|feature| (name.clone(), feature.to_owned())).collect::<Vec<_>>()
        };
        let features = shipped().flat_map(of).collect();
        let is_test = |target: &&Value| list(target, "kind").iter().any(|kind| kind == "test");
        let tests = list(package, "targets").iter().filter(is_test).map(|target| relative(&text(target, "src_path")));
        Self {
            name: text(package, "name"),
            description: text(package, "description"),
            folder: manifest.trim_end_matches("Cargo.toml").trim_end_matches('/').to_owned(),
            dependencies,
            features,
            tests: tests.collect(),
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn relative(path: &str) -> String {
    let path = std::path::Path::new(path);
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
