//! The panel as HTML, without a script. Everything that came with the ceremony is escaped.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::explanation::{Basis, Check, Explanation, Form, Outcome, Part, Spec, Step, Value, Verdict};
use super::pictures;
use super::words::{Language, Phrase, Piece, Term, Text};

/// Longer values are shortened, with the whole of them to open.
const SHORT: usize = 48;

/// The content of the page's `<aside>`, with a heading of the second level. The page around it may be in a language that
/// the explanation does not have.
pub(crate) fn panel(explanation: &Explanation, language: Language) -> Markup {
    let mut panel = Panel { language, defined: BTreeSet::new() };
    html! {
        div class="explain" lang=(language.code()) dir="ltr" {
            h2 { (panel.phrase(Phrase::Title)) }
            (panel.outcome(&explanation.outcome, explanation.account.as_deref()))
            h3 class="explain-heading" { (panel.phrase(Phrase::Parts)) }
            ul class="explain-parts" {
                @for part in Part::ALL {
                    li class={ "explain-" (part.code()) } {
                        (panel.part(part))
                        p { (panel.text(language.part(part).text)) }
                    }
                }
            }
            h3 class="explain-heading" { (panel.phrase(Phrase::Steps)) }
            ol class="explain-steps" {
                @for step in &explanation.steps { (panel.step(step)) }
            }
            // In the server's words, so only behind all that explains them.
            @if let Some(reason) = &explanation.outcome.reason {
                p class="explain-note" { (panel.phrase(Phrase::TheReason)) " " q lang="en" { (visible(reason)) } }
            }
        }
    }
}

/// Draws in reading order, so that it knows which terms have been explained.
struct Panel {
    language: Language,
    defined: BTreeSet<Term>,
}

impl Panel {
    /// A text, with the definition of each term right behind its first appearance.
    fn text(&mut self, text: Text) -> Markup {
        html! {
            @for piece in text.pieces() {
                @match piece {
                    Piece::Plain(text) => (text),
                    Piece::Term(term, form) => (self.term(term, form)),
                }
            }
        }
    }

    fn term(&mut self, term: Term, form: &str) -> Markup {
        let words = self.language.term(term);
        let form = if form.is_empty() { words.name } else { form };
        if !self.defined.insert(term) {
            return html! { (form) };
        }
        html! {
            span class="explain-term" data-term=(term.key()) {
                dfn { (form) } " " span class="explain-definition" { "(" (words.definition) ")" }
            }
        }
    }

    fn phrase(&mut self, phrase: Phrase) -> Markup {
        let text = self.language.phrase(phrase);
        self.text(text)
    }

    fn part(&self, part: Part) -> Markup {
        html! { span class="explain-part" { (pictures::part(part)) span { (self.language.part(part).name) } } }
    }

    fn outcome(&mut self, outcome: &Verdict, account: Option<&str>) -> Markup {
        let (class, badge) = match outcome.accepted {
            true => ("explain-outcome explain-good", (Outcome::Passed, Phrase::Accepted)),
            false => ("explain-outcome explain-bad", (Outcome::Failed, Phrase::Refused)),
        };
        html! {
            section class=(class) {
                p class="explain-badge" {
                    (pictures::outcome(badge.0)) strong { (self.phrase(badge.1)) }
                    @if let Some(account) = account { " " bdi { (visible(account)) } }
                }
                p { (self.text(outcome.text.text)) }
                @if let Some(because) = outcome.because { p { strong { (self.text(because.text)) } } }
                ul aria-label=(self.language.phrase(Phrase::GoodToKnow).plain(self.language)) {
                    @for safe in &outcome.safe { li { (self.text(safe.text)) } }
                }
            }
        }
    }

    fn step(&mut self, step: &Step) -> Markup {
        html! {
            li class={ "explain-step explain-" (step.part.code()) } {
                (self.part(step.part))
                h4 { (self.text(step.title.text)) }
                @for text in &step.text { p { (self.text(text.text)) } }
                @if !step.values.is_empty() {
                    dl class="explain-values" aria-label=(self.language.phrase(Phrase::Values).plain(self.language)) {
                        @for value in &step.values { (self.value(value)) }
                    }
                }
                @if !step.checks.is_empty() {
                    ul class="explain-checks" aria-label=(self.language.phrase(Phrase::Checks).plain(self.language)) {
                        @for check in &step.checks { (self.check(check)) }
                    }
                }
            }
        }
    }

    fn value(&mut self, value: &Value) -> Markup {
        html! {
            div class="explain-value" {
                dt {
                    (self.text(value.label.text))
                    @if let Some(source) = value.source { " " code class="explain-source" { (source) } }
                }
                dd { (self.shown(value)) }
                dd class="explain-meaning" { (self.text(value.meaning.text)) }
            }
        }
    }

    fn shown(&mut self, value: &Value) -> Markup {
        let phrase = match value.form {
            Form::NotSent => Some(Phrase::NotSent),
            Form::NotReadable => Some(Phrase::NotReadable),
            Form::NeverHere => Some(Phrase::NeverHere),
            Form::Base64url | Form::Hexadecimal | Form::Text | Form::Words => None,
        };
        let shown = match (&value.shown, phrase) {
            (Some(shown), None) => shown,
            (_, phrase) => {
                let phrase = phrase.unwrap_or(Phrase::NotSent);
                return html! { em class="explain-shown explain-absent" { (self.phrase(phrase)) } };
            }
        };
        // Digits that stand for bytes are told from text, so that nobody looks for words in them.
        let class = match value.form {
            Form::Base64url | Form::Hexadecimal => "explain-bytes",
            _ => "explain-text",
        };
        let shown = visible(shown);
        html! {
            @if shown.chars().count() > SHORT {
                details {
                    summary {
                        (code(class, &shorten(&shown))) " " span class="explain-open" { (self.phrase(Phrase::InFull)) }
                    }
                    (code(class, &shown))
                }
            } @else if value.form == Form::Words {
                span class="explain-shown" { (shown) }
            } @else {
                (code(class, &shown))
            }
            @if let Some(bytes) = value.bytes {
                span class="explain-size" {
                    (bytes) " " (self.phrase(Phrase::Bytes))
                    @if value.form == Form::Base64url { " " (self.phrase(Phrase::AsBase64url)) }
                    @if value.form == Form::Hexadecimal { " " (self.phrase(Phrase::AsHexadecimal)) }
                }
            }
        }
    }

    fn check(&mut self, check: &Check) -> Markup {
        let (class, phrase) = match check.outcome {
            Outcome::Passed => ("explain-passed", Phrase::Passed),
            Outcome::Failed => ("explain-failed", Phrase::Failed),
            Outcome::NotReached => ("explain-unreached", Phrase::NotReached),
            Outcome::NotRequired => ("explain-unreached", Phrase::NotRequired),
        };
        let basis = match check.basis {
            _ if check.outcome == Outcome::NotReached || check.outcome == Outcome::NotRequired => None,
            Basis::Recomputed => Some(Phrase::Recomputed),
            Basis::Server => Some(Phrase::ByServer),
        };
        html! {
            li class={ "explain-check " (class) } {
                (pictures::outcome(check.outcome))
                div {
                    p class="explain-what" {
                        (self.text(check.what.text)) ": " strong { (self.phrase(phrase)) }
                    }
                    p class="explain-meaning" { (self.text(check.why.text)) }
                    @if let (Some(expected), Some(found)) = (&check.expected, &check.found) {
                        dl class="explain-compared" {
                            dt { (self.phrase(Phrase::Expected)) } dd { (compared(expected)) }
                            dt { (self.phrase(Phrase::Found)) } dd { (compared(found)) }
                        }
                    }
                    p class="explain-note" {
                        @if let Some(basis) = basis { (self.phrase(basis)) " · " }
                        (self.spec(check.spec))
                    }
                }
            }
        }
    }

    fn spec(&mut self, spec: Spec) -> Markup {
        html! {
            a href=(spec.url) rel="external noreferrer" {
                "WebAuthn " (spec.section)
                @if let Some(step) = spec.step { ", " (self.phrase(Phrase::Step)) " " (step) }
            }
        }
    }
}

fn code(class: &str, text: &str) -> Markup {
    html! { code class=(class) { bdi { (text) } } }
}

fn compared(text: &str) -> Markup {
    let text = visible(text);
    code("explain-bytes", &if text.chars().count() > 4 * SHORT { shorten(&text) } else { text })
}

fn shorten(text: &str) -> String {
    let count = text.chars().count();
    let head = text.chars().take(16);
    let tail = text.chars().skip(count.saturating_sub(8));
    head.chain(['…']).chain(tail).collect()
}

/// Signs that would not be seen, or would turn the text around, as their code.
fn visible(text: &str) -> String {
    let hidden = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|sign| if hidden(sign) { sign.escape_unicode().to_string() } else { sign.to_string() }).collect()
}
