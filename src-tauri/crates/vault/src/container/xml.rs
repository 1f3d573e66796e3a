//! XML exports as a stream of elements. Entity declarations are refused, so nothing expands.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Xml);

/// What a format does with elements as they come.
pub(crate) trait Visitor {
    /// An element begins; `path` names it and those around it, outermost first.
    fn start(&mut self, path: &[String], element: &Attributes<'_, '_>) -> Result<(), ReadError>;
    /// It ends; `text` is what stood in it directly.
    fn end(&mut self, path: &[String], text: &str) -> Result<(), ReadError>;
}

/// The attributes of an element.
pub(crate) struct Attributes<'a, 'b>(&'b BytesStart<'a>);

impl Attributes<'_, '_> {
    /// The value of an attribute, with its references resolved.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        // Looking for repeated names would take time that grows with the square of their number.
        let found =
            self.0.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    }
}

/// Walks through a document in order.
pub(crate) fn walk(bytes: &[u8], limits: &Limits, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
    let document = super::text::utf8(bytes);
    let mut reader = Reader::from_str(str::from_utf8(&document).map_err(|_| DAMAGED)?);
    let mut path: Vec<String> = Vec::new();
    let mut texts: Vec<Zeroizing<String>> = Vec::new();
    let mut seen = false;
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Start(start) => {
                open(&start, limits, &mut path, visitor)?;
                texts.push(Zeroizing::default());
                seen = true;
            }
            Event::Empty(start) => {
                open(&start, limits, &mut path, visitor)?;
                visitor.end(&path, "")?;
                path.pop();
                seen = true;
            }
            Event::End(_) => {
                let text = texts.pop().ok_or(DAMAGED)?;
                visitor.end(&path, &text)?;
                path.pop();
            }
            Event::Text(text) => append(&mut texts, &text.xml10_content(), limits)?,
            Event::CData(text) => append(&mut texts, &text.xml10_content(), limits)?,
            Event::GeneralRef(name) => {
                if let Some(character) = name.resolve_char_ref().map_err(|_| DAMAGED)? {
                    append(&mut texts, character.encode_utf8(&mut [0; 4]), limits)?;
                } else {
                    append(&mut texts, quick_xml::escape::resolve_xml_entity(&name).ok_or(DAMAGED)?, limits)?;
                }
            }
            // A document type without declarations of its own is harmless, and some programs write one.
            Event::DocType(declaration) if declaration.contains('[') => return Err(DAMAGED),
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if seen && path.is_empty() { Ok(()) } else { Err(DAMAGED) }
}

fn open(
    start: &BytesStart<'_>,
    limits: &Limits,
    path: &mut Vec<String>,
    visitor: &mut dyn Visitor,
) -> Result<(), ReadError> {
    if path.len() >= limits.nesting {
        let (asked, limit) = (path.len().saturating_add(1), limits.nesting);
        let number = |n| u64::try_from(n).unwrap_or(u64::MAX);
        return Err(ReadError::TooCostly { cost: Cost::Nesting, asked: number(asked), limit: number(limit) });
    }
    path.push(start.local_name().as_ref().to_owned());
    visitor.start(path, &Attributes(start))
}

fn append(texts: &mut [Zeroizing<String>], more: &str, limits: &Limits) -> Result<(), ReadError> {
    let Some(text) = texts.last_mut() else { return Ok(()) };
    let length = u64::try_from(text.len() + more.len()).unwrap_or(u64::MAX);
    if length > limits.field {
        return Err(ReadError::TooCostly { cost: Cost::Field, asked: length, limit: limits.field });
    }
    super::wiped::append_text(text, more);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes down what it sees.
    #[derive(Default)]
    struct Log(Vec<String>);

    impl Visitor for Log {
        fn start(&mut self, path: &[String], element: &Attributes<'_, '_>) -> Result<(), ReadError> {
            self.0.push(format!("+{} {:?}", path.join("/"), element.get("n")));
            Ok(())
        }

        fn end(&mut self, path: &[String], text: &str) -> Result<(), ReadError> {
            self.0.push(format!("-{} {text}", path.join("/")));
            Ok(())
        }
    }

    fn check(document: &str, expect: Result<&[&str], &str>) {
        let mut log = Log::default();
        let start = document.get(..80).unwrap_or(document);
        match (walk(document.as_bytes(), &Limits::default(), &mut log), expect) {
            (Ok(()), Ok(expect)) => assert_eq!(log.0, expect, "{start}"),
            (got, expect) => {
                let detail = |error: ReadError| match error {
                    ReadError::TooCostly { cost, .. } => cost.name(),
                    error => error.code(),
                };
                assert_eq!(got.map_err(detail), expect.map(|_| ()), "{start}");
            }
        }
    }

    #[test]
    fn elements_in_order_with_their_own_text() {
        check(
            "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE a><a n='1&amp;2'>x<b/>y&lt;<![CDATA[<&]]>&#65;</a>",
            Ok(&["+a Some(\"1&2\")", "+a/b None", "-a/b ", "-a xy<<&A"]),
        );
        check("<p:a><p:b n=\"&#x0;&u;\"></p:b></p:a>", Ok(&["+a None", "+a/b None", "-a/b ", "-a "]));
    }

    #[test]
    fn what_is_broken_or_asks_for_too_much_is_refused() {
        check("", Err("damaged"));
        check("<a>", Err("damaged"));
        check("<a></b>", Err("damaged"));
        check("</a>", Err("damaged"));
        check("<a>&u;</a>", Err("damaged"));
        check("<!DOCTYPE a [<!ENTITY u \"x\">]><a>&u;</a>", Err("damaged"));
        check("<!DOCTYPE a [<!ENTITY u SYSTEM \"file:///etc/passwd\">]><a/>", Err("damaged"));
        check(&"<a>".repeat(50_000), Err("nesting"));
        check(&format!("<a>{}</a>", "x".repeat(2 << 20)), Err("field"));
        check(&format!("<a>{}</a>", "&#65;".repeat(2 << 20)), Err("field"));
    }

    #[test]
    fn an_element_of_many_attributes_takes_no_time() {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}='x'")).collect();
        check(&format!("<a{attributes} n='y'/>"), Ok(&["+a Some(\"y\")", "-a "]));
    }
}
