//! Which record speaks of a host, over all layers.

use std::fmt;
use std::sync::Arc;

use rekey_origin::{Host, Origin, Site};
use url::Url;

use crate::corrections::Corrections;
use crate::known::Known;
use crate::layers::{ASKED, Answers, Refreshes};
use crate::matching::names;
use crate::record::{Record, Source};
use crate::table::{COMPILED, Table};

/// What is known of sites: the compiled-in records; above them what the person corrected, and in their gaps what sites
/// said and what was refreshed. Cheap to clone.
#[derive(Clone)]
pub struct Directory {
    table: &'static Table,
    own: Option<Arc<Corrections>>,
    asked: Option<Arc<Answers>>,
    refreshed: Option<Arc<Refreshes>>,
}

impl Default for Directory {
    fn default() -> Self {
        Self::built_in()
    }
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Directory").field("built_in", &self.table.records.len()).finish_non_exhaustive()
    }
}

impl Directory {
    /// The compiled-in records alone.
    pub fn built_in() -> Self {
        Self::of(&COMPILED)
    }

    pub(crate) fn of(table: &'static Table) -> Self {
        Self { table, own: None, asked: None, refreshed: None }
    }

    /// With the person's corrections in the place of those it had.
    #[must_use]
    pub fn with_own(self, own: Corrections) -> Self {
        Self { own: Some(own).filter(|own| !own.is_empty()).map(Arc::new), ..self }
    }

    /// With sites' answers in the place of those it had.
    #[must_use]
    pub fn with_asked(self, asked: Answers) -> Self {
        Self { asked: Some(asked).filter(|asked| !asked.is_empty()).map(Arc::new), ..self }
    }

    /// With a refresh in the place of the one it had.
    #[must_use]
    pub fn with_refreshed(self, refreshed: Refreshes) -> Self {
        Self { refreshed: Some(refreshed).filter(|refreshed| !refreshed.is_empty()).map(Arc::new), ..self }
    }

    /// What is known of the site that a host belongs to: a record of the host itself goes before one of a name above it,
    /// and none above its registrable domain is its. Of hosts of the person's own network only the person speaks.
    pub fn look_up(&self, host: &Host) -> Option<Known<'_>> {
        match host {
            Host::Domain(name) => self.find(names(name)),
            Host::V4(_) | Host::V6(_) => self.look_up_own(&host.to_string()),
        }
    }

    /// What is known of an account's site.
    pub fn look_up_site(&self, site: &Site) -> Option<Known<'_>> {
        self.find(std::iter::once(site.as_str()))
    }

    /// What is known of the site that an address belongs to; [`None`] for addresses that are no web pages.
    pub fn look_up_url(&self, url: &Url) -> Option<Known<'_>> {
        let origin = Origin::of(url).ok()?;
        self.look_up(origin.host()).or_else(|| self.look_up_own(Site::of(&origin).as_str()))
    }

    /// What is known of a site as a person writes it: a domain in any spelling, or a whole address.
    pub fn look_up_text(&self, text: &str) -> Option<Known<'_>> {
        let text = text.trim();
        let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("https://{text}")) };
        self.look_up_url(&url.ok()?)
    }

    /// What is known of an account's site, where the vault has an address for it as well: that may be of a part of the
    /// site which has a record of its own. An address of another site says nothing.
    pub fn look_up_account(&self, site: &Site, address: Option<&Url>) -> Option<Known<'_>> {
        let of_site = address.filter(|url| Origin::of(url).is_ok_and(|origin| site.contains(&origin)));
        of_site.and_then(|url| self.look_up_url(url)).or_else(|| self.look_up_site(site))
    }

    /// Which site's passkeys have this relying party identifier: the site it is a name of, else one that lists it.
    pub fn look_up_rp_id(&self, rp_id: &str) -> Option<Known<'_>> {
        self.find(names(rp_id)).or_else(|| {
            let own = self.own.as_deref().and_then(|own| own.of_rp_id(rp_id));
            let record = own.or_else(|| self.table.of_rp_id(rp_id))?;
            self.find(std::iter::once(record.domain.as_ref()))
        })
    }

    /// The name that all sites with the same accounts share: their record's domain, or the site itself. Only listed
    /// domains are equivalent, whatever they look like.
    pub fn service_of<'a>(&'a self, site: &'a Site) -> &'a str {
        let own = self.own.as_deref().and_then(|own| own.get(site.as_str()));
        let name = own.map_or(site.as_str(), |record| record.domain.as_ref());
        self.of_domain(name).map_or(name, |record| record.domain.as_ref())
    }

    /// What people call a site: its record's name, or the site itself where it has none.
    pub fn name_of<'a>(&'a self, site: &'a Site) -> &'a str {
        self.look_up_site(site).map_or(site.as_str(), |known| known.name())
    }

    /// Whether two sites have the same accounts.
    pub fn same_service(&self, one: &Site, other: &Site) -> bool {
        self.service_of(one) == self.service_of(other)
    }

    /// The compiled-in records, in the order of their file.
    pub fn records(&self) -> &'static [Record] {
        self.table.records
    }

    /// The compiled-in sources.
    pub fn sources(&self) -> &'static [Source] {
        self.table.sources
    }

    /// The source with this id; a person's own sources are not among them.
    pub fn source(&self, id: &str) -> Option<&'static Source> {
        self.table.sources.iter().chain([&ASKED]).find(|source| source.id == id)
    }

    /// The person's corrections.
    pub fn own(&self) -> Option<&Corrections> {
        self.own.as_deref()
    }

    /// What the person alone says of a site.
    fn look_up_own(&self, name: &str) -> Option<Known<'_>> {
        let own = self.own.as_deref()?.get(name)?;
        Some(Known { only: "", own: Some(own), built_in: None, asked: None, refreshed: None })
    }

    /// The first of these names that a compiled-in record speaks of, with the layers that speak of that name, or of one
    /// before it, or of the record's own domain. What is said of a whole site is not said of a part with a record of its
    /// own.
    fn find<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Option<Known<'_>> {
        let mut built_in = names.clone().find_map(|name| Some((name, self.of_domain(name)?)));
        let least = built_in.map_or(0, |(name, _)| name.len());
        let at = names.take_while(|name| name.len() >= least);
        let own = of_layer(self.own.as_deref(), at.clone(), None, Corrections::get);
        if built_in.is_none() {
            // The person may have said which record's accounts these are.
            built_in = own.and_then(|own| Some((own.domain.as_ref(), self.of_domain(&own.domain)?)));
        }
        let key = built_in.map(|(_, record)| record.domain.as_ref()).or(own.map(|own| own.domain.as_ref()));
        let further = key.filter(|key| at.clone().all(|name| name != *key));
        let own = own.or_else(|| self.own.as_deref().zip(further).and_then(|(own, key)| own.get(key)));
        let asked = of_layer(self.asked.as_deref(), at.clone(), further, Answers::get);
        let refreshed = of_layer(self.refreshed.as_deref(), at, further, Refreshes::get);
        let only = key.or(asked.map(|(name, _)| name)).or(refreshed.map(|(name, _)| name))?;
        Some(Known {
            only,
            own,
            built_in: built_in.map(|(_, record)| record),
            asked: asked.map(|(_, asked)| asked),
            refreshed: refreshed.map(|(_, refreshed)| refreshed),
        })
    }

    /// The compiled-in record of a name, unless the person took the name out of its equivalent domains.
    fn of_domain(&self, name: &str) -> Option<&'static Record> {
        let record = self.table.of_domain(name)?;
        let Some(own) = self.own.as_deref() else { return Some(record) };
        let corrected = own.correction(&record.domain).filter(|_| record.domain != name);
        let listed = corrected.and_then(|own| own.equivalent.as_ref());
        listed.is_none_or(|listed| listed.value.iter().any(|other| other == name)).then_some(record)
    }
}

/// What a layer says of the first of these names that it knows, or of one name further.
fn of_layer<'l, 'n, L, T>(
    layer: Option<&'l L>,
    mut names: impl Iterator<Item = &'n str>,
    further: Option<&str>,
    get: impl Fn(&'l L, &str) -> Option<T>,
) -> Option<T> {
    let layer = layer?;
    names.find_map(|name| get(layer, name)).or_else(|| get(layer, further?))
}
