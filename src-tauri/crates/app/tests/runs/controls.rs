//! A host with a window: it is asked, and a person may take their time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use rekey_app::migrate::{CeremonyKind, Consent, ConsentRequest, Controls, MigrateRequest, Person, Steering};
use rekey_app::{Event, Outcome, RunLine, StopReason};

use crate::window::Count;
use crate::{Desk, nothing};

/// Answers after four minutes, within the time that a page gives a ceremony, and keeps what it was asked.
struct Slow(Mutex<Vec<ConsentRequest>>);

#[async_trait]
impl Person for Slow {
    async fn consents(&self, to: ConsentRequest) -> Consent {
        self.0.lock().unwrap().push(to);
        tokio::time::sleep(Duration::from_secs(240)).await;
        Consent::Approve
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_that_a_person_takes_does_not_count() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let person = Arc::new(Slow(Mutex::default()));
    let asked = Arc::clone(&person);
    let ann = desk.accounts[0];
    let change = |request: &mut MigrateRequest| {
        request.accounts = vec![ann];
        request.timeout = Some(Duration::from_secs(20));
        request.controls = Some(Controls { person, steering: Steering::default() });
    };
    desk.run(1, &count, nothing(), change).await.unwrap();
    let asked = asked.0.lock().unwrap();
    assert_eq!((asked.len(), asked[0].kind, asked[0].needs_passphrase), (1, CeremonyKind::Create, false));
    let made = |line: &RunLine| matches!(line, RunLine::Ledger { fact: Event::PasskeyCreated { .. }, .. });
    assert!(desk.lines.iter().any(made), "{:?}", desk.lines);
    let (outcome, reason) = desk.ends()[0];
    assert!(outcome != Outcome::Proven && reason != Some(StopReason::TimedOut), "{reason:?}");
}

/// Somebody who never answers.
struct Silent;

#[async_trait]
impl Person for Silent {
    async fn consents(&self, _: ConsentRequest) -> Consent {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn no_passkey_is_made_for_a_page_that_took_its_call_back() {
    let (mut desk, count) = (Desk::new(), Arc::new(Count::default()));
    count.withdraws.store(true, std::sync::atomic::Ordering::SeqCst);
    let ann = desk.accounts[0];
    let change = |request: &mut MigrateRequest| {
        request.accounts = vec![ann];
        request.controls = Some(Controls { person: Arc::new(Silent), steering: Steering::default() });
    };
    desk.run(1, &count, nothing(), change).await.unwrap();
    let made = |line: &RunLine| matches!(line, RunLine::Ledger { fact: Event::PasskeyCreated { .. }, .. });
    assert!(!desk.lines.iter().any(made), "{:?}", desk.lines);
    assert_eq!(desk.ends()[0].1, Some(StopReason::PageUnknown));
}
