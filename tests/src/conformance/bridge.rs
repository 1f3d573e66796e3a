//! What pages say to the host, as in the own browser and the site's window; only who speaks is another's word here: the
//! request's `Origin`, which a page cannot set.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rekey_browser::channel::{self, Message, Number};
use rekey_browser::{CeremonyKind, CeremonyReply, Mode};
use rekey_origin::Origin;
use rekey_webauthn::{Caller, Frame};
use serde::Deserialize;
use tokio::sync::Notify;

use super::{Shared, client};

/// What the injected script adds to the bridge's own words, because no driver is there to say it.
#[derive(Deserialize)]
struct Posted {
    /// The origins of the documents above, from the nearest to the top.
    above: Vec<String>,
    /// The document's random name, with which the bridge introduces itself.
    document: String,
    /// Whether the permissions policy allows it, and whether a person did something.
    create: bool,
    get: bool,
    activated: bool,
    /// The bridge's words.
    words: String,
}

/// A ceremony under way, so that its page can give it up.
pub(super) struct Running {
    document: String,
    channel: u32,
    id: u64,
    given_up: Arc<Notify>,
}

/// `POST /bridge`: the answer is the channel's, or nothing.
pub(super) async fn hear(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    match answer(&shared, &headers, &body).await {
        Some(text) => text.into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let said: Origin = headers.get(header::ORIGIN)?.to_str().ok()?.parse().ok()?;
    let posted: Posted = serde_json::from_slice(body).ok()?;
    match channel::read(&posted.words, Mode::Bridged)? {
        Message::Abort { number } => {
            let running = shared.running.lock().await;
            let of = |one: &&Running| {
                one.document == posted.document && one.channel == number.channel && one.id == number.id
            };
            running.iter().filter(of).for_each(|one| one.given_up.notify_one());
            None
        }
        Message::Request { number, kind, options, origin, .. } => {
            let reply = match caller(&said, &origin, &posted, kind) {
                Some(caller) => run(shared, &posted.document, number, kind, &caller, &options).await?,
                None => Err("NotAllowedError"),
            };
            let reply = reply.map_or_else(CeremonyReply::Refusal, CeremonyReply::Credential);
            Some(channel::answer(number.id, &reply))
        }
        Message::Native { .. } => None,
    }
}

/// The caller, where the bridge's word is the header's.
fn caller(said: &Origin, origin: &str, posted: &Posted, kind: CeremonyKind) -> Option<Caller> {
    if origin.parse::<Origin>().ok()? != *said {
        return None;
    }
    let above: Option<Vec<Origin>> = posted.above.iter().map(|origin| origin.parse().ok()).collect();
    let above = above?;
    let frame = match above.last() {
        None => Frame::Top,
        Some(_) if above.iter().all(|origin| origin == said) => Frame::SameOrigin,
        Some(top) => Frame::CrossOrigin { top: top.clone() },
    };
    let allowed_by_policy = match kind {
        CeremonyKind::Create => posted.create,
        CeremonyKind::Get => posted.get,
    };
    Some(Caller { frame, allowed_by_policy, activated: posted.activated, ..Caller::top(said.clone()) })
}

/// Runs a ceremony until it has an answer or its page gives it up.
async fn run(
    shared: &Shared,
    document: &str,
    number: Number,
    kind: CeremonyKind,
    caller: &Caller,
    options: &str,
) -> Option<Result<String, &'static str>> {
    let given_up = Arc::new(Notify::new());
    let running = Running {
        document: document.to_owned(),
        channel: number.channel,
        id: number.id,
        given_up: Arc::clone(&given_up),
    };
    shared.running.lock().await.push(running);
    let ceremony = async {
        let mut pool = shared.pool.lock().await;
        let authenticators = pool.iter_mut().map(|held| &mut held.authenticator);
        match kind {
            CeremonyKind::Create => client::create(authenticators, caller, options).await,
            CeremonyKind::Get => client::get(authenticators, caller, options).await,
        }
    };
    let outcome = tokio::select! {
        outcome = ceremony => Some(outcome),
        () = given_up.notified() => None,
    };
    shared.running.lock().await.retain(|one| !Arc::ptr_eq(&one.given_up, &given_up));
    outcome
}
