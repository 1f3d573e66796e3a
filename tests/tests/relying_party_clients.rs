//! The practice site with clients that other people wrote. What each case does and expects stands in
//! `tests/clients/cases/`; to add one, add an entry there.

use std::collections::BTreeSet;

use anyhow::Result;
use rekey_tests::clients::{Case, Client, Verdicts, expected_failures, play};

/// Cases of `coming.json` and `coming-browser.json` that the site is ready for. The others wait for it.
const ARRIVED: &[&str] = &[];

fn arrived(file: &str) -> Result<Vec<Case>> {
    let mut cases = Case::read(file)?;
    let all = std::env::var_os("REKEY_TEST_COMING").is_some();
    cases.retain(|case| all || ARRIVED.contains(&case.name.as_str()));
    Ok(cases)
}

async fn check(files: &[(Client, Vec<Case>)]) -> Result<()> {
    let mut verdicts = Verdicts::default();
    for (client, cases) in files {
        for played in play(*client, cases.clone()).await? {
            verdicts.add(&played);
        }
    }
    verdicts.finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_of_python_fido2() -> Result<()> {
    check(&[(Client::Fido2, Case::read("create.json")?)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_of_python_fido2() -> Result<()> {
    check(&[(Client::Fido2, Case::read("get.json")?)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_on_the_real_pages() -> Result<()> {
    check(&[(Client::Browser, Case::read("browser.json")?)]).await
}

/// With `REKEY_TEST_COMING=1` all of them are played, to see which the site is ready for.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_learnt_since() -> Result<()> {
    check(&[(Client::Fido2, arrived("coming.json")?), (Client::Browser, arrived("coming-browser.json")?)]).await
}

#[test]
fn lists_name_cases_that_are_there() -> Result<()> {
    let mut known = BTreeSet::new();
    for file in ["create.json", "get.json", "browser.json", "coming.json", "coming-browser.json"] {
        for case in Case::read(file)? {
            assert!(known.insert(case.name.clone()), "{} twice", case.name);
        }
    }
    let expected = expected_failures()?.into_values().flatten();
    let gone: Vec<_> =
        expected.chain(ARRIVED.iter().map(|&name| name.to_owned())).filter(|name| !known.contains(name)).collect();
    assert_eq!(gone, Vec::<String>::new());
    Ok(())
}
