//! What the other formats of KeePass have in common with this one.

use zeroize::Zeroizing;

use crate::container::text;
use crate::progress::Watch;
use crate::{Import, Limits, ReadError};

use super::cipher::Cipher;
use super::document::{Document, Group, RawEntry, Uuid, Value};
use super::kdf::Kdf;
use super::keystream::KeyStream;
use super::{Key, document, entries, payload};

/// The key that so many rounds of AES make of a composite key.
pub(in crate::formats) fn aes_key(
    seed: &[u8],
    rounds: u64,
    composite: &Key,
    limits: &Limits,
) -> Result<Key, ReadError> {
    let kdf = Kdf::aes(seed, rounds)?;
    kdf.check(limits)?;
    kdf.derive(composite, Watch::default())
}

/// Decrypts AES-256 or Twofish in CBC mode and takes off the padding.
pub(in crate::formats) fn decrypt<'a>(
    twofish: bool,
    key: &Key,
    iv: &[u8],
    data: &'a mut [u8],
) -> Result<&'a [u8], ReadError> {
    if twofish { Cipher::Twofish } else { Cipher::Aes256 }.decrypt(key, iv, data)
}

/// Reads a document that is not encrypted.
pub(in crate::formats) fn read_document(bytes: &[u8], limits: &Limits, import: &mut Import) -> Result<(), ReadError> {
    let bytes = text::utf8(bytes);
    let document =
        document::parse(payload::open(&bytes, false, limits, Watch::default()), KeyStream::None, None, limits)?;
    entries::convert(document, import);
    Ok(())
}

/// Groups and entries of another format, to be converted as those of a KDBX document are.
pub(in crate::formats) struct Tree(Document);

/// An entry of another format.
#[derive(Default)]
pub(in crate::formats) struct Leaf {
    pub id: Option<Uuid>,
    /// What [`Tree::group`] returned.
    pub group: Option<usize>,
    /// Name and text; `None` for bytes that are no text.
    pub fields: Vec<(&'static str, Option<Zeroizing<String>>)>,
    /// ISO 8601.
    pub modified: Option<String>,
    /// ISO 8601; `None` where it does not expire.
    pub expiry: Option<String>,
}

impl Tree {
    /// The id of the group that is the recycle bin, where the format has no ids of this kind.
    const BIN: Uuid = [1; 16];

    pub(in crate::formats) fn new() -> Self {
        let groups = vec![Group { parent: None, name: String::new(), id: None }];
        Self(Document { groups, recycle_bin: Some(Self::BIN), ..Document::default() })
    }

    /// Adds a group to another one, or to the root.
    pub(in crate::formats) fn group(&mut self, parent: Option<usize>, name: String, is_bin: bool) -> usize {
        let id = is_bin.then_some(Self::BIN);
        self.0.groups.push(Group { parent: Some(parent.unwrap_or(0)), name, id });
        self.0.groups.len() - 1
    }

    /// Adds an entry.
    pub(in crate::formats) fn entry(&mut self, leaf: Leaf) {
        let value = |text: Option<_>| text.map_or(Value::NotText, Value::Text);
        self.0.entries.push(RawEntry {
            id: leaf.id,
            group: Some(leaf.group.unwrap_or(0)),
            fields: leaf.fields.into_iter().map(|(name, text)| (name.to_owned(), value(text))).collect(),
            modified: leaf.modified,
            expires: leaf.expiry.is_some(),
            expiry: leaf.expiry,
            password_changed_at: None,
        });
    }

    pub(in crate::formats) fn convert(self, import: &mut Import) {
        entries::convert(self.0, import);
    }
}
