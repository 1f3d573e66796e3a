//! A view: WebKit with the channel's scripts in it and everything else switched off, and what it tells.

use std::rc::Rc;

use javascriptcore::ValueExt as _;
use rekey_app::text::{Message, messages as m};
use rekey_browser::{ContextId, DriverError};
use webkit2gtk::gio::Cancellable;
use webkit2gtk::glib;
use webkit2gtk::glib::prelude::*;
use webkit2gtk::{
    AuthenticationRequestExt as _, DownloadExt as _, FileChooserRequestExt as _, LoadEvent,
    NavigationPolicyDecisionExt, NetworkError, PermissionRequestExt as _, PolicyDecisionExt as _, PolicyDecisionType,
    PolicyError, ResponsePolicyDecisionExt, ScriptDialogType, Settings, SettingsExt as _, URIRequestExt as _,
    URIResponseExt as _, UserContentInjectedFrames, UserContentManager, UserContentManagerExt as _, UserScript,
    UserScriptInjectionTime, WebContext, WebContextExt as _, WebResourceExt as _, WebView, WebViewExt as _,
};

use super::chrome::Chrome;
use super::desk::{Desk, View};
use super::reply::{Reply, SIGNAL};
use super::state::{Answer, PageId, origin_of};

/// Where a view gets its cookies and storage from.
pub(super) enum Source<'a> {
    /// A context's first page.
    Fresh(&'a WebContext),
    /// A popup, in the context of the page that opened it.
    Popup(&'a WebView),
}

/// Makes a view, empty, in a window of its own.
pub(super) fn open(desk: &Rc<Desk>, context: ContextId, source: &Source<'_>) -> PageId {
    let builder = WebView::builder().settings(&settings());
    let web = match source {
        Source::Fresh(web_context) => {
            let content = UserContentManager::new();
            install(desk, &content);
            listen(desk, context, &content);
            let told = Rc::downgrade(desk);
            web_context.connect_download_started(move |_, download| {
                download.cancel();
                if let Some(desk) = told.upgrade() {
                    desk.newest_notice(context, m::SITE_WINDOW_DOWNLOAD);
                }
            });
            builder.web_context(*web_context).user_content_manager(&content).build()
        }
        // WebKit gives a popup the scripts and the handler of the page that opened it, whatever else it is told.
        Source::Popup(opener) => builder.related_view(*opener).build(),
    };
    let page = desk.shared.state().add_page(context);
    let popup = matches!(source, Source::Popup(_));
    let chrome = Rc::new(Chrome::new(&web, &desk.texts, desk.place, popup));
    follow(desk, page, &web, &chrome);
    guard(desk, context, page, &web, &chrome);
    if !popup {
        chrome.show();
    }
    desk.views.borrow_mut().insert(page, View { web, chrome });
    page
}

fn settings() -> Settings {
    let settings = Settings::new();
    // A document that is gone never comes back from memory, so a name of a document is used once.
    settings.set_enable_page_cache(false);
    settings.set_enable_developer_extras(false);
    settings.set_javascript_can_open_windows_automatically(false);
    settings.set_javascript_can_access_clipboard(false);
    settings.set_enable_fullscreen(false);
    settings.set_enable_media_stream(false);
    settings.set_enable_webrtc(false);
    settings.set_enable_encrypted_media(false);
    settings.set_enable_dns_prefetching(false);
    settings.set_enable_back_forward_navigation_gestures(false);
    settings.set_enable_write_console_messages_to_stdout(false);
    settings
}

/// The channel: both scripts before the first script of any document, and the one handler, which exists in the isolated
/// world only. A view that is made here never had another script or handler.
fn install(desk: &Desk, content: &UserContentManager) {
    let scripts = &desk.scripts;
    let (frames, start) = (UserContentInjectedFrames::AllFrames, UserScriptInjectionTime::Start);
    content.remove_all_scripts();
    content.add_script(&UserScript::new(&scripts.page, frames, start, &[], &[]));
    content.add_script(&UserScript::for_world(&scripts.isolated, frames, start, &scripts.world, &[], &[]));
    content.register_script_message_handler_with_reply(&scripts.door, &scripts.world);
}

/// Hears what the bridges of a context's views say. Signals come one at a time on this thread, so a check and what
/// follows from it are one step.
fn listen(desk: &Rc<Desk>, context: ContextId, content: &UserContentManager) {
    let signal = format!("{SIGNAL}::{}", desk.scripts.door);
    let desk = Rc::downgrade(desk);
    content.connect_local(&signal, false, move |values| {
        let handled = Some(true.to_value());
        let (Some(desk), Some((text, reply))) = (desk.upgrade(), Reply::take(values)) else { return handled };
        let uri = |page| desk.view(page).ok().and_then(|view| view.web.uri()).unwrap_or_default().to_string();
        match desk.shared.change(|state| state.told(context, &uri, &text)) {
            Answer::Nothing => reply.say(None),
            Answer::Say(words) => reply.say(Some(&words)),
            Answer::Keep(id) => {
                if desk.asks_elsewhere && desk.shared.state().asks(id) {
                    desk.newest_notice(context, m::SITE_WINDOW_ASKED);
                }
                desk.drop_replies();
                desk.replies.borrow_mut().insert(id, reply);
            }
            Answer::Ticket { number, page } => hand_over(&desk, page, number, reply),
        }
        handled
    });
}

/// The *fill* door: the value goes to the document that asks, if at this moment it is still the one that may have it.
fn hand_over(desk: &Desk, page: PageId, number: u64, reply: Reply) {
    use secrecy::ExposeSecret as _;
    let mut tickets = desk.tickets.borrow_mut();
    let ticket = tickets.get_mut(&number).filter(|ticket| !ticket.used);
    let allowed = ticket.filter(|ticket| {
        let routed = desk.shared.state().route_secret(ticket.context, &ticket.document, &ticket.site);
        routed.is_ok_and(|at| at == page)
    });
    match allowed {
        Some(ticket) => {
            ticket.used = true;
            reply.say(Some(ticket.value.expose_secret()));
        }
        None => reply.say(None),
    }
}

/// Follows a view's way through documents.
fn follow(desk: &Rc<Desk>, page: PageId, web: &WebView, chrome: &Rc<Chrome>) {
    let shared = &desk.shared;
    let (to, line) = (shared.clone(), Rc::downgrade(chrome));
    let show_address = move || {
        if let Some(chrome) = line.upgrade() {
            let address = to.state().shown_address(page);
            chrome.show_address(&address);
        }
    };
    let to = shared.clone();
    let arrived = show_address.clone();
    web.connect_load_changed(move |web, event| {
        let uri = web.uri().unwrap_or_default();
        // The origin alone: an address may hold a code that signs somebody in.
        tracing::debug!(?event, origin = ?origin_of(&uri), "load");
        to.change(|state| match event {
            LoadEvent::Started => state.started(page),
            LoadEvent::Committed => {
                state.committed(page, &uri);
                if let Some(status) = web.main_resource().and_then(|r| r.response()).map(|r| r.status_code()) {
                    state.status(page, u16::try_from(status).unwrap_or(0));
                }
            }
            LoadEvent::Finished => state.finished(page),
            _ => {}
        });
        arrived();
    });
    let to = shared.clone();
    let told = Rc::downgrade(desk);
    web.connect_load_failed(move |_, _, _, error| {
        if error.matches(PolicyError::FrameLoadInterruptedByPolicyChange) {
            to.change(|state| state.interrupted(page));
            return true;
        }
        // A navigation that gave way to another one did not fail.
        let code = (!error.matches(NetworkError::Cancelled)).then(|| code_of(error));
        if code.is_some() {
            notice(&told, page, m::SITE_WINDOW_UNREACHABLE);
        }
        to.change(|state| state.failed(page, code));
        // WebKit's own error page would only be another document that looks like the site's.
        true
    });
    let to = shared.clone();
    let told = Rc::downgrade(desk);
    web.connect_load_failed_with_tls_errors(move |_, _, _, _| {
        notice(&told, page, m::SITE_WINDOW_TLS);
        to.change(|state| state.failed(page, Some("tls".to_owned())));
        true
    });
    let to = shared.clone();
    web.connect_uri_notify(move |web| {
        to.change(|state| state.moved(page, &web.uri().unwrap_or_default()));
        show_address();
    });
    let to = shared.clone();
    web.connect_resource_load_started(move |_, resource, _| {
        let number = to.state().request_started(page);
        let (finished, failed) = (to.clone(), to.clone());
        resource.connect_finished(move |_| finished.change(|state| state.request_ended(page, number)));
        resource.connect_failed(move |_, _| failed.change(|state| state.request_ended(page, number)));
    });
    let to = shared.clone();
    web.connect_web_process_terminated(move |_, _| to.change(|state| state.crashed(page)));
}

/// What a page may not do, each refused with words where a person would wonder.
fn guard(desk: &Rc<Desk>, context: ContextId, page: PageId, web: &WebView, chrome: &Rc<Chrome>) {
    let told = Rc::downgrade(desk);
    web.connect_decide_policy(move |_, decision, kind| match kind {
        PolicyDecisionType::NavigationAction | PolicyDecisionType::NewWindowAction => {
            let decision_ = decision.downcast_ref::<webkit2gtk::NavigationPolicyDecision>();
            let action = decision_.and_then(NavigationPolicyDecisionExt::navigation_action);
            let uri = action.and_then(|action| action.request()).and_then(|request| request.uri()).unwrap_or_default();
            let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
            let stays = matches!(scheme.as_str(), "http" | "https" | "about" | "data" | "blob" | "javascript");
            if stays {
                decision.use_();
            } else {
                notice(&told, page, m::SITE_WINDOW_OTHER_PROGRAM);
                decision.ignore();
            }
            true
        }
        PolicyDecisionType::Response => {
            let response = decision.downcast_ref::<webkit2gtk::ResponsePolicyDecision>();
            let shown = response.is_some_and(|decision| {
                decision.is_mime_type_supported()
                    && !decision.response().is_some_and(|response| is_attachment(&response))
            });
            if shown {
                decision.use_();
            } else {
                notice(&told, page, m::SITE_WINDOW_DOWNLOAD);
                decision.ignore();
            }
            true
        }
        _ => false,
    });
    let told = Rc::downgrade(desk);
    web.connect_permission_request(move |_, request| {
        request.deny();
        notice(&told, page, m::SITE_WINDOW_PERMISSION);
        true
    });
    let told = Rc::downgrade(desk);
    web.connect_run_file_chooser(move |_, request| {
        request.cancel();
        notice(&told, page, m::SITE_WINDOW_NOT_HERE);
        true
    });
    let told = Rc::downgrade(desk);
    web.connect_print(move |_, _| {
        notice(&told, page, m::SITE_WINDOW_NOT_HERE);
        true
    });
    web.connect_enter_fullscreen(|_| true);
    web.connect_show_notification(|_, _| true);
    let told = Rc::downgrade(desk);
    web.connect_authenticate(move |_, request| {
        request.cancel();
        notice(&told, page, m::SITE_WINDOW_NOT_HERE);
        true
    });
    // A page cannot hold the journey up by asking; leaving it is agreed to, all else is declined. WebKit closes a dialog
    // that nobody keeps when this returns; closing it here as well would end the whole process.
    let told = Rc::downgrade(desk);
    web.connect_script_dialog(move |_, dialog| {
        if dialog.dialog_type() == ScriptDialogType::BeforeUnloadConfirm {
            dialog.confirm_set_confirmed(true);
        } else {
            notice(&told, page, m::SITE_WINDOW_DIALOG);
        }
        true
    });
    let opener = Rc::downgrade(desk);
    web.connect_create(move |web, action| {
        let desk = opener.upgrade().filter(|_| action.is_user_gesture())?;
        if !desk.shared.state().may_open(context) {
            notice(&opener, page, m::SITE_WINDOW_POPUP);
            return None;
        }
        let popup = open(&desk, context, &Source::Popup(web));
        desk.shared.changes.send_replace(());
        desk.view(popup).ok().map(|view| view.web.upcast())
    });
    let shown = Rc::downgrade(chrome);
    web.connect_ready_to_show(move |_| {
        if let Some(chrome) = shown.upgrade() {
            chrome.show();
        }
    });
    let closed = Rc::downgrade(desk);
    let gone = move || {
        if let Some(desk) = closed.upgrade() {
            desk.shared.change(|state| state.remove_page(page));
            desk.close(page);
        }
    };
    let by_page = gone.clone();
    web.connect_close(move |_| by_page());
    chrome.on_close(gone);
}

/// Whether a response is meant to be saved: WebKit would show it as a page of the site, though the site may only keep it
/// for somebody else.
///
/// <https://www.rfc-editor.org/rfc/rfc6266#section-4.2>
fn is_attachment(response: &webkit2gtk::URIResponse) -> bool {
    let disposition = response.http_headers().and_then(|headers| headers.one("content-disposition"));
    let kind = disposition.as_deref().and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    // A parameter where the kind should be is a header that says nothing.
    !(kind.is_empty() || kind.eq_ignore_ascii_case("inline") || kind.contains('='))
}

fn notice(desk: &std::rc::Weak<Desk>, page: PageId, message: Message) {
    if let Some(desk) = desk.upgrade() {
        desk.notice(page, message);
    }
}

/// The engine's code for a failure; its words may hold an address.
fn code_of(error: &glib::Error) -> String {
    let kind = error.kind::<NetworkError>().map(|kind| format!("{kind:?}"));
    let io = error.kind::<webkit2gtk::gio::IOErrorEnum>().map(|kind| format!("{kind:?}"));
    kind.or(io).unwrap_or_else(|| error.domain().as_str().to_string())
}

/// Calls a function of the isolated world in a view's top document, if that still is the one meant. `expression` may
/// name the arguments; its value, or what its promise resolves to, comes back.
pub(super) fn call(
    view: &View,
    world: &str,
    document: &str,
    expression: &str,
    arguments: &[(&str, glib::Variant)],
    done: impl FnOnce(Result<serde_json::Value, DriverError>) + 'static,
) {
    let body = format!(
        "if (globalThis.rekeyBridge?.document !== rekeyDocument) return JSON.stringify({{ stale: true }});\n\
         return JSON.stringify({{ value: (await ({expression})) ?? null }});"
    );
    let values = glib::VariantDict::new(None);
    values.insert("rekeyDocument", document);
    for (name, value) in arguments {
        values.insert_value(name, value);
    }
    let web = view.web.clone();
    view.web.call_async_javascript_function(
        &body,
        Some(&values.end()),
        Some(world),
        None,
        Cancellable::NONE,
        move |result| {
            let result = result.inspect_err(
                |error| tracing::debug!(kind = ?error.kind::<webkit2gtk::JavascriptError>(), %error, "call ended"),
            );
            let text = result.map_err(|_| DriverError::Stale).map(|value| value.to_str().to_string());
            done(text.and_then(|text| read(&text)));
            let_go(web);
        },
    );
}

/// Drops what may be the last hold on something of WebKit's once WebKit has nothing at work: a view whose window is closed
/// lives on until its last call has ended, and would end in the middle of WebKit telling so.
pub(super) fn let_go(held: impl Sized + 'static) {
    glib::idle_add_local_once(move || drop(held));
}

fn read(text: &str) -> Result<serde_json::Value, DriverError> {
    let mut reply: serde_json::Value = serde_json::from_str(text).map_err(|_| DriverError::Malformed)?;
    match reply.get_mut("value") {
        Some(value) => Ok(value.take()),
        None => Err(DriverError::Stale),
    }
}
