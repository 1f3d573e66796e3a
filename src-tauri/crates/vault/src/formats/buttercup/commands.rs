//! Format A: a history, one command a line, that makes the vault when it is followed from its start.

use std::collections::{HashMap, HashSet};

use zeroize::Zeroizing;

use super::{Group, MOST_GROUPS, ROLE, Record, Vault, decoded};
use crate::{Limits, Part, ReadError};

/// An entry on the way.
#[derive(Default)]
struct Draft {
    record: Record,
    /// Where its properties are, by their names.
    places: HashMap<String, usize>,
    is_deleted: bool,
}

/// What the commands up to here have made.
#[derive(Default)]
struct History {
    groups: HashMap<String, Group>,
    deleted: HashSet<String>,
    drafts: Vec<Draft>,
    /// Where each entry's draft is.
    places: HashMap<String, usize>,
}

pub(super) fn read(plain: &[u8], limits: &Limits) -> Result<Vault, ReadError> {
    let text = str::from_utf8(plain).map_err(|_| ReadError::damaged(Part::Structure))?;
    let mut history = History::default();
    let mut unreadable = Vec::new();
    for (number, line) in (1usize..).zip(text.lines()) {
        match words(line) {
            Some(words) => history.follow(&words.iter().map(|word| word.as_str()).collect::<Vec<_>>()),
            None => unreadable.push(format!("line {number}")),
        }
        let rows = history.drafts.len().saturating_add(history.groups.len()).saturating_add(unreadable.len());
        limits.allow_rows(u64::try_from(rows).unwrap_or(u64::MAX))?;
    }
    let History { groups, deleted, drafts, .. } = history;
    let is_kept = |draft: &Draft| !draft.is_deleted && !is_within(&groups, &deleted, &draft.record.group);
    let records = drafts.into_iter().filter(is_kept).map(|draft| draft.record).collect();
    Ok(Vault { groups, records, unreadable })
}

/// Whether a group or one around it was deleted.
fn is_within(groups: &HashMap<String, Group>, deleted: &HashSet<String>, group: &str) -> bool {
    let mut at = group;
    for _ in 0..MOST_GROUPS {
        if deleted.contains(at) {
            return true;
        }
        let Some(group) = groups.get(at) else { break };
        at = &group.parent;
    }
    false
}

impl History {
    fn follow(&mut self, command: &[&str]) {
        match command {
            ["cgr", parent, id] => {
                let group = Group { parent: (*parent).to_owned(), ..Group::default() };
                self.deleted.remove(*id);
                self.groups.insert((*id).to_owned(), group);
            }
            ["cen", group, id] => {
                let record = Record { group: (*group).to_owned(), ..Record::default() };
                self.places.insert((*id).to_owned(), self.drafts.len());
                self.drafts.push(Draft { record, ..Draft::default() });
            }
            ["dgr", id] => {
                self.deleted.insert((*id).to_owned());
            }
            [kind, id, rest @ ..] => {
                if let Some(draft) = self.places.get(*id).and_then(|at| self.drafts.get_mut(*at)) {
                    draft.follow(kind, rest);
                } else if let Some(group) = self.groups.get_mut(*id) {
                    match (*kind, rest) {
                        ("tgr", [title]) => (*title).clone_into(&mut group.title),
                        ("mgr", [parent]) => (*parent).clone_into(&mut group.parent),
                        ("sga", [ROLE, value]) => group.is_trash = *value == "trash",
                        ("dga", [ROLE]) => group.is_trash = false,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

impl Draft {
    fn follow(&mut self, kind: &str, arguments: &[&str]) {
        match (kind, arguments) {
            ("den", _) => self.is_deleted = true,
            ("men", [group]) => (*group).clone_into(&mut self.record.group),
            // The first versions kept apart what an entry had beside its properties.
            ("sep" | "sem", [name, value]) => self.set(name, value),
            ("dep" | "dem", [name]) => self.set(name, ""),
            ("sea", [name, value]) => {
                self.record.attributes.insert((*name).to_owned(), (*value).to_owned());
            }
            ("dea", [name]) => {
                self.record.attributes.remove(*name);
            }
            _ => {}
        }
    }

    /// An empty property counts as none.
    fn set(&mut self, name: &str, value: &str) {
        let properties = &mut self.record.properties;
        let value = Zeroizing::new(value.to_owned());
        match self.places.get(name).and_then(|at| properties.get_mut(*at)) {
            Some((_, known)) => *known = value,
            None => {
                self.places.insert(name.to_owned(), properties.len());
                properties.push((name.to_owned(), value));
            }
        }
    }
}

/// The words of a command. A quoted one may hold spaces, and quotes behind backslashes; `None` where one is encoded and
/// cannot be decoded.
fn words(line: &str) -> Option<Vec<Zeroizing<String>>> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let Some(quoted) = rest.strip_prefix('"') else {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            words.push(decoded(word)?);
            rest = after.trim_start_matches(' ');
            continue;
        };
        let ends = |(at, _): &(usize, &str)| !quoted.get(..*at).unwrap_or_default().ends_with('\\');
        let (end, _) = quoted.match_indices('"').find(ends)?;
        let (word, after) = quoted.split_at_checked(end)?;
        words.push(decoded(&Zeroizing::new(word.replace("\\\"", "\"")))?);
        rest = after.get(1..)?.trim_start_matches(' ');
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_command() {
        let check = |line: &str, expect: Option<&[&str]>| {
            let words = words(line);
            let got = words.as_ref().map(|words| words.iter().map(|word| word.as_str()).collect::<Vec<_>>());
            assert_eq!(got.as_deref(), expect, "{line}");
        };
        check("cgr 0 a", Some(&["cgr", "0", "a"]));
        check(r#"sep a "b c" "d \"e\" \\ f""#, Some(&["sep", "a", "b c", "d \"e\" \\\\ f"]));
        check("sep a utf8+base64:w6Q= \"\"", Some(&["sep", "a", "ä", ""]));
        check("sep a utf8+base64:!", None);
        check("sep a \"b", None);
        check("", Some(&[]));
    }
}
