use rekey_app::text::messages as m;
use rekey_app::{AppError, Exit, Session};

use crate::arguments::Import;
use crate::output::Output;
use crate::secrets;

pub(crate) fn run(session: &mut Session, arguments: &Import, output: &Output) -> Result<Exit, AppError> {
    let vault = secrets::unlock(&arguments.file, &arguments.key, output)?;
    let summary = session.import(&vault, arguments.dry_run, &output.texts)?;
    if output.json {
        output.document(&summary)?;
        return Ok(Exit::Done);
    }
    output.say(
        m::IMPORT_DONE,
        &[
            ("format", summary.format.unwrap_or_default().into()),
            ("entries", summary.entries.into()),
            ("accounts", summary.accounts.into()),
        ],
    )?;
    let counts = [("new", summary.new.into()), ("changed", summary.changed.into())];
    output.say(if summary.dry_run { m::IMPORT_WOULD } else { m::IMPORT_DID }, &counts)?;
    if !summary.problems.is_empty() {
        output.say(m::IMPORT_PROBLEMS, &[("count", summary.problems.len().into())])?;
        for problem in &summary.problems {
            output.line(&format!("  {}: {}", problem.location, problem.message))?;
        }
    }
    Ok(Exit::Done)
}
