//! What the store's database holds: its mark, its recycle bin, and whether it was read and written faithfully.

use keepass::Database;
use keepass::config::{DatabaseConfig, KdfConfig};
use keepass::db::{CustomDataItem, CustomDataValue, Entry, EntryId, EntryRef, GroupId, Times};
use uuid::Uuid;

use super::entry::{self, Unreadable};

/// The key in the database's custom data that says: this is a store of Rekey's. Its value is the root group's UUID. Other
/// programs keep it; a vault into which a store was merged takes it over too, but has another root group.
const MARK: &str = "rekey.store";
/// Argon2id's cost for a new store: memory in bytes, passes, lanes, as RFC 9106 recommends in section 4.
const ARGON2ID: (u64, u64, u32) = (64 << 20, 3, 4);
/// KeePass's icon of a recycle bin.
const BIN_ICON: usize = 43;

/// A new, empty store.
pub(super) fn new_store() -> Database {
    let mut config = DatabaseConfig::default();
    if let KdfConfig::Argon2 { version, .. } | KdfConfig::Argon2id { version, .. } = config.kdf_config {
        let (memory, iterations, parallelism) = ARGON2ID;
        config.kdf_config = KdfConfig::Argon2id { iterations, memory, parallelism, version };
    }
    let mut database = Database::with_config(config);
    database.meta.generator = Some("Rekey".to_owned());
    database.meta.database_name = Some("Passkeys".to_owned());
    database.root_mut().name = "Passkeys".to_owned();
    let id = CustomDataValue::String(root_id(&database).to_string());
    let mark = CustomDataItem { value: Some(id), last_modification_time: Some(Times::now()) };
    database.meta.custom_data.insert(MARK.to_owned(), mark);
    database
}

/// Which store it is; `None` where it is none, but some other KDBX file, such as the person's own vault.
pub(super) fn store_id(database: &Database) -> Option<Uuid> {
    let Some(CustomDataValue::String(mark)) = &database.meta.custom_data.get(MARK)?.value else { return None };
    Uuid::parse_str(mark).ok().filter(|id| *id == root_id(database))
}

fn root_id(database: &Database) -> Uuid {
    database.root().id().uuid()
}

/// The recycle bin; the root group is none, whatever the file says.
pub(super) fn recycle_bin(database: &Database) -> Option<GroupId> {
    database.recycle_bin().map(|group| group.id()).filter(|id| *id != database.root().id())
}

/// The entries outside the recycle bin, group by group.
pub(super) fn live_entries(database: &Database) -> impl Iterator<Item = EntryRef<'_>> {
    let bin = recycle_bin(database);
    let mut groups = vec![database.root().id()];
    let mut live: Vec<EntryRef<'_>> = Vec::new();
    while let Some(id) = groups.pop() {
        let Some(group) = database.group(id).filter(|_| Some(id) != bin) else { continue };
        live.extend(group.entry_ids().filter_map(|entry| database.entry(entry)));
        groups.extend(group.group_ids().collect::<Vec<GroupId>>());
    }
    live.into_iter()
}

/// Moves an entry to the recycle bin, which is made where there is none. Where the entry is not there nothing changes.
pub(super) fn recycle(database: &mut Database, id: EntryId) {
    let bin = recycle_bin(database).unwrap_or_else(|| make_recycle_bin(database));
    if let Some(mut entry) = database.entry_mut(id)
        && entry.move_to(bin).is_ok()
    {
        entry.times.location_changed = Some(Times::now());
    }
}

/// As KeePassXC makes it: neither searched nor typed from.
fn make_recycle_bin(database: &mut Database) -> GroupId {
    let mut root = database.root_mut();
    let mut bin = root.add_group();
    bin.name = "Recycle Bin".to_owned();
    bin.set_icon_builtin(BIN_ICON);
    bin.enable_searching = Some(false);
    bin.enable_autotype = Some(false);
    let id = bin.id();
    database.meta.recyclebin_enabled = Some(true);
    database.meta.recyclebin_uuid = Some(id.uuid());
    database.meta.recyclebin_changed = Some(Times::now());
    id
}

/// Whether every entry, former versions and the recycle bin's included, was read as it was written.
///
/// `keepass` decrypts the protected values of an entry in an order of its own. Where another program wrote another order
/// it yields other bytes, without an error, puts U+FFFD where they are no text, and would write them back for good. A
/// passkey's private key shows every such mistake, since other bytes are no PEM.
pub(super) fn was_read_faithfully(database: &Database) -> bool {
    let misread = |entry: &Entry| {
        let garbled = |value: &str| value.contains(char::REPLACEMENT_CHARACTER);
        entry.fields.values().any(|value| value.is_protected() && garbled(value.get()))
            || matches!(entry::read(entry), Some(Err(Unreadable::Damaged)))
    };
    let former =
        |entry: &Entry| entry.history.as_ref().is_some_and(|history| history.get_entries().iter().any(misread));
    !database.iter_all_entries().any(|entry| misread(&entry) || former(&entry))
}

/// Whether `former` is the same store at an earlier time, and all of it is still in `ours`: every entry, the recycle
/// bin's included, with the same passkey, and none that was changed after ours.
pub(super) fn has_all_of(ours: &Database, former: &Database) -> bool {
    let is_here = |entry: EntryRef<'_>| {
        ours.entry(entry.id()).is_some_and(|ours| {
            entry::has_same_passkey(&ours, &entry) && entry.times.last_modification <= ours.times.last_modification
        })
    };
    store_id(ours).is_some()
        && store_id(former) == store_id(ours)
        && was_read_faithfully(former)
        && former.iter_all_entries().all(is_here)
}

/// Whether the mark, the recycle bin and every entry with its group, fields and tags are the same; an empty field counts
/// as none, as readers differ there.
pub(super) fn holds_the_same(meant: &Database, written: &Database) -> bool {
    let same_entry = |entry: EntryRef<'_>| {
        let Some(other) = written.entry(entry.id()) else { return false };
        let filled = |e: &EntryRef<'_>| e.fields.values().filter(|value| !value.is_empty()).count();
        let same_fields = entry.fields.iter().all(|(name, value)| {
            value.is_empty() || other.fields.get(name).is_some_and(|found| found.get() == value.get())
        });
        same_fields
            && filled(&entry) == filled(&other)
            && entry.tags == other.tags
            && entry.parent().id() == other.parent().id()
    };
    meant.num_entries() == written.num_entries()
        && meant.num_groups() == written.num_groups()
        && store_id(meant) == store_id(written)
        && recycle_bin(meant) == recycle_bin(written)
        && meant.iter_all_entries().all(same_entry)
}
