//! The words that people see, in their language. `locales/` is compiled in; `build.rs` checks that every language says
//! the same things and makes a constant of each message.

use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A message of `locales/` by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message(&'static str);

/// A language that Rekey speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The language of this tag (`es`, `es-MX`, `es_MX.UTF-8`; RFC 5646 and POSIX locale names).
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == primary)
    }

    /// The computer's language if Rekey speaks it, else English.
    pub fn of_system() -> Self {
        sys_locale::get_locale().and_then(|tag| Self::of_tag(&tag)).unwrap_or_default()
    }

    /// The language's tag, as `--lang` and HTML take it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::English => EN,
            Self::Spanish => ES,
        }
    }
}

/// The text is the tag of no language in [`Language::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language that Rekey speaks")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::of_tag(text).ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The values of a message's variables.
pub type Args<'a> = &'a [(&'static str, FluentValue<'a>)];

/// All messages in one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The messages in this language.
    pub fn new(language: Language) -> Self {
        // `build.rs` has parsed the same text and failed on any error.
        let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(|(resource, _)| resource);
        let id = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks around values would be stray characters in a terminal and in copied text.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message without variables.
    pub fn get(&self, message: Message) -> String {
        self.with(message, &[])
    }

    /// A message with the values of its variables.
    pub fn with(&self, message: Message, args: Args<'_>) -> String {
        self.find(message.0, None, args).unwrap_or_else(|| message.0.to_owned())
    }

    /// A message that is chosen by a code, such as a stop reason's. Tests go through every code.
    pub fn find(&self, id: &str, attribute: Option<&str>, args: Args<'_>) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(message = id, ?attribute, ?errors, "a message was formatted without all its values");
        }
        Some(text)
    }

    /// The message `PREFIX-CODE` of a code in snake case; the code itself where a newer part of Rekey made it.
    pub fn of_code(&self, prefix: &str, code: &str) -> String {
        self.find(&format!("{prefix}-{}", code.replace('_', "-")), None, &[]).unwrap_or_else(|| code.to_owned())
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_from_the_tags_that_systems_use() {
        for (tag, expect) in [
            ("es", Some(Language::Spanish)),
            ("es-MX", Some(Language::Spanish)),
            ("es_ES.UTF-8", Some(Language::Spanish)),
            ("EN", Some(Language::English)),
            ("C", None),
            ("", None),
            ("est", None),
        ] {
            assert_eq!(Language::of_tag(tag), expect, "{tag}");
        }
    }

    #[test]
    fn values_and_plurals_come_out_as_plain_text() {
        let english = Texts::new(Language::English);
        let accounts = |n: usize| english.with(messages::COUNT_ACCOUNTS, &[("count", n.into())]);
        assert_eq!(accounts(1), "1 account");
        assert_eq!(accounts(3), "3 accounts");
        let spanish = Texts::new(Language::Spanish);
        assert_eq!(spanish.with(messages::COUNT_ACCOUNTS, &[("count", 2.into())]), "2 cuentas");
        assert!(english.find("no-such-message", None, &[]).is_none());
    }
}
