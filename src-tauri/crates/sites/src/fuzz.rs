//! Fuzz targets: whatever is asked for, a record that answers is one of that name. Two seconds each, or
//! `REKEY_FUZZ_SECONDS`.

use bolero::check;
use rekey_origin::Host;
use url::Url;

use crate::matching::is_under;
use crate::test_table::{self, directory, record};
use crate::{Corrections, Directory, Refresh, Refreshes};

#[allow(unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../tests/src/fuzzing.rs"]
pub(crate) mod fuzzing;

use fuzzing::{Edit, edited, time};

const SEEDS: [&[u8]; 6] = [
    b"https://www.river.com/in?x#y",
    b"cloud.river.com",
    b"https://me.github.io:8443/",
    b"bucket.org.",
    "https://bücher.com".as_bytes(),
    b"http://nas.lan:8080",
];
const TOKENS: [&[u8]; 16] = [
    b".",
    b"com",
    b"river",
    b".de",
    b"github.io",
    b"atlas.com",
    b"@",
    b":",
    b"//",
    b"https://",
    b"xn--",
    b"xn--rver-qpa",
    b"%2e",
    "。".as_bytes(),
    "е".as_bytes(),
    b"none.com",
];

fn layered() -> Directory {
    let mut mine = record("mine.com");
    mine.equivalent = test_table::names(&["river.fr"]);
    let (own, _) = Corrections::new([mine, record("nas.lan:8080")]);
    let site = |domain: &str| Refresh { domain: domain.into(), passwordless: true, ..Refresh::default() };
    let (refreshed, _) = Refreshes::new([site("id.none.com"), site("de.com")], "2026-11-27").unwrap();
    directory().with_own(own).with_refreshed(refreshed)
}

fn look_up(directory: &Directory, input: &str) {
    let _ = directory.look_up_rp_id(input).map(|known| assert!(known.has_rp_id(input), "{input}"));
    let Some(known) = directory.look_up_text(input) else { return };
    let with_scheme = if input.contains("://") { input.trim().to_owned() } else { format!("https://{}", input.trim()) };
    let host = Host::of(&Url::parse(&with_scheme).unwrap()).unwrap();
    let text = host.to_string();
    let found = known.domains().find(|name| is_under(&text, name));
    match host.registrable_domain() {
        Some(least) => assert!(found.is_some_and(|name| is_under(name, least)), "{input}: {}", known.domain()),
        // A public suffix is only itself; and only the person knows sites of the person's network.
        None if text.ends_with("github.io") => assert_eq!(text, known.domain()),
        None => assert!(known.correction().is_some() && known.record().is_none(), "{input}"),
    }
}

#[test]
fn addresses() {
    let directory = layered();
    check!().with_type::<(u8, Vec<Edit>)>().with_iterations(usize::MAX).with_test_time(time()).for_each(
        |(seed, edits)| {
            let seed = SEEDS[usize::from(*seed) % SEEDS.len()];
            look_up(&directory, &String::from_utf8_lossy(&edited(seed, edits, &TOKENS)));
        },
    );
}

#[test]
fn texts() {
    let directory = layered();
    check!()
        .with_iterations(usize::MAX)
        .with_test_time(time())
        .for_each(|bytes: &[u8]| look_up(&directory, &String::from_utf8_lossy(bytes)));
}
