//! The practice site with clients that other people wrote. What each case does and expects stands in
//! `tests/clients/cases/`; to add one, add an entry there.

use std::collections::BTreeSet;

use anyhow::Result;
use rekey_tests::clients::{Case, Client, Verdicts, play};

/// Plays the cases of one file.
async fn check(client: Client, file: &str) -> Result<()> {
    let mut verdicts = Verdicts::default();
    for played in play(client, Case::read(file)?).await? {
        verdicts.add(&played);
    }
    verdicts.finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_of_python_fido2() -> Result<()> {
    check(Client::Fido2, "create.json").await
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_of_python_fido2() -> Result<()> {
    check(Client::Fido2, "get.json").await
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_to_an_account_with_python_fido2() -> Result<()> {
    check(Client::Fido2, "account.json").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_on_the_real_pages() -> Result<()> {
    check(Client::Browser, "browser.json").await
}

#[test]
fn every_case_has_a_name_of_its_own() -> Result<()> {
    let mut known = BTreeSet::new();
    for file in ["create.json", "get.json", "account.json", "browser.json"] {
        for case in Case::read(file)? {
            assert!(known.insert(case.name.clone()), "{} twice", case.name);
        }
    }
    Ok(())
}
