//! Which check a refusal comes from.

use super::checks::{CheckKind, Finding};
use super::reading::Reading;

/// Why the server did not accept an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) cause: Cause,
    /// The server's own words, English.
    pub(crate) reason: String,
}

/// How much the server says about the check at which it stopped. What it leaves open, the checks say when they are done
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// It was this check.
    Check(CheckKind),
    /// An algorithm that was not offered, or a credential that was to be left out.
    AlgorithmOrNewToSite,
    /// Data that cannot be read, or a statement that should have been empty.
    ReadableOrAttestation,
    /// The site trusts the passkey no more: found out just now, or at an earlier sign-in.
    Suspended,
    /// It names none.
    Unnamed,
}

/// The check at which the server stopped. A cause that names none is taken for the first check that does not hold when
/// it is done again; where all hold, for a rule of the site's own.
pub(super) fn failed_check(reading: &Reading, cause: Cause) -> CheckKind {
    let fails = |kind: &CheckKind| matches!(reading.find(*kind), Finding::Fails { .. });
    let checks = CheckKind::of_server(reading.registration);
    named(reading, cause)
        .filter(|kind| checks.contains(kind))
        .or_else(|| checks.iter().copied().find(fails))
        .unwrap_or(CheckKind::SiteRule)
}

fn named(reading: &Reading, cause: Cause) -> Option<CheckKind> {
    match cause {
        Cause::Check(kind) => Some(kind),
        Cause::AlgorithmOrNewToSite => Some(match reading.find(CheckKind::Algorithm) {
            Finding::Holds => CheckKind::NewToSite,
            _ => CheckKind::Algorithm,
        }),
        Cause::ReadableOrAttestation => {
            Some(match (reading.find(CheckKind::Readable), reading.find(CheckKind::Attestation)) {
                (Finding::Holds, Finding::Fails { .. }) => CheckKind::Attestation,
                _ => CheckKind::Readable,
            })
        }
        Cause::Suspended | Cause::Unnamed => None,
    }
}
