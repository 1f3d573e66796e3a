//! Events come in, and every new target gets its scripts before it runs.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::Shared;
use super::connection::{CallError, Connection};
use super::event::{Event, FrameInfo};
use super::state::{Kind, Todo};
use super::wire::{Incoming, SessionId};
use crate::{CeremonyReply, DriverError, Mode};

/// Asks to be attached to all that belongs to the browser (or to a target), each stopped before it runs.
pub(super) async fn auto_attach(connection: &Connection, session: Option<&str>) -> Result<(), DriverError> {
    connection.call::<IgnoredAny>(session, "Target.setAutoAttach", &auto_attach_params()).await.map(drop)
}

fn auto_attach_params() -> serde_json::Value {
    json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true})
}

/// Takes in one event, in the order of the pipe.
pub(super) fn take(shared: &Arc<Shared>, connection: &Connection, incoming: Incoming<'_>) {
    let Some(event) = incoming.method.and_then(|method| Event::parse(&method, incoming.params)) else { return };
    let todos = shared.state().apply(incoming.session_id.as_ref(), event);
    for todo in todos {
        run(shared, connection, todo);
    }
    shared.changes.send_replace(());
}

fn run(shared: &Arc<Shared>, connection: &Connection, todo: Todo) {
    match todo {
        Todo::Install(session) => {
            let (shared, connection) = (Arc::clone(shared), connection.clone());
            tokio::spawn(async move {
                if let Err(error) = install(&shared, &connection, &session).await {
                    // A page without its scripts never runs.
                    tracing::debug!(?error, "a target could not be prepared");
                    let target = shared.state().sessions.get(&session).map(|known| known.target.clone());
                    if let Some(target) = target {
                        connection.post(None, "Target.closeTarget", &json!({"targetId": target}));
                    }
                }
                shared.changes.send_replace(());
            });
        }
        Todo::Resume(session) => connection.post(Some(&session), "Runtime.runIfWaitingForDebugger", &json!({})),
        Todo::CloseTarget(target) => connection.post(None, "Target.closeTarget", &json!({"targetId": target})),
        Todo::AnswerDialog { session, accept } => {
            connection.post(Some(&session), "Page.handleJavaScriptDialog", &json!({"accept": accept}));
        }
        Todo::Attend { session, document } => connection.post(
            Some(&session),
            "Runtime.callFunctionOn",
            &json!({"functionDeclaration": "function () { rekeyBridge.attend(); }", "uniqueContextId": document.0}),
        ),
        Todo::Refuse { session, document, number } => {
            let refusal = CeremonyReply::Refusal("NotAllowedError");
            let params = super::act::answer_params(&document, number, &refusal);
            connection.post(Some(&session), "Runtime.callFunctionOn", &params);
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FrameTreeReply {
    frame_tree: FrameTree,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FrameTree {
    frame: FrameInfo,
    #[serde(default)]
    child_frames: Vec<FrameTree>,
}

async fn install(shared: &Arc<Shared>, connection: &Connection, session: &SessionId) -> Result<(), CallError> {
    let scripts = &shared.scripts;
    let mode = shared.state().mode();
    let kind = shared.state().sessions.get(session).map(|known| known.kind);
    let send = |method, params| connection.send(Some(session), method, &params);
    let mut replies = vec![
        send("Target.setAutoAttach", auto_attach_params()),
        send("Runtime.enable", json!({})),
        send("Runtime.addBinding", json!({"name": scripts.door, "executionContextName": scripts.world})),
        send("Page.enable", json!({})),
        send("Page.setLifecycleEventsEnabled", json!({"enabled": true})),
        send("Page.addScriptToEvaluateOnNewDocument", json!({"source": scripts.page, "runImmediately": true})),
        send(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": scripts.isolated, "worldName": scripts.world, "runImmediately": true}),
        ),
        send("Network.enable", json!({"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})),
        send("Inspector.enable", json!({})),
    ];
    if kind == Some(Kind::Page) && mode == Mode::Bridged {
        // Switches the browser's own authenticators off: a window that escapes the stand-in finds none.
        replies.push(send("WebAuthn.enable", json!({"enableUI": false})));
    }
    // Commands of one session run in the order sent, so the scripts are in when it runs. Waiting for their replies first
    // would be waiting for ever: a popup's process answers some of them only once it may run.
    replies.push(send("Runtime.runIfWaitingForDebugger", json!({})));
    let tree = send("Page.getFrameTree", json!({}));
    for reply in replies {
        reply.result::<IgnoredAny>().await?;
    }
    let tree: FrameTreeReply = tree.result().await?;
    let mut todo = vec![tree.frame_tree];
    while let Some(FrameTree { frame, child_frames }) = todo.pop() {
        shared.state().seed(session, frame);
        todo.extend(child_frames);
    }
    if let Some(known) = shared.state().sessions.get_mut(session) {
        known.ready = true;
    }
    Ok(())
}
