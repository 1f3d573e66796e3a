//! The checks of a ceremony: which there are, in the order of the specification, and what comes out when each is done
//! once more with what the trace holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::bytes::{AuthenticatorData, ClientData};
use super::explanation::{Part, Spec};
use super::reading::{Reading, sha256};
use super::signature;
use super::values::hexadecimal;

/// A check that a part makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckKind {
    /// The browser: the RP ID belongs to the page's address.
    AddressFits,
    /// The browser: the address is one that nobody on the way can forge.
    SecurePage,
    /// The provider: the person was verified.
    PersonAsked,
    /// The provider: keys are kept apart by RP ID.
    KeptApart,
    Waiting,
    /// The account may have a new passkey now.
    Eligible,
    Allowed,
    Known,
    Readable,
    Type,
    Challenge,
    Origin,
    CrossOrigin,
    RpIdHash,
    UserPresent,
    UserVerified,
    BackupConsistent,
    BackupUnchanged,
    Algorithm,
    Attestation,
    IdLength,
    NewToSite,
    Signature,
    Counter,
    /// A rule of the site's own.
    SiteRule,
}

const REGISTRATION: [CheckKind; 16] = {
    use CheckKind::*;
    [
        Waiting,
        Eligible,
        Readable,
        Type,
        Challenge,
        Origin,
        CrossOrigin,
        RpIdHash,
        UserPresent,
        UserVerified,
        BackupConsistent,
        Algorithm,
        Attestation,
        IdLength,
        NewToSite,
        SiteRule,
    ]
};

const SIGN_IN: [CheckKind; 16] = {
    use CheckKind::*;
    [
        Waiting,
        Allowed,
        Known,
        Readable,
        Type,
        Challenge,
        Origin,
        CrossOrigin,
        RpIdHash,
        UserPresent,
        UserVerified,
        BackupConsistent,
        BackupUnchanged,
        Signature,
        Counter,
        SiteRule,
    ]
};

const REGISTERING: &str = "https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential";
const VERIFYING: &str = "https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion";

impl CheckKind {
    /// The server's checks, in their order.
    pub(super) fn of_server(registration: bool) -> &'static [Self] {
        if registration { &REGISTRATION } else { &SIGN_IN }
    }

    pub(super) fn part(self) -> Part {
        match self {
            Self::AddressFits | Self::SecurePage => Part::Browser,
            Self::PersonAsked | Self::KeptApart => Part::Provider,
            _ => Part::Server,
        }
    }

    /// Stable name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AddressFits => "address-fits",
            Self::SecurePage => "secure-page",
            Self::PersonAsked => "person-asked",
            Self::KeptApart => "kept-apart",
            Self::Waiting => "waiting",
            Self::Eligible => "eligible",
            Self::Allowed => "allowed",
            Self::Known => "known",
            Self::Readable => "readable",
            Self::Type => "type",
            Self::Challenge => "challenge",
            Self::Origin => "origin",
            Self::CrossOrigin => "cross-origin",
            Self::RpIdHash => "rp-id-hash",
            Self::UserPresent => "user-present",
            Self::UserVerified => "user-verified",
            Self::BackupConsistent => "backup-consistent",
            Self::BackupUnchanged => "backup-unchanged",
            Self::Algorithm => "algorithm",
            Self::Attestation => "attestation",
            Self::IdLength => "id-length",
            Self::NewToSite => "new-to-site",
            Self::Signature => "signature",
            Self::Counter => "counter",
            Self::SiteRule => "site-rule",
        }
    }

    /// Where the specification asks for it. The client's and the authenticator's steps have no number here: they differ
    /// between versions.
    pub(super) fn spec(self, registration: bool) -> Spec {
        let step = match (self, registration) {
            (Self::AddressFits | Self::SecurePage, true) => {
                return other("5.1.3", "https://www.w3.org/TR/webauthn-3/#sctn-createCredential");
            }
            (Self::AddressFits | Self::SecurePage, false) => {
                return other("5.1.4.1", "https://www.w3.org/TR/webauthn-3/#sctn-discover-from-external-source");
            }
            (Self::PersonAsked | Self::KeptApart, true) => {
                return other("6.3.2", "https://www.w3.org/TR/webauthn-3/#sctn-op-make-cred");
            }
            (Self::PersonAsked | Self::KeptApart, false) => {
                return other("6.3.3", "https://www.w3.org/TR/webauthn-3/#sctn-op-get-assertion");
            }
            (Self::Waiting, _) => {
                return other("13.4.3", "https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges");
            }
            // Of the site's own making; the standard leaves room for them.
            (Self::Eligible | Self::SiteRule, true) => return other("7.1", REGISTERING),
            (Self::Eligible | Self::SiteRule, false) => return other("7.2", VERIFYING),
            (Self::Allowed, _) => 5,
            (Self::Known, _) => 6,
            (Self::Readable, true) => 6,
            (Self::Readable, false) => 9,
            (Self::Type, true) => 7,
            (Self::Type, false) => 10,
            (Self::Challenge, true) => 8,
            (Self::Challenge, false) => 11,
            (Self::Origin, true) => 9,
            (Self::Origin, false) => 12,
            (Self::CrossOrigin, true) => 10,
            (Self::CrossOrigin, false) => 13,
            (Self::RpIdHash, true) => 14,
            (Self::RpIdHash, false) => 15,
            (Self::UserPresent, true) => 15,
            (Self::UserPresent, false) => 16,
            (Self::UserVerified, true) => 16,
            (Self::UserVerified, false) => 17,
            (Self::BackupConsistent, true) => 17,
            (Self::BackupConsistent, false) => 18,
            (Self::BackupUnchanged, _) => 19,
            (Self::Algorithm, _) => 20,
            (Self::Attestation, _) => 22,
            (Self::IdLength, _) => 25,
            (Self::NewToSite, _) => 26,
            (Self::Signature, _) => 21,
            (Self::Counter, _) => 22,
        };
        match registration {
            true => Spec { url: REGISTERING, section: "7.1", step: Some(step) },
            false => Spec { url: VERIFYING, section: "7.2", step: Some(step) },
        }
    }
}

fn other(section: &'static str, url: &'static str) -> Spec {
    Spec { url, section, step: None }
}

/// What comes out when a check is done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    Holds,
    Fails {
        /// What should have been there and what was, where it compares two values.
        compared: Option<(String, String)>,
    },
    NotRequired,
    /// It needs what only the server knows.
    OnlyServer,
}

fn holds(yes: bool) -> Finding {
    if yes { Finding::Holds } else { Finding::Fails { compared: None } }
}

fn equal(expected: &str, found: Option<&str>) -> Finding {
    match found {
        Some(found) if found == expected => Finding::Holds,
        found => Finding::Fails { compared: found.map(|found| (expected.to_owned(), found.to_owned())) },
    }
}

/// Whether a host is a domain or below it.
fn within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

impl Reading<'_> {
    /// Does a check again.
    pub(super) fn find(&self, kind: CheckKind) -> Finding {
        let client: Option<&ClientData> = self.client_data.as_ref().ok();
        let data: Option<&AuthenticatorData> = self.authenticator_data.as_ref().ok();
        let flags = data.map(|data| data.flags);
        match kind {
            // Its own domain, one below it, or a related origin
            // (https://www.w3.org/TR/webauthn-3/#sctn-related-origins), which the site expects answers from as well.
            CheckKind::AddressFits => holds(
                self.expects_origin()
                    || self.origin_host().is_some_and(|host| within(&host, &self.trace.expected.rp_id)),
            ),
            CheckKind::SecurePage => holds(self.origin_url().is_some_and(|url| match url.scheme() {
                "https" => true,
                "http" => url.host_str().is_some_and(|host| within(host, "localhost")),
                _ => false,
            })),
            CheckKind::PersonAsked if !self.verification_required() => match flags {
                Some(flags) if flags.user_verified() => Finding::Holds,
                _ => Finding::NotRequired,
            },
            CheckKind::PersonAsked => holds(flags.is_some_and(|flags| flags.user_verified())),
            CheckKind::KeptApart | CheckKind::RpIdHash => {
                let expected = hexadecimal(&sha256(self.trace.expected.rp_id.as_bytes()));
                equal(&expected, data.map(|data| hexadecimal(&data.rp_id_hash)).as_deref())
            }
            CheckKind::Waiting | CheckKind::Eligible | CheckKind::SiteRule => Finding::OnlyServer,
            CheckKind::Allowed => match self.option_ids("allowCredentials") {
                allowed if allowed.is_empty() => Finding::NotRequired,
                allowed => holds(self.credential_id.as_ref().is_ok_and(|id| allowed.contains(id))),
            },
            // Whose passkey it is, only the server knows, and the trace has it only for who may see it.
            CheckKind::Known => Finding::OnlyServer,
            CheckKind::Readable => holds(client.is_some() && data.is_some()),
            CheckKind::Type => {
                let expected = if self.registration { "webauthn.create" } else { "webauthn.get" };
                equal(expected, client.and_then(|client| client.kind.as_deref()))
            }
            CheckKind::Challenge => match &self.challenge {
                Ok(sent) => equal(&URL_SAFE_NO_PAD.encode(sent), client.and_then(|client| client.challenge.as_deref())),
                Err(_) => Finding::OnlyServer,
            },
            CheckKind::Origin => match client.and_then(|client| client.origin.as_deref()) {
                Some(_) if self.expects_origin() => Finding::Holds,
                found => Finding::Fails {
                    compared: found.map(|found| (self.trace.expected.origins.join(", "), found.to_owned())),
                },
            },
            CheckKind::CrossOrigin => {
                holds(client.is_some_and(|client| client.cross_origin != Some(true) && client.top_origin.is_none()))
            }
            CheckKind::UserPresent => match flags {
                Some(flags) if flags.user_present() => Finding::Holds,
                Some(_) if self.registration && self.conditional => Finding::NotRequired,
                _ => holds(false),
            },
            CheckKind::UserVerified if !self.verification_required() => Finding::NotRequired,
            CheckKind::UserVerified => holds(flags.is_some_and(|flags| flags.user_verified())),
            CheckKind::BackupConsistent => {
                holds(flags.is_some_and(|flags| flags.backup_eligible() || !flags.backup_state()))
            }
            CheckKind::BackupUnchanged => match (&self.trace.stored, flags) {
                (Some(stored), Some(flags)) => holds(stored.backup_eligible == flags.backup_eligible()),
                _ => holds(false),
            },
            CheckKind::Algorithm => holds(self.new_key().is_ok_and(|key| self.algorithms().contains(&key.algorithm))),
            CheckKind::Attestation => match &self.attestation {
                Ok(object) if object.format == "none" => holds(object.statement_is_empty),
                _ => Finding::OnlyServer,
            },
            CheckKind::IdLength => holds(self.credential_id.as_ref().is_ok_and(|id| id.len() <= 1023)),
            CheckKind::NewToSite => match &self.credential_id {
                Ok(id) if self.option_ids("excludeCredentials").contains(id) => holds(false),
                _ => Finding::OnlyServer,
            },
            CheckKind::Signature => signature::verify(self).map_or(Finding::OnlyServer, holds),
            CheckKind::Counter => match (&self.trace.stored, data) {
                (Some(stored), Some(data)) if stored.sign_count == 0 && data.sign_count == 0 => Finding::NotRequired,
                (Some(stored), Some(data)) if data.sign_count > stored.sign_count => Finding::Holds,
                (Some(stored), Some(data)) => {
                    Finding::Fails { compared: Some((format!("> {}", stored.sign_count), data.sign_count.to_string())) }
                }
                _ => holds(false),
            },
        }
    }

    /// Whether the answer's origin is one of the site's.
    fn expects_origin(&self) -> bool {
        let origin = self.client_data.as_ref().ok().and_then(|client| client.origin.as_deref());
        origin.is_some_and(|origin| self.trace.expected.origins.iter().any(|expected| expected == origin))
    }

    fn origin_url(&self) -> Option<url::Url> {
        url::Url::parse(self.client_data.as_ref().ok()?.origin.as_deref()?).ok()
    }

    fn origin_host(&self) -> Option<String> {
        self.origin_url()?.host_str().map(str::to_owned)
    }
}
