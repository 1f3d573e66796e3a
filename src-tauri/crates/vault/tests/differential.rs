//! The KDBX fixtures read by three readers: this crate, KeePassXC's command line and the `keepass` crate; the KDB ones
//! by this crate and `keepass`.
//!
//! What differs is listed with the reason. For `keepass`, whose version is locked, the list is exact: a fixed defect
//! fails the test, so that the list is corrected. Of KeePassXC several versions are in use; a listed file may agree.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod case;

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};

use case::{Case, Expect};
use keepass::{Database, DatabaseKey};
use secrecy::ExposeSecret;

/// Title, user name, password, main address.
type Row = [String; 4];

/// How another reader compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Same,
    /// Opens the file and shows other entries.
    Differs,
    /// Opens the file, and the only difference is in passwords.
    WrongPasswords,
    Refuses,
    Panics,
}
use Outcome::{Differs, Panics, Refuses, Same, WrongPasswords};

/// The readable fixtures whose files end so.
fn cases(end: &str) -> impl Iterator<Item = Case> {
    case::all()
        .into_iter()
        .filter(move |case| case.file.ends_with(end) && matches!(case.expect, Expect::Entries { .. }))
}

fn ours(case: &Case) -> Vec<Row> {
    let import = rekey_vault::read(&case.bytes(), &case.unlock(), &case.options()).unwrap();
    let rows = import.entries.iter().map(|entry| {
        let password = entry.password.as_ref().map(|password| password.expose_secret().to_owned());
        let url = entry.urls.first().map(ToString::to_string).unwrap_or_default();
        [entry.title.to_string(), entry.user_name.to_string(), password.unwrap_or_default(), url]
    });
    sorted(rows.collect())
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

fn compare(ours: &[Row], theirs: Option<Vec<Row>>) -> Outcome {
    let Some(theirs) = theirs else { return Refuses };
    if theirs == ours {
        return Same;
    }
    let without = |rows: &[Row]| {
        sorted(
            rows.iter()
                .map(|[title, user, _, url]| [title.clone(), user.clone(), String::new(), url.clone()])
                .collect(),
        )
    };
    if without(ours) == without(&theirs) { WrongPasswords } else { Differs }
}

/// What `keepass` 0.17 does otherwise.
const KEEPASS: &[(&str, Outcome, &str)] = &[
    ("bad-colour", Refuses, "a colour that is none"),
    ("bad-timestamp", Refuses, "a time that is none"),
    ("binary-protected", Refuses, "an attachment inside the entry"),
    ("custom-data-protected", WrongPasswords, "does not count protected custom data"),
    ("duplicate-uuid", Refuses, "two entries of one id"),
    ("empty-fields", Refuses, "an entry without an id"),
    ("history-before-strings", WrongPasswords, "decrypts in the order of its structures, not of the document"),
    ("interleaved-binary", Refuses, "strings and attachments alternate"),
    ("keepass/kdb-contents", Refuses, "a password that is no text, an entry of no group"),
    ("keepass/kdb-key-alone-empty-password", Refuses, "an empty password beside a key file is a password to it"),
    ("keepass/kdb-levels", Refuses, "groups whose depth skips some"),
    ("keepass/kdb-password-1250", Refuses, "hashes the password in UTF-8 only"),
    ("keepass/kdb-password-1251", Refuses, "hashes the password in UTF-8 only"),
    ("keepass/kdb-password-1252", Refuses, "hashes the password in UTF-8 only"),
    ("keepass/references-by-text", Differs, "shows references as text, and the bin's entries"),
    ("keepass/templates", Differs, "shows templates and the bin's entries"),
    ("missing-uuid", Refuses, "an entry without an id"),
    ("negative-usage-count", Refuses, "a count below zero"),
    ("nested-500", Refuses, "its recursion ends earlier"),
    ("not-text", WrongPasswords, "shows a password that is not text as it can; here it is left out and told"),
    ("out-of-range-timestamp", Panics, "chrono's range"),
    ("recycle-bin", Differs, "shows the bin's entries"),
    ("references", Differs, "shows references as text"),
    ("short-uuid", Refuses, "an id of three bytes"),
    ("unknown-elements", Refuses, "an unknown element in a group"),
    ("written-by-pykeepass", Refuses, "strings and attachments alternate"),
];

/// What KeePassXC (2.7) does otherwise.
const KEEPASSXC: &[(&str, &str)] = &[
    ("duplicate-uuid", "keeps one of two entries with one id"),
    ("empty-fields", "refuses an entry without an id"),
    ("kdbx3-chacha20", "takes Salsa20 in KDBX 3 whatever the header says; no KeePassXC file says anything else"),
    ("keepass/references-by-text", "does not resolve references in an export, and exports the bin's entries"),
    ("keepass/templates", "exports templates and the bin's entries"),
    ("not-text", "shows a password that is not text as it can; here it is left out and told"),
    ("recycle-bin", "exports the bin's entries"),
    ("references", "does not resolve references in an export"),
    ("unknown-elements", "skips protected values in elements it does not know, where KeePass counts them"),
    ("value-before-key", "refuses an entry that has a field twice"),
    ("written-by-pykeepass", "exports the bin's entries"),
];

/// Takes KeePassXC's command line minutes.
const TOO_SLOW_FOR_KEEPASSXC: &str = "nested-500";

fn keepass(case: &Case) -> Option<Vec<Row>> {
    let mut key = DatabaseKey::new();
    if let Some(password) = &case.password {
        key = key.with_password(password);
    }
    if let Some(path) = case.key_path() {
        key = key.with_keyfile(&mut std::fs::File::open(path).unwrap()).ok()?;
    }
    let database = Database::parse(&case.bytes(), key).ok()?;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let rows = database.iter_all_entries().map(|entry| {
        [text(entry.get_title()), text(entry.get_username()), text(entry.get_password()), text(entry.get_url())]
    });
    Some(sorted(rows.collect()))
}

#[test]
fn keepass_agrees_but_for_the_known_defects() {
    let mut wrong = String::new();
    for case in cases(".kdbx").chain(cases(".kdb")) {
        let ours = ours(&case);
        let outcome = catch_unwind(AssertUnwindSafe(|| keepass(&case))).map_or(Panics, |rows| compare(&ours, rows));
        let expect = KEEPASS.iter().find(|(name, ..)| *name == case.name).map_or(Same, |(_, outcome, _)| *outcome);
        if outcome != expect {
            writeln!(wrong, "(\"{}\", {outcome:?}, \"\"), // {expect:?}", case.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// `None` where KeePassXC does not open the file.
fn keepassxc(case: &Case) -> Option<Vec<Row>> {
    let mut command = Command::new("keepassxc-cli");
    command.args(["export", "-q", "-f", "csv"]).arg(case.path());
    if let Some(path) = case.key_path() {
        command.arg("-k").arg(path);
    }
    if case.password.is_none() {
        command.arg("--no-password");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", case.password.as_deref().unwrap_or_default()).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut rows = csv(&String::from_utf8(output.stdout).unwrap()).into_iter();
    // With the heading the columns are known: group, title, user name, password, address.
    if !output.status.success() || rows.next()?.get(3).map(String::as_str) != Some("Password") {
        return None;
    }
    Some(sorted(rows.map(|row| [row[1].clone(), row[2].clone(), row[3].clone(), row[4].clone()]).collect()))
}

/// RFC 4180, with every field in quotes.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(character),
        }
    }
    rows
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped comparison says so")]
fn keepassxc_agrees_but_for_the_known_differences() {
    if Command::new("keepassxc-cli").arg("--version").output().is_err() {
        eprintln!("skipped: keepassxc-cli is not installed");
        return;
    }
    let mut wrong = String::new();
    for case in cases(".kdbx").filter(|case| case.name != TOO_SLOW_FOR_KEEPASSXC) {
        let outcome = compare(&ours(&case), keepassxc(&case));
        if outcome != Same && !KEEPASSXC.iter().any(|(name, _)| *name == case.name) {
            writeln!(wrong, "(\"{}\", \"\"), // {outcome:?}", case.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What `keepass` writes (Rekey's practice vault, for one) is read as it was meant.
#[test]
fn a_file_written_by_keepass_is_read() {
    let mut database = Database::new();
    let mut group = database.root_mut();
    let mut group = group.add_group();
    group.edit(|group| group.name = "Practice".into());
    group.add_entry().edit(|entry| {
        entry.set_unprotected("Title", "One");
        entry.set_unprotected("UserName", "ann");
        entry.set_protected("Password", "пароль & <b> \"");
        entry.set_unprotected("URL", "http://localhost:8080/");
        entry.set_protected("otp", "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    });
    let mut file = Vec::new();
    database.save(&mut file, DatabaseKey::new().with_password("a passphrase")).unwrap();
    let unlock = rekey_vault::Unlock::password("a passphrase");
    let import = rekey_vault::read(&file, &unlock, &Default::default()).unwrap();
    let [entry] = import.entries.as_slice() else { panic!("{:?}", import.entries) };
    assert_eq!((entry.location().as_str(), &*entry.user_name), ("Practice/One", "ann"));
    assert!(entry.password.as_ref().unwrap().expose_secret() == "пароль & <b> \"");
    let totp = entry.totp.as_ref().unwrap();
    assert_eq!(totp.code(totp.step(59)).expose_secret(), "287082");
    assert!(entry.modified_at().is_some() && import.problems.is_empty());
    let wrong = rekey_vault::read(&file, &rekey_vault::Unlock::password("another"), &Default::default());
    assert_eq!(wrong.unwrap_err(), rekey_vault::ReadError::WrongKey);
}
