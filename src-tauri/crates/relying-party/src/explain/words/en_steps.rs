//! Parts, steps, outcomes and the panel's own words, English.

use super::{OutcomeKey, PartWords, Phrase, StepKey, StepWords, Text};
use crate::explain::explanation::Part;

pub(super) fn part(part: Part) -> PartWords {
    let (name, text) = match part {
        Part::Server => (
            "The site’s server",
            "Asks the questions, checks every answer and keeps the accounts. The standard calls it the {relying-party}.",
        ),
        Part::Page => (
            "The site’s page",
            "What you see. It carries messages between the server and the browser and decides nothing.",
        ),
        Part::Browser => (
            "Your browser",
            "Knows the true address of the page, whatever the page says. The standard calls it the {client}.",
        ),
        Part::Provider => {
            ("Your passkey provider", "Keeps the secret and asks you. The standard calls it the {authenticator}.")
        }
    };
    PartWords { name, text: Text(text) }
}

pub(super) fn step(step: StepKey) -> StepWords {
    let (title, text): (_, &[&str]) = match step {
        StepKey::AskToMake => (
            "The site asks for a new passkey",
            &["The server makes up a {challenge} and says what it would like. It waits five minutes for one answer."],
        ),
        StepKey::AskToSign { named: false } => (
            "The site asks who is there",
            &[
                "The server makes up a {challenge} and waits five minutes for one answer. It names no account: any passkey \
               of this site may answer.",
            ],
        ),
        StepKey::AskToSign { named: true } => (
            "The site asks for your passkey",
            &[
                "The server makes up a {challenge} and waits five minutes for one answer. It knows which account is meant \
               and names the passkeys of that account.",
            ],
        ),
        StepKey::PassOn { conditional: false, .. } => (
            "The page passes the question on",
            &[
                "The page calls the browser by {webauthn} and waits. Anybody could have tampered with a page, so nothing \
               rests on it: the server will check all that it sends back.",
            ],
        ),
        StepKey::PassOn { registration: true, conditional: true } => (
            "The page passes the question on, quietly",
            &[
                "You had just signed in with your password, so the page asked by {webauthn} for a passkey as well. The \
                 request was {conditional}.",
                "Anybody could have tampered with a page, so nothing rests on it: the server will check all that it \
                 sends back.",
            ],
        ),
        StepKey::PassOn { registration: false, conditional: true } => (
            "The page passes the question on, quietly",
            &[
                "The page asked by {webauthn} as soon as it was open, and your passkey was among the suggestions of the \
                 field for the name. The request was {conditional}.",
                "Anybody could have tampered with a page, so nothing rests on it: the server will check all that it \
                 sends back.",
            ],
        ),
        StepKey::Browser => (
            "The browser looks where the question comes from",
            &["It does not ask the page for its address, it knows it. It goes on only if the RP ID belongs to that \
               address: this is why a copy of the site elsewhere gets nothing. Then it writes down what it saw, as {json}: the \
               {client-data}."],
        ),
        StepKey::Make => (
            "Your passkey provider makes two keys",
            &["It asks you, makes two keys and keeps the secret one. The other values below are all that leaves it."],
        ),
        StepKey::Sign => (
            "Your passkey provider answers with your passkey",
            &["It looks among the passkeys of this site only and asks you. Then it puts a {signature} to what it \
               reports and to the hash of the client data. All values below leave it, but for the first, which stays."],
        ),
        StepKey::LookUp { found: true } => (
            "The site looks up what it has",
            &["By the credential ID it finds what it stored when this passkey was made."],
        ),
        StepKey::LookUp { found: false } => (
            "The site looks up what it has",
            &["It found no key that goes with this answer, so there was nothing to check the answer against."],
        ),
        StepKey::Check => (
            "The site checks the answer",
            &["Nothing in the answer is believed before. The site stops at the first check that fails."],
        ),
        StepKey::Kept => (
            "What the site keeps",
            &["This is now with your account. Whoever steals it cannot sign in with it: the secret is not among it."],
        ),
        StepKey::NotKept => (
            "What the site did not keep",
            &["It threw the answer away: no key, no number and no name of this passkey is with your account."],
        ),
        StepKey::SignedIn => (
            "What changed",
            &[
                "The site took you for the owner of this account. Of the answer it keeps the new sign count and whether a \
               copy of the passkey exists. The challenge is used up.",
            ],
        ),
        StepKey::NotSignedIn => (
            "What did not change",
            &["This answer signed nobody in. The challenge is used up, and the next attempt begins with a new one."],
        ),
    };
    StepWords { title: Text(title), text: text.iter().map(|text| Text(text)).collect() }
}

pub(super) fn outcome(key: OutcomeKey) -> &'static str {
    match key {
        OutcomeKey::Saved => "The site has checked and saved your new {passkey}.",
        OutcomeKey::SignedIn => "Your {passkey} signed you in.",
        OutcomeKey::Confirmed => "Your {passkey} confirmed, after the password, that it is you.",
        OutcomeKey::RefusedRegistration => "The site did not take this {passkey}.",
        OutcomeKey::RefusedSignIn => "The site did not accept this answer of a {passkey}.",
        OutcomeKey::NothingStored => "Nothing was stored. Your account is as it was.",
        OutcomeKey::LeftOver => {
            "Your passkey provider may now hold a passkey that this site does not know. You can delete it there."
        }
        OutcomeKey::NobodySignedIn => "Nobody was signed in by this.",
        OutcomeKey::OthersAsBefore => "The passkeys that the site has of you are good as before.",
        OutcomeKey::Suspended => {
            "The site takes this passkey no more. Your other ways to sign in are good as before: sign in with one of them \
             and remove it."
        }
        OutcomeKey::SecretStayed => "The secret has not left your passkey provider.",
    }
}

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Title => "What just happened",
        Phrase::Accepted => "Accepted",
        Phrase::Refused => "Refused",
        Phrase::TheReason => "The server’s note:",
        Phrase::GoodToKnow => "Good to know",
        Phrase::Parts => "Four parts work together",
        Phrase::Steps => "Step by step",
        Phrase::Values => "Values",
        Phrase::Checks => "Checks",
        Phrase::Passed => "passed",
        Phrase::Failed => "failed",
        Phrase::NotReached => "not reached",
        Phrase::NotRequired => "nothing to check",
        Phrase::Recomputed => "calculated again for this page",
        Phrase::ByServer => "by the server’s decision",
        Phrase::Expected => "Expected",
        Phrase::Found => "Found",
        Phrase::Bytes => "{byte|bytes}",
        Phrase::AsBase64url => "as {base64url}",
        Phrase::AsHexadecimal => "as {hexadecimal}",
        Phrase::NotSent => "not sent",
        Phrase::NotReadable => "not readable",
        Phrase::NeverHere => "never here",
        Phrase::InFull => "in full",
        Phrase::Step => "step",
        Phrase::Set => "1, yes",
        Phrase::NotSet => "0, no",
        Phrase::Yes => "yes",
        Phrase::No => "no",
        Phrase::NoneListed => "none",
    }
}
