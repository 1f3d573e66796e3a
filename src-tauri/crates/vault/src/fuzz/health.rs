//! Judging accounts whose every text is somebody else's.

use secrecy::SecretString;

use super::*;
use crate::health::{HealthKey, judge};
use crate::{Entry, accounts};

#[test]
fn health() {
    let seeds: [&[u8]; 5] = [
        b"correct horse battery staple\nann@example.com",
        b"qaz2wsx3edc4rfv\n1990-12-31",
        b"@8({[<369!|170$5+7%2\nann",
        "пароль🦀\u{130}\u{17f}\npassword".as_bytes(),
        b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\nbaaaa",
    ];
    let tokens: [&[u8]; 8] = [b"\n", b"@", b"qaqaqa", b"1.1.91", b"20", b"\xf0\x9f\xa6\x80", b"aA4@", b"zyx"];
    run!(seeds, tokens, |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let (password, name) = text.split_once('\n').unwrap_or((&text, ""));
        let entry = |url: &str, name: &str| Entry {
            urls: vec![url.into()].into(),
            user_name: name.into(),
            password: Some(SecretString::from(password)),
            ..Entry::default()
        };
        let entries = vec![entry("example.com", name), entry("example.com", password), entry("example.org", name)];
        let accounts = accounts(vec![entries], &|_| None).accounts;
        let judged = judge(&accounts, &HealthKey::new([1; 32]), 0, rekey_origin::Site::clone);
        assert_eq!(judged.len(), accounts.len());
        assert!(judged.iter().all(|health| health.reused > 0 && health.duplicate_of != Some(accounts.len())));
    });
}
