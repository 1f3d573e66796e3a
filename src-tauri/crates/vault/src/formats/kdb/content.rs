//! The decrypted content: all groups, then all entries. Each is a list of fields (type, length, value) up to the type
//! `0xffff`; groups stand in the order of the tree and state their depth.

use std::collections::HashMap;

use zeroize::Zeroizing;

use crate::formats::kdbx::foreign::{Leaf, Tree};
use crate::{Cost, Limits, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);

const END: u16 = 0xffff;
/// Where KeePass 1 keeps what was deleted or changed.
const BACKUP: &str = "Backup";

/// Whether content begins as every writer's does: with the first group's id, or with KeePass's own data.
pub(super) fn begins(content: &[u8]) -> bool {
    match content.split_first_chunk() {
        Some(([1, 0, 4, 0, 0, 0], _)) => true,
        Some((&[0, 0, length @ ..], rest)) => usize::try_from(u32::from_le_bytes(length)).is_ok_and(|n| n < rest.len()),
        _ => false,
    }
}

/// Reads content that holds so many groups and entries, and nothing else. The counts stand in a header that nothing
/// protects: a wrong one leaves bytes, or makes groups of entries, whose ids are of another length.
pub(super) fn read(content: &[u8], groups: u32, entries: u32, limits: &Limits) -> Result<Tree, ReadError> {
    let rows = u64::from(groups) + u64::from(entries);
    if rows > limits.rows {
        return Err(ReadError::TooCostly { cost: Cost::Rows, asked: rows, limit: limits.rows });
    }
    let mut reader = Reader { rest: content, limits, tree: Tree::new(), open: Vec::new(), by_id: HashMap::new() };
    for _ in 0..groups {
        reader.group()?;
    }
    for _ in 0..entries {
        reader.entry()?;
    }
    if reader.rest.is_empty() { Ok(reader.tree) } else { Err(DAMAGED) }
}

struct Reader<'a> {
    rest: &'a [u8],
    limits: &'a Limits,
    tree: Tree,
    /// The groups that the next one may be in, with their depths.
    open: Vec<(u16, usize)>,
    by_id: HashMap<[u8; 4], usize>,
}

impl<'a> Reader<'a> {
    /// The next field; `None` at the end of a list.
    fn field(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        let (head, rest) = self.rest.split_first_chunk::<6>().ok_or(DAMAGED)?;
        let [k0, k1, length @ ..] = *head;
        let length = u32::from_le_bytes(length);
        let (value, rest) =
            usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length)).ok_or(DAMAGED)?;
        self.rest = rest;
        let kind = u16::from_le_bytes([k0, k1]);
        Ok((kind != END).then_some((kind, value)))
    }

    fn group(&mut self) -> Result<(), ReadError> {
        let (mut id, mut name, mut depth) = (None, None, 0);
        while let Some((kind, value)) = self.field()? {
            match kind {
                1 => id = Some(<[u8; 4]>::try_from(value).map_err(|_| DAMAGED)?),
                2 => name = self.text(value)?,
                8 => depth = u16::from_le_bytes(value.try_into().map_err(|_| DAMAGED)?),
                _ => {}
            }
        }
        while self.open.last().is_some_and(|(above, _)| *above >= depth) {
            self.open.pop();
        }
        let parent = self.open.last().map(|(_, at)| *at);
        let name = name.unwrap_or_default();
        let at = self.tree.group(parent, name.to_string(), parent.is_none() && *name == BACKUP);
        self.open.push((depth, at));
        self.by_id.insert(id.ok_or(DAMAGED)?, at);
        Ok(())
    }

    fn entry(&mut self) -> Result<(), ReadError> {
        let mut leaf = Leaf::default();
        let mut icon = None;
        let mut attachment = None;
        while let Some((kind, value)) = self.field()? {
            let name = match kind {
                1 => {
                    leaf.id = Some(value.try_into().map_err(|_| DAMAGED)?);
                    continue;
                }
                2 => {
                    let id: [u8; 4] = value.try_into().map_err(|_| DAMAGED)?;
                    leaf.group = self.by_id.get(&id).copied();
                    continue;
                }
                4 => "Title",
                5 => "URL",
                6 => "UserName",
                7 => "Password",
                8 => "Notes",
                _ => {
                    match kind {
                        3 => icon = Some(value),
                        10 => leaf.modified = time(value),
                        12 => leaf.expiry = time(value).filter(|time| time.as_str() < NEVER),
                        13 => attachment = Some(value),
                        _ => {}
                    }
                    continue;
                }
            };
            let mut text = self.text(value)?;
            if name == "Notes" {
                text = text.map(|notes| without_auto_type(&notes));
            }
            leaf.fields.push((name, text));
        }
        leaf.id.ok_or(DAMAGED)?;
        let is = |name: &str, expect: &str| {
            leaf.fields.iter().any(|(key, text)| *key == name && text.as_ref().is_some_and(|text| **text == *expect))
        };
        let is_meta = is("Title", "Meta-Info")
            && is("UserName", "SYSTEM")
            && is("URL", "$")
            && icon.is_some_and(|icon| icon == [0; 4])
            && attachment.is_some_and(|name| name.starts_with(b"bin-stream\0"));
        if !is_meta {
            self.tree.entry(leaf);
        }
        Ok(())
    }

    /// A text up to its NUL; `None` where it is not UTF-8, which only test releases of long ago did not write.
    fn text(&self, value: &[u8]) -> Result<Option<Zeroizing<String>>, ReadError> {
        let length = u64::try_from(value.len()).unwrap_or(u64::MAX);
        if length > self.limits.field {
            return Err(ReadError::TooCostly { cost: Cost::Field, asked: length, limit: self.limits.field });
        }
        let text = value.split(|byte| *byte == 0).next().unwrap_or_default();
        Ok(str::from_utf8(text).ok().map(|text| Zeroizing::new(text.to_owned())))
    }
}

/// Where times begin that stand for no expiry: programs write the 28th or the 31st of December.
const NEVER: &str = "2999-12-28";

/// Five bytes: 14 bits of year, then month, day, hour, minute, second in 4, 5, 5, 6 and 6 bits. In the computer's own
/// time zone, which the file does not tell; taken for UTC, as KeePassXC does.
fn time(value: &[u8]) -> Option<String> {
    let [a, b, c, d, e] = *<&[u8; 5]>::try_from(value).ok()?;
    let bits = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
    let part = |shift: u32, width: u32| (bits >> shift) & ((1 << width) - 1);
    let (year, month, day) = (part(26, 14), part(22, 4), part(17, 5));
    let (hour, minute, second) = (part(12, 5), part(6, 6), part(0, 6));
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}

/// Notes without the lines that tell the program what to type.
fn without_auto_type(notes: &str) -> Zeroizing<String> {
    let is_ours = |line: &&str| {
        let line = line.to_ascii_lowercase();
        !line.strip_prefix("auto-type").is_some_and(|rest| {
            let rest = rest.strip_prefix("-window").unwrap_or(rest);
            rest.trim_start_matches('-').trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(": ")
        })
    };
    Zeroizing::new(notes.lines().filter(is_ours).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let check = |value: &[u8], expect: Option<&str>| assert_eq!(time(value).as_deref(), expect, "{value:?}");
        check(&[0x2e, 0xdf, 0x39, 0x7e, 0xfb], Some("2999-12-28T23:59:59"));
        check(&[0x1f, 0xa1, 0x4c, 0x72, 0x09], Some("2024-05-06T07:08:09"));
        check(&[0; 4], None);
    }

    #[test]
    fn auto_type_lines_are_no_notes() {
        let check = |notes: &str, expect: &str| assert_eq!(*without_auto_type(notes), expect);
        check("a\r\nAuto-Type: {USERNAME}\r\nb", "a\nb");
        check("auto-type-window: x\nAuto-Type-1: y\nAuto-Type-Window-1: z\n", "");
        check("Auto-typed by hand", "Auto-typed by hand");
    }
}
