//! What is known of a site in the person's words, each field with its source and date.

use rekey_journey::AccountId;
use rekey_sites::record::{Asked, Capacity, Check, Confidence, Fact, Provenance, Text};
use rekey_sites::{Known, Word};

use super::state::Desk;
use super::view_plan::{FactLayer, SiteFact, SiteView};
use crate::plan::explain;
use crate::text::{Texts, messages as m};

/// From this age on a fact is old.
const OLD_AFTER_YEARS: i16 = 2;

/// The account's site; `None` where there is no such account.
pub(super) fn site(desk: &Desk, account: AccountId, today: u32, texts: &Texts) -> Option<SiteView> {
    let row = desk.row(account)?;
    let words = desk.planned.iter().find(|planned| planned.account == account).map(|planned| explain(planned, texts));
    let (why, warnings) = words.map(|words| (words.reasons, words.warnings)).unwrap_or_default();
    let known = desk.directory.look_up_site(&row.site);
    let mut told = Told { texts, today, facts: Vec::new(), unknown: Vec::new() };
    if let Some(known) = known {
        told.tell(known);
    }
    Some(SiteView {
        site: row.site.to_string(),
        user: row.user_name.clone(),
        name: known.map(|known| known.name().to_owned()),
        why,
        warnings,
        facts: told.facts,
        unknown: told.unknown,
    })
}

struct Told<'t> {
    texts: &'t Texts,
    today: u32,
    facts: Vec<SiteFact>,
    unknown: Vec<String>,
}

impl Told<'_> {
    /// In the order in which a person wants to know.
    fn tell(&mut self, known: Known<'_>) {
        self.word("role", known.role());
        self.address("passkey_page", known.passkey_page());
        self.say("asks_first", known.asks_first(), |texts, checks| match checks.as_ref() {
            [] => vec![texts.get(m::GUIDE_SITE_ASKS_NOTHING)],
            checks => checks.iter().map(|check| check_in_words(check, texts)).collect(),
        });
        self.word("authenticator", known.authenticator());
        self.say("capacity", known.capacity(), |texts, capacity| {
            vec![match capacity {
                Capacity::One | Capacity::AtMost(1) => texts.get(m::GUIDE_SITE_CAPACITY_ONE),
                Capacity::Several => texts.get(m::GUIDE_SITE_CAPACITY_SEVERAL),
                Capacity::AtMost(most) => texts.with(m::GUIDE_SITE_CAPACITY_AT_MOST, &[("count", (*most).into())]),
            }]
        });
        self.say("usernameless", known.usernameless(), |texts, yes| {
            vec![texts.get(if *yes { m::GUIDE_SITE_YES } else { m::GUIDE_SITE_NO })]
        });
        self.word("password_after", known.password_after());
        self.address("sign_in", known.sign_in());
        self.address("change_password", known.change_password());
        self.address("manage_page", known.manage_page());
        self.address("recovery_page", known.recovery_page());
        self.address("help", known.help());
        self.word("kind", known.kind());
        let names = |_: &Texts, list: &rekey_sites::record::List<Text>| list.iter().map(ToString::to_string).collect();
        self.say("rp_ids", known.rp_ids(), names);
        self.say("equivalent", known.equivalent(), names);
        self.say("notes", known.notes(), |texts, notes| {
            let of = |tag: &str| notes.iter().find(|(language, _)| language == tag).map(|(_, note)| note.to_string());
            of(texts.language().tag()).or_else(|| of("en")).into_iter().collect()
        });
    }

    fn word<T: Word>(&mut self, id: &str, fact: Option<&Fact<T>>) {
        let prefix = format!("guide-site-{}", dashed(id));
        self.say(id, fact, |texts, value| vec![texts.of_code(&prefix, value.word())]);
    }

    fn address(&mut self, id: &str, fact: Option<&Fact<Text>>) {
        self.say(id, fact, |_, address| vec![address.to_string()]);
        if let Some(told) = self.facts.last_mut().filter(|told| told.id == id) {
            told.is_address = true;
        }
    }

    fn say<T: Clone>(&mut self, id: &str, fact: Option<&Fact<T>>, words: impl FnOnce(&Texts, &T) -> Vec<String>) {
        let label = self.texts.of_code("guide-site", id);
        let Some(fact) = fact else { return self.unknown.push(label) };
        let values = words(self.texts, &fact.value);
        if values.is_empty() {
            return;
        }
        let Provenance { sources, observed, confidence } = &fact.provenance;
        let title = |id: &Text| {
            let source = rekey_sites::sources().iter().find(|source| source.id == *id);
            source.map_or_else(|| id.to_string(), |source| source.title.to_string())
        };
        self.facts.push(SiteFact {
            id: id.to_owned(),
            label,
            values,
            is_address: false,
            sources: sources.iter().map(title).collect(),
            observed: observed.as_ref().map(ToString::to_string),
            is_old: observed.as_deref().is_some_and(|observed| is_old(observed, self.today)),
            is_doubtful: *confidence == Confidence::Low,
            layer: FactLayer::BuiltIn,
        });
    }
}

fn check_in_words(check: &Check, texts: &Texts) -> String {
    let Check { what, is_optional } = check;
    let what: Asked = *what;
    let words = texts.of_code("guide-site-asks", what.word());
    if *is_optional { texts.with(m::GUIDE_SITE_ASKS_SOMETIMES, &[("what", words.into())]) } else { words }
}

fn dashed(code: &str) -> String {
    code.replace('_', "-")
}

/// Whether something that was observed then (`2025`, `2026-08` or `2026-08-14`) is old today: the last day that it may have
/// been counts.
fn is_old(observed: &str, today: u32) -> bool {
    let mut parts = observed.split('-').map(|part| part.parse::<i16>().ok());
    let (Some(Some(year)), month, day) = (parts.next(), parts.next().flatten(), parts.next().flatten()) else {
        return false;
    };
    let month = month.and_then(|month| i8::try_from(month).ok()).unwrap_or(12);
    let first = jiff::civil::Date::new(year + OLD_AFTER_YEARS, month, 1);
    let day = |first: jiff::civil::Date| match day.and_then(|day| i8::try_from(day).ok()) {
        Some(day) => jiff::civil::Date::new(first.year(), month, day).unwrap_or(first.last_of_month()),
        None => first.last_of_month(),
    };
    let Ok(until) = first.map(day) else { return false };
    let since = until.until(jiff::civil::date(1970, 1, 1)).map(|span| -i64::from(span.get_days()));
    since.is_ok_and(|since| since < i64::from(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_old_two_years_after_the_last_day_that_it_may_be_of() {
        // 2026-08-14 is 20,679 days after 1970-01-01.
        for (observed, expect) in [
            ("2024-08-13", true),
            ("2024-08-14", false),
            ("2024-08", false),
            ("2024-07", true),
            ("2024", false),
            ("2023", true),
            ("2024-02-29", true),
            ("lately", false),
            ("", false),
        ] {
            assert_eq!(is_old(observed, 20_679), expect, "{observed}");
        }
    }
}
