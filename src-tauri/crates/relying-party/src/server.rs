//! Starting and stopping.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{self, JoinHandle};
use tokio::time;
use url::Url;

use crate::config::Reach;
use crate::connection::{Connections, Cut};
use crate::routes::router;
use crate::site::Site;
use crate::{AccountRecord, AuditLine, Config, Error, StoreError};

/// How long requests on their way may take when the site stops.
const GRACE: Duration = Duration::from_secs(2);

/// Ports tried where any free one will do and the first is free on one of the two addresses only.
const ATTEMPTS: usize = 16;

/// A running practice site. Dropping it stops it, without waiting.
pub struct PracticeSite {
    site: Arc<Site>,
    url: Url,
    port: u16,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<io::Result<()>>>,
}

impl PracticeSite {
    /// Makes the accounts and listens: with [`Reach::Loopback`] on 127.0.0.1 and, where the system has IPv6, on `[::1]`.
    /// Needs a tokio runtime.
    ///
    /// # Errors
    /// [`Error::Listen`] where the port is taken on either address: a browser may use either for `localhost`, so half
    /// a port would be another site. The other errors name the account that is at fault.
    pub async fn start(config: Config) -> Result<Self, Error> {
        let (port, listeners) = match config.reach {
            Reach::Loopback => listen_on_loopback(config.port).await?,
            Reach::Network { address, .. } => listen_on(address, config.port).await?,
        };
        let url = match &config.reach {
            Reach::Loopback => Url::parse(&format!("http://localhost:{port}/"))?,
            Reach::Network { origin, .. } => origin.clone(),
        };
        let site = {
            let url = url.clone();
            // Hashing passwords takes the processor for tens of milliseconds each.
            task::spawn_blocking(move || Site::new(&config, &url)).await??
        };
        let site = Arc::new(site);
        let (stop, stopped) = watch::channel(false);
        let servers = listeners
            .into_iter()
            .map(|listener| {
                let service = router(Arc::clone(&site)).into_make_service_with_connect_info::<Cut>();
                let mut stopped = stopped.clone();
                tokio::spawn(async move {
                    axum::serve(Connections(listener), service)
                        .with_graceful_shutdown(async move {
                            // An error says that the site was dropped: also a reason to stop.
                            let _ = stopped.wait_for(|stop| *stop).await;
                        })
                        .await
                })
            })
            .collect();
        Ok(Self { site, url, port, stop, servers })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where browsers reach it: `http://localhost:PORT/`, or the origin that [`Reach::Network`] names.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What the site knows of each account, in the order of the seeds.
    ///
    /// # Errors
    /// [`StoreError`] where the site's storage failed.
    pub fn records(&self) -> Result<Vec<AccountRecord>, StoreError> {
        self.site.records()
    }

    /// What was refused to visitors who named no account, oldest first; the last thousand lines.
    ///
    /// # Errors
    /// [`StoreError`] where the site's storage failed.
    pub fn refused(&self) -> Result<Vec<AuditLine>, StoreError> {
        self.site.state().store.audit(None)
    }

    /// Takes no further connection, lets requests on their way finish for two seconds, and forgets everything that is
    /// not in a file ([`crate::Storage`]).
    pub async fn stop(mut self) {
        // Nobody listening any more is what is wanted.
        let _ = self.stop.send(true);
        for mut server in self.servers.drain(..) {
            if time::timeout(GRACE, &mut server).await.is_err() {
                server.abort();
            }
        }
    }
}

async fn listen_on(address: IpAddr, port: u16) -> Result<(u16, Vec<TcpListener>), Error> {
    let failed = |source| Error::Listen { port, source };
    let listener = TcpListener::bind((address, port)).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?.port();
    Ok((bound, vec![listener]))
}

async fn listen_on_loopback(port: u16) -> Result<(u16, Vec<TcpListener>), Error> {
    let failed = |source| Error::Listen { port, source };
    let mut attempts = 0;
    loop {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let bound = v4.local_addr().map_err(failed)?.port();
        match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, bound))).await {
            Ok(v6) => return Ok((bound, vec![v4, v6])),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                attempts += 1;
                if port != 0 || attempts >= ATTEMPTS {
                    return Err(failed(error));
                }
            }
            // No IPv6 here.
            Err(error) => {
                tracing::debug!(%error, "the practice site has no IPv6 address");
                return Ok((bound, vec![v4]));
            }
        }
    }
}
