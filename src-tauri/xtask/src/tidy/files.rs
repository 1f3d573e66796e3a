//! Sizes of source files.

use super::Problem;
use super::repository::{File, Repository};

/// A file above this is two files.
const LONGEST: usize = 500;

const SOURCE: &[&str] = &["rs", "ts", "tsx", "js", "mjs", "svelte", "css", "html", "py", "sh", "toml", "ftl"];

/// Generated, or data of the tests: nobody reads these from top to bottom.
const EXEMPT: &[&str] =
    &["/content_script.js", "/sites/src/compiled.rs", "/bindings/", "/fixtures/", "/data/", "/testdata/"];

/// How long the source files are.
pub(super) struct Sizes {
    pub(super) count: usize,
    pub(super) median: usize,
    pub(super) longest: usize,
}

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    let long = sources(repository).filter(|(_, lines)| *lines > LONGEST);
    long.map(|(file, lines)| format!("{}: {lines} lines; split it (at most {LONGEST})", file.path)).collect()
}

pub(super) fn sizes(repository: &Repository) -> Sizes {
    let mut lines: Vec<usize> = sources(repository).map(|(_, lines)| lines).collect();
    lines.sort_unstable();
    let median = lines.get(lines.len() / 2).copied().unwrap_or(0);
    Sizes { count: lines.len(), median, longest: lines.last().copied().unwrap_or(0) }
}

fn sources(repository: &Repository) -> impl Iterator<Item = (&File, usize)> {
    let is_source = |file: &&File| {
        let extension = file.path.rsplit('.').next().unwrap_or_default();
        SOURCE.contains(&extension) && !EXEMPT.iter().any(|part| format!("/{}", file.path).contains(part))
    };
    repository
        .files
        .iter()
        .filter(is_source)
        .map(|file| (file, file.text.as_deref().unwrap_or_default().lines().count()))
}
