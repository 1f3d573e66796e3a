//! The records as Rust, so that nothing is parsed when the program starts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rekey_sites::record::{Capacity, Fact, Provenance, Record, Source, Text};

use super::Data;

const HEAD: &str = "\
//! The records of `data/`, compiled in. Written by `cargo xtask codegen`; where a change of the record's types keeps this
//! file from compiling, empty RECORDS, SOURCES and the maps by hand first.

use std::borrow::Cow::Borrowed as B;

use phf::Map;

use crate::record::Confidence::{High, Low, Medium};
use crate::record::{
    Asked, Attachment, Capacity, Check, Confidence, Fact, Kind, PasswordAfter, Provenance, Record, Role, Source, Text,
};

const fn fact<T: Clone>(value: T, sources: &'static [Text], observed: &'static str, confidence: Confidence) -> Option<Fact<T>> {
    let observed = if observed.is_empty() { None } else { Some(B(observed)) };
    Some(Fact { value, provenance: Provenance { sources: B(sources), observed, confidence } })
}

const fn check(what: Asked) -> Check {
    Check { what, is_optional: false }
}

const fn optional(what: Asked) -> Check {
    Check { what, is_optional: true }
}

";

/// `compiled.rs`.
pub(super) fn rust(data: &Data) -> String {
    let mut out = Out { text: String::new(), origins: BTreeMap::new() };
    for record in &data.records {
        out.record(record);
    }
    let mut rust = HEAD.to_owned();
    for (ids, name) in &out.origins {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(rust, "static {name}: [Text; {}] = {};", ids.len(), array(ids));
    }
    let _ = write!(
        rust,
        "\n/// Sorted by domain.\npub(crate) static RECORDS: [Record; {}] = [\n{}];\n",
        data.records.len(),
        out.text
    );
    let _ = write!(rust, "\n/// The record of each domain and equivalent domain.\n");
    let _ = writeln!(rust, "pub(crate) static BY_DOMAIN: Map<&str, u16> = {};", map(by_domain(&data.records)));
    let (unique, ambiguous) = by_rp_id(&data.records);
    let _ = write!(rust, "\n/// The record of each RP ID that belongs to one record alone.\n");
    for (id, domains) in ambiguous {
        let _ = writeln!(rust, "// Left out: {id} ({}).", domains.join(", "));
    }
    let _ = writeln!(rust, "pub(crate) static BY_RP_ID: Map<&str, u16> = {};", map(unique));
    let _ = write!(rust, "\n/// Sorted by id.\npub(crate) static SOURCES: [Source; {}] = [\n", data.sources.len());
    for source in &data.sources {
        rust.push_str(&written(source));
    }
    rust.push_str("];\n");
    rust
}

/// Rust of the records, and the static of each list of sources that they name.
struct Out {
    text: String,
    origins: BTreeMap<Vec<String>, String>,
}

impl Out {
    fn record(&mut self, record: &Record) {
        let _ = write!(
            self.text,
            "    Record {{\n        name: {},\n        domain: {},\n",
            text(&record.name),
            text(&record.domain)
        );
        self.fact("equivalent", record.equivalent.as_ref(), |value| list(value));
        self.fact("rp_ids", record.rp_ids.as_ref(), |value| list(value));
        self.fact("sign_in", record.sign_in.as_ref(), text);
        self.fact("passkey_page", record.passkey_page.as_ref(), text);
        self.fact("manage_page", record.manage_page.as_ref(), text);
        self.fact("role", record.role.as_ref(), |value| format!("Role::{value:?}"));
        self.fact("asks_first", record.asks_first.as_ref(), |value| {
            let checks = value.iter().map(|check| {
                let kind = if check.is_optional { "optional" } else { "check" };
                format!("{kind}(Asked::{:?})", check.what)
            });
            format!("B(const {{ &[{}] }})", checks.collect::<Vec<_>>().join(", "))
        });
        self.fact("authenticator", record.authenticator.as_ref(), |value| format!("Attachment::{value:?}"));
        self.fact("capacity", record.capacity.as_ref(), |value| match value {
            Capacity::AtMost(count) => format!("Capacity::AtMost({count})"),
            other => format!("Capacity::{other:?}"),
        });
        self.fact("usernameless", record.usernameless.as_ref(), bool::to_string);
        self.fact("password_after", record.password_after.as_ref(), |value| format!("PasswordAfter::{value:?}"));
        self.fact("change_password", record.change_password.as_ref(), text);
        self.fact("recovery_page", record.recovery_page.as_ref(), text);
        self.fact("help", record.help.as_ref(), text);
        self.fact("kind", record.kind.as_ref(), |value| format!("Kind::{value:?}"));
        self.fact("notes", record.notes.as_ref(), |value| {
            let notes = value.iter().map(|(language, note)| format!("({}, {})", text(language), text(note)));
            format!("B(&[{}])", notes.collect::<Vec<_>>().join(", "))
        });
        self.text.push_str("    },\n");
    }

    fn fact<T: Clone>(&mut self, field: &str, fact: Option<&Fact<T>>, value: impl FnOnce(&T) -> String) {
        let Some(Fact { value: known, provenance }) = fact else {
            let _ = writeln!(self.text, "        {field}: None,");
            return;
        };
        let Provenance { sources, observed, confidence } = provenance;
        let ids: Vec<String> = sources.iter().map(|id| id.to_string()).collect();
        let name = ids.iter().map(|id| id.replace('-', "_").to_uppercase()).collect::<Vec<_>>().join("__");
        let name = self.origins.entry(ids).or_insert(format!("FROM_{name}"));
        let observed = observed.as_deref().unwrap_or_default();
        let _ = writeln!(self.text, "        {field}: fact({}, &{name}, {observed:?}, {confidence:?}),", value(known));
    }
}

fn by_domain(records: &[Record]) -> Vec<(&str, usize)> {
    let mut entries = Vec::new();
    for (index, record) in records.iter().enumerate() {
        entries.push((record.domain.as_ref(), index));
        let equivalent = record.equivalent.iter().flat_map(|fact| fact.value.iter());
        entries.extend(equivalent.map(|domain| (domain.as_ref(), index)));
    }
    entries
}

type Ambiguous<'a> = Vec<(&'a str, Vec<&'a str>)>;

fn by_rp_id(records: &[Record]) -> (Vec<(&str, usize)>, Ambiguous<'_>) {
    let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        for id in record.rp_ids.iter().flat_map(|fact| fact.value.iter()) {
            owners.entry(id).or_default().push(index);
        }
    }
    let (mut unique, mut ambiguous) = (Vec::new(), Vec::new());
    for (id, indices) in owners {
        match indices.as_slice() {
            [index] => unique.push((id, *index)),
            several => {
                let domains =
                    several.iter().filter_map(|index| records.get(*index)).map(|record| record.domain.as_ref());
                ambiguous.push((id, domains.collect()));
            }
        }
    }
    (unique, ambiguous)
}

fn map(entries: Vec<(&str, usize)>) -> String {
    let mut map = phf_codegen::Map::new();
    for (key, index) in entries {
        map.entry(key, index.to_string());
    }
    map.build().to_string()
}

fn written(source: &Source) -> String {
    let url = source.url.as_ref().map_or("None".to_owned(), |url| format!("Some({})", text(url)));
    format!(
        "    Source {{\n        id: {},\n        title: {},\n        url: {url},\n        licence: {},\n        attribution: {},\n    }},\n",
        text(&source.id),
        text(&source.title),
        text(&source.licence),
        text(&source.attribution)
    )
}

fn text(text: &Text) -> String {
    format!("B({text:?})")
}

fn list(texts: &[Text]) -> String {
    format!("B(&{})", array(texts))
}

fn array<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("B({:?})", text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}
