//! Runs over accounts, under the eyes of the person.

use rekey_app::Assist;
use rekey_app::guide::{Answer, Pause, Prompt, RowState, RunStatus, Screen, StepStatus, StoreState, Verification, Who};

use crate::desk::{Desk, PASSPHRASE, running};

#[tokio::test]
async fn an_account_goes_all_the_way_and_the_window_shows_it() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    let shown = desk.run().accounts.remove(0);
    let statuses: Vec<_> = shown.steps.iter().map(|step| step.status).collect();
    assert_eq!(statuses, [StepStatus::Done, StepStatus::Now, StepStatus::Ahead, StepStatus::Ahead]);
    assert_eq!((shown.status, shown.now.unwrap().who), (RunStatus::Running, Who::Person));
    assert_eq!(desk.run().current, Some(shown.id));
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();
    let (_, id, _) = desk.ceremony().await;
    assert_eq!(desk.run().accounts[0].steps[3].status, StepStatus::Now);
    assert_eq!(desk.guide.finish().unwrap_err().code(), "not_now");
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();

    let run = desk.over().await;
    let shown = &run.accounts[0];
    assert!(shown.steps.iter().all(|step| step.status == StepStatus::Done), "{shown:#?}");
    let (result, summary) = (shown.result.as_ref().unwrap(), run.summary.unwrap());
    assert_eq!((result.title.as_str(), summary.total, summary.proven), ("Proven", 1, 1));
    let labels: Vec<_> = result.proof.iter().map(|fact| fact.label.as_str()).collect();
    assert_eq!(labels, ["Passkey", "Lives in", "Proven on", "Seen by", "Says who"]);
    assert!(shown.facts.is_sorted_by_key(|fact| fact.id) && shown.facts.iter().all(|fact| fact.time.len() == 8));
    assert_eq!((run.current, &shown.now), (None, &None));

    desk.guide.finish().unwrap();
    let accounts = desk.accounts();
    assert_eq!((accounts.rows[0].state, accounts.counts.done), (RowState::Proven, 1));
    assert_eq!(accounts.setup.store.state, StoreState::Open);
    desk.guide.prove(&accounts.rows[0].id).await.unwrap();
    let (kind, id, _) = desk.ceremony().await;
    assert_eq!(kind, "use");
    let steps = desk.run().accounts[0].steps.clone();
    assert_eq!((steps[0].status, steps[3].status), (StepStatus::Skipped, StepStatus::Now));
    desk.guide.answer_prompt(id, Answer::Decline).unwrap();
    desk.over().await;
    desk.guide.finish().unwrap();
    assert_eq!(desk.accounts().rows[0].state, RowState::Proven, "a no takes nothing away");
}

#[tokio::test]
async fn a_pause_takes_hold_once_the_page_has_its_passkey() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.pause().unwrap();
    assert_eq!(desk.run().pause, Pause::Pausing);
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();
    desk.until(|view| running(view).filter(|run| run.pause == Pause::Paused)).await;
    assert_eq!(desk.site.log().last().unwrap(), "passkey kept");
    assert_eq!(desk.guide.view().prompt, None);
    desk.guide.resume().unwrap();
    assert_eq!(desk.ceremony().await.0, "use");
    assert_eq!(desk.run().pause, Pause::Running);
}

#[tokio::test]
async fn a_skipped_account_makes_way_for_the_next_and_takes_its_prompt_along() {
    let desk = Desk::started(&["ann", "bob"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.skip().unwrap();
    let next = desk
        .until(|view| match view.prompt.as_ref()? {
            Prompt::MakePasskey(prompt) if prompt.user == "bob" => Some(prompt.id),
            _ => None,
        })
        .await;
    assert_eq!(desk.guide.answer_prompt(id, Answer::Approve).unwrap_err().code(), "prompt_gone");
    desk.guide.answer_prompt(next, Answer::Decline).unwrap();
    let run = desk.over().await;
    assert_eq!(run.accounts[0].result.as_ref().unwrap().title, "Not finished");
    let facts: Vec<_> = run.accounts[0].facts.iter().map(|fact| fact.kind.as_str()).collect();
    assert!(!facts.contains(&"stopped") && !facts.contains(&"passkey_created"), "{facts:?}");
    let summary = run.summary.unwrap();
    assert_eq!((summary.total, summary.skipped, summary.needs_person), (2, 1, 1));
}

#[tokio::test]
async fn a_stopped_run_is_over_for_every_account_even_while_it_rests() {
    let desk = Desk::started(&["ann", "bob"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.pause().unwrap();
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();
    desk.until(|view| running(view).filter(|run| run.pause == Pause::Paused)).await;
    desk.guide.stop().unwrap();
    let run = desk.over().await;
    assert_eq!(run.summary.unwrap().skipped, 2);
    assert_eq!(run.accounts[1].facts, []);
    assert_eq!(desk.site.log().last().unwrap(), "shut down");
    desk.guide.finish().unwrap();
    let rows = desk.accounts().rows;
    assert_eq!((rows[0].state, rows[1].state), (RowState::Registered, RowState::New));
}

#[tokio::test]
async fn in_assist_the_person_presses_and_the_window_says_what() {
    let desk = Desk::open(&["ann"]).await;
    desk.guide.choose_assist(Assist::Assist).unwrap();
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    let Prompt::MakeStore(prompt) = desk.prompt().await else { panic!() };
    desk.present(prompt.id, PASSPHRASE).await;
    let please = |label: &'static str| {
        move |view: &rekey_app::guide::View| {
            let now = running(view)?.accounts.remove(0).now?;
            (now.who == Who::Person && now.text == format!("Please press: {label}")).then_some(())
        }
    };
    desk.until(please("Submit")).await;
    desk.site.person_signs_in();
    desk.until(please("AddPasskey")).await;
    // While the person is waited for, nothing is half done: a pause takes hold at once.
    desk.guide.pause().unwrap();
    desk.until(|view| running(view).filter(|run| run.pause == Pause::Paused)).await;
    desk.guide.resume().unwrap();
    desk.until(|view| running(view).filter(|run| run.pause == Pause::Running)).await;
    desk.guide.stop().unwrap();
    assert_eq!(desk.over().await.summary.unwrap().skipped, 1);
}

#[tokio::test]
async fn without_a_browser_the_accounts_come_back_with_a_notice() {
    let desk = Desk::open(&["ann"]).await;
    desk.site.lose_the_browser();
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    let Prompt::MakeStore(prompt) = desk.prompt().await else { panic!() };
    desk.present(prompt.id, PASSPHRASE).await;
    let notice = desk.until(|view| view.notice.clone()).await;
    assert_eq!(notice.code, "browser_missing");
    let shown = desk.back_at_the_accounts().await;
    assert_eq!((shown.rows[0].state, shown.setup.store.state), (RowState::New, StoreState::Open));
    desk.guide.dismiss_notice();
    assert_eq!(desk.guide.view().notice, None);
}

#[tokio::test]
async fn the_store_is_locked_by_the_person_or_when_nobody_used_it() {
    use std::time::{Duration, SystemTime};
    let desk = Desk::open(&["ann"]).await;
    let state = || desk.accounts().setup.store.state;
    let minute = Duration::from_secs(60);
    assert_eq!(desk.accounts().setup.store.lock_after_minutes, 15);
    assert_eq!(desk.guide.lock_store().unwrap_err().code(), "not_now");
    // A run that ends at once leaves the store open.
    desk.site.lose_the_browser();
    let ann = desk.accounts().rows[0].id.clone();
    let open = async || {
        desk.guide.start(std::slice::from_ref(&ann)).await.unwrap();
        match desk.prompt().await {
            Prompt::MakeStore(prompt) | Prompt::OpenStore(prompt) => desk.present(prompt.id, PASSPHRASE).await,
            other => panic!("{other:?}"),
        }
        desk.until(|view| view.notice.clone()).await;
        desk.back_at_the_accounts().await;
        desk.guide.dismiss_notice();
        assert_eq!(state(), StoreState::Open);
        SystemTime::now()
    };
    open().await;
    desk.guide.lock_store().unwrap();
    assert_eq!(state(), StoreState::Locked);

    let used = open().await;
    assert!(desk.guide.lock_if_idle(used).is_some_and(|left| left <= 15 * minute));
    assert!(desk.guide.lock_if_idle(used + 14 * minute).is_some());
    assert_eq!(state(), StoreState::Open);
    assert_eq!((desk.guide.lock_if_idle(used + 15 * minute), state()), (None, StoreState::Locked));

    desk.guide.lock_store_after(0).await.unwrap();
    let used = open().await;
    assert_eq!(desk.guide.lock_if_idle(used + 10_000 * minute), None);
    assert_eq!((state(), desk.accounts().setup.store.lock_after_minutes), (StoreState::Open, 0));
    desk.guide.lock_store_after(1).await.unwrap();
    assert_eq!((desk.guide.lock_if_idle(used + 2 * minute), state()), (None, StoreState::Locked));
}

#[tokio::test]
async fn closing_ends_what_goes_on_and_forgets_it() {
    // While the store is asked for, and within a ceremony.
    for ceremony in [false, true] {
        let desk = Desk::open(&["ann", "bob"]).await;
        let ids: Vec<String> = desk.accounts().rows.into_iter().map(|row| row.id).collect();
        desk.guide.start(&ids).await.unwrap();
        let Prompt::MakeStore(prompt) = desk.prompt().await else { panic!() };
        if ceremony {
            desk.present(prompt.id, PASSPHRASE).await;
            desk.ceremony().await;
        }
        desk.guide.close().await;
        assert!(matches!(desk.guide.view().screen, Screen::Welcome(_)));
        assert_eq!(desk.guide.view().prompt, None);
        assert_eq!(desk.site.log().last().map(String::as_str), ceremony.then_some("shut down"));
    }
}
