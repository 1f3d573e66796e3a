//! What a site window refuses, and what it tells the person.

use libtest_mimic::Trial;
use rekey_browser::{Driver as _, DriverError, Seen};
use rekey_journey::page::ActionRole;
use rekey_origin::Site;
use rekey_tests::pages::{Page, Server};

use super::support::{PATIENCE, Windows};
use super::{trial, trial_alone};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("other_programs_are_not_opened", other_programs_are_not_opened),
        trial("downloads_are_refused", downloads_are_refused),
        trial("permissions_are_denied", permissions_are_denied),
        trial("a_certificate_that_nobody_vouches_for_is_refused", a_certificate_that_nobody_vouches_for_is_refused),
        trial("contexts_share_nothing", contexts_share_nothing),
        trial("a_window_that_the_person_closed_is_gone", a_window_that_the_person_closed_is_gone),
        trial_alone(
            "a_process_that_ended_is_told_and_the_app_goes_on",
            a_process_that_ended_is_told_and_the_app_goes_on,
        ),
        trial("no_page_fills_the_screen", no_page_fills_the_screen),
        trial("the_address_line_names_the_page_that_is_drawn", the_address_line_names_the_page_that_is_drawn),
        trial("windows_are_few_and_none_comes_between", windows_are_few_and_none_comes_between),
        trial("dialogs_hold_nothing_up", dialogs_hold_nothing_up),
        trial("the_same_page_at_another_place_is_no_new_page", the_same_page_at_another_place_is_no_new_page),
        trial("an_empty_popup_is_seen_and_trusted_with_nothing", an_empty_popup_is_seen_and_trusted_with_nothing),
    ]
}

/// A page whose form, when it is sent, runs a script as a person's act would; the script ends with a report.
fn acting(script: &str) -> String {
    format!(
        "<form><label>E-mail <input name=login autocomplete=username></label><label>Password <input type=password></label>
        <button>Sign in</button></form><script>
        const report = (name, body) => fetch('/report/' + name, {{ method: 'POST', body: String(body) }});
        document.forms[0].onsubmit = (event) => {{ event.preventDefault(); (async () => {{ {script} }})(); }};</script>"
    )
}

impl Windows {
    /// Shows a page and presses its button; the context.
    async fn act(&mut self, server: &Server, path: &str) -> rekey_browser::ContextId {
        let context = self.show(&server.url(path)).await;
        let page = self.see_page(context).await;
        let submit = page.reading.action(ActionRole::Submit).unwrap().element;
        let site = Site::of(page.origin.as_ref().unwrap());
        self.driver.press(context, &page.target(submit), &site).await.unwrap();
        context
    }

    /// Waits until a notice of a context begins with some words.
    async fn see_notice(&mut self, context: rekey_browser::ContextId, words: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !self.driver.notices(context).iter().any(|notice| notice.starts_with(words)) {
            assert!(tokio::time::Instant::now() < deadline, "{:?}", self.driver.notices(context));
            // Looking lets time pass.
            drop(self.driver.next(context, PATIENCE / 100).await);
        }
    }

    fn address(&self, context: rekey_browser::ContextId) -> String {
        self.driver.documents(context).pop().expect("a page").1
    }

    async fn still_works(&mut self, server: &Server) {
        server.page("/works", "<p>works");
        let context = self.show(&server.url("/works")).await;
        assert_eq!(self.see_page(context).await.url, server.url("/works"));
    }
}

async fn other_programs_are_not_opened() {
    let server = Server::start().await;
    for (number, address) in
        ["mailto:a@b.example", "rekey-test://x", "file:///etc/hostname", "tauri://localhost", "ipc://localhost"]
            .into_iter()
            .enumerate()
    {
        let mut windows = Windows::open().await;
        let path = format!("/{number}");
        server.page(&path, &acting(&format!("location = '{address}'; await report('{number}', location.href);")));
        let context = windows.act(&server, &path).await;
        assert_eq!(server.report(&number.to_string()).await, server.url(&path).as_str());
        if !address.starts_with("file") {
            windows.see_notice(context, "The page wanted to open another program").await;
        }
        assert_eq!(windows.address(context), server.url(&path).as_str(), "{address}");
    }
}

async fn downloads_are_refused() {
    let server = Server::start().await;
    let as_file = vec![("content-disposition", "attachment; filename=x.html".to_owned())];
    server.add("/attached", Page { body: "<p>attached".to_owned(), headers: as_file, status: 0 });
    let unknown = vec![("content-type", "application/x-unknown".to_owned())];
    server.add("/unknown", Page { body: "\u{1}\u{2}".to_owned(), headers: unknown, status: 0 });
    server.page("/start", "<p>start");
    let link = "Object.assign(document.createElement('a'), { href: '/start', download: 'x' }).click()";
    for way in ["location = '/attached'", "location = '/unknown'", link] {
        let mut windows = Windows::open().await;
        server.page("/", &acting(way));
        let context = windows.act(&server, "/").await;
        windows.see_notice(context, "Downloads are not opened here").await;
        assert_eq!(windows.address(context), server.url("/").as_str(), "{way}");
        windows.still_works(&server).await;
    }
    // The host's own way there ends, too.
    let mut windows = Windows::open().await;
    let context = windows.driver.open().await.unwrap();
    let outcome = windows.driver.navigate(context, &server.url("/attached")).await;
    assert!(matches!(outcome, Err(DriverError::Unreachable { .. })), "{outcome:?}");
    windows.still_works(&server).await;
}

async fn permissions_are_denied() {
    let server = Server::start().await;
    server.page(
        "/",
        &acting(
            "const ask = (name, promise) => promise?.then(() => report('granted', name), () => report(name, ''));
            const { mediaDevices, clipboard, geolocation } = navigator;
            ask('location', new Promise((done, no) => geolocation ? geolocation.getCurrentPosition(done, no) : no()));
            ask('notification', Promise.resolve(self.Notification?.requestPermission()).then((said) => { if (said !== 'granted') throw 0; }));
            ask('camera', mediaDevices?.getUserMedia?.({ video: true, audio: true }));
            ask('screen', mediaDevices?.getDisplayMedia?.());
            ask('clipboard', clipboard?.readText?.());
            document.body.requestPointerLock?.();",
        ),
    );
    let mut windows = Windows::open().await;
    let context = windows.act(&server, "/").await;
    windows.see_notice(context, "The page asked for the camera").await;
    server.report("location").await;
    server.report("notification").await;
    assert!(!server.reports().iter().any(|(name, _)| name == "granted"), "{:?}", server.reports());
}

async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let port = super::tls::serve().await;
    let mut windows = Windows::open().await;
    let context = windows.driver.open().await.unwrap();
    let failed = windows.driver.navigate(context, &format!("https://localhost:{port}/").parse().unwrap()).await;
    assert!(matches!(failed, Err(DriverError::Unreachable { ref code }) if code == "tls"), "{failed:?}");
    windows.see_notice(context, "The site's certificate is not valid").await;
}

async fn contexts_share_nothing() {
    let server = Server::start().await;
    server.page(
        "/",
        "<p>kept<script>(async () => {
        const cache = await caches.open('x').catch(() => null);
        const found = [document.cookie, localStorage.x ?? '', await cache?.match('/x').then((hit) => hit ? 'cached' : '') ?? '',
          (await indexedDB.databases()).map(({ name }) => name).join()].join('|');
        document.cookie = 'x=1; max-age=9999'; localStorage.x = 1;
        await cache?.put('/x', new Response('x'));
        await new Promise((done) => { const open = indexedDB.open('x'); open.onsuccess = open.onerror = done; });
        new BroadcastChannel('x').postMessage('x');
        fetch('/report/' + (location.search.slice(1) || 'none'), { method: 'POST', body: found });
        })()</script>",
    );
    let mut windows = Windows::open().await;
    for name in ["first", "second"] {
        windows.show(&server.url(&format!("/?{name}"))).await;
        assert_eq!(server.report(name).await, "|||", "{name}");
    }
    let context = windows.show(&server.url("/?third")).await;
    assert_eq!(server.report("third").await, "|||");
    windows.driver.navigate(context, &server.url("/?again")).await.unwrap();
    let again = server.report("again").await;
    assert!(again.starts_with("x=1|1|"), "it does keep within a context: {again}");
}

async fn a_window_that_the_person_closed_is_gone() {
    let server = Server::start().await;
    server.page("/", "<p>page");
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    windows.see_page(context).await;
    windows.driver.close_as_the_person(context).await.unwrap();
    let gone = windows.driver.next(context, PATIENCE).await;
    assert!(matches!(gone, Err(DriverError::Gone)), "{gone:?}");
    let gone = windows.driver.navigate(context, &server.url("/")).await;
    assert!(matches!(gone, Err(DriverError::Gone)), "{gone:?}");
    windows.still_works(&server).await;
}

/// The process ids of WebKit's page processes that belong to this one, by the command lines of all that descend from it.
fn web_processes() -> Vec<u32> {
    let mut parents = std::collections::HashMap::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((name, rest)) = stat.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')) else { continue };
        let parent = rest.split_whitespace().nth(1).and_then(|parent| parent.parse::<u32>().ok());
        parents.insert(id, (name.to_owned(), parent.unwrap_or(0)));
    }
    let own = std::process::id();
    let descends = |mut id: u32| {
        for _ in 0..64 {
            match parents.get(&id) {
                Some((_, parent)) if *parent == own => return true,
                Some((_, parent)) => id = *parent,
                None => return false,
            }
        }
        false
    };
    parents
        .iter()
        .filter(|(id, (name, _))| name.starts_with("WebKitWebProces") && descends(**id))
        .map(|(id, _)| *id)
        .collect()
}

async fn a_process_that_ended_is_told_and_the_app_goes_on() {
    let server = Server::start().await;
    server.page("/", "<p>page");
    let before = web_processes();
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    windows.see_page(context).await;
    let mut killed = 0;
    for id in web_processes().into_iter().filter(|id| !before.contains(id)) {
        killed += 1;
        std::process::Command::new("kill").args(["-KILL", &id.to_string()]).status().unwrap();
    }
    assert!(killed > 0);
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match windows.driver.next(context, PATIENCE).await {
            Err(DriverError::Gone) => break,
            Ok(Seen::Page(_)) | Err(DriverError::Stale) if tokio::time::Instant::now() < deadline => {}
            other => panic!("{other:?}"),
        }
    }
    windows.still_works(&server).await;
}

async fn no_page_fills_the_screen() {
    let server = Server::start().await;
    server.page(
        "/",
        &acting(
            "const ways = ['requestFullscreen', 'webkitRequestFullscreen', 'webkitRequestFullScreen'];
            for (const way of ways) try { await document.body[way]?.(); } catch {}
            try { moveTo(0, 0); resizeTo(5000, 5000); } catch {}
            document.title = 'Rekey: unlock your store';
            report('full', [!!document.fullscreenElement, !!document.webkitFullscreenElement].join());",
        ),
    );
    let mut windows = Windows::open().await;
    let context = windows.act(&server, "/").await;
    assert_eq!(server.report("full").await, "false,false");
    let (title, full) = windows.driver.window(context).await.unwrap();
    assert_eq!((title.as_str(), full), ("Rekey: the site's window", false), "the title is not the page's either");
}

async fn dialogs_hold_nothing_up() {
    let server = Server::start().await;
    server.page(
        "/",
        "<p>page<script>alert('x'); const said = [confirm('x'), prompt('x', 'y'), print()].join();
        addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; });
        fetch('/report/said', { method: 'POST', body: said });</script>",
    );
    server.page("/next", "<p>next");
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    assert_eq!(server.report("said").await, "false,,");
    windows.see_page(context).await;
    windows.driver.navigate(context, &server.url("/next")).await.unwrap();
    assert_eq!(windows.see_page(context).await.url, server.url("/next"));
}

async fn the_same_page_at_another_place_is_no_new_page() {
    let server = Server::start().await;
    server.page("/", "<p id=place>page");
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    windows.see_page(context).await;
    windows.driver.navigate(context, &server.url("/#place")).await.unwrap();
    assert_eq!(windows.see_page(context).await.url, server.url("/#place"));
}

async fn an_empty_popup_is_seen_and_trusted_with_nothing() {
    let server = Server::start().await;
    server.page(
        "/",
        &acting(
            "const popup = open('about:blank');
            popup.document.write('<form><label>Password <input type=password autocomplete=current-password></label><button>Sign in</button></form>');
            popup.document.close(); report('written', '');",
        ),
    );
    let mut windows = Windows::open().await;
    let context = windows.act(&server, "/").await;
    server.report("written").await;
    let page = windows.see_page(context).await;
    assert_eq!(page.origin, None, "{page:?}");
    let secret = secrecy::SecretString::from("a secret");
    let site = Site::parse(server.url("/").as_str()).unwrap();
    for field in &page.reading.fields {
        let outcome = windows.driver.fill(context, &page.target(field.element), &secret, &site).await;
        assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{outcome:?}");
    }
}

/// A page on its way to an address that never answers keeps drawing: the line must not name where it is going.
async fn the_address_line_names_the_page_that_is_drawn() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let victim = format!("http://127.0.0.1:{}/", silent.local_addr().unwrap().port());
    let server = Server::start().await;
    server.page("/evil", &acting(&format!("location = {victim:?};")));
    let mut windows = Windows::open().await;
    let context = windows.act(&server, "/evil").await;
    // The engine is on its way as soon as somebody knocks.
    let (_kept, _) = tokio::time::timeout(PATIENCE, silent.accept()).await.unwrap().unwrap();
    assert_eq!(windows.driver.address_line(context).await.unwrap(), server.origin("localhost"));
    windows.driver.close(context).await.unwrap();

    // Within a document the line follows, and it names no site where there is none.
    server.page("/here", "<title>here</title><script>history.pushState(0, '', '/elsewhere')</script>");
    let context = windows.driver.open().await.unwrap();
    assert_eq!(windows.driver.address_line(context).await.unwrap(), "No site");
    windows.driver.navigate(context, &server.url("/here")).await.unwrap();
    let page = windows.see_page(context).await;
    assert_eq!(page.url.path(), "/elsewhere");
    assert_eq!(windows.driver.address_line(context).await.unwrap(), server.origin("localhost"));
}

/// A person's act opens a window, but not any number, and none while a passkey is asked for: it would come between the
/// person and the question.
async fn windows_are_few_and_none_comes_between() {
    let server = Server::start().await;
    server.page("/small", "<title>small</title>");
    server.page(
        "/many",
        &acting("let opened = 0; for (let i = 0; i < 20; i++) if (open('/small', 'w' + i)) opened++; report('opened', opened);"),
    );
    server.page(
        "/between",
        &acting(
            "if (!window.asked) window.asked = navigator.credentials.get({ publicKey: { challenge: new Uint8Array(1) } });
            else report('between', Boolean(open('/small')));",
        ),
    );
    let mut windows = Windows::open().await;
    let context = windows.act(&server, "/many").await;
    let opened: usize = server.report("opened").await.parse().unwrap();
    assert!(opened <= 3, "{opened} windows");
    windows.see_notice(context, "The page wanted to open one more window").await;
    windows.driver.close(context).await.unwrap();

    let context = windows.act(&server, "/between").await;
    windows.see_ceremony(context).await;
    let page = windows.see_page(context).await;
    let submit = page.reading.action(ActionRole::Submit).unwrap().element;
    let site = Site::of(page.origin.as_ref().unwrap());
    windows.driver.press(context, &page.target(submit), &site).await.unwrap();
    assert_eq!(server.report("between").await, "false");
    windows.see_notice(context, "The page wanted to open one more window").await;
    windows.driver.close(context).await.unwrap();
}
