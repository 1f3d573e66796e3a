//! What the person is asked, and what becomes of the answers.

use rekey_app::guide::{Answer, PassphraseFor, Prompt, RunResult, Verification};
use secrecy::SecretString;

use crate::desk::{Desk, PASSPHRASE, SITE_PASSWORD, VAULT_PASSWORD};

async fn result(desk: &Desk, index: usize) -> RunResult {
    desk.over().await.accounts[index].result.clone().unwrap()
}

#[tokio::test]
async fn a_prompt_owns_one_reply() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (kind, id, needs_passphrase) = desk.ceremony().await;
    assert_eq!((kind, needs_passphrase), ("make", false));
    assert_eq!(desk.guide.answer_prompt(id + 1, Answer::Approve).unwrap_err().code(), "prompt_gone");
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();
    assert_eq!(desk.guide.answer_prompt(id, Answer::Approve).unwrap_err().code(), "prompt_gone");
    let (kind, next, _) = desk.ceremony().await;
    assert_eq!((kind, next > id), ("use", true));
    assert_eq!(desk.guide.answer_prompt(id, Answer::Decline).unwrap_err().code(), "prompt_gone");
    desk.guide.answer_prompt(next, Answer::Approve).unwrap();
    assert_eq!(result(&desk, 0).await.title, "Proven");
}

#[tokio::test]
async fn a_no_is_an_end_with_words_and_no_passkey() {
    let desk = Desk::started(&["ann"], Verification::EachPasskey).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.answer_prompt(id, Answer::Decline).unwrap();
    let run = desk.over().await;
    let ended = run.accounts[0].result.clone().unwrap();
    assert_eq!((ended.title.as_str(), run.summary.unwrap().needs_person), ("You said no", 1));
    assert!(desk.site.log().contains(&"refused NotAllowedError".to_owned()), "{:?}", desk.site.log());
    assert!(!run.accounts[0].facts.iter().any(|fact| fact.kind == "passkey_created"));
}

#[tokio::test]
async fn a_ceremony_that_nobody_answers_ends_in_its_time() {
    let desk = Desk::started(&["ann"], Verification::EachPasskey).await;
    desk.ceremony().await;
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(299)).await;
    assert!(desk.guide.view().prompt.is_some());
    tokio::time::advance(std::time::Duration::from_secs(2)).await;
    tokio::time::resume();
    let run = desk.over().await;
    assert_eq!(run.summary.unwrap().needs_person, 1);
    assert!(desk.site.log().contains(&"refused NotAllowedError".to_owned()), "{:?}", desk.site.log());
    assert!(desk.guide.view().prompt.is_none());
}

#[tokio::test]
async fn each_passkey_takes_the_passphrase_and_a_wrong_one_asks_again() {
    let desk = Desk::started(&["ann"], Verification::EachPasskey).await;
    let (_, id, needs_passphrase) = desk.ceremony().await;
    assert!(needs_passphrase);
    assert_eq!(desk.guide.answer_prompt(id, Answer::Approve).unwrap_err().code(), "passphrase_needed");
    desk.present(id, "wrong").await;
    let again = desk
        .until(|view| match view.prompt.clone()? {
            Prompt::MakePasskey(prompt) if prompt.id != id => Some(prompt),
            _ => None,
        })
        .await;
    assert!(again.id > id && again.problem.as_ref().unwrap().code == "store_wrong_passphrase", "{again:?}");
    assert_eq!((again.site.as_str(), again.relying_party.as_str()), ("example.com", "example.com"));
    desk.present(again.id, PASSPHRASE).await;
    // The second ceremony takes it once more.
    let (kind, id, needs_passphrase) = desk.ceremony().await;
    assert_eq!((kind, needs_passphrase), ("use", true));
    desk.present(id, PASSPHRASE).await;
    let run = desk.over().await;
    let kinds: Vec<_> = run.accounts[0].facts.iter().map(|fact| fact.kind.as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "user_verified").count(), 2, "{kinds:?}");
    assert!(run.accounts[0].facts.iter().any(|fact| fact.text == "The passkey answered, with you verified"));
}

#[tokio::test]
async fn the_stores_passphrase_is_asked_again_until_it_is_right_or_declined() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.answer_prompt(id, Answer::Decline).unwrap();
    desk.over().await;
    // In this sitting the store stays open; after it, it is locked.
    desk.guide.leave().await.unwrap();
    desk.guide.bring(vec![desk.vault(&["ann"])]).await.unwrap();
    desk.unlock(VAULT_PASSWORD).await;
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(std::slice::from_ref(&ann)).await.unwrap();
    assert_eq!(desk.guide.leave().await.unwrap_err().code(), "not_now");
    let Prompt::OpenStore(first) = desk.prompt().await else { panic!("{:?}", desk.guide.view()) };
    desk.present(first.id, "wrong").await;
    let second = desk
        .until(|view| match view.prompt.clone()? {
            Prompt::OpenStore(prompt) if prompt.id != first.id => Some(prompt),
            _ => None,
        })
        .await;
    assert_eq!(second.problem.unwrap().code, "store_wrong_passphrase");
    desk.guide.answer_prompt(second.id, Answer::Decline).unwrap();
    let shown = desk.back_at_the_accounts().await;
    assert_eq!((shown.rows[0].id.as_str(), desk.guide.view().notice), (ann.as_str(), None));
}

#[tokio::test]
async fn a_second_run_of_a_sitting_presents_the_passphrase_for_its_own_accounts() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    desk.guide.answer_prompt(id, Answer::Decline).unwrap();
    desk.over().await;
    desk.guide.finish().unwrap();
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    let (kind, id, needs_passphrase) = desk.ceremony().await;
    assert_eq!((kind, needs_passphrase), ("make", true));
    desk.present(id, PASSPHRASE).await;
    let (kind, _, needs_passphrase) = desk.ceremony().await;
    assert_eq!((kind, needs_passphrase), ("use", false));
}

#[tokio::test]
async fn a_new_store_needs_a_passphrase() {
    let desk = Desk::open(&["ann"]).await;
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    let Prompt::MakeStore(first) = desk.prompt().await else { panic!("{:?}", desk.guide.view()) };
    assert_eq!(desk.guide.answer_prompt(first.id, Answer::Approve).unwrap_err().code(), "passphrase_needed");
    desk.present(first.id, "").await;
    let problem = desk
        .until(|view| match view.prompt.clone()? {
            Prompt::MakeStore(prompt) => prompt.problem,
            _ => None,
        })
        .await;
    assert_eq!(problem.code, "passphrase_empty");
}

#[tokio::test]
async fn no_view_holds_a_secret() {
    let desk = Desk::new();
    let mut shown = Vec::new();
    let mut look = || shown.push(format!("{} {:?}", serde_json::to_string(&desk.guide.view()).unwrap(), desk.guide));
    desk.guide.start_practice().await.unwrap();
    look();
    desk.guide.unlock_practice().await.unwrap();
    look();
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    // In practice Rekey presents a passphrase that nobody knows.
    for _ in 0..3 {
        let id = desk
            .until(|view| {
                Some(match view.prompt.as_ref()? {
                    Prompt::MakeStore(prompt) | Prompt::OpenStore(prompt) => prompt.id,
                    Prompt::MakePasskey(prompt) | Prompt::UsePasskey(prompt) => prompt.id,
                })
            })
            .await;
        look();
        desk.guide.answer_prompt(id, Answer::Approve).unwrap();
    }
    assert_eq!(desk.over().await.summary.unwrap().proven, 1);
    look();
    desk.guide.leave().await.unwrap();

    desk.guide.bring(vec![desk.vault(&["ann"])]).await.unwrap();
    desk.unlock("marker-wrong-password").await;
    look();
    desk.unlock(VAULT_PASSWORD).await;
    let ann = desk.accounts().rows[0].id.clone();
    desk.guide.start(&[ann]).await.unwrap();
    let Prompt::MakeStore(prompt) = desk.prompt().await else { panic!() };
    look();
    let to = PassphraseFor::Prompt { id: prompt.id };
    desk.guide.present_passphrase(to, SecretString::from(PASSPHRASE)).await.unwrap();
    desk.until(crate::desk::running).await;
    look();
    for text in shown {
        for secret in ["marker", VAULT_PASSWORD, SITE_PASSWORD, PASSPHRASE] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
