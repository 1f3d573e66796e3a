//! Exports and vaults that password managers' own programs write, read by Rekey: every title, user name, password, address,
//! one-time code, note and passkey that the format can carry.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use rekey_tests::programs::{Login, logins, write};
use rekey_vault::{Entry, Import, KeyFile, Options, Totp, Unlock};
use secrecy::ExposeSecret as _;

const PASSWORD: &str = "Invented-Pass-1";

/// What a format can carry of a login, besides user name and password.
#[derive(Clone, Copy)]
struct Carries {
    titles: bool,
    groups: bool,
    /// How many addresses.
    urls: usize,
    /// Only the origin of an address.
    origins: bool,
    totp: bool,
    notes: bool,
    fields: bool,
    passkeys: bool,
    /// Logins without an address.
    without_address: bool,
}

const ALL: Carries = Carries {
    titles: true,
    groups: true,
    urls: usize::MAX,
    origins: false,
    totp: true,
    notes: true,
    fields: true,
    passkeys: true,
    without_address: true,
};

fn check(file: &Path, unlock: &Unlock, format: &str, carries: Carries) -> Result<()> {
    let bytes = std::fs::read(file)?;
    let import = rekey_vault::read(&bytes, unlock, &Options::default()).with_context(|| file.display().to_string())?;
    ensure!(std::fs::read(file)? == bytes, "{} was changed", file.display());
    compare(file, &import, format, carries)
}

fn compare(file: &Path, import: &Import, format: &str, carries: Carries) -> Result<()> {
    ensure!(import.format.name() == format, "{}: taken for {}", file.display(), import.format);
    ensure!(import.problems.is_empty(), "{}: {:?}", file.display(), import.problems);
    let expected: Vec<Login> =
        logins()?.into_iter().filter(|login| carries.without_address || !login.urls.is_empty()).collect();
    let mut entries: Vec<&Entry> = import.entries.iter().collect();
    for login in &expected {
        let at = entries.iter().position(|entry| is(entry, login, carries));
        let Some(at) = at else {
            let password = |entry: &Entry| entry.password.as_ref().map_or("", |p| p.expose_secret()) == login.password;
            let near = entries.iter().find(|entry| password(entry));
            anyhow::bail!("{} as {format}: “{}” is not read right: {near:?}", file.display(), login.title);
        };
        entries.remove(at);
    }
    ensure!(entries.is_empty(), "{}: nobody wrote {entries:?}", file.display());
    Ok(())
}

fn is(entry: &Entry, login: &Login, carries: Carries) -> bool {
    let address = |url: &str| match carries.origins {
        true => url::Url::parse(url).ok().map(|url| url.origin().ascii_serialization()).unwrap_or_default(),
        false => url.to_owned(),
    };
    let urls: Vec<String> = login.urls.iter().take(carries.urls).map(|url| address(url)).collect();
    let code = |totp: &Totp| totp.code(totp.step(59)).expose_secret().to_owned();
    let totp = login.totp.as_deref().filter(|_| carries.totp).and_then(|text| Totp::parse(text).ok());
    let extra = |label: &str, value: &str| {
        entry.extras().iter().any(|extra| *extra.label == *label && extra.value.expose_secret() == value)
    };
    let passkey = login.passkey.as_ref().filter(|_| carries.passkeys);
    (!carries.titles || *entry.title == *login.title)
        && (!carries.groups || *entry.group == *login.group)
        && *entry.user_name == *login.user
        && entry.password.as_ref().map_or("", |password| password.expose_secret()) == login.password
        && entry.urls.iter().map(ToString::to_string).eq(urls)
        && entry.totp.as_deref().map(code) == totp.as_ref().map(code)
        && (!carries.notes || login.note.as_deref().is_none_or(|note| extra("", note)))
        && (!carries.fields || login.fields.iter().all(|(label, value)| extra(label, value)))
        && entry.passkeys().first().map(|found| (&*found.rp_id, &*found.user_name))
            == passkey.map(|passkey| (&*passkey.rp, &*passkey.user))
}

#[test]
fn bitwarden() -> Result<()> {
    let folder = tempfile::tempdir()?;
    write("node", "bitwarden.cjs", folder.path(), &[OsStr::new(PASSWORD)])?;
    let file = |name: &str| folder.path().join(name);
    check(&file("plain.json"), &Unlock::none(), "bitwarden-json", ALL)?;
    let csv = Carries { passkeys: false, ..ALL };
    check(&file("plain.csv"), &Unlock::none(), "bitwarden-csv", csv)?;
    for name in ["protected-pbkdf2.json", "protected-argon2id.json"] {
        check(&file(name), &Unlock::password(PASSWORD), "bitwarden-json", ALL)?;
    }
    // What Bitwarden exchanges names no folders.
    check(&file("exchange.json"), &Unlock::none(), "cxf-json", Carries { groups: false, ..ALL })
}

#[test]
fn file_keepass() -> Result<()> {
    let folder = tempfile::tempdir()?;
    write("perl", "keepass.pl", folder.path(), &[OsStr::new(PASSWORD)])?;
    let one_address = Carries { urls: 1, totp: false, fields: false, passkeys: false, groups: false, ..ALL };
    for format in ["kdb", "kdbx"] {
        let file = |name: &str| folder.path().join(format!("{name}.{format}"));
        check(&file("password"), &Unlock::password(PASSWORD), format, one_address)?;
        for key in ["hex", "raw", "any"] {
            let key_file =
                || KeyFile::from(std::fs::read(folder.path().join(format!("{key}.key"))).unwrap_or_default());
            let both = Unlock::password(PASSWORD).with_key_file(key_file());
            check(&file(&format!("both-{key}")), &both, format, one_address)?;
            check(&file(&format!("key-{key}")), &Unlock::none().with_key_file(key_file()), format, one_address)?;
        }
    }
    Ok(())
}

#[test]
fn keepassxc_exports() -> Result<()> {
    let folder = tempfile::tempdir()?;
    write("perl", "keepass.pl", folder.path(), &[OsStr::new(PASSWORD)])?;
    let carries = Carries { urls: 1, totp: false, fields: false, passkeys: false, groups: false, ..ALL };
    for (kind, format) in [("csv", "keepassxc-csv"), ("xml", "keepass-xml")] {
        let mut command = Command::new("keepassxc-cli");
        command.args(["export", "-q", "-f", kind]).arg(folder.path().join("password.kdbx"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        child.stdin.take().context("no stdin")?.write_all(format!("{PASSWORD}\n").as_bytes())?;
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "keepassxc-cli {}", output.status);
        let file = folder.path().join(format!("exported.{kind}"));
        std::fs::write(&file, output.stdout)?;
        check(&file, &Unlock::none(), format, carries)?;
    }
    Ok(())
}

/// gpg is told by the environment where its keys are, and the reader runs it: so this test reads in a process of its own.
#[cfg(unix)]
#[test]
fn pass() -> Result<()> {
    const STORE: &str = "REKEY_TEST_PASS_STORE";
    if let Some(store) = std::env::var_os(STORE) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let request = rekey_app::ReadRequest::new(&store);
        let read = runtime.block_on(rekey_app::VaultReader::Here.read(request, |_| {}))?;
        ensure!(!read.is_plain_text, "gpg keeps it");
        let carries = Carries { titles: false, notes: false, fields: false, passkeys: false, ..ALL };
        return compare(store.as_ref(), &read.import, "pass", carries);
    }
    // Below a short path, for the names of sockets are short.
    let folder = tempfile::Builder::new().prefix("rk").tempdir_in("/tmp")?;
    let keys = folder.path().join("gnupg");
    let written = write("sh", "pass.sh", folder.path(), &[]);
    let mut again = Command::new(std::env::current_exe()?);
    again.args(["--exact", "pass", "--nocapture"]).env(STORE, folder.path().join("store")).env("GNUPGHOME", &keys);
    let read = written.and_then(|()| Ok(again.output()?));
    Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", &keys).status()?;
    let read = read?;
    ensure!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    Ok(())
}

/// Firefox is large, so that only the whole test run installs it.
#[test]
#[allow(clippy::print_stderr, reason = "a skipped comparison says so")]
fn firefox() -> Result<()> {
    let (Ok(firefox), Ok(python)) = (std::env::var("REKEY_FIREFOX"), std::env::var("REKEY_PROGRAMS_PYTHON")) else {
        eprintln!("skipped: Firefox is started by `cargo xtask test --full` alone");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    write(python, "firefox.py", folder.path(), &[OsStr::new(&firefox)])?;
    let carries = Carries {
        titles: false,
        groups: false,
        urls: 1,
        origins: true,
        totp: false,
        notes: false,
        fields: false,
        passkeys: false,
        without_address: false,
    };
    check(&folder.path().join("logins.csv"), &Unlock::none(), "firefox-csv", carries)
}
