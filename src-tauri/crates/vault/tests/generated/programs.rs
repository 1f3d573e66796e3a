//! The other readers and writers: KeePassXC's command line, Python with pykeepass, the `keepass` crate.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keepass::{Database, DatabaseKey};
use rekey_vault::Totp;
use secrecy::ExposeSecret;

/// What opens a vault.
#[derive(Clone)]
pub struct Keys {
    pub password: Option<String>,
    pub key_file: Option<PathBuf>,
}

/// An entry as another reader shows it: title, user name, password, address.
pub type Row = [String; 4];

pub fn has_keepassxc() -> bool {
    Command::new("keepassxc-cli").arg("--version").output().is_ok()
}

/// A Python that has pykeepass.
pub fn python() -> Option<String> {
    if let Ok(python) = std::env::var("REKEY_PYTHON") {
        return Some(python);
    }
    let found = Command::new("python3").args(["-c", "import pykeepass"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success()).then(|| "python3".to_owned())
}

/// Runs KeePassXC's command line; `None` where it fails.
fn keepassxc(arguments: &[&str], keys: &Keys, file: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new("keepassxc-cli");
    command.args(arguments).arg("-q");
    if let Some(path) = &keys.key_file {
        command.arg("-k").arg(path);
    }
    if keys.password.is_none() && arguments.first() != Some(&"import") {
        command.arg("--no-password");
    }
    command.args(file).env("LC_ALL", "C.UTF-8");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // It may end without having asked for anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

fn line(keys: &Keys) -> String {
    keys.password.as_ref().map(|password| format!("{password}\n")).unwrap_or_default()
}

/// Makes a database of an XML document.
pub fn import(xml: &Path, keys: &Keys, database: &Path) -> bool {
    let mut arguments = vec!["import", "-t", "100"];
    if keys.password.is_some() {
        arguments.push("-p");
    }
    let files = [xml.to_str().unwrap(), database.to_str().unwrap()];
    keepassxc(&arguments, keys, &files, &line(keys).repeat(2)).is_some()
}

/// The rows of a database, the bin's too, each with its one-time password setting.
pub fn export_rows(database: &Path, keys: &Keys) -> Option<Vec<(Row, Option<Totp>)>> {
    let text = keepassxc(&["export", "-f", "csv"], keys, &[database.to_str()?], &line(keys))?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let column = |name: &str| heading.iter().position(|column| column == name).unwrap();
    let columns = ["Title", "Username", "Password", "URL"].map(column);
    let totp = column("TOTP");
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let setting = Some(&record[totp]).filter(|text| !text.is_empty());
        (columns.map(|at| record[at].to_owned()), setting.map(|text| Totp::parse(text).unwrap()))
    });
    Some(rows.collect())
}

/// A database as an XML document.
pub fn export_xml(database: &Path, keys: &Keys) -> Option<Vec<u8>> {
    keepassxc(&["export", "-f", "xml"], keys, &[database.to_str()?], &line(keys)).map(String::into_bytes)
}

/// User name, password and address of an entry with its references followed.
pub fn show(database: &Path, keys: &Keys, path: &str) -> Option<String> {
    let arguments = ["show", "-s", "-a", "UserName", "-a", "Password", "-a", "URL"];
    keepassxc(&arguments, keys, &[database.to_str()?, path], &line(keys))
}

/// The one-time password of an entry, now.
pub fn show_totp(database: &Path, keys: &Keys, path: &str) -> Option<String> {
    keepassxc(&["show", "-t"], keys, &[database.to_str()?, path], &line(keys)).map(|text| text.trim().to_owned())
}

/// The rows that `keepass` shows; `None` where it refuses the file.
pub fn keepass(database: &Path, keys: &Keys) -> Option<Vec<Row>> {
    let mut key = DatabaseKey::new();
    if let Some(password) = &keys.password {
        key = key.with_password(password);
    }
    if let Some(path) = &keys.key_file {
        key = key.with_keyfile(&mut std::fs::File::open(path).unwrap()).ok()?;
    }
    let database = Database::parse(&std::fs::read(database).unwrap(), key).ok()?;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let rows = database.iter_all_entries().map(|entry| {
        [text(entry.get_title()), text(entry.get_username()), text(entry.get_password()), text(entry.get_url())]
    });
    Some(rows.collect())
}

/// Has Python write what the jobs describe.
pub fn write(python: &str, jobs: &[serde_json::Value]) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/generated/write.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).spawn().unwrap();
    let lines: String = jobs.iter().map(|job| format!("{job}\n")).collect();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{python} {script}");
}

/// The codes that a generator shows about now.
pub fn codes_about_now(totp: &Totp) -> Vec<String> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    [now.saturating_sub(30), now, now + 1].map(|at| totp.code(totp.step(at)).expose_secret().to_owned()).to_vec()
}
