//! What goes out: results on stdout, everything else on stderr.

use std::io::{self, IsTerminal as _, Write as _};

use rekey_app::text::{Args, Message, Texts, messages as m};
use rekey_app::{AppError, Explanation};
use serde::Serialize;

use crate::table::Table;

/// The ends of one command's output.
pub(crate) struct Output {
    /// Whether scripts read it.
    pub(crate) json: bool,
    /// The person's language.
    pub(crate) texts: Texts,
    /// Whether stdout is a terminal that welcomes colour.
    pub(crate) colour: bool,
}

impl Output {
    pub(crate) fn new(json: bool, texts: Texts) -> Self {
        let colour = !json && io::stdout().is_terminal() && colour_is_welcome();
        Self { json, texts, colour }
    }

    /// One JSON document, over several lines.
    pub(crate) fn document(&self, value: &impl Serialize) -> Result<(), AppError> {
        let text = serde_json::to_string_pretty(value).map_err(AppError::unexpected)?;
        self.raw(&format!("{text}\n"))
    }

    /// One JSON object on one line.
    pub(crate) fn json_line(&self, value: &impl Serialize) -> Result<(), AppError> {
        let text = serde_json::to_string(value).map_err(AppError::unexpected)?;
        self.raw(&format!("{text}\n"))
    }

    /// A line for people.
    pub(crate) fn line(&self, text: &str) -> Result<(), AppError> {
        self.raw(&format!("{}\n", plain(text)))
    }

    /// A message for people.
    pub(crate) fn say(&self, message: Message, args: Args<'_>) -> Result<(), AppError> {
        self.line(&self.texts.with(message, args))
    }

    /// A table for people.
    pub(crate) fn table(&self, table: &Table) -> Result<(), AppError> {
        self.raw(&table.render(self.colour))
    }

    /// A text of several lines: as it is, unless a terminal would carry out what stands in it.
    pub(crate) fn text(&self, text: &str) -> Result<(), AppError> {
        if io::stdout().is_terminal() { self.raw(&plain_lines(text)) } else { self.raw(text) }
    }

    /// A text exactly as it is. A reader that went away is not an error: there is nobody to tell.
    pub(crate) fn raw(&self, text: &str) -> Result<(), AppError> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(AppError::Terminal(error)),
            Ok(()) => Ok(()),
        }
    }

    /// Something a person should know that is no result.
    pub(crate) fn note(&self, text: &str) {
        // Nothing is left to report a failing stderr to.
        let _ = writeln!(io::stderr().lock(), "{}", plain(text));
    }

    /// An error: for people on stderr, for scripts also as the one JSON document.
    pub(crate) fn error(&self, error: &AppError) {
        tracing::info!(code = error.code(), ?error, "stopped");
        if self.json {
            self.document_of(error);
        }
        self.explain(&error.explain(&self.texts));
    }

    /// An error as the one JSON document.
    pub(crate) fn document_of(&self, error: &AppError) {
        // Nothing is left to report a failing stdout to.
        let _ = self.json_line(&serde_json::json!({ "error": error.explain(&self.texts) }));
    }

    /// An error in a person's words, on stderr.
    pub(crate) fn explain(&self, said: &Explanation) {
        let label = self.texts.get(m::ERROR_LABEL);
        self.note(&format!("{label}: {}", said.message));
        self.note(&format!("  {}", said.safe));
        self.note(&format!("  {}", said.next));
    }
}

/// <https://no-color.org>
pub(crate) fn colour_is_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

/// Erases to the end of the line (ECMA-48, 8.3.41).
const ERASE: &str = "\u{1b}[K";

/// Says how far something is, on a line of a terminal's stderr that the next word takes the place of.
pub(crate) fn rewrite_line(text: &str) {
    // Nothing is left to report a failing stderr to.
    let _ = write!(io::stderr(), "\r{}{ERASE}", plain(text));
}

/// Takes that line away.
pub(crate) fn erase_line() {
    rewrite_line("");
}

/// Text that cannot steer a terminal: vaults and pages have their own ideas of what a name is.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The same for a text of several lines, whose line ends are its own.
fn plain_lines(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => plain(line.strip_suffix('\r').unwrap_or(line)) + "\n",
            None => plain(line),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\u{7}c\u{202e}d"), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d");
        assert_eq!(plain_lines("a,b\r\n\u{1b}[2J,\u{9b}1m\r\nc"), "a,b\n\u{fffd}[2J,\u{fffd}1m\nc");
        assert_eq!(plain("María ñandú 日本"), "María ñandú 日本");
    }
}
