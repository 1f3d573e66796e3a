//! What sites say of themselves: whether they take passkeys and where, and where a password is changed.
//!
//! Whoever asks a site tells it that somebody here has business with it. So nothing here runs by itself.

mod change_password;
mod endpoints;
mod related;

use std::future::Future;

use rekey_origin::Site;
use tokio::task::JoinSet;
use url::Url;

pub use self::change_password::ChangePassword;
pub use self::endpoints::{LinkProblem, Links, Member, Passkeys, RefusedLink};
pub use self::related::related_origins;

#[cfg(test)]
pub(crate) use self::endpoints::read as read_endpoints;

use crate::client::{Body, Redirects, Request, host_of, is_of_site, site_of};
use crate::{Client, Consent, Error, LookUp, NotSwitchedOn, Permit, Progress};

/// The most hosts that are asked about one site.
const MOST_HOSTS: usize = 8;

/// The longest link of a site that is kept, in bytes.
const MOST_LINK: usize = 2048;

/// Redirects that are followed within a site.
const MOST_REDIRECTS: usize = 3;

/// A site to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its domain.
    pub domain: String,
    /// The relying party identifiers that its passkeys are known to be bound to; they may belong to another site.
    pub rp_ids: Vec<String>,
    /// Where one signs in, where known. A host of another site (of a provider that one signs in with) is not asked.
    pub sign_in: Option<Url>,
}

/// What a site said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether it takes passkeys, and where.
    pub passkeys: Passkeys,
    /// Where a password is changed.
    pub change_password: ChangePassword,
}

/// Asks many sites at once; the answers are in the order of the questions.
///
/// `progress` is told after each site. When `cancel` completes, requests that are under way are dropped at once, and the
/// answers of sites that are not done are failures with [`Error::Cancelled`].
///
/// # Errors
/// Where the look-up is switched off. What goes wrong with one site is its own answer.
pub async fn ask_all(
    client: &Client,
    consent: &Consent,
    questions: Vec<Question>,
    mut progress: impl FnMut(Progress),
    cancel: impl Future<Output = ()>,
) -> Result<Vec<Answer>, NotSwitchedOn> {
    let permit = consent.permit(LookUp::AskSites)?;
    let total = questions.len();
    let mut answers = vec![Answer::cancelled(); total];
    let mut asking = JoinSet::new();
    for (index, question) in questions.into_iter().enumerate() {
        let (client, permit) = (client.clone(), permit.clone());
        asking.spawn(async move { (index, ask(&client, &permit, &question).await) });
    }
    let mut done = 0;
    let mut cancel = std::pin::pin!(cancel);
    loop {
        let answered = tokio::select! {
            biased;
            () = &mut cancel => break,
            answered = asking.join_next() => answered,
        };
        let Some(answered) = answered else { break };
        if let Ok((index, answer)) = answered
            && let Some(place) = answers.get_mut(index)
        {
            *place = answer;
        }
        done += 1;
        progress(Progress { done, total });
    }
    Ok(answers)
}

impl Answer {
    fn cancelled() -> Self {
        Self { passkeys: Passkeys::Failed(Error::Cancelled), change_password: ChangePassword::Failed(Error::Cancelled) }
    }
}

/// Asks one site.
async fn ask(client: &Client, permit: &Permit, question: &Question) -> Answer {
    let asker = Asker { client, permit };
    Answer {
        passkeys: endpoints::ask(&asker, &question.hosts(), &question.sites()).await,
        change_password: change_password::ask(&asker, &question.own_hosts()).await,
    }
}

impl Question {
    /// Where passkey endpoints may be: at the relying party identifiers, the domain, `www` and where one signs in.
    fn hosts(&self) -> Vec<String> {
        let own = self.own_hosts();
        distinct(self.rp_ids.iter().cloned().chain(own))
    }

    /// The site's own hosts.
    fn own_hosts(&self) -> Vec<String> {
        let domain = self.domain.trim_end_matches('.');
        let www = (!domain.starts_with("www.")).then(|| format!("www.{domain}"));
        let sites = self.sites();
        let sign_in = self.sign_in.as_ref().filter(|url| sites.iter().any(|site| is_of_site(url, site)));
        let sign_in = sign_in.and_then(|url| host_of(url).ok());
        distinct(std::iter::once(domain.to_owned()).chain(www).chain(sign_in))
    }

    /// The sites that a link may lead to: the domain's, and those of its relying party identifiers.
    fn sites(&self) -> Vec<Site> {
        let of = |host: &String| site_of(&address(host, "")?);
        std::iter::once(&self.domain).chain(&self.rp_ids).filter_map(of).collect()
    }
}

/// Lower-case hosts without repetitions.
fn distinct(hosts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for host in hosts.map(|host| host.to_lowercase()) {
        if !found.contains(&host) && found.len() < MOST_HOSTS {
            found.push(host);
        }
    }
    found
}

/// `https://HOST/PATH`; `None` where that would be the address of another host.
fn address(host: &str, path: &str) -> Option<Url> {
    if host.contains(['/', '\\', '?', '#', '@', ':', '%']) || host.contains(char::is_whitespace) {
        return None;
    }
    Url::parse(&format!("https://{host}/{path}")).ok()
}

/// Makes the requests about one site.
struct Asker<'a> {
    client: &'a Client,
    permit: &'a Permit,
}

impl Asker<'_> {
    async fn get(&self, url: Url, redirects: Redirects, body: Body) -> Result<crate::client::Answer, Error> {
        self.client.get(self.permit, &Request { url, redirects, body, header: None }).await
    }

    /// Whether a host says "not found" to what is not there. Where it does not, its "found" is worth nothing.
    ///
    /// <https://w3c.github.io/webappsec-change-password-url/#the-response-reliability>
    async fn tells_what_is_not_there(&self, host: &str) -> Result<bool, Error> {
        const NOWHERE: &str = ".well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
        let url = address(host, NOWHERE).ok_or(Error::NotASite)?;
        match self.get(url, Redirects::SameSite(MOST_REDIRECTS), Body::Unread).await {
            Ok(_) => Ok(false),
            Err(Error::NotFound | Error::Status(_)) => Ok(true),
            Err(Error::RedirectedElsewhere | Error::RedirectedInsecurely | Error::TooManyRedirects { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_asked_in_order_and_once() {
        let question = Question {
            domain: "example.com".to_owned(),
            rp_ids: vec!["id.example.net".to_owned(), "example.com".to_owned()],
            sign_in: Some("https://Login.example.com/x".parse().unwrap()),
        };
        assert_eq!(question.hosts(), ["id.example.net", "example.com", "www.example.com", "login.example.com"]);
        assert_eq!(question.own_hosts(), ["example.com", "www.example.com", "login.example.com"]);
        let elsewhere =
            Question { sign_in: Some("https://accounts.example.org/".parse().unwrap()), ..question.clone() };
        assert_eq!(elsewhere.own_hosts(), ["example.com", "www.example.com"]);
        let sites: Vec<_> = question.sites().iter().map(ToString::to_string).collect();
        assert_eq!(sites, ["example.com", "example.net", "example.com"]);
        for host in ["a/b", "me@example.com", "example.com:8443", "a b", "%65xample.com"] {
            assert!(address(host, "").is_none(), "{host}");
        }
    }
}
