//! The explanation as data. Serialised it is what `GET /explain` answers; its texts are in the language asked for, its
//! names and codes are the same in every language.

use serde::Serialize;

use super::words::Said;

/// One ceremony, explained.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Explanation {
    /// `registration`, `sign-in` or `second-factor`.
    pub(crate) ceremony: &'static str,
    /// Seconds since 1970.
    pub(crate) at: u64,
    /// The account's user name, where the site knew it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<String>,
    pub(crate) outcome: Verdict,
    /// In the order in which they happened.
    pub(crate) steps: Vec<Step>,
    /// The technical terms in the texts above, in the order in which they appear first.
    pub(crate) terms: Vec<TermEntry>,
}

/// How it ended.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Verdict {
    pub(crate) accepted: bool,
    pub(crate) text: Said,
    /// The check that failed, by its `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<&'static str>,
    /// What that means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) because: Option<Said>,
    /// The server's own words for the refusal, English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// What is safe and what is worth knowing now.
    pub(crate) safe: Vec<Said>,
}

/// Which of the four parts did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    /// The relying party's server.
    Server,
    /// The relying party's page.
    Page,
    /// The WebAuthn client.
    Browser,
    /// The authenticator.
    Provider,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Server, Self::Page, Self::Browser, Self::Provider];

    /// As in the JSON.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Page => "page",
            Self::Browser => "browser",
            Self::Provider => "provider",
        }
    }
}

/// One step of the ceremony.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Step {
    /// The part that acts.
    pub(crate) part: Part,
    pub(crate) title: Said,
    pub(crate) text: Vec<Said>,
    pub(crate) values: Vec<Value>,
    pub(crate) checks: Vec<Check>,
}

/// One value of the ceremony.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Value {
    /// Stable name.
    pub(crate) name: &'static str,
    pub(crate) label: Said,
    /// Where it stands in the options, the answer, the client data or the authenticator data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<&'static str>,
    /// How `shown` is written.
    #[serde(rename = "as")]
    pub(crate) form: Form,
    /// In full. `null` where there is nothing to show.
    pub(crate) shown: Option<String>,
    /// The size, where it is bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bytes: Option<usize>,
    pub(crate) meaning: Said,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Form {
    Base64url,
    Hexadecimal,
    /// Text or numbers as they stand.
    Text,
    /// Words in the language asked for.
    Words,
    /// It is not there, and need not be.
    NotSent,
    /// It is there, and is not what it should be.
    NotReadable,
    /// The private key: it never gets here.
    NeverHere,
}

/// One check.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Check {
    /// Stable name.
    pub(crate) name: &'static str,
    /// The part that checks.
    pub(crate) part: Part,
    pub(crate) what: Said,
    /// What it is good for.
    pub(crate) why: Said,
    pub(crate) outcome: Outcome,
    pub(crate) basis: Basis,
    /// What should have been there and what was, where a failed check compares two values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found: Option<String>,
    pub(crate) spec: Spec,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Passed,
    Failed,
    /// The site had stopped before.
    NotReached,
    /// Nothing to check in this ceremony.
    NotRequired,
}

/// Where an outcome comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Basis {
    /// Done again for this explanation, with the values shown.
    Recomputed,
    /// Follows from the server's decision: it needs what only the server knows.
    Server,
}

/// Where Web Authentication Level 3 asks for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Spec {
    pub(crate) url: &'static str,
    /// The section's number, and the step's where its steps are numbered.
    pub(crate) section: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<u8>,
}

/// A technical term.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct TermEntry {
    pub(crate) term: &'static str,
    pub(crate) definition: &'static str,
}
