use std::collections::HashMap;
use std::fmt;

use rekey_origin::{Host, Origin, Site};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{Entry, Problem, ProblemCode, Totp};

/// One account: what the vault knows of one user name at one site.
#[derive(Clone)]
pub struct Account {
    /// The site.
    pub site: Site,
    /// The user name, without surrounding white space; empty where the vault has none.
    pub user_name: String,
    /// The title of the entry it came from.
    pub title: String,
    /// Where to begin signing in: the entry's main address at this site, without user information.
    pub sign_in: Option<Url>,
    /// Every web address of the account, of other sites too, without user information.
    pub urls: Vec<Url>,
    /// The password.
    pub password: Option<SecretString>,
    /// The one-time password generator.
    pub totp: Option<Totp>,
    /// When the entry expires, in seconds since 1970 UTC.
    pub expires_at: Option<i64>,
    /// Whether the vault holds a passkey for it already.
    pub has_passkey: bool,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("site", &self.site)
            .field("user_name", &self.user_name)
            .field("title", &self.title)
            .field("urls", &self.urls.len())
            .field("password", &self.password.as_ref().map(|_| "[REDACTED]"))
            .field("totp", &self.totp)
            .field("expires_at", &self.expires_at)
            .field("has_passkey", &self.has_passkey)
            .finish()
    }
}

/// Groups entries by site and user name, in the order in which each account is first met.
///
/// An entry belongs to the site of its first usable address. Where entries of one account disagree, the one modified
/// last decides (of two without a time: the later one in the file), and a problem says so.
pub fn accounts(entries: &[Entry]) -> (Vec<Account>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut order: Vec<Vec<Usable<'_>>> = Vec::new();
    let mut places: HashMap<(Site, &str), usize> = HashMap::new();
    for entry in entries {
        let Some(usable) = Usable::of(entry) else {
            problems.push(Problem::new(entry.location(), ProblemCode::NoUrl));
            continue;
        };
        let place = *places.entry((usable.site.clone(), entry.user_name.trim())).or_insert(order.len());
        match order.get_mut(place) {
            Some(group) => group.push(usable),
            None => order.push(vec![usable]),
        }
    }
    let accounts = order.into_iter().filter_map(|group| merge(group, &mut problems)).collect();
    (accounts, problems)
}

/// An entry with at least one usable address.
struct Usable<'a> {
    entry: &'a Entry,
    site: Site,
    sign_in: Url,
    urls: Vec<Url>,
}

impl<'a> Usable<'a> {
    fn of(entry: &'a Entry) -> Option<Self> {
        let urls: Vec<Url> = entry.urls.iter().filter_map(|text| web_address(text)).collect();
        let sign_in = urls.first()?.clone();
        let site = Site::of(&Origin::of(&sign_in).ok()?);
        Some(Self { entry, site, sign_in, urls })
    }
}

fn merge(mut group: Vec<Usable<'_>>, problems: &mut Vec<Problem>) -> Option<Account> {
    // A stable sort: without times the later entry of the file stays the last, and thus the newest.
    group.sort_by_key(|usable| usable.entry.modified_at);
    group.reverse();
    let newest = group.first()?;
    let entry = newest.entry;
    let user_name = entry.user_name.trim().to_owned();
    let password = group.iter().find_map(|usable| usable.entry.password.clone());
    let totp = group.iter().find_map(|usable| usable.entry.totp.clone());
    for older in group.iter().skip(1) {
        if let (Some(kept), Some(other)) = (&password, &older.entry.password)
            && kept.expose_secret() != other.expose_secret()
        {
            problems.push(Problem::new(older.entry.location(), ProblemCode::PasswordsDiffer));
        }
        if older.entry.totp.is_some() && older.entry.totp != totp {
            problems.push(Problem::new(older.entry.location(), ProblemCode::TotpsDiffer));
        }
    }
    if user_name.is_empty() {
        problems.push(Problem::new(entry.location(), ProblemCode::NoUserName));
    }
    if password.is_none() {
        problems.push(Problem::new(entry.location(), ProblemCode::NoPassword));
    }
    let mut urls: Vec<Url> = Vec::new();
    for url in group.iter().flat_map(|usable| &usable.urls) {
        if !urls.contains(url) {
            urls.push(url.clone());
        }
    }
    Some(Account {
        site: newest.site.clone(),
        user_name,
        title: entry.title.clone(),
        sign_in: Some(newest.sign_in.clone()),
        urls,
        password,
        totp,
        expires_at: entry.expires_at,
        has_passkey: group.iter().any(|usable| usable.entry.has_passkey),
    })
}

/// Reads an address as people write them into a vault: the scheme may be missing, user information is dropped.
///
/// Without a scheme a text counts only where its host is a listed name, an IP address, `localhost` or at least has a
/// dot; otherwise notes such as `none` or `n/a` would become sites.
fn web_address(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() || text.contains(['{', '}', ' ', '\n', '\t']) {
        return None;
    }
    let mut url = if text.contains("://") {
        Url::parse(text).ok()?
    } else {
        let url = Url::parse(&format!("https://{text}")).ok()?;
        let host = Host::of(&url)?;
        let dotted = matches!(&host, Host::Domain(name) if name.contains('.'));
        if host.is_loopback() {
            Url::parse(&format!("http://{text}")).ok()?
        } else if dotted || !matches!(host, Host::Domain(_)) {
            url
        } else {
            return None;
        }
    };
    Origin::of(&url).ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(url: &str, user: &str, password: &str, modified_at: Option<i64>) -> Entry {
        Entry {
            title: format!("{user} {password}"),
            urls: vec![url.to_owned()],
            user_name: user.to_owned(),
            password: (!password.is_empty()).then(|| password.into()),
            modified_at,
            ..Entry::default()
        }
    }

    fn check(entries: &[Entry], expect: &[(&str, &str, &str)], codes: &[ProblemCode]) {
        let (accounts, problems) = accounts(entries);
        let got: Vec<_> = accounts
            .iter()
            .map(|a| (a.site.as_str(), a.user_name.as_str(), a.password.as_ref().map_or("", |p| p.expose_secret())))
            .collect();
        assert_eq!(got, expect);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn entries_are_grouped_by_site_and_user_name() {
        check(
            &[
                entry("https://login.example.com/a", "ann", "p1", None),
                entry("https://example.org", "ann", "p2", None),
                entry("www.example.com", " ann ", "p1", None),
                entry("https://example.com", "bob", "p3", None),
            ],
            &[("example.com", "ann", "p1"), ("example.org", "ann", "p2"), ("example.com", "bob", "p3")],
            &[],
        );
    }

    #[test]
    fn the_newest_of_two_passwords_wins_and_is_told() {
        let newer = entry("https://example.com", "ann", "new", Some(200));
        let older = entry("https://example.com", "ann", "old", Some(100));
        let expect = [("example.com", "ann", "new")];
        check(&[newer.clone(), older.clone()], &expect, &[ProblemCode::PasswordsDiffer]);
        check(&[older.clone(), newer.clone()], &expect, &[ProblemCode::PasswordsDiffer]);
        let timeless = entry("https://example.com", "ann", "later", None);
        check(&[newer, timeless], &expect, &[ProblemCode::PasswordsDiffer]);
        let first = entry("https://example.com", "ann", "first", None);
        let second = entry("https://example.com", "ann", "second", None);
        check(&[first, second], &[("example.com", "ann", "second")], &[ProblemCode::PasswordsDiffer]);
    }

    #[test]
    fn what_is_missing_is_told() {
        check(&[entry("", "ann", "p", None)], &[], &[ProblemCode::NoUrl]);
        check(&[entry("n/a", "ann", "p", None)], &[], &[ProblemCode::NoUrl]);
        check(
            &[entry("https://example.com", "", "", None)],
            &[("example.com", "", "")],
            &[ProblemCode::NoUserName, ProblemCode::NoPassword],
        );
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, expect) in [
            ("example.com", Some("https://example.com/")),
            ("example.com:8443/login", Some("https://example.com:8443/login")),
            ("localhost:8080", Some("http://localhost:8080/")),
            ("192.168.1.1", Some("https://192.168.1.1/")),
            ("nas.lan", Some("https://nas.lan/")),
            ("http://nas/", Some("http://nas/")),
            ("https://ann:secret@example.com/x", Some("https://example.com/x")),
            ("none", None),
            ("cmd://firefox", None),
            ("androidapp://com.example", None),
            ("{REF:A@I:00}", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(web_address(text).as_ref().map(Url::as_str), expect, "{text}");
        }
    }

    #[test]
    fn debug_output_has_no_secret() {
        let entry = entry("https://example.com", "ann", "hush", None);
        let entry = Entry { title: String::new(), ..entry };
        let (accounts, _) = accounts(std::slice::from_ref(&entry));
        assert!(!format!("{accounts:?}{entry:?}").contains("hush"));
    }
}
