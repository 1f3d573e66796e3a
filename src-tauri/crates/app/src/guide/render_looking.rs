//! The look-ups in the person's words.

use rekey_lookup::LookUp;

use super::looking::{Checking, LookUps};
use super::render::explain;
use super::settling::desk_of;
use super::state::State;
use super::view_plan::{CheckView, LookUpLine, LookUpName, LookUpsView};
use crate::text::{Texts, messages as m};
use crate::{CheckStage, Part, time_for_people};

/// What may leave the computer; nothing in practice, where all is on the computer.
pub(super) fn look_ups(state: &State) -> Option<LookUpsView> {
    if state.practice.is_some() {
        return None;
    }
    let texts = &state.texts;
    let look_ups = &state.look_ups;
    let lines = [LookUpName::Refresh, LookUpName::AskSites, LookUpName::Breaches];
    Some(LookUpsView {
        lines: lines.into_iter().map(|name| line(name, look_ups, texts)).collect(),
        weekly: look_ups.settings.watch,
        last: look_ups.settings.last_checked().map(time_for_people),
        ready: desk_of(state).is_ok_and(|desk| desk.judging.is_none()),
        check: look_ups.checking.as_ref().map(|checking| check(checking, texts)),
        problem: explain(look_ups.problem.as_ref(), texts),
    })
}

fn line(name: LookUpName, look_ups: &LookUps, texts: &Texts) -> LookUpLine {
    let look_up = name.look_up();
    let part = look_ups.checked.as_ref().and_then(|checked| match look_up {
        LookUp::Refresh => checked.refresh.as_ref(),
        LookUp::AskSites => checked.sites.as_ref(),
        LookUp::Breaches => checked.breaches.as_ref(),
    });
    LookUpLine {
        name,
        on: look_ups.settings.is_on(look_up),
        title: texts.of_code("look-up", look_up.name()),
        reveals: texts.of_code("look-up-reveals", look_up.name()),
        result: part.and_then(|part| result(look_up, part, texts)),
        problem: part.and_then(|part| problem(part, texts)),
    }
}

fn result(look_up: LookUp, part: &Part, texts: &Texts) -> Option<String> {
    if part.asked > 0 && part.asked == part.failed {
        return None;
    }
    let message = match look_up {
        LookUp::Refresh => m::GUIDE_CHECKED_REFRESH,
        LookUp::AskSites => m::GUIDE_CHECKED_ASK_SITES,
        LookUp::Breaches => m::GUIDE_CHECKED_BREACHES,
    };
    Some(texts.with(message, &[("found", part.found.into()), ("asked", part.asked.into())]))
}

fn problem(part: &Part, texts: &Texts) -> Option<String> {
    let first = part.problems.first()?;
    let problem = first.message.as_str().into();
    Some(texts.with(m::GUIDE_CHECKED_FAILED, &[("failed", part.failed.into()), ("problem", problem)]))
}

fn check(checking: &Checking, texts: &Texts) -> CheckView {
    let (done, total) = (checking.progress.done, checking.progress.total);
    let stage = match checking.stage {
        CheckStage::Refresh => m::LOOK_UP_STAGE_REFRESH,
        CheckStage::AskSites => m::LOOK_UP_STAGE_ASK_SITES,
        CheckStage::Breaches => m::LOOK_UP_STAGE_BREACHES,
    };
    let percent = (done * 100).checked_div(total).and_then(|percent| u8::try_from(percent).ok());
    CheckView {
        text: texts.with(stage, &[("done", done.into()), ("total", total.into())]),
        percent: percent.filter(|_| total > 1),
    }
}
