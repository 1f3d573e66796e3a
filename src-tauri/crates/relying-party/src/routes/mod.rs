//! Which request goes where, and what every answer carries.

mod account;
mod account_view;
mod assertion;
mod assets;
mod change;
mod confirm;
mod entrance;
mod explain;
mod inbox;
mod passkeys;
mod password;
mod refusal;
mod register;
mod scene;
mod sign_in;
mod verify;
mod well_known;

#[cfg(test)]
pub(crate) use refusal::Refusal;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use tokio::time;

use crate::pages;
use crate::site::{Site, authority};
use crate::visit::{Answer, Visit};

/// No form or credential is near this size.
const BODY_LIMIT: usize = 64 * 1024;

/// How long a request may take with its body. A slow site answers within two seconds, and a password waits ten for its
/// turn.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// On every answer. `same-origin` and not `no-referrer`, which would make browsers send `Origin: null` with forms.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The whole site.
pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(sign_in::home))
        .route("/login", get(sign_in::one_page).post(sign_in::send_one_page))
        .route("/signin", get(sign_in::two_step).post(sign_in::send_name))
        .route("/signin/password", get(sign_in::two_step_password).post(sign_in::send_password))
        .route("/welcome", get(sign_in::late_script))
        .route("/welcome/form", get(sign_in::late_form))
        .route("/welcome/session", post(sign_in::send_late_form))
        .route("/verify/code", get(verify::totp).post(verify::send_totp))
        .route("/verify/email", get(verify::email).post(verify::send_email))
        .route("/verify/human", get(verify::human).post(verify::send_human))
        .route("/verify/human.svg", get(verify::picture))
        .route("/verify/passkey", get(verify::passkey))
        .route("/verify/stay", get(verify::stay).post(verify::send_stay))
        .route("/account", get(account::show))
        .route("/account/confirm", get(confirm::show).post(confirm::send))
        .route("/account/passkeys/new", get(passkeys::new_passkey))
        .route("/account/passkeys/rename", post(passkeys::rename))
        .route("/account/passkeys/remove", post(passkeys::remove))
        .route("/account/passkeys/{id}/name", get(passkeys::name))
        .route("/account/passkeys/{id}/remove", get(passkeys::removal))
        .route("/account/password", get(password::show).post(password::change))
        .route("/account/password/remove", get(password::removal).post(password::remove))
        .route("/account/recovery-codes", get(password::recovery_codes).post(password::new_recovery_codes))
        .route("/account/sign-out-everywhere", post(account::sign_out_everywhere))
        .route("/recover", get(password::recover).post(password::send_recover))
        .route("/explain", get(explain::show))
        .route("/inbox", get(inbox::show))
        .route("/inbox/confirm/{token}", get(inbox::confirm))
        .route("/p/{id}", get(entrance::profile))
        .route("/.well-known/passkey-endpoints", get(well_known::passkey_endpoints))
        .route("/.well-known/webauthn", get(well_known::related_origins))
        .route("/.well-known/change-password", get(well_known::change_password))
        .route("/sign-out", post(account::sign_out))
        .route("/passkeys/register/options", post(register::options))
        .route("/passkeys/register", post(register::credential))
        .route("/passkeys/sign-in/options", post(assertion::options))
        .route("/passkeys/sign-in", post(assertion::assertion))
        .route("/assets/{name}", get(assets::asset))
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

async fn not_found(visit: Visit) -> Answer {
    Ok(visit.page(StatusCode::NOT_FOUND, pages::notice(&visit, visit.texts.not_found)))
}

/// What becomes of a request before any handler sees it.
enum Admission {
    Enter,
    Refuse(StatusCode),
    /// To the same page under the site's own name.
    Rename(String),
}

/// Lets only requests for the site's own names in (a name that somebody points at 127.0.0.1 is none), and changes only
/// from its own pages.
fn admit(site: &Site, request: &Request) -> Admission {
    let text = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let host = text(header::HOST).unwrap_or_default();
    match site.origin_of(host) {
        Some(own) => match text(header::ORIGIN) {
            Some(from) if !reading && from != own => Admission::Refuse(StatusCode::FORBIDDEN),
            _ => Admission::Enter,
        },
        // Passkeys do not work on an IP address.
        None => match site.origins.first() {
            Some(own) if reading && is_loopback(host, own) => {
                Admission::Rename(format!("{own}{}", request.uri().path_and_query().map_or("/", |p| p.as_str())))
            }
            _ => Admission::Refuse(StatusCode::MISDIRECTED_REQUEST),
        },
    }
}

async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match admit(&site, &request) {
        Admission::Enter => match time::timeout(REQUEST_TIME, next.run(request)).await {
            Ok(response) => response,
            Err(_) => (StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, "close")]).into_response(),
        },
        Admission::Refuse(status) => status.into_response(),
        Admission::Rename(url) => Redirect::temporary(&url).into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether somebody wrote an IP address where `localhost` would have done.
fn is_loopback(host: &str, own: &str) -> bool {
    authority(own).strip_prefix("localhost").is_some_and(|port| {
        ["127.0.0.1", "[::1]"].iter().any(|ip| host.strip_prefix(ip).is_some_and(|rest| rest == port))
    })
}
