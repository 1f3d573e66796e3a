//! Where a journey goes at a site that the directory knows.

use super::*;

struct Given {
    site: &'static str,
    vault: Option<&'static str>,
    sign_in: Option<&'static str>,
    passkeys: Option<&'static str>,
}

const RIVER: Given =
    Given { site: "river.com", vault: Some("https://www.river.com/old"), sign_in: None, passkeys: None };

fn check(directory: &Directory, given: &Given, expect: Result<(&str, Option<&str>), PlanProblem>) {
    let url = |text: Option<&str>| text.map(|text| Url::parse(text).unwrap());
    let (site, vault) = (Site::parse(given.site).unwrap(), url(given.vault));
    let (sign_in, passkeys) = (url(given.sign_in), url(given.passkeys));
    let plan = Plan::for_site(directory, &site, vault.as_ref(), sign_in.as_ref(), passkeys.as_ref());
    if let Ok(plan) = &plan {
        assert_eq!(plan.site, site);
    }
    let plan = plan.map(|plan| (plan.sign_in.to_string(), plan.passkeys.map(String::from)));
    let expect = expect.map(|(sign_in, passkeys)| (sign_in.to_owned(), passkeys.map(str::to_owned)));
    assert_eq!(plan, expect, "{} {:?}", given.site, given.vault);
}

#[test]
fn the_person_goes_before_the_directory_and_that_before_the_vault() {
    let plain = directory();
    let in_record = ("https://www.river.com/in", Some("https://www.river.com/keys"));
    check(&plain, &RIVER, Ok(in_record));
    check(&plain, &Given { vault: None, ..RIVER }, Ok(in_record));
    let person =
        Given { sign_in: Some("https://id.river.com/mine"), passkeys: Some("https://id.river.com/my-keys"), ..RIVER };
    check(&plain, &person, Ok(("https://id.river.com/mine", Some("https://id.river.com/my-keys"))));
    let cloud = Given { vault: Some("https://cloud.river.com/old"), ..RIVER };
    check(&plain, &cloud, Ok(("https://cloud.river.com/in", None)));
    // A part of a site that the directory does not speak of: a company's own, perhaps.
    let team = Given { vault: Some("https://team.river.com/"), ..RIVER };
    check(&plain, &team, Ok(("https://team.river.com/", Some("https://www.river.com/keys"))));
    let unknown = Given { site: "unheard-of.com", vault: Some("http://unheard-of.com/"), ..RIVER };
    check(&plain, &unknown, Ok(("https://unheard-of.com/", None)));
    check(&plain, &Given { vault: None, ..unknown }, Err(PlanProblem::NoAddress));
    check(&plain, &Given { sign_in: Some("https://evil.com/"), ..RIVER }, Err(PlanProblem::OtherSite));
    check(&plain, &Given { passkeys: Some("http://river.com/"), ..RIVER }, Err(PlanProblem::Insecure));

    let mut correction = record("river.com");
    correction.passkey_page = Some(fact(text("https://river.com/moved")));
    let corrected = directory().with_own(own([correction]));
    check(&corrected, &RIVER, Ok(("https://www.river.com/in", Some("https://river.com/moved"))));
    let answers = asked([Answer { enroll: Some("https://second.com/enroll".into()), ..answer("second.com") }]);
    let second = Given { site: "second.com", vault: Some("https://second.com/"), ..RIVER };
    check(&directory().with_asked(answers), &second, Ok(("https://second.com/", Some("https://second.com/enroll"))));
}

fn check_elsewhere(site: &str, expect: &[&str]) {
    let directory = directory();
    let site = Site::parse(site).unwrap();
    let known = directory.look_up_site(&site).unwrap();
    assert_eq!(elsewhere(known, &site).map(|fact| fact.value.as_ref()).collect::<Vec<_>>(), expect, "{site}");
}

#[test]
fn a_page_of_another_site_is_reported_and_not_used() {
    let plain = directory();
    let bucket = Given { site: "bucket.org", vault: Some("https://bucket.org/login"), ..RIVER };
    check(&plain, &bucket, Ok(("https://bucket.org/login", Some("https://bucket.org/account/keys"))));
    check(&plain, &Given { vault: None, ..bucket }, Err(PlanProblem::NoAddress));
    check_elsewhere("bucket.org", &["https://id.atlas.com/login"]);
    check_elsewhere("river.com", &[]);
    // An account of a country's site stays there.
    let country = Given { site: "river.de", vault: Some("https://www.river.de/"), ..RIVER };
    check(&plain, &country, Ok(("https://www.river.de/", None)));
    check_elsewhere("river.de", &["https://www.river.com/in", "https://www.river.com/keys"]);
    // Not even the person's correction takes secrets to another site.
    let mut correction = record("river.com");
    correction.sign_in = Some(fact(text("https://river.example.org/")));
    let corrected = directory().with_own(own([correction]));
    check(&corrected, &RIVER, Ok(("https://www.river.com/old", Some("https://www.river.com/keys"))));
}
