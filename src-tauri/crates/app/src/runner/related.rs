//! Related origins: a page may use the RP ID of another domain whose owner says so. To ask is a look-up, and made only where
//! the person lets Rekey ask sites.

use rekey_lookup::ask;
use rekey_lookup::{Client, Consent, Limits, LookUp};
use rekey_origin::Origin;
use rekey_webauthn::{RelatedOrigins, related_origins};

/// What the relying party says that a page's options name, where it must be asked and may be.
pub(super) async fn related(consent: &Consent, origin: &Origin, options: &str) -> Option<RelatedOrigins> {
    let url = related_origins(origin, options)?;
    if !consent.is_on(LookUp::AskSites) {
        tracing::info!("a page uses another site's passkeys, and asking sites is switched off");
        return None;
    }
    let asked = async { ask::related_origins(&Client::new(Limits::default())?, consent, &url).await }.await;
    match asked {
        Ok(json) => Some(RelatedOrigins { url, json }),
        Err(error) => {
            tracing::info!(%error, "a relying party does not say which origins are related");
            None
        }
    }
}
