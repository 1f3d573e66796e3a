//! Every `.json` under `tests/fixtures` states how a file beside it is opened and what is expected of it; adding a case
//! is adding a file. `generate.py` there writes them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod case;

use case::{Case, Expect, ExpectedEntry};
use rekey_vault::{Entry, Format, Import, Lock, ReadError, Totp, accounts, detect, read};
use secrecy::ExposeSecret;

/// The kind of error and, where it has one, the part or cost it names.
fn described(error: &ReadError) -> (String, Option<String>) {
    let detail = match error {
        ReadError::Damaged { part } => Some(part.name().to_owned()),
        ReadError::TooCostly { cost, .. } => Some(cost.name().to_owned()),
        ReadError::KeyFileInvalid(error) => Some(format!("{error:?}").to_lowercase()),
        _ => None,
    };
    (error.code().to_owned(), detail)
}

fn check(case: &Case) {
    let name = &case.name;
    let got = read(&case.bytes(), &case.unlock(), &case.options());
    match (&case.expect, got) {
        (Expect::Error { error, detail }, Err(got)) => {
            let (code, part) = described(&got);
            assert_eq!(&code, error, "{name}");
            assert!(detail.is_none() || detail == &part, "{name}: {part:?} instead of {detail:?}");
        }
        (Expect::Error { error, .. }, Ok(_)) => panic!("{name}: read, and {error} was expected"),
        (Expect::Entries { .. }, Err(got)) => panic!("{name}: {got}"),
        (Expect::Entries { .. }, Ok(import)) => check_import(case, import),
    }
}

fn check_import(case: &Case, import: Import) {
    let name = &case.name;
    let Expect::Entries {
        format,
        entries,
        tokens,
        problems,
        recycled,
        templates,
        not_logins,
        accounts: expected_accounts,
        account_problems,
    } = &case.expect
    else {
        unreachable!("the caller matched it")
    };
    if let Some(format) = format {
        assert_eq!(import.format.name(), format, "{name}");
    }
    assert_eq!(import.entries.len(), entries.len(), "{name}: {:?}", import.entries);
    for (got, expect) in import.entries.iter().zip(entries) {
        check_entry(name, got, expect);
    }
    let code = |totp: &Totp| totp.code(totp.step(59)).expose_secret().to_owned();
    let got = import.tokens.iter().map(|t| (t.issuer.to_string(), t.name.to_string(), code(&t.totp)));
    assert_eq!(&got.collect::<Vec<_>>(), tokens, "{name}");
    let pairs = |problems: &[rekey_vault::Problem]| -> Vec<(String, String)> {
        problems.iter().map(|problem| (problem.location.clone(), problem.code.name().to_owned())).collect()
    };
    assert_eq!(&pairs(&import.problems), problems, "{name}");
    assert_eq!((import.left_out.recycled, import.left_out.templates), (*recycled, *templates), "{name}");
    if let Some(not_logins) = not_logins {
        assert_eq!(import.left_out.not_logins, *not_logins, "{name}");
    }
    let grouped = accounts(vec![import.entries], &|_| None);
    if let Some(expected) = expected_accounts {
        let got: Vec<_> = grouped
            .accounts
            .iter()
            .map(|account| {
                let password = account.password().map(|password| password.expose_secret().to_owned());
                (account.site.as_str().to_owned(), account.user_name.clone(), password.unwrap_or_default())
            })
            .collect();
        assert!(&got == expected, "{name}: the accounts are wrong");
    }
    if let Some(expected) = account_problems {
        assert_eq!(&pairs(&grouped.problems), expected, "{name}");
    }
}

fn check_entry(name: &str, got: &Entry, expect: &ExpectedEntry) {
    let title = &got.title;
    assert_eq!((&**title, &*got.group), (expect.title.as_str(), expect.group.as_str()), "{name}");
    assert_eq!(*got.user_name, *expect.user_name, "{name}/{title}");
    assert_eq!(
        got.other_names().iter().map(|n| n.to_string()).collect::<Vec<_>>(),
        expect.other_names,
        "{name}/{title}"
    );
    // Not with assert_eq: test output shows no password, not even a made-up one.
    let password = got.password.as_ref().map(|password| password.expose_secret());
    assert!(password == expect.password.as_deref(), "{name}/{title}: the password is wrong");
    assert_eq!(got.urls.iter().map(|url| url.to_string()).collect::<Vec<_>>(), expect.urls, "{name}/{title}");
    let code = got.totp.as_ref().map(|totp| totp.code(totp.step(59)));
    assert_eq!(code.as_ref().map(|code| code.expose_secret()), expect.totp_at_59.as_deref(), "{name}/{title}");
    match &expect.passkeys {
        None => assert_eq!(!got.passkeys().is_empty(), expect.has_passkey, "{name}/{title}"),
        Some(passkeys) => {
            let pair = |passkey: &rekey_vault::Passkey| (passkey.rp_id.to_string(), passkey.user_name.to_string());
            assert_eq!(&got.passkeys().iter().map(pair).collect::<Vec<_>>(), passkeys, "{name}/{title}");
        }
    }
    assert_eq!(got.is_archived(), expect.archived, "{name}/{title}");
    if let Some(extras) = &expect.extras {
        let pair = |extra: &rekey_vault::Extra| (extra.label.to_string(), extra.value.expose_secret().to_owned());
        assert!(&got.extras().iter().map(pair).collect::<Vec<_>>() == extras, "{name}/{title}: {:?}", got.extras());
    }
    assert_eq!(got.expires_at(), expect.expires_at, "{name}/{title}");
    if let Some(changed_at) = expect.password_changed_at {
        assert_eq!(got.password_changed_at(), changed_at, "{name}/{title}");
    }
    if let Some(modified_at) = expect.modified_at {
        assert_eq!(got.modified_at(), modified_at, "{name}/{title}");
    }
}

#[test]
fn every_fixture_is_read_as_it_states() {
    let cases = case::all();
    assert!(cases.len() > 100, "only {} fixtures were found", cases.len());
    for case in &cases {
        check(case);
    }
}

/// A folder that is called as a format has that format's files, and no other format claims them. The folder `csv` has
/// tables that a person says the columns of, whatever program's they look like.
#[test]
fn fixtures_are_of_the_format_that_their_folder_names() {
    let mut seen = std::collections::HashSet::new();
    for case in case::all() {
        let folder = case.name.split_once('/').map_or("", |(folder, _)| folder);
        let Ok(format) = folder.parse::<Format>() else { continue };
        if folder == "csv" || !matches!(case.expect, Expect::Entries { .. }) {
            continue;
        }
        let found = detect(&case.bytes()).unwrap_or_else(|| panic!("{} is recognised as nothing", case.name));
        assert_eq!(found.format, format, "{}", case.name);
        assert!(case.password.is_none() || found.lock != Lock::Open, "{} has a password", case.name);
        seen.insert(format);
    }
    assert!(seen.len() >= 12, "only {seen:?} have a folder");
}

/// No single changed bit and no cut of a file is read as something else than the intact file.
#[test]
fn damage_is_never_read_as_a_vault() {
    for name in ["kdbx4-aes-kdf", "kdbx3-aes-salsa20"] {
        let case = case::named(name);
        let bytes = case.bytes();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            if let Ok(import) = read(&changed, &case.unlock(), &case.options()) {
                check_import(&case, import);
            }
            if let Ok(import) = read(&bytes[..at], &case.unlock(), &case.options()) {
                check_import(&case, import);
            }
        }
    }
}
