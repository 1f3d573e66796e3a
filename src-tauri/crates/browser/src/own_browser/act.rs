//! Acting: the driver's methods.

use std::time::Duration;

use async_trait::async_trait;
use rekey_journey::page::{DocumentId, Target};
use rekey_origin::{Origin, Site};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::OwnBrowser;
use super::connection::{COMMAND_LIMIT, CallError};
use crate::channel::{Holds, Number, Sending, answer, look, mark_cookies, outcome};
use crate::{CeremonyId, CeremonyReply, ContextId, Driver, DriverError, DriverFacts, Seen};

/// Hands an answer to the bridge.
const ANSWER: &str = "function (channel, reply) { rekeyBridge.answer(channel, reply); }";
const TARGET: &str = "function (element) { return rekeyReader.target(element); }";
const FILL: &str =
    "function (element, value, where, secret) { return rekeyReader.fill(element, value, where, secret); }";
const TICK: &str = "function (element, on) { return rekeyReader.tick(element, on); }";
const PRESS: &str = "function (element, where) { return rekeyReader.press(element, where); }";

/// How long a site may take until its answer begins.
const NAVIGATION_LIMIT: Duration = Duration::from_secs(60);

/// Params of `Runtime.callFunctionOn` that hold a secret, which goes from here straight into memory that wipes itself.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FillCall<'a> {
    function_declaration: &'a str,
    unique_context_id: &'a str,
    arguments: (Argument<u32>, Argument<&'a str>, Argument<&'a str>, Argument<bool>),
    return_by_value: bool,
    silent: bool,
    user_gesture: bool,
}

#[derive(Serialize)]
struct Argument<T> {
    value: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evaluated {
    result: RemoteObject,
    exception_details: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct RemoteObject {
    #[serde(default)]
    value: serde_json::Value,
}

/// A call into a document that did not come about. The browser's words are not passed on: they may quote an argument.
fn call_error(error: CallError) -> DriverError {
    match error {
        CallError::Remote(_) => DriverError::Stale,
        CallError::Driver(error) => error,
    }
}

/// The browser's words for a document that went away while it ran a function.
fn ended_by_navigation(error: &CallError) -> bool {
    matches!(error, CallError::Remote(remote)
        if remote.message.contains("context was destroyed") || remote.message.contains("navigated or closed"))
}

/// Params of the call that answers a ceremony.
pub(super) fn answer_params(document: &DocumentId, number: Number, reply: &CeremonyReply) -> serde_json::Value {
    json!({
        "functionDeclaration": ANSWER,
        "uniqueContextId": document.0,
        "arguments": [{"value": number.channel}, {"value": answer(number.id, reply)}],
    })
}

impl OwnBrowser {
    /// Calls a function in a document's isolated world with one argument.
    pub(super) async fn evaluate(
        &self,
        session: &str,
        document: &DocumentId,
        function: &'static str,
        argument: &serde_json::Value,
    ) -> Result<serde_json::Value, DriverError> {
        self.call_function(session, document, function, json!([{"value": argument}])).await.map_err(call_error)
    }

    async fn call_function(
        &self,
        session: &str,
        document: &DocumentId,
        function: &'static str,
        arguments: serde_json::Value,
    ) -> Result<serde_json::Value, CallError> {
        let params = json!({
            "functionDeclaration": function,
            "uniqueContextId": document.0,
            "arguments": arguments,
            "returnByValue": true,
            "silent": true,
            // Pressing is the person's wish: the page may open a window for it.
            "userGesture": true,
        });
        let reply = self.connection.send(Some(session), "Runtime.callFunctionOn", &params);
        let evaluated: Evaluated = reply.result().await?;
        if evaluated.exception_details.is_some() {
            return Err(CallError::Driver(DriverError::Malformed));
        }
        Ok(evaluated.result.value)
    }

    /// The session of a document that belongs to a site all the way up.
    fn route(&self, context: ContextId, document: &DocumentId, site: &Site) -> Result<String, DriverError> {
        self.shared.state().route_secret(context, document, site).cloned()
    }

    /// Asks where a field's form may send it, or a control sends its form.
    async fn sending(&self, context: ContextId, target: &Target, site: &Site) -> Result<Sending, DriverError> {
        let session = self.route(context, &target.document, site)?;
        let argument = json!(target.element.0);
        let value = self.evaluate(&session, &target.document, TARGET, &argument).await?;
        let sending = Option::<Sending>::deserialize(value).map_err(|_| DriverError::Malformed)?;
        sending.ok_or(DriverError::Stale)
    }

    /// Waits until the state satisfies a condition.
    async fn until<T>(
        &self,
        limit: Duration,
        condition: impl Fn(&super::State) -> Option<Result<T, DriverError>>,
    ) -> Result<T, DriverError> {
        let deadline = Instant::now() + limit;
        let mut changes = self.shared.changes.subscribe();
        loop {
            changes.borrow_and_update();
            if self.shared.state().gone {
                return Err(DriverError::Gone);
            }
            if let Some(outcome) = condition(&self.shared.state()) {
                return outcome;
            }
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return Err(DriverError::TimedOut);
            }
        }
    }

    async fn open_context(&mut self) -> Result<ContextId, DriverError> {
        let made: NewContext =
            self.connection.call(None, "Target.createBrowserContext", &json!({"disposeOnDetach": true})).await?;
        let browser_context = made.browser_context_id;
        let context = self.shared.state().add_context(browser_context.clone());
        self.sights.remove(&context);
        let deny = json!({"behavior": "deny", "browserContextId": browser_context});
        self.connection.call::<serde::de::IgnoredAny>(None, "Browser.setDownloadBehavior", &deny).await?;
        for name in ["geolocation", "notifications", "midi", "camera", "microphone", "clipboard-read"] {
            let deny = json!({"permission": {"name": name}, "setting": "denied", "browserContextId": browser_context});
            // A name that a version does not know has nothing to deny.
            self.connection.post(None, "Browser.setPermission", &deny);
        }
        let page = json!({"url": "about:blank", "browserContextId": browser_context});
        let page: NewTarget = self.connection.call(None, "Target.createTarget", &page).await?;
        self.until(COMMAND_LIMIT, |state| {
            state.sessions.values().any(|s| s.target == page.target_id && s.ready).then_some(Ok(()))
        })
        .await?;
        #[cfg(feature = "test-support")]
        self.add_virtual_authenticator(context).await?;
        Ok(context)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewContext {
    browser_context_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewTarget {
    target_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Navigated {
    frame_id: String,
    loader_id: Option<String>,
    error_text: Option<String>,
}

#[async_trait]
impl Driver for OwnBrowser {
    fn facts(&self) -> DriverFacts {
        self.facts.clone()
    }

    async fn open(&mut self) -> Result<ContextId, DriverError> {
        self.open_context().await
    }

    async fn expect_user(&mut self, context: ContextId, user_name: &SecretString) -> Result<(), DriverError> {
        self.shared.state().context(context)?;
        self.sights.entry(context).or_default().user_name = Some(user_name.clone());
        Ok(())
    }

    async fn navigate(&mut self, context: ContextId, url: &Url) -> Result<(), DriverError> {
        const METHOD: &str = "Page.navigate";
        if Origin::of(url).is_err() {
            return Err(DriverError::Refused { method: METHOD, message: "neither http nor https".to_owned() });
        }
        mark_cookies(self, context).await?;
        let session = self.shared.state().page(context)?.0.clone();
        let reply = self.connection.send(Some(&session), METHOD, &json!({"url": url.as_str()}));
        let navigated: Navigated = reply.result_within(NAVIGATION_LIMIT).await.map_err(|error| error.of(METHOD))?;
        if let Some(code) = navigated.error_text {
            return Err(DriverError::Unreachable { code });
        }
        let Some(loader) = navigated.loader_id else { return Ok(()) };
        self.until(COMMAND_LIMIT, |state| {
            let Some(frame) = state.frames.get(&navigated.frame_id) else { return Some(Err(DriverError::Stale)) };
            // A redirect by script may have replaced the document already.
            let committed = frame.loader == loader || (frame.pending.is_none() && !frame.loader.is_empty());
            committed.then_some(Ok(()))
        })
        .await
    }

    async fn next(&mut self, context: ContextId, patience: Duration) -> Result<Seen, DriverError> {
        look(self, context, patience).await
    }

    async fn fill(
        &mut self,
        context: ContextId,
        target: &Target,
        value: &SecretString,
        site: &Site,
    ) -> Result<(), DriverError> {
        let holds = self.sights.get(&context).map_or(Holds::Secret, |sight| sight.holds(target));
        let sending = self.sending(context, target, site).await?;
        sending.check(holds, site)?;
        let secret = value.expose_secret();
        let call = FillCall {
            function_declaration: FILL,
            unique_context_id: &target.document.0,
            arguments: (
                Argument { value: target.element.0 },
                Argument { value: secret },
                Argument { value: sending.ways.as_str() },
                Argument { value: holds == Holds::Secret },
            ),
            return_by_value: true,
            silent: true,
            user_gesture: true,
        };
        let reply = {
            // Checked and sent while no event is taken in. A document that goes away in between fails the call, because
            // the browser runs it in this very document or not at all.
            let state = self.shared.state();
            let session = state.route_secret(context, &target.document, site)?.clone();
            // JSON makes six bytes of one at most.
            let capacity = 1024 + target.document.0.len() + (secret.len() + sending.ways.len()) * 6;
            self.connection.send_with_capacity(Some(&session), "Runtime.callFunctionOn", &call, capacity)
        };
        let evaluated: Evaluated = match reply.result().await {
            Ok(evaluated) => evaluated,
            // A field that posts itself.
            Err(error) if ended_by_navigation(&error) => return Ok(()),
            Err(error) => return Err(call_error(error)),
        };
        if evaluated.exception_details.is_some() {
            return Err(DriverError::Malformed);
        }
        outcome(&evaluated.result.value)
    }

    async fn tick(&mut self, context: ContextId, target: &Target, on: bool, site: &Site) -> Result<(), DriverError> {
        let session = self.route(context, &target.document, site)?;
        let arguments = json!([{"value": target.element.0}, {"value": on}]);
        let value = self.call_function(&session, &target.document, TICK, arguments).await.map_err(call_error)?;
        outcome(&value)
    }

    async fn press(&mut self, context: ContextId, target: &Target, site: &Site) -> Result<(), DriverError> {
        let sending = self.sending(context, target, site).await?;
        sending.check(sending.holds, site)?;
        mark_cookies(self, context).await?;
        let session = self.route(context, &target.document, site)?;
        let arguments = json!([{"value": target.element.0}, {"value": sending.ways}]);
        match self.call_function(&session, &target.document, PRESS, arguments).await {
            Ok(value) => outcome(&value),
            Err(error) if ended_by_navigation(&error) => Ok(()),
            Err(error) => Err(call_error(error)),
        }
    }

    async fn withdrawn(&self, context: ContextId, ceremony: CeremonyId) {
        let mut changes = self.shared.changes.subscribe();
        // Ends with the browser's reader, after which nothing can be answered either.
        drop(changes.wait_for(|()| !self.shared.state().awaits(context, ceremony)).await);
    }

    async fn answer(
        &mut self,
        context: ContextId,
        ceremony: CeremonyId,
        reply: CeremonyReply,
    ) -> Result<(), DriverError> {
        let (session, document, number) = {
            let mut state = self.shared.state();
            let (document, number) = state.settle_ceremony(context, ceremony)?;
            (state.route(context, &document)?.clone(), document, number)
        };
        let params = answer_params(&document, number, &reply);
        let reply = self.connection.send(Some(&session), "Runtime.callFunctionOn", &params);
        reply.result::<serde::de::IgnoredAny>().await.map(drop).map_err(call_error)
    }

    async fn close(&mut self, context: ContextId) -> Result<(), DriverError> {
        #[cfg(feature = "test-support")]
        self.keep_virtual_credentials(context).await?;
        self.sights.remove(&context);
        let removed = {
            let mut state = self.shared.state();
            state.context(context)?;
            state.remove_context(context)
        };
        let Some(removed) = removed else { return Err(DriverError::Stale) };
        let params = json!({"browserContextId": removed.browser_context});
        self.connection.call::<serde::de::IgnoredAny>(None, "Target.disposeBrowserContext", &params).await.map(drop)
    }

    async fn shut_down(self: Box<Self>) -> Result<(), DriverError> {
        self.end().await
    }
}
