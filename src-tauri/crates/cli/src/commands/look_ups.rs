//! `look-ups`: what may leave the computer; `recheck`: looking again.

use std::collections::HashMap;
use std::io::IsTerminal as _;

use rekey_app::text::messages as m;
use rekey_app::{
    AppError, Check, CheckStage, Checked, Client, Exit, LookUp, LookUpLimits, Part, Session, Settings, unix_now,
};
use serde_json::json;

use super::{asked_to_end, runtime};
use crate::arguments::{LookUps, Recheck};
use crate::output::{Output, erase_line, rewrite_line};
use crate::vaults;

pub(crate) fn run(session: &Session, arguments: &LookUps, output: &Output) -> Result<Exit, AppError> {
    let settings = Settings::change(&session.profile, |settings| {
        arguments.on.iter().for_each(|look_up| settings.switch(*look_up, true));
        arguments.off.iter().for_each(|look_up| settings.switch(*look_up, false));
        settings.watch = arguments.watch.unwrap_or(settings.watch);
    })?;
    let rows = settings.look_up_rows(&output.texts);
    let checked = settings.last_checked().map(rekey_app::time_for_people);
    if output.json {
        let checked = settings.last_checked().map(rekey_app::time_for_scripts);
        output.document(&json!({ "look_ups": rows, "watch": settings.watch, "checked_at": checked }))?;
        return Ok(Exit::Done);
    }
    for row in rows {
        let on = output.texts.get(if row.on { m::LOOK_UPS_ON } else { m::LOOK_UPS_OFF });
        output.line(&format!("{:<10} {on}", row.name))?;
        output.line(&format!("  {}", row.title))?;
        output.line(&format!("  {}", row.reveals))?;
        output.raw("\n")?;
    }
    output.say(if settings.watch { m::LOOK_UPS_WATCH_ON } else { m::LOOK_UPS_WATCH_OFF }, &[])?;
    match checked {
        Some(time) => output.say(m::LOOK_UPS_LAST, &[("time", time.into())])?,
        None => output.say(m::LOOK_UPS_NEVER, &[])?,
    }
    Ok(Exit::Done)
}

pub(crate) fn recheck(session: &mut Session, arguments: &Recheck, output: &Output) -> Result<Exit, AppError> {
    let settings = Settings::of(&session.profile);
    let directory = session.profile.directory(unix_now());
    if settings.look_ups.is_empty() {
        return Err(AppError::NothingSwitchedOn);
    }
    let is_on = settings.is_on(LookUp::Breaches);
    if is_on == arguments.file.is_empty() {
        output.note(&output.texts.get(if is_on { m::RECHECK_NO_VAULT } else { m::RECHECK_NO_BREACHES }));
    }
    let vaults = match arguments.file.as_slice() {
        [] => None,
        _ if !is_on => None,
        files => Some(vaults::open(session, files, &arguments.key, output)?),
    };
    let mut live = HashMap::new();
    if let Some(vaults) = &vaults {
        live = super::health::judge(session, vaults, &directory, output)?;
    }
    let check = Check::of(session, &settings, &directory, vaults.as_ref(), unix_now())?;
    let client = Client::new(LookUpLimits::default()).map_err(AppError::NoLookUps)?;
    let runtime = runtime()?;
    let is_told = std::io::stderr().is_terminal();
    let found = runtime.block_on(async {
        let tell = |stage: CheckStage, step: rekey_app::LookUpProgress| {
            if is_told {
                let words = [("done", step.done.into()), ("total", step.total.into())];
                let message = match stage {
                    CheckStage::Refresh => m::LOOK_UP_STAGE_REFRESH,
                    CheckStage::AskSites => m::LOOK_UP_STAGE_ASK_SITES,
                    CheckStage::Breaches => m::LOOK_UP_STAGE_BREACHES,
                };
                rewrite_line(&output.texts.with(message, &words));
            }
        };
        check.run(&client, tell, asked_to_end()).await
    });
    // A name that is being resolved does not hold up the end.
    runtime.shutdown_background();
    if is_told {
        erase_line();
    }
    let checked = session.take_in(found, &mut live, &output.texts)?;
    if output.json {
        output.document(&checked)?;
    } else {
        tell(&checked, output)?;
    }
    session.told_of(checked.news.iter().map(|news| &news.site))?;
    let is_whole = parts(&checked).all(Part::is_made) && is_anything_made(&checked);
    Ok(if is_whole && !checked.cancelled { Exit::Done } else { Exit::Stopped })
}

fn parts(checked: &Checked) -> impl Iterator<Item = &Part> {
    [&checked.refresh, &checked.sites, &checked.breaches].into_iter().flatten()
}

fn is_anything_made(checked: &Checked) -> bool {
    parts(checked).any(Part::is_made)
}

fn tell(checked: &Checked, output: &Output) -> Result<(), AppError> {
    let parts = [
        (m::RECHECK_REFRESH, &checked.refresh),
        (m::RECHECK_SITES, &checked.sites),
        (m::RECHECK_BREACHES, &checked.breaches),
    ];
    for (message, part) in parts {
        let Some(Part { asked, found, failed, problems }) = part else { continue };
        output.say(message, &[("asked", (*asked).into()), ("found", (*found).into()), ("failed", (*failed).into())])?;
        for problem in problems {
            output.line(&format!("  {} × {}", problem.count, problem.message))?;
        }
    }
    if checked.cancelled {
        output.say(m::RECHECK_CANCELLED, &[])?;
    }
    if !is_anything_made(checked) && checked.news.is_empty() {
        return output.say(m::RECHECK_REFUSED, &[]);
    }
    output.say(m::RECHECK_NEWS, &[("count", checked.news.len().into())])?;
    for site in &checked.news {
        output.line(&format!("  {} ({})", site.name, site.site))?;
    }
    Ok(())
}
