//! What the layers below say when a request fails, as one of our errors.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::resolver::NameError;
use crate::{Error, TlsProblem};

/// A request that had no answer.
pub(super) fn of_request(error: &reqwest::Error) -> Error {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(found) = of_cause(error) {
            return found;
        }
        cause = error.source();
    }
    match () {
        () if error.is_connect() && error.is_timeout() => Error::ConnectTimeout,
        () if error.is_connect() => Error::Unreachable,
        () => Error::CutOff,
    }
}

fn of_cause(error: &(dyn StdError + 'static)) -> Option<Error> {
    if let Some(name) = error.downcast_ref::<NameError>() {
        return Some(match name {
            NameError::NotFound => Error::NoSuchName,
            NameError::Refused => Error::RefusedAddress,
        });
    }
    if let Some(http) = error.downcast_ref::<hyper::Error>() {
        return http.is_parse().then_some(Error::NotHttp);
    }
    tls_error(error).map(|error| Error::Tls(tls_problem(error)))
}

/// An I/O error that stands for another error does not name it as its source, and may stand for one of its own kind.
fn tls_error<'a>(mut error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    while let Some(io) = error.downcast_ref::<io::Error>() {
        error = io.get_ref()?;
    }
    error.downcast_ref::<rustls::Error>()
}

fn tls_problem(error: &rustls::Error) -> TlsProblem {
    let rustls::Error::InvalidCertificate(problem) = error else { return TlsProblem::Handshake };
    match problem {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsProblem::OtherName,
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => TlsProblem::NotNow,
        _ => TlsProblem::Untrusted,
    }
}
