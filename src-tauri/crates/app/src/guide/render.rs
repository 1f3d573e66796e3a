//! The state in the person's words: what the window draws.

use std::path::Path;

use rekey_journey::AccountState;
use rekey_ledger::AccountView;

use super::host::GuideHost;
use super::prompts::{OpenPrompt, Question};
use super::render_import::{columns, exposed, imported, problems, questions, reading, sources, unlock};
use super::render_run::run;
use super::sheet::Sheet;
use super::state::{Desk, OwnBrowserFound, Said, Showing, State};
use super::view::{
    AccountLine, AccountsView, BrowserKind, BrowserOption, Counts, PasskeyPrompt, Prompt, RowAction, RowState, Screen,
    Setup, StoreFacts, StorePrompt, StoreState, View, WelcomeView,
};
use super::view_plan::{HealthView, PlanGroup, PlanLine};
use crate::Explanation;
use crate::migrate::CeremonyKind;
use crate::text::{Texts, messages as m};

/// The whole window.
pub(super) fn view(state: &State, commit: u32, host: &GuideHost) -> View {
    let texts = &state.texts;
    let practice = state.practice.is_some();
    let prompt = state.prompt.as_ref().map(|open| prompt(open, practice, texts));
    let screen = match (&state.screen, &state.desk) {
        (Showing::Unlock(unlocking), _) => Screen::Unlock(unlock(state, unlocking)),
        (Showing::Columns(charting), _) => Screen::Columns(columns(state, charting)),
        (Showing::Accounts { busy }, Some(desk)) => Screen::Accounts(accounts(state, desk, host, *busy)),
        (Showing::Run(live), _) => {
            Screen::Run(run(live, matches!(prompt, Some(Prompt::MakePasskey(_) | Prompt::UsePasskey(_))), texts))
        }
        (Showing::Welcome { busy, problem }, _) => Screen::Welcome(WelcomeView {
            dropping: state.dropping,
            busy: *busy,
            reading: reading(state),
            problem: explain(problem.as_ref(), texts),
        }),
        // A desk is there wherever its accounts are shown.
        (Showing::Accounts { .. }, None) => Screen::Welcome(WelcomeView::default()),
    };
    let notice = explain(state.notice.as_ref(), texts);
    View { commit, language: texts.language(), practice, screen, prompt, notice, look_ups: None }
}

pub(super) fn explain(said: Option<&Said>, texts: &Texts) -> Option<Explanation> {
    said.map(|said| said.explain(texts))
}

fn prompt(open: &OpenPrompt, practice: bool, texts: &Texts) -> Prompt {
    let problem = explain(open.problem.as_ref(), texts);
    let store = |file: &Path| StorePrompt { id: open.id, file: path(file), practice, problem: problem.clone() };
    match &open.question {
        Question::MakeStore(file) => Prompt::MakeStore(store(file)),
        Question::OpenStore(file) => Prompt::OpenStore(store(file)),
        Question::Passkey(request) => {
            let prompt = PasskeyPrompt {
                id: open.id,
                site: request.account.site.to_string(),
                user: request.account.user.clone(),
                relying_party: request.relying_party.clone(),
                home: texts.of_code("home", request.home),
                needs_passphrase: request.needs_passphrase,
                practice,
                problem,
            };
            match request.kind {
                CeremonyKind::Create => Prompt::MakePasskey(prompt),
                CeremonyKind::Get => Prompt::UsePasskey(prompt),
            }
        }
    }
}

fn accounts(state: &State, desk: &Desk, host: &GuideHost, busy: bool) -> AccountsView {
    let texts = &state.texts;
    let mut counts = Counts::default();
    for row in &desk.rows {
        counts.accounts += 1;
        *match row.state {
            AccountState::Proven | AccountState::SecondFactor => &mut counts.done,
            AccountState::NeedsPerson | AccountState::Stuck => &mut counts.needs_you,
            AccountState::New | AccountState::Started | AccountState::Registered => &mut counts.left,
        } += 1;
    }
    AccountsView {
        sources: sources(&desk.sheet, texts),
        imported: imported(desk),
        dropping: state.dropping,
        reading: reading(state),
        problem: explain(desk.problem.as_ref(), texts),
        exposed: exposed(desk, texts),
        questions: questions(desk),
        rows: desk.rows.iter().map(|row| line(row, &desk.sheet, texts)).collect(),
        counts,
        health: HealthView::default(),
        undo: None,
        news: None,
        problems: problems(&desk.sheet, texts),
        setup: setup(state, desk, host),
        busy,
    }
}

fn line(row: &AccountView, sheet: &Sheet, texts: &Texts) -> AccountLine {
    let noted = sheet.accounts.get(&row.id);
    let several = noted.filter(|noted| noted.sources.len() > 1);
    let source = |number: &usize| sheet.sources.get(*number).map(|source| source.id.clone());
    let (state, action) = match row.state {
        AccountState::New => (RowState::New, RowAction::Start),
        AccountState::Started => (RowState::Started, RowAction::GoOn),
        AccountState::Registered => (RowState::Registered, RowAction::GoOn),
        AccountState::Proven => (RowState::Proven, RowAction::Prove),
        AccountState::SecondFactor => (RowState::SecondFactor, RowAction::Prove),
        AccountState::NeedsPerson => (RowState::NeedsPerson, RowAction::GoOn),
        AccountState::Stuck => (RowState::Stuck, RowAction::GoOn),
    };
    let stopped = matches!(row.state, AccountState::NeedsPerson | AccountState::Stuck);
    let next = match row.stopped.filter(|_| stopped) {
        Some(reason) => texts.stop_in_window(reason).next,
        None => texts.of_code("guide-next", row.state.code()),
    };
    AccountLine {
        id: row.id.to_string(),
        site: row.site.to_string(),
        title: row.title.clone(),
        user: row.user_name.clone(),
        state,
        state_text: texts.state(row.state),
        next,
        action: Some(action),
        has_password: row.has_password,
        has_totp: row.has_totp,
        has_passkey: noted.is_some_and(|noted| noted.has_passkey),
        is_archived: noted.is_some_and(|noted| noted.is_archived),
        is_expired: noted.is_some_and(|noted| noted.is_expired),
        sources: several.map(|noted| noted.sources.iter().filter_map(source).collect()).unwrap_or_default(),
        plan: PlanLine { place: None, group: PlanGroup::Next, pinned: false, why: String::new(), marks: Vec::new(), lacks: Vec::new() },
    }
}

fn setup(state: &State, desk: &Desk, host: &GuideHost) -> Setup {
    let texts = &state.texts;
    let embedded = host.embedded.is_some();
    let embedded = BrowserOption {
        choice: BrowserKind::Embedded,
        name: texts.get(m::GUIDE_BROWSER_EMBEDDED),
        available: embedded,
        why: texts.get(if embedded { m::GUIDE_BROWSER_EMBEDDED_IS } else { m::GUIDE_BROWSER_EMBEDDED_MISSING }),
    };
    let own = BrowserOption {
        choice: BrowserKind::Own,
        name: texts.get(m::GUIDE_BROWSER_OWN),
        available: matches!(state.own_browser, OwnBrowserFound::Found(_)),
        why: match &state.own_browser {
            OwnBrowserFound::Found(name) => texts.with(m::GUIDE_BROWSER_OWN_IS, &[("name", name.as_str().into())]),
            OwnBrowserFound::None => texts.get(m::GUIDE_BROWSER_OWN_MISSING),
            OwnBrowserFound::NotLooked | OwnBrowserFound::Looking => texts.get(m::GUIDE_BROWSER_OWN_LOOKING),
        },
    };
    let file = desk.profile.store();
    let store = match &desk.store {
        Some(_) => StoreState::Open,
        None if desk.store_is_there => StoreState::Locked,
        None => StoreState::Missing,
    };
    Setup {
        assist: desk.choices.assist,
        browser: desk.choices.browser,
        browsers: vec![embedded, own],
        verification: desk.choices.verification,
        store: StoreFacts { file: path(&file), state: store },
    }
}

pub(super) fn path(path: &Path) -> String {
    path.display().to_string()
}

/// More than the window can count is as good as many.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
