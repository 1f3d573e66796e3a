use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::server::TlsStream;

/// A request as the server got it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) host: String,
    pub(crate) path: String,
    /// The whole head, in lower case.
    pub(crate) head: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// What the server does about a request.
pub(crate) enum Reply {
    /// Sends this answer and waits for the next request.
    Bytes(Vec<u8>),
    /// Sends this and hangs up.
    Cut(Vec<u8>),
    /// The same, once so many requests are there at the same time.
    Together(Arc<Barrier>, Vec<u8>),
    /// Sends this, and then zeroes until the client hangs up, or ten gigabytes are gone.
    Endless(String),
    /// Sends this, and then nothing until the client hangs up.
    Stall(String),
    /// Sends this, and then a byte each time that this much has passed, until the client hangs up.
    Trickle(String, Duration),
}

impl Reply {
    pub(crate) fn ok(content_type: &str, body: impl AsRef<[u8]>) -> Self {
        Self::full("200 OK", &format!("content-type: {content_type}\r\n"), body)
    }

    pub(crate) fn full(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
        Self::Bytes([head.as_bytes(), body].concat())
    }

    pub(crate) fn status(status: &str) -> Self {
        Self::full(status, "", "")
    }

    pub(crate) fn not_found() -> Self {
        Self::full("404 Not Found", "content-type: text/html\r\n", "<h1>not here</h1>")
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::full("302 Found", &format!("location: {to}\r\n"), "")
    }

    pub(crate) fn page() -> Self {
        Self::ok("text/html; charset=utf-8", "<!doctype html><p>Welcome to the hotel")
    }
}

type Handler = dyn Fn(&Asked) -> Reply + Send + Sync;

/// The server. It ends with its test's runtime.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// The certificate authority that vouches for it, as DER.
    pub(crate) root: Vec<u8>,
    state: Arc<State>,
}

struct State {
    handler: Box<Handler>,
    asked: Mutex<Vec<Asked>>,
    now: AtomicUsize,
    most: AtomicUsize,
    connections: AtomicUsize,
    sent: AtomicUsize,
}

impl Server {
    /// Starts a server that is whoever it is asked to be.
    pub(crate) async fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::with_certificates(handler, str::to_owned).await
    }

    /// Starts one that shows a certificate for `named(host)`; `expired` gets one of the past.
    pub(crate) async fn with_certificates(
        handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
        named: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Self {
        let authority = Authority::new(Box::new(named));
        let root = authority.issuer.der().to_vec();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(authority));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            handler: Box::new(handler),
            asked: Mutex::default(),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            sent: AtomicUsize::new(0),
        });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (state, acceptor) = (Arc::clone(&shared), acceptor.clone());
                tokio::spawn(async move { state.serve(stream, acceptor).await });
            }
        });
        Self { address, root, state }
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// `HOST/PATH` of what was asked so far.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.asked().iter().map(|asked| format!("{}{}", asked.host, asked.path)).collect()
    }

    /// The most requests that were there at the same time.
    pub(crate) fn most_at_once(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
    }

    /// How many connections were made, also those that came to nothing.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many bytes went into endless bodies.
    pub(crate) fn sent(&self) -> usize {
        self.state.sent.load(Ordering::SeqCst)
    }
}

impl State {
    /// The requests of one connection. Whoever hangs up ends it.
    async fn serve(&self, stream: TcpStream, acceptor: TlsAcceptor) -> Option<()> {
        let mut stream = acceptor.accept(stream).await.ok()?;
        loop {
            self.answer(&mut stream).await?;
        }
    }

    /// One request; `None` where the connection ends with it.
    async fn answer(&self, stream: &mut TlsStream<TcpStream>) -> Option<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1)?.to_owned();
        let head = head.to_lowercase();
        let mut asked = Asked { host: String::new(), path, head };
        asked.host = asked.header("host")?.to_owned();
        self.asked.lock().unwrap().push(asked.clone());
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let mut reply = (self.handler)(&asked);
        if let Reply::Together(barrier, bytes) = reply {
            barrier.wait().await;
            reply = Reply::Bytes(bytes);
        }
        // The client may ask the next one as soon as it has the last byte.
        if matches!(reply, Reply::Bytes(_) | Reply::Cut(_)) {
            self.now.fetch_sub(1, Ordering::SeqCst);
        }
        match reply {
            Reply::Bytes(bytes) | Reply::Together(_, bytes) => {
                stream.write_all(&bytes).await.ok()?;
                stream.flush().await.ok()?;
                return Some(());
            }
            Reply::Cut(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                stream.shutdown().await.ok()?;
            }
            Reply::Endless(head) => {
                stream.write_all(head.as_bytes()).await.ok()?;
                let zeroes = vec![b'0'; 1 << 16];
                for _ in 0..(10_usize << 30 >> 16) {
                    stream.write_all(&zeroes).await.ok()?;
                    self.sent.fetch_add(zeroes.len(), Ordering::SeqCst);
                }
            }
            Reply::Stall(head) => {
                stream.write_all(head.as_bytes()).await.ok()?;
                stream.flush().await.ok()?;
                stream.read_u8().await.ok()?;
            }
            Reply::Trickle(head, pause) => {
                stream.write_all(head.as_bytes()).await.ok()?;
                loop {
                    stream.write_all(b"0").await.ok()?;
                    stream.flush().await.ok()?;
                    tokio::time::sleep(pause).await;
                }
            }
        }
        None
    }
}

/// Certificates for whatever name is asked for.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    named: Box<dyn Fn(&str) -> String + Send + Sync>,
    made: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

impl Authority {
    fn new(named: Box<dyn Fn(&str) -> String + Send + Sync>) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Self { issuer, named, made: Mutex::default() }
    }

    fn make(&self, host: &str) -> Arc<CertifiedKey> {
        let name = (self.named)(host);
        let expired = name == "expired";
        let mut params = CertificateParams::new(vec![if expired { host.to_owned() } else { name }]).unwrap();
        if expired {
            params.not_before = rcgen::date_time_ymd(2001, 1, 1);
            params.not_after = rcgen::date_time_ymd(2002, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = ring::sign::any_supported_type(&key).unwrap();
        Arc::new(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

impl ResolvesServerCert for Authority {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let host = hello.server_name()?;
        let mut made = self.made.lock().unwrap();
        Some(Arc::clone(made.entry(host.to_owned()).or_insert_with(|| self.make(host))))
    }
}
