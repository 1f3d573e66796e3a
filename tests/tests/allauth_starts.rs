//! The third-party site comes up, varies as it is told, and is gone afterwards.
#![allow(clippy::unwrap_used, reason = "a test program")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use rekey_tests::relying_party::{Allauth, AllauthOptions};
use rekey_tests::software::oracles_python;
use rekey_tests::vault_file::{VaultEntry, write_kdbx};

/// The text of a page, as a browser without cookies gets it.
fn get(url: &str) -> std::io::Result<String> {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET /{path} HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn check(options: &AllauthOptions, expect: &[&str], absent: &[&str]) {
    let site = Allauth::start(options).unwrap();
    let page = get(&site.sign_in_url).unwrap();
    assert!(page.starts_with("HTTP/1.0 200 "), "{page}");
    for text in expect {
        assert!(page.contains(text), "{text} is missing from {page}");
    }
    for text in absent {
        assert!(!page.contains(text), "{text} is in {page}");
    }
    // Without a session the page for passkeys sends a visitor to sign in.
    assert!(get(&site.passkeys_url).unwrap().starts_with("HTTP/1.0 302 "));
    let url = site.url.clone();
    drop(site);
    assert!(get(&url).is_err(), "{url} still answers");
}

#[test]
fn in_english_with_passkey_sign_in() {
    check(&AllauthOptions::default(), &["Sign In", "Sign in with a passkey"], &["Iniciar"]);
}

#[test]
fn in_spanish_without_passkey_sign_in() {
    let options = AllauthOptions { language: "es", passkey_login: false, ..AllauthOptions::default() };
    check(&options, &["Iniciar"], &["Sign In", "webauthn"]);
}

#[test]
fn a_written_vault_is_read_by_other_software() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.kdbx");
    let entry = VaultEntry {
        title: "Practice".into(),
        url: "http://localhost:1/".into(),
        user_name: "robin".into(),
        password: "pässword".into(),
        otp: "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP".into(),
    };
    write_kdbx(&path, "open sesame", &[entry, VaultEntry { title: "Bare".into(), ..VaultEntry::default() }]).unwrap();
    let program = "import sys, pykeepass
k = pykeepass.PyKeePass(sys.argv[1], password='open sesame')
print(k.version, [(e.title, e.url, e.username, e.password, e.otp) for e in k.entries])";
    let output = Command::new(oracles_python().unwrap()).args(["-c", program]).arg(&path).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "(4, 1) [('Practice', 'http://localhost:1/', 'robin', 'pässword', 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP'), \
         ('Bare', None, None, None, None)]",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
