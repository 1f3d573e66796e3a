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
        tokio::net::lookup_host((name, 0)).await.map(Iterator::collect).unwrap_or_default()
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
            if found.is_empty() {
                return Err(NameError::NotFound.into());
            }
            let allowed: Vec<_> = found.into_iter().filter(|address| resolver.allows(address)).collect();
            if allowed.is_empty() {
                return Err(NameError::Refused.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
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
    async fn the_systems_own_names_are_filtered() {
        // The one name that every system knows without asking anybody.
        let Err(error) = Resolver::of_the_system().resolve("localhost".parse().unwrap()).await else {
            panic!("an address of this computer came out");
        };
        assert_eq!(error.downcast_ref(), Some(&NameError::Refused));
    }
}
