//! The directory's data: each record is sound, written as Rekey writes it, and alone in what it claims.

use std::collections::{BTreeMap, BTreeSet};

use rekey_sites::CONTRIBUTOR;
use rekey_sites::read::{read, read_sources};
use rekey_sites::record::{Confidence, Record, Role, Source};
use rekey_sites::write::write;

use super::Problem;
use super::repository::{File, Repository};
use crate::sites::{DATA, origins, today};

/// What a note must be written in.
const LANGUAGES: &[&str] = &["en", "es"];

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    match today() {
        Ok(today) => data(&repository.files, &today),
        Err(error) => vec![format!("{DATA}: {error}")],
    }
}

fn data(files: &[File], today: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (mut records, mut sources) = (Vec::new(), None);
    for file in files {
        let Some(path) = file.path.strip_prefix(DATA) else { continue };
        // A checkout may have the system's own line ends.
        let text = file.text.as_deref().unwrap_or_default().replace("\r\n", "\n");
        match path {
            "README.md" => {}
            "sources.toml" => match read_sources(&text) {
                Ok(read) => sources = Some(read),
                Err(errors) => problems.extend(errors.iter().map(|error| format!("{}: {error}", file.path))),
            },
            path if path.starts_with("sites/") => match read(&text, today) {
                Ok(record) => {
                    problems
                        .extend(form(path, &text, &record).into_iter().map(|what| format!("{}: {what}", file.path)));
                    records.push((file.path.as_str(), record));
                }
                Err(errors) => problems.extend(errors.iter().map(|error| format!("{}: {error}", file.path))),
            },
            _ => problems.push(format!("{}: does not belong to the directory's data", file.path)),
        }
    }
    problems.extend(claims(&records));
    match sources {
        Some(sources) => problems.extend(citations(&records, &sources)),
        None => problems.push(format!("{DATA}sources.toml: missing, or not to be read")),
    }
    problems
}

/// Where a record stands, and how it is written.
fn form(path: &str, text: &str, record: &Record) -> Vec<Problem> {
    let mut problems = Vec::new();
    let expected = format!("sites/{}/{}.toml", record.domain.get(..1).unwrap_or_default(), record.domain);
    if path != expected {
        problems.push(format!("belongs to {DATA}{expected}"));
    }
    let canonical = write(record);
    if text != canonical {
        let differs = text.lines().zip(canonical.lines()).position(|(is, should)| is != should);
        let line = differs.unwrap_or(text.lines().count().min(canonical.lines().count())) + 1;
        problems.push(format!("line {line}: not written as Rekey writes it; `cargo xtask codegen sites` does"));
    }
    if let Some(notes) = &record.notes {
        let given: Vec<&str> = notes.value.iter().map(|(language, _)| language.as_ref()).collect();
        let absent = LANGUAGES.iter().filter(|language| !given.contains(language));
        problems.extend(absent.map(|language| format!("notes are not in {language}")));
    }
    if record
        .role
        .as_ref()
        .is_some_and(|fact| fact.value == Role::NoneSeen && fact.provenance.confidence == Confidence::Low)
    {
        problems.push("role: none_seen is what somebody saw, never of low confidence; unknown is no field".to_owned());
    }
    problems
}

/// No domain may belong to two records.
fn claims(records: &[(&str, Record)]) -> Vec<Problem> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (path, record) in records {
        let equivalent = record.equivalent.iter().flat_map(|fact| fact.value.iter());
        for domain in equivalent.chain([&record.domain]) {
            if let Some(other) = owners.insert(domain, path) {
                problems.push(format!("{path}: {domain} is also claimed by {other}"));
            }
        }
    }
    problems
}

/// Every source that a record names is listed, and every listed source is named. [`CONTRIBUTOR`] may wait for its first
/// fact: it is in the contributions that are yet to come.
fn citations(records: &[(&str, Record)], sources: &[Source]) -> Vec<Problem> {
    let listed: BTreeSet<&str> = sources.iter().map(|source| source.id.as_ref()).collect();
    let mut used = BTreeSet::new();
    let mut problems = Vec::new();
    for (path, record) in records {
        let named: BTreeSet<&str> =
            origins(record).flat_map(|origin| origin.sources.iter()).map(|id| id.as_ref()).collect();
        let unknown = named.difference(&listed);
        problems.extend(unknown.map(|id| format!("{path}: the source {id} is not in {DATA}sources.toml")));
        used.extend(named);
    }
    let unused = listed.difference(&used).filter(|id| **id != CONTRIBUTOR);
    problems.extend(unused.map(|id| format!("{DATA}sources.toml: no record names the source {id}")));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = "[test]\ntitle = \"Tests\"\nlicence = \"MIT\"\nattribution = \"Nobody\"\n";

    /// What is said of records (path under `sites/`, text) beside one sound record of `sound.example.com`.
    fn check(files: &[(&str, &str)], expect: &[&str]) {
        let file = |path: String, text: &str| File { path: format!("{DATA}{path}"), text: Some(text.to_owned()) };
        let sound = record("sound.com", "");
        let mut all = vec![file("sources.toml".to_owned(), SOURCES), file("sites/s/sound.com.toml".to_owned(), &sound)];
        all.extend(files.iter().map(|(path, text)| file((*path).to_owned(), text)));
        let got: Vec<String> = data(&all, "2026-11-27").iter().map(|problem| problem.replace(DATA, "")).collect();
        assert_eq!(got, expect);
    }

    fn record(domain: &str, more: &str) -> String {
        let origin = "source = [\"test\"], confidence = \"low\"";
        format!(
            "name = \"A\"\ndomain = \"{domain}\"\nrole = {{ value = \"both\", {origin} }}\n{}",
            more.replace("FROM", origin)
        )
    }

    #[test]
    fn sound_data_is_tidy() {
        check(&[("README.md", "How to add a site")], &[]);
        check(&[("sites/a/a.com.toml", &record("a.com", "").replace('\n', "\r\n"))], &[]);
    }

    #[test]
    fn a_record_stands_in_its_own_file() {
        check(
            &[("sites/a/b.com.toml", &record("a.com", "")), ("sites/x/c.com.toml", &record("c.com", ""))],
            &["sites/a/b.com.toml: belongs to sites/a/a.com.toml", "sites/x/c.com.toml: belongs to sites/c/c.com.toml"],
        );
        check(&[("site.toml", "")], &["site.toml: does not belong to the directory's data"]);
    }

    #[test]
    fn a_record_is_written_one_way() {
        let text = record("a.com", "").replace(" = ", "  = ");
        let expect = "line 1: not written as Rekey writes it; `cargo xtask codegen sites` does";
        check(&[("sites/a/a.com.toml", &text)], &[&format!("sites/a/a.com.toml: {expect}")]);
        let text = record("a.com", "\n");
        check(
            &[("sites/a/a.com.toml", &text)],
            &[&format!("sites/a/a.com.toml: {}", expect.replace("line 1", "line 4"))],
        );
        let text = record("a.com", "notes = { value = { en = \"A note.\" }, FROM }\n");
        check(&[("sites/a/a.com.toml", &text)], &["sites/a/a.com.toml: notes are not in es"]);
    }

    #[test]
    fn none_seen_is_an_observation() {
        let heard = record("a.com", "").replace("\"both\"", "\"none_seen\"");
        let expect = "role: none_seen is what somebody saw, never of low confidence; unknown is no field";
        check(&[("sites/a/a.com.toml", &heard)], &[&format!("sites/a/a.com.toml: {expect}")]);
        check(&[("sites/a/a.com.toml", &heard.replace("\"low\"", "\"medium\""))], &[]);
    }

    #[test]
    fn nothing_is_claimed_twice() {
        let both = record("b.com", "").replace("\nrole", "\nequivalent = { value = [\"sound.com\"], FROM }\nrole");
        let both = both.replace("FROM", "source = [\"test\"], confidence = \"low\"");
        check(
            &[("sites/b/b.com.toml", &both)],
            &["sites/b/b.com.toml: sound.com is also claimed by sites/s/sound.com.toml"],
        );
    }

    #[test]
    fn sources_are_listed_and_used() {
        let text = record("a.com", "").replace("\"test\"", "\"elsewhere\"");
        check(&[("sites/a/a.com.toml", &text)], &["sites/a/a.com.toml: the source elsewhere is not in sources.toml"]);
        let files = [File { path: format!("{DATA}sources.toml"), text: Some(SOURCES.to_owned()) }];
        assert_eq!(data(&files, "2026-11-27"), [format!("{DATA}sources.toml: no record names the source test")]);
        let waiting = SOURCES.replace("[test]", "[contributor]");
        let files = [File { path: format!("{DATA}sources.toml"), text: Some(waiting) }];
        assert_eq!(data(&files, "2026-11-27"), [""; 0]);
        assert_eq!(data(&[], "2026-11-27"), [format!("{DATA}sources.toml: missing, or not to be read")]);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        let text = record("a.com", "help = { value = \"http://a.com/\", FROM }\n");
        check(&[("sites/a/a.com.toml", &text)], &["sites/a/a.com.toml: line 4: help does not begin with https://"]);
        check(
            &[("sites/a/a.com.toml", "name = \"A\"\ndomain = \"a.com\"\nrole = \"both\"\n")],
            &["sites/a/a.com.toml: line 3: role is not { value = …, source = […], confidence = … }"],
        );
    }
}
