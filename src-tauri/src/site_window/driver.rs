//! The driver: what a journey wants, carried out in site windows.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use async_trait::async_trait;
use rekey_browser::channel::{self, Holds, Moment, Page, Sending, Showing, Sight};
use rekey_browser::{CeremonyId, CeremonyReply, ContextId, Driver, DriverError, DriverFacts, Seen};
use rekey_journey::page::{DocumentId, Target};
use rekey_origin::{Origin, Site};
use secrecy::SecretString;
use serde::Deserialize as _;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;
use webkit2gtk::gio::Cancellable;
use webkit2gtk::glib::ToVariant as _;
use webkit2gtk::glib::{self};
use webkit2gtk::{CookieManagerExt as _, WebContextExt, WebViewExt as _};

use super::Embedded;
use super::desk::{DeskId, Ticket, forget_ticket, on_desk, on_main};
use super::state::ReplyId;
use super::view::{self, Source};

/// How long a site may take until its answer begins.
const NAVIGATION_LIMIT: Duration = Duration::from_secs(60);
/// How long a document may take to answer a call that waits for nothing.
const CALL_LIMIT: Duration = Duration::from_secs(15);

/// What goes into a call of the isolated world.
type Arguments = Vec<(&'static str, Argument)>;

enum Argument {
    Number(u32),
    Text(String),
}

impl Argument {
    fn variant(&self) -> glib::Variant {
        match self {
            Self::Number(number) => f64::from(*number).to_variant(),
            Self::Text(text) => text.to_variant(),
        }
    }
}

impl Embedded {
    /// Evaluates an expression in a document's isolated world.
    async fn call(
        &self,
        document: &DocumentId,
        expression: &'static str,
        arguments: Arguments,
        limit: Instant,
    ) -> Result<serde_json::Value, DriverError> {
        let (sender, answer) = oneshot::channel();
        let document = document.clone();
        on_desk(self.id, move |desk| {
            let page = desk.shared.state().page_of(&document).ok_or(DriverError::Stale)?;
            let view = desk.view(page)?;
            let values: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.variant())).collect();
            view::call(&view, &desk.scripts.world, &document.0, expression, &values, move |result| {
                // Whoever asked may have lost patience.
                drop(sender.send(result));
            });
            Ok(())
        })
        .await?;
        match timeout_at(limit, answer).await {
            Ok(Ok(result)) => result,
            // The view is gone, and its calls with it.
            Ok(Err(_)) => Err(DriverError::Stale),
            Err(_) => Err(DriverError::TimedOut),
        }
    }

    /// Evaluates an expression that waits for nothing of the page.
    async fn ask(
        &self,
        document: &DocumentId,
        expression: &'static str,
        arguments: Arguments,
    ) -> Result<serde_json::Value, DriverError> {
        self.call(document, expression, arguments, Instant::now() + CALL_LIMIT).await
    }

    /// Asks where a field's form may send it, or a control sends its form.
    async fn sending(&self, context: ContextId, target: &Target, site: &Site) -> Result<Sending, DriverError> {
        self.shared.state().route_secret(context, &target.document, site)?;
        let arguments = vec![("element", Argument::Number(target.element.0))];
        let value = self.ask(&target.document, "rekeyReader.target(element)", arguments).await?;
        let sending = Option::<Sending>::deserialize(value).map_err(|_| DriverError::Malformed)?;
        sending.ok_or(DriverError::Stale)
    }

    /// Waits until a condition on the state holds.
    async fn until<T>(
        &self,
        limit: Duration,
        condition: impl Fn(&super::state::State) -> Option<Result<T, DriverError>>,
    ) -> Result<T, DriverError> {
        let mut changes = self.shared.changes.subscribe();
        let deadline = Instant::now() + limit;
        loop {
            changes.borrow_and_update();
            if let Some(outcome) = condition(&self.shared.state()) {
                return outcome;
            }
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return Err(DriverError::TimedOut);
            }
        }
    }
}

/// A ticket that goes with whoever made it.
struct Claim {
    desk: DeskId,
    number: u64,
}

impl Drop for Claim {
    fn drop(&mut self) {
        let (desk, number) = (self.desk, self.number);
        glib::MainContext::default().invoke(move || {
            forget_ticket(desk, number);
        });
    }
}

#[async_trait]
impl Showing for Embedded {
    fn changes(&self) -> watch::Receiver<()> {
        self.shared.changes.subscribe()
    }

    fn moment(&self, context: ContextId) -> Result<Moment, DriverError> {
        self.shared.state().moment(context)
    }

    fn page(&self, context: ContextId) -> Option<Page> {
        self.shared.state().shown(context)
    }

    fn has_moved_on(&self, context: ContextId, document: &DocumentId) -> bool {
        self.shared.state().has_moved_on(context, document)
    }

    fn address(&self, document: &DocumentId) -> Option<String> {
        self.shared.state().address(document)
    }

    async fn rest(&self, page: &Page, quiet: Duration, limit: Instant) {
        const REST: &str = "(async () => {\
            while (document.readyState === 'loading') \
              await new Promise((go) => document.addEventListener('readystatechange', go, { once: true }));\
            await rekeyReader.quiet(milliseconds);\
          })()";
        let milliseconds = u32::try_from(quiet.as_millis()).unwrap_or(u32::MAX);
        let arguments = vec![("milliseconds", Argument::Number(milliseconds))];
        // Whatever comes of it, the page is looked at again.
        drop(self.call(&page.document, REST, arguments, limit).await);
    }

    async fn change(&self, page: &Page, limit: Instant) {
        drop(self.call(&page.document, "rekeyBridge.changed()", Vec::new(), limit).await);
    }

    async fn read(&self, page: &Page, hints: serde_json::Value) -> Result<serde_json::Value, DriverError> {
        let arguments = vec![("hints", Argument::Text(hints.to_string()))];
        self.ask(&page.document, "rekeyReader.read(JSON.parse(hints))", arguments).await
    }

    async fn cookies(&self, context: ContextId, hasher: RandomState) -> Result<HashSet<u64>, DriverError> {
        let (sender, answer) = oneshot::channel();
        on_desk(self.id, move |desk| {
            let page = desk.shared.state().page(context)?;
            let web = desk.view(page)?.web;
            let web_context = web.context();
            let manager = web_context.as_ref().and_then(WebContextExt::cookie_manager);
            let uri = web.uri().unwrap_or_default();
            // An empty page has no cookies, and WebKit has no answer for it.
            let Some(manager) = manager.filter(|_| uri.starts_with("http")) else {
                drop(sender.send(HashSet::new()));
                return Ok(());
            };
            manager.cookies(&uri, Cancellable::NONE, move |cookies| {
                let hash = |mut cookie: soup::Cookie| {
                    hasher.hash_one((cookie.name(), cookie.domain(), cookie.path(), cookie.value()))
                };
                drop(sender.send(cookies.unwrap_or_default().into_iter().map(hash).collect()));
                // WebKit's cookie manager reaches for what this holds when it ends, and the window may be closed by now.
                view::let_go((web, web_context));
            });
            Ok(())
        })
        .await?;
        timeout(CALL_LIMIT, answer).await.map_err(|_| DriverError::TimedOut)?.map_err(|_| DriverError::Stale)
    }

    fn sight(&mut self, context: ContextId) -> &mut Sight {
        self.sights.entry(context).or_default()
    }
}

#[async_trait]
impl Driver for Embedded {
    fn facts(&self) -> DriverFacts {
        self.facts.clone()
    }

    async fn open(&mut self) -> Result<ContextId, DriverError> {
        let context = on_desk(self.id, |desk| {
            let context = desk.shared.state().add_context();
            view::open(desk, context, &Source::Fresh(&desk.web_context()));
            desk.shared.changes.send_replace(());
            Ok(context)
        })
        .await?;
        self.sights.remove(&context);
        Ok(context)
    }

    async fn expect_user(&mut self, context: ContextId, user_name: &SecretString) -> Result<(), DriverError> {
        self.shared.state().page(context)?;
        self.sight(context).user_name = Some(user_name.clone());
        Ok(())
    }

    async fn navigate(&mut self, context: ContextId, url: &Url) -> Result<(), DriverError> {
        if Origin::of(url).is_err() {
            return Err(DriverError::Refused { method: "navigate", message: "neither http nor https".to_owned() });
        }
        channel::mark_cookies(self, context).await?;
        let address = url.to_string();
        let (page, before) = on_desk(self.id, move |desk| {
            let page = desk.shared.state().page(context)?;
            let before = desk.shared.state().arrivals(page).ok_or(DriverError::Stale)?;
            let stays = desk.shared.state().stays_in_document(page, &address);
            if !stays {
                // From here until the engine tells more, nothing of the old document may act.
                desk.shared.change(|state| state.started(page));
            }
            desk.view(page)?.web.load_uri(&address);
            Ok((page, (!stays).then_some(before)))
        })
        .await?;
        // Another place in the same document: the engine tells of no load.
        let Some(before) = before else {
            let there = url.as_str();
            return self
                .until(NAVIGATION_LIMIT, |state| match state.arrivals(page) {
                    Some(now) => (now.uri == there).then_some(Ok(())),
                    None => Some(Err(DriverError::Gone)),
                })
                .await;
        };
        self.until(NAVIGATION_LIMIT, |state| {
            let Some(now) = state.arrivals(page) else { return Some(Err(DriverError::Gone)) };
            match now.failure {
                Some((number, code)) if before.failure.as_ref().is_none_or(|(n, _)| *n != number) => {
                    Some(Err(DriverError::Unreachable { code }))
                }
                _ if now.interrupted > before.interrupted => {
                    Some(Err(DriverError::Unreachable { code: "interrupted".to_owned() }))
                }
                // An address that the engine will not even try (a port that is no web server's) ends in an empty page.
                _ if now.generation > before.generation && now.uri == "about:blank" => {
                    Some(Err(DriverError::Unreachable { code: "blocked".to_owned() }))
                }
                _ => (now.generation > before.generation).then_some(Ok(())),
            }
        })
        .await
    }

    async fn next(&mut self, context: ContextId, patience: Duration) -> Result<Seen, DriverError> {
        channel::look(self, context, patience).await
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
        let number = self.shared.state().next_id();
        let ticket = Ticket {
            context,
            document: target.document.clone(),
            site: site.clone(),
            value: value.clone(),
            used: false,
        };
        // A fill that is broken off leaves no ticket behind.
        let claim = Claim { desk: self.id, number };
        on_desk(self.id, move |desk| {
            desk.tickets.borrow_mut().insert(number, ticket);
            Ok(())
        })
        .await?;
        let arguments = vec![
            ("ticket", Argument::Number(u32::try_from(number).unwrap_or(u32::MAX))),
            ("element", Argument::Number(target.element.0)),
            ("where", Argument::Text(sending.ways)),
            // WebKit passes no truth values.
            ("secret", Argument::Number(u32::from(holds == Holds::Secret))),
        ];
        let filled =
            self.ask(&target.document, "rekeyBridge.collect(ticket, element, where, secret === 1)", arguments).await;
        let desk = self.id;
        let used = on_main(move || forget_ticket(desk, number)).await?;
        drop(claim);
        match filled {
            Ok(value) if used => channel::outcome(&value),
            // A field that posts itself.
            Err(DriverError::Stale) if used => Ok(()),
            // The document did not get the value: it is not what it was when this began.
            Ok(_) => {
                self.shared.state().route_secret(context, &target.document, site)?;
                Err(DriverError::Stale)
            }
            Err(error) => Err(error),
        }
    }

    async fn tick(&mut self, context: ContextId, target: &Target, on: bool, site: &Site) -> Result<(), DriverError> {
        self.shared.state().route_secret(context, &target.document, site)?;
        let arguments = vec![("element", Argument::Number(target.element.0)), ("on", Argument::Number(u32::from(on)))];
        channel::outcome(&self.ask(&target.document, "rekeyReader.tick(element, on === 1)", arguments).await?)
    }

    async fn press(&mut self, context: ContextId, target: &Target, site: &Site) -> Result<(), DriverError> {
        let sending = self.sending(context, target, site).await?;
        sending.check(sending.holds, site)?;
        channel::mark_cookies(self, context).await?;
        self.shared.state().route_secret(context, &target.document, site)?;
        let arguments = vec![("element", Argument::Number(target.element.0)), ("where", Argument::Text(sending.ways))];
        match self.ask(&target.document, "rekeyReader.press(element, where)", arguments).await {
            Ok(value) => channel::outcome(&value),
            // The document went away while it was pressed, as it may.
            Err(DriverError::Stale) if self.shared.state().route(context, &target.document).is_err() => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn withdrawn(&self, _: ContextId, ceremony: CeremonyId) {
        let mut changes = self.shared.changes.subscribe();
        let reply = ReplyId(ceremony.0);
        // Ends with the desk, after which nothing can be answered either.
        drop(changes.wait_for(|()| !self.shared.state().awaits(reply)).await);
    }

    async fn answer(
        &mut self,
        context: ContextId,
        ceremony: CeremonyId,
        reply: CeremonyReply,
    ) -> Result<(), DriverError> {
        on_desk(self.id, move |desk| {
            let (asked, number) =
                desk.shared.change(|state| (state.asks(ReplyId(ceremony.0)), state.settle(context, ceremony)));
            let number = number?;
            let waiting = desk.replies.borrow_mut().remove(&ReplyId(ceremony.0)).ok_or(DriverError::Stale)?;
            waiting.say(Some(&channel::answer(number, &reply)));
            if asked && desk.asks_elsewhere {
                let page = desk.shared.state().page(context)?;
                desk.view(page)?.chrome.hush();
            }
            Ok(())
        })
        .await
    }

    async fn close(&mut self, context: ContextId) -> Result<(), DriverError> {
        self.sights.remove(&context);
        on_desk(self.id, move |desk| {
            let pages = desk.shared.change(|state| state.remove_context(context))?;
            pages.into_iter().for_each(|page| desk.close(page));
            Ok(())
        })
        .await
    }

    async fn shut_down(self: Box<Self>) -> Result<(), DriverError> {
        let id = self.id;
        super::desk::on_main(move || super::desk::remove(id)).await
    }
}
