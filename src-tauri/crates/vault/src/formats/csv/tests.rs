//! No table is read as another program's with its columns in other places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Column, Layout};
use crate::Format;
use crate::format::{Reader, detect, recognise_table};
use crate::sample::Sample;

fn layouts() -> impl Iterator<Item = (Format, &'static Layout)> {
    Format::all().filter_map(|format| match format.reader() {
        Reader::Csv(layout) => Some((format, *layout)),
        Reader::Own { .. } => None,
    })
}

/// Whatever layout takes a heading, each of its columns means the same as in the layout that the heading was made of.
#[test]
fn every_layouts_own_heading_is_read_with_its_meaning() {
    /// Layouts that have the same columns with the same meaning, the one that is found first. Both are right.
    const SHARED: [(&str, &str); 1] = [("apple-csv", "keepassx-csv")];
    for (format, layout) in layouts() {
        let (columns, sets) = layout.names();
        for marks in sets {
            let heading = format!("{}\n", marks.join(","));
            let sample = Sample::new(heading.as_bytes());
            let found = detect(heading.as_bytes()).unwrap().format;
            let is_shared = SHARED.contains(&(found.name(), format.name()));
            assert!(found == format || is_shared, "{format}: its heading {marks:?} is taken for {found}'s");
            let (others, _) = recognise_table(&sample).unwrap().names();
            for name in *marks {
                let meaning = |columns: &[(&str, Column)]| columns.iter().find(|c| c.0 == *name).map(|c| c.1);
                assert_eq!(meaning(columns), meaning(others), "{format}: {name}");
            }
        }
        for (at, (name, _)) in columns.iter().enumerate() {
            assert_eq!(*name, name.to_lowercase(), "{format}");
            assert!(
                !columns.iter().skip(at + 1).any(|(other, _)| other == name),
                "{format}: {name} stands there twice"
            );
        }
        for name in sets.iter().copied().flatten() {
            let is_known = columns.is_empty() || columns.iter().any(|(known, _)| known == name);
            let is_other_kind =
                sets.len() > 1 && !sets.iter().any(|set| set.contains(&"password") && set.contains(name));
            assert!(is_known || is_other_kind, "{format}: the mark {name} is no column");
        }
    }
}

/// A column's name means a password in all layouts or in none, and so for a user name.
#[test]
fn no_name_is_a_password_here_and_something_else_there() {
    let mut meanings = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (_, layout) in layouts() {
        for (name, column) in layout.names().0 {
            if !matches!(column, Column::Ignore | Column::Extra) {
                meanings.entry(name).or_default().insert(column.name());
            }
        }
    }
    // The account's title in KeePass, its name in the keychain; both have marks that the other has not.
    let known: BTreeMap<&str, &str> = [("account", "title user_name")].into();
    let mut doubtful = String::new();
    for (name, columns) in &meanings {
        let columns = columns.iter().copied().collect::<Vec<_>>();
        let matters = ["password", "user_name", "totp"].iter().any(|column| columns.contains(column));
        if columns.len() > 1 && matters && known.get(name) != Some(&columns.join(" ").as_str()) {
            let _ = writeln!(doubtful, "{name}: {columns:?}");
        }
    }
    assert_eq!(doubtful, "");
}

/// Each format has a fixture of its own name; `tests/fixtures.rs` reads them.
#[test]
fn every_layout_has_a_fixture() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for (format, _) in layouts() {
        let found = std::fs::read_dir(folder.join(format.name())).map_or(0, Iterator::count);
        assert!(found >= 2, "{format} has no fixture");
    }
}

/// Neither the order of columns nor the delimiter, the encoding or the line ends change what is read.
#[test]
fn a_table_may_be_written_in_many_ways() {
    use crate::{Options, Unlock};
    let rows = [["name", "url", "username", "password"], ["A", "https://a.example", "ann", "p\u{e4}"]];
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]];
    for (order, delimiter, end) in orders.iter().flat_map(|order| {
        [",", ";", "\t", "|"].iter().flat_map(move |d| ["\n", "\r\n", "\r"].iter().map(move |end| (order, *d, *end)))
    }) {
        let line =
            |row: &[&str; 4]| order.iter().filter_map(|at| row.get(*at).copied()).collect::<Vec<_>>().join(delimiter);
        let text = format!("{}{end}", rows.iter().map(line).collect::<Vec<_>>().join(end));
        let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &utf_16] {
            let import = crate::read(bytes, &Unlock::none(), &Options::default()).unwrap();
            let [entry] = import.entries.as_slice() else { panic!("{text:?}: {} entries", import.entries.len()) };
            let password = secrecy::ExposeSecret::expose_secret(entry.password.as_ref().unwrap());
            assert!(import.format.name() == "chromium-csv" && password == "p\u{e4}" && &*entry.user_name == "ann");
        }
    }
}

#[test]
fn hostile_tables_end_soon() {
    use crate::{Options, Unlock};
    let read = |text: &str| crate::read(text.as_bytes(), &Unlock::none(), &Options::default());
    let heading = "name,url,username,password\n";
    // Empty rows, and rows of nothing but commas.
    assert_eq!(read(&format!("{heading}{}", "\n".repeat(2_000_000))).unwrap().entries.len(), 0);
    assert_eq!(read(&format!("{heading}{}", ",,,\n".repeat(2_000_000))).unwrap_err().code(), "too_costly");
    // One field of ten megabytes, and a quote that is never closed over as many.
    let long = format!("{heading}a,b,c,{}\nA,https://a.example,ann,p\n", "x".repeat(10 << 20));
    let import = read(&long).unwrap();
    assert_eq!((import.entries.len(), import.problems.count()), (1, 1));
    let open = format!("{heading}a,b,c,\"d\n{}", "A,https://a.example,ann,p\n".repeat(200_000));
    let import = read(&open).unwrap();
    assert_eq!((import.entries.len(), import.problems.count()), (200_000, 1));
    // Quotes such that every row swallows those behind it.
    let swallowing = format!("{heading}{}", "a,\"b\"\"\n".repeat(200_000));
    assert_eq!(read(&swallowing).unwrap().entries.len(), 0);
    // A row of too many columns costs itself alone.
    let wide = format!("{heading}{}\nA,https://a.example,ann,p\n", ",x".repeat(100_000));
    let import = read(&wide).unwrap();
    assert_eq!((import.entries.len(), import.problems.count()), (1, 1));
}
