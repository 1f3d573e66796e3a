//! The top level, and what no file may hold.

use super::Problem;
use super::repository::Repository;

/// Beside files and folders whose names start with a dot, these and nothing else.
const TOP_LEVEL: &[&str] =
    &["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "icons", "src-tauri", "tauri.conf.json", "tests", "ui"];

/// Home and work folders of single machines, in pieces so that this file does not match itself.
const MACHINE_FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/home", "/"),
    concat!("/Us", "ers/"),
    concat!("C:\\Us", "ers\\"),
];

pub(super) fn check(repository: &Repository) -> Vec<Problem> {
    let mut problems = top_level(repository.files.iter().map(|file| file.path.as_str()));
    for file in &repository.files {
        let text = file.text.as_deref().unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            if let Some(folder) = machine_folder(line) {
                problems.push(format!("{}:{}: a path of one machine ({folder}…)", file.path, number + 1));
            }
        }
    }
    problems
}

fn top_level<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let mut found: Vec<&str> = paths.filter_map(|path| path.split('/').next()).collect();
    found.sort_unstable();
    found.dedup();
    let foreign = found.iter().filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name));
    let mut problems: Vec<Problem> = foreign.map(|name| format!("{name}: does not belong to the top level")).collect();
    let absent = TOP_LEVEL.iter().filter(|name| !found.contains(name));
    problems.extend(absent.map(|name| format!("{name}: missing from the top level")));
    problems
}

/// The folder, where one starts a path in this line; `https://example.com/home/` and `a/home/b` are none.
fn machine_folder(line: &str) -> Option<&'static str> {
    MACHINE_FOLDERS.iter().copied().find(|folder| {
        line.match_indices(folder).any(|(start, _)| {
            let before = line.get(..start).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric() && !"/._-}~*$)".contains(before))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_level_is_given() {
        let given = TOP_LEVEL.iter().copied();
        assert_eq!(top_level(given.clone().chain([".gitignore", "ui/package.json"])), Vec::<Problem>::new());
        assert_eq!(top_level(given.clone().chain(["scripts/a.sh"])).len(), 1);
        assert_eq!(top_level(given.skip(1)).len(), 1);
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        let home = MACHINE_FOLDERS[2];
        assert!(machine_folder(&format!("see {home}me/notes")).is_some());
        assert!(machine_folder(&format!("\"{home}me\"")).is_some());
        assert!(machine_folder(&format!("https://example.com{home}")).is_none());
        assert!(machine_folder("a home of one's own").is_none());
    }
}
