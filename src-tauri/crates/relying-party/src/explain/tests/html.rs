//! As much of an HTML reader as a test of our own markup needs.

/// A run of text, with what it stands in.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) text: String,
    /// The term whose definition unit it belongs to.
    pub(super) term: Option<String>,
    /// Whether it is the digits that stand for bytes.
    pub(super) bytes: bool,
}

/// The text of a document, in reading order. Panics where an element is not closed in order.
pub(super) fn text(html: &str) -> Vec<Run> {
    let mut open: Vec<(&str, Option<String>, bool)> = Vec::new();
    let mut runs = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some((before, after)) = rest.split_once('<') else { panic!("text after the end: {rest}") };
        if !before.is_empty() {
            let term = open.iter().rev().find_map(|(_, term, _)| term.clone());
            let bytes = open.iter().any(|(_, _, bytes)| *bytes);
            runs.push(Run { text: decode(before), term, bytes });
        }
        let (tag, after) = after.split_once('>').expect("a whole tag");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().map(|(name, ..)| name), Some(name));
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let term =
                attributes.split_once("data-term=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
            open.push((name, term, attributes.contains("explain-bytes")));
        }
    }
    assert!(open.is_empty(), "{open:?}");
    runs
}

fn decode(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
