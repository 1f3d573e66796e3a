//! WebDriver's end points of virtual authenticators, with or without a session before them.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-automation>

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_crypto::rust_crypto::RustCryptoSecretKey;
use passkey_crypto::{Pkcs8 as _, SecretKeyT as _};
use rekey_webauthn::{CredentialId, Protection};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::options::Options;
use super::software::{Kept, SoftwareAuthenticator};
use super::{Held, Shared};

/// The routes, for a router whose state they share.
pub(super) fn routes() -> Router<Shared> {
    let one = Router::new()
        .route("/authenticator", post(add))
        .route("/authenticator/{authenticator}", delete(remove))
        .route("/authenticator/{authenticator}/credential", post(add_credential))
        .route("/authenticator/{authenticator}/credentials", get(credentials).delete(remove_credentials))
        .route("/authenticator/{authenticator}/credentials/{credential}", delete(remove_credential))
        .route("/authenticator/{authenticator}/credentials/{credential}/props", post(set_properties))
        .route("/authenticator/{authenticator}/uv", post(set_user_verified));
    Router::new().nest("/webauthn", one.clone()).nest("/session/{session}/webauthn", one)
}

/// What WebDriver answers: a value, or an error with its code.
enum Answer {
    Value(Value),
    Refused(StatusCode, &'static str),
}

use Answer::{Refused, Value as Said};

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Said(value) => axum::Json(json!({ "value": value })).into_response(),
            Refused(status, error) => {
                let value = json!({ "error": error, "message": error, "stacktrace": "" });
                (status, axum::Json(json!({ "value": value }))).into_response()
            }
        }
    }
}

const INVALID: Answer = Refused(StatusCode::BAD_REQUEST, "invalid argument");
const UNSUPPORTED: Answer = Refused(StatusCode::INTERNAL_SERVER_ERROR, "unsupported operation");

/// The names in an address.
#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    session: String,
    #[serde(default)]
    authenticator: String,
    #[serde(default)]
    credential: String,
}

/// Does something with the authenticator of an address.
async fn with(shared: &Shared, place: &Place, act: impl FnOnce(&mut SoftwareAuthenticator) -> Answer) -> Answer {
    let mut pool = shared.pool.lock().await;
    let found = pool.iter_mut().find(|held| held.id == place.authenticator && held.session == place.session);
    let answer = found.map_or(INVALID, |held| act(&mut held.authenticator));
    shared.changed.notify_waiters();
    answer
}

async fn add(State(shared): State<Shared>, Path(place): Path<Place>, body: String) -> Answer {
    let options: Options = match serde_json::from_str(&body) {
        Ok(options) => options,
        // "If any of configuration's extensions … cannot be simulated": unsupported operation.
        Err(_) if serde_json::from_str::<Value>(&body).is_ok_and(|body| body.get("extensions").is_some()) => {
            return UNSUPPORTED;
        }
        Err(_) => return INVALID,
    };
    let id = uuid::Uuid::new_v4().to_string();
    let held = Held { session: place.session, id: id.clone(), authenticator: SoftwareAuthenticator::new(options) };
    shared.pool.lock().await.push(held);
    Said(json!(id))
}

async fn remove(State(shared): State<Shared>, Path(place): Path<Place>) -> Answer {
    let mut pool = shared.pool.lock().await;
    let before = pool.len();
    pool.retain(|held| held.id != place.authenticator || held.session != place.session);
    if pool.len() < before { Said(Value::Null) } else { INVALID }
}

/// Credential parameters. <https://www.w3.org/TR/webauthn-3/#credential-parameters>
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Credential {
    credential_id: String,
    is_resident_credential: bool,
    rp_id: String,
    private_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_handle: Option<String>,
    sign_count: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    large_blob: Option<String>,
    #[serde(default)]
    backup_eligibility: Option<bool>,
    #[serde(default)]
    backup_state: Option<bool>,
    #[serde(default)]
    user_name: Option<String>,
    #[serde(default)]
    user_display_name: Option<String>,
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

impl Credential {
    fn keep(self, options: &Options) -> Option<Kept> {
        let private_key = Zeroizing::new(bytes(&self.private_key)?);
        let key = RustCryptoSecretKey::from_pkcs8(&private_key).ok()?.to_cose_key();
        let user_handle = match self.user_handle {
            Some(handle) => Some(bytes(&handle).filter(|handle| handle.len() <= 64)?),
            None => None,
        };
        let can = options.has_resident_key || !self.is_resident_credential;
        let backup_eligible = self.backup_eligibility.unwrap_or(options.default_backup_eligibility);
        let kept = Kept {
            id: CredentialId::new(bytes(&self.credential_id)?).ok()?,
            rp_id: self.rp_id,
            user_handle,
            user_name: self.user_name.unwrap_or_default(),
            discoverable: self.is_resident_credential,
            key,
            sign_count: self.sign_count,
            large_blob: self.large_blob.as_deref().and_then(bytes),
            backup_eligible,
            backed_up: backup_eligible && self.backup_state.unwrap_or(options.default_backup_state),
            protection: Protection::Optional,
            prf_key: Zeroizing::new(rand::random()),
        };
        (can && (kept.user_handle.is_some() || !kept.discoverable)).then_some(kept)
    }

    fn of(kept: &Kept) -> Option<Self> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let private_key = RustCryptoSecretKey::from_cose_key(&kept.key).ok()?.to_pkcs8().ok()?;
        Some(Self {
            credential_id: kept.id.to_string(),
            is_resident_credential: kept.discoverable,
            rp_id: kept.rp_id.clone(),
            private_key: text(&private_key),
            user_handle: kept.user_handle.as_deref().map(text),
            sign_count: kept.sign_count,
            large_blob: kept.large_blob.as_deref().map(text),
            backup_eligibility: Some(kept.backup_eligible),
            backup_state: Some(kept.backed_up),
            user_name: Some(kept.user_name.clone()),
            user_display_name: None,
        })
    }
}

async fn add_credential(State(shared): State<Shared>, Path(place): Path<Place>, body: String) -> Answer {
    let Ok(given) = serde_json::from_str::<Credential>(&body) else { return INVALID };
    with(&shared, &place, |authenticator| match given.keep(&authenticator.options) {
        Some(kept) => {
            authenticator.kept.retain(|old| old.id != kept.id);
            authenticator.kept.push(kept);
            Said(Value::Null)
        }
        None => INVALID,
    })
    .await
}

async fn credentials(State(shared): State<Shared>, Path(place): Path<Place>) -> Answer {
    with(&shared, &place, |authenticator| {
        let kept: Vec<Credential> = authenticator.kept.iter().filter_map(Credential::of).collect();
        Said(json!(kept))
    })
    .await
}

async fn remove_credentials(State(shared): State<Shared>, Path(place): Path<Place>) -> Answer {
    with(&shared, &place, |authenticator| {
        authenticator.kept.clear();
        Said(Value::Null)
    })
    .await
}

/// Does something with the credential of an address.
fn credential(place: &Place, authenticator: &SoftwareAuthenticator) -> Option<usize> {
    let id: CredentialId = place.credential.parse().ok()?;
    authenticator.kept.iter().position(|kept| kept.id == id)
}

async fn remove_credential(State(shared): State<Shared>, Path(place): Path<Place>) -> Answer {
    with(&shared, &place, |authenticator| match credential(&place, authenticator) {
        Some(at) => {
            authenticator.kept.remove(at);
            Said(Value::Null)
        }
        None => INVALID,
    })
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    backup_eligibility: Option<bool>,
    backup_state: Option<bool>,
}

async fn set_properties(State(shared): State<Shared>, Path(place): Path<Place>, body: String) -> Answer {
    let Ok(given) = serde_json::from_str::<Properties>(&body) else { return INVALID };
    with(&shared, &place, |authenticator| {
        let Some(at) = credential(&place, authenticator) else { return INVALID };
        let Some(kept) = authenticator.kept.get_mut(at) else { return INVALID };
        kept.backup_eligible = given.backup_eligibility.unwrap_or(kept.backup_eligible);
        kept.backed_up = given.backup_state.unwrap_or(kept.backed_up);
        Said(Value::Null)
    })
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verified {
    is_user_verified: bool,
}

async fn set_user_verified(State(shared): State<Shared>, Path(place): Path<Place>, body: String) -> Answer {
    let Ok(given) = serde_json::from_str::<Verified>(&body) else { return INVALID };
    with(&shared, &place, |authenticator| {
        authenticator.options.is_user_verified = given.is_user_verified;
        Said(Value::Null)
    })
    .await
}
