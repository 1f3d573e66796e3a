//! What sites are called.

use rekey_origin::{Origin, Site};

use crate::Account;
use crate::address::web_address;

/// Words that say nothing of whose account it is.
const NOISE: [&str; 12] =
    ["account", "accounts", "login", "signin", "id", "sso", "2fa", "mfa", "otp", "totp", "inc", "the"];

/// Host labels that say nothing of the site.
const PLAIN_LABELS: [&str; 12] =
    ["www", "login", "signin", "accounts", "account", "auth", "sso", "id", "my", "app", "web", "secure"];

/// Names that operators go by, beside the first labels of their domains, without case and punctuation.
const OPERATORS: &[(&[&str], &[&str])] = &[
    (&["google", "gmail", "googlemail"], &["google.com", "gmail.com", "youtube.com"]),
    (
        &["microsoft", "outlook", "office365", "microsoft365", "hotmail", "azure", "azuread", "entra"],
        &["microsoft.com", "live.com", "microsoftonline.com", "outlook.com", "office.com", "azure.com"],
    ),
    (&["amazonwebservices", "aws", "amazonaws", "awsamazon"], &["amazon.com", "amazonaws.com", "aws.com"]),
    (&["apple", "icloud", "appleid"], &["apple.com", "icloud.com"]),
    (&["facebook", "meta"], &["facebook.com", "meta.com"]),
    (&["x", "twitter", "xtwitter"], &["x.com", "twitter.com"]),
    (&["proton", "protonmail"], &["proton.me", "protonmail.com"]),
    (&["atlassian", "bitbucket", "jira"], &["atlassian.com", "atlassian.net", "bitbucket.org"]),
    (&["steam"], &["steampowered.com", "steamcommunity.com"]),
    (&["discord"], &["discord.com", "discordapp.com"]),
    (&["blizzard", "battlenet"], &["blizzard.com", "battle.net"]),
    (&["npm"], &["npmjs.com"]),
    (&["ubisoft", "uplay"], &["ubisoft.com", "ubi.com"]),
    (&["epicgames", "epic"], &["epicgames.com"]),
    (&["ea", "electronicarts"], &["ea.com"]),
    (&["playstation", "sony"], &["playstation.com", "sony.com"]),
    (&["digitalocean"], &["digitalocean.com"]),
    (&["wordpress"], &["wordpress.com", "wordpress.org"]),
    (&["mailboxorg"], &["mailbox.org"]),
    (&["hetzner"], &["hetzner.com", "hetzner.de"]),
];

/// What an account or an issuer is called: names that stand for a site, and such as only hint at one. Each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Keys {
    pub sites: Vec<String>,
    pub hints: Vec<String>,
}

impl Keys {
    pub(super) fn of_account(account: &Account) -> Self {
        let mut keys = Self::default();
        keys.domain(account.site.as_str());
        keys.text(&account.title);
        for word in words(&account.title).filter(|word| word.chars().count() > 2) {
            keys.hint(word);
        }
        for url in &account.urls {
            let Ok(origin) = Origin::of(url) else { continue };
            let site = Site::of(&origin);
            keys.domain(site.as_str());
            let host = url.host_str().unwrap_or_default();
            for label in host.strip_suffix(site.as_str()).unwrap_or_default().split('.') {
                if label.len() > 2 && !PLAIN_LABELS.contains(&label) {
                    keys.hint(folded(label));
                }
            }
        }
        keys
    }

    pub(super) fn of_issuer(issuer: &str) -> Self {
        let mut keys = Self::default();
        keys.text(issuer);
        if let Some(word) = words(issuer).next().filter(|word| word.chars().count() > 3) {
            keys.hint(word);
        }
        keys
    }

    /// Takes what people call a site; it may be a domain or an address.
    fn text(&mut self, text: &str) {
        self.site(folded(text));
        self.site(words(text).collect());
        let text = text.trim();
        if text.contains('.') && !text.contains(['@', ' ']) {
            let origin = web_address(text).and_then(|url| Origin::of(&url).ok());
            if let Some(origin) = origin {
                self.domain(Site::of(&origin).as_str());
            }
        }
    }

    /// Takes the domain of a site.
    fn domain(&mut self, domain: &str) {
        let domain = domain.to_lowercase();
        self.site(folded(&domain));
        if let Some((label, _)) = domain.split_once('.')
            && label.contains(|character: char| !character.is_ascii_digit())
        {
            self.site(folded(label));
        }
        for (names, domains) in OPERATORS {
            if domains.contains(&domain.as_str()) {
                names.iter().for_each(|name| self.site((*name).to_owned()));
            }
        }
    }

    fn site(&mut self, key: String) {
        if !key.is_empty() && !self.sites.contains(&key) {
            self.sites.push(key);
        }
    }

    fn hint(&mut self, key: String) {
        if !key.is_empty() && !self.hints.contains(&key) && !self.sites.contains(&key) {
            self.hints.push(key);
        }
    }
}

/// A text without case, spaces and punctuation.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a text that say something, without case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !NOISE.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(issuer: &str, sites: &[&str], hints: &[&str]) {
        let keys = Keys::of_issuer(issuer);
        assert_eq!(
            (keys.sites, keys.hints),
            (sites.iter().map(ToString::to_string).collect(), hints.iter().map(ToString::to_string).collect()),
            "{issuer}"
        );
    }

    #[test]
    fn issuers() {
        check("GitHub", &["github"], &[]);
        check("Example Shop", &["exampleshop"], &["example"]);
        check("Google Account", &["googleaccount", "google"], &[]);
        check("example-shop.com", &["exampleshopcom", "exampleshop"], &["example"]);
        check("login.example.com", &["loginexamplecom", "examplecom", "example"], &[]);
        check("ann@example.com", &["annexamplecom"], &[]);
        check("ID", &["id"], &[]);
        check("", &[], &[]);
        check("...", &[], &[]);
    }

    #[test]
    fn operators_are_folded_and_their_domains_are_sites() {
        for (names, domains) in OPERATORS {
            assert!(names.iter().all(|name| folded(name) == *name), "{names:?}");
            for domain in *domains {
                assert_eq!(Site::parse(domain).map(|site| site.to_string()).as_deref(), Some(*domain));
            }
        }
    }
}
