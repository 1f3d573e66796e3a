//! A passkey outside the store, and the checks it passes before it is one.

use std::collections::HashSet;

use rekey_origin::{Origin, RpId};
use rekey_webauthn::CredentialId;
use zeroize::Zeroizing;

use super::MOST;
use super::key::{KeyProblem, PrivateKey};

/// A user handle has 1 to 64 bytes (<https://www.w3.org/TR/webauthn-3/#user-handle>).
const LONGEST_HANDLE: usize = 64;
/// The length of a secret for `prf` in bytes, and the longest that is taken.
const SECRET: usize = 32;
const LONGEST_SECRET: usize = 64;
/// The longest domain name, in bytes (RFC 1035, section 2.3.4).
const LONGEST_RP_ID: usize = 253;
/// The longest name or address that is taken over, in characters; more is cut off.
const LONGEST_TEXT: usize = 1024;

/// A passkey with its key, on its way. Wiped when it is dropped.
#[derive(Debug, Clone)]
pub struct Portable {
    /// Its id.
    pub credential_id: CredentialId,
    /// What it is bound to.
    pub rp_id: String,
    /// The account's name as the site gave it; may be empty.
    pub user_name: String,
    /// The person's name as the site gave it; where a format or the store keeps none, the account's.
    pub user_display_name: String,
    /// What the site knows the account by, 1 to 64 bytes.
    pub user_handle: Vec<u8>,
    /// An address of the site.
    pub url: String,
    /// When it was made, in seconds since 1970; `None` where nobody knows.
    pub created: Option<i64>,
    /// Its private key.
    pub key: PrivateKey,
    /// Whether its site was told that it can be copied (*backup eligible*).
    pub may_be_copied: bool,
    /// Its secrets for the extension `prf`, where it has any.
    pub prf: Option<PrfSecrets>,
    /// Whether the store keeps a blob with it, which does not go along.
    pub has_blob: bool,
}

/// The two secrets that sites derive others from (`prf`, CTAP's `hmac-secret`), at least 32 bytes each.
#[derive(Clone)]
pub struct PrfSecrets {
    /// For a person who was verified.
    pub verified: Zeroizing<Vec<u8>>,
    /// For one who was not.
    pub unverified: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for PrfSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrfSecrets")
    }
}

impl PrfSecrets {
    /// The secrets, where they are of a length that secrets have.
    pub(super) fn new(verified: Zeroizing<Vec<u8>>, unverified: Zeroizing<Vec<u8>>) -> Option<Self> {
        let is_one = |secret: &[u8]| (SECRET..=LONGEST_SECRET).contains(&secret.len());
        (is_one(&verified) && is_one(&unverified)).then_some(Self { verified, unverified })
    }
}

/// What was wrong with one passkey of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which one: `user@rp-id` as far as that is known, or its number in the file.
    pub place: String,
    /// What.
    pub kind: ProblemKind,
}

/// What can be wrong with one passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is not written as the format wants it.
    Unreadable,
    /// Its id is missing or is none.
    CredentialId,
    /// What it is bound to is missing, or is no domain.
    RpId,
    /// It does not say which account it is for; it would need a user name, which the store does not do.
    UserHandle,
    /// Its key is of no use here.
    Key(KeyProblem),
    /// It counts its signatures, and its site might take a copy for a clone.
    Counter,
    /// It was in the file before.
    Twice,
    /// It was taken, without its secrets for encryption at the site (`prf`), which could not be read: what the site
    /// encrypted with them can be opened only where the passkey came from.
    WithoutPrf,
    /// It was taken, without the blob that a site keeps with it.
    WithoutBlob,
}

impl ProblemKind {
    /// Whether the passkey was taken all the same.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::WithoutPrf | Self::WithoutBlob)
    }

    /// Its code for texts and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::CredentialId => "credential-id",
            Self::RpId => "rp-id",
            Self::UserHandle => "user-handle",
            Self::Key(KeyProblem::Damaged) => "key-damaged",
            Self::Key(KeyProblem::Rsa) => "key-rsa",
            Self::Key(KeyProblem::Curve) => "key-curve",
            Self::Key(KeyProblem::Other) => "key-other",
            Self::Counter => "counter",
            Self::Twice => "twice",
            Self::WithoutPrf => "without-prf",
            Self::WithoutBlob => "without-blob",
        }
    }
}

/// What a format's reader found of a passkey.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub(super) credential_id: Option<Vec<u8>>,
    pub(super) rp_id: &'a str,
    pub(super) user_name: &'a str,
    pub(super) user_display_name: &'a str,
    pub(super) user_handle: Option<Vec<u8>>,
    pub(super) url: &'a str,
    pub(super) created: Option<i64>,
    pub(super) key: Option<Zeroizing<Vec<u8>>>,
    pub(super) counts: bool,
    /// `None` within where there are some that cannot be read.
    pub(super) prf: Option<Option<PrfSecrets>>,
    pub(super) has_blob: bool,
}

impl Draft<'_> {
    fn place(&self, number: usize) -> String {
        match (self.user_name, self.rp_id) {
            ("", "") => format!("#{number}"),
            ("", rp_id) => short(rp_id),
            (user_name, rp_id) => format!("{}@{}", short(user_name), short(rp_id)),
        }
    }

    fn finish(self) -> Result<Portable, ProblemKind> {
        if self.counts {
            return Err(ProblemKind::Counter);
        }
        let credential_id = self.credential_id.and_then(|bytes| CredentialId::new(bytes).ok());
        let user_handle = self.user_handle.filter(|bytes| (1..=LONGEST_HANDLE).contains(&bytes.len()));
        let key = self.key.ok_or(ProblemKind::Key(KeyProblem::Damaged))?;
        let is_web = self.url.starts_with("https://") || self.url.starts_with("http://");
        let user_name = short(self.user_name);
        Ok(Portable {
            credential_id: credential_id.ok_or(ProblemKind::CredentialId)?,
            rp_id: rp_id(self.rp_id).ok_or(ProblemKind::RpId)?,
            user_handle: user_handle.ok_or(ProblemKind::UserHandle)?,
            key: PrivateKey::from_der(key).map_err(ProblemKind::Key)?,
            url: if is_web { short(self.url) } else { format!("https://{}", self.rp_id) },
            user_display_name: if self.user_display_name.is_empty() {
                user_name.clone()
            } else {
                short(self.user_display_name)
            },
            user_name,
            created: self.created.filter(|seconds| *seconds > 0),
            may_be_copied: true,
            prf: self.prf.flatten(),
            has_blob: false,
        })
    }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

/// An RP ID is a domain name; a passkey that is bound to anything else answers nobody.
fn rp_id(text: &str) -> Option<String> {
    let origin: Origin = (text.len() <= LONGEST_RP_ID).then(|| format!("https://{text}").parse().ok())??;
    let rp_id = RpId::for_origin(&origin, None).ok()?;
    (rp_id.as_str() == text).then(|| text.to_owned())
}

/// What a reader found so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) passkeys: Vec<Portable>,
    pub(super) problems: Vec<Problem>,
    /// Whether the file holds anything but passkeys.
    pub(super) has_more: bool,
    seen: HashSet<CredentialId>,
    number: usize,
}

impl Gathered {
    /// Whether there is more than any file of passkeys has.
    pub(super) fn is_full(&self) -> bool {
        self.number > MOST
    }

    /// Takes one passkey; `None` is one that is not written as it should be.
    pub(super) fn take(&mut self, draft: Option<Draft<'_>>) {
        self.number = self.number.saturating_add(1);
        if self.is_full() {
            return;
        }
        let Some(draft) = draft else { return self.report(format!("#{}", self.number), ProblemKind::Unreadable) };
        let lost = [
            matches!(draft.prf, Some(None)).then_some(ProblemKind::WithoutPrf),
            draft.has_blob.then_some(ProblemKind::WithoutBlob),
        ];
        let place = draft.place(self.number);
        match draft.finish() {
            Err(kind) => self.report(place, kind),
            Ok(passkey) if !self.seen.insert(passkey.credential_id.clone()) => self.report(place, ProblemKind::Twice),
            Ok(passkey) => {
                lost.into_iter().flatten().for_each(|kind| self.report(place.clone(), kind));
                self.passkeys.push(passkey);
            }
        }
    }

    fn report(&mut self, place: String, kind: ProblemKind) {
        self.problems.push(Problem { place, kind });
    }
}
