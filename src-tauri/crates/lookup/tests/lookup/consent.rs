use std::future::pending;

use rekey_lookup::ask::{Passkeys, Question, ask_all};
use rekey_lookup::refresh::{Kept, List, RefreshError, refresh};
use rekey_lookup::{Consent, Error, Limits, LookUp, NotSwitchedOn, breaches};
use secrecy::SecretString;

use crate::support::{Publisher, Reply, Server, client, limits, only};

fn question(domain: &str) -> Question {
    Question { domain: domain.to_owned(), rp_ids: Vec::new(), sign_in: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_the_computer_until_it_is_switched_on() {
    let server = Server::start(|_| Reply::not_found()).await;
    let client = client(&server, limits());
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path(), List::Supported, Publisher::new(1).public());
    // Off by default, and off while only others are on.
    for others in [vec![], vec![LookUp::AskSites, LookUp::Breaches], vec![LookUp::Refresh]] {
        let consent = Consent::default();
        others.iter().for_each(|&other| consent.switch(other, true));
        if !others.contains(&LookUp::Refresh) {
            let refused = refresh(&client, &consent, &kept, "2026-11-01T00:00:00Z".parse().unwrap()).await;
            assert_eq!(refused, Err(RefreshError::Request(Error::SwitchedOff(NotSwitchedOn(LookUp::Refresh)))));
        }
        if !others.contains(&LookUp::AskSites) {
            let refused = ask_all(&client, &consent, vec![question("example.com")], |_| {}, pending()).await;
            assert_eq!(refused, Err(NotSwitchedOn(LookUp::AskSites)));
            let refused = breaches::check(&client, &consent, &[SecretString::from("x")], |_| {}, pending()).await;
            assert_eq!(refused, Err(NotSwitchedOn(LookUp::Breaches)));
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_off_ends_what_is_under_way() {
    let consent = only(LookUp::AskSites);
    let switch = consent.clone();
    let server = Server::start(move |_| {
        switch.switch(LookUp::AskSites, false);
        Reply::not_found()
    })
    .await;
    let client = client(&server, Limits { at_once: 1, ..limits() });
    let questions = (0..50).map(|n| question(&format!("shop-{n}.co.uk"))).collect();
    let answers = ask_all(&client, &consent, questions, |_| {}, pending()).await.unwrap();
    assert_eq!(server.asked().len(), 1, "the one that was under way");
    let off = Passkeys::Failed(Error::SwitchedOff(NotSwitchedOn(LookUp::AskSites)));
    assert_eq!(answers.iter().filter(|answer| answer.passkeys == off).count(), 49);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_say_rekey_and_nothing_of_the_person() {
    let server = Server::start(|_| Reply::not_found()).await;
    let client = client(&server, limits());
    ask_all(&client, &only(LookUp::AskSites), vec![question("example.com")], |_| {}, pending()).await.unwrap();
    for asked in server.asked() {
        let names: Vec<_> = asked.head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(names, ["accept", "user-agent", "host"]);
        let agent = asked.header("user-agent").unwrap();
        assert_eq!(agent, format!("rekey/{}", env!("CARGO_PKG_VERSION")));
    }
    assert_eq!(server.asked().len(), 4);
}
