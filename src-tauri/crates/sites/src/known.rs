//! What is known of one site, over all layers.

use crate::layers::{Asked, Refreshed};
use crate::matching::is_under;
use crate::record::{self, Attachment, Capacity, Check, Fact, Kind, List, PasswordAfter, Record, Role, Text};

/// Who says something. Where two do and neither is the more careful, the earlier one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The person.
    Own,
    /// The records that are compiled in.
    BuiltIn,
    /// The site itself, at its well-known addresses.
    Asked,
    /// A published list, fetched since.
    Refreshed,
}

/// What one layer says of a site.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    layer: Layer,
    content: Content<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Content<'a> {
    Record(&'a Record),
    Asked(&'a Asked),
    Refreshed(&'a Refreshed),
}

/// What the directory says of one site, over all its layers.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub(crate) domain: &'a str,
    pub(crate) own: Option<&'a Record>,
    pub(crate) built_in: Option<&'a Record>,
    pub(crate) asked: Option<&'a Asked>,
    pub(crate) refreshed: Option<&'a Refreshed>,
}

/// A value of a field. Of two values the more careful one is the one that spares a person who relied on the other a loss.
pub trait Value: Clone {
    /// How careful it is to believe this; 0 where care makes no difference.
    fn care(&self) -> u32 {
        0
    }
}

impl Value for Text {}
impl<T: Clone> Value for List<T> {}
impl Value for bool {}
impl Value for Attachment {}
impl Value for Kind {}
impl Value for PasswordAfter {}

impl Value for Role {
    fn care(&self) -> u32 {
        match self {
            Self::SignIn => 0,
            Self::Both => 1,
            Self::SecondFactor => 2,
            Self::NoneSeen => 3,
        }
    }
}

impl Value for Capacity {
    fn care(&self) -> u32 {
        match self {
            Self::Several => 0,
            Self::AtMost(most) => u32::from(u16::MAX - most) + 1,
            Self::One => u32::from(u16::MAX),
        }
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {
        impl<'a> Known<'a> {
            $($(#[$doc])* pub fn $name(&self) -> Option<&'a Fact<$type>> { self.counts(Statement::$name) })+
        }

        impl<'a> Statement<'a> {
            $($(#[$doc])* pub fn $name(&self) -> Option<&'a Fact<$type>> {
                facts!(@one self, $name)
            })+
        }
    };
    (@one $self:ident, role) => {
        match $self.content {
            Content::Record(record) => record.role.as_ref(),
            Content::Asked(_) => None,
            Content::Refreshed(refreshed) => Some(&refreshed.role),
        }
    };
    (@one $self:ident, help) => {
        match $self.content {
            Content::Record(record) => record.help.as_ref(),
            Content::Asked(_) => None,
            Content::Refreshed(refreshed) => refreshed.help.as_ref(),
        }
    };
    (@one $self:ident, passkey_page) => { facts!(@asked $self, passkey_page) };
    (@one $self:ident, manage_page) => { facts!(@asked $self, manage_page) };
    (@one $self:ident, change_password) => { facts!(@asked $self, change_password) };
    (@one $self:ident, $name:ident) => {
        match $self.content {
            Content::Record(record) => record.$name.as_ref(),
            Content::Asked(_) | Content::Refreshed(_) => None,
        }
    };
    (@asked $self:ident, $name:ident) => {
        match $self.content {
            Content::Record(record) => record.$name.as_ref(),
            Content::Asked(asked) => asked.$name.as_ref(),
            Content::Refreshed(_) => None,
        }
    };
}

facts! {
    /// See [`Record::equivalent`].
    equivalent: List<Text>,
    /// See [`Record::rp_ids`].
    rp_ids: List<Text>,
    /// See [`Record::sign_in`].
    sign_in: Text,
    /// See [`Record::passkey_page`].
    passkey_page: Text,
    /// See [`Record::manage_page`].
    manage_page: Text,
    /// See [`Record::role`].
    role: Role,
    /// See [`Record::asks_first`].
    asks_first: List<Check>,
    /// See [`Record::authenticator`].
    authenticator: Attachment,
    /// See [`Record::capacity`].
    capacity: Capacity,
    /// See [`Record::usernameless`].
    usernameless: bool,
    /// See [`Record::password_after`].
    password_after: PasswordAfter,
    /// See [`Record::change_password`].
    change_password: Text,
    /// See [`Record::recovery_page`].
    recovery_page: Text,
    /// See [`Record::help`].
    help: Text,
    /// See [`Record::kind`].
    kind: Kind,
    /// See [`Record::notes`].
    notes: List<(Text, Text)>,
}

impl Statement<'_> {
    /// Whose statement it is.
    pub fn layer(&self) -> Layer {
        self.layer
    }
}

impl<'a> Known<'a> {
    /// What people call the site; its domain where nobody gave it a name.
    pub fn name(&self) -> &'a str {
        let named = |record: &'a Record| Some(record.name.as_ref()).filter(|name| !name.is_empty());
        self.own.and_then(named).or(self.built_in.and_then(named)).unwrap_or(self.domain)
    }

    /// The domain that is the record's key.
    pub fn domain(&self) -> &'a str {
        self.domain
    }

    /// What each layer says, in the order of [`Layer`].
    pub fn statements(&self) -> impl Iterator<Item = Statement<'a>> + use<'a> {
        let own = self.own.map(|record| Statement { layer: Layer::Own, content: Content::Record(record) });
        let built_in =
            self.built_in.map(|record| Statement { layer: Layer::BuiltIn, content: Content::Record(record) });
        let asked = self.asked.map(|asked| Statement { layer: Layer::Asked, content: Content::Asked(asked) });
        let refreshed = self
            .refreshed
            .map(|refreshed| Statement { layer: Layer::Refreshed, content: Content::Refreshed(refreshed) });
        [own, built_in, asked, refreshed].into_iter().flatten()
    }

    /// Everything that is said of one field, by whom; the one that counts first: what the person says, then the more
    /// careful one, then the earlier layer. `known.said(Statement::role)`.
    pub fn said<T: Value + 'a>(
        &self,
        field: impl Fn(&Statement<'a>) -> Option<&'a Fact<T>>,
    ) -> Vec<(Layer, &'a Fact<T>)> {
        let mut said: Vec<_> =
            self.statements().filter_map(|statement| Some((statement.layer, field(&statement)?))).collect();
        said.sort_by_key(|(layer, fact)| rank(*layer, &fact.value));
        said
    }

    fn counts<T: Value + 'a>(&self, field: impl Fn(&Statement<'a>) -> Option<&'a Fact<T>>) -> Option<&'a Fact<T>> {
        let said = self.statements().filter_map(|statement| Some((statement.layer, field(&statement)?)));
        said.min_by_key(|(layer, fact)| rank(*layer, &fact.value)).map(|(_, fact)| fact)
    }

    /// Who says that the site takes passkeys now, where no passkeys were seen there before; [`None`] where that is no
    /// news. [`Known::role`] keeps saying what was seen, until somebody looks.
    pub fn news(&self) -> Option<Layer> {
        let before =
            self.own.and_then(|own| own.role.as_ref()).or(self.built_in.and_then(|record| record.role.as_ref()));
        let before = before.filter(|role| role.value == Role::NoneSeen)?;
        let since = |day: &str| {
            let seen = before.provenance.observed.as_deref().unwrap_or_default();
            // The parts that both have: a year alone is not later than any of its days.
            let common = seen.len().min(day.len());
            day.get(..common) >= seen.get(..common)
        };
        let asked = self.asked.filter(|asked| asked.takes_passkeys && since(&asked.day));
        let refreshed = self.refreshed.filter(|refreshed| {
            refreshed.role.value != Role::NoneSeen
                && since(refreshed.role.provenance.observed.as_deref().unwrap_or_default())
        });
        asked.map(|_| Layer::Asked).or(refreshed.map(|_| Layer::Refreshed))
    }

    /// Whether the site itself said so, when it was asked.
    pub fn says_itself_that_it_takes_passkeys(&self) -> bool {
        self.asked.is_some_and(|asked| asked.takes_passkeys)
    }

    /// Whether [`Known::news`] has some.
    pub fn is_news(&self) -> bool {
        self.news().is_some()
    }

    /// The domain and those with the same accounts.
    pub fn domains(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let equivalent = self.equivalent().into_iter().flat_map(|fact| fact.value.iter().map(AsRef::as_ref));
        std::iter::once(self.domain).chain(equivalent)
    }

    /// Whether a passkey with this relying party identifier can be one of the site's: the identifier is one of its
    /// domains, is below one, or is listed.
    pub fn has_rp_id(&self, rp_id: &str) -> bool {
        let mut listed = self.statements().filter_map(|statement| statement.rp_ids());
        self.domains().any(|domain| is_under(rp_id, domain)) || listed.any(|ids| ids.value.iter().any(|id| id == rp_id))
    }

    /// The compiled-in record, where there is one.
    pub fn record(&self) -> Option<&'a record::Record> {
        self.built_in
    }

    /// The person's own correction, where there is one.
    pub fn correction(&self) -> Option<&'a record::Record> {
        self.own
    }
}

/// Smaller counts first.
fn rank<T: Value>(layer: Layer, value: &T) -> (bool, u32, Layer) {
    (layer != Layer::Own, u32::MAX - value.care(), layer)
}
