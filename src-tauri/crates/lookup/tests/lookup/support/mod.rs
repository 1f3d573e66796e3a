//! A stand-in for the internet: one TLS server that is every host, and a client that knows it.

mod publisher;
mod server;

use std::net::SocketAddr;
use std::time::Duration;

use rekey_lookup::{Client, Consent, Limits, LookUp, TestTransport};

pub(crate) use publisher::Publisher;
pub(crate) use server::{Asked, Reply, Server};

/// Short, so that a test of a limit is short as well; long enough for a slow computer's handshakes.
pub(crate) fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(20),
        read: Duration::from_secs(20),
        whole: Duration::from_secs(60),
        ..Limits::default()
    }
}

/// A client for which every name leads to the server.
pub(crate) fn client(server: &Server, limits: Limits) -> Client {
    let address = server.address;
    client_with_names(server, limits, move |_| vec![address])
}

/// A client whose names lead where a test says.
pub(crate) fn client_with_names(
    server: &Server,
    limits: Limits,
    names: impl Fn(&str) -> Vec<SocketAddr> + Send + Sync + 'static,
) -> Client {
    Client::for_tests(limits, TestTransport::new(&server.root, vec![server.address], names)).unwrap()
}

/// One look-up is on.
pub(crate) fn only(look_up: LookUp) -> Consent {
    let consent = Consent::default();
    consent.switch(look_up, true);
    consent
}
