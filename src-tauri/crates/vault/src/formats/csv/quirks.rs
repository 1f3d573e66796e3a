//! Programs whose tables have one peculiarity each.

use std::borrow::Cow;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::Column::{
    Expires, Extra, Group, Ignore, Modified, Note, OtherName, Password, PasswordChanged, Title, Totp, Url, UserName,
};
use super::{Draft, Keep, Layout, Row, json, table};
use crate::container::table::Quotes;
use crate::format::Source;
use crate::{ProblemCode, timestamp};

/// Blur, which writes `undefined` where there is nothing.
pub(crate) static BLUR: Source = table(
    "blur-csv",
    "Abine Blur",
    &Layout::new(
        &[&["domain", "label", "username", "email", "password"]],
        &[("domain", Url), ("label", Title), ("username", UserName), ("email", OtherName), ("password", Password)],
    )
    .decoded(|_, _| Some(|text| Cow::Borrowed(if text == "undefined" { "" } else { text }))),
);

/// Passpack, whose further fields are JSON in one column: <https://support.passpack.com>
pub(crate) static PASSPACK: Source = table(
    "passpack-csv",
    "Passpack",
    &Layout::new(
        &[&["entry name", "url", "user id", "password", "notes"]],
        &[
            ("entry name", Title),
            ("url", Url),
            ("user id", UserName),
            ("password", Password),
            ("notes", Note),
            ("shared notes", Note),
            ("tags", Ignore),
            ("extra fields", Ignore),
            ("email", OtherName),
        ],
    )
    .row(passpack),
);

#[derive(Deserialize)]
struct PasspackFields {
    #[serde(rename = "extraFields")]
    fields: Vec<String>,
}

#[derive(Deserialize)]
struct PasspackField {
    name: String,
    data: String,
}

fn passpack(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let text = row.get("extra fields");
    if text.trim().is_empty() {
        return Keep::Login;
    }
    let Ok(all) = serde_json::from_str::<PasspackFields>(text) else {
        draft.report(ProblemCode::NotText);
        return Keep::Login;
    };
    // Every field is JSON inside a string of JSON.
    for text in all.fields.into_iter().map(Zeroizing::new) {
        let Ok(field) = serde_json::from_str::<PasspackField>(&text) else {
            draft.report(ProblemCode::NotText);
            continue;
        };
        draft.take(Extra, &field.name, &Zeroizing::new(field.data));
    }
    Keep::Login
}

/// Passman: <https://github.com/nextcloud/passman>. Custom fields are JSON in one column.
pub(crate) static PASSMAN: Source = table(
    "passman-csv",
    "Passman",
    &Layout::new(
        &[&["label", "username", "password", "email", "description", "url"]],
        &[
            ("label", Title),
            ("username", UserName),
            ("password", Password),
            ("email", OtherName),
            ("description", Note),
            ("tags", Ignore),
            ("url", Url),
            ("custom_fields", Ignore),
            ("files", Ignore),
        ],
    )
    .row(passman),
);

#[derive(Deserialize)]
struct PassmanField {
    label: String,
    value: String,
}

fn passman(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    for field in json::members::<PassmanField>(draft, row.get("custom_fields")) {
        draft.take(Extra, &field.label, &Zeroizing::new(field.value));
    }
    let tag = row.get("tags").trim_matches(['[', ']']);
    draft.take(Group, "", tag.split(',').next().unwrap_or_default());
    Keep::Login
}

/// Netwrix (MATESO) Password Secure, in German and English: semicolons, folders between backslashes.
pub(crate) static NETWRIX: Source = table(
    "netwrix-password-secure-csv",
    "Netwrix Password Secure",
    &Layout::new(
        &[
            &["organisationseinheit", "beschreibung", "benutzername", "passwort"],
            &["organisational unit", "description", "username", "password"],
        ],
        &[
            ("organisationseinheit", Group),
            ("organisational unit", Group),
            ("datatags", Ignore),
            ("beschreibung", Title),
            ("description", Title),
            ("benutzername", UserName),
            ("username", UserName),
            ("email-adresse", OtherName),
            ("passwort", Password),
            ("password", Password),
            ("internetseite", Url),
            ("internetadresse", Url),
            ("webseite", Url),
            ("website", Url),
            ("url", Url),
            ("informationen", Note),
            ("information", Note),
            ("kommentare", Note),
            ("one-time passwort", Totp),
            ("one-time password", Totp),
        ],
    )
    .groups("\\"),
);

/// PasswordXP, in English and German: semicolons, and lines that name the folder of what follows.
pub(crate) static PASSWORDXP: Source = table(
    "passwordxp-csv",
    "Password XP",
    &Layout::new(
        &[
            &["title", "user name", "account", "url", "password", "modified", "created"],
            &["titel", "benutzername", "konto", "url", "passwort", "geändert am"],
        ],
        &[
            ("title", Title),
            ("titel", Title),
            ("user name", UserName),
            ("benutzername", UserName),
            ("account", Extra),
            ("konto", Extra),
            ("url", Url),
            ("password", Password),
            ("passwort", Password),
            ("modified", Ignore),
            ("geändert am", Ignore),
            ("created", Ignore),
            ("erstellt am", Ignore),
            ("expire on", Ignore),
            ("läuft ab am", Ignore),
            ("description", Note),
            ("beschreibung", Note),
            ("modified by", Ignore),
            ("geändert von", Ignore),
        ],
    )
    .ragged()
    .groups("\\")
    .row(passwordxp),
);

fn passwordxp(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let title = row.at(0);
    if !row.from(1).all(str::is_empty) {
        // One of the two languages' columns is there.
        let get = |english: &str, german: &str| {
            timestamp::day_first(row.get(english)).or_else(|| timestamp::day_first(row.get(german)))
        };
        draft.entry.modified_at = get("modified", "geändert am").into();
        draft.entry.set_expires_at(get("expire on", "läuft ab am"));
        return Keep::Login;
    }
    if let Some(folder) = title.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        draft.begin_folder(folder);
        return Keep::Nothing;
    }
    if title == ">>>" { Keep::Nothing } else { Keep::Login }
}

/// Steganos Password Manager, which puts no field between quotes but writes words for what would need them.
pub(crate) static STEGANOS: Source = table(
    "steganos-csv",
    "Steganos Password Manager",
    &Layout::new(
        &[&["title", "type", "username_field", "username", "password_field", "password", "url"]],
        &[
            ("title", Title),
            ("type", Ignore),
            ("username_field", Ignore),
            ("username", UserName),
            ("password_field", Ignore),
            ("password", Password),
            ("url", Url),
            ("category", Group),
            ("note", Note),
            ("autofill", Ignore),
            ("autofillenabled", Ignore),
            ("last_password_change", PasswordChanged),
            ("lastmodified", Modified),
        ],
    )
    .quotes(Quotes::Plain)
    .ragged()
    .decoded(|_, _| Some(steganos)),
);

/// Blanks stay: other programs' importers trim fields, but a password may begin or end with one.
fn steganos(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("<COMMA>", ",").replace("<-N/L-/>", "\n"))
}

/// Password Safe's plain text: tabs between the columns, and dots between the names of groups and the title.
/// <https://pwsafe.org/help/>
pub(crate) static PASSWORD_SAFE: Source = Source {
    kind: "TXT",
    ..table(
        "password-safe-txt",
        "Password Safe",
        &Layout::new(
            &[&["group/title", "username", "password", "url", "notes"]],
            &[
                ("group/title", Ignore),
                ("username", UserName),
                ("password", Password),
                ("url", Url),
                ("e-mail", OtherName),
                ("notes", Note),
                ("record modified time", Modified),
                ("password expiry date", Expires),
                ("two factor key", Totp),
                ("history", Ignore),
                ("autotype", Ignore),
                ("created time", Ignore),
                ("password modified time", PasswordChanged),
                ("last access time", Ignore),
                ("password expiry interval", Ignore),
                ("password policy", Ignore),
                ("password policy name", Ignore),
                ("run command", Ignore),
                ("dca", Ignore),
                ("shift+dca", Ignore),
                ("protected", Ignore),
                ("symbols", Ignore),
                ("keyboard shortcut", Ignore),
            ],
        )
        .groups(".")
        .row(password_safe),
    )
};

fn password_safe(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    // Dots inside a title are written `»`.
    let path = row.get("group/title");
    let (group, title) = path.rsplit_once('.').unwrap_or(("", path));
    draft.take(Group, "", group);
    draft.take(Title, "", &title.replace('»', "."));
    Keep::Login
}
