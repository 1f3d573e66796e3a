//! Which account others recover through: the mailbox of the e-mail address that they are named by, and the provider that
//! they are signed in to with.

use std::collections::HashMap;

use rekey_origin::{Origin, Site};
use rekey_sites::Directory;

/// Providers whose addresses end otherwise than their accounts' sites. What the directory says goes beyond this: here is only
/// what must be joined for *who can reset what*, and a provider is named by its first domain.
const PROVIDERS: [&[&str]; 14] = [
    &["google.com", "gmail.com", "googlemail.com", "youtube.com"],
    &[
        "microsoft.com",
        "live.com",
        "outlook.com",
        "hotmail.com",
        "msn.com",
        "microsoftonline.com",
        "hotmail.co.uk",
        "hotmail.de",
        "hotmail.es",
        "hotmail.fr",
        "hotmail.it",
        "outlook.de",
        "outlook.es",
        "outlook.fr",
        "outlook.it",
        "live.co.uk",
        "live.de",
        "live.fr",
        "live.nl",
    ],
    &["apple.com", "icloud.com", "me.com", "mac.com"],
    &["yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it"],
    &["proton.me", "protonmail.com", "pm.me"],
    &["tuta.com", "tutanota.com", "tutanota.de", "tutamail.com", "tuta.io", "keemail.me"],
    &["fastmail.com", "fastmail.fm"],
    &["zoho.com", "zohomail.com", "zoho.eu", "zohomail.eu"],
    &["gmx.net", "gmx.de", "gmx.at", "gmx.ch"],
    &["gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"],
    &["mail.ru", "bk.ru", "inbox.ru", "list.ru"],
    &["yandex.ru", "yandex.com", "ya.ru"],
    &["aol.com", "aim.com"],
    &["telekom.de", "t-online.de", "magenta.de"],
];

/// What has the same accounts, whatever the domain: the key that accounts of one provider share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service(String);

/// The service that a site belongs to: by the table of mail providers, then by the directory, then the site itself.
pub fn service_of(directory: &Directory, site: &Site) -> Service {
    let provider = PROVIDERS.iter().find(|domains| domains.contains(&site.as_str()));
    if let Some(first) = provider.and_then(|domains| domains.first()) {
        return Service((*first).to_owned());
    }
    Service(directory.look_up_site(site).map_or_else(|| site.to_string(), |known| known.domain().to_owned()))
}

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
    let mut services: HashMap<&Site, Service> = HashMap::new();
    for account in accounts {
        services.entry(account.site).or_insert_with(|| service_of(directory, account.site));
    }
    let index = Index::of(accounts, &services);
    let mut addresses: HashMap<(Service, String), u32> = HashMap::new();
    let mut followers: HashMap<(Service, String), u32> = HashMap::new();
    let mut domains: HashMap<String, Option<Service>> = HashMap::new();
    for account in accounts.iter().filter(|account| account.is_in_use) {
        let own = services.get(account.site);
        if let Some((local, domain)) = address(account.user_name) {
            let service = domains.entry(domain).or_insert_with_key(|domain| {
                let origin: Origin = format!("https://{domain}/").parse().ok()?;
                Some(service_of(directory, &Site::of(&origin)))
            });
            if let Some(service) = service.as_ref().filter(|service| Some(*service) != own) {
                *addresses.entry((service.clone(), local)).or_default() += 1;
            }
        }
        if let Some(provider) = account.signs_in_with {
            let service = service_of(directory, provider);
            *followers.entry((service, local_part(account.user_name))).or_default() += 1;
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
struct Index {
    by_name: HashMap<(Service, String), Vec<usize>>,
    /// Of a service with one account: which, and whether it has a name.
    only: HashMap<Service, Option<(usize, bool)>>,
}

impl Index {
    fn of(accounts: &[Named<'_>], services: &HashMap<&Site, Service>) -> Self {
        let mut index = Self { by_name: HashMap::new(), only: HashMap::new() };
        for (at, account) in accounts.iter().enumerate() {
            let Some(service) = services.get(account.site) else { continue };
            let name = local_part(account.user_name);
            let alone = Some((at, !name.is_empty()));
            index.only.entry(service.clone()).and_modify(|only| *only = None).or_insert(alone);
            index.by_name.entry((service.clone(), name)).or_default().push(at);
        }
        index
    }

    /// The accounts of that name; or the service's only one, if it has no name that says otherwise.
    fn mailboxes(&self, mailbox: &(Service, String)) -> &[usize] {
        let nameless = || match self.only.get(&mailbox.0) {
            Some(Some((_, false))) => self.by_name.get(&(mailbox.0.clone(), String::new())),
            _ => None,
        };
        self.by_name.get(mailbox).or_else(nameless).map(Vec::as_slice).unwrap_or_default()
    }

    /// The service's only account; or those of that name.
    fn holders(&self, holder: &(Service, String)) -> &[usize] {
        match self.only.get(&holder.0) {
            Some(Some((at, _))) => std::slice::from_ref(at),
            _ => self.by_name.get(holder).map(Vec::as_slice).unwrap_or_default(),
        }
    }
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
                ("youtube.com", "ana@gmail.com", None),
                ("other.example", "bob@gmail.com", None),
            ],
            // What is at Google is not counted for Google, and both of its entries are the one account.
            &[(2, 0), (0, 0), (0, 0), (0, 0), (2, 0), (0, 0)],
        );
        check(&[("outlook.com", "", None), ("a.example", "x@hotmail.com", None)], &[(1, 0), (0, 0)]);
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
