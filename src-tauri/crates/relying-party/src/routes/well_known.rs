//! What the site tells programs about itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use crate::site::Site;

fn document(body: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// <https://w3c.github.io/webappsec-passkey-endpoints/passkey-endpoints.html>: where passkeys are made and managed.
pub(super) async fn passkey_endpoints(State(site): State<Arc<Site>>) -> Response {
    let origin = site.origins.first().map(String::as_str).unwrap_or_default();
    document(&json!({
        "enroll": format!("{origin}/account/passkeys/new"),
        "manage": format!("{origin}/account"),
    }))
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-related-origins>: which origins may use passkeys of this RP ID.
pub(super) async fn related_origins(State(site): State<Arc<Site>>) -> Response {
    document(&json!({ "origins": site.origins }))
}

/// <https://w3c.github.io/webappsec-change-password-url/>
pub(super) async fn change_password() -> Redirect {
    Redirect::to("/account/password")
}
