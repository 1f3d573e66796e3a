//! Related origins: a page may use the RP ID of another domain whose owner says so. To ask is a look-up, and made only where
//! the person lets Rekey ask sites.

use std::collections::HashMap;

use rekey_lookup::ask;
use rekey_lookup::{Client, Consent, Limits, LookUp};
use rekey_origin::Origin;
use rekey_webauthn::{RelatedOrigins, related_origins};
use url::Url;

/// More relying parties than this are not asked for one account, whatever its pages say.
const MOST_ASKED: usize = 4;

/// What relying parties said during an account's run; each is asked once.
#[derive(Default)]
pub(super) struct Related(HashMap<Url, Option<RelatedOrigins>>);

impl Related {
    /// What the relying party says that a page's options name, where it must be asked and may be.
    pub(super) async fn of(&mut self, consent: &Consent, origin: &Origin, options: &str) -> Option<RelatedOrigins> {
        let url = related_origins(origin, options)?;
        if !consent.is_on(LookUp::AskSites) {
            tracing::info!("a page uses another site's passkeys, and asking sites is switched off");
            return None;
        }
        if let Some(said) = self.0.get(&url) {
            return said.clone();
        }
        if self.0.len() >= MOST_ASKED {
            return None;
        }
        let asked = async { ask::related_origins(&Client::new(Limits::default())?, consent, &url).await }.await;
        let said = match asked {
            Ok(json) => Some(RelatedOrigins { url: url.clone(), json }),
            Err(error) => {
                tracing::info!(%error, "a relying party does not say which origins are related");
                None
            }
        };
        self.0.insert(url, said.clone());
        said
    }
}
