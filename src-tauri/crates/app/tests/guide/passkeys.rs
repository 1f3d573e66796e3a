//! Where passkeys are kept, and what an authenticator asks.

use rekey_app::Home;
use rekey_app::guide::{
    Answer, DeviceNotice, HomeOption, PasskeysView, PassphraseFor, PinPrompt, Prompt, StoreState, Verification, Who,
};
use secrecy::SecretString;

use crate::desk::{Desk, PASSPHRASE, running};
use crate::key::PIN;

/// A desk where a key is plugged in and chosen.
async fn with_key(users: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.key.plug_in();
    desk.sit_down(users).await;
    desk.until(|view| {
        view.passkeys.as_ref()?.homes.iter().find(|it| it.home == Home::SecurityKey && it.available).cloned()
    })
    .await;
    desk.guide.choose_home(Home::SecurityKey).unwrap();
    desk
}

async fn start(desk: &Desk) {
    let ids: Vec<String> = desk.accounts().rows.into_iter().map(|row| row.id).collect();
    desk.guide.start(&ids).await.unwrap();
}

async fn approve(desk: &Desk, expect: &str) {
    let (kind, id, needs_passphrase) = desk.ceremony().await;
    assert_eq!((kind, needs_passphrase), (expect, false));
    desk.guide.answer_prompt(id, Answer::Approve).unwrap();
}

async fn pin_prompt(desk: &Desk, after: u32) -> PinPrompt {
    desk.until(|view| match view.prompt.clone()? {
        Prompt::Pin(prompt) if prompt.id > after => Some(prompt),
        _ => None,
    })
    .await
}

fn passkeys(desk: &Desk) -> PasskeysView {
    desk.guide.view().passkeys.unwrap()
}

fn option(desk: &Desk, home: Home) -> HomeOption {
    desk.accounts().setup.homes.into_iter().find(|option| option.home == home).unwrap()
}

#[tokio::test]
async fn a_run_keeps_its_passkeys_on_a_key_and_says_what_the_key_waits_for() {
    let desk = with_key(&["ann"]).await;
    start(&desk).await;
    // No store is opened or made for it.
    approve(&desk, "make").await;
    let prompt = pin_prompt(&desk, 0).await;
    assert_eq!((prompt.site.as_str(), prompt.user.as_str()), ("example.com", "ann"));
    assert_eq!((prompt.last, prompt.problem), (false, None));
    desk.present(prompt.id, "marker-wrong").await;
    let again = pin_prompt(&desk, prompt.id).await;
    assert_eq!(again.problem.unwrap().code, "pin_wrong");
    assert_eq!(again.tries.unwrap(), "2 tries are left. After that the key locks itself for good.");
    desk.present(again.id, "marker-wrong").await;
    let last = pin_prompt(&desk, again.id).await;
    assert!(last.last && last.tries.unwrap().starts_with("One try is left."));
    desk.present(last.id, PIN).await;
    let now = desk.until(|view| running(view)?.accounts[0].now.clone().filter(|now| now.device.is_some())).await;
    assert_eq!((now.device.unwrap().notice, now.device.unwrap().home), (DeviceNotice::Touch, Home::SecurityKey));
    assert_eq!((now.who, now.text.as_str()), (Who::Person, "Touch your security key"));
    desk.key.touch();
    approve(&desk, "use").await;
    desk.present(pin_prompt(&desk, last.id).await.id, PIN).await;
    desk.key.touch();
    let run = desk.over().await;
    assert_eq!(run.summary.unwrap().proven, 1);
    assert!(run.accounts[0].result.as_ref().unwrap().proof.iter().any(|fact| fact.value == "Security key"));
    let key = passkeys(&desk).homes.into_iter().find(|home| home.home == Home::SecurityKey).unwrap();
    assert_eq!((key.accounts, passkeys(&desk).store.state), (1, StoreState::Missing));

    // A proof asks the one that holds the passkey, whatever is chosen for new ones.
    desk.guide.finish().unwrap();
    desk.guide.choose_home(Home::Store).unwrap();
    desk.guide.prove(&desk.accounts().rows[0].id).await.unwrap();
    approve(&desk, "use").await;
    let prompt = pin_prompt(&desk, 0).await;
    desk.guide.answer_prompt(prompt.id, Answer::Decline).unwrap();
    assert_eq!(desk.over().await.summary.unwrap().needs_person, 1);
}

#[tokio::test]
async fn what_an_authenticator_waits_for_goes_with_its_ceremony() {
    let desk = with_key(&["ann", "bob"]).await;
    start(&desk).await;
    approve(&desk, "make").await;
    desk.present(pin_prompt(&desk, 0).await.id, PIN).await;
    desk.until(|view| running(view)?.accounts[0].now.clone().filter(|now| now.device.is_some())).await;
    desk.guide.skip().unwrap();
    desk.ceremony().await;
    let shown = desk.run();
    assert!(shown.accounts.iter().filter_map(|account| account.now.as_ref()).all(|now| now.device.is_none()));
    assert_eq!(shown.current.as_ref(), Some(&shown.accounts[1].id));
}

#[tokio::test]
async fn a_pin_is_the_persons_also_in_practice() {
    let desk = Desk::new();
    desk.key.plug_in();
    desk.guide.start_practice().await.unwrap();
    desk.guide.unlock_practice().await.unwrap();
    desk.until(|view| {
        view.passkeys.as_ref()?.homes.iter().any(|home| home.available && home.home == Home::SecurityKey).then_some(())
    })
    .await;
    assert!(passkeys(&desk).store.ways.is_empty(), "the practice store is made anew each time");
    desk.guide.choose_home(Home::SecurityKey).unwrap();
    start(&desk).await;
    approve(&desk, "make").await;
    let prompt = pin_prompt(&desk, 0).await;
    let refused = desk.guide.answer_prompt(prompt.id, Answer::Approve).unwrap_err();
    assert_eq!(refused.code(), "passphrase_needed");
    desk.present(prompt.id, "").await;
    let again = pin_prompt(&desk, prompt.id).await;
    assert_eq!(
        again.tries,
        Some("3 tries are left. After that the key locks itself for good.".into()),
        "an empty one is not tried"
    );
    let shown = format!("{:?}", desk.guide.view());
    assert!(!shown.contains(PIN));
}

#[tokio::test]
async fn a_new_pin_is_long_enough_before_the_key_sees_it() {
    let desk = with_key(&["ann"]).await;
    desk.key.has_no_pin();
    start(&desk).await;
    approve(&desk, "make").await;
    let mut last = 0;
    for (given, problem) in [("123", "pin_too_short"), (&*"é".repeat(32), "pin_too_long")] {
        let Prompt::NewPin(prompt) = desk.prompt().await else { panic!("{:?}", desk.guide.view().prompt) };
        assert!(prompt.id > last && prompt.shortest == 4);
        last = prompt.id;
        let to = PassphraseFor::Prompt { id: prompt.id };
        desk.guide.present_passphrase(to, SecretString::from(given)).await.unwrap();
        let code = desk
            .until(|view| match view.prompt.clone()? {
                Prompt::NewPin(next) if next.id > last => next.problem.map(|problem| problem.code),
                _ => None,
            })
            .await;
        assert_eq!(code, problem);
    }
    let Prompt::NewPin(prompt) = desk.prompt().await else { panic!() };
    desk.present(prompt.id, "12345").await;
    desk.present(pin_prompt(&desk, prompt.id).await.id, "12345").await;
    desk.key.touch();
    assert_eq!(desk.ceremony().await.0, "use");
}

#[tokio::test]
async fn only_what_is_there_can_be_chosen_and_what_goes_away_is_chosen_no_more() {
    let desk = Desk::open(&["ann"]).await;
    desk.until(|view| view.passkeys.as_ref().filter(|passkeys| !passkeys.looking).cloned()).await;
    let key = option(&desk, Home::SecurityKey);
    assert_eq!((key.available, key.only_here), (false, false));
    assert_eq!(desk.guide.choose_home(Home::SecurityKey).unwrap_err().code(), "not_now");
    assert!(option(&desk, Home::Tpm).only_here && option(&desk, Home::Store).available);
    assert_eq!(desk.guide.choose_home(Home::Phone).unwrap_err().code(), "not_now");
    desk.key.plug_in();
    desk.guide.look_for_devices().unwrap();
    desk.until(|view| {
        view.passkeys.as_ref()?.homes.iter().any(|home| home.available && home.home == Home::SecurityKey).then_some(())
    })
    .await;
    desk.guide.choose_home(Home::SecurityKey).unwrap();
    assert_eq!(desk.accounts().setup.home, Home::SecurityKey);
    desk.key.unplug();
    desk.guide.look_for_devices().unwrap();
    desk.until(|view| (!view.passkeys.as_ref()?.looking).then_some(())).await;
    assert_eq!(desk.accounts().setup.home, Home::Store);
}

#[tokio::test]
async fn the_store_is_locked_when_the_person_says_so_and_no_run_needs_it() {
    let desk = Desk::started(&["ann"], Verification::QuarterHour).await;
    let (_, id, _) = desk.ceremony().await;
    assert_eq!(desk.guide.lock_store().unwrap_err().code(), "not_now");
    assert!(!passkeys(&desk).store.lockable);
    desk.guide.answer_prompt(id, Answer::Decline).unwrap();
    desk.over().await;
    assert!(passkeys(&desk).store.lockable);
    desk.guide.lock_store().unwrap();
    assert_eq!((passkeys(&desk).store.state, passkeys(&desk).store.lockable), (StoreState::Locked, false));
    assert_eq!(desk.guide.lock_store().unwrap_err().code(), "not_now");
    desk.guide.finish().unwrap();
    start(&desk).await;
    let Prompt::OpenStore(prompt) = desk.prompt().await else { panic!("{:?}", desk.guide.view().prompt) };
    desk.present(prompt.id, PASSPHRASE).await;
    assert_eq!(desk.ceremony().await.0, "make");
}
