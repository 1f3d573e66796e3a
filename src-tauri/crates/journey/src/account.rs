use std::fmt;

use rekey_origin::Site;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An account's id: UUIDv5 of the ledger's namespace, the site and the user name, so that two devices that share a
/// ledger agree on it (RFC 9562, section 5.5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(Uuid);

impl AccountId {
    /// The id of `user_name` at `site` in the ledger with this namespace.
    pub fn new(namespace: Uuid, site: &Site, user_name: &str) -> Self {
        // The separator cannot occur in a site, so no two pairs share a name.
        Self(Uuid::new_v5(&namespace, format!("{site}\n{user_name}").as_bytes()))
    }

    /// An id as it was written down.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_deterministic_and_distinct() {
        let namespace = Uuid::from_u128(7);
        let site = Site::parse("example.com").unwrap();
        let id = AccountId::new(namespace, &site, "alice");
        assert_eq!(id, AccountId::new(namespace, &site, "alice"));
        assert_ne!(id, AccountId::new(namespace, &site, "bob"));
        assert_ne!(id, AccountId::new(Uuid::from_u128(8), &site, "alice"));
        assert_eq!(AccountId::parse(&id.to_string()), Some(id));
    }
}
