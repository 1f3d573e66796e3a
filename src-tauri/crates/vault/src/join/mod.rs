//! Which account a one-time password generator of an authenticator app belongs to.

mod names;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use names::{Keys, folded};

use crate::totp::split_label;
use crate::{Account, Token, Totp};

/// The most candidates that are named for one token.
const MOST: usize = 20;

/// Where tokens belong; each token is in one of the three.
#[derive(Debug, Default)]
pub struct Joined {
    /// Tokens and the account each belongs to beyond doubt. An account that has this generator already is named, too.
    pub certain: Vec<(Token, usize)>,
    /// Tokens that the person has to place.
    pub doubtful: Vec<Doubtful>,
    /// Tokens of sites that no account is at.
    pub unmatched: Vec<Token>,
}

/// A token that may belong to some accounts.
#[derive(Debug)]
pub struct Doubtful {
    /// The token.
    pub token: Token,
    /// The accounts it may belong to, the likelier one first; never empty, and never more than twenty.
    pub candidates: Vec<usize>,
}

/// How well an account and a token fit, the better one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Site and name, and the account has no generator.
    Both,
    /// Site and name, and the account has another generator.
    BothTaken,
    /// The site; one of the two has no name.
    Nameless,
    /// The name and a hint at the site.
    NameAndHint,
    /// The site, with another name.
    Site,
    /// A hint at the site, or the name alone where the token names no site.
    Hint,
}

/// Finds the accounts that tokens belong to. Indices are those of `accounts`.
///
/// The *site* fits where the token's issuer, without case, punctuation and words such as `account`, is the account's
/// title, its domain or the domain's first label, or a name that the operator of that domain is known by (`AWS`). A
/// single word of the title, another label of the host and the issuer's first word are no more than a *hint*. The *name*
/// fits where it is, without case, the account's user name or another name of it.
///
/// A token is certain only where a single account fits by site and name, no second one fits by hint and name, the
/// account has no other generator, and no other token lays claim to it; or where an account has the very generator
/// already. Everything less is for the person to decide. The result depends on nothing but the order of the arguments.
pub fn join(tokens: Vec<Token>, accounts: &[Account]) -> Joined {
    let index = Index::new(accounts);
    let mut joined = Joined::default();
    // Claims on accounts without a generator, with the number of tokens that made them.
    let mut claims: HashMap<usize, (Totp, bool)> = HashMap::new();
    let mut certain = Vec::new();
    for token in tokens {
        match index.place(&token) {
            Placed::There(account) => certain.push((token, account, None)),
            Placed::Certain(account, candidates) => {
                let claim = claims.entry(account).or_insert_with(|| (token.totp.clone(), true));
                claim.1 &= claim.0 == token.totp;
                certain.push((token, account, Some(candidates)));
            }
            Placed::Doubtful(candidates) => joined.doubtful.push(Doubtful { token, candidates }),
            Placed::Nowhere => joined.unmatched.push(token),
        }
    }
    for (token, account, candidates) in certain {
        match candidates {
            Some(candidates) if claims.get(&account).is_some_and(|(_, alone)| !alone) => {
                joined.doubtful.push(Doubtful { token, candidates });
            }
            _ => joined.certain.push((token, account)),
        }
    }
    joined
}

/// What is known of one token.
enum Placed {
    /// An account has its generator already.
    There(usize),
    /// The account, and all candidates in case another token claims the account, too.
    Certain(usize, Vec<usize>),
    Doubtful(Vec<usize>),
    Nowhere,
}

/// The accounts by what tokens may call them. Lists are cut, so that a vault with one site a thousand times costs no
/// more than others.
struct Index<'a> {
    accounts: &'a [Account],
    by_site: HashMap<String, Vec<usize>>,
    by_hint: HashMap<String, Vec<usize>>,
    by_site_and_name: HashMap<(String, String), Vec<usize>>,
    by_hint_and_name: HashMap<(String, String), Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_totp: HashMap<&'a Totp, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(accounts: &'a [Account]) -> Self {
        let mut index = Self {
            accounts,
            by_site: HashMap::new(),
            by_hint: HashMap::new(),
            by_site_and_name: HashMap::new(),
            by_hint_and_name: HashMap::new(),
            by_name: HashMap::new(),
            by_totp: HashMap::new(),
        };
        for (at, account) in accounts.iter().enumerate() {
            let names = names_of(account);
            let keys = Keys::of_account(account);
            for key in keys.sites {
                for name in &names {
                    list(&mut index.by_site_and_name, (key.clone(), name.clone()), at);
                }
                list(&mut index.by_site, key, at);
            }
            for key in keys.hints {
                for name in &names {
                    list(&mut index.by_hint_and_name, (key.clone(), name.clone()), at);
                }
                list(&mut index.by_hint, key, at);
            }
            for name in names {
                list(&mut index.by_name, name, at);
            }
            if let Some(totp) = &account.totp {
                list(&mut index.by_totp, &**totp, at);
            }
        }
        index
    }

    fn place(&self, token: &Token) -> Placed {
        let (issuer, name) = named(token);
        let fits = self.fits(&issuer, &name);
        if let Some(holders) = self.by_totp.get(&token.totp) {
            // Of several the one that fits best.
            let best = fits.iter().map(|(_, at)| at).find(|at| holders.contains(at)).or(holders.first());
            if let Some(at) = best {
                return Placed::There(*at);
            }
        }
        let named = fits.iter().filter(|(fit, _)| matches!(fit, Fit::Both | Fit::BothTaken | Fit::NameAndHint)).count();
        let candidates: Vec<usize> = fits.iter().take(MOST).map(|(_, at)| *at).collect();
        match fits.first() {
            None => Placed::Nowhere,
            Some((Fit::Both, at)) if named == 1 => Placed::Certain(*at, candidates),
            Some(_) => Placed::Doubtful(candidates),
        }
    }

    /// The accounts that fit in some way, each once with its best fit, best first.
    fn fits(&self, issuer: &str, name: &str) -> Vec<(Fit, usize)> {
        let mut fits: HashMap<usize, Fit> = HashMap::new();
        let mut add = |fit, accounts: Option<&Vec<usize>>| {
            for at in accounts.into_iter().flatten() {
                let known = fits.entry(*at).or_insert(fit);
                *known = fit.min(*known);
            }
        };
        // A token without an issuer may have the site for its name.
        let keys = Keys::of_issuer(if issuer.is_empty() { name } else { issuer });
        for key in &keys.sites {
            let pair = (key.clone(), name.to_owned());
            add(Fit::Both, self.by_site_and_name.get(&pair));
            add(Fit::NameAndHint, self.by_hint_and_name.get(&pair));
            add(Fit::Site, self.by_site.get(key));
            add(Fit::Hint, self.by_hint.get(key));
        }
        for key in &keys.hints {
            add(Fit::NameAndHint, self.by_site_and_name.get(&(key.clone(), name.to_owned())));
            add(Fit::Hint, self.by_site.get(key));
        }
        if issuer.is_empty() {
            add(Fit::Hint, self.by_name.get(name));
        }
        let refined = |(at, fit): (usize, Fit)| {
            let account = self.accounts.get(at);
            let nameless = name.is_empty() || account.is_some_and(|account| account.user_name.trim().is_empty());
            let fit = match fit {
                Fit::Both if account.is_some_and(|account| account.totp.is_some()) => Fit::BothTaken,
                Fit::Site if nameless => Fit::Nameless,
                fit => fit,
            };
            (fit, at)
        };
        let mut fits: Vec<(Fit, usize)> = fits.into_iter().map(refined).collect();
        fits.sort_unstable();
        fits
    }
}

/// Adds an account to a list that is long enough to see that there are several.
fn list<K: std::hash::Hash + Eq>(lists: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let list = lists.entry(key).or_default();
    if list.len() < MOST && list.last() != Some(&at) {
        list.push(at);
    }
}

/// A token's issuer and its name as names are compared.
fn named(token: &Token) -> (String, String) {
    let (prefix, rest) = split_label(&token.name);
    let issuer = token.issuer.trim();
    if issuer.is_empty() {
        (prefix.to_owned(), rest.to_lowercase())
    } else if !rest.is_empty() && folded(prefix) == folded(issuer) {
        (issuer.to_owned(), rest.to_lowercase())
    } else {
        (issuer.to_owned(), token.name.trim().to_lowercase())
    }
}

/// The names of an account as names are compared, each once; without empty ones.
fn names_of(account: &Account) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let others = account.other_names.iter().map(|name| &**name);
    for name in std::iter::once(account.user_name.as_str()).chain(others) {
        let name = name.trim().to_lowercase();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
