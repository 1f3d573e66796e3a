//! The RP ID rule of `rekey-origin` beside the one of 1Password's `passkey-client`, over origins and claims of every
//! kind. Where they differ, the table says why.
#![allow(clippy::unwrap_used, reason = "a test program")]

use passkey_client::{Origin as TheirOrigin, RpIdVerifier};
use rekey_origin::{Origin, RpId};
use url::Url;

const HOSTS: [&str; 30] = [
    "example.com",
    "login.example.com",
    "a.b.login.example.com",
    "evil-example.com",
    "example.com.evil.net",
    "com",
    "co.uk",
    "example.co.uk",
    "www.example.co.uk",
    "github.io",
    "me.github.io",
    "app.me.github.io",
    "localhost",
    "app.localhost",
    "nas.lan",
    "box.nas.lan",
    "printer",
    "xn--bcher-kva.example.com",
    "bücher.example.com",
    "xn--bcher-kva.de",
    "shop.xn--bcher-kva.de",
    "192.168.1.1",
    "[::1]",
    "EXAMPLE.com",
    "example.com.",
    "ck",
    "www.ck",
    "other.ck",
    "s3.amazonaws.com",
    "bucket.s3.amazonaws.com",
];

/// Claims that are no host of the list.
const CLAIMS: [&str; 9] =
    ["", ".", ".com", ".example.com", "ple.com", "https://example.com", "example.com:443", "*.example.com", "1.1"];

/// Who accepts what the other refuses, and why that is right here.
fn explained(origin: &Origin, claim: Option<&str>, ours: bool) -> Option<&'static str> {
    let host = origin.host().to_string();
    let claimed = claim.unwrap_or(&host).to_ascii_lowercase();
    let listed = rekey_origin::registrable_domain(&claimed).is_some();
    match ours {
        true if !origin.is_https() && origin.host().is_loopback() => {
            Some("theirs allows insecure loopback pages only as `localhost` itself")
        }
        true if claim.is_some_and(|c| c.chars().any(|c| c.is_ascii_uppercase())) => {
            Some("browsers lower the claim's case when they parse it as a host; theirs compares bytes")
        }
        true if claimed == host && !listed => {
            Some("the HTML algorithm accepts a host equal to the claim before it looks at public suffixes")
        }
        false if !listed => Some("under a suffix that is not on the list nothing but the host itself may be claimed"),
        _ => None,
    }
}

#[tokio::test]
async fn the_rule_is_the_one_of_passkey_client_but_for_what_is_explained() {
    let theirs = RpIdVerifier::<_, ()>::new(public_suffix::DEFAULT_PROVIDER, None).allows_insecure_localhost(true);
    let (mut agreed, mut accepted, mut differed) = (0, 0, 0);
    let mut reasons = std::collections::BTreeMap::new();
    for host in HOSTS {
        for scheme in ["https", "http"] {
            let url: Url = format!("{scheme}://{host}/").parse().unwrap();
            let origin = Origin::of(&url).unwrap();
            let claims = HOSTS.iter().chain(&CLAIMS).map(|claim| Some(*claim)).chain([None]);
            for claim in claims {
                let ours = RpId::for_origin(&origin, claim).ok().map(|id| id.to_string());
                // Their documentation asks for the bare origin.
                let bare: Url = origin.to_string().parse().unwrap();
                let web = TheirOrigin::Web(std::borrow::Cow::Borrowed(&bare));
                let expect = theirs.assert_domain(&web, claim).await.ok().map(str::to_owned);
                if ours == expect {
                    agreed += 1;
                    accepted += usize::from(ours.is_some());
                    continue;
                }
                let reason = explained(&origin, claim, ours.is_some());
                assert!(reason.is_some(), "{origin} claims {claim:?}: ours {ours:?}, theirs {expect:?}");
                *reasons.entry(reason).or_insert(0) += 1;
                differed += 1;
            }
        }
    }
    println!("{agreed} agreed ({accepted} accepted), {differed} differed as explained: {reasons:#?}");
    assert!(accepted > 40 && agreed > 20 * differed, "{agreed} {accepted} {differed}");
}
