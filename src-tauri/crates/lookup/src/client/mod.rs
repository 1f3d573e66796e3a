//! The one HTTP client: `https` only, no cookies, no referrer, no proxy, no compression, rules of its own on redirects,
//! and bounds on time, size and number.
//!
//! - A request needs a [`Permit`]; its switch is looked at before each request and each redirect.
//! - Names are resolved here ([`resolver`]), and addresses that are not the internet's are dropped before anything
//!   connects. A name that changes its mind between two look-ups (DNS rebinding) gains nothing: what was checked is
//!   what is connected to.
//! - No proxy, not even the system's: a proxy resolves names itself, so the check would be void. Where a network can only
//!   be left through one, look-ups fail as *unreachable*.
//! - The system's own trust store decides about certificates, as it does for browsers. Sessions are not resumed, so that
//!   two look-ups are not linked by them.
//! - HTTP/1.1, and nothing is decompressed: an encoded answer is an error.

mod address;
mod failure;
mod resolver;
mod tls;
mod turns;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekey_origin::{Origin, Site};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::time::timeout;
use url::Url;

use self::resolver::Resolver;
#[cfg(feature = "test-transport")]
pub use self::resolver::TestTransport;
use self::turns::Turns;
use crate::{Error, Permit};

pub(crate) use self::address::host_of;

/// How long requests may take and how many run at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Resolving the name, connecting and securing the connection.
    pub connect: Duration,
    /// Between two parts of an answer, and until its first.
    pub read: Duration,
    /// The whole of a request with its redirects, without the time that it waits for its turn.
    pub whole: Duration,
    /// Requests at the same time.
    pub at_once: usize,
    /// Requests to one host at the same time.
    pub at_once_per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            at_once: 16,
            at_once_per_host: 4,
        }
    }
}

/// The client. Clones share connections and bounds.
#[derive(Debug, Clone)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    limits: Limits,
    turns: Turns,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) url: Url,
    pub(crate) redirects: Redirects,
    pub(crate) body: Body,
    /// A header more; its value may have come from outside.
    pub(crate) header: Option<(HeaderName, HeaderValue)>,
}

/// What becomes of a redirect.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Redirects {
    /// It is an error.
    Refused,
    /// It is told in the answer ([`Answer::leads_to`]), where it leads to the same site.
    Told,
    /// It is followed within the site, at most so many times.
    SameSite(usize),
}

/// What is expected of the body, and the most bytes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    /// It is not read.
    Unread,
    /// `application/json`
    Json(usize),
    /// `text/plain`
    Text(usize),
    /// Anything but a web page: what it is shows itself.
    Data(usize),
}

/// The answer to a request: success, "not modified", or a redirect that was to be told.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where a redirect leads that is not followed.
    pub(crate) leads_to: Option<Url>,
    pub(crate) etag: Option<HeaderValue>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// The client that trusts whom this system trusts.
    ///
    /// # Errors
    /// [`Error::NoTrust`] where the system's certificates cannot be used.
    pub fn new(limits: Limits) -> Result<Self, Error> {
        Self::over(limits, Resolver::of_the_system(), tls::of_the_system()?)
    }

    /// A client that trusts one root more than nobody, and knows the names of a test only.
    ///
    /// # Errors
    /// [`Error::NoTrust`] where the root is no certificate.
    #[cfg(feature = "test-transport")]
    pub fn for_tests(limits: Limits, transport: TestTransport) -> Result<Self, Error> {
        let tls = tls::of_one_root(transport.root())?;
        Self::over(limits, Resolver::of_a_test(transport), tls)
    }

    fn over(limits: Limits, resolver: Resolver, tls: rustls::ClientConfig) -> Result<Self, Error> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(resolver)
            .user_agent(concat!("Rekey/", env!("CARGO_PKG_VERSION")))
            .https_only(true)
            .http1_only()
            .http1_max_headers(100)
            .no_proxy()
            // Said here as well, should another crate of a build ask `reqwest` for them.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .referer(false)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .pool_idle_timeout(limits.read)
            .pool_max_idle_per_host(limits.at_once_per_host)
            .build()
            .map_err(|_| Error::NoTrust)?;
        let turns = Turns::new(limits.at_once, limits.at_once_per_host);
        Ok(Self(Arc::new(Inner { http, limits, turns })))
    }

    /// Makes one request, and the further ones that its redirects allow. Dropping the future ends it.
    pub(crate) async fn get(&self, permit: &Permit, request: &Request) -> Result<Answer, Error> {
        let Inner { limits, turns, .. } = &*self.0;
        let mut url = request.url.clone();
        let mut left = limits.whole;
        let mut followed = 0;
        loop {
            let host = host_of(&url)?;
            if !permit.look_up().may_ask(&host) {
                return Err(Error::OtherHost(permit.look_up()));
            }
            let turn = turns.take(&host).await;
            permit.check()?;
            let begun = Instant::now();
            let answer = timeout(left, self.once(&url, request)).await.map_err(|_| Error::TooSlow)??;
            left = left.saturating_sub(begun.elapsed());
            drop(turn);
            match (&answer.leads_to, request.redirects) {
                (Some(_), Redirects::Refused) => return Err(Error::Redirected),
                (None, _) | (_, Redirects::Told) => return Ok(answer),
                (Some(_), Redirects::SameSite(limit)) if followed >= limit => {
                    return Err(Error::TooManyRedirects { limit });
                }
                (Some(next), Redirects::SameSite(_)) => url = next.clone(),
            }
            followed += 1;
        }
    }

    /// One exchange.
    async fn once(&self, url: &Url, request: &Request) -> Result<Answer, Error> {
        let Inner { http, limits, .. } = &*self.0;
        let mut builder = http.get(url.clone()).header(header::ACCEPT, request.body.accept());
        if let Some((name, value)) = &request.header {
            builder = builder.header(name, value);
        }
        // A connection has its own time limit; an answer must begin as soon as one must go on.
        let sent = timeout(limits.connect.saturating_add(limits.read), builder.send());
        let response = sent.await.map_err(|_| Error::Stalled)?.map_err(|error| failure::of_request(&error))?;
        let status = response.status();
        let leads_to = leads_to(url, &response, request.redirects)?;
        let etag = response.headers().get(header::ETAG).cloned();
        if leads_to.is_some() || status == StatusCode::NOT_MODIFIED {
            return Ok(Answer { status, leads_to, etag, body: Vec::new() });
        }
        match status {
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(Error::NotFound),
            _ if !status.is_success() => return Err(Error::Status(status.as_u16())),
            _ => {}
        }
        let body = match request.body.limit() {
            None => Vec::new(),
            Some(limit) => {
                request.body.check_type(response.headers())?;
                self.read(response, limit).await?
            }
        };
        Ok(Answer { status, leads_to, etag, body })
    }

    /// The body, given up as soon as it is too large or stops coming.
    async fn read(&self, mut response: Response, limit: usize) -> Result<Vec<u8>, Error> {
        let stated = response.content_length().unwrap_or(0);
        if usize::try_from(stated).map_or(true, |stated| stated > limit) {
            return Err(Error::TooLarge { limit });
        }
        let mut body = Vec::new();
        loop {
            let part = timeout(self.0.limits.read, response.chunk()).await.map_err(|_| Error::Stalled)?;
            match part.map_err(|_| Error::CutOff)? {
                None => return Ok(body),
                Some(part) if body.len().saturating_add(part.len()) > limit => return Err(Error::TooLarge { limit }),
                Some(part) => body.extend_from_slice(&part),
            }
        }
    }
}

/// Where a redirect leads: an address that may be asked, of the same site. `None` where the answer is no redirect.
fn leads_to(from: &Url, response: &Response, redirects: Redirects) -> Result<Option<Url>, Error> {
    let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    if !is_redirect {
        return Ok(None);
    }
    if matches!(redirects, Redirects::Refused) {
        return Err(Error::Redirected);
    }
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let to = location.and_then(|location| from.join(location).ok()).ok_or(Error::Malformed)?;
    match host_of(&to) {
        Err(Error::InsecureAddress) => return Err(Error::RedirectedInsecurely),
        Err(_) => return Err(Error::RedirectedElsewhere),
        Ok(_) => {}
    }
    if is_of_site(&to, &site_of(from).ok_or(Error::Malformed)?) {
        Ok(Some(to))
    } else {
        Err(Error::RedirectedElsewhere)
    }
}

/// The site of an address.
pub(crate) fn site_of(url: &Url) -> Option<Site> {
    Origin::of(url).ok().map(|origin| Site::of(&origin))
}

/// Whether an address may be asked and belongs to the site.
pub(crate) fn is_of_site(url: &Url, site: &Site) -> bool {
    host_of(url).is_ok() && site_of(url).as_ref() == Some(site)
}

impl Body {
    fn accept(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json(_) => "application/json",
            Self::Text(_) => "text/plain",
            Self::Unread | Self::Data(_) => "*/*",
        })
    }

    fn limit(self) -> Option<usize> {
        match self {
            Self::Unread => None,
            Self::Json(limit) | Self::Text(limit) | Self::Data(limit) => Some(limit),
        }
    }

    fn check_type(self, headers: &HeaderMap) -> Result<(), Error> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let encoding = text(header::CONTENT_ENCODING).trim();
        if !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity") {
            return Err(Error::Encoded);
        }
        let stated = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_page = matches!(stated.as_str(), "text/html" | "application/xhtml+xml");
        let is_right = match self {
            Self::Json(_) => stated == "application/json",
            Self::Text(_) => stated == "text/plain",
            Self::Unread | Self::Data(_) => !is_page,
        };
        match () {
            () if is_right => Ok(()),
            () if is_page => Err(Error::WebPage),
            () => Err(Error::OtherType),
        }
    }
}
