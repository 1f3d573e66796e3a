//! Invented records, as the generator would write them.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::directory::Directory;
use crate::record::{Capacity, Confidence, Fact, List, Provenance, Record, Role, Source, Text};
use crate::table::Table;

pub(crate) fn text(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}

pub(crate) fn record(domain: &str) -> Record {
    Record::about(Cow::Owned(domain.to_owned()))
}

static SOURCES: [Source; 1] = [Source {
    id: Cow::Borrowed("invented"),
    title: Cow::Borrowed("Invented for the tests"),
    url: None,
    licence: Cow::Borrowed("CC0-1.0"),
    attribution: Cow::Borrowed("nobody"),
}];
static INVENTED: [Text; 1] = [Cow::Borrowed("invented")];

pub(crate) fn fact<T: Clone>(value: T) -> Fact<T> {
    let sources = List::Borrowed(&INVENTED);
    Fact { value, provenance: Provenance { sources, observed: Some(text("2026-08")), confidence: Confidence::High } }
}

pub(crate) fn names(names: &[&str]) -> Option<Fact<List<Text>>> {
    Some(fact(names.iter().map(|name| text(name)).collect()))
}

static BY_DOMAIN: phf::Map<&'static str, u16> = phf::phf_map! {
    "river.com" => 0, "river.de" => 0, "river.co.jp" => 0, "xn--rver-qpa.com" => 0,
    "cloud.river.com" => 1,
    "bucket.org" => 2,
    "none.com" => 3,
    "second.com" => 4,
    "github.io" => 5,
    "xn--bcher-kva.com" => 6,
};
static BY_RP_ID: phf::Map<&'static str, u16> = phf::phf_map! { "river.com" => 0, "atlas.com" => 2 };

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let page = |text| Some(fact(text));
    vec![
        Record {
            name: text("River"),
            equivalent: names(&["river.de", "river.co.jp", "xn--rver-qpa.com"]),
            sign_in: page(text("https://www.river.com/in")),
            passkey_page: page(text("https://www.river.com/keys")),
            role: Some(fact(Role::Both)),
            ..record("river.com")
        },
        Record {
            name: text("River Cloud"),
            sign_in: page(text("https://cloud.river.com/in")),
            capacity: Some(fact(Capacity::One)),
            ..record("cloud.river.com")
        },
        Record {
            name: text("Bucket"),
            rp_ids: names(&["atlas.com"]),
            sign_in: page(text("https://id.atlas.com/login")),
            passkey_page: page(text("https://bucket.org/account/keys")),
            ..record("bucket.org")
        },
        Record { role: Some(fact(Role::NoneSeen)), ..record("none.com") },
        Record { role: Some(fact(Role::SecondFactor)), capacity: Some(fact(Capacity::One)), ..record("second.com") },
        Record { name: text("Pages"), ..record("github.io") },
        record("xn--bcher-kva.com"),
    ]
});

static TABLE: LazyLock<Table> = LazyLock::new(|| Table {
    records: RECORDS.as_slice(),
    by_domain: &BY_DOMAIN,
    by_rp_id: &BY_RP_ID,
    sources: &SOURCES,
});

pub(crate) fn directory() -> Directory {
    Directory::of(LazyLock::force(&TABLE))
}
