//! One request: its session, its language, and the answers it can get.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::connection::Cut;
use crate::pages::{self, Page};
use crate::sessions::{SessionId, Stage};
use crate::site::Site;
use crate::texts::{Texts, texts_for};

const COOKIE: &str = "sid";

/// The header in which a script sends the form token.
const TOKEN_HEADER: &str = "x-csrf-token";

/// What a handler gets of a request.
pub(crate) struct Visit {
    pub(crate) site: Arc<Site>,
    pub(crate) session: SessionId,
    pub(crate) texts: &'static Texts,
    header_token: String,
    new_session: bool,
    cut: Option<Cut>,
}

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let now = site.now();
        let claimed = session_cookie(&parts.headers);
        let mut state = site.state();
        let known = claimed.filter(|id| state.sessions.touch(id, now));
        let new_session = known.is_none();
        let session = known.unwrap_or_else(|| state.sessions.begin(now));
        drop(state);
        let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Ok(Self {
            site: Arc::clone(site),
            session,
            texts: texts_for(text("accept-language")),
            header_token: text(TOKEN_HEADER).to_owned(),
            new_session,
            cut: parts.extensions.get::<ConnectInfo<Cut>>().map(|ConnectInfo(cut)| cut.clone()),
        })
    }
}

fn session_cookie(headers: &HeaderMap) -> Option<SessionId> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| SessionId::claimed(value))
}

impl Visit {
    /// How far this session has come.
    pub(crate) fn stage(&self) -> Stage {
        self.site.state().sessions.stage(&self.session)
    }

    /// The token for this session's forms.
    pub(crate) fn form_token(&self) -> String {
        self.site.state().sessions.form_token(&self.session)
    }

    /// The answer to a form without the session's token, if this is one.
    pub(crate) fn forged(&self, token: &str) -> Option<Response> {
        let genuine = self.site.state().sessions.is_form_token(&self.session, token);
        (!genuine).then(|| self.page(StatusCode::FORBIDDEN, pages::notice(self, self.texts.form_expired)))
    }

    /// The same for a script's request, which carries the token in a header.
    pub(crate) fn forged_script(&self) -> Option<Response> {
        let genuine = self.site.state().sessions.is_form_token(&self.session, &self.header_token);
        (!genuine).then(|| self.message(StatusCode::FORBIDDEN, self.texts.form_expired))
    }

    /// Goes on with the session that a step gave.
    pub(crate) fn renew(&mut self, session: SessionId) {
        self.session = session;
        self.new_session = true;
    }

    /// Answers with a page.
    pub(crate) fn page(&self, status: StatusCode, page: Page) -> Response {
        self.finish((status, Html(page.render(self))).into_response())
    }

    /// Answers with "see there", for a form that was sent.
    pub(crate) fn go(&self, path: &'static str) -> Response {
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

    /// Adds how long to wait.
    pub(crate) fn retry_after(mut response: Response, wait: Duration) -> Response {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        response
    }

    fn finish(&self, mut response: Response) -> Response {
        if self.new_session {
            // No `Secure`: browsers differ on it for http://localhost, and nothing leaves the computer.
            let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", self.session.as_str());
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}
