use std::collections::BTreeMap;

/// What pages are told that this client can do (`PublicKeyCredential.getClientCapabilities()` and its like). Whoever
/// starts a driver says so, because only the authenticators at hand and the client's own code decide it.
///
/// <https://w3c.github.io/webauthn/#enumdef-clientcapability>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities(BTreeMap<&'static str, bool>);

impl Capabilities {
    /// All that pages are told about, each as the specification names it.
    pub const NAMES: [&'static str; 17] = [
        "conditionalCreate",
        "conditionalGet",
        "extension:appid",
        "extension:appidExclude",
        "extension:credProps",
        "extension:credentialProtectionPolicy",
        "extension:enforceCredentialProtectionPolicy",
        "extension:largeBlob",
        "extension:minPinLength",
        "extension:prf",
        "hybridTransport",
        "passkeyPlatformAuthenticator",
        "relatedOrigins",
        "signalAllAcceptedCredentials",
        "signalCurrentUserDetails",
        "signalUnknownCredential",
        "userVerifyingPlatformAuthenticator",
    ];

    /// Nothing at all.
    pub fn none() -> Self {
        Self(Self::NAMES.into_iter().map(|name| (name, false)).collect())
    }

    /// With one more; a name that is not in [`Capabilities::NAMES`] is left out.
    #[must_use]
    pub fn with(mut self, name: &str) -> Self {
        if let Some(able) = self.0.get_mut(name) {
            *able = true;
        }
        self
    }

    pub(crate) fn json(&self) -> String {
        serde_json::json!(self.0).to_string()
    }
}

/// What the store of passkeys alone can do.
impl Default for Capabilities {
    fn default() -> Self {
        ["extension:credProps", "passkeyPlatformAuthenticator", "userVerifyingPlatformAuthenticator"]
            .into_iter()
            .fold(Self::none(), |all, name| all.with(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_only_what_is_said_is_claimed() {
        assert!(Capabilities::NAMES.is_sorted());
        let said = Capabilities::none().with("relatedOrigins").with("flying");
        assert_eq!(said.0.values().filter(|able| **able).count(), 1);
        assert!(said.json().contains("\"relatedOrigins\":true"));
        assert_eq!(said.0.len(), Capabilities::NAMES.len());
    }
}
