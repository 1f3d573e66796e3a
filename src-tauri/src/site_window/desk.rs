//! What lives on GTK's thread: the views, and the replies and tickets that wait. Other threads reach it by [`on_desk`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rekey_app::text::{Message, Texts};
use rekey_browser::channel::Scripts;
use rekey_browser::{ContextId, DriverError};
use rekey_journey::page::DocumentId;
use rekey_origin::Site;
use secrecy::SecretString;
use tokio::sync::{oneshot, watch};
use webkit2gtk::glib;
use webkit2gtk::{CacheModel, TLSErrorsPolicy, WebContext, WebContextExt as _, WebView, WebsiteDataManager};

use super::Place;
use super::chrome::Chrome;
use super::reply::Reply;
use super::state::{PageId, ReplyId, State};
use super::view;

/// What GTK's thread and the driver share.
pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) changes: watch::Sender<()>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self { state: Mutex::default(), changes: watch::Sender::new(()) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes whoever waits for that.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.state());
        self.changes.send_replace(());
        result
    }
}

/// A value that a document may fetch once, checked at that moment.
pub(super) struct Ticket {
    pub(super) context: ContextId,
    pub(super) document: DocumentId,
    pub(super) site: Site,
    pub(super) value: SecretString,
    pub(super) used: bool,
}

/// One view in its window.
#[derive(Clone)]
pub(super) struct View {
    pub(super) web: WebView,
    pub(super) chrome: Rc<Chrome>,
}

/// The site windows of one driver.
pub(super) struct Desk {
    pub(super) shared: Arc<Shared>,
    pub(super) scripts: Scripts,
    pub(super) texts: Texts,
    pub(super) data: PathBuf,
    pub(super) sandbox: bool,
    pub(super) place: Place,
    pub(super) asks_elsewhere: bool,
    pub(super) views: RefCell<HashMap<PageId, View>>,
    pub(super) replies: RefCell<HashMap<ReplyId, Reply>>,
    pub(super) tickets: RefCell<HashMap<u64, Ticket>>,
}

impl Desk {
    /// A web context that keeps nothing and shares nothing.
    pub(super) fn web_context(&self) -> WebContext {
        let folder = |name: &str| self.data.join(name).to_string_lossy().into_owned();
        let manager = WebsiteDataManager::builder()
            .is_ephemeral(true)
            // Nothing is meant to be written; whatever is all the same stays with the ledger it belongs to.
            .base_data_directory(folder("data"))
            .base_cache_directory(folder("cache"))
            .build();
        let context = WebContext::with_website_data_manager(&manager);
        // The bindings have the data manager's own setting for it in no version yet.
        #[allow(deprecated, reason = "the same as the manager's default, said aloud")]
        context.set_tls_errors_policy(TLSErrorsPolicy::Fail);
        context.set_sandbox_enabled(self.sandbox);
        context.set_cache_model(CacheModel::DocumentViewer);
        context.set_automation_allowed(false);
        context.set_spell_checking_enabled(false);
        let tag = self.texts.language().tag();
        context.set_preferred_languages(&[tag]);
        context
    }

    pub(super) fn view(&self, page: PageId) -> Result<View, DriverError> {
        self.views.borrow().get(&page).cloned().ok_or(DriverError::Stale)
    }

    /// Says something in a page's window.
    pub(super) fn notice(&self, page: PageId, message: Message) {
        let Ok(view) = self.view(page) else { return };
        let words = self.texts.get(message);
        view.chrome.notice(&words);
        self.shared.change(|state| state.noticed(page, words));
    }

    /// Says something in the window that a context shows.
    pub(super) fn newest_notice(&self, context: ContextId, message: Message) {
        let page = self.shared.state().page(context);
        if let Ok(page) = page {
            self.notice(page, message);
        }
    }

    /// Closes a view's window.
    pub(super) fn close(&self, page: PageId) {
        let view = self.views.borrow_mut().remove(&page);
        if let Some(view) = view {
            view.chrome.close();
            view::let_go(view.web);
        }
        self.drop_replies();
    }

    /// Replies whose ceremony is over answer nobody.
    pub(super) fn drop_replies(&self) {
        let state = self.shared.state();
        self.replies.borrow_mut().retain(|id, _| state.awaits(*id));
    }
}

/// Which driver's desk.
pub(super) type DeskId = u64;

thread_local! {
    static DESKS: RefCell<HashMap<DeskId, Rc<Desk>>> = RefCell::default();
}

/// Runs something on GTK's thread.
///
/// # Errors
/// [`DriverError::Gone`] where GTK's thread has ended.
pub(super) async fn on_main<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, DriverError> {
    let (sender, result) = oneshot::channel();
    glib::MainContext::default().invoke(move || {
        // Whoever asked may have lost interest.
        drop(sender.send(work()));
    });
    result.await.map_err(|_| DriverError::Gone)
}

/// Runs something with a desk, on its thread.
pub(super) async fn on_desk<R: Send + 'static>(
    id: DeskId,
    work: impl FnOnce(&Rc<Desk>) -> Result<R, DriverError> + Send + 'static,
) -> Result<R, DriverError> {
    on_main(move || {
        let desk = DESKS.with(|desks| desks.borrow().get(&id).cloned());
        work(&desk.ok_or(DriverError::Gone)?)
    })
    .await?
}

/// Puts a desk up; on GTK's thread.
pub(super) fn put(id: DeskId, desk: Desk) {
    DESKS.with(|desks| desks.borrow_mut().insert(id, Rc::new(desk)));
}

/// Forgets a ticket; on GTK's thread. Whether its value was fetched.
pub(super) fn forget_ticket(id: DeskId, number: u64) -> bool {
    let desk = DESKS.with(|desks| desks.borrow().get(&id).cloned());
    desk.and_then(|desk| desk.tickets.borrow_mut().remove(&number)).is_some_and(|ticket| ticket.used)
}

/// Takes a desk down with all its windows; on GTK's thread.
pub(super) fn remove(id: DeskId) {
    let desk = DESKS.with(|desks| desks.borrow_mut().remove(&id));
    let Some(desk) = desk else { return };
    let pages: Vec<PageId> = desk.views.borrow().keys().copied().collect();
    for page in pages {
        desk.close(page);
    }
}
