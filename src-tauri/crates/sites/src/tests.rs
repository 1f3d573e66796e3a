//! Which record speaks of what, and whose word counts.

use rekey_origin::Site;
use url::Url;

use crate::record::{Capacity, Record, Role};
use crate::test_table::{directory, fact, names, record, text};
use crate::{
    ASKED_SOURCE, Answer, Answers, Corrections, Directory, Known, Layer, LayerError, MAX_SITES, Plan, PlanProblem,
    REFRESH_SOURCE, RecordProblem, Refresh, Refreshes, Statement, elsewhere,
};

mod built_in;
mod layers;
mod plans;
mod well_known;

fn own(records: impl IntoIterator<Item = Record>) -> Corrections {
    let (own, refused) = Corrections::new(records);
    assert_eq!(refused, []);
    own
}

fn refresh(domain: &str, passwordless: bool, mfa: bool) -> Refresh {
    Refresh { domain: domain.into(), passwordless, mfa, documentation: None }
}

fn refreshed(sites: impl IntoIterator<Item = Refresh>) -> Refreshes {
    let (layer, refused) = Refreshes::new(sites, "2026-11-27").unwrap();
    assert_eq!(refused, []);
    layer
}

fn answer(domain: &str) -> Answer {
    Answer { domain: domain.into(), takes_passkeys: true, day: "2026-11-27".into(), ..Answer::default() }
}

fn asked(answers: impl IntoIterator<Item = Answer>) -> Answers {
    let (layer, refused) = Answers::new(answers).unwrap();
    assert_eq!(refused, []);
    layer
}

fn check_in(directory: &Directory, text: &str, expect: Option<&str>) {
    assert_eq!(directory.look_up_text(text).map(|known| known.domain()), expect, "{text}");
}

fn check(text: &str, expect: Option<&str>) {
    check_in(&directory(), text, expect);
}

#[test]
fn an_address_leads_to_its_record() {
    check("https://www.river.com/a?b#c", Some("river.com"));
    check("river.com", Some("river.com"));
    check("https://river.com:8443/", Some("river.com"));
    check("http://river.com/", Some("river.com"));
    check("unheard-of.com", None);
    // A part of a site goes before the whole.
    check("https://cloud.river.com/", Some("cloud.river.com"));
    check("https://eu.cloud.river.com/", Some("cloud.river.com"));
    check("https://mycloud.river.com/", Some("river.com"));
    // Country variants that are listed, and one that is not.
    check("https://www.river.de/", Some("river.com"));
    check("https://river.co.jp/", Some("river.com"));
    check("https://river.fr/", None);
    check("https://river.com.evil.com/", None);
    check("https://notriver.com/", None);
    check("https://com/", None);
    // A public suffix can be a site itself; nobody below it is that site's.
    check("https://github.io/", Some("github.io"));
    check("https://me.github.io/", None);
}

#[test]
fn spellings_of_one_name_are_one() {
    check("https://WWW.River.COM/", Some("river.com"));
    check("https://river.com./", Some("river.com"));
    check("https://river.com../", None);
    check("https://ｒｉｖｅｒ.com/", Some("river.com"));
    check("https://%72iver.com/", Some("river.com"));
    check("https://bücher.com/", Some("xn--bcher-kva.com"));
    check("https://BÜCHER.com/", Some("xn--bcher-kva.com"));
    check("https://xn--bcher-kva.com/", Some("xn--bcher-kva.com"));
    check("https://bu\u{308}cher.com/", Some("xn--bcher-kva.com"));
    // Listed as an equivalent of its own; the name it resembles is another.
    check("https://rìver.com/", Some("river.com"));
    check("https://xn--rver-qpa.com/", Some("river.com"));
    check("https://ríver.com/", None);
}

#[test]
fn a_name_that_looks_like_another_is_another() {
    // Cyrillic е, і; a mixed and a whole one; a dotless i; a zero-width joiner falls away, as in browsers.
    for text in ["https://rivеr.com/", "https://rіver.com/", "https://ріvеr.com/", "https://rıver.com/"] {
        check(text, None);
    }
    for text in ["https://xn--rivr-qdd.com/", "https://river.xn--cm-fmc/", "https://rіver.de/"] {
        check(text, None);
    }
    let (river, look_alike) = (Site::parse("river.com").unwrap(), Site::parse("rivеr.com").unwrap());
    assert!(!directory().same_service(&river, &look_alike));
}

#[test]
fn what_is_no_public_site_has_no_record() {
    for text in [
        "http://localhost:8080/",
        "http://app.localhost/",
        "http://127.0.0.1:3000/",
        "https://192.168.1.1/",
        "https://[::1]/",
        "http://nas.lan/",
        "http://river/",
        "https://me.github.io/",
        "https://a.me.github.io/",
        "android://hash@com.river/",
        "ftp://river.com/",
        "data:text/html,river.com",
        "",
        "not a site",
        "https://",
    ] {
        check(text, None);
    }
}

#[test]
fn a_relying_party_identifier_leads_to_its_record() {
    let check = |rp_id: &str, expect: Option<&str>| {
        assert_eq!(
            directory().look_up_rp_id(rp_id).map(|known| known.domain().to_owned()).as_deref(),
            expect,
            "{rp_id}"
        );
    };
    check("river.com", Some("river.com"));
    check("www.river.com", Some("river.com"));
    check("cloud.river.com", Some("cloud.river.com"));
    check("atlas.com", Some("bucket.org"));
    // Listed is that identifier, not what is below it; and its site is not the bucket's.
    check("id.atlas.com", None);
    check("me.github.io", None);
    check("com", None);
    check("", None);
    let directory = directory();
    let bucket = directory.look_up_text("bucket.org").unwrap();
    for (rp_id, expect) in
        [("atlas.com", true), ("bucket.org", true), ("id.bucket.org", true), ("org", false), ("id.atlas.com", false)]
    {
        assert_eq!(bucket.has_rp_id(rp_id), expect, "{rp_id}");
    }
    check_in(&directory, "https://id.atlas.com/login", None);
}

#[test]
fn sites_with_the_same_accounts_are_listed_never_guessed() {
    let mut tongues = record("tongues.com");
    tongues.equivalent = names(&["lenguas.es", "river.fr"]);
    let mut river = record("river.de");
    river.equivalent = names(&["fluss.de"]);
    let directory = directory().with_own(own([tongues, river]));
    let check = |one: &str, other: &str, expect: bool| {
        let (one, other) = (Site::parse(one).unwrap(), Site::parse(other).unwrap());
        assert_eq!(directory.same_service(&one, &other), expect, "{one} and {other}");
        assert_eq!(directory.same_service(&other, &one), expect, "{other} and {one}");
    };
    check("river.com", "river.com", true);
    check("river.com", "river.de", true);
    check("river.de", "river.co.jp", true);
    check("river.com", "river.it", false);
    check("tongues.com", "lenguas.es", true);
    check("tongues.com", "river.com", false);
    // What the person adds to a name that a record lists.
    check("fluss.de", "river.com", true);
    check("localhost:1", "localhost:2", false);
    check("localhost:1", "localhost:1", true);
    check("unheard-of.com", "unheard-of.com", true);
    check("bucket.org", "atlas.com", false);
}

#[test]
fn an_account_is_looked_up_by_its_address_where_that_is_its_own() {
    let check = |site: &str, address: Option<&str>, expect: Option<&str>| {
        let (site, address) = (Site::parse(site).unwrap(), address.map(|text| Url::parse(text).unwrap()));
        let directory = directory();
        assert_eq!(directory.look_up_account(&site, address.as_ref()).map(|known| known.domain()), expect, "{site}");
    };
    check("river.com", None, Some("river.com"));
    check("river.com", Some("https://cloud.river.com/x"), Some("cloud.river.com"));
    check("river.com", Some("https://bucket.org/"), Some("river.com"));
    check("unheard-of.com", Some("https://river.com/"), None);
}
