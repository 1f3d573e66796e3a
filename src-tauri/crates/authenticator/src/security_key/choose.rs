//! Which key of several, and waiting for one where there is none.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;

use super::ctap::{CtapError, CtapStatus, Key, silent};
use super::transport::{KeyEvent, KeySource};
use crate::{AuthenticatorError, Interaction, Notice};

/// How long the keys that are connected have to say that they are, where nobody waits for the answer.
const SILENT_LOOK: Duration = Duration::from_secs(3);

/// How often keys are looked for anew: one that another program used at first may be free now.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// What is wanted of the key.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Nothing in particular.
    Any,
    /// One of these credentials; any of the site's where there are none.
    HolderOf { rp_id: &'a str, ids: &'a [&'a [u8]] },
}

/// The key that the person means: the only one, the only one that holds what is wanted, the one that is touched, or the
/// first one to come.
pub(super) async fn key(
    source: &dyn KeySource,
    wanted: Wanted<'_>,
    person: &dyn Interaction,
) -> Result<Key, AuthenticatorError> {
    let mut events = source.watch();
    let (mut keys, unusable) = connected(&mut events).await;
    if keys.len() > 1 {
        keys = narrowed(keys, wanted).await;
    }
    match (keys.pop(), keys.is_empty()) {
        (None, _) => match unusable {
            Some(error) => Err(error.into()),
            None => the_next(source, events, person).await,
        },
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            keys.push(last);
            person.notice(Notice::TouchToChoose);
            touched(keys, &mut events).await
        }
    }
}

/// Whether a connected key tells, without the person, that it holds one of these.
pub(super) async fn holds(source: &dyn KeySource, rp_id: &str, ids: &[&[u8]]) -> bool {
    if ids.is_empty() {
        return false;
    }
    let look = async {
        let mut events = source.watch();
        let (keys, _) = connected(&mut events).await;
        for mut key in keys {
            if matches!(key.holds(rp_id, ids, None).await, Ok(Some(_))) {
                return true;
            }
        }
        false
    };
    tokio::time::timeout(SILENT_LOOK, look).await.unwrap_or(false)
}

/// The keys that are there, and why another one cannot be used.
async fn connected(events: &mut UnboundedReceiver<KeyEvent>) -> (Vec<Key>, Option<CtapError>) {
    let (mut keys, mut unusable) = (Vec::new(), None);
    // All at once, so that one which keeps silent does not hold up the others.
    let mut opening = JoinSet::new();
    loop {
        match events.recv().await {
            Some(KeyEvent::Added(link)) => {
                opening.spawn(Key::open(link));
            }
            Some(KeyEvent::Unusable(error)) => unusable = Some(error),
            Some(KeyEvent::Enumerated) | None => break,
        }
    }
    while let Some(opened) = opening.join_next().await {
        match opened {
            Ok(Ok(key)) => keys.push(key),
            Ok(Err(error)) => unusable = Some(error),
            Err(_) => {}
        }
    }
    (keys, unusable)
}

/// Of several keys those that hold what is wanted, where any says that it does.
async fn narrowed(keys: Vec<Key>, wanted: Wanted<'_>) -> Vec<Key> {
    let Wanted::HolderOf { rp_id, ids: ids @ [_, ..] } = wanted else { return keys };
    let (mut holders, mut others) = (Vec::new(), Vec::new());
    for mut key in keys {
        match key.holds(rp_id, ids, None).await {
            Ok(Some(_)) => holders.push(key),
            _ => others.push(key),
        }
    }
    if holders.is_empty() { others } else { holders }
}

async fn the_next(
    source: &dyn KeySource,
    mut events: UnboundedReceiver<KeyEvent>,
    person: &dyn Interaction,
) -> Result<Key, AuthenticatorError> {
    person.notice(Notice::Insert);
    loop {
        let Ok(event) = tokio::time::timeout(LOOK_AGAIN, events.recv()).await else {
            events = source.watch();
            continue;
        };
        match event {
            Some(KeyEvent::Added(link)) => match Key::open(link).await {
                // Taken away again, or not yet at rest on the reader: the next one counts.
                Err(CtapError::Removed) => {}
                opened => return Ok(opened?),
            },
            Some(KeyEvent::Unusable(error)) => return Err(error.into()),
            Some(KeyEvent::Enumerated) => {}
            None => return Err(AuthenticatorError::NotFound),
        }
    }
}

/// The key that is touched first; the others stop waiting.
async fn touched(keys: Vec<Key>, events: &mut UnboundedReceiver<KeyEvent>) -> Result<Key, AuthenticatorError> {
    let mut waiting = JoinSet::new();
    let wait = async |mut key: Key| {
        loop {
            match key.wait_to_be_chosen(&silent).await {
                // A key waits for half a minute; the person has as long as the ceremony.
                Err(CtapError::Status(
                    CtapStatus::USER_ACTION_TIMEOUT | CtapStatus::ACTION_TIMEOUT | CtapStatus::TIMEOUT,
                )) => tokio::task::yield_now().await,
                touched => return touched.map(|()| key),
            }
        }
    };
    for key in keys {
        waiting.spawn(wait(key));
    }
    let mut last = CtapError::Removed;
    let mut more = true;
    loop {
        tokio::select! {
            touched = waiting.join_next() => match touched {
                Some(Ok(Ok(key))) => return Ok(key),
                Some(Ok(Err(error))) => last = error,
                Some(Err(_)) => {}
                None => return Err(last.into()),
            },
            event = events.recv(), if more => match event {
                Some(KeyEvent::Added(link)) => {
                    if let Ok(key) = Key::open(link).await {
                        waiting.spawn(wait(key));
                    }
                }
                Some(_) => {}
                None => more = false,
            },
        }
    }
}
