//! One request: its session, its language, and the answers it can get.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::Markup;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use crate::connection::Cut;
use crate::explain;
use crate::pages::{self, Page};
use crate::site::{Site, authority};
use crate::store::{Account, SessionId, Stage, StoreError};
use crate::texts::{self, Language, Texts};
use crate::{Difficulty, Profile};

/// The session cookie's name where the site is reached by this origin. Cookies do not know ports, so sites on the ports of
/// one `localhost` need names of their own; by HTTPS the prefix binds the cookie to the host
/// (<https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-4.1.3.2>).
fn cookie_name(origin: &str) -> String {
    if is_https(origin) {
        return "__Host-sid".to_owned();
    }
    let (_, port) = authority(origin).rsplit_once(':').unwrap_or(("", "80"));
    format!("sid-{port}")
}

fn is_https(origin: &str) -> bool {
    origin.starts_with("https://")
}

/// What the visitor chose in the cookie banner. Its script sets it.
const COOKIE_CHOICE: &str = "cookies";

/// Of a session's requests by scripts, every how many-th a flaky site does not answer.
const FLAKY_EVERY: u64 = 3;

/// The header in which a script sends the form token.
const TOKEN_HEADER: &str = "x-csrf-token";

/// What a handler gets of a request.
pub(crate) struct Visit {
    pub(crate) site: Arc<Site>,
    pub(crate) session: SessionId,
    pub(crate) texts: &'static Texts,
    /// How far the session had come when the request did.
    pub(crate) stage: Stage,
    /// The account on the way or signed in.
    pub(crate) account: Option<Account>,
    /// The profile it entered by.
    pub(crate) profile: Option<&'static Profile>,
    /// The site's own origin by which the request came.
    origin: String,
    form_token: String,
    header_token: String,
    chose_cookies: bool,
    new_session: bool,
    cut: Option<Cut>,
}

/// The store failed. The person learns that it did, the log learns how.
#[derive(Debug)]
pub(crate) struct Failure(StoreError);

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        tracing::error!(error = &self.0 as &dyn Error, "the practice site's storage failed");
        let text = "The practice site could not read or write its storage. Your accounts elsewhere are not touched. \
                    Stop it and start it again.";
        (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
    }
}

/// Why a request gets no handler.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// The store failed.
    Failure(Failure),
    /// The site says in these words that it is busy.
    Busy(&'static str),
}

impl From<StoreError> for Unanswered {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl IntoResponse for Unanswered {
    fn into_response(self) -> Response {
        match self {
            Self::Failure(failure) => failure.into_response(),
            Self::Busy(words) => {
                let busy = (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "message": words, "code": "busy" })));
                Visit::retry_after(busy.into_response(), Duration::from_secs(1))
            }
        }
    }
}

/// The request does not come from a page of this session.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the form token is missing or wrong")]
pub(crate) struct Forged;

/// What a handler gives.
pub(crate) type Answer = Result<Response, Failure>;

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = Unanswered;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Unanswered> {
        let visit = Self::begin(parts, site)?;
        if visit.has(Difficulty::Slow) {
            tokio::time::sleep(site.slow_answer).await;
        }
        if visit.has(Difficulty::Flaky) && is_script_path(parts.uri.path()) {
            let count = site.state().store.count_script(&visit.session)?;
            if count.is_multiple_of(FLAKY_EVERY) {
                return Err(Unanswered::Busy(visit.texts.busy));
            }
        }
        Ok(visit)
    }
}

/// Where only the pages' scripts send requests.
fn is_script_path(path: &str) -> bool {
    path.starts_with("/passkeys/") || path.starts_with("/welcome/")
}

impl Visit {
    /// The visit of a request, which begins a session where it belongs to none.
    fn begin(parts: &Parts, site: &Arc<Site>) -> Result<Self, StoreError> {
        let now = site.now();
        let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        // The guard lets no request for another host in.
        let origin = site.origin_of(text("host")).unwrap_or_default().to_owned();
        let claimed = cookie(&parts.headers, &cookie_name(&origin)).map(SessionId::claimed);
        let state = site.state();
        let known = claimed.map(|id| state.store.touch_session(&id, now)).transpose()?.flatten();
        let new_session = known.is_none();
        let session = match known {
            Some(session) => session,
            None => state.store.begin_session(now)?,
        };
        let chosen = chosen_language(parts);
        if let Some(language) = chosen {
            state.store.set_language(&session.id, language)?;
        }
        let account = match &session.stage {
            Stage::Anonymous | Stage::Named(_) => None,
            Stage::Pending { account, .. } | Stage::SignedIn { account, .. } => state.store.account(*account)?,
        };
        drop(state);
        let profile = session.rehearsal.as_deref().and_then(Profile::by_id);
        let own = account.as_ref().and_then(|account| Language::of(&account.difficulties));
        let language = chosen.or(session.language).or(own).unwrap_or_else(|| texts::accepted(text("accept-language")));
        Ok(Self {
            site: Arc::clone(site),
            session: session.id,
            texts: language.texts(),
            stage: session.stage,
            account,
            profile,
            origin,
            form_token: session.form_token,
            header_token: text(TOKEN_HEADER).to_owned(),
            chose_cookies: cookie(&parts.headers, COOKIE_CHOICE).is_some(),
            new_session,
            cut: parts.extensions.get::<ConnectInfo<Cut>>().map(|ConnectInfo(cut)| cut.clone()),
        })
    }
}

/// What a page's language link says: `?lang=es`.
fn chosen_language(parts: &Parts) -> Option<Language> {
    let query = parts.uri.query()?;
    let (_, tag) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang")?;
    Language::from_tag(&tag)
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

impl Visit {
    /// Whether the site, the profile that this visitor entered by, or the account on the way has this difficulty.
    pub(crate) fn has(&self, difficulty: Difficulty) -> bool {
        self.site.difficulties.contains(&difficulty)
            || self.profile.is_some_and(|profile| profile.difficulties.contains(&difficulty))
            || self.account.as_ref().is_some_and(|account| account.has(difficulty))
    }

    /// Every such difficulty.
    pub(crate) fn difficulties(&self) -> Vec<Difficulty> {
        let profile = self.profile.map(|profile| profile.difficulties).unwrap_or_default();
        let account = self.account.as_ref().map(|account| account.difficulties.as_slice()).unwrap_or_default();
        [self.site.difficulties.as_slice(), profile, account].concat()
    }

    /// Whether the cookie banner is still to be answered.
    pub(crate) fn asks_for_cookies(&self) -> bool {
        self.has(Difficulty::CookieBanner) && !self.chose_cookies
    }

    /// Whether sign-in pages offer a passkey to somebody who gave no password yet.
    pub(crate) fn offers_passkey_sign_in(&self) -> bool {
        !self.has(Difficulty::NoPasskeyPage) && !self.has(Difficulty::PasskeySecondFactorOnly)
    }

    /// The account, if it is signed in.
    pub(crate) fn signed_in(&self) -> Option<&Account> {
        self.account.as_ref().filter(|account| self.stage.signed_in() == Some(account.id))
    }

    /// The language in which ceremonies are explained.
    pub(crate) fn explaining(&self) -> explain::Language {
        if self.texts.language == "es" { explain::Language::Spanish } else { explain::Language::English }
    }

    /// What happened in the last ceremony of this session.
    pub(crate) fn explanation(&self) -> Option<Markup> {
        let language = self.explaining();
        let state = self.site.state();
        state.traces.of(&self.session).map(|trace| explain::panel(&explain::explain(trace, language), language))
    }

    /// The token for this session's forms.
    pub(crate) fn form_token(&self) -> &str {
        &self.form_token
    }

    /// The answer to a form without the session's token, if this is one.
    pub(crate) fn forged(&self, token: &str) -> Option<Response> {
        (!self.is_token(token)).then(|| self.page(StatusCode::FORBIDDEN, pages::form_expired(self)))
    }

    /// The same for a script's request, which carries the token in a header.
    pub(crate) fn genuine_script(&self) -> Result<(), Forged> {
        if self.is_token(&self.header_token) { Ok(()) } else { Err(Forged) }
    }

    fn is_token(&self, token: &str) -> bool {
        !self.form_token.is_empty() && bool::from(self.form_token.as_bytes().ct_eq(token.as_bytes()))
    }

    /// Goes on with the session that a step gave.
    pub(crate) fn renew(&mut self, session: SessionId) {
        self.site.state().traces.moved(&self.session, session.clone());
        self.session = session;
        self.new_session = true;
    }

    /// Sends the person to show once more who they are, and from there to this page.
    pub(crate) fn confirm_first(&self, path: &str) -> Answer {
        self.site.state().store.set_wanted(&self.session, path)?;
        Ok(self.go("/account/confirm"))
    }

    /// Answers with a page.
    pub(crate) fn page(&self, status: StatusCode, page: Page) -> Response {
        self.finish((status, Html(page.render(self))).into_response())
    }

    /// Answers with "see there", for a form that was sent.
    pub(crate) fn go(&self, path: &str) -> Response {
        self.finish((StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response())
    }

    /// Answers a script.
    pub(crate) fn json(&self, status: StatusCode, body: &Value) -> Response {
        self.finish((status, Json(body)).into_response())
    }

    /// Tells a script what to show in its alert.
    pub(crate) fn message(&self, status: StatusCode, text: &str) -> Response {
        self.json(status, &json!({ "message": text }))
    }

    /// Breaks the connection off. The answer never leaves the computer, let alone the server.
    pub(crate) fn break_off(&self) -> Response {
        if let Some(cut) = &self.cut {
            cut.now();
        }
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }

    /// Says how long to wait.
    pub(crate) fn locked(&self, wait: Duration) -> String {
        (self.texts.locked_for)(wait.as_secs().max(1))
    }

    /// Adds how long to wait.
    pub(crate) fn retry_after(mut response: Response, wait: Duration) -> Response {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        response
    }

    fn finish(&self, mut response: Response) -> Response {
        if self.new_session {
            let name = cookie_name(&self.origin);
            // Not for http://localhost: browsers differ on it, and nothing leaves the computer.
            let secure = if is_https(&self.origin) { "; Secure" } else { "" };
            let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}", self.session.as_str());
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}
