//! Members of the workspace: each has its purpose in one line, and no test file of theirs is forgotten.

use super::Problem;
use super::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    let mut problems = Vec::new();
    for package in &repository.packages {
        if package.description.is_empty() {
            problems.push(format!("{}: no description", package.name));
        }
    }
    problems.extend(without_purpose(repository.text("Cargo.toml")));
    problems.extend(forgotten_tests(repository));
    problems
}

/// Lines of `members` without a comment that says what the member is for.
fn without_purpose(manifest: &str) -> Vec<Problem> {
    let members = manifest.split_once("members = [").and_then(|(_, rest)| rest.split_once("\n]")).map(|(list, _)| list);
    let lines = members.unwrap_or_default().lines().map(str::trim).filter(|line| line.starts_with('"'));
    let silent = lines.filter(|line| line.split_once('#').is_none_or(|(_, purpose)| purpose.trim().is_empty()));
    silent.map(|line| format!("Cargo.toml: {line} has no line that says what it is for")).collect()
}

/// Files in a `tests` folder beside a Cargo.toml that Cargo does not take for a test.
fn forgotten_tests(repository: &Repository) -> Vec<Problem> {
    let in_tests = |path: &str| {
        let folder = path.strip_suffix(".rs")?.rsplit_once('/')?.0;
        let package = folder.strip_suffix("tests")?.trim_end_matches('/');
        repository.packages.iter().find(|candidate| candidate.folder == package)
    };
    let known = |path: &String| repository.packages.iter().any(|package| package.tests.contains(path));
    let files = repository.files.iter().map(|file| &file.path).filter(|path| in_tests(path).is_some() && !known(path));
    files.map(|path| format!("{path}: no package runs this test file")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repository::{File, Package};

    #[test]
    fn members_say_what_they_are_for() {
        assert_eq!(without_purpose("members = [\n  \"a\", # reads\n  \"b\",\n  \"c\", #\n]\n").len(), 2);
    }

    #[test]
    fn a_test_file_that_nobody_runs_is_found() {
        let package = |folder: &str, tests: &[&str]| Package {
            name: folder.to_owned(),
            description: "a crate".to_owned(),
            folder: folder.to_owned(),
            dependencies: Vec::new(),
            features: Vec::new(),
            tests: tests.iter().map(|&path| path.to_owned()).collect(),
        };
        let file = |path: &str| File { path: path.to_owned(), text: Some(String::new()) };
        let repository = Repository {
            packages: vec![package("", &[]), package("tests", &["tests/tests/a.rs"])],
            files: ["tests/b.rs", "tests/tests/a.rs", "tests/tests/c.rs", "tests/src/d.rs"].map(file).into(),
        };
        let found = forgotten_tests(&repository);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("tests/b.rs:") && found[1].starts_with("tests/tests/c.rs:"));
    }
}
