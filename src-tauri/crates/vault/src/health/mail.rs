//! E-mail addresses among the names of accounts: who can take over what by reading mail.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rekey_origin::{Origin, Site};

use super::{Services, number};
use crate::Account;

/// The longest e-mail address: <https://www.rfc-editor.org/errata/eid1690>.
const LONGEST: usize = 254;

/// The site that the account's e-mail address is of: the provider of the mail that it is recovered through. The user
/// name goes before the other names; `None` where none of them is an e-mail address.
pub fn mail_domain(account: &Account) -> Option<Site> {
    names(account).find_map(address).map(|(_, site)| site)
}

/// How many accounts of other services recover through each account; see [`super::Health::recoveries`].
pub(super) fn recoveries<S: Eq + Hash, F: Fn(&Site) -> S>(
    accounts: &[Account],
    services: &Services<S, F>,
) -> Vec<usize> {
    // The accounts by the address they recover through, of services that there is an account of.
    let mut through: HashMap<(String, u32), Vec<u32>> = HashMap::new();
    for (at, (account, own)) in accounts.iter().zip(&services.of_account).enumerate() {
        for (local, domain) in names(account).filter_map(address) {
            if let Some(provider) = services.of(&domain).filter(|provider| provider != own) {
                let list = through.entry((local, provider)).or_default();
                if list.last() != Some(&number(at)) {
                    list.push(number(at));
                }
            }
        }
    }
    if through.is_empty() {
        return Vec::new();
    }
    let of = |(account, own): (&Account, &u32)| {
        let mailboxes = names(account).filter_map(|name| match address(name) {
            Some((local, domain)) => (services.of(&domain) == Some(*own)).then_some(local),
            None => Some(name.to_lowercase()),
        });
        let mailboxes: HashSet<(String, u32)> = mailboxes.map(|local| (local, *own)).collect();
        let mut lists = mailboxes.iter().filter_map(|mailbox| through.get(mailbox));
        let first = lists.next().map_or(&[][..], Vec::as_slice);
        let rest: Vec<u32> = lists.flatten().copied().collect();
        if rest.is_empty() { first.len() } else { first.iter().chain(&rest).collect::<HashSet<_>>().len() }
    };
    accounts.iter().zip(&services.of_account).map(of).collect()
}

/// The names of an account that have any text, the user name first.
pub(super) fn names(account: &Account) -> impl Iterator<Item = &str> {
    let all = std::iter::once(account.user_name.as_str()).chain(account.other_names.iter().map(|name| &**name));
    all.map(str::trim).filter(|name| !name.is_empty())
}

/// The mailbox and site of an e-mail address; `None` of anything else. What follows a `+` is no part of the mailbox.
fn address(name: &str) -> Option<(String, Site)> {
    let (local, domain) = split(name)?;
    let local = local.split_once('+').map_or(local, |(mailbox, _)| mailbox);
    let site = Site::of(&format!("https://{domain}/").parse::<Origin>().ok()?);
    (!local.is_empty()).then(|| (local.to_lowercase(), site))
}

/// The two sides of an e-mail address.
pub(super) fn split(name: &str) -> Option<(&str, &str)> {
    if name.len() > LONGEST {
        return None;
    }
    let (local, domain) = name.rsplit_once('@')?;
    let is_local = !local.is_empty() && !local.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    // Letters of any script; a port, a path or a number for a host makes it something else.
    let is_domain = domain.contains('.')
        && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && domain.contains(char::is_alphabetic);
    (is_local && is_domain).then_some((local, domain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::tests::account;

    #[test]
    fn addresses_have_a_domain() {
        let check = |user: &str, others: &[&str], expect: Option<&str>| {
            let mut account = account("example.com", user, "p");
            account.other_names = others.iter().map(|name| (*name).into()).collect();
            assert_eq!(mail_domain(&account).map(|site| site.to_string()).as_deref(), expect, "{user}");
        };
        check("ann@gmail.com", &[], Some("gmail.com"));
        check(" Ann.B+shop@Mail.Example.CO.UK ", &[], Some("example.co.uk"));
        check("ann", &["ann@example.org"], Some("example.org"));
        check("ann@bücher.example", &[], Some("xn--bcher-kva.example"));
        for name in ["ann", "", "@example.com", "ann@", "a b@example.com", "a@b@example.com", "ann@localhost"] {
            check(name, &[], None);
        }
        for name in ["ann@example.com/x", "ann@example.com:25", "ann@10.0.0.1", "ann@.", "+@example.com"] {
            check(name, &[], None);
        }
        check(&format!("{}@example.com", "a".repeat(LONGEST)), &[], None);
    }
}
