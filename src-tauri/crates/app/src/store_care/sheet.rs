//! The recovery sheet: what somebody must know who finds the store, or looks for it, years later. No secret is on it.

use serde::Serialize;

use super::StoreOverview;
use crate::text::{Language, Texts, messages as m};
use crate::time_for_people;

const STYLE: &str = include_str!("sheet.css");

/// The recovery sheet, in the person's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made: String,
    /// What it says, in order.
    pub sections: Vec<Section>,
    /// What stands above the accounts.
    pub accounts_heading: String,
    /// The accounts with a passkey in the store.
    pub accounts: Vec<String>,
    #[serde(skip)]
    language: Language,
}

/// A part of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub lines: Vec<String>,
    /// Whether room is left for the person's own pen.
    pub room: bool,
}

impl Sheet {
    /// The sheet for a store. A function of its arguments.
    pub fn of(store: &StoreOverview, texts: &Texts, now: u64) -> Self {
        let file = store.file.display().to_string();
        let section = |heading, lines: Vec<String>, room| Section { heading: texts.get(heading), lines, room };
        let copy = match &store.copy {
            Some(copy) => {
                let path = copy.file.display().to_string();
                let words = [
                    ("path", path.into()),
                    ("time", time_for_people(copy.tried).into()),
                    ("count", copy.passkeys.into()),
                ];
                let mut lines = vec![texts.with(m::SHEET_COPY, &words)];
                if copy.is_old {
                    lines.push(texts.get(m::SHEET_COPY_OLD));
                }
                lines
            }
            None => vec![texts.get(m::SHEET_COPY_NONE)],
        };
        let sections = vec![
            section(
                m::SHEET_FILE_HEADING,
                vec![texts.with(m::SHEET_FILE, &[("path", file.into())]), texts.get(m::SHEET_FILE_KIND)],
                false,
            ),
            section(
                m::SHEET_PASSPHRASE_HEADING,
                vec![texts.get(m::SHEET_PASSPHRASE), texts.get(m::SHEET_PASSPHRASE_BACKUPS)],
                true,
            ),
            section(m::SHEET_COPY_HEADING, copy, true),
            section(
                m::SHEET_LOST_HEADING,
                vec![texts.get(m::SHEET_LOST_FILE), texts.get(m::SHEET_LOST_PASSPHRASE), texts.get(m::SHEET_LOST_BOTH)],
                false,
            ),
        ];
        Self {
            title: texts.get(m::SHEET_TITLE),
            made: texts.with(m::SHEET_MADE, &[("time", time_for_people(now).into())]),
            sections,
            accounts_heading: texts.with(m::SHEET_ACCOUNTS, &[("count", store.accounts.len().into())]),
            accounts: store.accounts.iter().map(|account| account.name.clone()).collect(),
            language: texts.language(),
        }
    }

    /// The sheet as plain text.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut line = |indent: &str, text: &str| {
            out.push_str(indent);
            out.push_str(&one_line(text));
            out.push('\n');
        };
        line("", &self.title);
        line("", &self.made);
        for Section { heading, lines, room } in &self.sections {
            line("", "");
            line("", heading);
            lines.iter().for_each(|said| line("  ", said));
            if *room {
                line("  ", &"_".repeat(46));
            }
        }
        line("", "");
        line("", &self.accounts_heading);
        self.accounts.iter().for_each(|account| line("  ", account));
        out
    }

    /// The sheet as one page to print, with nothing in it from elsewhere.
    pub fn to_html(&self) -> String {
        let title = escape(&self.title);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
            self.language
        );
        let mut element = |name: &str, text: &str| {
            out.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
        };
        element("p", &self.made);
        for Section { heading, lines, room } in &self.sections {
            element("h2", heading);
            lines.iter().for_each(|line| element("p", line));
            if *room {
                element("hr", "");
            }
        }
        element("h2", &self.accounts_heading);
        self.accounts.iter().for_each(|account| element("p", account));
        out.push_str("</main>\n</body>\n</html>\n");
        out.replace("<hr></hr>", "<hr>")
    }
}

/// Names of files and accounts are foreign: none may end its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_names_stays_text_on_its_line() {
        let store = StoreOverview {
            file: "/tmp/<b>&\"\n.kdbx".into(),
            size: None,
            written_at: None,
            backups: Vec::new(),
            copy: None,
            lock_after_minutes: 15,
            accounts: Vec::new(),
            written: None,
        };
        for language in Language::ALL {
            let sheet = Sheet::of(&store, &Texts::new(language), 1_000);
            let page = sheet.to_html();
            assert!(page.contains("/tmp/&lt;b&gt;&amp;&quot; .kdbx") && !page.contains("<b>"), "{page}");
            assert!(sheet.to_text().contains("/tmp/<b>&\" .kdbx\n"));
            assert_eq!(page.matches("<hr>").count(), 2, "room for the person's pen");
        }
    }
}
