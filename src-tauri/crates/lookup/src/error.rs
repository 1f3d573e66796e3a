use crate::{LookUp, NotSwitchedOn};

/// Why a request came to nothing. Says neither the address nor anything of the answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The person has not switched this look-up on, or switched it off meanwhile.
    #[error(transparent)]
    SwitchedOff(#[from] NotSwitchedOn),
    /// The look-up has no business with this host.
    #[error("{0} does not ask this host")]
    OtherHost(LookUp),
    /// The address is not `https`, names a user or a port, or is no address.
    #[error("the address is not a plain https address")]
    InsecureAddress,
    /// The address names no site of the internet: a number, `localhost`, a name of a local network.
    #[error("the address is not one of the internet")]
    NotASite,
    /// The name leads to an address of a private network, of this computer, or of another range that is not the internet's.
    #[error("the name leads to an address that is not of the internet")]
    RefusedAddress,
    /// The name leads nowhere: it does not exist, or there is no connection to the internet.
    #[error("the name is not found")]
    NoSuchName,
    /// Nobody answers at the address.
    #[error("no connection")]
    Unreachable,
    /// No secure connection: whoever answers is not shown to be the site.
    #[error("no secure connection: {0}")]
    Tls(TlsProblem),
    /// No connection within the time limit.
    #[error("no connection in time")]
    ConnectTimeout,
    /// The answer began late, or paused for too long.
    #[error("the answer stopped coming")]
    Stalled,
    /// The whole answer took too long.
    #[error("the answer took too long")]
    TooSlow,
    /// The answer is larger than this kind of answer can be.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read.
        limit: usize,
    },
    /// The connection ended before the answer did.
    #[error("the answer was cut off")]
    CutOff,
    /// The answer is not HTTP.
    #[error("the answer is not HTTP")]
    NotHttp,
    /// A redirect where there must be none.
    #[error("the answer leads to another address")]
    Redirected,
    /// More redirects than are followed.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// The most that are followed.
        limit: usize,
    },
    /// A redirect to another site.
    #[error("the answer leads to another site")]
    RedirectedElsewhere,
    /// A redirect to an address that is not `https`.
    #[error("the answer leads to an address that is not https")]
    RedirectedInsecurely,
    /// Status 404 or 410.
    #[error("there is nothing at the address")]
    NotFound,
    /// Another status that is not success.
    #[error("status {0}")]
    Status(u16),
    /// A web page where data was expected: a page for every unknown address, or of whoever stands in between (a
    /// captive portal).
    #[error("a web page came instead of data")]
    WebPage,
    /// Another content type than the one expected.
    #[error("the answer is of another content type")]
    OtherType,
    /// A content encoding that was not asked for.
    #[error("the answer is encoded")]
    Encoded,
    /// Not the format that was expected.
    #[error("the answer is not what was expected")]
    Malformed,
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The client could not be made: the system's trusted certificates cannot be read.
    #[error("the trusted certificates of this system cannot be used")]
    NoTrust,
}

/// What was wrong with a secure connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsProblem {
    /// The certificate is for another name. Behind a captive portal this is what one sees.
    #[error("the certificate is for another name")]
    OtherName,
    /// The certificate is expired or not valid yet; or this computer's clock is wrong.
    #[error("the certificate is not valid at this time")]
    NotNow,
    /// Nobody whom the system trusts vouches for the certificate.
    #[error("the certificate is not trusted")]
    Untrusted,
    /// Anything else.
    #[error("the connection could not be secured")]
    Handshake,
}

impl Error {
    /// The stable name of the kind of error, for texts and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SwitchedOff(_) => "switched_off",
            Self::OtherHost(_) => "other_host",
            Self::InsecureAddress => "insecure_address",
            Self::NotASite => "not_a_site",
            Self::RefusedAddress => "refused_address",
            Self::NoSuchName => "no_such_name",
            Self::Unreachable => "unreachable",
            Self::Tls(TlsProblem::OtherName) => "certificate_of_another_name",
            Self::Tls(TlsProblem::NotNow) => "certificate_not_valid_now",
            Self::Tls(TlsProblem::Untrusted) => "certificate_untrusted",
            Self::Tls(TlsProblem::Handshake) => "no_secure_connection",
            Self::ConnectTimeout => "connect_timeout",
            Self::Stalled => "stalled",
            Self::TooSlow => "too_slow",
            Self::TooLarge { .. } => "too_large",
            Self::CutOff => "cut_off",
            Self::NotHttp => "not_http",
            Self::Redirected => "redirected",
            Self::TooManyRedirects { .. } => "too_many_redirects",
            Self::RedirectedElsewhere => "redirected_elsewhere",
            Self::RedirectedInsecurely => "redirected_insecurely",
            Self::NotFound => "not_found",
            Self::Status(_) => "status",
            Self::WebPage => "web_page",
            Self::OtherType => "other_type",
            Self::Encoded => "encoded",
            Self::Malformed => "malformed",
            Self::Cancelled => "cancelled",
            Self::NoTrust => "no_trust",
        }
    }

    /// Whether the trouble is likely with the connection of this computer, not with one site: a captive portal, no network.
    pub fn is_of_the_connection(&self) -> bool {
        matches!(self, Self::NoSuchName | Self::Unreachable | Self::Tls(_) | Self::ConnectTimeout)
    }
}
