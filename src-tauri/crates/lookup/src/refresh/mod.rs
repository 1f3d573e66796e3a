//! The list of sites that take passkeys, from 2factorauth's Passkeys Directory (CC BY 4.0), fetched at most once a day.
//!
//! What is fetched is `supported.json.sig` and nothing else: despite its name not a detached signature but an OpenPGP
//! message that holds the list (made with `gpg --sign`; see `scripts/Sign.sh` of <https://github.com/2factorauth/passkeys>).
//! The list that was signed is the list that is read; the unsigned file beside it is never asked for.
//!
//! The message is kept as it came, and its signature is checked again whenever it is read. Whatever goes wrong, what was
//! kept before stays. How its facts meet those of the directory is not decided here.
//!
//! <https://passkeys.2fa.directory/api/>

mod kept;
mod list;
mod signature;

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::IF_NONE_MATCH;
use url::Url;

pub use self::kept::Kept;
pub use self::list::{List, Listed, Listing, Problem, ProblemCode, Role};
pub use self::signature::{FINGERPRINT, PublisherKey, SignatureError};

#[cfg(test)]
pub(crate) use self::{list::read as read_list, signature::open as open_signed};

use crate::client::{Body, Redirects, Request};
use crate::{Client, Consent, Error, LookUp};

/// The only host that is asked.
pub(crate) const HOST: &str = "passkeys-api.2fa.directory";

/// The most bytes of a signed list; today's have about a tenth of it.
const MOST_SIGNED: usize = 4 << 20;

/// How long a list is good for before it is asked for again.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What came of a refresh that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// A new list.
    New(Listing),
    /// The list that was kept is still the newest.
    Unchanged(Listing),
    /// The last refresh is less than a day ago; nobody was asked.
    NotDue(Listing),
}

/// Why there is no new list. What was kept before stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The request failed.
    #[error(transparent)]
    Request(#[from] Error),
    /// The list is not signed, or not by its publisher.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The list is signed and is not a list.
    #[error("the list is not what was expected")]
    Malformed,
    /// The list is signed and names no site.
    #[error("the list is empty")]
    Empty,
    /// The list was signed before the one that is kept.
    #[error("the list is older than the one that is there")]
    Older,
    /// The folder for the list cannot be read or written.
    #[error("the list cannot be kept: {0}")]
    Folder(std::io::ErrorKind),
}

impl RefreshError {
    /// The stable name of the kind of error, for texts and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Request(error) => error.code(),
            Self::Signature(error) => error.code(),
            Self::Malformed => "list_malformed",
            Self::Empty => "list_empty",
            Self::Older => "list_older",
            Self::Folder(_) => "list_folder",
        }
    }
}

/// Fetches the list where it is due, checks who signed it, keeps it, and says what stands in it.
///
/// A refresh that failed may be tried again at once, as the person asks for it; whoever does it by itself waits.
///
/// # Errors
/// See [`RefreshError`]; [`Kept::read`] still gives what was kept before.
pub async fn refresh(
    client: &Client,
    consent: &Consent,
    kept: &Kept,
    now: Timestamp,
) -> Result<Refreshed, RefreshError> {
    let permit = consent.permit(LookUp::Refresh).map_err(Error::from)?;
    // What cannot be read any more is as good as nothing, and is replaced.
    let old = kept.load().ok().flatten();
    if let Some(old) = &old
        && is_good(old.listing.checked, now)
    {
        return Ok(Refreshed::NotDue(old.listing.clone()));
    }
    let address = format!("https://{HOST}/v1/{}.json.sig", kept.list().name());
    let request = Request {
        url: Url::parse(&address).map_err(|_| Error::InsecureAddress)?,
        redirects: Redirects::Refused,
        body: Body::Data(MOST_SIGNED),
        header: old.as_ref().and_then(|old| old.etag.as_deref()?.parse().ok()).map(|etag| (IF_NONE_MATCH, etag)),
    };
    let answer = client.get(&permit, &request).await?;
    match old {
        Some(old) if answer.status == StatusCode::NOT_MODIFIED => {
            Ok(Refreshed::Unchanged(kept.confirm(old, now)?.listing))
        }
        None if answer.status == StatusCode::NOT_MODIFIED => Err(Error::Status(304).into()),
        old => {
            let etag = answer.etag.as_ref().and_then(|etag| etag.to_str().ok());
            let new = kept.check(answer.body, etag, now)?;
            if old.is_some_and(|old| old.listing.signed > new.listing.signed) {
                return Err(RefreshError::Older);
            }
            kept.store(&new)?;
            Ok(Refreshed::New(new.listing))
        }
    }
}

/// Not so after a day, and not where the clock was ahead when it was written.
fn is_good(checked: Timestamp, now: Timestamp) -> bool {
    checked <= now && now.duration_since(checked) < GOOD_FOR
}
