//! What is known of an account's site, as the window draws it.

use rekey_journey::AccountId;

use super::state::Desk;
use super::view_plan::{FactLayer, SiteFact, SiteView};
use crate::plan::explain;
use crate::text::Texts;
use crate::{AboutFact, AboutSite};

/// The account's site; `None` where there is no such account. `now` is in milliseconds since 1970.
pub(super) fn site(desk: &Desk, account: AccountId, now: u64, texts: &Texts) -> Option<SiteView> {
    let row = desk.row(account)?;
    let planned = desk.planned.iter().find(|planned| planned.account == account);
    let (why, warnings) =
        planned.map(|planned| explain(planned, texts)).map(|words| (words.reasons, words.warnings)).unwrap_or_default();
    let known = desk.directory.look_up_site(&row.site);
    let about = AboutSite::of(&desk.directory, known, texts, now);
    Some(SiteView {
        site: row.site.to_string(),
        user: row.user_name.clone(),
        name: about.name,
        why,
        warnings,
        facts: about.facts.into_iter().map(fact).collect(),
        unknown: about.unknown.into_iter().map(|field| field.label).collect(),
    })
}

fn fact(fact: AboutFact) -> SiteFact {
    SiteFact {
        is_doubtful: fact.is_doubtful(),
        layer: match fact.layer {
            "own" => FactLayer::Own,
            "asked" => FactLayer::Site,
            "refreshed" => FactLayer::Refreshed,
            _ => FactLayer::BuiltIn,
        },
        id: fact.field.field.to_owned(),
        label: fact.field.label,
        values: fact.words,
        is_address: fact.is_address,
        sources: fact.sources.into_iter().map(|source| source.title).collect(),
        observed: fact.observed,
        is_old: fact.is_old,
        counts: fact.counts,
    }
}
