//! What pages say to the host, as in the own browser and the site's window; only who speaks is another's word here: the
//! request's `Origin`, which a page cannot set.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rekey_browser::channel::{self, Message, Request};
use rekey_browser::{
    CeremonyId, CeremonyKind, CeremonyReply, CeremonyRequest, FrameKind, Mediation, Mode, Seen, SignalRequest,
};
use rekey_journey::page::DocumentId;
use rekey_origin::{Origin, RpId};
use rekey_webauthn::{Caller, Frame};
use serde::Deserialize;
use tokio::sync::Notify;

use super::{Shared, client, signals};

/// What the injected script sends.
#[derive(Deserialize)]
struct Posted {
    /// The origins of the documents above, from the nearest to the top; a driver knows them by itself.
    above: Vec<String>,
    /// The bridge's words.
    words: String,
}

/// The name with which a bridge introduces its document.
#[derive(Deserialize)]
struct Introduced {
    document: String,
}

/// A ceremony under way, so that its page can give it up.
pub(super) struct Running {
    document: DocumentId,
    number: channel::Number,
    given_up: Arc<Notify>,
}

const REFUSED: CeremonyReply = CeremonyReply::Refusal("NotAllowedError");

/// `POST /bridge`: the answer is the channel's, or nothing.
pub(super) async fn hear(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    match answer(&shared, &headers, &body).await {
        Some(text) => text.into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let posted: Posted = serde_json::from_slice(body).ok()?;
    let document = DocumentId(serde_json::from_str::<Introduced>(&posted.words).ok()?.document);
    match channel::read(&posted.words, Mode::Bridged)? {
        Message::Abort { number } => {
            let running = shared.running.lock().await;
            let of = |one: &&Running| one.document == document && one.number == number;
            running.iter().filter(of).for_each(|one| one.given_up.notify_one());
            None
        }
        Message::Request(request) => {
            let number = request.number;
            let reply = match seen(*request, headers, &posted, document.clone()) {
                Some(Seen::Ceremony(ceremony)) => run(shared, document, number, &ceremony).await?,
                Some(Seen::Signal(signal)) => take(shared, &signal).await,
                _ => REFUSED,
            };
            Some(channel::answer(number.id, &reply))
        }
        Message::Native { .. } => None,
    }
}

/// The request with its caller, where the bridge's word is the header's.
fn seen(request: Request, headers: &HeaderMap, posted: &Posted, document: DocumentId) -> Option<Seen> {
    let origin: Origin = headers.get(header::ORIGIN)?.to_str().ok()?.parse().ok()?;
    if request.origin.parse::<Origin>().ok()? != origin {
        return None;
    }
    let above: Option<Vec<Origin>> = posted.above.iter().map(|above| above.parse().ok()).collect();
    let above = above.filter(|above| above.is_empty() == request.top)?;
    let frame = match above.last() {
        None => FrameKind::Top,
        Some(_) if above.iter().all(|above| *above == origin) => FrameKind::SameOrigin,
        Some(top) => FrameKind::CrossOrigin { top: top.clone() },
    };
    Some(request.seen(CeremonyId(0), document, origin, frame))
}

/// Runs a ceremony until it has an answer or its page gives it up.
async fn run(
    shared: &Shared,
    document: DocumentId,
    number: channel::Number,
    ceremony: &CeremonyRequest,
) -> Option<CeremonyReply> {
    let given_up = Arc::new(Notify::new());
    shared.running.lock().await.push(Running { document, number, given_up: Arc::clone(&given_up) });
    let outcome = tokio::select! {
        outcome = ceremony_of(shared, ceremony) => Some(outcome),
        () = given_up.notified() => None,
    };
    shared.running.lock().await.retain(|one| !Arc::ptr_eq(&one.given_up, &given_up));
    outcome
}

async fn ceremony_of(shared: &Shared, ceremony: &CeremonyRequest) -> CeremonyReply {
    let caller = caller(ceremony);
    loop {
        let changed = shared.changed.notified();
        let outcome = {
            let mut pool = shared.pool.lock().await;
            let authenticators = pool.iter_mut().map(|held| &mut held.authenticator);
            match ceremony.kind {
                CeremonyKind::Create => client::create(authenticators, &caller, &ceremony.options).await,
                CeremonyKind::Get => client::get(authenticators, &caller, &ceremony.options).await,
            }
        };
        match outcome {
            Ok(credential) => {
                shared.changed.notify_waiters();
                return CeremonyReply::Credential(credential);
            }
            // A conditional `get` waits until a passkey is there that may answer.
            Err("NotAllowedError")
                if ceremony.kind == CeremonyKind::Get && ceremony.mediation == Mediation::Conditional =>
            {
                changed.await;
            }
            Err(exception) => return CeremonyReply::Refusal(exception),
        }
    }
}

fn caller(ceremony: &CeremonyRequest) -> Caller {
    let standing = &ceremony.standing;
    let frame = match &standing.frame {
        FrameKind::Top => Frame::Top,
        FrameKind::SameOrigin => Frame::SameOrigin,
        FrameKind::CrossOrigin { top } => Frame::CrossOrigin { top: top.clone() },
    };
    Caller {
        frame,
        allowed_by_policy: standing.allowed_by_policy,
        activated: standing.activated,
        ..Caller::top(ceremony.origin.clone())
    }
}

async fn take(shared: &Shared, signal: &SignalRequest) -> CeremonyReply {
    if RpId::for_origin(&signal.origin, Some(&signal.rp_id)).is_err() {
        return CeremonyReply::Refusal("SecurityError");
    }
    for held in shared.pool.lock().await.iter_mut() {
        signals::take(&mut held.authenticator.kept, signal);
    }
    CeremonyReply::Taken
}
