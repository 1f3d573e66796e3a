//! Which request goes where, and what every answer carries.

mod account;
mod assets;
mod passkeys;
mod sign_in;
mod verify;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::pages;
use crate::site::Site;
use crate::visit::Visit;

/// No form or credential is near this size.
const BODY_LIMIT: usize = 64 * 1024;

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
        .route("/account", get(account::show))
        .route("/account/confirm", get(account::confirm).post(account::send_confirm))
        .route("/account/passkeys/new", get(account::new_passkey))
        .route("/sign-out", post(account::sign_out))
        .route("/passkeys/register/options", post(passkeys::register_options))
        .route("/passkeys/register", post(passkeys::register))
        .route("/passkeys/sign-in/options", post(passkeys::sign_in_options))
        .route("/passkeys/sign-in", post(passkeys::sign_in))
        .route("/assets/{name}", get(assets::asset))
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

async fn not_found(visit: Visit) -> Response {
    visit.page(StatusCode::NOT_FOUND, pages::notice(&visit, visit.texts.not_found))
}

/// What becomes of a request before any handler sees it.
enum Admission {
    Enter,
    Refuse(StatusCode),
    /// To the same page under the site's own name.
    Rename(String),
}

/// Lets only requests for this site's own name in (a name that somebody points at 127.0.0.1 is not it), and changes
/// only from its own pages.
fn admit(site: &Site, request: &Request) -> Admission {
    let text = |name| request.headers().get(name).and_then(|v| v.to_str().ok());
    let origin = site.url.origin().ascii_serialization();
    let authority = origin.trim_start_matches("http://");
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    match text(header::HOST) {
        Some(host) if host.eq_ignore_ascii_case(authority) => match text(header::ORIGIN) {
            Some(from) if !reading && from != origin => Admission::Refuse(StatusCode::FORBIDDEN),
            _ => Admission::Enter,
        },
        // Passkeys do not work on an IP address.
        Some(host) if reading && is_loopback(host, site) => {
            Admission::Rename(format!("{origin}{}", request.uri().path_and_query().map_or("/", |p| p.as_str())))
        }
        _ => Admission::Refuse(StatusCode::MISDIRECTED_REQUEST),
    }
}

async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match admit(&site, &request) {
        Admission::Enter => next.run(request).await,
        Admission::Refuse(status) => status.into_response(),
        Admission::Rename(url) => Redirect::temporary(&url).into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_loopback(host: &str, site: &Site) -> bool {
    let port = site.url.port_or_known_default().unwrap_or(80);
    ["127.0.0.1", "[::1]"].iter().any(|ip| host == format!("{ip}:{port}") || (port == 80 && host == *ip))
}
