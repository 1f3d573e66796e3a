//! What is said, in which language. Each text is the answer to an exhaustive `match`, so no language lacks one.

mod en_checks;
mod en_steps;
mod en_terms;
mod en_values;
mod es_checks;
mod es_steps;
mod es_terms;
mod es_values;
mod keys;

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

pub(super) use keys::{OutcomeKey, Phrase, StepKey, Term};

use super::checks::CheckKind;
use super::explanation::{Part, TermEntry};
use super::values::ValueKind;

/// A language of the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Spanish,
}

/// A text with its technical terms marked: `{challenge}`, or `{challenge|challenges}` where it is said in another form.
/// Only texts of ours are of this type, so nothing that came with a ceremony is ever read as a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text(pub(super) &'static str);

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(&'static str),
    /// A term as it is said here; an empty form stands for the term's own name.
    Term(Term, &'static str),
}

impl Text {
    pub(super) fn pieces(self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = self.0;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((mark, after)) = after.split_once('}') else { break };
            let (key, form) = mark.split_once('|').unwrap_or((mark, ""));
            pieces.push(Piece::Plain(before));
            pieces.push(Term::from_key(key).map_or(Piece::Plain(mark), |term| Piece::Term(term, form)));
            rest = after;
        }
        pieces.push(Piece::Plain(rest));
        pieces
    }

    /// Without marks.
    pub(super) fn plain(self, language: Language) -> String {
        let say = |piece| match piece {
            Piece::Plain(text) => text,
            Piece::Term(term, "") => language.term(term).name,
            Piece::Term(_, form) => form,
        };
        self.pieces().into_iter().map(say).collect()
    }
}

/// A text together with its language, as it goes into JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub(super) text: Text,
    pub(super) language: Language,
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text.plain(self.language))
    }
}

/// A term's name and its definition, which completes "NAME: …".
pub(super) struct TermWords {
    pub(super) name: &'static str,
    pub(super) definition: &'static str,
    /// Other forms under which it appears, in texts and in the data itself.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests look for them"))]
    pub(super) forms: &'static [&'static str],
}

/// A part's name and what it is.
pub(super) struct PartWords {
    pub(super) name: &'static str,
    pub(super) text: Text,
}

/// A step's title, which has no term, and its text.
pub(super) struct StepWords {
    pub(super) title: Text,
    pub(super) text: Vec<Text>,
}

/// A value's label and what the value means.
pub(super) struct ValueWords {
    pub(super) label: Text,
    pub(super) meaning: Text,
}

/// What is checked, what for, and what it means that it failed.
pub(super) struct CheckWords {
    pub(super) what: Text,
    pub(super) why: Text,
    pub(super) failed: Text,
}

impl Language {
    /// As in `lang`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    pub(super) fn said(self, text: Text) -> Said {
        Said { text, language: self }
    }

    pub(super) fn term(self, term: Term) -> TermWords {
        match self {
            Self::English => en_terms::term(term),
            Self::Spanish => es_terms::term(term),
        }
    }

    pub(super) fn part(self, part: Part) -> PartWords {
        match self {
            Self::English => en_steps::part(part),
            Self::Spanish => es_steps::part(part),
        }
    }

    pub(super) fn phrase(self, phrase: Phrase) -> Text {
        Text(match self {
            Self::English => en_steps::phrase(phrase),
            Self::Spanish => es_steps::phrase(phrase),
        })
    }

    pub(super) fn outcome(self, key: OutcomeKey) -> Said {
        self.said(Text(match self {
            Self::English => en_steps::outcome(key),
            Self::Spanish => es_steps::outcome(key),
        }))
    }

    pub(super) fn step(self, key: StepKey) -> StepWords {
        match self {
            Self::English => en_steps::step(key),
            Self::Spanish => es_steps::step(key),
        }
    }

    pub(super) fn value(self, kind: ValueKind) -> ValueWords {
        match self {
            Self::English => en_values::value(kind),
            Self::Spanish => es_values::value(kind),
        }
    }

    pub(super) fn check(self, kind: CheckKind) -> CheckWords {
        match self {
            Self::English => en_checks::check(kind),
            Self::Spanish => es_checks::check(kind),
        }
    }
}

/// The terms of some texts, each once, in the order in which they appear.
pub(super) fn terms(texts: impl IntoIterator<Item = Said>) -> Vec<TermEntry> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for Said { text, language } in texts {
        for piece in text.pieces() {
            if let Piece::Term(term, _) = piece
                && seen.insert(term)
            {
                let words = language.term(term);
                entries.push(TermEntry { term: words.name, definition: words.definition });
            }
        }
    }
    entries
}
