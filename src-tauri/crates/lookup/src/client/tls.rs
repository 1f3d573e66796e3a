//! Whom a secure connection is believed.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::client::Resumption;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::Error;

/// Whoever this system's own verifier accepts.
pub(super) fn of_the_system() -> Result<ClientConfig, Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::NoTrust)?;
    let config = builder.with_platform_verifier().map_err(|_| Error::NoTrust)?.with_no_client_auth();
    Ok(unlinked(config))
}

/// Whoever one root vouches for.
#[cfg(feature = "test-transport")]
pub(super) fn of_one_root(root: &[u8]) -> Result<ClientConfig, Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(rustls::pki_types::CertificateDer::from(root).into_owned()).map_err(|_| Error::NoTrust)?;
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::NoTrust)?;
    Ok(unlinked(builder.with_root_certificates(roots).with_no_client_auth()))
}

/// A resumed session tells the server that the same client came before.
fn unlinked(mut config: ClientConfig) -> ClientConfig {
    config.resumption = Resumption::disabled();
    config
}
