//! A first look at a file: what kind of container it is, as far as telling formats apart needs it.

use std::borrow::Cow;
use std::cell::OnceCell;

use zeroize::Zeroizing;

use crate::container::table::Dialect;
use crate::container::{table, text, zip};

/// How far into a JSON or XML file its member or element names are looked for, in bytes.
const LOOK: usize = 1 << 20;
/// How far into a table its first rows are looked for, in bytes, and how many of them.
const LOOK_ROWS: (usize, usize) = (1 << 16, 64);

/// A file as the formats look at it.
pub(crate) struct Sample<'a> {
    pub bytes: &'a [u8],
    pub shape: Shape,
    rows: OnceCell<Vec<Vec<Zeroizing<String>>>>,
}

/// What kind of container a file is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A JSON object, or an array of objects: the names of the members of the object, or of the array's first one.
    Json { array: bool, members: Vec<String> },
    /// An XML document: the name of its root element and of the first element in it.
    Xml { root: String, first: String },
    /// A ZIP archive: the names of its files.
    Zip(Vec<String>),
    /// Text with rows and columns: the first row, lower case and trimmed, and how it is written.
    Table { heading: Vec<String>, dialect: Dialect },
    /// Anything else, text or not.
    Other,
}

impl<'a> Sample<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, shape: shape(bytes), rows: OnceCell::new() }
    }

    /// Whether the file is a JSON object (or an array of objects, where `array`) with all these members.
    pub(crate) fn is_json(&self, array: bool, wanted: &[&str]) -> bool {
        matches!(&self.shape, Shape::Json { array: is, members }
            if *is == array && wanted.iter().all(|name| members.iter().any(|member| member == name)))
    }

    /// Whether a JSON file has this member; see [`Self::is_json`].
    pub(crate) fn has_member(&self, name: &str) -> bool {
        matches!(&self.shape, Shape::Json { members, .. } if members.iter().any(|member| member == name))
    }

    /// Whether any of these members occurs in a JSON file, however deep, within its first 4 MiB.
    pub(crate) fn mentions(&self, members: &[&str]) -> bool {
        let start = self.bytes.get(..4 * LOOK).unwrap_or(self.bytes);
        matches!(self.shape, Shape::Json { .. }) && mentions(start, members)
    }

    /// The names of an XML document's root element and of the first element in it.
    pub(crate) fn xml(&self) -> Option<(&str, &str)> {
        match &self.shape {
            Shape::Xml { root, first } => Some((root, first)),
            _ => None,
        }
    }

    /// Whether the file is an XML document with this root element.
    pub(crate) fn is_xml(&self, name: &str) -> bool {
        matches!(&self.shape, Shape::Xml { root, .. } if root == name)
    }

    /// Whether the file is a ZIP archive with a file whose name, without folders and in lower case, passes.
    pub(crate) fn is_zip_with(&self, passes: impl Fn(&str) -> bool) -> bool {
        matches!(&self.shape, Shape::Zip(names)
            if names.iter().any(|name| passes(&name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase())))
    }

    /// The first row of a table, lower case and trimmed; empty where the file is none.
    pub(crate) fn heading(&self) -> &[String] {
        match &self.shape {
            Shape::Table { heading, .. } => heading,
            _ => &[],
        }
    }

    /// How a table is written; `None` where the file is none.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        match &self.shape {
            Shape::Table { dialect, .. } => Some(*dialect),
            _ => None,
        }
    }

    /// The first rows of a table as they stand, the first of all among them; none where the file is no table.
    pub(crate) fn rows(&self) -> &[Vec<Zeroizing<String>>] {
        self.rows.get_or_init(|| {
            let Some(dialect) = self.dialect() else { return Vec::new() };
            let whole = self.bytes.len() <= LOOK_ROWS.0;
            let start = text::utf8(self.bytes.get(..LOOK_ROWS.0).unwrap_or(self.bytes));
            let mut rows = table::first_rows(&start, dialect, LOOK_ROWS.1);
            // The last one may be cut.
            if !whole && rows.len() > 1 && rows.len() < LOOK_ROWS.1 {
                rows.pop();
            }
            rows
        })
    }
}

fn shape(bytes: &[u8]) -> Shape {
    if zip::is_archive(bytes) {
        return zip::names(bytes).map_or(Shape::Other, Shape::Zip);
    }
    let Some(text) = text::start(bytes, LOOK) else { return Shape::Other };
    let trimmed = text.trim_start();
    match trimmed.bytes().next() {
        Some(b'{' | b'[') => json(trimmed),
        Some(b'<') => xml(trimmed),
        Some(_) => table::heading(&text).map_or(Shape::Other, |(heading, dialect)| Shape::Table { heading, dialect }),
        None => Shape::Other,
    }
}

/// Whether one of the members stands in a text, in quotes and before a colon. Inside a JSON string the quotes would be
/// escaped, so that it is a member.
fn mentions(text: &[u8], members: &[&str]) -> bool {
    let mut before = None;
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'"' && before != Some(b'\\') {
            let closes = |after: &[u8]| {
                after.strip_prefix(b"\"").is_some_and(|after| after.trim_ascii_start().first() == Some(&b':'))
            };
            if members.iter().any(|member| after.strip_prefix(member.as_bytes()).is_some_and(closes)) {
                return true;
            }
        }
        before = Some(byte);
    }
    false
}

/// The member names of the outermost object, or of the first object of an outermost array. The text may be cut.
fn json(text: &str) -> Shape {
    let array = text.starts_with('[');
    let wanted = if array { 2 } else { 1 };
    let (mut depth, mut members) = (0usize, Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
        let (_, found) = rest.split_at(at);
        let mut characters = found.chars();
        match characters.next() {
            Some('{' | '[') => depth += 1,
            Some(_) if !found.starts_with('"') => {
                depth = depth.saturating_sub(1);
                if array && depth == 1 {
                    break;
                }
            }
            _ => {
                let Some((content, after)) = string(characters.as_str()) else { break };
                if depth == wanted && after.trim_start().starts_with(':') && members.len() < 256 {
                    members.push(content.into_owned());
                }
                rest = after;
                continue;
            }
        }
        rest = characters.as_str();
    }
    Shape::Json { array, members }
}

/// A JSON string behind its opening quote, and what follows its closing one.
fn string(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut escaped = false;
    let end = text.find(|character| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })?;
    let (content, after) = text.split_at_checked(end)?;
    Some((Cow::Borrowed(content), after.get(1..)?))
}

fn xml(text: &str) -> Shape {
    let mut names = text.split('<').skip(1).filter_map(|tag| {
        let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
        (!name.is_empty() && !name.starts_with(['?', '!'])).then(|| name.to_owned())
    });
    match names.next() {
        Some(root) => Shape::Xml { root, first: names.next().unwrap_or_default() },
        None => Shape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: Shape) {
        assert_eq!(shape(bytes), expect, "{:?}", String::from_utf8_lossy(bytes));
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn members_anywhere() {
        let check =
            |json: &str, expect| assert_eq!(Sample::new(json.as_bytes()).mentions(&["x", "a"]), expect, "{json}");
        check(r#"{"b":{"a" :1}}"#, true);
        check(r#"{"b":"a"}"#, false);
        check(r#"{"b":"\"a\":1"}"#, false);
        check(r#"{"b":[{"x":"#, true);
        check(r#"<a x="a":/>"#, false);
    }

    #[test]
    fn containers() {
        let json = |array, members: &[&str]| Shape::Json { array, members: names(members) };
        check(br#" {"a":{"b":1},"c\"d":["e"],"f":2}"#, json(false, &["a", "c\\\"d", "f"]));
        check(br#"[{"a":1,"b":{"c":2}},{"d":3}]"#, json(true, &["a", "b"]));
        check(br#"{"a":{"b"#, json(false, &["a"]));
        check(b"[]", json(true, &[]));
        check(
            b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x --><a b=\"c\"><d/></a>",
            Shape::Xml { root: "a".into(), first: "d".into() },
        );
        let table =
            |heading: &[&str], first: &[u8]| Shape::Table { heading: names(heading), dialect: Dialect::of(first) };
        check(b"Name,URL\nx,y\n", table(&["name", "url"], b","));
        check(b"\"Name\";\"URL\"\r\n", table(&["name", "url"], b";"));
        check(b"\xff\xfeN\0a\0,\0b\0\n\0", table(&["na", "b"], b","));
        check(b"\xef\xbb\xbfsep=;\n\xef\xbb\xbf\"Name\";URL\n", table(&["name", "url"], b";"));
        check(b"PK\x03\x04", Shape::Other);
        check(b"\0\x01\x02", Shape::Other);
        check(b"", Shape::Other);
    }
}
