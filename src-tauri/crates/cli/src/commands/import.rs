//! `import`: what vaults hold comes into the ledger, and what that means is said.

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use rekey_app::text::{Args, Message, messages as m};
use rekey_app::{
    AppError, DifferingPasswords, Exit, FormatRow, ImportSummary, PasswordPlace, Session, SourceFile, delete_export,
    unix_now,
};

use crate::arguments::Import;
use crate::output::{Output, plain};
use crate::table::{Table, Tone};
use crate::vaults;

pub(crate) fn run(session: &mut Session, arguments: &Import, output: &Output) -> Result<Exit, AppError> {
    if arguments.delete_export && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(AppError::TerminalNeeded { option: "--delete-export" });
    }
    let mut vaults = vaults::open(session, &arguments.file, &arguments.key, output)?;
    for (title, url) in &arguments.place {
        if !vaults.place_titled(title, url) {
            return Err(AppError::NoSuchEntry { title: title.clone() });
        }
    }
    let summary = session.import(&vaults, arguments.dry_run, &output.texts)?;
    if !arguments.dry_run {
        let directory = session.profile.directory(unix_now());
        super::health::judge(session, &vaults, &directory, output)?;
    }
    if output.json {
        output.document(&summary)?;
    } else {
        tell(&summary, output)?;
        if !arguments.dry_run && summary.accounts > 0 {
            output.say(m::IMPORT_NEXT, &[])?;
        }
    }
    for file in vaults.sources.iter().filter(|file| file.is_plain_text) {
        if arguments.delete_export {
            delete(file, output)?;
        } else if !arguments.dry_run {
            warn(m::IMPORT_PLAIN_TEXT, file, output);
        }
    }
    Ok(Exit::Done)
}

/// `import --list-formats`.
pub(crate) fn list(output: &Output) -> Result<Exit, AppError> {
    let rows = FormatRow::all(&output.texts);
    if output.json {
        output.document(&serde_json::json!({ "formats": rows }))?;
        return Ok(Exit::Done);
    }
    let headings = [m::FORMATS_NAME, m::FORMATS_PRODUCT, m::FORMATS_KIND, m::FORMATS_EVIDENCE];
    let mut table = Table::new(headings.map(|heading| output.texts.get(heading)));
    for row in &rows {
        let cells = [row.name, row.product, row.kind, &row.evidence_in_words].map(str::to_owned);
        table.row(Tone::Plain, cells);
    }
    output.table(&table)?;
    output.raw("\n")?;
    output.say(m::FORMATS_EXPORT, &[])?;
    let mut told = Vec::new();
    for row in rows {
        if let Some(hint) = row.export.filter(|hint| !told.contains(hint)) {
            output.line(&format!("  {}: {hint}", row.product))?;
            told.push(hint);
        }
    }
    Ok(Exit::Done)
}

fn tell(summary: &ImportSummary, output: &Output) -> Result<(), AppError> {
    let count =
        |message, count: usize| if count == 0 { Ok(()) } else { output.say(message, &[("count", count.into())]) };
    match summary.format {
        Some(format) => output.say(
            m::IMPORT_DONE,
            &[("format", format.into()), ("entries", summary.entries.into()), ("accounts", summary.accounts.into())],
        )?,
        None => {
            for file in &summary.files {
                let (name, format) = (file.file.as_str(), file.format);
                let words: Args<'_> =
                    &[("file", name.into()), ("format", format.into()), ("entries", file.entries.into())];
                output.say(m::IMPORT_FILE, words)?;
            }
            output.say(m::IMPORT_TOGETHER, &[("count", summary.accounts.into())])?;
        }
    }
    let counts =
        [("new", summary.new.into()), ("changed", summary.changed.into()), ("gone", summary.gone.len().into())];
    output.say(if summary.dry_run { m::IMPORT_WOULD } else { m::IMPORT_DID }, &counts)?;
    let all = |of: fn(&rekey_app::ImportedFile) -> usize| summary.files.iter().map(of).sum();
    count(m::IMPORT_RECYCLED, all(|file| file.recycled))?;
    count(m::IMPORT_TEMPLATES, all(|file| file.templates))?;
    count(m::IMPORT_NOT_LOGINS, all(|file| file.not_logins))?;
    count(m::IMPORT_WITH_PASSKEY, summary.with_passkey)?;
    count(m::IMPORT_TOKENS, summary.tokens)?;
    count(m::IMPORT_GONE, summary.gone.len())?;
    for account in &summary.gone {
        output.line(&format!("  {}", name(&account.user, &account.site)))?;
    }
    count(m::IMPORT_DIFFERING, summary.differing.len())?;
    for account in &summary.differing {
        differing(account, output)?;
    }
    count(m::IMPORT_UNPLACED, summary.unplaced.len())?;
    for entry in &summary.unplaced {
        output.line(&format!(
            "  {}",
            if entry.user.is_empty() { entry.title.clone() } else { format!("{} ({})", entry.title, entry.user) }
        ))?;
    }
    // These were told with more about them.
    let problems = summary.problems.iter().filter(|problem| !matches!(problem.code, "no_url" | "passwords_differ"));
    let problems: Vec<_> = problems.collect();
    if !problems.is_empty() {
        output.say(m::IMPORT_PROBLEMS, &[("count", problems.len().into())])?;
        for problem in problems {
            output.line(&format!("  {}: {}", problem.location, problem.message))?;
        }
    }
    Ok(())
}

fn name(user: &str, site: &str) -> String {
    if user.is_empty() { site.to_owned() } else { format!("{user}@{site}") }
}

fn differing(account: &DifferingPasswords, output: &Output) -> Result<(), AppError> {
    output.line(&format!("  {}", name(&account.account.user, &account.account.site)))?;
    let say = |message: Message, place: &PasswordPlace| {
        let modified = place.modified.as_deref().unwrap_or("?");
        let words = [("file", place.file.as_str()), ("entry", place.entry.as_str()), ("modified", modified)];
        let words: Vec<_> = words.into_iter().map(|(name, value)| (name, value.into())).collect();
        output.line(&format!("    {}", output.texts.with(message, &words)))
    };
    say(m::IMPORT_PASSWORD_USED, &account.used)?;
    account.others.iter().try_for_each(|place| say(m::IMPORT_PASSWORD_OTHER, place))
}

fn warn(message: Message, file: &SourceFile, output: &Output) {
    output.note(&output.texts.with(message, &[("file", file.path.display().to_string().into())]));
}

/// Removes an export after the person has typed its name. What was not read whole stays: it may be the only copy.
fn delete(file: &SourceFile, output: &Output) -> Result<(), AppError> {
    let is_file = fs::symlink_metadata(&file.path).is_ok_and(|found| found.is_file());
    if !file.can_go() || !is_file {
        warn(m::DELETE_NOT, file, output);
        return Ok(());
    }
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prompt = output.texts.with(m::DELETE_ASK, &[("name", name.as_str().into())]);
    let mut stderr = io::stderr().lock();
    write!(stderr, "{}", plain(&prompt)).and_then(|()| stderr.flush()).map_err(AppError::Terminal)?;
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed).map_err(AppError::Terminal)?;
    drop(stderr);
    if typed.trim() != name.trim() {
        warn(m::DELETE_KEPT, file, output);
        return Ok(());
    }
    delete_export(file)?;
    warn(m::DELETE_DONE, file, output);
    Ok(())
}
