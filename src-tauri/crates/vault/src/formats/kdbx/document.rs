//! The XML document, read as a stream in document order.
//!
//! Every element marked `Protected="True"` uses up key stream when its end is reached, whatever element it is and
//! whether its value is kept. Entity declarations are refused, so nothing expands.

use base64::Engine as _;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError};

use super::BASE64;
use super::former::{self, Former};
use super::keystream::KeyStream;
use super::payload::{Payload, read_error};

const DAMAGED: ReadError = ReadError::damaged(Part::Xml);

/// What is kept of a document.
#[derive(Default)]
pub(super) struct Document {
    /// KDBX 3: whether the document holds the outer header's hash, which then was right.
    pub header_verified: bool,
    pub recycle_bin: Option<Uuid>,
    pub templates: Option<Uuid>,
    pub groups: Vec<Group>,
    /// In document order; no former versions.
    pub entries: Vec<RawEntry>,
}

pub(super) type Uuid = [u8; 16];

#[derive(Default)]
pub(super) struct Group {
    pub parent: Option<usize>,
    pub name: String,
    pub id: Option<Uuid>,
}

#[derive(Default)]
pub(super) struct RawEntry {
    pub id: Option<Uuid>,
    /// Index into [`Document::groups`].
    pub group: Option<usize>,
    pub fields: Vec<(String, Value)>,
    pub modified: Option<String>,
    /// See [`former::password_changed_at`].
    pub password_changed_at: Option<i64>,
    pub expires: bool,
    pub expiry: Option<String>,
}

/// A field's value.
#[derive(PartialEq, Eq)]
pub(super) enum Value {
    Text(Zeroizing<String>),
    /// Protected bytes that are no UTF-8.
    NotText,
}

/// What an element is, by its name and the element around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Nowhere,
    File,
    Meta,
    HeaderHash,
    RecycleBin,
    Templates,
    Root,
    Group,
    GroupId,
    GroupName,
    Entry,
    EntryId,
    Times,
    Modified,
    Expires,
    Expiry,
    Field,
    FieldKey,
    FieldValue,
    History,
    /// A former version of an entry: its values use up key stream, and none is kept when the entry has been read.
    Former,
    FormerTimes,
    FormerModified,
    FormerField,
    FormerKey,
    FormerValue,
    /// Elements that are not known; not kept.
    Other,
}

impl Node {
    fn child(self, name: &str) -> Self {
        match (self, name) {
            (Self::Nowhere, "KeePassFile") => Self::File,
            (Self::File, "Meta") => Self::Meta,
            (Self::File, "Root") => Self::Root,
            (Self::Meta, "HeaderHash") => Self::HeaderHash,
            (Self::Meta, "RecycleBinUUID") => Self::RecycleBin,
            (Self::Meta, "EntryTemplatesGroup") => Self::Templates,
            (Self::Root | Self::Group, "Group") => Self::Group,
            (Self::Root | Self::Group, "Entry") => Self::Entry,
            (Self::Group, "UUID") => Self::GroupId,
            (Self::Group, "Name") => Self::GroupName,
            (Self::Entry, "UUID") => Self::EntryId,
            (Self::Entry, "Times") => Self::Times,
            (Self::Entry, "String") => Self::Field,
            (Self::Times, "LastModificationTime") => Self::Modified,
            (Self::Times, "Expires") => Self::Expires,
            (Self::Times, "ExpiryTime") => Self::Expiry,
            (Self::Entry, "History") => Self::History,
            (Self::History, "Entry") => Self::Former,
            (Self::Former, "String") => Self::FormerField,
            (Self::Former, "Times") => Self::FormerTimes,
            (Self::FormerTimes, "LastModificationTime") => Self::FormerModified,
            (Self::FormerField, "Key") => Self::FormerKey,
            (Self::FormerField, "Value") => Self::FormerValue,
            (Self::Field, "Key") => Self::FieldKey,
            (Self::Field, "Value") => Self::FieldValue,
            _ => Self::Other,
        }
    }

    /// Whether the text of such an element is looked at.
    fn keeps_text(self) -> bool {
        matches!(
            self,
            Self::HeaderHash
                | Self::RecycleBin
                | Self::Templates
                | Self::GroupId
                | Self::GroupName
                | Self::EntryId
                | Self::Modified
                | Self::Expires
                | Self::Expiry
                | Self::FieldKey
                | Self::FieldValue
        )
    }

    /// Whether the text of an element of a former version is looked at.
    fn is_of_former(self) -> bool {
        matches!(self, Self::FormerModified | Self::FormerKey | Self::FormerValue)
    }
}

/// How much text proves that the key stream was in step, in bytes. A byte of a stream that is out of step continues valid
/// UTF-8 with a probability of about 0.56 (128 of 256 bytes are ASCII, and some of the others pair up), so that 32 bytes
/// are taken for text by chance once in 10⁸ such files; eight, as a last short password has, once in a hundred.
const PROOF: usize = 32;

/// Whether the key stream was in step to the end, judged by the protected texts of string fields; see the crate's
/// documentation. A value that is no text is a rare thing by itself and the rule once the stream is out of step: only
/// enough text behind it tells the two apart.
#[derive(Default)]
struct InStep {
    /// Bytes of text since the last value that was no text; `None` where there was none, or enough text followed.
    text_since: Option<usize>,
}

impl InStep {
    /// Takes note of a value that is not empty: its length in bytes where it is text.
    fn saw(&mut self, text: Option<usize>) {
        self.text_since = match (text, self.text_since) {
            (None, _) => Some(0),
            (Some(length), Some(since)) => Some(since.saturating_add(length)).filter(|since| *since < PROOF),
            (Some(_), None) => None,
        };
    }

    fn holds(&self) -> bool {
        self.text_since.is_none()
    }
}

struct Open {
    node: Node,
    protected: bool,
}

struct Parser {
    document: Document,
    keystream: KeyStream,
    header_hash: Option<[u8; 32]>,
    limits: Limits,
    stack: Vec<Open>,
    /// Indices of the groups that are open.
    groups: Vec<usize>,
    entry: Option<RawEntry>,
    /// Of the open entry, the one being read last.
    formers: Vec<Former>,
    key: Option<String>,
    value: Option<Value>,
    /// The text of the innermost open element.
    text: Zeroizing<String>,
    /// What a protected value decodes to.
    bytes: Zeroizing<Vec<u8>>,
    in_step: InStep,
    seen_root: bool,
}

/// Reads the document and everything behind it, so that the compression's checksum is verified.
///
/// `header_hash`: for KDBX 3, the hash that the document states if the outer header is as it was written.
pub(super) fn parse(
    payload: Payload<'_>,
    keystream: KeyStream,
    header_hash: Option<[u8; 32]>,
    limits: &Limits,
) -> Result<Document, ReadError> {
    let mut reader = Reader::from_reader(payload);
    let mut parser = Parser {
        document: Document::default(),
        keystream,
        header_hash,
        limits: *limits,
        stack: Vec::new(),
        groups: Vec::new(),
        entry: None,
        formers: Vec::new(),
        key: None,
        value: None,
        text: Zeroizing::new(String::with_capacity(4096)),
        bytes: Zeroizing::new(vec![0; 4096]),
        in_step: InStep::default(),
        seen_root: false,
    };
    let mut buffer = Zeroizing::new(Vec::with_capacity(64 * 1024));
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => read_error(&error, limits.inflated, Part::Compression),
            _ => DAMAGED,
        })?;
        match event {
            Event::Start(start) => parser.start(&start)?,
            Event::Empty(start) => {
                parser.start(&start)?;
                parser.end()?;
            }
            Event::End(_) => parser.end()?,
            Event::Text(text) if parser.keeps_text() => parser.append(&text.xml10_content()),
            Event::CData(text) if parser.keeps_text() => parser.append(&text.xml10_content()),
            Event::GeneralRef(name) => {
                if let Some(character) = name.resolve_char_ref().map_err(|_| DAMAGED)? {
                    parser.append(character.encode_utf8(&mut [0; 4]));
                } else {
                    parser.append(quick_xml::escape::resolve_xml_entity(&name).ok_or(DAMAGED)?);
                }
            }
            Event::DocType(_) => return Err(DAMAGED),
            Event::Text(_) | Event::CData(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !parser.stack.is_empty() || !parser.seen_root {
        return Err(DAMAGED);
    }
    if !parser.in_step.holds() {
        return Err(ReadError::damaged(Part::ProtectedValues));
    }
    Ok(parser.document)
}

impl Parser {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        let parent = self.stack.last();
        // A protected value is text; with elements in it nobody can say what of it was encrypted.
        if parent.is_some_and(|open| open.protected) {
            return Err(ReadError::damaged(Part::ProtectedValues));
        }
        if parent.is_some_and(|open| open.node.keeps_text()) {
            return Err(DAMAGED);
        }
        if self.stack.len() >= self.limits.nesting {
            return Err(ReadError::TooCostly {
                cost: Cost::Nesting,
                asked: u64::try_from(self.stack.len()).unwrap_or(u64::MAX).saturating_add(1),
                limit: u64::try_from(self.limits.nesting).unwrap_or(u64::MAX),
            });
        }
        let node = parent.map_or(Node::Nowhere, |open| open.node).child(start.name().as_ref());
        // Most elements have no attributes at all.
        let protected = !start.attributes_raw().is_empty()
            && start
                .try_get_attribute("Protected")
                .map_err(|_| DAMAGED)?
                .is_some_and(|found| found.value.eq_ignore_ascii_case("true") || found.value == "1");
        match node {
            Node::File if self.seen_root => return Err(DAMAGED),
            Node::File => self.seen_root = true,
            Node::Group => {
                let parent = self.groups.last().copied();
                self.groups.push(self.document.groups.len());
                self.document.groups.push(Group { parent, ..Group::default() });
            }
            Node::Entry => self.entry = Some(RawEntry { group: self.groups.last().copied(), ..RawEntry::default() }),
            Node::Former => self.formers.push(Former::new()),
            Node::FormerField => self.former(Former::begin_field),
            Node::Field => (self.key, self.value) = (None, None),
            _ => {}
        }
        self.stack.push(Open { node, protected });
        self.text.clear();
        Ok(())
    }

    /// Whether the text of the innermost open element is looked at.
    fn keeps_text(&self) -> bool {
        self.stack.last().is_some_and(|open| match open.node {
            _ if open.protected => true,
            Node::FormerValue => self.formers.last().is_some_and(Former::may_be_password),
            node => node.keeps_text() || node.is_of_former(),
        })
    }

    /// Does something with the former version that is being read.
    fn former(&mut self, change: impl FnMut(&mut Former)) {
        self.formers.last_mut().into_iter().for_each(change);
    }

    fn append(&mut self, text: &str) {
        if !self.keeps_text() {
            return;
        }
        let length = self.text.len() + text.len();
        if length > self.text.capacity() {
            // Growing by itself would leave a copy behind that nobody wipes.
            let mut larger = Zeroizing::new(String::with_capacity(length * 2));
            larger.push_str(&self.text);
            self.text = larger;
        }
        self.text.push_str(text);
    }

    fn end(&mut self) -> Result<(), ReadError> {
        let open = self.stack.pop().ok_or(DAMAGED)?;
        let is_text = !open.protected || self.unprotect(open.node)?;
        match open.node {
            Node::Group => {
                self.groups.pop();
            }
            Node::Entry => {
                let formers = std::mem::take(&mut self.formers);
                if let Some(mut entry) = self.entry.take() {
                    entry.password_changed_at = former::password_changed_at(&entry, formers);
                    self.document.entries.push(entry);
                }
            }
            Node::FormerValue if self.formers.last().is_some_and(Former::may_be_password) => {
                let value = if is_text { Value::Text(self.text.clone()) } else { Value::NotText };
                if let Some(former) = self.formers.last_mut() {
                    former.take_value(value);
                }
            }
            Node::FormerField => self.former(Former::end_field),
            Node::FieldValue if is_text => self.value = Some(Value::Text(self.text.clone())),
            Node::FieldValue => self.value = Some(Value::NotText),
            Node::Field => {
                if let (Some(entry), Some(key)) = (&mut self.entry, self.key.take()) {
                    let value = self.value.take().unwrap_or(Value::Text(Zeroizing::default()));
                    entry.fields.push((key, value));
                }
            }
            node if is_text && (node.keeps_text() || node.is_of_former()) => self.keep(node)?,
            _ => {}
        }
        self.text.clear();
        Ok(())
    }

    /// Takes the next bytes of the key stream for the value whose end was reached, and puts its plain text in place of
    /// it. `false` where that is no text.
    fn unprotect(&mut self, node: Node) -> Result<bool, ReadError> {
        // A value that cannot be decoded leaves unknown how much key stream it stands for: nothing after it is right.
        let undecodable = ReadError::damaged(Part::ProtectedValues);
        if self.text.bytes().any(|byte| byte.is_ascii_whitespace()) {
            self.text.retain(|character| !character.is_ascii_whitespace());
        }
        let most = base64::decoded_len_estimate(self.text.len());
        if self.bytes.len() < most {
            self.bytes = Zeroizing::new(vec![0; most * 2]);
        }
        let length = BASE64.decode_slice(self.text.as_bytes(), &mut self.bytes).map_err(|_| undecodable.clone())?;
        let bytes = self.bytes.get_mut(..length).ok_or(undecodable)?;
        self.keystream.apply(bytes)?;
        let text = str::from_utf8(bytes).ok();
        if length > 0 && matches!(node, Node::FieldValue | Node::FormerValue) {
            self.in_step.saw(text.map(str::len));
        }
        self.text.clear();
        // Never longer than its Base64, so that the text does not grow.
        self.text.push_str(text.unwrap_or_default());
        Ok(text.is_some())
    }

    fn keep(&mut self, node: Node) -> Result<(), ReadError> {
        let text = self.text.as_str();
        let group = self.groups.last().and_then(|at| self.document.groups.get_mut(*at));
        match (node, group, &mut self.entry) {
            (Node::HeaderHash, ..) => {
                if let Some(expected) = self.header_hash {
                    // At once: with a changed header the key stream is wrong, and the error would name that.
                    if BASE64.decode(text.trim()).ok().as_deref() != Some(&expected) {
                        return Err(ReadError::damaged(Part::HeaderChecksum));
                    }
                    self.document.header_verified = true;
                }
            }
            (Node::RecycleBin, ..) => self.document.recycle_bin = uuid(text).filter(|id| *id != [0; 16]),
            (Node::Templates, ..) => self.document.templates = uuid(text).filter(|id| *id != [0; 16]),
            (Node::GroupId, Some(group), _) => group.id = uuid(text),
            (Node::GroupName, Some(group), _) => text.clone_into(&mut group.name),
            (Node::EntryId, _, Some(entry)) => entry.id = uuid(text),
            (Node::Modified, _, Some(entry)) => entry.modified = Some(text.to_owned()),
            (Node::Expires, _, Some(entry)) => entry.expires = text.trim().eq_ignore_ascii_case("true"),
            (Node::Expiry, _, Some(entry)) => entry.expiry = Some(text.to_owned()),
            (Node::FieldKey, ..) => self.key = Some(text.to_owned()),
            (Node::FormerKey, ..) => self.formers.last_mut().into_iter().for_each(|former| former.take_key(text)),
            (Node::FormerModified, ..) => self.formers.last_mut().into_iter().for_each(|former| former.take_time(text)),
            _ => {}
        }
        Ok(())
    }
}

fn uuid(text: &str) -> Option<Uuid> {
    BASE64.decode(text.trim()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_text_must_follow_what_is_no_text() {
        let check = |values: &[Option<usize>], expect: bool| {
            let mut in_step = InStep::default();
            values.iter().for_each(|value| in_step.saw(*value));
            assert_eq!(in_step.holds(), expect, "{values:?}");
        };
        check(&[], true);
        check(&[Some(1), Some(2)], true);
        check(&[Some(100), None], false);
        // The last value alone is text by chance.
        check(&[None, None, Some(4)], false);
        check(&[None, Some(PROOF - 1)], false);
        check(&[None, Some(PROOF)], true);
        check(&[None, Some(PROOF / 2), Some(PROOF / 2), Some(1)], true);
        check(&[None, Some(PROOF / 2), None, Some(PROOF / 2)], false);
        check(&[None, Some(PROOF), None], false);
    }
}
