//! Accounts that are signed in to with an account somewhere else, where the vault says so in words.

use rekey_origin::Site;
use secrecy::ExposeSecret as _;

use crate::Account;

/// The providers by the names that people write, as words in lower case, and their sites. Not the letter `x` alone: it is
/// a tick more often than a name.
const PROVIDERS: [(&[&str], &str); 13] = [
    (&["google"], "google.com"),
    (&["google", "account"], "google.com"),
    (&["apple"], "apple.com"),
    (&["apple", "id"], "apple.com"),
    (&["apple", "account"], "apple.com"),
    (&["microsoft"], "microsoft.com"),
    (&["microsoft", "account"], "microsoft.com"),
    (&["facebook"], "facebook.com"),
    (&["github"], "github.com"),
    (&["amazon"], "amazon.com"),
    (&["twitter"], "x.com"),
    (&["x", "twitter"], "x.com"),
    (&["linkedin"], "linkedin.com"),
];

/// What says it, in English, German and Spanish: the words before and those behind the provider's name.
const PHRASES: [(&[&str], &[&str]); 21] = [
    (&["sign", "in", "with"], &[]),
    (&["signin", "with"], &[]),
    (&["log", "in", "with"], &[]),
    (&["login", "with"], &[]),
    (&["continue", "with"], &[]),
    (&["sign", "in", "via"], &[]),
    (&["signin", "via"], &[]),
    (&["log", "in", "via"], &[]),
    (&["login", "via"], &[]),
    (&["mit"], &["anmelden"]),
    (&["mit"], &["einloggen"]),
    (&["über"], &["anmelden"]),
    (&["anmelden", "mit"], &[]),
    (&["anmeldung", "mit"], &[]),
    (&["anmeldung", "über"], &[]),
    (&["login", "mit"], &[]),
    (&["iniciar", "sesión", "con"], &[]),
    (&["inicia", "sesión", "con"], &[]),
    (&["iniciar", "sesion", "con"], &[]),
    (&["inicia", "sesion", "con"], &[]),
    (&["acceder", "con"], &[]),
];

/// What says it in a note or for a user name. Of a title it would say nothing: it may be the provider's own account.
const SHORT_PHRASES: [(&[&str], &[&str]); 2] = [(&[], &["login"]), (&["sso"], &[])];

/// Fields that hold the provider's name, beside the phrases that a provider's name ends.
const FIELDS: [&[&str]; 3] = [&["sso"], &["sso", "provider"], &["single", "sign", "on"]];

/// A longer text is prose, of which nothing is certain.
const MOST_WORDS: usize = 6;
/// Notes of more lines may be anything, the copy of a sign-in page for one.
const MOST_LINES: usize = 3;

/// The site of the provider whose account this one is signed in to with.
///
/// Only what is certain: the account has no password, a text of its says nothing else (a user name or title, the words in
/// brackets behind a title, a line of a short note, or a field such as *Sign in with: Google*), and no other text names
/// another provider.
pub fn signs_in_with(account: &Account) -> Option<Site> {
    if !account.passwords.is_empty() {
        return None;
    }
    let in_brackets = account.title.trim_end().strip_suffix(')').and_then(|title| title.rsplit_once('('));
    let titles = [Some(account.title.as_str()), in_brackets.map(|(_, words)| words)];
    let of_titles = titles.into_iter().flatten().map(|text| said_by(text, &PHRASES));
    let of_user_name = std::iter::once(said(&account.user_name));
    let of_extras = account.extras.iter().map(|extra| {
        let value = extra.value.expose_secret();
        if extra.label.is_empty() { noted(value) } else { filled_in(&extra.label, value) }
    });
    let mut named = of_titles.chain(of_user_name).chain(of_extras).flatten();
    let first = named.next()?;
    named.all(|other| other == first).then(|| Site::parse(first))?
}

/// What a note says: one provider in a line of its own.
fn noted(note: &str) -> Option<&'static str> {
    let lines = || note.lines().filter(|line| !line.trim().is_empty());
    if lines().nth(MOST_LINES).is_some() {
        return None;
    }
    let mut named = lines().filter_map(said);
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// What a field says that asks for a provider.
fn filled_in(label: &str, value: &str) -> Option<&'static str> {
    let label = words(label)?;
    let phrases = PHRASES.iter().filter(|(_, behind)| behind.is_empty()).map(|(before, _)| *before);
    let asks = phrases.chain(FIELDS).any(|field| are(&label, field));
    if asks { provider(&words(value)?) } else { None }
}

fn said(text: &str) -> Option<&'static str> {
    said_by(text, &PHRASES).or_else(|| said_by(text, &SHORT_PHRASES))
}

/// The provider that the whole text names in one of these phrases.
fn said_by(text: &str, phrases: &[(&[&str], &[&str])]) -> Option<&'static str> {
    let words = words(text)?;
    phrases.iter().find_map(|(before, behind)| {
        let (start, rest) = words.split_at_checked(before.len())?;
        let (name, end) = rest.split_at_checked(rest.len().checked_sub(behind.len())?)?;
        if are(start, before) && are(end, behind) { provider(name) } else { None }
    })
}

fn provider(name: &[&str]) -> Option<&'static str> {
    PROVIDERS.iter().find(|(words, _)| are(name, words)).map(|(_, site)| *site)
}

/// The words of a short text, which are not copied: it may be a secret. `None` of a long one, and of a question.
fn words(text: &str) -> Option<Vec<&str>> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first: Vec<&str> = words.by_ref().take(MOST_WORDS).collect();
    (words.next().is_none() && !text.contains('?')).then_some(first)
}

/// Whether words are these, but for case.
fn are(words: &[&str], expected: &[&str]) -> bool {
    let is = |(word, expected): (&&str, &&str)| word.chars().flat_map(char::to_lowercase).eq(expected.chars());
    words.len() == expected.len() && words.iter().zip(expected).all(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Entry;

    /// An account of these fields, of which the one named `""` is the note.
    fn check(fields: &[(&str, &str)], expect: Option<&str>) {
        let mut entry = Entry::default();
        entry.add_url("https://canva.com/");
        for (name, value) in fields {
            match *name {
                "title" => entry.title = (*value).into(),
                "user" => entry.user_name = (*value).into(),
                "password" => entry.set_password(value),
                name => entry.add_extra(name, value),
            }
        }
        let account = crate::accounts(vec![vec![entry]], &|_| None).accounts.remove(0);
        let got = signs_in_with(&account);
        assert_eq!(got.as_ref().map(Site::as_str), expect, "{fields:?}");
    }

    #[test]
    fn what_is_said_in_so_many_words_counts() {
        let google = Some("google.com");
        for phrase in [
            "Sign in with Google",
            "sign-in with google.",
            "  LOG IN WITH GOOGLE  ",
            "Login via Google",
            "Log in with: Google",
            "Continue with Google account",
            "Mit Google anmelden",
            "Über Google anmelden!",
            "Anmeldung über Google",
            "Inicia sesión con Google",
            "INICIAR SESIÓN CON GOOGLE",
            "iniciar sesion con google",
        ] {
            check(&[("", phrase)], google);
            check(&[("user", phrase)], google);
            check(&[("title", phrase)], google);
            check(&[("title", &format!("Canva ({phrase})"))], google);
        }
        check(&[("", "Google login")], google);
        check(&[("user", "SSO: Google")], google);
        check(&[("", "Created in 2019\r\n\r\nSign in with Google\nFamily plan")], google);
        for field in ["Sign in with", "login_with", "SSO", "SSO provider", "Anmelden mit", "Iniciar sesión con"] {
            check(&[("user", "ana@example.org"), (field, "Google")], google);
        }
        for (name, site) in [
            ("Apple ID", "apple.com"),
            ("Microsoft", "microsoft.com"),
            ("facebook", "facebook.com"),
            ("GitHub", "github.com"),
            ("Amazon", "amazon.com"),
            ("X (Twitter)", "x.com"),
            ("Twitter", "x.com"),
            ("LinkedIn", "linkedin.com"),
        ] {
            check(&[("Sign in with", name)], Some(site));
            check(&[("", &format!("Sign in with {name}"))], Some(site));
        }
        check(&[("title", "Canva (login with Google)"), ("", "Google login")], google);
    }

    #[test]
    fn what_is_not_certain_does_not() {
        let none = |fields: &[(&str, &str)]| check(fields, None);
        none(&[]);
        // It has a password.
        none(&[("password", "p"), ("", "Sign in with Google")]);
        none(&[("password", "p"), ("Sign in with", "Google")]);
        none(&[("password", " "), ("user", "Sign in with Google")]);
        // Who that is nobody knows, or it is no provider.
        for name in ["", "my account", "Okta", "X", "yes", "password", "Googol", "Google or Apple", "Gооgle"] {
            none(&[("Sign in with", name)]);
            none(&[("", &format!("Sign in with {name}"))]);
        }
        // Prose, doubts, and what says something else.
        for text in [
            "I used to sign in with Google, but no longer",
            "Do not sign in with Google",
            "Don't log in with Facebook",
            "Sign in with Google?",
            "Sign in with Google or the password from the letter",
            "Nicht mit Google anmelden",
            "Sign up with Google",
            "Google",
            "google.com",
            "Recovery: ana@gmail.com",
            "No inicies sesión con Google",
            "Email\nPassword\nSign in with Google\nForgot password",
            "Sign in with Google\nSign in with Apple",
        ] {
            none(&[("", text)]);
            none(&[("user", text)]);
            none(&[("title", text)]);
        }
        // A title names an account of the provider's as often.
        none(&[("title", "Google login")]);
        none(&[("title", "Canva (Google)")]);
        none(&[("title", ")"), ("user", "(")]);
        // Fields that ask for something else, or do not ask.
        none(&[("Recovery account", "Google")]);
        none(&[("Provider", "Google")]);
        none(&[("Sign in with Google", "no")]);
        none(&[("Do not sign in with", "Google")]);
        none(&[("SSO", "enabled")]);
        // One says this, the other that.
        none(&[("Sign in with", "Google"), ("", "Login via Apple")]);
    }
}
