//! Nothing leaves the computer without the person's leave: a look-up's consent is made in one place, from the person's
//! settings.
//!
//! This reads text: it catches the careless line, not somebody who means to get round it.

use super::Problem;
use super::purity::shipped;
use super::repository::{File, Repository};

/// Where the settings become a consent.
const MADE: &str = "src-tauri/crates/app/src/look_ups/mod.rs";
/// Where leave is taken back from look-ups that are running.
const TAKEN_BACK: &str = "src-tauri/crates/app/src/guide/looking.rs";

/// What makes a consent or switches it, and the files that may; spaces and line ends do not count.
const RULES: &[(&str, &[&str])] =
    &[("Consent::default(", &[MADE]), ("consent.switch(", &[MADE, TAKEN_BACK]), ("consent().switch(", &[MADE])];

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    consents(&repository.files)
}

fn consents(files: &[File]) -> Vec<Problem> {
    let is_shipped = |path: &str| {
        let of_a_product = path.contains("/src/") && !path.starts_with("src-tauri/xtask/");
        path.ends_with(".rs") && of_a_product && !path.ends_with("/tests.rs") && !path.contains("/tests/")
    };
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| is_shipped(&file.path)) {
        let lines = shipped(file.text.as_deref().unwrap_or_default()).map(|(_, line)| line);
        let code: String = lines.flat_map(str::split_whitespace).collect();
        for (what, allowed) in RULES {
            if code.contains(what) && !allowed.contains(&file.path.as_str()) {
                problems.push(format!("{}: {what}…): only Settings::consent in {MADE} makes a consent", file.path));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expect: &[&str]) {
        let files = [File { path: path.to_owned(), text: Some(text.to_owned()) }];
        let end = format!(": only Settings::consent in {MADE} makes a consent");
        let expect: Vec<String> = expect.iter().map(|what| format!("{path}: {what}…){end}")).collect();
        assert_eq!(consents(&files), expect, "{path}");
    }

    #[test]
    fn a_consent_is_made_from_the_settings() {
        let own = "let consent = Consent::default();\nconsent\n    .switch(LookUp::Breaches, true);";
        let both = ["Consent::default(", "consent.switch("];
        check("src-tauri/crates/cli/src/commands/recheck.rs", own, &both);
        check("src-tauri/src/lib.rs", "settings.consent().switch(LookUp::Refresh, true);", &["consent().switch("]);
        check(TAKEN_BACK, own, &both[..1]);
        check(MADE, own, &[]);
        check("src-tauri/crates/cli/src/commands/look_ups.rs", "settings.switch(*look_up, true);", &[]);
        check("src-tauri/crates/lookup/tests/lookup/consent.rs", own, &[]);
        check("src-tauri/crates/lookup/src/consent.rs", &format!("#[cfg(test)]\nmod tests {{\n{own}\n}}"), &[]);
    }
}
