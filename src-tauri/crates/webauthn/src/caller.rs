use rekey_origin::{Origin, RelatedClaim, RpId, RpIdError};
use url::Url;

use crate::ClientError;
use crate::dictionary::{self, Dictionary};

/// The longest `/.well-known/webauthn` document that is read, in bytes.
pub const MAX_RELATED_ORIGINS: usize = 256 * 1024;

/// Who called `navigator.credentials`, as the host established it (never as the page says).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The calling document's origin.
    pub origin: Origin,
    /// Where the document stands.
    pub frame: Frame,
    /// Whether the permissions policy of the document allows this ceremony (`publickey-credentials-create`,
    /// `publickey-credentials-get`).
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-permissions-policy>
    pub allowed_by_policy: bool,
    /// Whether the person did something in the document a moment ago.
    ///
    /// <https://html.spec.whatwg.org/multipage/interaction.html#transient-activation>
    pub activated: bool,
    /// What the relying party says of its related origins, where it was asked ([`related_origins`]).
    pub related: Option<RelatedOrigins>,
}

/// Where a calling document stands in its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// It is the page's top document.
    Top,
    /// It is in a frame, and every document above it is of its own origin.
    SameOrigin,
    /// It is in a frame, and some document above it is of another origin.
    CrossOrigin {
        /// The top document's origin.
        top: Origin,
    },
}

/// The document at [`related_origins`]'s address, as it came: `https`, status 200, `application/json`, no redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedOrigins {
    /// The address that it was asked at.
    pub url: Url,
    /// What it says.
    pub json: Vec<u8>,
}

impl Caller {
    /// A page's top document.
    pub fn top(origin: Origin) -> Self {
        Self { origin, frame: Frame::Top, allowed_by_policy: true, activated: true, related: None }
    }

    /// The top document's origin, where it differs from the caller's (`topOrigin` of the client data).
    pub(crate) fn top_origin(&self) -> Option<&Origin> {
        match &self.frame {
            Frame::CrossOrigin { top } => Some(top),
            Frame::Top | Frame::SameOrigin => None,
        }
    }

    /// Whether some document above the caller is of another origin: `sameOriginWithAncestors` is false.
    pub(crate) fn is_cross_origin(&self) -> bool {
        matches!(self.frame, Frame::CrossOrigin { .. })
    }

    /// "If … is not allowed to use …: NotAllowedError", before anything of the options is looked at.
    ///
    /// <https://w3c.github.io/webappsec-credential-management/#algorithm-request>,
    /// <https://w3c.github.io/webappsec-credential-management/#algorithm-create>
    pub(crate) fn must_be_allowed(&self) -> Result<(), ClientError> {
        if self.allowed_by_policy { Ok(()) } else { Err(ClientError::Policy) }
    }

    /// The RP ID that the caller may use: its effective domain, a registrable domain suffix of it, or one whose owner
    /// named the caller's origin.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-createCredential>, "Let effectiveDomain be …", "If pkOptions.rp.id …"
    pub(crate) fn relying_party(&self, claimed: Option<&str>) -> Result<RpId, ClientError> {
        match RpId::for_origin(&self.origin, claimed) {
            Err(RpIdError::NotASuffix) => {
                let claim = RelatedClaim::of(&self.origin, claimed.unwrap_or_default());
                let related = self.related.as_ref().filter(|r| claim.as_ref().is_some_and(|c| c.url() == r.url));
                let granted = claim.zip(related).and_then(|(claim, related)| claim.grant(&origins(&related.json)?));
                granted.ok_or(ClientError::RpId(RpIdError::NotASuffix))
            }
            decided => Ok(decided?),
        }
    }
}

/// Where to ask whether a caller's origin is related to the RP ID that it claims; `None` where nothing need or may be
/// asked. What comes back goes into [`Caller::related`].
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-related-origins>
pub fn related_origins(origin: &Origin, options_json: &str) -> Option<Url> {
    let members = dictionary::parse(options_json).ok()?;
    let options = Dictionary::new(&members);
    let claimed = match options.dictionary("rp") {
        Ok(Some(rp)) => rp.string("id"),
        _ => options.string("rpId"),
    };
    let claimed = claimed.ok()??;
    match RpId::for_origin(origin, Some(&claimed)) {
        Err(RpIdError::NotASuffix) => RelatedClaim::of(origin, &claimed).map(|claim| claim.url()),
        _ => None,
    }
}

/// The `origins` of the document: "not … a non-empty array of strings" is no answer.
fn origins(json: &[u8]) -> Option<Vec<String>> {
    if json.len() > MAX_RELATED_ORIGINS {
        return None;
    }
    let document: serde_json::Value = serde_json::from_slice(json).ok()?;
    let listed = document.as_object()?.get("origins")?.as_array()?;
    let origins: Option<Vec<String>> = listed.iter().map(|each| each.as_str().map(str::to_owned)).collect();
    origins.filter(|origins| !origins.is_empty())
}
