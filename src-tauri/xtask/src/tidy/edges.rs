//! Which crate of the workspace may depend on which. Dependencies point down:
//!
//! ```text
//! hosts         rekey-desktop   rekey-cli   rekey-tests
//! composition                rekey-app
//! effects       authenticator   browser   lookup   relying-party   ledger      (not on each other)
//! decision                    journey                                          (never on vault)
//! knowledge         vault      sites      webauthn                             (not on each other)
//! vocabulary                   origin
//! ```

use super::Problem;
use super::repository::{Package, Repository};

/// A crate and the crates of the workspace that it may use outside its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("rekey-origin", &[]),
    ("rekey-vault", &["rekey-origin"]),
    ("rekey-sites", &["rekey-origin"]),
    ("rekey-webauthn", &["rekey-origin"]),
    ("rekey-journey", &["rekey-origin", "rekey-sites", "rekey-webauthn"]),
    ("rekey-authenticator", &["rekey-origin", "rekey-vault", "rekey-webauthn", "rekey-journey"]),
    ("rekey-browser", &["rekey-origin", "rekey-webauthn", "rekey-journey"]),
    ("rekey-lookup", &["rekey-origin", "rekey-sites"]),
    ("rekey-relying-party", &["rekey-origin"]),
    ("rekey-ledger", &["rekey-origin", "rekey-sites", "rekey-journey"]),
    (
        "rekey-app",
        &[
            "rekey-origin",
            "rekey-vault",
            "rekey-sites",
            "rekey-webauthn",
            "rekey-journey",
            "rekey-authenticator",
            "rekey-browser",
            "rekey-lookup",
            "rekey-ledger",
        ],
    ),
    ("rekey-cli", &["rekey-app", "rekey-browser", "rekey-relying-party"]),
    (
        "rekey-desktop",
        &["rekey-origin", "rekey-journey", "rekey-app", "rekey-browser", "rekey-relying-party", "rekey-cli"],
    ),
    // Reads and compiles the directory's data with the reader that the program has.
    ("xtask", &["rekey-sites"]),
];

/// May use every crate: its tests cross them all.
const TESTS: &str = "rekey-tests";

/// The one crate whose requests leave the computer.
const LOOKUP: &str = "rekey-lookup";

/// Crates that make requests over the network.
const HTTP_CLIENTS: &[&str] =
    &["attohttpc", "curl", "hyper", "hyper-util", "isahc", "minreq", "reqwest", "surf", "ureq"];

/// Features that only tests may have.
const FEATURES_OF_TESTS: &[&str] = &["test-support", "test-transport"];

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    let member = |name: &str| repository.packages.iter().any(|package| package.name == name);
    let mut problems = Vec::new();
    for package in repository.packages.iter().filter(|package| package.name != TESTS) {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            problems.push(format!("{}: not in the table of layers (xtask/src/tidy/edges.rs)", package.name));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|name| member(name)) {
            if !allowed.contains(&dependency.as_str()) {
                problems.push(format!("{} depends on {dependency}, which is not below it", package.name));
            }
        }
        problems.extend(clients(package));
        problems.extend(features_of_tests(package));
    }
    problems
}

/// HTTP clients outside the one crate that asks the person first.
fn clients(package: &Package) -> impl Iterator<Item = Problem> {
    let found = package.dependencies.iter().filter(|name| HTTP_CLIENTS.contains(&name.as_str()));
    let found = found.filter(|_| package.name != LOOKUP);
    found.map(|client| format!("{} depends on {client}; only {LOOKUP} makes requests", package.name))
}

/// What is made for tests and would be shipped.
fn features_of_tests(package: &Package) -> impl Iterator<Item = Problem> {
    let found = package.features.iter().filter(|(_, feature)| FEATURES_OF_TESTS.contains(&feature.as_str()));
    found.map(|(of, feature)| format!("{} switches on {feature} of {of}, which is for tests only", package.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lookup_has_an_http_client_and_nothing_shipped_has_features_of_tests() {
        let package = |name: &str| Package {
            name: name.to_owned(),
            description: String::new(),
            folder: String::new(),
            dependencies: ["url", "reqwest"].map(str::to_owned).into(),
            features: [("rekey-lookup", "test-transport"), ("url", "serde")]
                .map(|(of, feature)| (of.to_owned(), feature.to_owned()))
                .into(),
            tests: Vec::new(),
        };
        assert_eq!((clients(&package("rekey-app")).count(), clients(&package(LOOKUP)).count()), (1, 0));
        assert_eq!(features_of_tests(&package("rekey-app")).count(), 1);
    }

    /// The table itself obeys the drawing: no crate reaches itself.
    #[test]
    fn the_table_has_no_cycle() {
        fn depth(name: &str, left: usize) -> usize {
            assert!(left > 0, "{name} is on a cycle");
            let below = ALLOWED.iter().find(|(crate_, _)| *crate_ == name).map_or(&[][..], |(_, below)| below);
            1 + below.iter().map(|name| depth(name, left - 1)).max().unwrap_or(0)
        }
        assert_eq!(depth("rekey-desktop", ALLOWED.len()), 7);
    }

    #[test]
    fn secrets_stay_out_of_the_journey() {
        let allowed = |name| ALLOWED.iter().find(|(crate_, _)| *crate_ == name).map(|(_, allowed)| *allowed).unwrap();
        for name in ["rekey-journey", "rekey-ledger"] {
            assert!(!allowed(name).contains(&"rekey-vault"), "{name}");
        }
    }
}
