//! Which look-ups the person switched on, and the token without which no request is made.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

/// A kind of request that leaves the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookUp {
    /// Fetches the list of sites that take passkeys.
    Refresh,
    /// Asks the sites of the person's accounts what they say about passkeys and passwords.
    AskSites,
    /// Asks whether passwords are among those that were stolen and published.
    Breaches,
}

/// Whom a look-up asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// One host, the same for everybody.
    Host(&'static str),
    /// Each site that is asked about.
    EachSite,
}

/// What whoever is asked learns. The words for it are the app's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Revealed {
    /// The internet address of the person's line.
    InternetAddress,
    /// That Rekey is used, and its version (the requests say so).
    RekeyIsUsed,
    /// That somebody at this address probably has an account at the site that is asked.
    AccountAtTheSite,
    /// The names of the sites, to the person's name server.
    SitesToNameServer,
    /// Of each password the first 20 of the 160 bits of its hash, which hundreds of known passwords share.
    HashPrefixes,
    /// Roughly how many different passwords there are.
    NumberOfPasswords,
}

impl LookUp {
    /// Every look-up there is.
    pub const ALL: [Self; 3] = [Self::Refresh, Self::AskSites, Self::Breaches];

    /// The stable name, for settings, texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refresh => "refresh",
            Self::AskSites => "ask-sites",
            Self::Breaches => "breaches",
        }
    }

    /// The look-up of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look_up| look_up.name() == name)
    }

    /// Whom it asks.
    pub fn asks(self) -> Recipient {
        match self {
            Self::Refresh => Recipient::Host(crate::refresh::HOST),
            Self::AskSites => Recipient::EachSite,
            Self::Breaches => Recipient::Host(crate::breaches::HOST),
        }
    }

    /// What whoever is asked learns.
    pub fn reveals(self) -> &'static [Revealed] {
        match self {
            Self::Refresh => &[Revealed::InternetAddress, Revealed::RekeyIsUsed],
            Self::AskSites => &[
                Revealed::InternetAddress,
                Revealed::RekeyIsUsed,
                Revealed::AccountAtTheSite,
                Revealed::SitesToNameServer,
            ],
            Self::Breaches => {
                &[Revealed::InternetAddress, Revealed::RekeyIsUsed, Revealed::HashPrefixes, Revealed::NumberOfPasswords]
            }
        }
    }

    /// Whether it has business with a host.
    pub(crate) fn may_ask(self, host: &str) -> bool {
        match self.asks() {
            Recipient::Host(only) => host == only,
            Recipient::EachSite => true,
        }
    }
}

impl fmt::Display for LookUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which look-ups are switched on: none, until the person says so. Clones share their switches.
#[derive(Debug, Clone, Default)]
pub struct Consent(Arc<Switches>);

#[derive(Debug, Default)]
struct Switches {
    refresh: AtomicBool,
    ask_sites: AtomicBool,
    breaches: AtomicBool,
}

/// A look-up that was asked for while it is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the look-up {0} is switched off")]
pub struct NotSwitchedOn(pub LookUp);

/// A look-up's leave to make requests. Only [`Consent::permit`] makes one, and it is good for as long as the switch is on.
#[derive(Debug, Clone)]
pub struct Permit {
    look_up: LookUp,
    consent: Consent,
}

impl Consent {
    /// Switches a look-up on or off, for running ones as well.
    pub fn switch(&self, look_up: LookUp, on: bool) {
        self.of(look_up).store(on, Ordering::SeqCst);
    }

    /// Whether a look-up is switched on.
    pub fn is_on(&self, look_up: LookUp) -> bool {
        self.of(look_up).load(Ordering::SeqCst)
    }

    /// The leave to make a look-up's requests.
    ///
    /// # Errors
    /// Where it is switched off.
    pub fn permit(&self, look_up: LookUp) -> Result<Permit, NotSwitchedOn> {
        let permit = Permit { look_up, consent: self.clone() };
        permit.check().map(|()| permit)
    }

    fn of(&self, look_up: LookUp) -> &AtomicBool {
        match look_up {
            LookUp::Refresh => &self.0.refresh,
            LookUp::AskSites => &self.0.ask_sites,
            LookUp::Breaches => &self.0.breaches,
        }
    }
}

impl Permit {
    /// What it is for.
    pub fn look_up(&self) -> LookUp {
        self.look_up
    }

    /// Asked before each request.
    pub(crate) fn check(&self) -> Result<(), NotSwitchedOn> {
        if self.consent.is_on(self.look_up) { Ok(()) } else { Err(NotSwitchedOn(self.look_up)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_up_is_off_until_it_is_switched_on() {
        let consent = Consent::default();
        for look_up in LookUp::ALL {
            assert_eq!(consent.permit(look_up).unwrap_err(), NotSwitchedOn(look_up));
        }
        consent.switch(LookUp::Breaches, true);
        let permit = consent.permit(LookUp::Breaches).unwrap();
        assert!(permit.check().is_ok() && consent.permit(LookUp::AskSites).is_err());
        consent.clone().switch(LookUp::Breaches, false);
        assert!(permit.check().is_err(), "a permit ends with its switch");
    }

    #[test]
    fn names_are_stable_and_every_look_up_says_what_it_reveals() {
        let names = LookUp::ALL.map(LookUp::name);
        assert_eq!(names, ["refresh", "ask-sites", "breaches"]);
        for look_up in LookUp::ALL {
            assert_eq!(LookUp::from_name(look_up.name()), Some(look_up));
            assert_eq!(serde_json::to_value(look_up).unwrap(), look_up.name());
            assert!(look_up.reveals().contains(&Revealed::InternetAddress));
        }
        assert!(LookUp::Refresh.may_ask("passkeys-api.2fa.directory") && !LookUp::Refresh.may_ask("example.com"));
    }
}
