//! What another program wrote, joined with what is known here.
//!
//! Whatever they wrote stays: entries that they added, changed, moved or deleted. Entries that only this side knows, as
//! when a copy of an earlier day came back, are added again unless they say that they deleted them. Of an entry that both
//! know, the later change counts and the other becomes its former version; both sides' former versions are kept.

use std::cmp::Reverse;

use keepass::Database;
use keepass::db::{Entry, EntryRef, GroupId};

use super::database::{self, recycle_bin, store_id};

/// How many former versions an entry may have for ours to be added to theirs: KeePass's own limit.
const FORMER: usize = 10;

/// Theirs with what only ours has; `None` where the two cannot be joined without the risk of losing something.
pub(super) fn merge(theirs: &Database, ours: &Database) -> Option<Database> {
    let is_one_store = store_id(ours).is_some() && store_id(theirs) == store_id(ours);
    if !is_one_store || !database::was_read_faithfully(theirs) {
        return None;
    }
    let only_ours = |entry: &EntryRef<'_>| theirs.entry(entry.id()).is_none();
    // Attachments are not taken over; no entry of Rekey's has one.
    if ours.iter_all_entries().filter(only_ours).any(|entry| has_attachments(&entry)) {
        return None;
    }

    let mut merged = theirs.clone();
    for entry in ours.iter_all_entries() {
        match theirs.entry(entry.id()) {
            None if theirs.deleted_objects.contains_key(&entry.id().uuid()) => {}
            None => add(&mut merged, ours, &entry)?,
            Some(known) if known.fields == entry.fields => {}
            Some(_) => join(&mut merged, &entry)?,
        }
    }
    is_sound(&merged, theirs, ours).then_some(merged)
}

/// Adds an entry of ours in its place: its group, where the others have it, the recycle bin, if it lay in ours, since a
/// passkey outside it answers, or the root.
fn add(merged: &mut Database, ours: &Database, entry: &EntryRef<'_>) -> Option<()> {
    let group = entry.parent().id();
    let group = if merged.group(group).is_some() { group } else { merged.root().id() };
    let mut group = merged.group_mut(group)?;
    let mut added = group.add_entry_with_id(entry.id()).ok()?;
    added.fields = entry.fields.clone();
    added.tags = entry.tags.clone();
    added.times = entry.times.clone();
    added.custom_data = entry.custom_data.clone();
    added.autotype = entry.autotype.clone();
    added.override_url = entry.override_url.clone();
    added.history = entry.history.clone();
    if recycle_bin(ours).is_some_and(|bin| is_inside(ours, entry, bin)) {
        database::recycle(merged, entry.id());
    }
    Some(())
}

/// Joins an entry of ours with the same one in another state: the later change counts, the other one is filed in its
/// history.
fn join(merged: &mut Database, entry: &EntryRef<'_>) -> Option<()> {
    let mut theirs = merged.entry_mut(entry.id())?;
    let is_ours_later = entry.times.last_modification > theirs.times.last_modification;
    let mut former: Entry = if is_ours_later { (*theirs).clone() } else { (**entry).clone() };
    former.history = None;
    if is_ours_later {
        theirs.fields = entry.fields.clone();
        theirs.tags = entry.tags.clone();
        theirs.times.last_modification = entry.times.last_modification;
    }
    // Theirs are all kept, in their order; ours are added, the latest first, while there is room.
    let filed: Vec<Entry> = theirs.history.iter().flat_map(|history| history.get_entries()).cloned().collect();
    let room = FORMER.saturating_sub(filed.len()).max(1);
    let mut versions = vec![former];
    versions.append(&mut former_versions(entry));
    let mut new: Vec<Entry> = Vec::new();
    for version in versions {
        let is_there = |other: &Entry| other.fields == version.fields;
        if new.len() < room && !is_there(&theirs) && !filed.iter().chain(&new).any(is_there) {
            new.push(version);
        }
    }
    let history = theirs.history.get_or_insert_default();
    new.into_iter().rev().for_each(|version| history.add_entry(version));
    Some(())
}

/// The former versions of an entry, the latest first. Those with attachments, which are not taken over, are left out.
fn former_versions(entry: &EntryRef<'_>) -> Vec<Entry> {
    let versions = entry.history.as_ref().map_or(0, |history| history.get_entries().len());
    let former = (0..versions).filter_map(|index| entry.historical(index));
    let mut former: Vec<Entry> =
        former.filter(|former| former.attachments().next().is_none()).map(|former| (*former).clone()).collect();
    former.sort_by_key(|former| Reverse(former.times.last_modification));
    former
}

fn has_attachments(entry: &EntryRef<'_>) -> bool {
    let versions = entry.history.as_ref().map_or(0, |history| history.get_entries().len());
    let mut former = (0..versions).filter_map(|index| entry.historical(index));
    entry.attachments().next().is_some() || former.any(|former| former.attachments().next().is_some())
}

fn is_inside(database: &Database, entry: &EntryRef<'_>, group: GroupId) -> bool {
    let mut above = Some(entry.parent().id());
    while let Some(id) = above {
        if id == group {
            return true;
        }
        above = database.group(id).and_then(|group| group.parent().map(|parent| parent.id()));
    }
    false
}

/// Whether every entry of either side is there in the words of one of them, or was deleted by one of them. Does not rest
/// on how the merge was done.
fn is_sound(merged: &Database, theirs: &Database, ours: &Database) -> bool {
    let same = |a: &Entry, b: &Entry| a.fields == b.fields;
    let kept = |entry: EntryRef<'_>, other: &Database| match merged.entry(entry.id()) {
        Some(found) => same(&found, &entry) || other.entry(entry.id()).is_some_and(|other| same(&found, &other)),
        None => other.deleted_objects.contains_key(&entry.id().uuid()),
    };
    store_id(merged) == store_id(theirs)
        && theirs.iter_all_entries().all(|entry| kept(entry, ours))
        && ours.iter_all_entries().all(|entry| kept(entry, theirs))
}
