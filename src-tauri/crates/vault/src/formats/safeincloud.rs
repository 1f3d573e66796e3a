//! SafeInCloud's XML export: <https://www.safe-in-cloud.com/en/help.html>.

use std::collections::HashMap;
use std::sync::Arc;

use crate::container::xml::{Attributes, Visitor, walk};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Entry, Import, Limits, ProblemCode, ReadError, timestamp};

pub(crate) static SOURCE: Source = Source {
    name: "safeincloud-xml",
    product: "SafeInCloud",
    kind: "XML",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises, lock: |_| Lock::Open, read },
};

fn recognises(sample: &Sample<'_>) -> bool {
    matches!(sample.xml(), Some(("database", "label" | "card" | "ghost" | "custom_icon")))
}

/// What becomes of a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Entry,
    Note,
    Recycled,
    Template,
}

struct Cards<'a> {
    import: Import,
    limits: &'a Limits,
    rows: u64,
    labels: HashMap<String, Arc<str>>,
    card: Option<(Entry, Keep)>,
    /// Kind and name of the field that is open.
    field: (String, String),
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut cards = Cards {
        import: Import::new(input.format),
        limits: input.limits,
        rows: 0,
        labels: HashMap::new(),
        card: None,
        field: Default::default(),
    };
    walk(input.bytes(), input.limits, &mut cards)?;
    // A card may stand before the label that it names.
    for entry in &mut cards.import.entries {
        entry.group = cards.labels.get(&*entry.group).cloned().unwrap_or_default();
    }
    Ok(cards.import)
}

/// `true` in current files, `1` in others.
fn is_set(element: &Attributes<'_, '_>, name: &str) -> bool {
    element.get(name).is_some_and(|value| matches!(value.as_str(), "true" | "1"))
}

impl Visitor for Cards<'_> {
    fn start(&mut self, path: &[String], element: &Attributes<'_, '_>) -> Result<(), ReadError> {
        match path {
            [_, name] if name == "label" => {
                let id = element.get("id").unwrap_or_default();
                self.labels.insert(id, element.get("name").unwrap_or_default().trim().into());
            }
            [_, name] if name == "card" => {
                self.rows += 1;
                self.limits.allow_rows(self.rows)?;
                let keep = if is_set(element, "template") {
                    Keep::Template
                } else if is_set(element, "deleted") {
                    Keep::Recycled
                } else if element.get("type").as_deref() == Some("note") {
                    Keep::Note
                } else {
                    Keep::Entry
                };
                let entry = Entry {
                    title: element.get("title").unwrap_or_default().trim().into(),
                    modified_at: element.get("time_stamp").and_then(|time| timestamp::any(&time)).into(),
                    ..Entry::default()
                };
                self.card = Some((entry, keep));
            }
            [_, card, name] if card == "card" && name == "field" => {
                self.field = (element.get("type").unwrap_or_default(), element.get("name").unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, path: &[String], text: &str) -> Result<(), ReadError> {
        let [_, card, inner @ ..] = path else { return Ok(()) };
        if card != "card" {
            return Ok(());
        }
        let Some((entry, keep)) = &mut self.card else { return Ok(()) };
        match (inner, *keep) {
            ([], keep) => {
                let finished = std::mem::take(entry);
                match keep {
                    Keep::Entry => self.import.take(finished),
                    Keep::Note => self.import.left_out.not_logins += 1,
                    Keep::Recycled => self.import.left_out.recycled += 1,
                    Keep::Template => self.import.left_out.templates += 1,
                }
                self.card = None;
            }
            ([name], Keep::Entry) => match name.as_str() {
                "field" => {
                    let (kind, label) = &self.field;
                    if let Err(code) = field(entry, kind, label, text) {
                        self.import.report(entry.location(), code);
                    }
                }
                "notes" => entry.add_extra("", text),
                // Of several labels the first one is the group.
                "label_id" if entry.group.is_empty() => entry.group = text.trim().into(),
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }
}

fn field(entry: &mut Entry, kind: &str, label: &str, text: &str) -> Result<(), ProblemCode> {
    match kind {
        "login" | "email" => entry.add_name(text),
        "password" if entry.password.is_none() => entry.set_password(text),
        "website" => entry.add_url(text),
        "application" => entry.add_app(text),
        "one_time_password" if entry.totp.is_some() => return Err(ProblemCode::FurtherTotp),
        "one_time_password" => return entry.set_totp(text).map_err(crate::TotpError::problem),
        _ => entry.add_extra(label, text),
    }
    Ok(())
}
