//! The practice site with clients that other people wrote. What each case does and expects stands in
//! `tests/clients/cases/`; to add one, add an entry there.

use anyhow::Result;
use rekey_tests::clients::{Case, Client, Verdicts, play};

/// Cases of `coming.json` that the site is ready for. Those that are not named here wait for it.
const ARRIVED: &[&str] = &[];

async fn check(client: Client, cases: Vec<Case>) -> Result<()> {
    let mut verdicts = Verdicts::default();
    for played in play(client, cases).await? {
        verdicts.add(&played);
    }
    verdicts.finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_of_python_fido2() -> Result<()> {
    check(Client::Fido2, Case::read("create.json")?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_of_python_fido2() -> Result<()> {
    check(Client::Fido2, Case::read("get.json")?).await
}
