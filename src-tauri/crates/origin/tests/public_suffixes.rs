//! The public suffix list's own vectors, and rules that those leave out.
#![allow(clippy::unwrap_used, reason = "a test program")]

use rekey_origin::{Host, registrable_domain};
use url::Url;

/// A name and its registrable domain: the cases of `tests/tests.txt` of <https://github.com/publicsuffix/list>, which is
/// dedicated to the public domain (CC0 1.0).
const VECTORS: &[(&str, Option<&str>)] = &[
    ("COM", None),
    ("example.COM", Some("example.com")),
    ("WwW.example.COM", Some("example.com")),
    (".com", None),
    (".example", None),
    (".example.com", None),
    (".example.example", None),
    ("example", None),
    ("example.example", Some("example.example")),
    ("b.example.example", Some("example.example")),
    ("a.b.example.example", Some("example.example")),
    ("biz", None),
    ("domain.biz", Some("domain.biz")),
    ("b.domain.biz", Some("domain.biz")),
    ("a.b.domain.biz", Some("domain.biz")),
    ("com", None),
    ("example.com", Some("example.com")),
    ("b.example.com", Some("example.com")),
    ("a.b.example.com", Some("example.com")),
    ("uk.com", None),
    ("example.uk.com", Some("example.uk.com")),
    ("b.example.uk.com", Some("example.uk.com")),
    ("a.b.example.uk.com", Some("example.uk.com")),
    ("test.ac", Some("test.ac")),
    ("mm", None),
    ("c.mm", None),
    ("b.c.mm", Some("b.c.mm")),
    ("a.b.c.mm", Some("b.c.mm")),
    ("jp", None),
    ("test.jp", Some("test.jp")),
    ("www.test.jp", Some("test.jp")),
    ("ac.jp", None),
    ("test.ac.jp", Some("test.ac.jp")),
    ("www.test.ac.jp", Some("test.ac.jp")),
    ("kyoto.jp", None),
    ("test.kyoto.jp", Some("test.kyoto.jp")),
    ("ide.kyoto.jp", None),
    ("b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
    ("a.b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
    ("c.kobe.jp", None),
    ("b.c.kobe.jp", Some("b.c.kobe.jp")),
    ("a.b.c.kobe.jp", Some("b.c.kobe.jp")),
    ("city.kobe.jp", Some("city.kobe.jp")),
    ("www.city.kobe.jp", Some("city.kobe.jp")),
    ("ck", None),
    ("test.ck", None),
    ("b.test.ck", Some("b.test.ck")),
    ("a.b.test.ck", Some("b.test.ck")),
    ("www.ck", Some("www.ck")),
    ("www.www.ck", Some("www.ck")),
    ("us", None),
    ("test.us", Some("test.us")),
    ("www.test.us", Some("test.us")),
    ("ak.us", None),
    ("test.ak.us", Some("test.ak.us")),
    ("www.test.ak.us", Some("test.ak.us")),
    ("k12.ak.us", None),
    ("test.k12.ak.us", Some("test.k12.ak.us")),
    ("www.test.k12.ak.us", Some("test.k12.ak.us")),
    ("食狮.com.cn", Some("食狮.com.cn")),
    ("食狮.公司.cn", Some("食狮.公司.cn")),
    ("www.食狮.公司.cn", Some("食狮.公司.cn")),
    ("shishi.公司.cn", Some("shishi.公司.cn")),
    ("公司.cn", None),
    ("食狮.中国", Some("食狮.中国")),
    ("www.食狮.中国", Some("食狮.中国")),
    ("shishi.中国", Some("shishi.中国")),
    ("中国", None),
    ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
    ("xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
    ("www.xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
    ("shishi.xn--55qx5d.cn", Some("shishi.xn--55qx5d.cn")),
    ("xn--55qx5d.cn", None),
    ("xn--85x722f.xn--fiqs8s", Some("xn--85x722f.xn--fiqs8s")),
    ("www.xn--85x722f.xn--fiqs8s", Some("xn--85x722f.xn--fiqs8s")),
    ("shishi.xn--fiqs8s", Some("shishi.xn--fiqs8s")),
    ("xn--fiqs8s", None),
];

/// Names of the vectors whose suffix is on no list. By the list's default rule the last label is the suffix; to Rekey
/// such a name is of a local network, where nobody registers domains.
const UNLISTED: [&str; 3] = ["example.example", "b.example.example", "a.b.example.example"];

/// Rules of every kind, the private ones among them.
const OURS: &[(&str, Option<&str>)] = &[
    // Private suffixes: below them everybody has a site of their own.
    ("github.io", None),
    ("me.github.io", Some("me.github.io")),
    ("a.me.github.io", Some("me.github.io")),
    ("me.blogspot.com", Some("me.blogspot.com")),
    ("s3.amazonaws.com", None),
    ("bucket.s3.amazonaws.com", Some("bucket.s3.amazonaws.com")),
    ("amazonaws.com", Some("amazonaws.com")),
    // A private suffix below a wildcard, and above one.
    ("x.compute.amazonaws.com", None),
    ("a.x.compute.amazonaws.com", Some("a.x.compute.amazonaws.com")),
    // Suffixes that are sites as well.
    ("gov.uk", None),
    ("www.gov.uk", Some("www.gov.uk")),
    // A dot at the end says that the name is whole.
    ("www.example.com.", Some("example.com")),
    // Names of local networks, and addresses.
    ("localhost", None),
    ("app.localhost", None),
    ("nas.lan", None),
    ("printer.local", None),
    ("192.168.1.1", None),
    ("[::1]", None),
    // The name for home networks that the list has.
    ("router.home.arpa", Some("router.home.arpa")),
    // Not the suffix of another script that looks like it.
    ("example.cоm", None),
];

/// As a browser reads it out of an address; a name that no address can have has no domain either.
fn found(name: &str) -> Option<String> {
    let host = Host::of(&Url::parse(&format!("https://{name}/")).ok()?)?;
    host.registrable_domain().map(str::to_owned)
}

fn check(name: &str, expect: Option<&str>) {
    // Hosts are ASCII; the vectors have both spellings.
    let expect = expect.map(|domain| Url::parse(&format!("https://{domain}/")).unwrap().host_str().unwrap().to_owned());
    assert_eq!(found(name), expect, "{name}");
}

#[test]
fn the_lists_own_vectors() {
    for (name, expect) in VECTORS {
        check(name, expect.filter(|_| !UNLISTED.contains(name)));
    }
    let differing = VECTORS.iter().filter(|(name, expect)| UNLISTED.contains(name) && expect.is_some());
    assert_eq!(differing.count(), UNLISTED.len());
}

#[test]
fn rules_of_every_kind() {
    for (name, expect) in OURS {
        check(name, *expect);
    }
}

#[test]
fn what_is_no_name_has_no_domain() {
    for name in ["", ".", "..", ".com", "com.", "..com"] {
        assert_eq!(registrable_domain(name), None, "{name}");
    }
}
