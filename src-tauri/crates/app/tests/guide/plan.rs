//! In which order accounts stand, why, what the person says about it, and what is known of their sites.

use rekey_app::guide::{AccountLine, AccountsView, FactLayer, MarkWeight, PlanAnswer, PlanGroup, PlanSaid};
use rekey_app::text::Language;
use rekey_app::{AccountFilter, Session};
use serde_json::json;

use crate::desk::Desk;

const REUSED: &str = "marker-correct-horse-battery";

/// The accounts of a plain export: user names, passwords and addresses.
async fn planned(logins: &[(&str, &str, &str)]) -> (Desk, AccountsView) {
    let desk = Desk::new();
    let items: Vec<_> = logins
        .iter()
        .map(|(user, password, uri)| {
            json!({ "type": 1, "name": uri, "login": { "username": user, "password": password, "uris": [{ "uri": uri }] } })
        })
        .collect();
    let file = desk.folder.path().join("export.json");
    std::fs::write(&file, json!({ "encrypted": false, "folders": [], "items": items }).to_string()).unwrap();
    desk.guide.bring(vec![file]).await.unwrap();
    let accounts = judged(&desk).await;
    (desk, accounts)
}

/// The accounts once their passwords are judged.
async fn judged(desk: &Desk) -> AccountsView {
    desk.until(|view| match &view.screen {
        rekey_app::guide::Screen::Accounts(accounts) if !accounts.health.judging => Some(accounts.clone()),
        _ => None,
    })
    .await
}

fn next(accounts: &AccountsView) -> Vec<&str> {
    let rows = accounts.rows.iter().filter(|row| row.plan.group == PlanGroup::Next);
    rows.map(|row| row.site.as_str()).collect()
}

fn row<'a>(accounts: &'a AccountsView, site: &str) -> &'a AccountLine {
    accounts.rows.iter().find(|row| row.site == site).unwrap()
}

/// A mailbox that another account recovers through, one with a password of its own, two that share one.
const HOUSEHOLD: [(&str, &str, &str); 4] = [
    ("ann", "marker-Tr0ub4dor-and-3-wagons", "https://quiet.example"),
    ("ann@mailbox.example", REUSED, "https://shop.example"),
    ("ann", REUSED, "https://forum.example"),
    ("ann@mailbox.example", "marker-seventeen-Violet-kites", "https://mailbox.example"),
];

#[tokio::test]
async fn each_account_has_a_place_and_says_why() {
    let (desk, accounts) = planned(&HOUSEHOLD).await;
    assert_eq!(next(&accounts)[0], "mailbox.example");
    assert_eq!(next(&accounts)[3], "quiet.example", "what is reused comes before what is not");
    let places: Vec<_> = accounts.rows.iter().map(|row| row.plan.place).collect();
    assert_eq!(places, [Some(1), Some(2), Some(3), Some(4)]);
    let mailbox = row(&accounts, "mailbox.example");
    assert!(mailbox.plan.why.starts_with("First, because 1 other account recovers through it"), "{}", mailbox.plan.why);
    let marks = &row(&accounts, "forum.example").plan.marks;
    assert_eq!((marks[0].weight, marks[0].text.as_str()), (MarkWeight::Risk, "Password used at 1 other site"));
    let found: Vec<_> = accounts.health.found.iter().map(|found| found.text.as_str()).collect();
    assert!(found.contains(&"2 accounts have passwords that other sites have too."), "{found:?}");

    desk.guide.speak(Language::Spanish);
    let why = &row(&desk.accounts(), "mailbox.example").plan.why.clone();
    assert!(why.starts_with("La primera, porque"), "{why}");
    let shown = serde_json::to_string(&desk.guide.view()).unwrap();
    assert!(!shown.contains("marker-"), "a view holds a password");
}

#[tokio::test]
async fn what_was_found_is_kept_in_buckets_and_only_where_it_differs() {
    let (desk, _) = planned(&HOUSEHOLD).await;
    let profile = desk.folder.path().join("profile");
    let events = |session: &Session| {
        let accounts = session.accounts(&AccountFilter::default()).unwrap();
        let judged = accounts.iter().filter(|account| account.judged.is_some()).count();
        let events: usize = accounts.iter().map(|account| session.ledger.events(account.id).unwrap().len()).sum();
        (judged, events)
    };
    let before = events(&Session::open(Some(&profile)).unwrap());
    assert_eq!(before.0, HOUSEHOLD.len());
    // The vault is opened once more: nothing new is found.
    let file = desk.folder.path().join("export.json");
    desk.guide.leave().await.unwrap();
    desk.guide.bring(vec![file]).await.unwrap();
    judged(&desk).await;
    assert_eq!(events(&Session::open(Some(&profile)).unwrap()), before);
}

#[tokio::test]
async fn the_persons_word_counts_until_it_is_taken_back() {
    let (desk, before) = planned(&HOUSEHOLD).await;
    let id = row(&before, "quiet.example").id.clone();
    desk.guide.choose_in_plan(&id, PlanAnswer::Pin).await.unwrap();
    let pinned = desk.accounts();
    assert_eq!(next(&pinned)[0], "quiet.example");
    assert_eq!(pinned.rows[0].plan.said, Some(PlanSaid::Pinned));
    let first = pinned.undo.unwrap();
    assert_eq!(first.text, "quiet.example stands at the top now.");

    desk.guide.choose_in_plan(&id, PlanAnswer::PostponeMonth).await.unwrap();
    let postponed = desk.accounts();
    let line = row(&postponed, "quiet.example");
    assert_eq!((line.plan.group, line.plan.place, line.plan.taken), (PlanGroup::Postponed, None, false));
    assert_eq!((postponed.counts.aside, postponed.counts.left), (1, 3));
    assert_eq!(desk.guide.undo_plan_choice(first.id).await.unwrap_err().code(), "not_now", "not the last word");

    desk.guide.undo_plan_choice(postponed.undo.unwrap().id).await.unwrap();
    let back = desk.accounts();
    assert_eq!(next(&back)[0], "quiet.example", "it is pinned as before");
    assert_eq!(back.undo, None);

    desk.guide.choose_in_plan(&id, PlanAnswer::LeaveOut).await.unwrap();
    assert_eq!(row(&desk.accounts(), "quiet.example").plan.group, PlanGroup::LeftOut);
    desk.guide.choose_in_plan(&id, PlanAnswer::BringBack).await.unwrap();
    assert_eq!(next(&desk.accounts()), next(&before));

    let day = |date: &str| PlanAnswer::PostponeUntil { date: date.to_owned() };
    assert_eq!(desk.guide.choose_in_plan(&id, day("2001-01-01")).await.unwrap_err().code(), "day_unreadable");
    assert_eq!(desk.guide.choose_in_plan("nobody", PlanAnswer::Pin).await.unwrap_err().code(), "account_unknown");
    desk.guide.choose_in_plan(&id, day("2999-12-31")).await.unwrap();
    assert!(row(&desk.accounts(), "quiet.example").plan.why.contains("2999-12-31"));
    desk.guide.leave().await.unwrap();
    assert_eq!(desk.guide.choose_in_plan(&id, PlanAnswer::Pin).await.unwrap_err().code(), "not_now");
}

#[tokio::test]
async fn what_is_known_of_a_site_says_where_it_is_from() {
    let (desk, accounts) =
        planned(&[("ann", "marker-one", "https://www.adobe.com"), ("ann", "marker-two", "https://nobody.example")])
            .await;
    let known = desk.guide.about_site(&row(&accounts, "adobe.com").id).unwrap();
    assert_eq!(known.name.as_deref(), Some("Adobe"));
    assert!(!known.why.is_empty() && known.facts.iter().all(|fact| !fact.values.is_empty()));
    assert!(known.facts.iter().all(|fact| fact.layer == FactLayer::BuiltIn && !fact.sources.is_empty()));
    assert!(known.facts.iter().any(|fact| fact.is_address && fact.values[0].starts_with("https://")));

    let nothing = desk.guide.about_site(&row(&accounts, "nobody.example").id).unwrap();
    assert_eq!((nothing.name, nothing.facts.len()), (None, 0));
    assert_eq!(desk.guide.about_site("nobody").unwrap_err().code(), "account_unknown");
    desk.guide.leave().await.unwrap();
    assert_eq!(desk.guide.about_site(&row(&accounts, "adobe.com").id).unwrap_err().code(), "not_now");
}
