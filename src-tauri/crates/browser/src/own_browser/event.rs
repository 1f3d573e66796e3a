//! The browser's events that Rekey acts on; only the members it uses, so that a newer browser's additions do no harm.
//!
//! <https://chromedevtools.github.io/devtools-protocol/tot/>

use serde::Deserialize;
use serde_json::value::RawValue;

use super::wire::SessionId;

macro_rules! events {
    ($($name:ident($params:ty) = $method:literal),* $(,)?) => {
        /// An event, parsed.
        #[derive(Debug)]
        pub(super) enum Event {
            $(#[doc = $method] $name($params),)*
        }

        impl Event {
            /// `None` for an event that nobody here uses, or one in an unknown form.
            pub(super) fn parse(method: &str, params: Option<&RawValue>) -> Option<Self> {
                let params = params.map_or("{}", RawValue::get);
                match method {
                    $($method => serde_json::from_str(params).ok().map(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

events! {
    Attached(Attached) = "Target.attachedToTarget",
    Detached(Detached) = "Target.detachedFromTarget",
    Crashed(Nothing) = "Inspector.targetCrashed",
    ContextCreated(ContextCreated) = "Runtime.executionContextCreated",
    ContextDestroyed(ContextDestroyed) = "Runtime.executionContextDestroyed",
    ContextsCleared(Nothing) = "Runtime.executionContextsCleared",
    BindingCalled(BindingCalled) = "Runtime.bindingCalled",
    FrameAttached(FrameAttached) = "Page.frameAttached",
    FrameDetached(FrameDetached) = "Page.frameDetached",
    FrameNavigated(FrameNavigated) = "Page.frameNavigated",
    WithinDocument(WithinDocument) = "Page.navigatedWithinDocument",
    StartedNavigating(StartedNavigating) = "Page.frameStartedNavigating",
    StoppedLoading(OfFrame) = "Page.frameStoppedLoading",
    Lifecycle(Lifecycle) = "Page.lifecycleEvent",
    Dialog(Dialog) = "Page.javascriptDialogOpening",
    RequestSent(RequestSent) = "Network.requestWillBeSent",
    Response(Response) = "Network.responseReceived",
    LoadingFinished(OfRequest) = "Network.loadingFinished",
    LoadingFailed(LoadingFailed) = "Network.loadingFailed",
}

/// An event whose params are of no interest.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attached {
    pub(super) session_id: SessionId,
    pub(super) target_info: TargetInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TargetInfo {
    pub(super) target_id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) browser_context_id: Option<String>,
    pub(super) parent_frame_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Detached {
    pub(super) session_id: SessionId,
}

#[derive(Debug, Deserialize)]
pub(super) struct ContextCreated {
    pub(super) context: ExecutionContext,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExecutionContext {
    pub(super) id: i64,
    pub(super) unique_id: String,
    pub(super) origin: String,
    pub(super) name: String,
    pub(super) aux_data: AuxData,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuxData {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) frame_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContextDestroyed {
    pub(super) execution_context_unique_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BindingCalled {
    pub(super) name: String,
    pub(super) payload: String,
    pub(super) execution_context_id: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameAttached {
    pub(super) frame_id: String,
    pub(super) parent_frame_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameDetached {
    pub(super) frame_id: String,
    /// `swap` where the frame lives on in another process.
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct FrameNavigated {
    pub(super) frame: FrameInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameInfo {
    pub(super) id: String,
    pub(super) parent_id: Option<String>,
    pub(super) loader_id: String,
    pub(super) url: String,
    pub(super) unreachable_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WithinDocument {
    pub(super) frame_id: String,
    pub(super) url: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StartedNavigating {
    pub(super) frame_id: String,
    pub(super) loader_id: String,
    pub(super) navigation_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfFrame {
    pub(super) frame_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lifecycle {
    pub(super) frame_id: String,
    pub(super) loader_id: String,
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dialog {
    #[serde(rename = "type")]
    pub(super) kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestSent {
    pub(super) request_id: String,
    pub(super) loader_id: String,
    #[serde(rename = "type", default)]
    pub(super) kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    pub(super) request_id: String,
    pub(super) loader_id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) response: ResponseInfo,
    pub(super) frame_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResponseInfo {
    pub(super) status: u16,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfRequest {
    pub(super) request_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoadingFailed {
    pub(super) request_id: String,
    pub(super) error_text: String,
}
