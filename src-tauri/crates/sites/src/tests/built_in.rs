//! Well-known sites in the compiled-in records.

use super::*;

#[test]
fn the_compiled_in_records_are_sound() {
    let directory = Directory::built_in();
    let mut places = hashbrown::HashMap::new();
    for (place, record) in directory.records().iter().enumerate() {
        assert_eq!(crate::check(record, crate::Scope::Public), Ok(()), "{}", record.domain);
        let equivalent = record.equivalent.iter().flat_map(|fact| fact.value.iter());
        for name in std::iter::once(&record.domain).chain(equivalent) {
            assert_eq!(places.insert(name.as_ref(), place), None, "two records claim {name}");
            let found = directory.look_up_text(name).map(|known| known.domain());
            assert_eq!(found, Some(record.domain.as_ref()), "{name}");
        }
        for rp_id in record.rp_ids.iter().flat_map(|fact| fact.value.iter()) {
            let found = directory.look_up_rp_id(rp_id);
            assert!(found.is_some_and(|known| known.has_rp_id(rp_id)), "{rp_id}");
        }
        for statement in directory.look_up_text(&record.domain).iter().flat_map(Known::statements) {
            let sources = statement.role().into_iter().flat_map(|fact| fact.provenance.sources.iter());
            sources.for_each(|id| assert!(directory.source(id).is_some(), "{}: no source {id}", record.domain));
        }
    }
    for layer in [REFRESH_SOURCE, ASKED_SOURCE] {
        assert!(directory.source(layer).is_some(), "no source {layer}");
    }
    assert_eq!(crate::compiled::BY_DOMAIN.len(), places.len());
    for known in crate::compiled::BY_DOMAIN.keys() {
        assert!(places.contains_key(known), "{known}");
    }
}

#[test]
fn well_known_sites_are_found_and_their_imitations_are_not() {
    let check = |text: &str, expect: Option<&str>| check_in(&Directory::built_in(), text, expect);
    check("https://github.com/login", Some("github.com"));
    check("https://me.github.io/", None);
    check("https://GitHub.com./settings", Some("github.com"));
    check("https://accounts.google.com/", Some("google.com"));
    check("https://console.cloud.google.com/", Some("cloud.google.com"));
    check("https://www.amazon.de/gp/css/homepage.html", Some("amazon.com"));
    check("https://www.amazon.co.uk/", Some("amazon.com"));
    check("https://eu-west-1.console.aws.amazon.com/", Some("aws.amazon.com"));
    check("https://bucket.s3.amazonaws.com/", None);
    // Cyrillic а and о, a Latin a with a dot below, and names around the real one.
    for imitation in
        ["аmazon.com", "amazоn.com", "ạmazon.com", "amazon.com.example.org", "amazon-com.com", "myamazon.de"]
    {
        check(&format!("https://{imitation}/"), None);
    }
    let directory = Directory::built_in();
    let bucket = directory.look_up_text("bitbucket.org").unwrap();
    assert!(bucket.has_rp_id("atlassian.com") && !bucket.has_rp_id("atlassian.net"));
    let (german, british) = (Site::parse("amazon.de").unwrap(), Site::parse("amazon.co.uk").unwrap());
    assert!(directory.same_service(&german, &british));
}
