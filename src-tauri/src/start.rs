//! What the program was started for: its window, or a command line.

use std::ffi::OsString;
use std::path::PathBuf;

use rekey_app::text::Language;

/// How the window is to be opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct WindowStart {
    /// The profile's folder; `None` for the person's own.
    pub(crate) profile: Option<PathBuf>,
    /// The language; `None` for the computer's.
    pub(crate) language: Option<Language>,
    /// Goes without the sandbox of whatever shows a site.
    pub(crate) no_browser_sandbox: bool,
    /// A vault to bring in at once.
    pub(crate) vault: Option<PathBuf>,
}

impl WindowStart {
    /// Reads the words after the program's name; `None` where they are a command line's, which says itself what is wrong
    /// with them. A single word that is an existing file is a vault, as a file manager passes it.
    pub(crate) fn read(words: &[OsString], is_file: impl Fn(&OsString) -> bool) -> Option<Self> {
        let mut start = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--profile") => start.profile = Some(words.next()?.into()),
                Some("--lang") => start.language = Some(words.next()?.to_str()?.parse().ok()?),
                Some("--no-browser-sandbox") => start.no_browser_sandbox = true,
                Some(name) if rekey_cli::is_command(name) => return None,
                _ if start.vault.is_none() && is_file(word) => start.vault = Some(word.into()),
                _ => return None,
            }
        }
        Some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expect: Option<WindowStart>) {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        assert_eq!(WindowStart::read(&words, |word| word == "vault.kdbx" || word == "status"), expect, "{words:?}");
    }

    #[test]
    fn the_window_opens_for_no_words_or_a_vault() {
        let start = WindowStart::default;
        check(&[], Some(start()));
        check(&["vault.kdbx"], Some(WindowStart { vault: Some("vault.kdbx".into()), ..start() }));
        check(
            &["--profile", "here", "--lang", "es", "--no-browser-sandbox"],
            Some(WindowStart {
                profile: Some("here".into()),
                language: Some(Language::Spanish),
                no_browser_sandbox: true,
                vault: None,
            }),
        );
    }

    #[test]
    fn all_else_is_a_command_line() {
        check(&["migrate", "--all", "--vault", "vault.kdbx"], None);
        check(&["--help"], None);
        check(&["--profile", "here", "status"], None);
        check(&["--lang", "xx"], None);
        check(&["--profile"], None);
        check(&["missing.kdbx"], None);
        // Also where a file has a command's name.
        check(&["status"], None);
        check(&["vault.kdbx", "vault.kdbx"], None);
    }
}
