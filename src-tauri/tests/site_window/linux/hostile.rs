//! Hostile pages in site windows: the suite of all drivers.

use libtest_mimic::Trial;
use rekey_desktop::site_window::{Embedded, start};
use rekey_tests::hostile::{self, Subject};
use tempfile::TempDir;

use super::journeys::launch;
use super::support::options;
use super::trial;

async fn subject() -> Subject<Embedded> {
    let data = TempDir::new().unwrap();
    let driver = Box::new(start(options(&data)).await.unwrap());
    Subject { driver, documents: Embedded::documents, data }
}

macro_rules! trials {
    ($($case:ident,)*) => {
        vec![$(trial(concat!("hostile::", stringify!($case)), || async {
            hostile::$case(&mut subject().await).await;
        }),)*]
    };
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = rekey_tests::hostile_cases!(trials);
    trials.push(trial("hostile::a_site_that_asks_for_anothers_passkeys_in_a_loop", || async {
        let data = TempDir::new().unwrap();
        hostile::a_site_that_asks_for_anothers_passkeys_in_a_loop(launch(&data)).await;
    }));
    trials.push(trial("hostile::a_site_that_asks_for_anothers_passkey_instead_of_its_own", || async {
        let data = TempDir::new().unwrap();
        hostile::a_site_that_asks_for_anothers_passkey_instead_of_its_own(launch(&data)).await;
    }));
    trials
}
