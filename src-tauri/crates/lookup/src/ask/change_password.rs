//! `/.well-known/change-password`: where a password is changed.
//!
//! <https://w3c.github.io/webappsec-change-password-url/>

use url::Url;

use super::{Asker, MOST_LINK, MOST_REDIRECTS, address};
use crate::Error;
use crate::client::{Body, Redirects};

const PATH: &str = ".well-known/change-password";

/// Where a site has its passwords changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangePassword {
    /// At this address, which is `https` and of the site, of a bounded length, and the same for everybody: where the site
    /// led to one with a query or fragment (`/login?state=…`), which may have been made for this one request, it is the
    /// well-known address itself. That one leads there anew each time.
    At(Url),
    /// It does not say, or answers so to everything.
    NotSaid,
    /// It could not be asked, or leads elsewhere.
    Failed(Error),
}

impl ChangePassword {
    /// The stable name of the outcome, for texts and scripts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::At(_) => "at",
            Self::NotSaid => "not-said",
            Self::Failed(_) => "failed",
        }
    }
}

/// Asks the hosts one after the other, until one leads to a page.
pub(super) async fn ask(asker: &Asker<'_>, hosts: &[String]) -> ChangePassword {
    let mut outcome = None;
    for host in hosts {
        match (ask_host(asker, host).await, &outcome) {
            (Ok(Some(url)), _) => return ChangePassword::At(url),
            (Ok(None), _) => outcome = Some(ChangePassword::NotSaid),
            (Err(error), None) => outcome = Some(ChangePassword::Failed(error)),
            (Err(_), Some(_)) => {}
        }
    }
    outcome.unwrap_or(ChangePassword::Failed(Error::NotASite))
}

/// The page that a host leads to; `None` where it leads to none.
async fn ask_host(asker: &Asker<'_>, host: &str) -> Result<Option<Url>, Error> {
    let mut asked = address(host, PATH).ok_or(Error::NotASite)?;
    for _ in 0..=MOST_REDIRECTS {
        let answer = match asker.get(asked.clone(), Redirects::Told, Body::Unread).await {
            Err(Error::NotFound) => return Ok(None),
            answer => answer?,
        };
        let page = match answer.leads_to {
            // The whole site has moved to another host, which is asked the same.
            Some(next) if next == asked => break,
            Some(next) if next.path().trim_start_matches('/') == PATH => {
                asked = bare(next);
                continue;
            }
            Some(page) if is_for_everybody(&page) => page,
            Some(_) | None => asked.clone(),
        };
        let reliable = asker.tells_what_is_not_there(asked.host_str().unwrap_or(host)).await?;
        return Ok(reliable.then_some(page));
    }
    Err(Error::TooManyRedirects { limit: MOST_REDIRECTS })
}

/// Whether an address can be kept and opened at another time.
fn is_for_everybody(page: &Url) -> bool {
    page.query().is_none() && page.fragment().is_none() && page.as_str().len() <= MOST_LINK
}

/// An address without what may have been made for one request.
fn bare(mut url: Url) -> Url {
    url.set_query(None);
    url.set_fragment(None);
    url
}
