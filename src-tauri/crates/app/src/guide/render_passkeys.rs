//! Where passkeys live, and what their authenticators ask, in the person's words.

use rekey_authenticator::{Home, NewPinAsked, Notice, PinAsked};

use super::devices::CHOICES;
use super::live::LiveAccount;
use super::render::{count, path};
use super::state::{Desk, Showing, State};
use super::view::StoreState;
use super::view_passkeys::{
    DeviceMoment, DeviceNotice, HomeFact, HomeOption, HomeView, NewPinPrompt, PasskeysView, PinPrompt, StoreView,
    StoreWay,
};
use super::view_run::{Now, Who};
use crate::doctor::Readiness;
use crate::text::{Texts, messages as m};
use crate::{Explanation, time_for_people};

/// All passkeys of the store into one file that is encrypted.
const MOVE: &str = "rekey passkeys export --to bitwarden --all --age --out passkeys.age";
/// From here on each wrong PIN is worth a warning before it is given.
const FEW_TRIES: u32 = 3;

pub(super) fn store_state(desk: &Desk) -> StoreState {
    match &desk.store {
        Some(_) => StoreState::Open,
        None if desk.store_is_there => StoreState::Locked,
        None => StoreState::Missing,
    }
}

/// What the runs to come can choose from: what was found here, and the store in any case.
pub(super) fn homes(state: &State) -> Vec<HomeOption> {
    let texts = &state.texts;
    let shown = CHOICES.into_iter().filter(|home| *home == Home::Store || state.survey.state(*home).is_some());
    let option = |home| {
        let available = state.survey.takes(home);
        HomeOption {
            home,
            name: texts.of_code("guide-home", home.code()),
            available,
            why: match missing(state, home) {
                _ if available => about(home, "is", texts),
                Some(missing) => missing,
                None => readiness(state, home),
            },
            usable_in: about(home, "usable", texts),
            only_here: only_here(home),
        }
    };
    shown.map(option).collect()
}

/// Every place here, once a vault is open.
pub(super) fn passkeys(state: &State) -> Option<PasskeysView> {
    let desk = state.desk.as_ref()?;
    let found = state.survey.found.iter().flatten().map(|found| found.home);
    let others: Vec<Home> = found.filter(|home| *home != Home::Store).collect();
    let homes = std::iter::once(Home::Store).chain(others).map(|home| home_view(state, desk, home)).collect();
    Some(PasskeysView { looking: state.survey.looking, homes, store: store(state, desk) })
}

fn home_view(state: &State, desk: &Desk, home: Home) -> HomeView {
    let texts = &state.texts;
    let fact = |label, part| HomeFact { label: texts.get(label), value: about(home, part, texts) };
    let facts = [
        fact(m::GUIDE_HOME_LIVES, "lives"),
        fact(m::GUIDE_HOME_USABLE, "usable"),
        fact(m::GUIDE_HOME_VERIFIES, "verifies"),
        fact(m::GUIDE_HOME_CAN, "can"),
    ];
    let there = |row: &&rekey_ledger::AccountView| row.credential.as_ref().is_some_and(|it| it.home == home.code());
    HomeView {
        home,
        name: texts.of_code("guide-home", home.code()),
        is: about(home, "is", texts),
        available: state.survey.takes(home),
        state: readiness(state, home),
        missing: missing(state, home),
        chosen: desk.choices.home == home,
        only_here: only_here(home),
        accounts: count(desk.rows.iter().filter(there).count()),
        facts: facts.into_iter().filter(|fact| !fact.value.is_empty()).collect(),
        not_tried: Some(about(home, "untried", texts)).filter(|words| !words.is_empty()),
    }
}

/// One thing about a place; empty where there is nothing to say.
fn about(home: Home, part: &str, texts: &Texts) -> String {
    texts.find(&format!("guide-home-{}", home.code()), Some(part), &[]).unwrap_or_default()
}

/// Whether its passkeys cannot leave this computer.
fn only_here(home: Home) -> bool {
    matches!(home, Home::Tpm | Home::WindowsHello)
}

/// Why it cannot be used here, and what to do.
fn missing(state: &State, home: Home) -> Option<String> {
    let missing = state.survey.state(home)?.missing?;
    Some(state.texts.of_code("home-missing", missing))
}

fn readiness(state: &State, home: Home) -> String {
    let texts = &state.texts;
    let found = state.survey.state(home).map(|found| found.state);
    let ready = if home == Home::Store { Some(Readiness::Ready) } else { found };
    texts.get(match ready {
        Some(Readiness::Ready) => m::GUIDE_HOME_STATE_READY,
        Some(Readiness::Untried) => m::GUIDE_HOME_STATE_UNTRIED,
        Some(Readiness::Absent) => m::GUIDE_HOME_STATE_ABSENT,
        Some(Readiness::Later) => m::GUIDE_HOME_STATE_LATER,
        None => m::GUIDE_HOME_STATE_LOOKING,
    })
}

fn store(state: &State, desk: &Desk) -> StoreView {
    let texts = &state.texts;
    let idle = match &state.screen {
        Showing::Accounts { busy } => !busy,
        Showing::Run(live) => live.is_over(),
        _ => false,
    };
    let way = |title, detail, command: &str| StoreWay {
        title: texts.get(title),
        detail: texts.get(detail),
        command: command.to_owned(),
    };
    // The practice store is made anew with each practice.
    let practice = state.practice.is_some();
    let ways = if practice {
        Vec::new()
    } else {
        vec![
            way(m::GUIDE_STORE_BACKUP, m::GUIDE_STORE_BACKUP_DETAIL, "rekey store backup FOLDER"),
            way(m::GUIDE_STORE_SHEET, m::GUIDE_STORE_SHEET_DETAIL, "rekey store sheet --out sheet.html"),
            way(m::GUIDE_STORE_MOVE, m::GUIDE_STORE_MOVE_DETAIL, MOVE),
            way(m::GUIDE_STORE_PASSPHRASE, m::GUIDE_STORE_PASSPHRASE_DETAIL, "rekey store passphrase"),
            way(m::GUIDE_STORE_LOST_PASSPHRASE, m::GUIDE_STORE_LOST_DETAIL, "rekey store lost --passphrase"),
            way(m::GUIDE_STORE_LOST_FILE, m::GUIDE_STORE_LOST_FILE_DETAIL, "rekey store lost --file"),
        ]
    };
    let state = store_state(desk);
    let lockable = idle && state == StoreState::Open;
    let copy = match &desk.copy {
        _ if practice || state == StoreState::Missing => None,
        None => Some(texts.get(m::GUIDE_STORE_NO_COPY)),
        Some((copy, is_old)) => {
            let message = if *is_old { m::GUIDE_STORE_OLD_COPY } else { m::GUIDE_STORE_COPY };
            let about = [("time", time_for_people(copy.at).into()), ("path", path(&copy.path).into())];
            Some(texts.with(message, &about))
        }
    };
    let (file, lock_after_minutes) = (path(&desk.profile.store()), desk.lock_after_minutes);
    StoreView { file, state, lockable, lock_after_minutes, copy, ways }
}

/// What an authenticator waits for, as what happens at this moment.
pub(super) fn waiting(home: Home, notice: Notice, texts: &Texts) -> Now {
    let (notice, code) = match notice {
        Notice::Insert => (DeviceNotice::Insert, "insert"),
        Notice::TouchToChoose => (DeviceNotice::TouchToChoose, "touch-to-choose"),
        Notice::Touch => (DeviceNotice::Touch, "touch"),
        Notice::Verify => (DeviceNotice::Verify, "verify"),
        Notice::Working => (DeviceNotice::Working, "working"),
    };
    let ids = [format!("guide-device-{code}-{}", home.code()), format!("guide-device-{code}")];
    let say = |part| ids.iter().find_map(|id| texts.find(id, part, &[])).filter(|words| !words.is_empty());
    Now {
        who: if notice == DeviceNotice::Working { Who::Rekey } else { Who::Person },
        text: say(None).unwrap_or_default(),
        detail: say(Some("detail")),
        seconds: None,
        device: Some(DeviceMoment { home, notice }),
    }
}

/// What a home says about its PIN, or what any says.
fn of_pin(id: &str, home: Home, part: Option<&str>, left: u32, texts: &Texts) -> String {
    let ids = [format!("{id}-{}", home.code()), id.to_owned()];
    ids.iter().find_map(|id| texts.find(id, part, &[("left", left.into())])).unwrap_or_default()
}

pub(super) fn pin(
    id: u32,
    asked: &PinAsked,
    current: Option<&LiveAccount>,
    problem: Option<Explanation>,
    texts: &Texts,
) -> PinPrompt {
    let words = |part| of_pin("guide-pin", asked.home, part, 0, texts);
    let left = asked.retries_left.filter(|left| asked.was_wrong || *left <= FEW_TRIES);
    PinPrompt {
        id,
        title: words(None),
        detail: words(Some("detail")),
        site: current.map(|account| account.site.clone()).unwrap_or_default(),
        user: current.map(|account| account.user.clone()).unwrap_or_default(),
        tries: left.map(|left| of_pin("guide-pin-tries", asked.home, None, left, texts)),
        last: left.is_some_and(|left| left <= 1),
        problem,
    }
}

pub(super) fn new_pin(id: u32, asked: &NewPinAsked, problem: Option<Explanation>, texts: &Texts) -> NewPinPrompt {
    let words = |part| of_pin("guide-new-pin", asked.home, part, 0, texts);
    NewPinPrompt {
        id,
        title: words(None),
        detail: words(Some("detail")),
        warning: words(Some("warning")),
        shortest: asked.shortest,
        problem,
    }
}
