//! What may leave the computer is off until it is switched on, and nothing is asked by itself. No test here asks anybody.

use rekey_app::guide::{Answer, LookUpName, LookUpsView, Prompt, Screen};
use rekey_app::{Profile, Settings};
use serde_json::json;

use crate::desk::Desk;

fn look_ups(desk: &Desk) -> LookUpsView {
    desk.guide.view().look_ups.unwrap()
}

/// One account at a device of the person's own network, whose site nobody asks.
async fn at_home(desk: &Desk) {
    let login = json!({ "username": "ann", "password": "marker-home", "uris": [{ "uri": "http://192.168.1.1" }] });
    let file = desk.folder.path().join("export.json");
    let export =
        json!({ "encrypted": false, "folders": [], "items": [{ "type": 1, "name": "Router", "login": login }] });
    std::fs::write(&file, export.to_string()).unwrap();
    desk.guide.bring(vec![file]).await.unwrap();
    desk.until(|view| view.look_ups.as_ref().filter(|look_ups| look_ups.ready).cloned()).await;
}

/// The look-ups once none goes on.
async fn over(desk: &Desk) -> LookUpsView {
    desk.until(|view| view.look_ups.clone().filter(|look_ups| look_ups.check.is_none())).await
}

#[tokio::test]
async fn each_is_off_and_says_what_it_reveals_until_it_is_switched_on_for_good() {
    let desk = Desk::new();
    let shown = look_ups(&desk);
    assert!(shown.lines.iter().all(|line| !line.on && line.reveals.len() > 40) && !shown.weekly && !shown.ready);
    assert_eq!(desk.guide.check_now().await.unwrap_err().code(), "not_now", "nothing is open");
    at_home(&desk).await;
    assert_eq!(desk.guide.check_now().await.unwrap_err().code(), "look_ups_off");
    assert_eq!(desk.guide.cancel_check().unwrap_err().code(), "not_now");

    desk.guide.switch_look_up(LookUpName::Breaches, true).await.unwrap();
    desk.guide.watch_weekly(true).await.unwrap();
    let on: Vec<bool> = look_ups(&desk).lines.iter().map(|line| line.on).collect();
    assert_eq!((on, look_ups(&desk).weekly), (vec![false, false, true], true));
    let kept = Settings::of(&Profile::open(Some(&desk.folder.path().join("profile"))).unwrap());
    assert!(kept.watch && kept.look_ups.contains("breaches"));
    desk.guide.switch_look_up(LookUpName::Breaches, false).await.unwrap();
    assert!(look_ups(&desk).lines.iter().all(|line| !line.on));
}

#[tokio::test]
async fn in_practice_nothing_can_be_looked_up() {
    let desk = Desk::new();
    desk.guide.start_practice().await.unwrap();
    assert_eq!(desk.guide.view().look_ups, None);
    assert_eq!(desk.guide.switch_look_up(LookUpName::Refresh, true).await.unwrap_err().code(), "not_now");
    desk.guide.unlock_practice().await.unwrap();
    assert_eq!(desk.guide.check_now().await.unwrap_err().code(), "not_now");
}

#[tokio::test]
async fn what_came_of_it_is_told_and_the_devices_at_home_are_not_asked() {
    let desk = Desk::with_client(|| rekey_app::Client::new(rekey_app::LookUpLimits::default()));
    at_home(&desk).await;
    desk.guide.switch_look_up(LookUpName::AskSites, true).await.unwrap();
    desk.guide.check_now().await.unwrap();
    let shown = over(&desk).await;
    assert_eq!(shown.problem, None);
    assert_eq!(shown.lines[1].result.as_deref(), Some("No site had to be asked."));
    assert_eq!((&shown.lines[0].result, &shown.lines[2].result), (&None, &None), "those are off");
    assert!(shown.last.is_some());
    let Screen::Accounts(accounts) = desk.guide.view().screen else { panic!("{:?}", desk.guide.view()) };
    assert_eq!(accounts.news, None);
}

#[tokio::test]
async fn where_no_look_up_is_possible_the_reason_is_told_and_all_stays() {
    let desk = Desk::new();
    at_home(&desk).await;
    desk.guide.switch_look_up(LookUpName::Refresh, true).await.unwrap();
    desk.guide.check_now().await.unwrap();
    let shown = over(&desk).await;
    assert_eq!(shown.problem.unwrap().code, "look_ups_impossible");
    assert_eq!((shown.last, &shown.lines[0].result), (None, &None));
}

#[tokio::test]
async fn while_a_run_begins_nothing_is_looked_up() {
    let desk = Desk::open(&["ann"]).await;
    let id = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[id]).await.unwrap();
    assert!(!look_ups(&desk).ready);
    let Prompt::MakeStore(store) = desk.prompt().await else { panic!("{:?}", desk.guide.view()) };
    desk.guide.answer_prompt(store.id, Answer::Decline).unwrap();
    desk.back_at_the_accounts().await;
    desk.until(|view| view.look_ups.as_ref().filter(|look_ups| look_ups.ready).cloned()).await;
}
