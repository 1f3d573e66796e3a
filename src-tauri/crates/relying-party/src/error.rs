//! What can go wrong before the site runs. Once it runs, every failure is a page or a JSON message of its own.

use std::io;

use url::Url;

use crate::StoreError;

/// Why the practice site could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The port is taken or may not be used. Another port, or 0 for any free one, is the way on.
    #[error("cannot listen on port {port}")]
    Listen {
        /// The port asked for; 0 stands for any free one.
        port: u16,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Two seeds have the same user name (names are compared without regard to case).
    #[error("two accounts have the user name {user_name}")]
    DuplicateUser {
        /// The name that came twice.
        user_name: String,
    },
    /// A TOTP secret is not base32 or is empty.
    #[error("the TOTP secret of {user_name} is not base32")]
    TotpSecret {
        /// Whose secret.
        user_name: String,
    },
    /// A password could not be hashed.
    #[error("cannot hash the password of {user_name}")]
    PasswordHash {
        /// Whose password.
        user_name: String,
        /// argon2's reason.
        #[source]
        source: argon2::password_hash::Error,
    },
    /// A trusted root is no certificate.
    #[error("the list of trusted attestation roots holds something that is no certificate in PEM")]
    TrustList,
    /// What the site keeps cannot be opened, or cannot be written.
    #[error("the site's storage cannot be used")]
    Storage(#[from] StoreError),
    /// An address that browsers take no passkeys for: it has no host name of its own, or is not HTTPS.
    #[error("{origin} cannot have passkeys: it takes https and a host name, or http on localhost")]
    Origin {
        /// The address.
        origin: Url,
    },
    /// The runtime ended while the site was being prepared.
    #[error("starting the site was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
    /// The site's own address could not be formed.
    #[error("the site's address is not a URL")]
    Address(#[from] url::ParseError),
}
