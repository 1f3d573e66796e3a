//! The conformance host: the client that ships and an authenticator in memory, behind WebDriver's virtual-authenticator
//! end points, for suites that other people wrote. Only test builds have it; `tests/README.md` says how to run it.

mod bridge;
mod browsers;
mod cbor;
mod client;
mod options;
mod proxy;
mod script;
mod signals;
mod software;
mod webdriver;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify};

pub use browsers::{Results, in_chromium};
#[cfg(target_os = "linux")]
pub use browsers::{in_webkit, mini_browser};
pub use client::{create, get as assert};
pub use options::{Extension, Options, Protocol, Transport};
pub use software::{Kept, SoftwareAuthenticator};

/// What all requests share.
#[derive(Clone)]
struct Shared(Arc<Host>);

impl std::ops::Deref for Shared {
    type Target = Host;

    fn deref(&self) -> &Host {
        &self.0
    }
}

struct Host {
    pool: Mutex<Vec<Held>>,
    running: Mutex<Vec<bridge::Running>>,
    /// Something may answer now that was not there before.
    changed: Notify,
    script: String,
    /// A WebDriver that gets everything else.
    driver: Option<String>,
}

/// An authenticator, and whose it is.
struct Held {
    /// The WebDriver session, or empty.
    session: String,
    id: String,
    authenticator: SoftwareAuthenticator,
}

/// A running conformance host.
#[derive(Debug, Clone)]
pub struct ConformanceHost {
    address: SocketAddr,
    routes: Router,
}

impl ConformanceHost {
    /// Starts on loopback; port 0 takes a free one. Whatever is no end point of its own goes to `driver`, the address of a
    /// WebDriver.
    pub async fn start(port: u16, driver: Option<String>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let script = script::script(&format!("http://{address}/bridge"));
        let driver = driver.map(|driver| driver.trim_end_matches('/').to_owned());
        let host = Host { pool: Mutex::default(), running: Mutex::default(), changed: Notify::new(), script, driver };
        let routes = Router::new()
            .route("/bridge", post(bridge::hear))
            .route("/script.js", get(the_script))
            .merge(webdriver::routes())
            .fallback(proxy::pass_on)
            .layer(axum::middleware::from_fn(loopback_only))
            .with_state(Shared(Arc::new(host)));
        let host = Self { address, routes };
        host.serve(listener);
        Ok(host)
    }

    /// Listens on another port as well: a suite may choose the one of its WebDriver.
    pub async fn listen(&self, port: u16) -> Result<()> {
        self.serve(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?);
        Ok(())
    }

    fn serve(&self, listener: TcpListener) {
        let routes = self.routes.clone();
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                tracing::error!(%error, "the conformance host ended");
            }
        });
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

async fn the_script(State(shared): State<Shared>) -> impl axum::response::IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], shared.script.clone())
}

/// No other name of this computer leads here, whatever a page's DNS says; pages may ask for what is the host's own.
async fn loopback_only(request: Request, next: axum::middleware::Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !["127.0.0.1", "localhost"].contains(&name) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let own = ["/bridge", "/script.js", "/webauthn/"].iter().any(|path| request.uri().path().starts_with(path));
    if !own {
        return next.run(request).await;
    }
    let asks_first = request.method() == Method::OPTIONS;
    let mut response = if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if asks_first {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, DELETE"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    }
    response
}
