//! A `pass` store after the person's own gpg decrypted its files: <https://www.passwordstore.org>, with the one-time
//! passwords of <https://github.com/tadfisher/pass-otp> and what gopass writes (<https://github.com/gopasspw/gopass>).

use zeroize::Zeroizing;

use crate::address::web_address;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::{Entry, Format, Import, ProblemCode, ReadError};

/// A store is a folder: no file is recognised as one, and [`pass_store`] reads it.
pub(crate) static SOURCE: Source = Source {
    name: "pass",
    product: "pass, gopass, QtPass",
    kind: "folder",
    evidence: Evidence::Program("pass"),
    reader: Reader::Own { recognises: |_| false, lock: |_| Lock::Open, read: |_| Err(ReadError::UnknownFormat) },
};

/// Longer plaintext is an attachment or no store's file.
const MOST: usize = 1 << 20;
/// The first line of gopass's former form, whose password stands among its headers.
const GOPASS_MIME: &str = "GOPASS-SECRET-1.0";

/// Reads a store: the path of each file below the store's folder, and its plaintext; `None` where it could not be
/// decrypted, which becomes a [`ProblemCode::ItemUnreadable`].
pub fn pass_store(files: impl IntoIterator<Item = (String, Option<Zeroizing<Vec<u8>>>)>) -> Import {
    let mut import = Import::new(Format::PASS);
    for (path, plaintext) in files {
        let read = plaintext.ok_or(ProblemCode::ItemUnreadable).and_then(|plaintext| pass_entry(&path, &plaintext));
        match read {
            Ok(entry) => import.take(entry),
            Err(code) => import.report(path, code),
        }
    }
    import.bound();
    import
}

/// Reads one decrypted file. `path` is its place below the store's folder, with or without `.gpg` or `.age`.
///
/// The password is the first line; `key: value` lines name the rest. Where none of them is an address, the file or the
/// innermost folder that is called like a host stands for it, and the file below such a folder for the user name.
/// A TOTP setting that cannot be read is kept as a custom field.
///
/// # Errors
/// [`ProblemCode::NotText`] where the plaintext is no text, [`ProblemCode::ItemUnreadable`] where it is longer than
/// 1 MiB.
pub fn pass_entry(path: &str, plaintext: &[u8]) -> Result<Entry, ProblemCode> {
    if plaintext.len() > MOST {
        return Err(ProblemCode::ItemUnreadable);
    }
    let text = str::from_utf8(plaintext).map_err(|_| ProblemCode::NotText)?;
    if text.contains('\0') {
        return Err(ProblemCode::NotText);
    }
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".gpg").or_else(|| path.strip_suffix(".age")).unwrap_or(path);
    let (group, title) = path.rsplit_once('/').unwrap_or(("", path));
    let mut entry = Entry { title: title.into(), group: group.into(), ..Entry::default() };

    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if first == GOPASS_MIME || is_otpauth(first) {
        line(&mut entry, first);
    } else {
        entry.set_password(first);
    }
    let mut notes = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    for other in lines {
        if !line(&mut entry, other) {
            notes.push_str(other);
            notes.push('\n');
        }
    }
    entry.add_extra("", notes.trim());
    if entry.urls.is_empty() {
        place(&mut entry, group, title);
    }
    Ok(entry)
}

fn is_otpauth(line: &str) -> bool {
    line.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("otpauth://"))
}

/// Takes a line that says what it is.
fn line(entry: &mut Entry, line: &str) -> bool {
    if matches!(line.trim(), GOPASS_MIME | "---") {
        return true;
    }
    if is_otpauth(line) {
        totp(entry, line);
        return true;
    }
    let Some((key, value)) = line.split_once(':') else { return false };
    // An address alone on a line is none of `key: value`.
    if value.starts_with("//") {
        let is_web = matches!(key.trim().to_ascii_lowercase().as_str(), "http" | "https");
        if is_web && !line.trim().contains(char::is_whitespace) {
            entry.add_url(line);
            return true;
        }
        return false;
    }
    let (key, value) = (key.trim(), value.trim());
    match key.to_ascii_lowercase().as_str() {
        "user" | "login" | "username" | "user name" | "email" | "e-mail" | "mail" => entry.add_name(value),
        "url" | "website" | "site" | "uri" | "link" => entry.add_url(value),
        "otp" | "totp" | "2fa" | "otpauth" => totp(entry, value),
        "password" | "pass" if entry.password.is_none() => entry.set_password(value),
        _ if key.is_empty() || key.len() > 40 => return false,
        _ => entry.add_extra(key, value),
    }
    true
}

fn totp(entry: &mut Entry, text: &str) {
    if entry.set_totp(text).is_err() {
        entry.add_extra("otp", text);
    }
}

/// Takes the address, and with it the user name, from the file's place.
fn place(entry: &mut Entry, group: &str, title: &str) {
    let is_host = |name: &str| name.contains('.') && !name.contains('@') && web_address(name).is_some();
    if is_host(title) {
        entry.add_url(title);
    } else if let Some(host) = group.rsplit('/').find(|name| is_host(name)) {
        entry.add_url(host);
        if entry.user_name.is_empty() {
            entry.add_name(title);
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    /// Title, group, user name, password, address and how many custom fields.
    fn check(path: &str, text: &str, expect: (&str, &str, &str, &str, &str, usize), totp: bool) {
        let entry = pass_entry(path, text.as_bytes()).unwrap();
        let url = entry.urls.first().map_or("", |url| url);
        let got = (&*entry.title, &*entry.group, &*entry.user_name, url, entry.extras().len());
        assert_eq!(got, (expect.0, expect.1, expect.2, expect.4, expect.5), "{path}");
        assert!(entry.password.as_ref().map_or("", |password| password.expose_secret()) == expect.3, "{path}");
        assert_eq!(entry.totp.is_some(), totp, "{path}");
    }

    #[test]
    fn files_as_people_write_them() {
        check(
            "web/mail.gpg",
            "pw 1 \nLogin: ann\nurl: https://mail.example/x\n\nremember the milk\n",
            ("mail", "web", "ann", "pw 1 ", "https://mail.example/x", 1),
            false,
        );
        check("shop.example.gpg", "pw\n", ("shop.example", "", "", "pw", "shop.example", 0), false);
        check(
            "a/shop.example/ann@b.example",
            "pw",
            ("ann@b.example", "a/shop.example", "ann@b.example", "pw", "shop.example", 0),
            false,
        );
        check(
            "x.age",
            "pw\r\nuser: ann\r\nemail: a@b.example\r\notpauth://totp/x?secret=GEZDGNBVGY3TQOJQ\r\npin: 12\r\n",
            ("x", "", "ann", "pw", "", 1),
            true,
        );
        check("otp", "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ", ("otp", "", "", "", "", 0), true);
        check("bad", "pw\notpauth://totp/x?secret=!", ("bad", "", "", "pw", "", 1), false);
        check(
            "gopass",
            "GOPASS-SECRET-1.0\nPassword: pw\nUser: ann\n\nbody",
            ("gopass", "", "ann", "pw", "", 1),
            false,
        );
        check("yaml", "pw\n---\nusername: ann\nsite: b.example", ("yaml", "", "ann", "pw", "b.example", 0), false);
        check(
            "odd",
            "key: value\nhttps://alone.example/x\nsee https://b.example\n",
            ("odd", "", "", "key: value", "https://alone.example/x", 1),
            false,
        );
        check("", "", ("", "", "", "", "", 0), false);
    }

    #[test]
    fn of_a_store_a_bad_file_costs_only_itself() {
        let file = |path: &str, text: Option<&[u8]>| (path.to_owned(), text.map(|text| Zeroizing::new(text.to_vec())));
        let import = pass_store([
            file("web/a.example.gpg", Some(b"pw\nuser: ann")),
            file("web/locked.gpg", None),
            file("photo.gpg", Some(b"\xff\xd8")),
            file("empty.gpg", Some(b"\n")),
            file("b.example.gpg", Some(b"pw")),
        ]);
        assert_eq!(import.format.name(), "pass");
        let titles: Vec<&str> = import.entries.iter().map(|entry| &*entry.title).collect();
        assert_eq!(titles, ["a.example", "b.example"]);
        assert_eq!(import.left_out.not_logins, 1);
        let problems: Vec<_> = import.problems.iter().map(|problem| (&*problem.location, problem.code)).collect();
        let expect = [("web/locked.gpg", ProblemCode::ItemUnreadable), ("photo.gpg", ProblemCode::NotText)];
        assert_eq!(problems, expect);
    }

    #[test]
    fn what_is_no_text_is_none() {
        assert_eq!(pass_entry("a", b"\xff\xfe").err(), Some(ProblemCode::NotText));
        assert_eq!(pass_entry("a", b"a\0b").err(), Some(ProblemCode::NotText));
        assert_eq!(pass_entry("a", &vec![b'a'; MOST + 1]).err(), Some(ProblemCode::ItemUnreadable));
    }
}
