//! `store`: the file of passkeys, its copies, and going on without it.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use rekey_app::text::messages as m;
use rekey_app::{
    AppError, BackedUp, BackupRow, Exit, LockAfter, Lost, LostWalk, Session, Settings, Sheet, Store, StoreOverview,
    restore_store, time_for_people, time_for_scripts, unix_now,
};
use serde_json::json;

use super::runtime;
use crate::arguments::{StoreAct, StoreCommand, StoreKey};
use crate::output::Output;
use crate::practice_vault::{Existing, write_private};
use crate::secrets::{new_passphrase, present_passphrase};

pub(crate) fn run(session: &mut Session, arguments: &StoreCommand, output: &Output) -> Result<Exit, AppError> {
    let store = arguments.store.clone().unwrap_or_else(|| session.profile.store());
    match &arguments.act {
        StoreAct::Show => show(&session.store_overview(&store)?, output)?,
        StoreAct::Lock { after } => lock(session, *after, output)?,
        StoreAct::Passphrase { key, new_password_file } => change(&store, key, new_password_file.as_deref(), output)?,
        StoreAct::Backup { folder, key } => back_up(session, &store, folder, key, output)?,
        StoreAct::Restore { from, key } => restore(&store, from.as_deref(), key, output)?,
        StoreAct::Sheet { out } => sheet(&session.store_overview(&store)?, out.as_deref(), output)?,
        StoreAct::Lost { passphrase, mark, .. } => {
            let lost = if *passphrase { Lost::Passphrase } else { Lost::File };
            go_on_without(session, &store, lost, *mark, output)?;
        }
    }
    Ok(Exit::Done)
}

fn open(store: &Path, key: &StoreKey, output: &Output) -> Result<(Store, secrecy::SecretString), AppError> {
    // Before anybody is asked for a passphrase.
    if !store.exists() {
        return Err(rekey_app::StoreError::Missing.into());
    }
    let passphrase = present_passphrase(key.store_password_file.as_deref(), output)?;
    Ok((Store::open(store, &passphrase)?, passphrase))
}

fn show(store: &StoreOverview, output: &Output) -> Result<(), AppError> {
    if output.json {
        return output.document(store);
    }
    output.say(m::STORE_FILE, &[("path", text(&store.file).into())])?;
    match (store.size, store.written) {
        (Some(size), Some(time)) => {
            let size = size.to_string();
            output.say(m::STORE_FILE_WRITTEN, &[("time", time_for_people(time).into()), ("size", size.into())])?;
        }
        _ => output.say(m::STORE_NONE, &[])?,
    }
    output.say(m::STORE_BACKUPS, &[("count", store.backups.len().into())])?;
    store.backups.iter().try_for_each(|backup| show_backup(backup, output))?;
    match &store.copy {
        Some(copy) => {
            let words = [
                ("count", copy.passkeys.into()),
                ("time", time_for_people(copy.tried).into()),
                ("path", text(&copy.file).into()),
            ];
            output.say(m::STORE_COPY, &words)?;
            if copy.is_old {
                output.say(m::STORE_COPY_OLD, &[])?;
            }
            if !copy.is_there {
                output.say(m::STORE_COPY_AWAY, &[])?;
            }
        }
        None => output.say(m::STORE_COPY_NONE, &[])?,
    }
    say_lock(store.lock_after_minutes, output)?;
    output.say(m::STORE_ACCOUNTS, &[("count", store.accounts.len().into())])?;
    store.accounts.iter().try_for_each(|account| output.line(&format!("  {}", account.name)))
}

fn show_backup(backup: &BackupRow, output: &Output) -> Result<(), AppError> {
    let message = if backup.looks_whole { m::STORE_BACKUP } else { m::STORE_BACKUP_BROKEN };
    let time = backup.written.map(time_for_people).unwrap_or_default();
    let words =
        [("number", backup.number.to_string().into()), ("path", text(&backup.file).into()), ("time", time.into())];
    output.line(&format!("  {}", output.texts.with(message, &words)))
}

fn say_lock(minutes: u32, output: &Output) -> Result<(), AppError> {
    match minutes {
        0 => output.say(m::STORE_LOCK_NEVER, &[]),
        minutes => output.say(m::STORE_LOCK_AFTER, &[("count", minutes.into())]),
    }
}

fn lock(session: &Session, after: Option<u32>, output: &Output) -> Result<(), AppError> {
    let settings = Settings::change(&session.profile, |settings| {
        settings.lock_after_minutes = after.map_or(settings.lock_after_minutes, LockAfter);
    })?;
    let minutes = settings.lock_after_minutes.0;
    if output.json {
        return output.document(&json!({ "lock_after_minutes": minutes }));
    }
    say_lock(minutes, output)?;
    output.say(m::STORE_LOCK_CLI, &[])
}

fn change(store: &Path, key: &StoreKey, new: Option<&Path>, output: &Output) -> Result<(), AppError> {
    let (mut store, old) = open(store, key, output)?;
    let new = new_passphrase(new, output)?;
    runtime()?.block_on(store.change_passphrase(&old, &new))?;
    if output.json {
        return output.document(&json!({ "changed": store.path() }));
    }
    output.say(m::STORE_PASSPHRASE_CHANGED, &[])?;
    output.say(m::STORE_PASSPHRASE_BACKUPS, &[])
}

fn back_up(session: &Session, store: &Path, folder: &Path, key: &StoreKey, output: &Output) -> Result<(), AppError> {
    let (store, _) = open(store, key, output)?;
    let BackedUp { copy, replaced } = session.back_up_store(&store, folder, unix_now())?;
    if output.json {
        let tried_at = time_for_scripts(copy.at);
        let document =
            json!({ "copy": copy.path, "tried_at": tried_at, "passkeys": copy.passkeys, "replaced": replaced });
        return output.document(&document);
    }
    output.say(m::STORE_BACKED_UP, &[("path", text(&copy.path).into()), ("count", copy.passkeys.into())])?;
    replaced.map_or(Ok(()), |kept| output.say(m::STORE_BACKUP_KEPT, &[("path", text(&kept).into())]))
}

fn restore(store: &Path, from: Option<&Path>, key: &StoreKey, output: &Output) -> Result<(), AppError> {
    let passphrase = present_passphrase(key.store_password_file.as_deref(), output)?;
    let restored = restore_store(store, from, &passphrase)?;
    if output.json {
        return output.document(&restored);
    }
    output.say(m::STORE_RESTORED, &[("from", text(&restored.from).into()), ("count", restored.passkeys.into())])?;
    if let Some(replaced) = &restored.replaced {
        output.say(m::STORE_REPLACED, &[("path", text(replaced).into())])?;
    }
    output.say(m::STORE_RESTORED_ACCOUNTS, &[])
}

fn sheet(store: &StoreOverview, out: Option<&Path>, output: &Output) -> Result<(), AppError> {
    let sheet = Sheet::of(store, &output.texts, unix_now());
    let Some(path) = out else {
        return if output.json { output.document(&sheet) } else { output.text(&sheet.to_text()) };
    };
    let is_page = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let words = if is_page { sheet.to_html() } else { sheet.to_text() };
    // Whose accounts are where is nobody else's business.
    write_private(path, words.as_bytes(), Existing::Keep)?;
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if output.json {
        return output.document(&json!({ "sheet": path }));
    }
    output.say(m::STORE_SHEET_WRITTEN, &[("path", text(&path).into())])?;
    output.say(m::STORE_SHEET_PRINT, &[])
}

fn go_on_without(session: &mut Session, store: &Path, lost: Lost, mark: bool, output: &Output) -> Result<(), AppError> {
    let directory = session.profile.directory(unix_now());
    let walk = session.lost(store, lost, &directory, &output.texts, unix_now())?;
    if !output.json {
        tell(&walk, output)?;
    }
    let is_marked = !walk.accounts.is_empty() && (mark || (!output.json && wants_to_mark(walk.accounts.len(), output)));
    if is_marked {
        session.mark_lost(&walk.accounts, unix_now())?;
    }
    if output.json {
        let mut document = serde_json::to_value(&walk).map_err(AppError::unexpected)?;
        if let Some(document) = document.as_object_mut() {
            document.insert("marked".to_owned(), is_marked.into());
        }
        return output.document(&document);
    }
    match walk.accounts.len() {
        0 => Ok(()),
        count if is_marked => output.say(m::LOST_MARKED, &[("count", count.into())]),
        _ => output.say(m::LOST_NOT_MARKED, &[]),
    }
}

fn tell(walk: &LostWalk, output: &Output) -> Result<(), AppError> {
    output.say(if walk.lost == Lost::Passphrase { m::LOST_PASSPHRASE } else { m::LOST_FILE }, &[])?;
    output.say(m::LOST_FIRST, &[])?;
    walk.first.iter().try_for_each(|step| output.line(&format!("  → {step}")))?;
    output.say(m::LOST_ACCOUNTS, &[("count", walk.accounts.len().into())])?;
    for lost in &walk.accounts {
        output.line(&format!("  {}", lost.account.name))?;
        for way in &lost.ways {
            output.line(&format!("    → {}", way.words))?;
            if let Some(page) = &way.page {
                output
                    .line(&format!("      {}", output.texts.with(m::LOST_PAGE, &[("page", page.as_str().into())])))?;
            }
        }
    }
    Ok(())
}

/// Asks the person, where one is there. Whatever is not a plain yes is no.
fn wants_to_mark(count: usize, output: &Output) -> bool {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return false;
    }
    let question = output.texts.with(m::ASK_LOST_MARK, &[("count", count.into())]);
    let mut said = String::new();
    let asked = write!(io::stderr(), "{question}").and_then(|()| io::stdin().lock().read_line(&mut said));
    asked.is_ok() && said.trim().eq_ignore_ascii_case(&output.texts.get(m::LOST_YES))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
