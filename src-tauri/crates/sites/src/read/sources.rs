//! The list of sources, `data/sources.toml`.

use toml::de::DeValue;

use crate::record::{Source, Text};

use super::{Fault, ReadError, Reader, value};

/// Reads the sources, in the order of their ids.
///
/// # Errors
/// Everything that is wrong with it, in the order of the lines; at least one.
pub fn read_sources(text: &str) -> Result<Vec<Source>, Vec<ReadError>> {
    let mut reader = Reader { text, today: "", errors: Vec::new() };
    let mut sources = Vec::new();
    if let Some(table) = reader.table() {
        for (id, source) in table.get_ref() {
            let name = id.get_ref();
            let Ok(id) = value::source_id(name) else {
                reader.fail(id.span(), Some("id"), Fault::NotAnId);
                continue;
            };
            let Some(fields) = source.get_ref().as_table() else {
                reader.fail(source.span(), Some(name), Fault::NotA("a table"));
                continue;
            };
            reader.known_only(fields, &format!("{name}."), &["title", "url", "licence", "attribution"]);
            let mut field =
                |field: &str, read: fn(&DeValue) -> Result<Text, Fault>| reader.part(source, name, field, read);
            let title = field("title", value::text);
            let url = fields.contains_key("url").then(|| field("url", value::url));
            let licence = field("licence", value::text);
            let attribution = field("attribution", value::text);
            if let (Some(title), Some(licence), Some(attribution)) = (title, licence, attribution) {
                sources.push(Source { id, title, url: url.flatten(), licence, attribution });
            }
        }
    }
    if reader.errors.is_empty() { Ok(sources) } else { Err(reader.into_errors()) }
}
