//! From the document's entries to those of the import: group names, recycle bin, templates.

use std::sync::Arc;

use crate::Import;
use crate::entry::path;

use super::document::{Document, Group};
use super::fields::Fields;
use super::lookup::Vault;

/// Adds the document's entries to the import.
pub(super) fn convert(document: Document, import: &mut Import) {
    let groups = places(&document);
    let place = |group: Option<usize>| group.and_then(|at| groups.get(at));
    let is_recycled = |group| place(group).is_some_and(|place| place.recycled);
    let vault = Vault::new(&document.entries, &is_recycled);
    for (at, raw) in document.entries.iter().enumerate() {
        let place = place(raw.group);
        if place.is_some_and(|place| place.recycled) {
            import.left_out.recycled += 1;
            continue;
        }
        if place.is_some_and(|place| place.template) {
            import.left_out.templates += 1;
            continue;
        }
        let group = place.map(|place| place.path.clone()).unwrap_or_default();
        let (entry, codes) = Fields::new(raw, at, &vault).entry(group);
        for code in codes {
            import.report(entry.location(), code);
        }
        import.entries.push(entry);
    }
}

/// What a group's place in the tree means for its entries.
struct Place {
    path: Arc<str>,
    recycled: bool,
    template: bool,
}

/// One place for each group; a group always comes after the group it is in.
fn places(document: &Document) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(document.groups.len());
    for Group { parent, name, id } in &document.groups {
        let place = match parent.and_then(|at| places.get(at)) {
            // The root group holds everything; whatever it is called and whatever the file says, it is neither bin nor templates.
            None => Place { path: Arc::default(), recycled: false, template: false },
            Some(parent) => Place {
                path: path(&parent.path, name).into(),
                recycled: parent.recycled || (id.is_some() && *id == document.recycle_bin),
                template: parent.template || (id.is_some() && *id == document.templates),
            },
        };
        places.push(place);
    }
    places
}
