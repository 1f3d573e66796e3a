//! Files on their way in, and what they leave open, in the person's words.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rekey_vault::{CellKind, Column, Lock};

use super::charting::Missing;
use super::render::{count, explain, path};
use super::sheet::{Place, Sheet};
use super::state::{Charting, Desk, Exposed, Reading, State, Unlocking, file_name};
use super::view::UnlockView;
use super::view_import::{
    CodeCandidate, CodeQuestion, ColumnChoice, ColumnLine, ColumnsView, ExposedFile, ImportCounts, PasswordOption,
    PasswordQuestion, ProblemGroup, ProblemPlace, Questions, QueueView, ReadingView, SiteQuestion, SourceLine,
};
use crate::Explanation;
use crate::text::{Texts, messages as m};

pub(super) fn unlock(state: &State, unlocking: &Unlocking) -> UnlockView {
    let texts = &state.texts;
    let practice = state.practice.is_some();
    UnlockView {
        file: file_name(&unlocking.vault),
        folder: unlocking.vault.parent().map(path).unwrap_or_default(),
        recognised: unlocking
            .found
            .map(|found| {
                let message = if found.lock == Lock::Password { m::GUIDE_FORMAT_LOCKED } else { m::GUIDE_FORMAT };
                of_format(found.format, message, texts)
            })
            .unwrap_or_default(),
        practice,
        takes_key_file: unlocking.found.is_some_and(|found| found.lock == Lock::PasswordOrKeyFile),
        key_file: unlocking.key_file.as_deref().map(file_name),
        busy: unlocking.busy,
        reading: reading(state),
        queue: queue(state),
        adding: state.desk.is_some(),
        costly: unlocking.costly.is_some(),
        problem: explain(unlocking.problem.as_ref(), texts).map(|problem| without_key_file(problem, unlocking, texts)),
    }
}

/// What opens with a password only, nobody is told a key file of.
fn without_key_file(mut problem: Explanation, unlocking: &Unlocking, texts: &Texts) -> Explanation {
    if problem.code == "vault_wrong_key" && unlocking.found.is_some_and(|found| found.lock == Lock::Password) {
        problem.message = texts.get(m::GUIDE_WRONG_PASSWORD);
        problem.next = texts.get(m::GUIDE_WRONG_PASSWORD_NEXT);
    }
    problem
}

pub(super) fn columns(state: &State, charting: &Charting) -> ColumnsView {
    let texts = &state.texts;
    let said = &charting.mapping.columns;
    // What nobody is offered can still be guessed.
    let guessed = said.iter().chain(&charting.preview.guess.columns).filter(|column| !Column::OFFERED.contains(column));
    let mut choices: Vec<Column> = Column::OFFERED.to_vec();
    for column in guessed {
        if !choices.contains(column) {
            choices.push(*column);
        }
    }
    let seen = |at: usize| charting.preview.columns.get(at);
    let name = |at: usize| {
        let name = seen(at).and_then(|column| column.name.clone()).filter(|_| charting.mapping.heading);
        name.unwrap_or_else(|| texts.with(m::GUIDE_COLUMN_NUMBER, &[("number", (at + 1).into())]))
    };
    let shapes = |at: usize| {
        let mut shapes: Vec<String> = Vec::new();
        for cell in seen(at).iter().flat_map(|column| &column.cells).filter(|cell| **cell != CellKind::Empty) {
            let shape = shape(*cell, texts);
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        shapes
    };
    let missing = |missing| {
        texts.get(match missing {
            Missing::SignIn => m::GUIDE_COLUMNS_MISSING_SIGN_IN,
            Missing::Place => m::GUIDE_COLUMNS_MISSING_PLACE,
            Missing::Twice => m::GUIDE_COLUMNS_MISSING_TWICE,
        })
    };
    ColumnsView {
        file: file_name(&charting.file),
        folder: charting.file.parent().map(path).unwrap_or_default(),
        rows: count(charting.rows()),
        heading: charting.mapping.heading,
        columns: said
            .iter()
            .enumerate()
            .map(|(at, column)| ColumnLine { name: name(at), kind: column.name().to_owned(), shapes: shapes(at) })
            .collect(),
        choices: choices
            .into_iter()
            .map(|column| ColumnChoice {
                kind: column.name().to_owned(),
                text: texts.of_code("guide-column", column.name()),
            })
            .collect(),
        missing: charting.missing().map(missing),
        reading: reading(state),
        queue: queue(state),
        adding: state.desk.is_some(),
        problem: explain(charting.problem.as_ref(), texts),
    }
}

fn shape(cell: CellKind, texts: &Texts) -> String {
    match cell {
        CellKind::Text { characters } => texts.with(m::GUIDE_CELL_TEXT, &[("count", characters.into())]),
        cell => texts.of_code("guide-cell", cell.name()),
    }
}

pub(super) fn reading(state: &State) -> Option<ReadingView> {
    let Reading { file, progress, .. } = state.reading.as_ref()?;
    let texts = &state.texts;
    let percent = progress.filter(|progress| progress.total > 0).map(|progress| {
        u32::try_from(u128::from(progress.done) * 100 / u128::from(progress.total)).unwrap_or(100).min(100)
    });
    let text = match progress {
        Some(progress) => texts.of_code("guide-reading", progress.stage.name()),
        None => texts.get(m::GUIDE_READING_FILE),
    };
    Some(ReadingView { file: file_name(file), text, percent })
}

fn queue(state: &State) -> Option<QueueView> {
    let (number, total) = (count(state.queue.number()), count(state.queue.total));
    (total > 1).then_some(QueueView { number, total })
}

fn of_format(format: rekey_vault::Format, message: crate::text::Message, texts: &Texts) -> String {
    texts.with(message, &[("product", format.product().into()), ("kind", format.kind().into())])
}

pub(super) fn sources(sheet: &Sheet, texts: &Texts) -> Vec<SourceLine> {
    let line = |source: &super::sheet::Source| SourceLine {
        id: source.id.clone(),
        file: file_name(&source.path),
        folder: source.path.parent().map(path).unwrap_or_default(),
        format: of_format(source.format, m::GUIDE_FORMAT, texts),
        entries: count(source.entries),
        accounts: count(source.accounts),
        codes: count(source.tokens),
        recycled: count(source.left_out.recycled),
        templates: count(source.left_out.templates),
        others: count(source.left_out.not_logins),
    };
    sheet.sources.iter().map(line).collect()
}

pub(super) fn imported(desk: &Desk) -> ImportCounts {
    let sheet = &desk.sheet;
    ImportCounts {
        entries: count(sheet.sources.iter().map(|source| source.entries).sum()),
        accounts: count(desk.rows.len()),
        new: count(sheet.new),
        changed: count(sheet.changed),
        gone: count(sheet.gone.len()),
    }
}

pub(super) fn exposed(desk: &Desk, texts: &Texts) -> Vec<ExposedFile> {
    let line = |exposed: &Exposed| ExposedFile {
        id: exposed.id.clone(),
        file: file_name(&exposed.file),
        folder: exposed.file.parent().map(path).unwrap_or_default(),
        deleted: exposed.deleted,
        problem: explain(exposed.problem.as_ref(), texts),
    };
    desk.exposed.iter().map(line).collect()
}

pub(super) fn problems(sheet: &Sheet, texts: &Texts) -> Vec<ProblemGroup> {
    let several = sheet.sources.len() > 1;
    let place = |(location, source): &Place| ProblemPlace {
        location: location.clone(),
        file: several.then(|| file_of(sheet, *source)),
    };
    let group = |(code, number, places): &(&'static str, usize, Vec<Place>)| ProblemGroup {
        code: (*code).to_owned(),
        message: texts.of_code("problem", code),
        count: count(*number),
        places: places.iter().map(place).collect(),
    };
    sheet.problems.iter().map(group).collect()
}

pub(super) fn questions(desk: &Desk) -> Questions {
    let sheet = &desk.sheet;
    let mut later = 0;
    let mut open = |id: &String| {
        let put_off = desk.put_off.contains(id);
        later += u32::from(put_off);
        !put_off && !desk.closed.contains(id)
    };
    let sites = sheet.sites.iter().filter(|ask| open(&ask.id)).map(|ask| SiteQuestion {
        id: ask.id.clone(),
        entry: ask.entry.clone(),
        user: ask.user.clone(),
        file: file_of(sheet, ask.source),
        suggestion: ask.suggestion.clone(),
    });
    let sites = sites.collect();
    let passwords = sheet.passwords.iter().filter(|ask| open(&ask.id)).map(|ask| PasswordQuestion {
        id: ask.id.clone(),
        site: ask.site.clone(),
        user: ask.user.clone(),
        options: (0..)
            .zip(&ask.options)
            .map(|(number, at)| PasswordOption {
                id: at.id.clone(),
                entry: at.entry.clone(),
                file: file_of(sheet, at.source),
                modified: at.modified_at.and_then(day),
                in_use: number == 0,
            })
            .collect(),
        answered: desk.chosen.contains(&ask.id),
    });
    let passwords = passwords.collect();
    let codes = sheet.codes.iter().filter(|ask| open(&ask.id)).map(|ask| CodeQuestion {
        id: ask.id.clone(),
        name: ask.name.clone(),
        file: file_of(sheet, ask.source),
        candidates: ask
            .candidates
            .iter()
            .map(|(id, site, user)| CodeCandidate { account: id.to_string(), site: site.clone(), user: user.clone() })
            .collect(),
    });
    let codes = codes.collect();
    Questions { sites, passwords, codes, later }
}

fn file_of(sheet: &Sheet, source: usize) -> String {
    sheet.sources.get(source).map(|source| file_name(&source.path)).unwrap_or_default()
}

/// A day on the person's calendar.
fn day(unix_s: i64) -> Option<String> {
    let moment = Timestamp::from_second(unix_s).ok()?;
    Some(moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d").to_string())
}
