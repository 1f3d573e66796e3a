//! Records as they stand in `data/`: one line a field, in the order of [`Record`], nothing wrapped.

use std::fmt::Write as _;

use crate::read::is_foreign;
use crate::record::{Asked, Capacity, Check, Fact, Record, Text};
use crate::words::Word;

/// The record's text. Reading it gives the same record again, and the same record always gives the same text.
pub fn write(record: &Record) -> String {
    let mut out = Out(format!("name = {}\ndomain = {}\n", quoted(&record.name), quoted(&record.domain)));
    out.fact("equivalent", record.equivalent.as_ref(), |value| texts(value));
    let foreign = record.rp_ids.as_ref().is_some_and(|fact| fact.value.iter().any(|id| is_foreign(record, id)));
    out.fact("rp_ids", record.rp_ids.as_ref(), |value| match foreign {
        true => format!("{}, foreign = true", texts(value)),
        false => texts(value),
    });
    out.fact("sign_in", record.sign_in.as_ref(), |value| quoted(value));
    out.fact("passkey_page", record.passkey_page.as_ref(), |value| quoted(value));
    out.fact("manage_page", record.manage_page.as_ref(), |value| quoted(value));
    out.fact("role", record.role.as_ref(), |value| word(*value));
    out.fact("asks_first", record.asks_first.as_ref(), |value| list(value.iter().map(check)));
    out.fact("authenticator", record.authenticator.as_ref(), |value| word(*value));
    out.fact("capacity", record.capacity.as_ref(), |value| capacity(*value));
    out.fact("usernameless", record.usernameless.as_ref(), bool::to_string);
    out.fact("password_after", record.password_after.as_ref(), |value| word(*value));
    out.fact("change_password", record.change_password.as_ref(), |value| quoted(value));
    out.fact("recovery_page", record.recovery_page.as_ref(), |value| quoted(value));
    out.fact("help", record.help.as_ref(), |value| quoted(value));
    out.fact("kind", record.kind.as_ref(), |value| word(*value));
    out.fact("notes", record.notes.as_ref(), |value| {
        let texts: Vec<String> =
            value.iter().map(|(language, text)| format!("{language} = {}", quoted(text))).collect();
        format!("{{ {} }}", texts.join(", "))
    });
    out.0
}

struct Out(String);

impl Out {
    fn fact<T: Clone>(&mut self, field: &str, fact: Option<&Fact<T>>, value: impl FnOnce(&T) -> String) {
        let Some(Fact { value: known, provenance }) = fact else { return };
        let observed = provenance.observed.as_deref().map(|date| format!(", observed = {}", quoted(date)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.0,
            "{field} = {{ value = {}, source = {}{}, confidence = {} }}",
            value(known),
            texts(&provenance.sources),
            observed.unwrap_or_default(),
            word(provenance.confidence),
        );
    }
}

fn check(check: &Check) -> String {
    let asked: Asked = check.what;
    match check.is_optional {
        true => quoted(&format!("optional {}", asked.word())),
        false => word(asked),
    }
}

fn capacity(capacity: Capacity) -> String {
    match capacity {
        Capacity::One => quoted("one"),
        Capacity::Several => quoted("several"),
        Capacity::AtMost(count) => count.to_string(),
    }
}

fn word(value: impl Word) -> String {
    quoted(value.word())
}

fn texts(texts: &[Text]) -> String {
    list(texts.iter().map(|text| quoted(text)))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A basic string (<https://toml.io/en/v1.0.0#string>).
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
