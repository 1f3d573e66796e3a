//! No technical term stands on the panel before it is explained, whatever the ceremony and the language.

use super::ceremony::{Scene, Tricks, edit_client_data, refused, unnamed};
use super::html;
use crate::challenges::ChallengeError;
use crate::explain::words::{Phrase, Piece, Term, Text};
use crate::explain::{CeremonyKind, Language, Trace, explain, panel};
use crate::routes::Refusal;

const LANGUAGES: [Language; 2] = [Language::English, Language::Spanish];

/// Words that nobody but specialists knows. Each must be a term of the glossary, or must not be said at all.
const JARGON: &[&str] = &[
    "AAGUID",
    "AT",
    "BE",
    "BS",
    "CBOR",
    "COSE",
    "CTAP",
    "ECDSA",
    "ED",
    "ES256",
    "FIDO",
    "JSON",
    "P-256",
    "PKI",
    "RP",
    "RP ID",
    "SHA-256",
    "UP",
    "UV",
    "WebAuthn",
    "algorithm",
    "assertion",
    "attestation",
    "authenticator",
    "authenticator data",
    "base64url",
    "byte",
    "ceremony",
    "ceremonia",
    "client",
    "client data",
    "conditional",
    "credential",
    "credential ID",
    "curve",
    "discoverable",
    "flags",
    "hash",
    "hexadecimal",
    "mediation",
    "nonce",
    "origin",
    "passkey",
    "private key",
    "public key",
    "relying party",
    "resident key",
    "sign count",
    "signature",
    "user handle",
    "user verification",
    "aserción",
    "atestación",
    "desafío",
    "firma",
    "clave pública",
    "clave privada",
    "origen",
    "credencial",
    "autenticador",
    "indicadores",
    "curva",
    "algoritmo",
    "parte usuaria",
];

/// Words as they are compared: `clientDataJSON` is three.
fn words(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for sign in text.chars() {
        if before.is_lowercase() && sign.is_uppercase() || !sign.is_alphanumeric() {
            spaced.push(' ');
        }
        if sign.is_alphanumeric() {
            spaced.push(sign);
        }
        before = sign;
    }
    spaced.split(' ').filter(|word| !word.is_empty()).map(fold).collect()
}

/// Capitals count only in abbreviations: `BE` is not `be`.
fn fold(word: &str) -> String {
    let abbreviation = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    if abbreviation { word.to_owned() } else { word.to_lowercase() }
}

fn forms(language: Language, term: Term) -> Vec<Vec<String>> {
    let term = language.term(term);
    std::iter::once(term.name).chain(term.forms.iter().copied()).map(words).collect()
}

/// What is wrong with the terms of a panel.
fn problems(html: &str, language: Language) -> Vec<String> {
    let runs = html::text(html);
    let said: Vec<(String, Option<&str>)> = runs
        .iter()
        .filter(|run| !run.bytes)
        .flat_map(|run| words(&run.text).into_iter().map(|word| (word, run.term.as_deref())))
        .collect();
    let first = |form: &[String]| {
        let fits =
            |at: &usize| form.iter().enumerate().all(|(i, word)| said.get(at + i).is_some_and(|(w, _)| w == word));
        (0..said.len()).find(fits)
    };
    let context = |at: usize| {
        said[at.saturating_sub(6)..(at + 4).min(said.len())]
            .iter()
            .map(|(w, _)| w.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut problems = Vec::new();
    for term in Term::ALL {
        let place = forms(language, *term).iter().filter_map(|form| first(form)).min();
        if let Some(at) = place
            && said[at].1 != Some(term.key())
        {
            problems.push(format!("{}: …{}…", term.key(), context(at)));
        }
        let count = html.matches(&format!("data-term=\"{}\"", term.key())).count();
        if count > 1 {
            problems.push(format!("{} is defined {count} times", term.key()));
        }
    }
    let known: Vec<_> = Term::ALL.iter().flat_map(|term| forms(language, *term)).collect();
    for jargon in JARGON.iter().map(|jargon| words(jargon)) {
        let covered = known.iter().any(|form| form.windows(jargon.len()).any(|part| part == jargon));
        if let (false, Some(at)) = (covered, first(&jargon)) {
            problems.push(format!("{jargon:?} is never explained: …{}…", context(at)));
        }
    }
    problems
}

async fn traces() -> Vec<Trace> {
    let mut traces = Vec::new();
    for conditional in [false, true] {
        traces.push(Scene::new().register(conditional, Tricks::default()).await);
        for named in [false, true] {
            let mut scene = Scene::registered().await;
            traces.push(scene.sign_in(CeremonyKind::SignIn { conditional, named }, Tricks::default()).await);
        }
    }
    traces.push(Scene::registered().await.sign_in(CeremonyKind::SecondFactor, Tricks::default()).await);
    assert!(traces.iter().all(|trace| trace.refusal.is_none()));
    let accepted = traces.clone();
    for trace in accepted {
        // Refused before, between and after the checks, and with an answer that cannot be read.
        for refusal in [Refusal::Challenge(ChallengeError::Expired), Refusal::NotTaken] {
            traces.push(Trace { refusal: Some(refused(refusal)), ..trace.clone() });
        }
        let mut elsewhere = trace.clone();
        edit_client_data(&mut elsewhere.answer, |data| data["origin"] = "https://example.org".into());
        elsewhere.refusal = Some(unnamed("anything"));
        traces.push(elsewhere);
        let unknown = Some(refused(Refusal::UnknownCredential));
        traces.push(Trace { refusal: unknown, stored: None, ..trace.clone() });
        traces.push(Trace { answer: serde_json::json!({}), refusal: Some(unnamed("?")), ..trace });
    }
    traces
}

#[tokio::test]
async fn every_term_is_explained_where_it_first_appears() {
    for trace in traces().await {
        for language in LANGUAGES {
            let html = panel(&explain(&trace, language), language).into_string();
            let problems = problems(&html, language);
            assert!(problems.is_empty(), "{:?} {:?} {language:?}:\n{}", trace.kind, trace.refusal, problems.join("\n"));
        }
    }
}

#[test]
fn the_search_for_terms_finds_them() {
    let check = |html: &str, expect: usize| assert_eq!(problems(html, Language::English).len(), expect, "{html}");
    check("<p>nothing to explain, be it up or at</p>", 0);
    check("<p>the challenge</p>", 1);
    check("<p><span data-term=\"challenge\"><dfn>challenge</dfn> (…)</span> challenges</p>", 0);
    check("<p>challenges <span data-term=\"challenge\"><dfn>challenge</dfn></span></p>", 1);
    check("<p>the nonce</p>", 1);
    check("<code>clientDataJSON</code>", 3);
    check("<code class=\"explain-bytes\">UV-UP</code>", 0);
    check("<p>UV</p>", 1);
}

/// A mark that names no term would be shown as it stands.
#[tokio::test]
async fn every_mark_is_a_term_and_every_term_is_used() {
    let mut used = std::collections::BTreeSet::new();
    for trace in traces().await {
        for language in LANGUAGES {
            for said in explain(&trace, language).texts() {
                let marks = said.text.0.matches('{').count();
                let terms: Vec<_> = said
                    .text
                    .pieces()
                    .into_iter()
                    .filter_map(|p| match p {
                        Piece::Term(term, _) => Some(term),
                        Piece::Plain(_) => None,
                    })
                    .collect();
                assert_eq!(terms.len(), marks, "{}", said.text.0);
                used.extend(terms);
            }
        }
    }
    used.extend([Phrase::Bytes, Phrase::AsBase64url, Phrase::AsHexadecimal].into_iter().flat_map(|phrase| {
        let pieces = Language::Spanish.phrase(phrase).pieces();
        pieces.into_iter().filter_map(|p| if let Piece::Term(term, _) = p { Some(term) } else { None })
    }));
    // The four parts are named above the steps.
    used.extend([Term::RelyingParty, Term::Client, Term::Authenticator]);
    assert_eq!(used.len(), Term::ALL.len());
    assert_eq!(Text("a {challenge} of {no-such}").plain(Language::English), "a challenge of no-such");
}
