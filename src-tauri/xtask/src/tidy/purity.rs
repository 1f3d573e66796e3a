//! The pure crates: no clock, file, network, process, randomness, async or unsafe code. Each is an argument.

use super::Problem;
use super::repository::Repository;

const PURE: &[&str] = &["rekey-origin", "rekey-vault", "rekey-sites", "rekey-webauthn", "rekey-journey"];

const FORBIDDEN_TEXT: &[&str] = &[
    "Instant::now",
    "SystemTime",
    "async fn",
    "async move",
    "println!",
    "std::env",
    "std::fs",
    "TcpListener",
    "TcpStream",
    "ToSocketAddrs",
    "UdpSocket",
    "std::process",
    "std::thread",
    "thread_rng",
];

/// Crates that bring a clock, the network, randomness or a runtime with them.
const FORBIDDEN_DEPENDENCIES: &[&str] = &[
    "async-trait",
    "chrono",
    "futures",
    "getrandom",
    "rand",
    "reqwest",
    "rusqlite",
    "tempfile",
    "time",
    "tokio",
    "ureq",
];

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    let mut problems = Vec::new();
    for package in repository.packages.iter().filter(|package| PURE.contains(&package.name.as_str())) {
        for dependency in &package.dependencies {
            if FORBIDDEN_DEPENDENCIES.contains(&dependency.as_str()) {
                problems.push(format!("{} is pure and depends on {dependency}", package.name));
            }
        }
        let source = format!("{}/src/", package.folder);
        let root = format!("{source}lib.rs");
        if !repository.text(&root).contains("#![forbid(unsafe_code)]") {
            problems.push(format!("{root}: a pure crate forbids unsafe code"));
        }
        let sources =
            || repository.files.iter().filter(|file| file.path.starts_with(&source) && file.path.ends_with(".rs"));
        let of_tests: Vec<String> =
            sources().flat_map(|file| test_modules(file.text.as_deref().unwrap_or_default())).collect();
        for file in sources() {
            let is_test =
                |name: &String| file.path.ends_with(&format!("/{name}.rs")) || file.path.contains(&format!("/{name}/"));
            if of_tests.iter().any(is_test) {
                continue;
            }
            let text = shipped(file.text.as_deref().unwrap_or_default());
            for (number, line) in text {
                if let Some(found) = FORBIDDEN_TEXT.iter().find(|forbidden| line.contains(**forbidden)) {
                    problems.push(format!("{}:{number}: {found} in a pure crate", file.path));
                }
            }
        }
    }
    problems
}

/// Names of the modules that only a test build has, and that are files of their own.
fn test_modules(text: &str) -> impl Iterator<Item = String> {
    let declared = text.split("#[cfg(test)]\nmod ").skip(1);
    declared.filter_map(|rest| rest.lines().next()?.strip_suffix(';').map(str::to_owned))
}

/// The numbered lines without comments, up to the test module that ends the file.
pub(super) fn shipped(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().enumerate().map(|(number, line)| (number + 1, line.split("//").next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_comments_are_free() {
        let text = "use std::fmt; // not std::fs\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        let found: Vec<_> = shipped(text).collect();
        assert_eq!(found, [(1, "use std::fmt; ")]);
        let modules: Vec<_> = test_modules("#[cfg(test)]\nmod fuzz;\nmod kept;\n#[cfg(test)]\nmod tests {").collect();
        assert_eq!(modules, ["fuzz"]);
    }
}
