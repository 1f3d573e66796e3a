//! What stands around every page.

use std::fmt;

use maud::{DOCTYPE, Markup, html};

use super::difficulty;
use crate::Difficulty;
use crate::site::NAME;
use crate::texts::{Language, Texts};
use crate::visit::Visit;

/// What a page needs to know of the request that it answers.
#[derive(Clone)]
pub(crate) struct Frame {
    /// The words.
    pub(crate) texts: &'static Texts,
    /// The token of the session's forms.
    pub(crate) token: String,
    /// The user name of the person signed in.
    pub(crate) signed_in: Option<String>,
    /// Whether nobody but this computer reaches the site.
    pub(crate) stays_here: bool,
    /// Whether the sign-in pages offer a passkey.
    pub(crate) offers_passkeys: bool,
    /// What is hard for this visitor.
    pub(crate) difficulties: Vec<Difficulty>,
    /// Whether the visitor has still to answer the cookie banner.
    pub(crate) asks_for_cookies: bool,
}

impl fmt::Debug for Frame {
    /// Without the form token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("language", &self.texts.language)
            .field("signed_in", &self.signed_in)
            .field("stays_here", &self.stays_here)
            .field("offers_passkeys", &self.offers_passkeys)
            .field("difficulties", &self.difficulties)
            .field("asks_for_cookies", &self.asks_for_cookies)
            .finish_non_exhaustive()
    }
}

impl Frame {
    /// Whether this is hard for this visitor.
    pub(super) fn has(&self, difficulty: Difficulty) -> bool {
        self.difficulties.contains(&difficulty)
    }
}

impl From<&Visit> for Frame {
    fn from(visit: &Visit) -> Self {
        Self {
            texts: visit.texts,
            token: visit.form_token().to_owned(),
            signed_in: visit.signed_in().map(|account| account.user_name.clone()),
            stays_here: visit.site.stays_here,
            offers_passkeys: visit.offers_passkey_sign_in(),
            difficulties: visit.difficulties(),
            asks_for_cookies: visit.asks_for_cookies(),
        }
    }
}

/// A page without its frame.
#[derive(Debug)]
pub(crate) struct Page {
    /// What the browser's tab says.
    pub(crate) title: &'static str,
    /// The content of `main`.
    pub(crate) main: Markup,
    /// What is shown beside it, or below it where there is no room.
    pub(crate) aside: Option<Markup>,
    /// Scripts under `/assets/`.
    pub(crate) scripts: Vec<&'static str>,
    /// Style sheets under `/assets/`, beside the site's own.
    pub(crate) styles: Vec<&'static str>,
}

impl Page {
    /// A page of words and forms.
    pub(crate) fn new(title: &'static str, main: Markup) -> Self {
        Self { title, main, aside: None, scripts: Vec::new(), styles: Vec::new() }
    }

    /// The same with a script.
    pub(crate) fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// The same with a style sheet beside the site's own.
    pub(super) fn style(mut self, name: &'static str) -> Self {
        self.styles.push(name);
        self
    }

    /// The same with what happened in the last ceremony beside it, if there was one.
    pub(crate) fn beside(mut self, explanation: Option<Markup>) -> Self {
        if explanation.is_some() {
            self.styles.push("explain.css");
            self.aside = explanation;
        }
        self
    }

    /// The whole document.
    pub(crate) fn render(&self, frame: impl Into<Frame>) -> String {
        let frame = frame.into();
        let t = frame.texts;
        let banner = frame.asks_for_cookies.then(|| difficulty::banner(t));
        let scripts = self.scripts.iter().copied().chain(banner.as_ref().map(|_| difficulty::COOKIE_SCRIPT));
        let styles = self.styles.iter().copied().chain(banner.as_ref().map(|_| difficulty::STYLE));
        html! {
            (DOCTYPE)
            html lang=(t.language) dir=[(t.direction != "ltr").then_some(t.direction)] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="csrf-token" content=(frame.token);
                    title { (self.title) " · " (NAME) }
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/assets/style.css";
                    @for name in styles {
                        link rel="stylesheet" href={ "/assets/" (name) };
                    }
                    @for name in scripts {
                        script type="module" src={ "/assets/" (name) } {}
                    }
                }
                body {
                    @if let Some(banner) = &banner { (banner) }
                    header {
                        a.brand href="/" { (NAME) }
                        (corner(&frame))
                    }
                    div.columns {
                        main { (self.main) }
                        @if let Some(aside) = &self.aside {
                            aside aria-label=(t.aside) { (aside) }
                        }
                    }
                    @if frame.stays_here { footer { p { (t.stays_here) } } }
                }
            }
        }
        .into_string()
    }
}

/// The other languages, who is signed in, and the way out.
fn corner(frame: &Frame) -> Markup {
    let t = frame.texts;
    let others = [Language::English, Language::Spanish]
        .map(Language::texts)
        .into_iter()
        .filter(|other| other.language != t.language);
    html! {
        div.corner {
            @for other in others {
                a href={ "?lang=" (other.language) } lang=(other.language) hreflang=(other.language) { (other.language_name) }
            }
            @if let Some(name) = &frame.signed_in {
                form method="post" action="/sign-out" {
                    (token_field(frame))
                    a.person href="/account" { bdi { (name) } }
                    button.quiet type="submit" { (t.sign_out) }
                }
            }
        }
    }
}

/// The hidden field that every form carries.
pub(super) fn token_field(frame: &Frame) -> Markup {
    html! { input type="hidden" name="csrf_token" value=(frame.token); }
}
