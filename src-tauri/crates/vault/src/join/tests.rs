use std::time::{Duration, Instant};

use super::*;
use crate::Entry;

/// A token: issuer, name, and the number of its secret.
type Shown<'a> = (&'a str, &'a str, u8);

fn totp(number: u8) -> Totp {
    Totp::new(vec![number; 10], crate::Algorithm::Sha1, 6, 30).unwrap()
}

fn token((issuer, name, number): Shown<'_>) -> Token {
    Token { issuer: issuer.into(), name: name.into(), totp: totp(number) }
}

/// Accounts of entries: address, title, user name and, where it has one, the number of its secret.
fn accounts(entries: &[(&str, &str, &str, Option<u8>)]) -> Vec<Account> {
    let entry = |(url, title, user, secret): &(&str, &str, &str, Option<u8>)| {
        let mut entry = Entry { title: (*title).into(), totp: secret.map(totp).map(Box::new), ..Entry::default() };
        entry.add_url(url);
        user.split('|').for_each(|name| entry.add_name(name));
        entry
    };
    crate::accounts(vec![entries.iter().map(entry).collect()], &|_| None).accounts
}

/// What becomes of each token.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Certain(usize),
    Doubtful(Vec<usize>),
    Unmatched,
}

fn fates(tokens: &[Shown<'_>], accounts: &[Account]) -> Vec<Fate> {
    let joined = join(tokens.iter().copied().map(token).collect(), accounts);
    let is =
        |one: &Token, other: Shown<'_>| *one.issuer == *other.0 && *one.name == *other.1 && one.totp == totp(other.2);
    tokens
        .iter()
        .map(|shown| {
            let certain = joined.certain.iter().find(|(token, _)| is(token, *shown)).map(|(_, at)| Fate::Certain(*at));
            let doubtful = joined.doubtful.iter().find(|doubtful| is(&doubtful.token, *shown));
            let doubtful = doubtful.map(|doubtful| Fate::Doubtful(doubtful.candidates.clone()));
            let unmatched = joined.unmatched.iter().any(|token| is(token, *shown));
            certain.or(doubtful).or(unmatched.then_some(Fate::Unmatched)).unwrap()
        })
        .collect()
}

#[test]
fn tokens_and_accounts() {
    use Fate::{Certain, Doubtful, Unmatched};
    let accounts = accounts(&[
        /* 0 */ ("https://github.com/login", "GitHub", "ann", None),
        /* 1 */ ("https://github.com/login", "GitHub work", "ann@corp.example", None),
        /* 2 */ ("https://accounts.google.com/", "Mail", "ann@gmail.com", None),
        /* 3 */ ("https://www.example-shop.com/", "Shopping", "ann|ann@example.com", None),
        /* 4 */ ("https://signin.aws.amazon.com/", "Cloud", "ann", None),
        /* 5 */ ("https://taken.example/", "Taken", "ann", Some(50)),
        /* 6 */ ("https://nameless.example/", "Nameless", "", None),
        /* 7 */ ("https://gitlab.corp-site.com/", "Code", "ann", None),
        /* 8 */ ("https://one.example/", "Twin", "ann", None),
        /* 9 */ ("https://two.example/", "Twin", "ann", None),
        /* 10 */ ("https://login.live.com/", "", "Ann@Example.com", None),
        /* 11 */ ("https://10.0.0.1/", "Router", "admin", None),
        /* 12 */ ("https://lonely.example/", "Lonely", "zoe", None),
        /* 13 */ ("https://forum.example/", "Forum about Lonely", "zoe", None),
    ]);
    for (shown, expect) in [
        (("GitHub", "ann", 1), Certain(0)),
        (("github", "ANN ", 1), Certain(0)),
        (("github.com", "ann", 1), Certain(0)),
        (("https://github.com/", "ann", 1), Certain(0)),
        (("", "GitHub:ann", 1), Certain(0)),
        (("GitHub", "GitHub:ann@corp.example", 1), Certain(1)),
        (("GitHub", "", 1), Doubtful(vec![0, 1])),
        (("GitHub", "bob", 1), Doubtful(vec![0, 1])),
        (("", "github", 1), Doubtful(vec![0, 1])),
        (("GitHub Enterprise", "ann", 1), Doubtful(vec![0, 1])),
        (("Google", "ann@gmail.com", 1), Certain(2)),
        (("Google Account", "ann@gmail.com", 1), Certain(2)),
        (("Gmail", "ann", 1), Doubtful(vec![2])),
        (("Example Shop", "ann", 1), Certain(3)),
        (("Shopping", "Ann@Example.com", 1), Certain(3)),
        (("Amazon Web Services", "ann", 1), Certain(4)),
        (("AWS", "ann@123456789012", 1), Doubtful(vec![4])),
        (("Microsoft", "ann@example.com", 1), Certain(10)),
        // It has another generator; and the very same.
        (("Taken", "ann", 1), Doubtful(vec![5])),
        (("Taken", "ann", 50), Certain(5)),
        (("Elsewhere", "nobody", 50), Certain(5)),
        // One of the two has no name.
        (("Nameless", "ann", 1), Doubtful(vec![6])),
        (("Nameless", "", 1), Doubtful(vec![6])),
        // A label of the host is a hint.
        (("GitLab", "ann", 1), Doubtful(vec![7])),
        // Two sites of one title.
        (("Twin", "ann", 1), Doubtful(vec![8, 9])),
        (("one.example", "ann", 1), Certain(8)),
        (("Router", "admin", 1), Certain(11)),
        // A second account fits by a word of its title.
        (("Lonely", "zoe", 1), Doubtful(vec![12, 13])),
        (("Unheard Of", "ann", 1), Unmatched),
        (("", "admin", 1), Doubtful(vec![11])),
        (("", "", 1), Unmatched),
    ] {
        assert_eq!(fates(&[shown], &accounts), [expect], "{shown:?}");
    }
}

#[test]
fn two_tokens_for_one_account() {
    let accounts = accounts(&[("https://github.com/", "GitHub", "ann", None)]);
    // Different generators: neither is taken. The same one twice: both are right.
    let different = fates(&[("GitHub", "ann", 1), ("github.com", "ann", 2)], &accounts);
    assert_eq!(different, [Fate::Doubtful(vec![0]), Fate::Doubtful(vec![0])]);
    let same = fates(&[("GitHub", "ann", 1), ("github.com", "ann", 1)], &accounts);
    assert_eq!(same, [Fate::Certain(0), Fate::Certain(0)]);
}

#[test]
fn many_of_a_site_are_not_all_named() {
    let users: Vec<String> = (0..100).map(|number| format!("user{number}")).collect();
    let entries: Vec<_> = users.iter().map(|user| ("https://github.com/", "GitHub", user.as_str(), None)).collect();
    let accounts = accounts(&entries);
    assert_eq!(fates(&[("GitHub", "user77", 1)], &accounts), [Fate::Certain(77)]);
    assert_eq!(fates(&[("GitHub", "bob", 1)], &accounts), [Fate::Doubtful((0..20).collect())]);
}

/// The time is what a slow computer may take, ten times of what is seen; a quadratic search would take minutes.
#[test]
fn large_vaults_are_quick() {
    let sites: Vec<(String, String)> =
        (0..50_000).map(|at| (format!("https://site{}.example/", at % 20_000), format!("user{at}"))).collect();
    let entries: Vec<_> = sites.iter().map(|(url, user)| (url.as_str(), "Same Title", user.as_str(), None)).collect();
    let accounts = accounts(&entries);
    let tokens: Vec<Token> = (0..5_000)
        .map(|at| Token {
            issuer: format!("Site{at}").into(),
            name: format!("user{at}").into(),
            totp: Totp::new(vec![1, 2, 3], crate::Algorithm::Sha1, 6, 30).unwrap(),
        })
        .collect();
    let begun = Instant::now();
    let joined = join(tokens, &accounts);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(joined.certain.len(), 5_000);
}
