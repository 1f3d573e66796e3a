//! A web server on this computer that shows the tests' pages and takes their reports.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::watch;
use url::Url;

/// A page: its body and headers, or a redirect.
#[derive(Clone, Default)]
pub struct Page {
    /// What is in it.
    pub body: String,
    /// Headers beside the usual ones.
    pub headers: Vec<(&'static str, String)>,
    /// The HTTP status; 0 for 200.
    pub status: u16,
}

/// A server on a port of its own.
#[derive(Clone)]
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    pages: Mutex<HashMap<String, Page>>,
    delays: Mutex<HashMap<String, Duration>>,
    reports: watch::Sender<Vec<(String, String)>>,
}

impl Server {
    /// Starts on a free port of the loopback address.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared =
            Arc::new(Shared { pages: Mutex::default(), delays: Mutex::default(), reports: watch::Sender::default() });
        let app =
            Router::new().route("/report/{name}", post(report)).fallback(get(page)).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { port, shared }
    }

    /// An address on this server under a host name that leads here.
    pub fn at(&self, host: &str, path: &str) -> Url {
        format!("http://{host}:{}{path}", self.port).parse().unwrap()
    }

    /// An address on this server under `localhost`.
    pub fn url(&self, path: &str) -> Url {
        self.at("localhost", path)
    }

    /// The server's origin under a host name that leads here.
    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }

    /// Puts a page at a path.
    pub fn page(&self, path: &str, body: &str) {
        self.add(path, Page { body: body.to_owned(), ..Page::default() });
    }

    /// Puts a page with headers of its own at a path.
    pub fn add(&self, path: &str, page: Page) {
        self.shared.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    /// Makes a page come late.
    pub fn delay(&self, path: &str, by: Duration) {
        self.shared.delays.lock().unwrap().insert(path.to_owned(), by);
    }

    /// The first report under a name.
    pub async fn report(&self, name: &str) -> String {
        let mut reports = self.shared.reports.subscribe();
        let found = reports.wait_for(|reports| reports.iter().any(|(n, _)| n == name));
        let reports = tokio::time::timeout(Duration::from_secs(30), found).await;
        let reports = reports.unwrap_or_else(|_| panic!("no report {name}: {:?}", self.reports())).unwrap();
        reports.iter().find(|(n, _)| n == name).unwrap().1.clone()
    }

    /// Forgets all reports so far.
    pub fn forget_reports(&self) {
        self.shared.reports.send_modify(Vec::clear);
    }

    /// All reports so far: their names and bodies.
    pub fn reports(&self) -> Vec<(String, String)> {
        self.shared.reports.borrow().clone()
    }
}

async fn report(State(shared): State<Arc<Shared>>, Path(name): Path<String>, body: String) -> impl IntoResponse {
    shared.reports.send_modify(|reports| reports.push((name, body)));
    [("access-control-allow-origin", "*")]
}

async fn page(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let delay = shared.delays.lock().unwrap().get(uri.path()).copied();
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    let Some(page) = shared.pages.lock().unwrap().get(uri.path()).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("text/html; charset=utf-8"));
    for (name, value) in page.headers {
        let (name, value) = (HeaderName::from_static(name), value.parse().unwrap());
        if name == "content-type" {
            headers.insert(name, value);
        } else {
            headers.append(name, value);
        }
    }
    let status = StatusCode::from_u16(if page.status == 0 { 200 } else { page.status }).unwrap();
    (status, headers, page.body).into_response()
}
