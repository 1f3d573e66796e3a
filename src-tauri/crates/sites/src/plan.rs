//! Where a journey at a site goes.

use rekey_origin::{Origin, Site};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::directory::Directory;
use crate::known::Known;
use crate::record::{Fact, Text};

/// Where a journey at a site goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whose account it is.
    pub site: Site,
    /// Where signing in begins.
    pub sign_in: Url,
    /// The page that adds a passkey, where known; otherwise the journey looks for it.
    pub passkeys: Option<Url>,
}

/// Why no plan can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanProblem {
    /// Neither the vault nor the person gives a web address.
    NoAddress,
    /// The address would carry secrets over an open line.
    Insecure,
    /// A given address belongs to another site than the account.
    OtherSite,
}

impl Plan {
    /// The plan for an account: the addresses the person gave go before those of the directory, and those before the
    /// vault's. The directory's count where they belong to the account's own site; [`elsewhere`] has the others. A vault's
    /// address at a part of the site that the directory does not speak of (`team.slack.com`) is where that person signs in.
    ///
    /// # Errors
    /// See [`Plan::generic`].
    pub fn for_site(
        directory: &Directory,
        site: &Site,
        vault: Option<&Url>,
        sign_in: Option<&Url>,
        passkeys: Option<&Url>,
    ) -> Result<Self, PlanProblem> {
        let known = directory.look_up_account(site, vault);
        let own = |fact: Option<&Fact<Text>>| fact.and_then(|fact| address(&fact.value)).filter(|url| is_at(site, url));
        let known_sign_in = known.and_then(|known| own(known.sign_in()));
        let known_sign_in =
            known_sign_in.filter(|page| !vault.is_some_and(|vault| is_at_another_part(vault, page, site)));
        let known_passkeys = known.and_then(|known| own(known.passkey_page()));
        Self::generic(site, vault, sign_in.or(known_sign_in.as_ref()), passkeys.or(known_passkeys.as_ref()))
    }

    /// The plan for a site that nothing is known of: the addresses the person gave go before those of the vault.
    ///
    /// # Errors
    /// See [`PlanProblem`]. A given address must belong to the account's site: secrets go nowhere else.
    pub fn generic(
        site: &Site,
        vault: Option<&Url>,
        sign_in: Option<&Url>,
        passkeys: Option<&Url>,
    ) -> Result<Self, PlanProblem> {
        let vault = vault.map(upgraded);
        let sign_in = sign_in.or(vault.as_ref()).ok_or(PlanProblem::NoAddress)?;
        for url in std::iter::once(sign_in).chain(passkeys) {
            let origin = Origin::of(url).map_err(|_| PlanProblem::NoAddress)?;
            if !origin.is_potentially_trustworthy() {
                return Err(PlanProblem::Insecure);
            }
            if !site.contains(&origin) {
                return Err(PlanProblem::OtherSite);
            }
        }
        Ok(Self { site: site.clone(), sign_in: sign_in.clone(), passkeys: passkeys.cloned() })
    }
}

/// The sign-in and passkey pages that the directory has for an account's site, and that are at another site: a person can
/// go there, a journey does not, because secrets go to the account's own site only.
pub fn elsewhere<'a>(known: Known<'a>, site: &Site) -> impl Iterator<Item = &'a Fact<Text>> {
    let pages = [known.sign_in(), known.passkey_page()].into_iter().flatten();
    pages.filter(move |fact| address(&fact.value).is_some_and(|url| !is_at(site, &url)))
}

/// An address of the directory that secrets may go to.
fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    Origin::of(&url).ok()?.is_potentially_trustworthy().then_some(url)
}

fn is_at(site: &Site, url: &Url) -> bool {
    Origin::of(url).is_ok_and(|origin| site.contains(&origin))
}

/// Whether an address is at a name under the site that is neither the page's nor the site's front door.
fn is_at_another_part(address: &Url, page: &Url, site: &Site) -> bool {
    let front = |host: &str| host.strip_prefix("www.").unwrap_or(host) == site.as_str();
    let host = address.host_str().unwrap_or_default();
    is_at(site, address) && Some(host) != page.host_str() && !front(host)
}

/// Old vault entries say `http` where the site has long moved to `https`. A secret never goes over an open line, so
/// the open address is of no use; loopback stays as it is.
fn upgraded(url: &Url) -> Url {
    let mut url = url.clone();
    if url.scheme() == "http" && !Origin::of(&url).is_ok_and(|origin| origin.is_potentially_trustworthy()) {
        // Refused only for schemes that cannot be exchanged, which these two can.
        let _ = url.set_scheme("https");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(vault: Option<&str>, sign_in: Option<&str>, passkeys: Option<&str>, expect: Result<&str, PlanProblem>) {
        let url = |text: Option<&str>| text.map(|t| Url::parse(t).unwrap());
        let site = Site::parse("example.com").unwrap();
        let plan = Plan::generic(&site, url(vault).as_ref(), url(sign_in).as_ref(), url(passkeys).as_ref());
        assert_eq!(plan.map(|p| p.sign_in.to_string()), expect.map(str::to_owned));
    }

    #[test]
    fn what_the_person_says_goes_first_and_stays_on_the_site() {
        use PlanProblem::*;
        check(Some("https://example.com/"), None, None, Ok("https://example.com/"));
        check(Some("https://example.com/"), Some("https://id.example.com/in"), None, Ok("https://id.example.com/in"));
        check(None, None, None, Err(NoAddress));
        check(Some("http://example.com/"), None, None, Ok("https://example.com/"));
        check(None, Some("http://example.com/"), None, Err(Insecure));
        check(Some("https://example.com/"), Some("https://example.org/"), None, Err(OtherSite));
        check(Some("https://example.com/"), None, Some("https://evil.test/keys"), Err(OtherSite));
    }
}
