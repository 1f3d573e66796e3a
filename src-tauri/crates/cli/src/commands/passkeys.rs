//! `passkeys`: what is in the store, written for other programs, and what other programs wrote taken in.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use rekey_app::text::{Message, messages as m};
use rekey_app::{
    AgeOpeners, AppError, Exit, PasskeyFile, PasskeyLock, PasskeyRow, PasskeysExported, PasskeysImported, Protection,
    Session, Store, look_at_passkeys, read_passkeys, read_secret_file, unix_now,
};
use secrecy::SecretString;
use serde_json::json;

use super::runtime;
use crate::arguments::{AgeKey, ExportPasskeys, Passkeys, PasskeysAct, PasskeysFile, StoreKey};
use crate::output::{Output, plain};
use crate::secrets::{age_passphrase, new_passphrase, present_passphrase};
use crate::table::{Table, Tone};

pub(crate) fn run(session: &mut Session, arguments: &Passkeys, output: &Output) -> Result<Exit, AppError> {
    let store = arguments.store.clone().unwrap_or_else(|| session.profile.store());
    match &arguments.act {
        PasskeysAct::List { key } => list(session, &store, key, output),
        PasskeysAct::Export(export) => give(session, &store, export, output),
        PasskeysAct::Import(import) => take(session, &store, import, output),
        PasskeysAct::Delete(delete) => remove(&store, delete, output),
    }
}

fn open(store: &Path, key: &StoreKey, output: &Output) -> Result<(Store, SecretString), AppError> {
    // Before anybody is asked for a passphrase.
    if !store.exists() {
        return Err(rekey_app::StoreError::Missing.into());
    }
    let passphrase = present_passphrase(key.store_password_file.as_deref(), output)?;
    Ok((Store::open(store, &passphrase)?, passphrase))
}

fn list(session: &Session, store: &Path, key: &StoreKey, output: &Output) -> Result<Exit, AppError> {
    let (store, _) = open(store, key, output)?;
    let (rows, unreadable) = (session.passkeys(&store)?, store.unreadable());
    if output.json {
        output.document(&json!({ "passkeys": rows, "unreadable": unreadable }))?;
        return Ok(Exit::Done);
    }
    if rows.is_empty() {
        output.say(m::PASSKEYS_NONE, &[])?;
    } else {
        let columns = [m::COLUMN_ACCOUNT, m::COLUMN_SITE, m::PASSKEYS_COLUMN_USABLE_IN];
        let headings = columns.map(|column| output.texts.get(column)).into_iter().chain(["id".to_owned()]);
        let mut table = Table::new(headings);
        for row in rows {
            let places: Vec<String> = row.usable_in.iter().map(|place| format_name(place, output)).collect();
            let user = if row.user.is_empty() { "–".to_owned() } else { row.user };
            table.row(Tone::Plain, [user, row.rp_id, places.join(", "), row.credential]);
        }
        output.table(&table)?;
    }
    if !unreadable.is_empty() {
        output.say(m::PASSKEYS_UNREADABLE, &[("count", unreadable.len().into())])?;
        unreadable.iter().try_for_each(|title| output.line(&format!("  {title}")))?;
    }
    Ok(Exit::Done)
}

fn format_name(code: &str, output: &Output) -> String {
    output.texts.of_code("passkeys-format", code)
}

fn give(session: &mut Session, store: &Path, asked: &ExportPasskeys, output: &Output) -> Result<Exit, AppError> {
    let recipients = asked.age_recipient.iter().map(|key| key.parse().map_err(|_| AppError::NoRecipient));
    let recipients: Vec<_> = recipients.collect::<Result<_, _>>()?;
    let (store, passphrase) = open(store, &asked.key, output)?;
    let ids = if asked.all {
        store.passkeys().into_iter().map(|passkey| passkey.credential_id).collect()
    } else {
        session.choose_passkeys(&store, &asked.account)?
    };
    let protection = match asked.age {
        true => Protection::Passphrase(age_passphrase(asked.age_password_file.as_deref(), true, output)?),
        false if asked.plain => Protection::Plain,
        false => Protection::Recipients(recipients),
    };
    let export = rekey_app::ExportPasskeys { ids, to: asked.to, protection, out: asked.out.clone() };
    let exported = session.export_passkeys(&store, &passphrase, &export, unix_now())?;
    if output.json {
        output.document(&exported)?;
    } else {
        tell_export(&exported, output)?;
    }
    if !exported.is_encrypted && !exported.files.is_empty() {
        output.note(&output.texts.get(m::PASSKEYS_PLAIN_TEXT));
    }
    Ok(if exported.left.is_empty() && exported.lost.is_empty() { Exit::Done } else { Exit::Stopped })
}

fn tell_export(exported: &PasskeysExported, output: &Output) -> Result<(), AppError> {
    if exported.files.is_empty() && exported.left.is_empty() {
        return output.say(m::PASSKEYS_NONE, &[]);
    }
    let to = format_name(exported.to, output);
    output.say(m::PASSKEYS_EXPORTED, &[("count", exported.count().into()), ("to", to.as_str().into())])?;
    exported.files.iter().try_for_each(|file| output.line(&format!("  {}", file.path.display())))?;
    for left in &exported.left {
        let why = output.texts.of_code("passkeys-left", left.why);
        output.line(&format!("  {}: {why}", left.passkey.name()))?;
    }
    for lost in &exported.lost {
        let what = output.texts.of_code("passkeys-lost", lost.why);
        output.line(&format!("  {}: {what}", lost.passkey.name()))?;
    }
    if !exported.files.is_empty() {
        output.line(&output.texts.of_code("passkeys-next", exported.to))?;
        if exported.is_encrypted {
            output.say(m::PASSKEYS_DECRYPT, &[])?;
        }
        output.say(m::PASSKEYS_STAY, &[])?;
    }
    Ok(())
}

fn take(session: &Session, store: &Path, asked: &PasskeysFile, output: &Output) -> Result<Exit, AppError> {
    let file = read(&asked.file, &asked.age, output)?;
    let mut store = if store.exists() {
        open(store, &asked.key, output)?.0
    } else {
        let passphrase = match asked.key.store_password_file.as_deref() {
            Some(path) => read_secret_file(path)?,
            None => new_passphrase(None, output)?,
        };
        Store::create(store, &passphrase)?
    };
    let imported = runtime()?.block_on(session.import_passkeys(&mut store, &file, &output.texts))?;
    if output.json {
        output.document(&imported)?;
    } else {
        tell_import(&imported, output)?;
    }
    if !imported.is_encrypted {
        note(m::PASSKEYS_PLAIN_TEXT_TAKEN, &file, output);
    }
    Ok(if imported.problems.is_empty() && imported.differing.is_empty() { Exit::Done } else { Exit::Stopped })
}

fn tell_import(imported: &PasskeysImported, output: &Output) -> Result<(), AppError> {
    let rows = |message: Message, rows: &[PasskeyRow]| {
        if rows.is_empty() {
            return Ok(());
        }
        output.say(message, &[("count", rows.len().into())])?;
        rows.iter().try_for_each(|row| output.line(&format!("  {}", row.name())))
    };
    if imported.added.is_empty() {
        output.say(m::PASSKEYS_NOTHING_NEW, &[])?;
    }
    rows(m::PASSKEYS_ADDED, &imported.added)?;
    rows(m::PASSKEYS_KNOWN, &imported.known)?;
    rows(m::PASSKEYS_COMPLETED, &imported.completed)?;
    rows(m::PASSKEYS_DIFFERING, &imported.differing)?;
    if !imported.problems.is_empty() {
        output.say(m::PASSKEYS_PROBLEMS, &[("count", imported.problems.len().into())])?;
    }
    imported.problems.iter().try_for_each(|problem| output.line(&format!("  {}: {}", problem.place, problem.message)))
}

fn read(path: &Path, key: &AgeKey, output: &Output) -> Result<PasskeyFile, AppError> {
    let mut with = AgeOpeners::default();
    match look_at_passkeys(path)? {
        PasskeyLock::Open => {}
        PasskeyLock::Passphrase => {
            with.passphrase = Some(age_passphrase(key.age_password_file.as_deref(), false, output)?);
        }
        // Without one the error says what is missing.
        PasskeyLock::Identity => with.identities = key.age_identity.as_deref().map(read_secret_file).transpose()?,
    }
    read_passkeys(path, &with)
}

fn note(message: Message, file: &PasskeyFile, output: &Output) {
    output.note(&output.texts.with(message, &[("file", file.path.display().to_string().into())]));
}

/// Removes a file after the person has typed its name.
fn remove(store: &Path, asked: &PasskeysFile, output: &Output) -> Result<Exit, AppError> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(AppError::TerminalNeeded { option: "passkeys delete" });
    }
    let file = read(&asked.file, &asked.age, output)?;
    let (store, _) = open(store, &asked.key, output)?;
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prompt = output.texts.with(m::DELETE_ASK, &[("name", name.as_str().into())]);
    let mut stderr = io::stderr().lock();
    write!(stderr, "{}", plain(&prompt)).and_then(|()| stderr.flush()).map_err(AppError::Terminal)?;
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed).map_err(AppError::Terminal)?;
    drop(stderr);
    if typed.trim() != name.trim() {
        note(m::DELETE_KEPT, &file, output);
        return Ok(Exit::Stopped);
    }
    file.delete(&store)?;
    note(m::DELETE_DONE, &file, output);
    Ok(Exit::Done)
}
