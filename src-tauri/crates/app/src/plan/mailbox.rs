//! Which account others recover through: the mailbox of the e-mail address that they are named by, and the provider that
//! they are signed in to with.

use std::collections::HashMap;

use rekey_origin::{Origin, Site};
use rekey_sites::Directory;

/// An account as others name it: the service that it is at, and its name there, in lower case.
type Holder<'a> = (&'a str, String);

/// How many others recover through, and are signed in to with, one account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Dependants {
    pub(super) recovers: u32,
    pub(super) signs_in: u32,
}

/// An account as others may depend on it.
pub(super) struct Named<'a> {
    pub(super) site: &'a Site,
    pub(super) user_name: &'a str,
    /// The provider's site, where it is signed in to with another account.
    pub(super) signs_in_with: Option<&'a Site>,
    /// Whether it is in use: in a vault, and not in its archive.
    pub(super) is_in_use: bool,
}

/// Counts for each account, in the order given. Each account is looked at twice, never each with each.
pub(super) fn dependants(accounts: &[Named<'_>], directory: &Directory) -> Vec<Dependants> {
    let services: Vec<&str> = accounts.iter().map(|account| directory.service_of(account.site)).collect();
    let index = Index::of(accounts, &services);
    let named: Vec<Option<(String, String)>> = accounts.iter().map(|account| address(account.user_name)).collect();
    let mut domains: HashMap<&str, Option<Site>> = HashMap::new();
    for (_, domain) in named.iter().flatten() {
        domains.entry(domain).or_insert_with(|| site_of(domain));
    }
    let mut addresses: HashMap<Holder<'_>, u32> = HashMap::new();
    let mut followers: HashMap<Holder<'_>, u32> = HashMap::new();
    for ((account, own), named) in accounts.iter().zip(&services).zip(&named).filter(|((a, _), _)| a.is_in_use) {
        let mailbox = named.as_ref().and_then(|(local, domain)| Some((local, domains.get(domain.as_str())?.as_ref()?)));
        if let Some((local, site)) = mailbox {
            let service = directory.service_of(site);
            if service != *own {
                *addresses.entry((service, local.clone())).or_default() += 1;
            }
        }
        if let Some(provider) = account.signs_in_with {
            *followers.entry((directory.service_of(provider), local_part(account.user_name))).or_default() += 1;
        }
    }
    let mut counts = vec![Dependants::default(); accounts.len()];
    for (mailbox, count) in &addresses {
        for at in index.mailboxes(mailbox) {
            add(&mut counts, *at, |dependants| &mut dependants.recovers, *count);
        }
    }
    for (holder, count) in &followers {
        for at in index.holders(holder) {
            add(&mut counts, *at, |dependants| &mut dependants.signs_in, *count);
        }
    }
    counts
}

fn add(counts: &mut [Dependants], at: usize, field: impl Fn(&mut Dependants) -> &mut u32, count: u32) {
    if let Some(dependants) = counts.get_mut(at) {
        let field = field(dependants);
        *field = field.saturating_add(count);
    }
}

/// The accounts of each service, by their names.
struct Index<'a> {
    by_name: HashMap<Holder<'a>, Vec<usize>>,
    /// Of a service with one account: which, and whether it has a name.
    only: HashMap<&'a str, Option<(usize, bool)>>,
}

impl<'a> Index<'a> {
    fn of(accounts: &[Named<'_>], services: &[&'a str]) -> Self {
        let mut index = Self { by_name: HashMap::new(), only: HashMap::new() };
        for (at, (account, service)) in accounts.iter().zip(services).enumerate() {
            let name = local_part(account.user_name);
            let alone = Some((at, !name.is_empty()));
            index.only.entry(service).and_modify(|only| *only = None).or_insert(alone);
            index.by_name.entry((service, name)).or_default().push(at);
        }
        index
    }

    /// The accounts of that name; or the service's only one, if it has no name that says otherwise.
    fn mailboxes(&self, mailbox: &Holder<'a>) -> &[usize] {
        let nameless = || match self.only.get(mailbox.0) {
            Some(Some((_, false))) => self.by_name.get(&(mailbox.0, String::new())),
            _ => None,
        };
        self.by_name.get(mailbox).or_else(nameless).map(Vec::as_slice).unwrap_or_default()
    }

    /// The service's only account; or those of that name.
    fn holders(&self, holder: &Holder<'a>) -> &[usize] {
        match self.only.get(holder.0) {
            Some(Some((at, _))) => std::slice::from_ref(at),
            _ => self.by_name.get(holder).map(Vec::as_slice).unwrap_or_default(),
        }
    }
}

/// The site that a domain of addresses belongs to.
fn site_of(domain: &str) -> Option<Site> {
    let origin: Origin = format!("https://{domain}/").parse().ok()?;
    Some(Site::of(&origin))
}

/// The mailbox and domain of an e-mail address, in lower case; what follows a `+` is no part of the mailbox.
fn address(name: &str) -> Option<(String, String)> {
    let name = name.trim();
    let (_, domain) = name.rsplit_once('@')?;
    let is_domain = domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    let local = local_part(name);
    (is_domain && name.len() <= 254 && !local.is_empty()).then(|| (local, domain.to_lowercase()))
}

fn local_part(name: &str) -> String {
    let name = name.trim();
    let local = name.rsplit_once('@').map_or(name, |(local, _)| local);
    local.split_once('+').map_or(local, |(mailbox, _)| mailbox).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accounts: &[(&str, &str, Option<&str>)], expect: &[(u32, u32)]) {
        let sites: Vec<_> = accounts
            .iter()
            .map(|(site, _, with)| (Site::parse(site).unwrap(), with.map(|with| Site::parse(with).unwrap())))
            .collect();
        let named: Vec<_> = accounts
            .iter()
            .zip(&sites)
            .map(|((_, user_name, _), (site, with))| Named {
                site,
                user_name,
                signs_in_with: with.as_ref(),
                is_in_use: true,
            })
            .collect();
        let got = dependants(&named, &Directory::built_in());
        assert_eq!(got.iter().map(|d| (d.recovers, d.signs_in)).collect::<Vec<_>>(), expect, "{accounts:?}");
    }

    #[test]
    fn accounts_recover_through_the_mailbox_of_their_address() {
        check(
            &[
                ("google.com", "Ana@gmail.com", None),
                ("shop.example", "ana@gmail.com", None),
                ("forum.example", "ana+forum@googlemail.com", None),
                ("bank.example", "ana", None),
                ("gmail.com", "ana@gmail.com", None),
                ("other.example", "bob@gmail.com", None),
            ],
            // What is at Google is not counted for Google, and both of its entries are the one account.
            &[(2, 0), (0, 0), (0, 0), (0, 0), (2, 0), (0, 0)],
        );
        // Each of these ends otherwise than the site of its account.
        for (site, address) in [
            ("outlook.com", "x@hotmail.com"),
            ("microsoft.com", "x@hotmail.co.uk"),
            ("microsoft.com", "x@live.nl"),
            ("apple.com", "x@me.com"),
            ("icloud.com", "x@mac.com"),
            ("yahoo.com", "x@yahoo.es"),
            ("yahoo.com", "x@rocketmail.com"),
            ("proton.me", "x@pm.me"),
            ("tuta.com", "x@tutanota.de"),
            ("fastmail.com", "x@fastmail.fm"),
            ("gmx.net", "x@gmx.de"),
            ("mail.ru", "x@bk.ru"),
            ("yandex.com", "x@ya.ru"),
            ("aol.com", "x@aim.com"),
        ] {
            check(&[(site, "", None), ("a.example", address, None)], &[(1, 0), (0, 0)]);
        }
        // Two providers of one name; and a firm of the same owner.
        check(&[("gmx.net", "", None), ("a.example", "x@gmx.com", None)], &[(0, 0), (0, 0)]);
        check(&[("yahoo.com", "", None), ("a.example", "x@yahoo.co.jp", None)], &[(0, 0), (0, 0)]);
        check(&[("outlook.com", "y", None), ("a.example", "x@hotmail.com", None)], &[(0, 0), (0, 0)]);
        check(&[("own.example", "me", None), ("a.example", "me@mail.own.example", None)], &[(0, 0), (0, 0)]);
    }

    #[test]
    fn accounts_are_signed_in_to_with_the_account_of_that_name() {
        check(
            &[
                ("google.com", "ana@gmail.com", None),
                ("google.com", "work@gmail.com", None),
                ("a.example", "ana@gmail.com", Some("google.com")),
                ("b.example", "", Some("apple.com")),
                ("apple.com", "ana@gmail.com", None),
            ],
            &[(2, 1), (0, 0), (0, 0), (0, 0), (0, 1)],
        );
    }
}
