//! What bridges say: who speaks, and whether the one may ask.

use rekey_browser::channel::{self, Message};
use rekey_browser::{CeremonyId, CeremonyReply, ContextId, FrameKind, Mode};
use rekey_journey::page::DocumentId;
use rekey_origin::Origin;
use serde::Deserialize;

use super::{Answer, Ceremony, Document, Page, PageId, ReplyId, State, origin_of};

/// More ceremonies of one document than this do not wait at once.
const MOST_CEREMONIES: usize = 8;
/// The longest text of a bridge that is read, in bytes.
const LONGEST_WORDS: usize = 512 << 10;

/// What a bridge says. Its word counts: it runs where no script of the page reaches.
#[derive(Deserialize)]
struct Words {
    document: String,
    origin: String,
    top: bool,
    secure: bool,
    #[serde(default)]
    hello: bool,
    /// With a greeting: the document's address.
    #[serde(default)]
    href: String,
    ticket: Option<u64>,
}

impl State {
    /// Takes in a message of a bridge in one of a context's views. Which view it is, WebKit does not say: all views of a
    /// context share what hears them. `uri` is what WebKit has in a view's address line right now.
    pub(in super::super) fn told(&mut self, context: ContextId, uri: &dyn Fn(PageId) -> String, text: &str) -> Answer {
        let words = Some(text).filter(|text| text.len() <= LONGEST_WORDS);
        let Some(words) = words.and_then(|text| serde_json::from_str::<Words>(text).ok()) else {
            tracing::debug!("a bridge said something unreadable");
            return Answer::Nothing;
        };
        if words.hello {
            self.greeted(context, &words);
            return Answer::Nothing;
        }
        let Some(id) = self.route(context, &DocumentId(words.document.clone())).ok().filter(|_| words.top) else {
            return self.refused(&words, text);
        };
        if let Some(number) = words.ticket {
            let here = self.speaks(id, &uri(id), &words).is_some();
            return if here { Answer::Ticket { number, page: id } } else { Answer::Nothing };
        }
        self.asked(id, &uri(id), &words, text)
    }

    /// The top document of a view introduces itself: it belongs to the view that committed to a document with its origin
    /// and has not heard of it yet. A late greeting from the process of the document before finds no such view.
    fn greeted(&mut self, context: ContextId, words: &Words) {
        let id = DocumentId(words.document.clone());
        if !words.top || self.page_of(&id).is_some() {
            return;
        }
        let Some(known) = self.contexts.get(&context) else { return };
        let origin = words.origin.parse::<Origin>().ok();
        let waiting = |page: &PageId| self.pages.get(page).filter(|page| page.document.is_none());
        let here = |page: &&PageId| {
            waiting(page).is_some_and(|page| page.is_empty_as(words) || (page.generation > 0 && page.uri == words.href))
        };
        let fits = |page: &&PageId| {
            waiting(page).is_some_and(|page| page.generation > 0 && origin.is_some() && origin == origin_of(&page.uri))
        };
        let pages = || known.pages.iter().rev();
        let Some(page) = pages().find(|page| here(page)).or_else(|| pages().find(fits)) else { return };
        if let Some(page) = self.pages.get_mut(page) {
            // What borrows its origin (an empty window) or claims another than its address has is trusted with nothing.
            let origin = origin.filter(|origin| origin_of(&page.uri).as_ref() == Some(origin));
            page.document = Some(Document { id, origin, secure: words.secure });
        }
    }

    /// The document that speaks, where it is a view's top document, is what it says, and is there to stay: its own
    /// origin is neither opaque nor insecure, it is the one in the address line, and no navigation is under way.
    fn speaks(&self, id: PageId, uri: &str, words: &Words) -> Option<(&DocumentId, &Origin)> {
        let page = self.pages.get(&id)?;
        let document = page.document.as_ref()?;
        let origin = document.origin.as_ref()?;
        let genuine = document.id.0 == words.document
            && words.top
            && words.secure
            && document.secure
            && origin.to_string() == words.origin
            && origin.is_potentially_trustworthy()
            && origin_of(uri).as_ref() == Some(origin)
            && !page.pending;
        genuine.then_some((&document.id, origin))
    }

    /// What a document that is not a view's top document gets. WebKit does not say which frame of which view spoke, so
    /// where one in a frame stands cannot be told soundly.
    fn refused(&self, words: &Words, text: &str) -> Answer {
        match channel::read(text, Mode::Bridged) {
            Some(Message::Request(request)) if words.ticket.is_none() => Answer::Say(refusal(request.number)),
            _ => Answer::Nothing,
        }
    }

    fn asked(&mut self, id: PageId, uri: &str, words: &Words, text: &str) -> Answer {
        let Some(said) = channel::read(text, Mode::Bridged) else {
            tracing::debug!("a page sent something unreadable");
            return Answer::Nothing;
        };
        let request = match said {
            Message::Request(request) => request,
            Message::Abort { number } => {
                let context = self.pages.get(&id).and_then(|page| self.contexts.get_mut(&page.context));
                if let Some(context) = context {
                    context.ceremonies.retain(|c| c.document.0 != words.document || c.number != number);
                }
                return Answer::Nothing;
            }
            Message::Native { .. } => return Answer::Nothing,
        };
        let (number, asks) = (request.number, request.asked.asks_the_person());
        let refuse = || Answer::Say(refusal(number));
        // A document that is being left may ask once more where it stays after all.
        let Some((document, origin)) = self.speaks(id, uri, words) else { return refuse() };
        let (document, origin) = (document.clone(), origin.clone());
        let next = self.next_id();
        let Some(context) = self.pages.get(&id).and_then(|page| self.contexts.get_mut(&page.context)) else {
            return refuse();
        };
        if context.ceremonies.iter().filter(|c| c.document == document).count() >= MOST_CEREMONIES {
            return refuse();
        }
        let ceremony = CeremonyId(next);
        // Refused documents never come here, so the one that asks is a view's top document.
        let request = Some(request.seen(ceremony, document.clone(), origin, FrameKind::Top));
        context.ceremonies.push(Ceremony { id: ceremony, number, document, asks, request });
        Answer::Keep(ReplyId(next))
    }
}

impl Page {
    /// Whether this is the empty window that says so of itself, and that WebKit tells no arrival of.
    fn is_empty_as(&self, words: &Words) -> bool {
        self.uri.is_empty() && words.href == "about:blank"
    }
}

fn refusal(number: channel::Number) -> String {
    channel::answer(number.id, &CeremonyReply::Refusal("NotAllowedError"))
}
