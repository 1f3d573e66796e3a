use std::collections::HashMap;

use rekey_app::plan::{Choice, Planned, PlannedWords, choice_words, date_of_day, day_of, explain};
use rekey_app::text::messages as m;
use rekey_app::{AppError, Exit, Session, unix_now};
use serde_json::{Value, json};

use crate::arguments::Plan;
use crate::output::Output;

/// How many accounts are listed unless the person says otherwise.
const LIMIT: usize = 20;
/// A postponed account comes back after so many days, unless the person says when.
const POSTPONE_DAYS: u32 = 30;

pub(crate) fn run(session: &mut Session, arguments: &Plan, output: &Output) -> Result<Exit, AppError> {
    if let Some((name, choice)) = chosen(arguments)? {
        let id = *session
            .resolve(std::slice::from_ref(name))?
            .first()
            .ok_or_else(|| AppError::NoSuchAccount { name: name.clone() })?;
        session.choose(id, choice, unix_now())?;
        if let Some(view) = session.ledger.account(id)?.filter(|_| !output.json) {
            output.line(&choice_words(&view.site, choice, &output.texts))?;
            output.raw("\n")?;
        }
    }
    let plan = of(session)?;
    let shown: Vec<&Planned> = plan.iter().filter(|planned| arguments.everything || planned.band.is_active()).collect();
    let limit = arguments.limit.unwrap_or(if output.json || arguments.everything { usize::MAX } else { LIMIT });
    if output.json {
        let rows: Vec<Value> =
            shown.iter().take(limit).map(|planned| row(planned, output)).collect::<Result<_, _>>()?;
        let document = json!({ "accounts": plan.len(), "to_do": plan.iter().filter(|p| p.band.is_active()).count(), "plan": rows });
        output.document(&document)?;
        return Ok(Exit::Done);
    }
    if plan.is_empty() {
        output.say(m::ACCOUNTS_NONE, &[])?;
        return Ok(Exit::Done);
    }
    for planned in shown.iter().take(limit) {
        tell(planned, &explain(planned, &output.texts), output)?;
    }
    let (left, resting) = (shown.len().saturating_sub(limit), plan.len() - shown.len());
    if left > 0 {
        output.say(m::PLAN_MORE, &[("count", left.into())])?;
    }
    if resting > 0 {
        output.say(m::PLAN_RESTING, &[("count", resting.into())])?;
    }
    Ok(Exit::Done)
}

/// The plan as the ledger and the directory have it.
pub(crate) fn of(session: &Session) -> Result<Vec<Planned>, AppError> {
    session.plan(&session.profile.directory(unix_now()), &HashMap::new(), unix_now())
}

fn chosen(arguments: &Plan) -> Result<Option<(&String, Option<Choice>)>, AppError> {
    let Plan { pin, postpone, leave_out, bring_back, until, .. } = arguments;
    let today = day_of(unix_now());
    if let Some(day) = until.filter(|day| *day <= today) {
        return Err(AppError::NotADay { text: date_of_day(day) });
    }
    let until_day = until.unwrap_or(today + POSTPONE_DAYS);
    let pin = pin.as_ref().map(|name| (name, Some(Choice::Pinned)));
    let postpone = postpone.as_ref().map(|name| (name, Some(Choice::Postponed { until_day })));
    let leave_out = leave_out.as_ref().map(|name| (name, Some(Choice::Ignored)));
    Ok(pin.or(postpone).or(leave_out).or(bring_back.as_ref().map(|name| (name, None))))
}

fn row(planned: &Planned, output: &Output) -> Result<Value, AppError> {
    let mut row = serde_json::to_value(planned).map_err(AppError::unexpected)?;
    let words = serde_json::to_value(explain(planned, &output.texts)).map_err(AppError::unexpected)?;
    if let Some(row) = row.as_object_mut() {
        row.insert("words".to_owned(), words);
    }
    Ok(row)
}

fn tell(planned: &Planned, words: &PlannedWords, output: &Output) -> Result<(), AppError> {
    let site = &planned.site;
    let account =
        if planned.user_name.is_empty() { site.to_string() } else { format!("{} · {}", site, planned.user_name) };
    output.line(&format!("{:>4}  {account}", planned.place))?;
    output.line(&format!("      {}", words.why))?;
    output.line(&format!("      → {}", words.step))?;
    if let Some(page) = &words.page {
        output.line(&format!("        {page}"))?;
    }
    if let Some(then) = &words.then {
        output.line(&format!("      → {}", output.texts.with(m::PLAN_THEN, &[("step", then.as_str().into())])))?;
    }
    words.warnings.iter().try_for_each(|warning| output.line(&format!("      ! {warning}")))?;
    output.raw("\n")
}
