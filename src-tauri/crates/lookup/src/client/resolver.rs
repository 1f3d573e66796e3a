//! Names become addresses here, and only addresses of the internet come out.

use std::net::SocketAddr;
#[cfg(feature = "test-transport")]
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// Where names are looked up.
#[derive(Clone)]
pub(super) struct Resolver {
    #[cfg(feature = "test-transport")]
    test: Option<TestTransport>,
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    #[error("the name is not found")]
    NotFound,
    #[error("the name leads to an address that is not of the internet")]
    Refused,
}

impl Resolver {
    /// The system's own name service.
    pub(super) fn of_the_system() -> Self {
        Self {
            #[cfg(feature = "test-transport")]
            test: None,
        }
    }

    /// The names that a test knows.
    #[cfg(feature = "test-transport")]
    pub(super) fn of_a_test(transport: TestTransport) -> Self {
        Self { test: Some(transport) }
    }

    async fn look_up(&self, name: &str) -> Vec<SocketAddr> {
        #[cfg(feature = "test-transport")]
        if let Some(test) = &self.test {
            return (test.names)(name);
        }
        tokio::net::lookup_host((absolute(name), 0)).await.map(Iterator::collect).unwrap_or_default()
    }

    /// The addresses that may be connected to.
    fn admit(&self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NameError> {
        if found.is_empty() {
            return Err(NameError::NotFound);
        }
        let allowed: Vec<_> = found.into_iter().filter(|address| self.allows(address)).collect();
        if allowed.is_empty() { Err(NameError::Refused) } else { Ok(allowed) }
    }

    fn allows(&self, address: &SocketAddr) -> bool {
        #[cfg(feature = "test-transport")]
        if self.test.as_ref().is_some_and(|test| test.servers.contains(address)) {
            return true;
        }
        is_public(address.ip())
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.look_up(name.as_str()).await;
            Ok(Box::new(resolver.admit(found)?.into_iter()) as Addrs)
        })
    }
}

/// A name with the dot that ends it. Without one, the system tries a name that it does not find again below each domain of
/// its search list: another site would be asked, and the list's owner would learn the name.
fn absolute(name: &str) -> String {
    format!("{}.", name.strip_suffix('.').unwrap_or(name))
}

#[cfg(feature = "test-transport")]
type Names = dyn Fn(&str) -> Vec<SocketAddr> + Send + Sync;

/// What takes the place of the internet in tests: the names that exist, and servers on this computer that may be
/// connected to all the same.
#[cfg(feature = "test-transport")]
#[derive(Clone)]
pub struct TestTransport {
    root: Vec<u8>,
    servers: Vec<SocketAddr>,
    names: Arc<Names>,
}

#[cfg(feature = "test-transport")]
impl TestTransport {
    /// Trusts the certificate authority `root` (DER), and lets connections to `servers` through. `names` answers for
    /// every name, also with addresses that are refused then; an empty answer is a name that does not exist.
    pub fn new(
        root: &[u8],
        servers: Vec<SocketAddr>,
        names: impl Fn(&str) -> Vec<SocketAddr> + Send + Sync + 'static,
    ) -> Self {
        Self { root: root.to_vec(), servers, names: Arc::new(names) }
    }

    pub(super) fn root(&self) -> &[u8] {
        &self.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_addresses_of_the_internet_come_out() {
        let address = |text: &str| format!("{text}:0").parse::<SocketAddr>().unwrap();
        let (own, public) = (address("127.0.0.1"), address("9.9.9.9"));
        let system = Resolver::of_the_system();
        assert_eq!(system.admit(vec![]), Err(NameError::NotFound));
        assert_eq!(system.admit(vec![own, address("192.168.1.1")]), Err(NameError::Refused));
        assert_eq!(system.admit(vec![own, public]), Ok(vec![public]));
        // Not every system knows this name where it ends with a dot; none may give it away.
        assert!(system.resolve("localhost".parse().unwrap()).await.is_err());
    }

    #[test]
    fn names_end_with_a_dot() {
        assert_eq!(["example.com", "example.com."].map(absolute), ["example.com.", "example.com."]);
    }
}
