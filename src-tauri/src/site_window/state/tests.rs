use super::*;
use rekey_browser::channel::Moment;

/// A context with one page, and what its bridges say.
struct Scene {
    state: State,
    context: ContextId,
    page: PageId,
    uri: String,
}

const A: &str = "https://a.com/in";
const B: &str = "https://b.com/in";

impl Scene {
    /// The page shows an address whose document, called `d`, has greeted with the address's origin.
    fn at(uri: &str) -> Self {
        let mut scene = Self::empty();
        scene.arrive(uri);
        scene.hello("d", origin_of(uri).map_or("null".to_owned(), |origin| origin.to_string()).as_str());
        scene
    }

    fn empty() -> Self {
        let mut state = State::default();
        let context = state.add_context();
        let page = state.add_page(context);
        Self { state, context, page, uri: String::new() }
    }

    fn arrive(&mut self, uri: &str) {
        uri.clone_into(&mut self.uri);
        self.state.started(self.page);
        self.state.committed(self.page, uri);
        self.state.finished(self.page);
    }

    fn say(&mut self, words: &serde_json::Value) -> Answer {
        let uri = self.uri.clone();
        self.state.told(self.context, &|_| uri.clone(), &words.to_string())
    }

    fn hello(&mut self, document: &str, origin: &str) {
        let words = serde_json::json!({"document": document, "origin": origin, "top": true, "secure": true, "hello": true,
            "href": self.uri});
        assert_eq!(self.say(&words), Answer::Nothing);
    }

    fn ask_as(&mut self, document: &str, origin: &str, id: u64, change: &[(&str, serde_json::Value)]) -> Answer {
        let message = serde_json::json!({"id": id, "kind": "get", "options": "{}"}).to_string();
        let mut words = serde_json::json!({"document": document, "origin": origin, "top": true, "secure": true,
            "channel": 0, "message": message});
        for (name, value) in change {
            words[*name] = value.clone();
        }
        self.say(&words)
    }

    fn ask(&mut self, id: u64) -> Answer {
        let origin = origin_of(&self.uri).map_or("null".to_owned(), |origin| origin.to_string());
        self.ask_as("d", &origin, id, &[])
    }

    fn document(&self) -> Option<&Document> {
        self.state.pages[&self.page].document.as_ref()
    }
}

fn refused(answer: &Answer) -> bool {
    matches!(answer, Answer::Say(text) if text.contains("NotAllowedError"))
}

#[test]
fn a_greeting_counts_from_the_document_that_arrived() {
    let check = |uri: &str, words: serde_json::Value, expect: Option<Option<&str>>| {
        let mut scene = Scene::empty();
        scene.arrive(uri);
        assert_eq!(scene.say(&words), Answer::Nothing);
        let got = scene.document().map(|document| document.origin.as_ref().map(ToString::to_string));
        assert_eq!(got, expect.map(|origin| origin.map(str::to_owned)), "{uri} {words}");
    };
    let hello = |origin: &str, top: bool, href: &str| serde_json::json!({"document": "d", "origin": origin, "top": top, "secure": true, "hello": true, "href": href});
    check(A, hello("https://a.com", true, A), Some(Some("https://a.com")));
    check(A, hello("https://a.com", true, "https://a.com/other"), Some(Some("https://a.com")));
    // A frame, and a document that was there before.
    check(A, hello("https://a.com", false, A), None);
    check(A, hello("https://b.com", true, B), None);
    // It may say what it likes of its address; its origin is another.
    check(A, hello("https://b.com", true, A), Some(None));
    // In a sandbox.
    check(A, hello("null", true, A), Some(None));
    // An empty window has the origin of whoever opened it, and is no page of a site.
    check("about:blank", hello("https://a.com", true, "about:blank"), Some(None));
    check(A, hello("https://a.com", true, "about:blank"), Some(Some("https://a.com")));

    // Nobody's greeting before anything arrived, and no second document where one is.
    let mut scene = Scene::empty();
    scene.hello("early", "https://a.com");
    assert!(scene.document().is_none());
    let mut scene = Scene::at(A);
    for origin in ["https://a.com", "null", "https://b.com"] {
        scene.hello("second", origin);
        assert_eq!(scene.document().unwrap().id.0, "d");
    }
    // What was greeted before is not greeted again after it was left.
    scene.arrive(B);
    scene.hello("d", "https://a.com");
    assert!(scene.document().is_none_or(|document| document.origin.is_none()));
}

#[test]
fn a_ceremony_is_taken_from_a_top_document_that_is_what_it_says() {
    let check = |change: &[(&str, serde_json::Value)], taken: bool| {
        let mut scene = Scene::at(A);
        let answer = scene.ask_as("d", "https://a.com", 1, change);
        assert_eq!(matches!(answer, Answer::Keep(_)), taken, "{change:?}: {answer:?}");
        assert!(taken || refused(&answer), "{change:?}: {answer:?}");
        let moment = scene.state.moment(scene.context).unwrap();
        assert_eq!(matches!(moment, Moment::Seen(Seen::Ceremony(_))), taken, "{change:?}");
    };
    check(&[], true);
    check(&[("document", "other".into())], false);
    check(&[("origin", "https://b.com".into())], false);
    check(&[("origin", "null".into())], false);
    check(&[("top", false.into())], false);
    check(&[("secure", false.into())], false);

    for insecure in ["http://a.com/in", "about:blank", "data:text/html,x", "blob:https://a.com/1", "file:///x"] {
        let mut scene = Scene::at(insecure);
        assert!(refused(&scene.ask(1)), "{insecure}");
    }
    let mut scene = Scene::at("http://localhost:1/");
    assert!(matches!(scene.ask(1), Answer::Keep(_)));
}

#[test]
fn a_page_that_is_being_left_asks_in_vain() {
    let mut scene = Scene::at(A);
    scene.state.started(scene.page);
    assert!(refused(&scene.ask(1)));
    // The address line runs ahead.
    let mut scene = Scene::at(A);
    scene.uri = B.to_owned();
    assert!(refused(&scene.ask_as("d", "https://a.com", 1, &[])));
    assert!(refused(&scene.ask_as("d", "https://b.com", 1, &[])));
    // It stays after all.
    let mut scene = Scene::at(A);
    scene.state.started(scene.page);
    scene.state.interrupted(scene.page);
    assert!(matches!(scene.ask(1), Answer::Keep(_)));
    // One that waits is not handed over while its page is about to go.
    scene.state.started(scene.page);
    assert!(matches!(scene.state.moment(scene.context), Ok(Moment::Moving)));
}

#[test]
fn ceremonies_are_forgotten_with_their_document() {
    let kept = |scene: &mut Scene| match scene.ask(1) {
        Answer::Keep(id) => id,
        other => panic!("{other:?}"),
    };
    let check = |end: fn(&mut Scene)| {
        let mut scene = Scene::at(A);
        let id = kept(&mut scene);
        assert!(scene.state.awaits(id));
        end(&mut scene);
        assert!(!scene.state.awaits(id));
        assert!(scene.state.settle(scene.context, CeremonyId(id.0)).is_err());
    };
    check(|scene| scene.arrive(A));
    check(|scene| scene.arrive(B));
    check(|scene| scene.state.remove_page(scene.page));
    check(|scene| drop(scene.state.remove_context(scene.context)));
    check(|scene| assert_eq!(scene.state.settle(scene.context, CeremonyId(scene.state.last)).ok(), Some(1)));
    check(|scene| {
        let abort = serde_json::json!({"id": 1, "kind": "abort"}).to_string();
        scene.ask_as("d", "https://a.com", 1, &[("message", abort.into())]);
    });
    // Another document cannot give it up.
    let mut scene = Scene::at(A);
    let id = kept(&mut scene);
    let abort = serde_json::json!({"id": 1, "kind": "abort"}).to_string();
    scene.ask_as("other", "https://a.com", 1, &[("message", abort.into())]);
    assert!(scene.state.awaits(id));
}

#[test]
fn eight_ceremonies_of_a_document_wait() {
    let mut scene = Scene::at(A);
    for id in 0..8 {
        assert!(matches!(scene.ask(id), Answer::Keep(_)), "{id}");
    }
    assert!(refused(&scene.ask(8)));
    assert_eq!(scene.state.waiting(scene.context), 8);
    let Ok(Moment::Seen(Seen::Ceremony(first))) = scene.state.moment(scene.context) else { panic!("none") };
    assert_eq!(scene.state.settle(scene.context, first.id).ok(), Some(0));
    assert!(matches!(scene.ask(9), Answer::Keep(_)));
}

#[test]
fn a_ticket_is_for_the_document_that_is_there() {
    let check = |change: &[(&str, serde_json::Value)], pending: bool, allowed: bool| {
        let mut scene = Scene::at(A);
        if pending {
            scene.state.started(scene.page);
        }
        let mut words =
            serde_json::json!({"document": "d", "origin": "https://a.com", "top": true, "secure": true, "ticket": 7});
        for (name, value) in change {
            words[*name] = value.clone();
        }
        let page = scene.page;
        let expect = if allowed { Answer::Ticket { number: 7, page } } else { Answer::Nothing };
        assert_eq!(scene.say(&words), expect, "{change:?} {pending}");
    };
    check(&[], false, true);
    check(&[], true, false);
    check(&[("document", "other".into())], false, false);
    check(&[("origin", "https://b.com".into())], false, false);
    check(&[("top", false.into())], false, false);
    check(&[("secure", false.into())], false, false);
}

#[test]
fn a_secret_needs_its_site() {
    let check = |uri: &str, site: &str, document: &str, change: fn(&mut Scene), expect: Result<(), &str>| {
        let mut scene = Scene::at(uri);
        change(&mut scene);
        let site = Site::parse(site).unwrap();
        let routed = scene.state.route_secret(scene.context, &DocumentId(document.to_owned()), &site);
        let got = routed.map(|page| assert_eq!(page, scene.page)).map_err(|error| match error {
            DriverError::Stale => "stale",
            DriverError::ForeignPage => "foreign",
            _ => "other",
        });
        assert_eq!(got, expect, "{uri} {site} {document}");
    };
    let nothing: fn(&mut Scene) = |_| {};
    check(A, "a.com", "d", nothing, Ok(()));
    check("https://login.a.com/", "a.com", "d", nothing, Ok(()));
    check(A, "b.com", "d", nothing, Err("foreign"));
    check("http://a.com/", "a.com", "d", nothing, Err("foreign"));
    check(A, "a.com", "other", nothing, Err("stale"));
    check(A, "a.com", "d", |scene| scene.state.started(scene.page), Err("stale"));
    check(A, "a.com", "d", |scene| scene.arrive(A), Err("stale"));
    check(A, "a.com", "d", |scene| scene.state.moved(scene.page, B), Err("foreign"));
    check(A, "a.com", "d", |scene| scene.state.moved(scene.page, "about:blank"), Err("foreign"));
    check(A, "a.com", "d", |scene| scene.state.moved(scene.page, "https://a.com/next"), Ok(()));
    check(A, "a.com", "d", |scene| scene.state.crashed(scene.page), Err("other"));
    check(A, "a.com", "d", |scene| scene.context = scene.state.add_context(), Err("stale"));
}

#[test]
fn the_newest_page_is_the_current_one() {
    let mut scene = Scene::at(A);
    let popup = scene.state.add_page(scene.context);
    assert_eq!(scene.state.page(scene.context).ok(), Some(popup));
    // The popup shows the same address, and each document is its own window's.
    scene.state.committed(popup, A);
    scene.hello("p", "https://a.com");
    assert_eq!(scene.state.page_of(&DocumentId("p".to_owned())), Some(popup));
    assert_eq!(scene.state.page_of(&DocumentId("d".to_owned())), Some(scene.page));
    assert!(matches!(scene.ask(1), Answer::Keep(_)), "the page behind the popup goes on");
    // Another context's bridges know nothing of it.
    let other = scene.state.add_context();
    scene.state.add_page(other);
    let asked = serde_json::json!({"document": "d", "origin": "https://a.com", "top": true, "secure": true, "channel": 0,
        "message": "{\"id\":1,\"kind\":\"get\",\"options\":\"{}\"}"});
    assert!(refused(&scene.state.told(other, &|_| A.to_owned(), &asked.to_string())));
    scene.state.remove_page(popup);
    assert_eq!(scene.state.page(scene.context).ok(), Some(scene.page));
    scene.state.remove_page(scene.page);
    assert!(matches!(scene.state.page(scene.context), Err(DriverError::Gone)));
    assert!(matches!(scene.state.moment(scene.context), Err(DriverError::Gone)));
}

#[test]
fn a_place_in_the_page_is_no_new_page() {
    let check = |address: &str, expect: bool| {
        let scene = Scene::at("https://a.com/in?x#here");
        assert_eq!(scene.state.stays_in_document(scene.page, address), expect, "{address}");
    };
    check("https://a.com/in?x#there", true);
    check("https://a.com/in?x#here", true);
    check("https://a.com/in?x", false);
    check("https://a.com/in#there", false);
    check("https://b.com/in?x#there", false);
}
