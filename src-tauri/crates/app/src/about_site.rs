//! What is known of one site, every field with who says it and when, in the person's words and as codes.

use rekey_sites::record::{Capacity, Check, Confidence, Fact, List, Provenance, Text};
use rekey_sites::{Directory, Known, Layer, Statement, Value, Word};
use serde::Serialize;

use crate::text::Texts;
use crate::time_for_scripts;

/// Facts that were observed longer ago are worth another look, in years.
pub(crate) const OLD_AFTER: u16 = 2;

/// What is known of one site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AboutSite {
    /// The domain that the directory has it under; none where it is unknown.
    pub domain: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// What is known. Where several say something about one field, what counts comes first.
    pub facts: Vec<AboutFact>,
    /// What nobody has observed.
    pub unknown: Vec<Field>,
}

/// A field of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name in the directory.
    pub field: &'static str,
    /// What it is about.
    pub label: String,
}

/// One thing that somebody says of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutFact {
    /// What it is about.
    #[serde(flatten)]
    pub field: Field,
    /// What is said, as the directory writes it.
    pub values: Vec<String>,
    /// What is said, in words; addresses and domains as they are.
    pub words: Vec<String>,
    /// Whether the values are web addresses.
    pub is_address: bool,
    /// Where it was taken from.
    pub sources: Vec<AboutSource>,
    /// When it was observed: `2025`, `2026-08` or `2026-08-14`.
    pub observed: Option<String>,
    /// Whether that is more than two years ago.
    pub is_old: bool,
    /// How far it can be relied upon.
    pub confidence: &'static str,
    /// Who says so: `own`, `built_in`, `asked` or `refreshed`.
    pub layer: &'static str,
    /// Whether it is what counts; otherwise somebody else's word goes before it.
    pub counts: bool,
}

/// A publication that a fact was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutSource {
    /// Its id in the directory.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is published.
    pub url: Option<String>,
    /// Its licence, as an SPDX expression; none for what was published nowhere.
    pub licence: Option<String>,
}

impl AboutSite {
    /// What the directory says; `now` is in milliseconds since 1970.
    pub fn of(directory: &Directory, known: Option<Known<'_>>, texts: &Texts, now: u64) -> Self {
        let today = time_for_scripts(now);
        let mut telling = Telling { directory, known, texts, today: &today, about: Self::default() };
        telling.about.domain = known.map(|known| known.domain().to_owned());
        telling.about.name = known.map(|known| known.name().to_owned());
        telling.word("role", Statement::role);
        telling.address("passkey_page", Statement::passkey_page);
        telling.list("asks_first", Statement::asks_first, check_code, asked);
        telling.word("authenticator", Statement::authenticator);
        telling.one("capacity", Statement::capacity, capacity_code, capacity);
        telling.one("usernameless", Statement::usernameless, ToString::to_string, |yes, texts| {
            texts.of_code("site-usernameless", if *yes { "yes" } else { "no" })
        });
        telling.word("password_after", Statement::password_after);
        telling.address("sign_in", Statement::sign_in);
        telling.address("manage_page", Statement::manage_page);
        telling.address("change_password", Statement::change_password);
        telling.address("recovery_page", Statement::recovery_page);
        telling.address("help", Statement::help);
        telling.list("rp_ids", Statement::rp_ids, ToString::to_string, |domain, _| domain.to_string());
        telling.list("equivalent", Statement::equivalent, ToString::to_string, |domain, _| domain.to_string());
        telling.word("kind", Statement::kind);
        telling.notes();
        telling.about
    }

    /// The publications that the facts were taken from, each once, in the order of their ids. Those of the person's own
    /// facts are not among them.
    pub fn sources(&self) -> Vec<&AboutSource> {
        let theirs = self.facts.iter().filter(|fact| fact.layer != layer_code(Layer::Own));
        let mut sources: Vec<_> = theirs.flat_map(|fact| &fact.sources).collect();
        sources.sort_by(|one, other| one.id.cmp(&other.id));
        sources.dedup_by(|one, other| one.id == other.id);
        sources
    }

    /// Whether the directory knows the site at all.
    pub fn is_known(&self) -> bool {
        self.domain.is_some()
    }
}

/// A description being made.
struct Telling<'a> {
    directory: &'a Directory,
    known: Option<Known<'a>>,
    texts: &'a Texts,
    today: &'a str,
    about: AboutSite,
}

impl<'a> Telling<'a> {
    fn address(&mut self, field: &'static str, of: impl Fn(&Statement<'a>) -> Option<&'a Fact<Text>>) {
        self.tell(field, true, of, |text, _| (vec![text.to_string()], vec![text.to_string()]));
    }

    fn word<T: Value + Word>(&mut self, field: &'static str, of: impl Fn(&Statement<'a>) -> Option<&'a Fact<T>>) {
        let prefix = format!("site-{}", field.replace('_', "-"));
        let words = move |value: &T, texts: &Texts| texts.of_code(&prefix, value.word());
        self.one(field, of, |value| value.word().to_owned(), words);
    }

    fn one<T: Value + 'a>(
        &mut self,
        field: &'static str,
        of: impl Fn(&Statement<'a>) -> Option<&'a Fact<T>>,
        code: impl Fn(&T) -> String,
        words: impl Fn(&T, &Texts) -> String,
    ) {
        self.tell(field, false, of, |value, texts| (vec![code(value)], vec![words(value, texts)]));
    }

    fn list<T: Clone + 'static>(
        &mut self,
        field: &'static str,
        of: impl Fn(&Statement<'a>) -> Option<&'a Fact<List<T>>>,
        code: impl Fn(&T) -> String,
        words: impl Fn(&T, &Texts) -> String,
    ) where
        List<T>: Value,
    {
        let none = format!("site-{}-none", field.replace('_', "-"));
        self.tell(field, false, of, |list: &List<T>, texts: &Texts| {
            let mut told: Vec<String> = list.iter().map(|one| words(one, texts)).collect();
            if list.is_empty() {
                told.extend(texts.find(&none, None, &[]));
            }
            (list.iter().map(&code).collect(), told)
        });
    }

    /// Notes in the person's language, or in the first that they were written in.
    fn notes(&mut self) {
        let language = self.texts.language().tag();
        self.tell("notes", false, Statement::notes, |notes: &List<(Text, Text)>, _: &Texts| {
            let own = notes.iter().find(|(tag, _)| tag == language).or_else(|| notes.first());
            let text: Vec<String> = own.iter().map(|(_, text)| text.to_string()).collect();
            (text.clone(), text)
        });
    }

    fn tell<T: Value + 'a>(
        &mut self,
        field: &'static str,
        is_address: bool,
        of: impl Fn(&Statement<'a>) -> Option<&'a Fact<T>>,
        values: impl Fn(&T, &Texts) -> (Vec<String>, Vec<String>),
    ) {
        let said = self.known.map(|known| known.said(of)).unwrap_or_default();
        let field = || Field { field, label: self.texts.of_code("site-field", field) };
        if said.is_empty() {
            let unknown = field();
            self.about.unknown.push(unknown);
            return;
        }
        for (place, (layer, fact)) in said.into_iter().enumerate() {
            let Provenance { sources, observed, confidence } = &fact.provenance;
            let is_old = fact.provenance.is_older_than(OLD_AFTER, self.today);
            let (values, words) = values(&fact.value, self.texts);
            let told = AboutFact {
                field: field(),
                values,
                words,
                is_address,
                sources: sources.iter().map(|id| self.source(id)).collect(),
                observed: observed.as_ref().map(ToString::to_string),
                is_old,
                confidence: confidence.word(),
                layer: layer_code(layer),
                counts: place == 0,
            };
            self.about.facts.push(told);
        }
    }

    fn source(&self, id: &Text) -> AboutSource {
        match self.directory.source(id) {
            Some(source) => AboutSource {
                id: id.to_string(),
                title: self
                    .texts
                    .find(&format!("site-source-{}", source.id), None, &[])
                    .unwrap_or_else(|| source.title.to_string()),
                url: source.url.as_ref().map(ToString::to_string),
                licence: Some(source.licence.to_string()).filter(|licence| !licence.is_empty()),
            },
            None => AboutSource { id: id.to_string(), title: id.to_string(), url: None, licence: None },
        }
    }
}

impl AboutFact {
    /// Whether somebody should look before relying on it.
    pub fn is_doubtful(&self) -> bool {
        self.confidence == Confidence::Low.word()
    }
}

fn layer_code(layer: Layer) -> &'static str {
    match layer {
        Layer::Own => "own",
        Layer::BuiltIn => "built_in",
        Layer::Asked => "asked",
        Layer::Refreshed => "refreshed",
    }
}

fn check_code(check: &Check) -> String {
    format!("{}{}", if check.is_optional { "optional " } else { "" }, check.what.word())
}

fn asked(check: &Check, texts: &Texts) -> String {
    let what = texts.of_code("site-asks-first", check.what.word());
    if check.is_optional {
        texts.with(crate::text::messages::SITE_ASKS_SOMETIMES, &[("what", what.into())])
    } else {
        what
    }
}

fn capacity_code(capacity: &Capacity) -> String {
    match capacity {
        Capacity::One => "one".to_owned(),
        Capacity::Several => "several".to_owned(),
        Capacity::AtMost(most) => most.to_string(),
    }
}

fn capacity(capacity: &Capacity, texts: &Texts) -> String {
    match capacity {
        Capacity::AtMost(most) => texts.with(crate::text::messages::SITE_CAPACITY_MOST, &[("count", (*most).into())]),
        other => texts.of_code("site-capacity", &capacity_code(other)),
    }
}

#[cfg(test)]
mod tests {
    use rekey_sites::record::{Asked, Attachment, Kind, PasswordAfter, Role};

    use super::*;
    use crate::text::Language;

    const NOW: u64 = 1_790_000_000_000;

    fn about(text: &str, language: Language) -> AboutSite {
        let directory = Directory::built_in();
        AboutSite::of(&directory, directory.look_up_text(text), &Texts::new(language), NOW)
    }

    #[test]
    fn each_fact_has_its_source_and_each_field_is_known_or_not() {
        let known = about("https://www.adobe.com/login", Language::English);
        assert_eq!(known.name.as_deref(), Some("Adobe"));
        assert!(known.facts.iter().all(|fact| !fact.sources.is_empty() && !fact.words.is_empty()));
        let page = known.facts.iter().find(|fact| fact.field.field == "passkey_page").unwrap();
        assert_eq!(page.values, ["https://account.adobe.com/security?addPasskey"]);
        assert!(page.is_address && page.counts && page.layer == "built_in");
        let nothing = about("nobody-knows.example", Language::English);
        assert!(!nothing.is_known() && nothing.facts.is_empty());
        let fields = |about: &AboutSite| {
            let told = about.facts.iter().filter(|fact| fact.counts).map(|fact| fact.field.field);
            let mut all: Vec<_> = told.chain(about.unknown.iter().map(|field| field.field)).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(fields(&known), fields(&nothing));
        assert_eq!(fields(&known).len(), 16);
    }

    #[test]
    fn every_value_of_the_directory_has_words_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            let has = |prefix: &str, word: &str| {
                let id = format!("{prefix}-{}", word.replace('_', "-"));
                assert!(texts.find(&id, None, &[]).is_some(), "{id}");
            };
            Role::ALL.iter().for_each(|(word, _)| has("site-role", word));
            Asked::ALL.iter().for_each(|(word, _)| has("site-asks-first", word));
            Attachment::ALL.iter().for_each(|(word, _)| has("site-authenticator", word));
            PasswordAfter::ALL.iter().for_each(|(word, _)| has("site-password-after", word));
            Kind::ALL.iter().for_each(|(word, _)| has("site-kind", word));
            Confidence::ALL.iter().for_each(|(word, _)| has("site-confidence", word));
            ["own", "built_in", "asked", "refreshed"].iter().for_each(|word| has("site-layer", word));
            ["one", "several"].iter().for_each(|word| has("site-capacity", word));
            let nothing = AboutSite::of(&Directory::built_in(), None, &texts, NOW);
            nothing.unknown.iter().for_each(|field| has("site-field", field.field));
        }
    }
}
