//! What a column seems to hold, by its name and by what its first fields look like.

use super::Column;
use super::shape::{CellKind, is_base32, looks_random};
use super::words::{ABOUT, PARTS, WHOLE};

/// What the columns of these names (lower case) seem to be, with fields of the first rows under them.
pub(super) fn columns(names: &[String], rows: &[&[zeroize::Zeroizing<String>]]) -> Vec<Column> {
    let count = rows.iter().map(|row| row.len()).chain([names.len()]).max().unwrap_or(0);
    let mut guessed: Vec<Column> =
        (0..count).map(|at| names.get(at).map_or(Column::Extra, |name| by_name(name))).collect();
    let looks: Vec<Look> =
        (0..count).map(|at| Look::of(rows.iter().filter_map(|row| row.get(at)).map(|field| field.as_str()))).collect();
    let is_free = |guessed: &[Column], at: usize| {
        // A name that says something else than what is guessed here is to be believed.
        guessed.get(at) == Some(&Column::Extra) && names.get(at).is_none_or(|name| !is_about_something(name))
    };
    for (column, likes) in CONTENT {
        let wanted = match column {
            // The one that looks most like it; the others are anything.
            Column::Password if !guessed.contains(&column) => 1,
            Column::UserName if !guessed.contains(&column) && !guessed.contains(&Column::OtherName) => 1,
            Column::Password | Column::UserName => 0,
            _ => usize::MAX,
        };
        let mut liked: Vec<(u32, usize)> = (0..count)
            .filter(|at| is_free(&guessed, *at))
            .filter_map(|at| looks.get(at).map(|look| (likes(look), at)))
            .filter(|(share, _)| *share > 50)
            .collect();
        liked.sort_by_key(|(share, at)| (std::cmp::Reverse(*share), *at));
        for (_, at) in liked.into_iter().take(wanted) {
            if let Some(place) = guessed.get_mut(at) {
                *place = column;
            }
        }
    }
    by_neighbours(names, &looks, &mut guessed);
    guessed
}

/// How much of a column looks like something, in percent.
type Share = fn(&Look) -> u32;

/// What share of a column's fields must look how, in percent, in the order in which it is tried.
const CONTENT: [(Column, Share); 5] = [
    (Column::Url, |look| look.addresses),
    (Column::Totp, |look| look.one_time),
    (Column::UserName, |look| look.emails),
    (Column::OtherName, |look| look.emails),
    (Column::Password, |look| look.random),
];

/// Without a heading: the user name stands before the password as a rule, and the title comes first.
fn by_neighbours(names: &[String], looks: &[Look], guessed: &mut [Column]) {
    if !names.is_empty() {
        return;
    }
    let has = |guessed: &[Column], wanted: Column| guessed.contains(&wanted);
    if let Some(password) = guessed.iter().position(|column| *column == Column::Password)
        && !has(guessed, Column::UserName)
        && let Some(before) = password.checked_sub(1)
        && looks.get(before).is_some_and(|look| look.words > 50)
        && let Some(place) = guessed.get_mut(before).filter(|place| **place == Column::Extra)
    {
        *place = Column::UserName;
    }
    let first = looks.iter().zip(guessed.iter()).position(|(look, column)| *column == Column::Extra && look.texts > 50);
    if !has(guessed, Column::Title)
        && let Some(place) = first.and_then(|at| guessed.get_mut(at))
    {
        *place = Column::Title;
    }
}

/// What share of a column's fields looks how, in percent of those with something in them.
#[derive(Default)]
struct Look {
    addresses: u32,
    emails: u32,
    one_time: u32,
    random: u32,
    words: u32,
    texts: u32,
}

impl Look {
    fn of<'a>(fields: impl Iterator<Item = &'a str>) -> Self {
        let (mut look, mut count) = (Self::default(), 0u32);
        for field in fields.filter(|field| !field.trim().is_empty()) {
            count += 1;
            match CellKind::of(field) {
                CellKind::WebAddress => look.addresses += 1,
                CellKind::Email => look.emails += 1,
                CellKind::Otp => look.one_time += 1,
                CellKind::Text { .. } => {
                    look.texts += 1;
                    look.one_time += u32::from(is_base32(field));
                    look.random += u32::from(looks_random(field));
                    look.words += u32::from(!field.trim().contains(char::is_whitespace));
                }
                CellKind::Number => look.random += u32::from(looks_random(field)),
                CellKind::Empty | CellKind::Date => {}
            }
        }
        for share in [
            &mut look.addresses,
            &mut look.emails,
            &mut look.one_time,
            &mut look.random,
            &mut look.words,
            &mut look.texts,
        ] {
            *share = (*share * 100).checked_div(count).unwrap_or(0);
        }
        look
    }
}

/// What share of some fields looks like passwords, in percent of those with something in them.
pub(super) fn random_share<'a>(fields: impl Iterator<Item = &'a str>) -> u32 {
    Look::of(fields).random
}

/// What a column holds that a program's layout does not name: a one-time password or an address where its name says so.
pub(super) fn unnamed(name: &str) -> Column {
    // Addresses of pictures are no sites.
    let is_picture = ["icon", "logo", "image"].iter().any(|word| name.contains(word));
    match by_name(name) {
        Column::Url if !is_picture => Column::Url,
        Column::Totp => Column::Totp,
        _ => Column::Extra,
    }
}

/// Whether a first row names the columns; its texts are lower case.
pub(super) fn is_heading(first: &[String]) -> bool {
    let known: Vec<Column> = first.iter().filter_map(|name| whole_name(&simple(name))).collect();
    let is_sign_in = |column: &Column| matches!(column, Column::Password | Column::UserName | Column::Url);
    let has_data = first.iter().any(|name| matches!(CellKind::of(name), CellKind::WebAddress | CellKind::Email));
    known.len() >= 2 && known.iter().any(is_sign_in) && !has_data
}

/// What a column of that name (lower case) usually is; [`Column::Extra`] where that says nothing.
pub(super) fn by_name(name: &str) -> Column {
    let name = simple(name);
    if let Some(column) = whole_name(&name) {
        return column;
    }
    if is_about_something(&name) {
        return Column::Extra;
    }
    // One word of it, or in languages that join words a part of one.
    let has = |word: &&str| {
        if word.is_ascii() && word.len() < 5 { name.split(' ').any(|part| part == *word) } else { name.contains(word) }
    };
    let found = PARTS.iter().find(|(_, words)| words.iter().any(has));
    found.map_or(Column::Extra, |(column, _)| *column)
}

fn whole_name(name: &str) -> Option<Column> {
    WHOLE.iter().chain(PARTS).find(|(_, words)| words.contains(&name)).map(|(column, _)| *column)
}

/// The name with single spaces for what programs put between words.
fn simple(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | ':' | '/' | '*' | '(' | ')'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a name speaks of something about a field, not of the field: the hint of a password, its age.
fn is_about_something(name: &str) -> bool {
    // `Age` would stand in `page`, and `time` in `one-time password`.
    name.split([' ', '_', '-'])
        .any(|word| ABOUT.iter().any(|about| word == *about || (about.len() > 4 && word.starts_with(about))))
        && !name.contains("one time")
        && !name.contains("one-time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_several_languages() {
        for (column, names) in [
            (Column::Title, &["name", "titel", "nombre", "名前"][..]),
            (
                Column::Url,
                &["url", "website url", "login_uri", "webseite", "サイト", "site", "web site", "website address"],
            ),
            (
                Column::UserName,
                &[
                    "login",
                    "user_name",
                    "benutzername",
                    "nom d'utilisateur",
                    "gebruikersnaam",
                    "ユーザー名",
                    "login_username",
                ],
            ),
            (Column::OtherName, &["e-mail", "email address", "courriel"]),
            (
                Column::Password,
                &[
                    "pwd",
                    "kennwort",
                    "mot de passe",
                    "contraseña",
                    "senha",
                    "wachtwoord",
                    "パスワード",
                    "login_password",
                ],
            ),
            (Column::Totp, &["otpauth", "one-time password", "totp secret", "2fa"]),
            (Column::Note, &["bemerkung", "comments", "メモ"]),
            (Column::Group, &["ordner", "carpeta", "folder name"]),
            (
                Column::Extra,
                &["password hint", "last password change", "security question", "shoe size", "password_field"],
            ),
        ] {
            for name in names {
                assert_eq!(by_name(name), column, "{name}");
            }
        }
    }
}
