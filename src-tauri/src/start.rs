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
    /// Vaults and exports to bring in at once, in this order.
    pub(crate) files: Vec<PathBuf>,
}

impl WindowStart {
    /// Reads the words after the program's name; `None` where they are a command line's, which says itself what is wrong
    /// with them. Words that are existing files are to be brought in, as a file manager passes them.
    pub(crate) fn read(words: &[OsString], is_file: impl Fn(&OsString) -> bool) -> Option<Self> {
        let mut start = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--profile") => start.profile = Some(words.next()?.into()),
                Some("--lang") => start.language = Some(words.next()?.to_str()?.parse().ok()?),
                Some("--no-browser-sandbox") => start.no_browser_sandbox = true,
                Some(name) if rekey_cli::is_command(name) => return None,
                _ if is_file(word) => start.files.push(word.into()),
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
        assert_eq!(
            WindowStart::read(&words, |word| ["vault.kdbx", "other.kdbx", "status"].iter().any(|file| word == file)),
            expect,
            "{words:?}"
        );
    }

    #[test]
    fn the_window_opens_for_no_words_or_for_files() {
        let start = WindowStart::default;
        check(&[], Some(start()));
        check(&["vault.kdbx"], Some(WindowStart { files: vec!["vault.kdbx".into()], ..start() }));
        let files = vec!["vault.kdbx".into(), "other.kdbx".into()];
        check(
            &["vault.kdbx", "--lang", "es", "other.kdbx"],
            Some(WindowStart { files, language: Some(Language::Spanish), ..start() }),
        );
        check(
            &["--profile", "here", "--lang", "es", "--no-browser-sandbox"],
            Some(WindowStart {
                profile: Some("here".into()),
                language: Some(Language::Spanish),
                no_browser_sandbox: true,
                files: Vec::new(),
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
        check(&["vault.kdbx", "missing.kdbx"], None);
    }
}
