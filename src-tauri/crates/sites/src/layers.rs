//! What was learned since the records were compiled in. Such a layer fills gaps, and is held to more than a record is: it
//! comes from outside, and nobody reviewed it.

use std::borrow::Cow;

use hashbrown::HashMap;
use rekey_origin::{Origin, Site};
use url::Url;

use crate::check::{RecordProblem, Refused, is_day};
use crate::directory::Directory;
use crate::name::{Scope, is_below_a_suffix};
use crate::record::{Confidence, Fact, List, Provenance, Role, Source, Text};

/// More sites than any list of them has, or any person.
pub const MAX_SITES: usize = 100_000;

/// The id of the source of refreshed facts.
pub const REFRESH_SOURCE: &str = "2factorauth-passkeys";
/// The id of the source of what sites say themselves.
pub const ASKED_SOURCE: &str = "asked";

/// The source of what sites say themselves, <https://www.w3.org/TR/passkey-endpoints/>.
pub(crate) static ASKED: Source = Source {
    id: Cow::Borrowed(ASKED_SOURCE),
    title: Cow::Borrowed("The site itself, at its /.well-known addresses"),
    url: None,
    licence: Cow::Borrowed("NOASSERTION"),
    attribution: Cow::Borrowed("the site"),
};

static OF_REFRESH: [Text; 1] = [Cow::Borrowed(REFRESH_SOURCE)];
static OF_ASKED: [Text; 1] = [Cow::Borrowed(ASKED_SOURCE)];

/// What a refresh says of a site, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refresh {
    /// The domain.
    pub domain: String,
    /// Whether passkeys sign in there.
    pub passwordless: bool,
    /// Whether passkeys stand beside the password there.
    pub mfa: bool,
    /// The site's own help.
    pub documentation: Option<String>,
}

/// What a site said when it was asked, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The domain that was asked.
    pub domain: String,
    /// Whether it served `/.well-known/passkey-endpoints`, which may be without a link.
    pub takes_passkeys: bool,
    /// Its `enroll`.
    pub enroll: Option<String>,
    /// Its `manage`.
    pub manage: Option<String>,
    /// Where `/.well-known/change-password` led.
    pub change_password: Option<String>,
    /// When it was asked: `2026-08-14`.
    pub day: String,
}

/// More than [`MAX_SITES`], or no day to go with them: nothing of it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LayerError {
    /// Too many.
    #[error("more sites than there are")]
    TooMany,
    /// The day is none.
    #[error("not a day like 2026-08-14")]
    NotADay,
}

/// Refreshed facts, looked over.
#[derive(Debug, Clone, Default)]
pub struct Refreshes {
    sites: ByDomain<Refreshed>,
}

/// Sites' answers, looked over.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    sites: ByDomain<Asked>,
}

/// What is said of domains. The facts are kept beside the map: they are large, and a look-up that passes over them would
/// be slow.
#[derive(Debug, Clone)]
struct ByDomain<T> {
    places: HashMap<Box<str>, u32>,
    facts: Vec<T>,
}

impl<T> Default for ByDomain<T> {
    fn default() -> Self {
        Self { places: HashMap::new(), facts: Vec::new() }
    }
}

impl<T> ByDomain<T> {
    fn get(&self, name: &str) -> Option<(&str, &T)> {
        let (name, place) = self.places.get_key_value(name)?;
        Some((name, self.facts.get(usize::try_from(*place).ok()?)?))
    }

    /// Puts facts in the place of those of the same domain.
    fn set(&mut self, domain: String, facts: T) {
        let place = self.places.get(domain.as_str()).and_then(|place| usize::try_from(*place).ok());
        match place.and_then(|place| self.facts.get_mut(place)) {
            Some(old) => *old = facts,
            None => {
                // A layer has at most MAX_SITES.
                let place = u32::try_from(self.facts.len()).unwrap_or(u32::MAX);
                self.places.insert(domain.into_boxed_str(), place);
                self.facts.push(facts);
            }
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Refreshed {
    pub(crate) role: Fact<Role>,
    pub(crate) help: Option<Fact<Text>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) takes_passkeys: bool,
    pub(crate) passkey_page: Option<Fact<Text>>,
    pub(crate) manage_page: Option<Fact<Text>>,
    pub(crate) change_password: Option<Fact<Text>>,
    pub(crate) day: Text,
}

impl Refreshes {
    /// The layer of a list that was fetched on a day (`2026-08-14`). Links to other sites, and to open lines, are left
    /// out; of two that claim one domain the first is kept.
    ///
    /// # Errors
    /// Where none of it can be used. A site that cannot be used costs only itself and is among the second.
    pub fn new(sites: impl IntoIterator<Item = Refresh>, day: &str) -> Result<(Self, Vec<Refused>), LayerError> {
        if !is_day(day) {
            return Err(LayerError::NotADay);
        }
        let (mut layer, mut refused) = (Self::default(), Vec::new());
        let directory = Directory::built_in();
        for (place, site) in sites.into_iter().enumerate() {
            if place >= MAX_SITES {
                return Err(LayerError::TooMany);
            }
            let mut refuse = |is_whole, problem| refused.push(Refused { place, problem, is_whole });
            let role = match (site.passwordless, site.mfa) {
                _ if !is_below_a_suffix(&site.domain) => Err(RecordProblem::Name { field: "domain" }),
                _ if layer.sites.get(&site.domain).is_some() => Err(RecordProblem::Claimed { field: "domain" }),
                (false, false) => Err(RecordProblem::Empty { field: "role" }),
                (true, true) => Ok(Role::Both),
                (true, false) => Ok(Role::SignIn),
                (false, true) => Ok(Role::SecondFactor),
            };
            let role = match role {
                Ok(role) => role,
                Err(problem) => {
                    refuse(true, problem);
                    continue;
                }
            };
            let help = site.documentation.and_then(|link| {
                own_link(&link, "help", &site.domain, &directory).map_err(|problem| refuse(false, problem)).ok()?;
                Some(fact(Cow::Owned(link), &OF_REFRESH, Confidence::Medium, day))
            });
            let role = fact(role, &OF_REFRESH, Confidence::Medium, day);
            layer.sites.set(site.domain, Refreshed { role, help });
        }
        Ok((layer, refused))
    }

    /// How many sites it speaks of.
    pub fn len(&self) -> usize {
        self.sites.facts.len()
    }

    /// Whether it speaks of none.
    pub fn is_empty(&self) -> bool {
        self.sites.facts.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<(&str, &Refreshed)> {
        self.sites.get(name)
    }
}

impl Answers {
    /// The layer of what sites said. Links that are not `https`, or are another site's, are left out; of two answers of
    /// one domain the later day is kept, or the first.
    ///
    /// # Errors
    /// [`LayerError::TooMany`]. An answer that cannot be used costs only itself and is among the second.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Result<(Self, Vec<Refused>), LayerError> {
        let (mut layer, mut refused) = (Self::default(), Vec::new());
        for (place, answer) in answers.into_iter().enumerate() {
            if place >= MAX_SITES {
                return Err(LayerError::TooMany);
            }
            let mut refuse = |is_whole, problem| refused.push(Refused { place, problem, is_whole });
            if !is_below_a_suffix(&answer.domain) {
                refuse(true, RecordProblem::Name { field: "domain" });
                continue;
            }
            if !is_day(&answer.day) {
                refuse(true, RecordProblem::Date { field: "day" });
                continue;
            }
            let other = layer.sites.get(&answer.domain);
            if other.is_some_and(|(_, other)| other.day.as_ref() >= answer.day.as_str()) {
                refuse(true, RecordProblem::Claimed { field: "domain" });
                continue;
            }
            let mut link = |field: &'static str, link: Option<String>| {
                let link = link?;
                match same_site(&link, field, &answer.domain) {
                    Ok(()) => Some(fact(Cow::Owned(link), &OF_ASKED, Confidence::High, &answer.day)),
                    Err(problem) => {
                        refuse(false, problem);
                        None
                    }
                }
            };
            let asked = Asked {
                takes_passkeys: answer.takes_passkeys,
                passkey_page: link("enroll", answer.enroll),
                manage_page: link("manage", answer.manage),
                change_password: link("change_password", answer.change_password),
                day: Cow::Owned(answer.day.clone()),
            };
            layer.sites.set(answer.domain, asked);
        }
        Ok((layer, refused))
    }

    /// How many sites it speaks of.
    pub fn len(&self) -> usize {
        self.sites.facts.len()
    }

    /// Whether it speaks of none.
    pub fn is_empty(&self) -> bool {
        self.sites.facts.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<(&str, &Asked)> {
        self.sites.get(name)
    }
}

fn fact<T: Clone>(value: T, sources: &'static [Text], confidence: Confidence, day: &str) -> Fact<T> {
    let sources = List::Borrowed(sources);
    Fact { value, provenance: Provenance { sources, observed: Some(Cow::Owned(day.to_owned())), confidence } }
}

fn public_address(link: &str, field: &'static str) -> Result<Url, RecordProblem> {
    Scope::Public.address(link).ok_or(RecordProblem::Address { field })
}

fn site_of(url: &Url) -> Option<Site> {
    Origin::of(url).ok().map(|origin| Site::of(&origin))
}

fn same_site(link: &str, field: &'static str, domain: &str) -> Result<(), RecordProblem> {
    let site = site_of(&public_address(link, field)?);
    if site.is_some() && site == Site::parse(domain) { Ok(()) } else { Err(RecordProblem::OtherSite { field }) }
}

/// A link of the site itself, or of a site with the same accounts.
fn own_link(link: &str, field: &'static str, domain: &str, directory: &Directory) -> Result<(), RecordProblem> {
    let (site, own) = (site_of(&public_address(link, field)?), Site::parse(domain));
    match (site, own) {
        (Some(site), Some(own)) if directory.same_service(&site, &own) => Ok(()),
        _ => Err(RecordProblem::OtherSite { field }),
    }
}
