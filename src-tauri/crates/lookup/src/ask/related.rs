//! `/.well-known/webauthn`: which origins may use a relying party's identifier besides its own.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-related-origins>

use url::Url;

use super::Asker;
use crate::client::{Body, Redirects};
use crate::{Client, Consent, Error, LookUp};

/// The most bytes of an answer.
const MOST: usize = 256 << 10;

/// Asks a relying party for its related origins: without cookies, without referrer, no redirect followed. Returns the
/// document as it came; what it says is the WebAuthn client's to judge.
///
/// # Errors
/// [`Error::SwitchedOff`] where the look-up is off; otherwise where the answer is not what the specification wants.
pub async fn related_origins(client: &Client, consent: &Consent, url: &Url) -> Result<Vec<u8>, Error> {
    let permit = consent.permit(LookUp::AskSites)?;
    let asker = Asker { client, permit: &permit };
    let answer = asker.get(url.clone(), Redirects::Refused, Body::Json(MOST)).await?;
    // "If … the response's status is not 200": the request fails.
    if answer.status.as_u16() != 200 {
        return Err(Error::Status(answer.status.as_u16()));
    }
    Ok(answer.body)
}
