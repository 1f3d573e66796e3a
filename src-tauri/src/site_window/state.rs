//! What is known of the site windows: a pure function of what WebKit told, kept on no thread in particular. Every check
//! of the channel is here, so that it can be tested without a window.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use rekey_browser::channel::{self, Moment, Page as Shown};
use rekey_browser::{CeremonyId, ContextId, DriverError, Seen};
use rekey_journey::page::DocumentId;
use rekey_origin::{Origin, Site};
use url::Url;

mod bridges;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

/// More pages of one context than this are not open at once.
const MOST_PAGES: usize = 4;
/// More notices of one context than this are not kept.
const MOST_NOTICES: usize = 32;
/// An answer that takes longer is one that a page leaves open, to be told of news.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// One view: a context's first page, or a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PageId(pub(super) u64);

/// One message of a bridge that waits for the host's reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ReplyId(pub(super) u64);

/// What follows from a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing is said in return.
    Nothing,
    /// This is said at once.
    Say(String),
    /// The reply is kept until the ceremony is answered.
    Keep(ReplyId),
    /// The document of this page asks for the value of this ticket.
    Ticket { number: u64, page: PageId },
}

/// A set of cookies and storage with its pages; the newest page is the current one.
#[derive(Debug, Default)]
struct Context {
    pages: Vec<PageId>,
    ceremonies: Vec<Ceremony>,
    notices: Vec<String>,
    gone: bool,
}

#[derive(Debug)]
struct Ceremony {
    id: CeremonyId,
    number: channel::Number,
    document: DocumentId,
    /// Whether the person is asked something because of it.
    asks: bool,
    /// Until it is handed over.
    request: Option<Seen>,
}

#[derive(Debug)]
struct Page {
    context: ContextId,
    /// Counts the documents that the view committed to.
    generation: u64,
    /// A navigation whose document is not here yet.
    pending: bool,
    loaded: bool,
    status: Option<u16>,
    uri: String,
    /// Whether WebKit's address names another site than the document's: it is about to be left.
    ahead: bool,
    failure: Option<(u64, String)>,
    /// Whether a look has told of it: afterwards the page that is still there is what there is to see.
    failure_told: bool,
    /// Navigations that brought no document: a download, an answer without content.
    interrupted: u64,
    document: Option<Document>,
    in_flight: HashMap<u64, Instant>,
}

impl Page {
    fn shows(&self, document: &DocumentId) -> bool {
        self.document.as_ref().is_some_and(|known| known.id == *document)
    }
}

/// The document of a view's top frame, as its bridge introduced it.
#[derive(Debug)]
struct Document {
    id: DocumentId,
    /// `None` where the document has no origin that Rekey deals with.
    origin: Option<Origin>,
    secure: bool,
}

/// How many documents a page has committed to, where it is now, and the failure it told last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrivals {
    pub(super) generation: u64,
    pub(super) failure: Option<(u64, String)>,
    pub(super) interrupted: u64,
    pub(super) uri: String,
}

/// Everything known.
#[derive(Debug, Default)]
pub(super) struct State {
    contexts: HashMap<ContextId, Context>,
    pages: HashMap<PageId, Page>,
    last: u64,
}

impl State {
    pub(super) fn next_id(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(super) fn add_context(&mut self) -> ContextId {
        let id = ContextId(self.next_id());
        self.contexts.insert(id, Context::default());
        id
    }

    /// A view is there; the newest of its context is the current one.
    pub(super) fn add_page(&mut self, context: ContextId) -> PageId {
        let id = PageId(self.next_id());
        self.pages.insert(
            id,
            Page {
                context,
                generation: 0,
                pending: false,
                loaded: false,
                status: None,
                uri: String::new(),
                failure: None,
                failure_told: false,
                ahead: false,
                interrupted: 0,
                document: None,
                in_flight: HashMap::new(),
            },
        );
        if let Some(known) = self.contexts.get_mut(&context) {
            known.pages.push(id);
        }
        id
    }

    /// A view is gone. With the last one its context is of no use any more.
    pub(super) fn remove_page(&mut self, id: PageId) {
        self.forget_document(id);
        let Some(page) = self.pages.remove(&id) else { return };
        if let Some(context) = self.contexts.get_mut(&page.context) {
            context.pages.retain(|other| *other != id);
            context.gone |= context.pages.is_empty();
        }
    }

    /// The process of a view ended.
    pub(super) fn crashed(&mut self, id: PageId) {
        if let Some(context) = self.pages.get(&id).and_then(|page| self.contexts.get_mut(&page.context)) {
            context.gone = true;
        }
    }

    /// Forgets a context; its pages are returned for closing.
    pub(super) fn remove_context(&mut self, id: ContextId) -> Result<Vec<PageId>, DriverError> {
        let context = self.contexts.remove(&id).ok_or(DriverError::Stale)?;
        self.pages.retain(|_, page| page.context != id);
        Ok(context.pages)
    }

    // --- what WebKit tells -----------------------------------------------------------------------------------------

    /// A navigation began: nothing of the document that is still there may act until it is decided.
    pub(super) fn started(&mut self, id: PageId) {
        if let Some(page) = self.pages.get_mut(&id) {
            page.pending = true;
            page.failure = None;
        }
    }

    /// A new document is there, and the one before is not.
    pub(super) fn committed(&mut self, id: PageId, uri: &str) {
        self.forget_document(id);
        if let Some(page) = self.pages.get_mut(&id) {
            page.generation += 1;
            page.ahead = false;
            page.pending = false;
            page.loaded = false;
            page.status = None;
            uri.clone_into(&mut page.uri);
            page.in_flight.clear();
        }
    }

    /// All of a document arrived, or its navigation ended without one.
    pub(super) fn finished(&mut self, id: PageId) {
        if let Some(page) = self.pages.get_mut(&id) {
            page.pending = false;
            page.loaded = true;
        }
    }

    /// An address could not be loaded; without a code, the navigation only gave way to something else.
    pub(super) fn failed(&mut self, id: PageId, code: Option<String>) {
        let number = self.next_id();
        if let Some(page) = self.pages.get_mut(&id) {
            page.pending = false;
            page.ahead = false;
            page.loaded = true;
            if let Some(code) = code {
                page.failure = Some((number, code));
                page.failure_told = false;
            }
        }
    }

    /// A navigation ended without a document, and the one before stays.
    pub(super) fn interrupted(&mut self, id: PageId) {
        self.failed(id, None);
        if let Some(page) = self.pages.get_mut(&id) {
            page.interrupted += 1;
        }
    }

    pub(super) fn status(&mut self, id: PageId, status: u16) {
        if let Some(page) = self.pages.get_mut(&id) {
            page.status = Some(status);
        }
    }

    pub(super) fn moved(&mut self, id: PageId, uri: &str) {
        // WebKit's address runs ahead of the document. What moves within a document keeps its origin; all else is taken
        // over when its document is here.
        let Some(page) = self.pages.get_mut(&id).filter(|page| !page.pending) else { return };
        page.ahead = origin_of(&page.uri).is_none_or(|own| origin_of(uri) != Some(own));
        if !page.ahead {
            uri.clone_into(&mut page.uri);
        }
    }

    /// The address of what a page shows: never one that it is only on its way to.
    pub(super) fn shown_address(&self, id: PageId) -> String {
        self.pages.get(&id).map(|page| page.uri.clone()).unwrap_or_default()
    }

    /// Whether a context may have one more page: not many at once, and none while the person is asked for a ceremony, so
    /// that no window comes in between.
    pub(super) fn may_open(&self, context: ContextId) -> bool {
        let asks = |known: &Context| known.ceremonies.iter().any(|ceremony| ceremony.asks);
        self.contexts.get(&context).is_some_and(|known| known.pages.len() < MOST_PAGES && !asks(known))
    }

    pub(super) fn request_started(&mut self, id: PageId) -> u64 {
        let number = self.next_id();
        if let Some(page) = self.pages.get_mut(&id) {
            page.in_flight.insert(number, Instant::now());
        }
        number
    }

    pub(super) fn request_ended(&mut self, id: PageId, number: u64) {
        if let Some(page) = self.pages.get_mut(&id) {
            page.in_flight.remove(&number);
        }
    }

    fn forget_document(&mut self, id: PageId) {
        let Some(page) = self.pages.get_mut(&id) else { return };
        let Some(document) = page.document.take() else { return };
        if let Some(context) = self.contexts.get_mut(&page.context) {
            context.ceremonies.retain(|ceremony| ceremony.document != document.id);
        }
    }

    // --- what the driver asks --------------------------------------------------------------------------------------

    fn context(&self, id: ContextId) -> Result<&Context, DriverError> {
        let context = self.contexts.get(&id).ok_or(DriverError::Stale)?;
        if context.gone { Err(DriverError::Gone) } else { Ok(context) }
    }

    fn current(&self, id: ContextId) -> Result<(PageId, &Page), DriverError> {
        let page = self.context(id)?.pages.last().ok_or(DriverError::Gone)?;
        Ok((*page, self.pages.get(page).ok_or(DriverError::Gone)?))
    }

    /// The current page of a context.
    pub(super) fn page(&self, id: ContextId) -> Result<PageId, DriverError> {
        Ok(self.current(id)?.0)
    }

    /// What has come to a page so far.
    pub(super) fn arrivals(&self, id: PageId) -> Option<Arrivals> {
        let page = self.pages.get(&id)?;
        Some(Arrivals {
            generation: page.generation,
            failure: page.failure.clone(),
            interrupted: page.interrupted,
            uri: page.uri.clone(),
        })
    }

    /// Whether an address only names another place in the document that a page shows.
    ///
    /// <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate-fragid>
    pub(super) fn stays_in_document(&self, id: PageId, address: &str) -> bool {
        let Some(page) = self.pages.get(&id).filter(|page| !page.pending && page.document.is_some()) else {
            return false;
        };
        let without = |address: &'_ str| address.split_once('#').map_or(address, |(before, _)| before).to_owned();
        address.contains('#') && without(address) == without(&page.uri)
    }

    /// The page that shows a document.
    pub(super) fn page_of(&self, document: &DocumentId) -> Option<PageId> {
        self.pages.iter().find(|(_, page)| page.shows(document)).map(|(id, _)| *id)
    }

    /// What a context shows right now.
    pub(super) fn moment(&mut self, id: ContextId) -> Result<Moment, DriverError> {
        self.context(id)?;
        if let Some(seen) = self.take_ceremony(id) {
            return Ok(Moment::Seen(seen));
        }
        let (at, page) = self.current(id)?;
        if page.pending {
            return Ok(Moment::Moving);
        }
        if let Some((number, code)) = page.failure.clone().filter(|_| !page.failure_told) {
            if let Some(page) = self.pages.get_mut(&at) {
                page.failure_told = true;
            }
            return Ok(Moment::Failed { load: number.to_string(), code });
        }
        Ok(shown(page).map_or(Moment::Moving, Moment::Still))
    }

    /// The page as it is.
    pub(super) fn shown(&self, id: ContextId) -> Option<Shown> {
        shown(self.current(id).ok()?.1)
    }

    /// The oldest call that was not handed over. One of a document about to be replaced waits.
    fn take_ceremony(&mut self, id: ContextId) -> Option<Seen> {
        let moving: HashSet<&DocumentId> =
            self.pages.values().filter(|p| p.pending).filter_map(|p| p.document.as_ref()).map(|d| &d.id).collect();
        let ceremonies = &mut self.contexts.get_mut(&id)?.ceremonies;
        ceremonies.iter_mut().find(|c| c.request.is_some() && !moving.contains(&c.document))?.request.take()
    }

    /// Whether a ceremony waits to be handed over, or another document is shown or about to be.
    pub(super) fn has_moved_on(&self, id: ContextId, document: &DocumentId) -> bool {
        let Ok(context) = self.context(id) else { return true };
        let waits = context.ceremonies.iter().any(|ceremony| ceremony.request.is_some());
        let here = self.current(id).is_ok_and(|(_, page)| !page.pending && page.shows(document));
        waits || !here
    }

    /// The address that a document has now.
    pub(super) fn address(&self, document: &DocumentId) -> Option<String> {
        self.page_of(document).map(|page| self.shown_address(page))
    }

    /// The top documents of a context's pages, each with its address.
    pub(super) fn documents(&self, context: ContextId) -> Vec<(DocumentId, String)> {
        let pages = self.contexts.get(&context).into_iter().flat_map(|known| &known.pages);
        let pages = pages.filter_map(|id| self.pages.get(id));
        pages.filter_map(|page| Some((page.document.as_ref()?.id.clone(), page.uri.clone()))).collect()
    }

    /// How many ceremonies of a context have no answer yet.
    pub(super) fn waiting(&self, context: ContextId) -> usize {
        self.contexts.get(&context).map_or(0, |known| known.ceremonies.len())
    }

    /// A page was told no, in these words.
    pub(super) fn noticed(&mut self, id: PageId, words: String) {
        if let Some(context) = self.pages.get(&id).and_then(|page| self.contexts.get_mut(&page.context)) {
            // A page can make as many as it likes; only tests read more than the last.
            if context.notices.len() < MOST_NOTICES && context.notices.last() != Some(&words) {
                context.notices.push(words);
            }
        }
    }

    /// What the windows of a context said.
    pub(super) fn notices(&self, context: ContextId) -> Vec<String> {
        self.contexts.get(&context).map(|known| known.notices.clone()).unwrap_or_default()
    }

    /// The page of a document that is still there and belongs to a context.
    pub(super) fn route(&self, context: ContextId, document: &DocumentId) -> Result<PageId, DriverError> {
        let pages = &self.context(context)?.pages;
        let shows = |id: &PageId| self.pages.get(id).is_some_and(|page| page.shows(document));
        pages.iter().copied().find(shows).ok_or(DriverError::Stale)
    }

    /// As [`State::route`], and only where the document is a secure context of a site: a top document, so that nothing
    /// is around it, whose origin is the one in the address line while no navigation is under way.
    ///
    /// <https://w3c.github.io/webappsec-secure-contexts/#settings-object>
    pub(super) fn route_secret(
        &self,
        context: ContextId,
        document: &DocumentId,
        site: &Site,
    ) -> Result<PageId, DriverError> {
        let id = self.route(context, document)?;
        let page = self.pages.get(&id).ok_or(DriverError::Stale)?;
        let known = page.document.as_ref().ok_or(DriverError::Stale)?;
        if page.pending {
            return Err(DriverError::Stale);
        }
        let origin = known.origin.as_ref().ok_or(DriverError::ForeignPage)?;
        let own = known.secure && origin.is_potentially_trustworthy() && site.contains(origin);
        let shown = origin_of(&page.uri).as_ref() == Some(origin);
        if own && shown && !page.ahead { Ok(id) } else { Err(DriverError::ForeignPage) }
    }

    /// Ends a ceremony: the page's number for it. Its reply is known by the same id.
    pub(super) fn settle(&mut self, context: ContextId, id: CeremonyId) -> Result<u64, DriverError> {
        self.context(context)?;
        let ceremonies = &mut self.contexts.get_mut(&context).ok_or(DriverError::Stale)?.ceremonies;
        let at = ceremonies.iter().position(|ceremony| ceremony.id == id).ok_or(DriverError::Stale)?;
        Ok(ceremonies.remove(at).number.id)
    }

    /// Whether the person is asked something because of a call whose reply is kept.
    pub(super) fn asks(&self, reply: ReplyId) -> bool {
        self.contexts.values().any(|context| context.ceremonies.iter().any(|c| c.id.0 == reply.0 && c.asks))
    }

    /// Whether a kept reply still has its ceremony.
    pub(super) fn awaits(&self, reply: ReplyId) -> bool {
        self.contexts.values().any(|context| context.ceremonies.iter().any(|c| c.id.0 == reply.0))
    }
}

fn shown(page: &Page) -> Option<Shown> {
    let document = page.document.as_ref()?;
    Some(Shown {
        document: document.id.clone(),
        origin: document.origin.clone(),
        url: page.uri.clone(),
        status: page.status,
        settled: page.loaded && !page.in_flight.values().any(|since| since.elapsed() < LONGEST_WAIT),
    })
}

/// The origin of an address, where it is one that Rekey deals with.
pub(super) fn origin_of(uri: &str) -> Option<Origin> {
    Origin::of(&Url::parse(uri).ok()?).ok()
}
