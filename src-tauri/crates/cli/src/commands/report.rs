use rekey_app::text::messages as m;
use rekey_app::{AppError, Exit, Session, unix_now};
use serde_json::json;

use crate::arguments::{Format, Report};
use crate::output::Output;
use crate::practice_vault::{Existing, write_private};

pub(crate) fn run(session: &Session, arguments: &Report, output: &Output) -> Result<Exit, AppError> {
    let text = session.report(arguments.format.into(), &output.texts, unix_now())?;
    let Some(path) = &arguments.out else {
        match arguments.format {
            Format::Html | Format::Csv if output.json => {
                output.document(&json!({ "format": arguments.format.name(), "report": text }))?;
            }
            Format::Html | Format::Csv | Format::Json => output.text(&text)?,
        }
        return Ok(Exit::Done);
    };
    // User names and sites are nobody else's business.
    write_private(path, text.as_bytes(), Existing::Replace)?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string();
    if output.json {
        output.document(&json!({ "report": path }))?;
    } else {
        output.say(m::REPORT_WRITTEN, &[("path", path.as_str().into())])?;
    }
    Ok(Exit::Done)
}
