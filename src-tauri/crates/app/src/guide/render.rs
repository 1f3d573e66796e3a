//! The state in the person's words: what the window draws.

use std::path::Path;

use super::host::GuideHost;
use super::prompts::{OpenPrompt, Question};
use super::render_import::{columns, exposed, imported, problems, questions, reading, sources, unlock};
use super::render_looking::look_ups;
use super::render_plan::{counts, health, lines, undo};
use super::render_run::run;
use super::state::{Desk, OwnBrowserFound, Said, Showing, State};
use super::view::{
    AccountsView, BrowserKind, BrowserOption, PasskeyPrompt, Prompt, Screen, Setup, StoreFacts, StorePrompt,
    StoreState, View, WelcomeView,
};
use super::view_plan::NewsView;
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
    View { commit, language: texts.language(), practice, screen, prompt, notice, look_ups: look_ups(state) }
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
    let rows = lines(desk, texts);
    AccountsView {
        sources: sources(&desk.sheet, texts),
        imported: imported(desk),
        dropping: state.dropping,
        reading: reading(state),
        problem: explain(desk.problem.as_ref(), texts),
        exposed: exposed(desk, texts),
        questions: questions(desk),
        counts: counts(&rows),
        rows,
        health: health(desk, texts),
        undo: undo(desk, texts),
        news: Some(NewsView { sites: desk.news.iter().map(ToString::to_string).collect() })
            .filter(|news| !news.sites.is_empty()),
        problems: problems(&desk.sheet, texts),
        setup: setup(state, desk, host),
        busy,
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
        store: StoreFacts { file: path(&file), state: store, lock_after_minutes: desk.lock_after_minutes },
    }
}

pub(super) fn path(path: &Path) -> String {
    path.display().to_string()
}

/// More than the window can count is as good as many.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
