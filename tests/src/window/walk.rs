//! The way from the first screen to proven practice accounts, by what a person reads and presses.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rekey_app::text::{Texts, messages as m};
use serde_json::Value;

use super::album::Album;
use super::{Display, Session};

/// What a walk came to.
#[derive(Debug, Default)]
pub struct Walked {
    /// The pictures, in order.
    pub pictures: Vec<PathBuf>,
    /// The window's own words over its summary.
    pub summary: String,
    /// The questions that were answered, in order, by their titles.
    pub questions: Vec<String>,
}

/// Walks from the first screen to the accounts of the practice vault, all proven. With a folder, a picture of each step
/// is saved there.
pub fn walk(session: &Session, display: &Display, texts: &Texts, pictures: Option<&Path>) -> Result<Walked> {
    let mut album = Album::new(display, pictures);
    session.control("button", &texts.get(m::WINDOW_WELCOME_PRACTICE))?;
    album.take(session, "welcome")?;
    session.press(&texts.get(m::WINDOW_WELCOME_PRACTICE))?;

    let unlock = texts.get(m::WINDOW_UNLOCK_PRACTICE_TITLE);
    session.control("button", &unlock)?;
    album.take(session, "unlock")?;
    session.press(&unlock)?;

    let start = texts.with(m::WINDOW_ACCOUNTS_START, &[("count", 3.into())]);
    session.control("button", &start)?;
    album.take(session, "accounts")?;
    session.press(&start)?;

    let questions = run(session, texts, &mut album)?;
    let summary = session.text("main h2")?.context("a run that is over has a summary")?;
    album.take(session, "over")?;
    show_proof(session)?;
    album.take(session, "proof")?;

    session.press(&texts.get(m::WINDOW_RUN_FINISH))?;
    session.control("main *", &texts.get(m::WINDOW_ACCOUNTS_ALL_DONE))?;
    album.take(session, "accounts-done")?;
    Ok(Walked { pictures: album.pictures, summary, questions })
}

/// Answers each question of a run until it is over; their titles.
fn run(session: &Session, texts: &Texts, album: &mut Album<'_>) -> Result<Vec<String>> {
    const DIALOG: &str = "[role=alertdialog]";
    let over = texts.get(m::WINDOW_RUN_FINISH);
    let (mut pictured, mut questions) = (Vec::new(), Vec::new());
    loop {
        let (question, stage, ended) = session.wait("a question, a step or the end of the run", || {
            let question = session.text(&format!("{DIALOG} h2"))?.filter(|words| !words.is_empty());
            let stage = session.text("[aria-current=step]")?;
            let account = session.text("main [aria-current=true], main h2")?;
            let ended = is_there(session, &over)?;
            let stage = stage.zip(account);
            let new = stage.as_ref().is_some_and(|stage| !pictured.contains(stage));
            Ok((question.is_some() || ended || new).then_some((question, stage, ended)))
        })?;
        if let Some(question) = question {
            album.take(session, &name(&question))?;
            // The form's one button that sends: approving has another name for each question.
            if let Some(approve) = session.find(&format!("{DIALOG} form button[type=submit]:enabled"))? {
                approve.click()?;
                questions.push(question.clone());
            }
            session.wait("the question to be gone", || {
                Ok((session.text(&format!("{DIALOG} h2"))?.as_ref() != Some(&question)).then_some(()))
            })?;
        } else if ended {
            return Ok(questions);
        } else if let Some(stage) = stage {
            album.take(session, &name(&stage.0))?;
            pictured.push(stage);
        }
    }
}

fn is_there(session: &Session, words: &str) -> Result<bool> {
    let script = "return [...document.querySelectorAll('button')].some((b) => b.textContent.trim() === arguments[0]);";
    Ok(session.script(script, &[words.into()])? == Value::Bool(true))
}

/// Opens the first account's result.
fn show_proof(session: &Session) -> Result<()> {
    session.script("document.querySelector('main dl')?.scrollIntoView({ block: 'center' });", &[]).map(drop)
}

/// A few letters for a file's name.
fn name(words: &str) -> String {
    let plain: String =
        words.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).take(5).collect();
    parts.join("-")
}
