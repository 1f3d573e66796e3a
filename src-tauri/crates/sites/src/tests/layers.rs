//! What counts where layers speak of one site.

use super::*;

fn roles(directory: &Directory, site: &str) -> Vec<(Layer, Role)> {
    let known = directory.look_up_text(site);
    known.iter().flat_map(|known| known.said(Statement::role)).map(|(layer, fact)| (layer, fact.value)).collect()
}

#[test]
fn a_refresh_fills_gaps_and_takes_no_warning_away() {
    let sites = [
        refresh("second.com", true, false),
        refresh("river.com", false, true),
        refresh("new.com", true, false),
        refresh("bucket.org", true, true),
    ];
    let directory = directory().with_refreshed(refreshed(sites));
    let check = |site: &str, expect: &[(Layer, Role)]| assert_eq!(roles(&directory, site), expect, "{site}");
    // The more careful one counts, whoever says it, and both are to be seen.
    check("second.com", &[(Layer::BuiltIn, Role::SecondFactor), (Layer::Refreshed, Role::SignIn)]);
    check("river.com", &[(Layer::Refreshed, Role::SecondFactor), (Layer::BuiltIn, Role::Both)]);
    check("river.de", &[(Layer::Refreshed, Role::SecondFactor), (Layer::BuiltIn, Role::Both)]);
    check("bucket.org", &[(Layer::Refreshed, Role::Both)]);
    check("new.com", &[(Layer::Refreshed, Role::SignIn)]);
    check("www.new.com", &[(Layer::Refreshed, Role::SignIn)]);
    check("unheard-of.com", &[]);
    let second = directory.look_up_text("second.com").unwrap();
    assert_eq!(second.role().map(|fact| fact.value), Some(Role::SecondFactor));
    assert_eq!(second.capacity().map(|fact| fact.value), Some(Capacity::One));
    let new = directory.look_up_text("new.com").unwrap();
    assert_eq!((new.name(), new.domain()), ("new.com", "new.com"));
    let provenance = &new.role().unwrap().provenance;
    assert_eq!(provenance.observed.as_deref(), Some("2026-11-27"));
    assert_eq!(provenance.sources.as_ref(), [REFRESH_SOURCE]);
}

#[test]
fn a_refresh_of_a_part_does_not_hide_what_is_known_of_the_whole() {
    let sites = [refresh("id.second.com", true, false), refresh("river.com", false, true)];
    let directory = directory().with_refreshed(refreshed(sites));
    assert_eq!(
        roles(&directory, "https://id.second.com/"),
        [(Layer::BuiltIn, Role::SecondFactor), (Layer::Refreshed, Role::SignIn)]
    );
    assert_eq!(roles(&directory, "https://www.second.com/"), [(Layer::BuiltIn, Role::SecondFactor)]);
    // And what is said of a whole site is not said of a part with a record of its own.
    assert_eq!(roles(&directory, "https://cloud.river.com/"), []);
}

#[test]
fn the_person_has_the_last_word() {
    let mut second = record("second.com");
    second.role = Some(fact(Role::SignIn));
    second.name = text("My second");
    let mut one = record("bucket.org");
    one.capacity = Some(fact(Capacity::Several));
    let own = own([second, one, Record { role: Some(fact(Role::SignIn)), ..record("nas.lan:8443") }]);
    let directory = directory().with_own(own).with_refreshed(refreshed([refresh("second.com", false, true)]));
    assert_eq!(
        roles(&directory, "second.com"),
        [(Layer::Own, Role::SignIn), (Layer::BuiltIn, Role::SecondFactor), (Layer::Refreshed, Role::SecondFactor)]
    );
    let second = directory.look_up_text("second.com").unwrap();
    assert_eq!(second.name(), "My second");
    assert_eq!(second.capacity().map(|fact| fact.value), Some(Capacity::One));
    // A correction without a name takes none away, and one of a number raises it.
    let bucket = directory.look_up_text("bucket.org").unwrap();
    assert_eq!((bucket.name(), bucket.capacity().map(|fact| fact.value)), ("Bucket", Some(Capacity::Several)));
    assert_eq!(directory.look_up_text("none.com").map(|known| known.name()), Some("none.com"));
    // A site of the person's own network, with the port that makes it that site.
    check_in(&directory, "https://nas.lan:8443/", Some("nas.lan:8443"));
    check_in(&directory, "https://nas.lan/", None);
    assert_eq!(
        directory.look_up_site(&Site::parse("nas.lan:8443").unwrap()).map(|known| known.domain()),
        Some("nas.lan:8443")
    );
}

#[test]
fn equivalent_domains_can_be_added_and_taken_out() {
    let mut river = record("river.com");
    river.equivalent = names(&["river.de", "fluss.de"]);
    let directory = directory().with_own(own([river]));
    check_in(&directory, "river.de", Some("river.com"));
    check_in(&directory, "river.co.jp", None);
    check_in(&directory, "www.fluss.de", Some("river.com"));
    assert_eq!(roles(&directory, "www.fluss.de"), [(Layer::BuiltIn, Role::Both)]);
    let (taken_out, site) = (Site::parse("river.co.jp").unwrap(), Site::parse("river.com").unwrap());
    assert!(!directory.same_service(&taken_out, &site));
}

fn news(directory: Directory, expect: Option<Layer>) {
    let known = directory.look_up_text("none.com").unwrap();
    assert_eq!((known.news(), known.is_news()), (expect, expect.is_some()));
    assert_eq!(known.role().map(|fact| fact.value), Some(Role::NoneSeen), "news do not change what was seen");
}

#[test]
fn passkeys_where_none_were_seen_are_news() {
    news(directory(), None);
    news(directory().with_refreshed(refreshed([refresh("other.com", true, false)])), None);
    news(directory().with_refreshed(refreshed([refresh("none.com", true, false)])), Some(Layer::Refreshed));
    news(directory().with_asked(asked([answer("none.com")])), Some(Layer::Asked));
    news(directory().with_asked(asked([Answer { takes_passkeys: false, ..answer("none.com") }])), None);
    // Older than the look that saw none.
    let old = Refreshes::new([refresh("none.com", true, false)], "2026-07-31").unwrap().0;
    news(directory().with_refreshed(old), None);
    let same_month = Refreshes::new([refresh("none.com", true, false)], "2026-08-01").unwrap().0;
    news(directory().with_refreshed(same_month), Some(Layer::Refreshed));
    // No news to a person who knows, nor where nobody looked before.
    let seen = own([Record { role: Some(fact(Role::SignIn)), ..record("none.com") }]);
    let directory = directory()
        .with_own(seen)
        .with_refreshed(refreshed([refresh("none.com", true, false), refresh("new.com", true, true)]));
    assert!(!directory.look_up_text("none.com").unwrap().is_news());
    assert!(!directory.look_up_text("new.com").unwrap().is_news());
}

#[test]
fn what_a_site_says_itself_fills_gaps() {
    let links = |domain: &str| Answer {
        enroll: Some(format!("https://{domain}/enroll")),
        manage: Some(format!("https://id.{domain}/manage")),
        ..answer(domain)
    };
    let directory = directory().with_asked(asked([links("river.com"), links("second.com")]));
    let check = |site: &str, passkeys: &str, layer: Layer| {
        let known = directory.look_up_text(site).unwrap();
        let said = known.said(Statement::passkey_page);
        let first = said.first().map(|(layer, fact)| (*layer, fact.value.as_ref()));
        assert_eq!(first, Some((layer, passkeys)), "{site}");
        assert!(known.manage_page().is_some_and(|fact| fact.provenance.observed.as_deref() == Some("2026-11-27")));
    };
    check("river.com", "https://www.river.com/keys", Layer::BuiltIn);
    check("second.com", "https://second.com/enroll", Layer::Asked);
}

#[track_caller]
fn refuse(change: impl Fn(&mut Refresh), expect: &[(bool, RecordProblem)]) {
    let mut site = refresh("river.com", true, false);
    change(&mut site);
    let (layer, refused) = Refreshes::new([site, refresh("other.com", true, false)], "2026-11-27").unwrap();
    assert!(refused.iter().all(|refused| refused.place == 0));
    assert_eq!(refused.iter().map(|refused| (refused.is_whole, refused.problem)).collect::<Vec<_>>(), expect);
    let is_whole = expect.iter().any(|(is_whole, _)| *is_whole);
    assert_eq!(layer.len(), if is_whole { 1 } else { 2 });
    assert!(layer.get("other.com").is_some(), "a bad site costs only itself");
    assert!(expect.is_empty() || layer.get("river.com").is_none_or(|(_, refreshed)| refreshed.help.is_none()));
}

#[test]
fn a_refresh_is_looked_over() {
    use RecordProblem::{Address, Empty, Name, OtherSite};
    let link = |to: &'static str| move |site: &mut Refresh| site.documentation = Some(to.to_owned());
    refuse(|_| {}, &[]);
    refuse(link("https://help.river.com/passkeys"), &[]);
    for bad in ["http://help.river.com/", "javascript:alert(1)", "help", "https://1.2.3.4/", "https://a:b@river.com/"] {
        refuse(link(bad), &[(false, Address { field: "help" })]);
    }
    for other in ["https://evil.com/", "https://river.com.evil.com/", "https://rivеr.com/", "https://me.github.io/"] {
        refuse(link(other), &[(false, OtherSite { field: "help" })]);
    }
    for bad in
        ["", "com", "github.io", "River.com", "rivеr.com", "localhost", "10.0.0.1", "a..com", "river.com/", "*.com"]
    {
        refuse(|site| site.domain = bad.to_owned(), &[(true, Name { field: "domain" })]);
    }
    refuse(|site| site.domain = "a.".repeat(100_000) + "com", &[(true, Name { field: "domain" })]);
    refuse(|site| site.passwordless = false, &[(true, Empty { field: "role" })]);

    let twice = [refresh("river.com", false, true), refresh("river.com", true, false)];
    let (layer, refused) = Refreshes::new(twice, "2026-11-27").unwrap();
    assert_eq!(refused.iter().map(|refused| refused.place).collect::<Vec<_>>(), [1]);
    assert_eq!(refused.first().map(|refused| refused.problem), Some(RecordProblem::Claimed { field: "domain" }));
    assert_eq!(layer.get("river.com").map(|(_, refreshed)| refreshed.role.value), Some(Role::SecondFactor));
    for day in ["", "2026", "2026-08", "2026-8-14", "today"] {
        assert_eq!(Refreshes::new([], day).map(|_| ()), Err(LayerError::NotADay), "{day}");
    }
}

#[test]
fn a_large_refresh_is_taken_and_a_larger_one_is_not() {
    let many = |count: usize| (0..count).map(|number| refresh(&format!("site-{number}.com"), true, number % 2 == 0));
    let (layer, refused) = Refreshes::new(many(MAX_SITES), "2026-11-27").unwrap();
    assert_eq!((layer.len(), refused.len()), (MAX_SITES, 0));
    let directory = directory().with_refreshed(layer);
    check_in(&directory, "https://www.site-99999.com/", Some("site-99999.com"));
    check_in(&directory, "https://www.site-100000.com/", None);
    assert_eq!(Refreshes::new(many(MAX_SITES + 1), "2026-11-27").map(|_| ()), Err(LayerError::TooMany));
}

#[test]
fn answers_are_looked_over() {
    let check = |enroll: &str, expect: Option<RecordProblem>| {
        let (layer, refused) = Answers::new([Answer { enroll: Some(enroll.into()), ..answer("river.com") }]).unwrap();
        assert_eq!(refused.first().map(|refused| refused.problem), expect, "{enroll}");
        let page = layer.get("river.com").and_then(|(_, asked)| asked.passkey_page.as_ref());
        assert_eq!(page.is_some(), expect.is_none(), "{enroll}");
        assert!(layer.get("river.com").is_some_and(|(_, asked)| asked.takes_passkeys));
    };
    check("https://id.river.com/keys", None);
    check("http://river.com/keys", Some(RecordProblem::Address { field: "enroll" }));
    check("/keys", Some(RecordProblem::Address { field: "enroll" }));
    check("https://evil.com/keys", Some(RecordProblem::OtherSite { field: "enroll" }));
    // A listed equivalent is another site still: the address would be used for this one's accounts.
    check("https://river.de/keys", Some(RecordProblem::OtherSite { field: "enroll" }));

    let day = |day: &str| Answer { day: day.into(), ..answer("river.com") };
    let problems = |days: &[&str]| {
        let (layer, refused) = Answers::new(days.iter().map(|text| day(text))).unwrap();
        let kept = layer.get("river.com").map(|(_, asked)| asked.day.to_string());
        (kept, refused.iter().map(|refused| refused.problem).collect::<Vec<_>>())
    };
    let claimed = RecordProblem::Claimed { field: "domain" };
    assert_eq!(problems(&["2026-11-26", "2026-11-27"]), (Some("2026-11-27".into()), vec![]));
    assert_eq!(problems(&["2026-11-27", "2026-11-26"]), (Some("2026-11-27".into()), vec![claimed]));
    assert_eq!(problems(&["yesterday"]), (None, vec![RecordProblem::Date { field: "day" }]));
}

#[test]
fn of_two_numbers_the_smaller_is_the_more_careful() {
    let order =
        [Capacity::One, Capacity::AtMost(2), Capacity::AtMost(5), Capacity::AtMost(u16::MAX), Capacity::Several];
    assert!(order.is_sorted_by_key(|capacity| u32::MAX - crate::Value::care(capacity)));
    let order = [Role::NoneSeen, Role::SecondFactor, Role::Both, Role::SignIn];
    assert!(order.is_sorted_by_key(|role| u32::MAX - crate::Value::care(role)));
}

#[test]
fn a_directory_shows_nothing_of_the_person() {
    let own = own([record("janes-own-site.com")]);
    let shown = format!("{:?}", directory().with_own(own));
    assert!(!shown.contains("janes"), "{shown}");
}
