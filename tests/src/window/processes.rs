//! The processes that the app is made of. <https://docs.kernel.org/filesystems/proc.html>

use std::collections::HashMap;
use std::fs;

use anyhow::Result;

/// All descendants of a process.
pub(super) fn below(root: u32) -> Result<Vec<u32>> {
    let mut parents: HashMap<u32, u32> = HashMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end while this reads.
        let Ok(status) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let parent = status.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let is_below = |mut id: u32| {
        while let Some(parent) = parents.get(&id) {
            if *parent == root {
                return true;
            }
            id = *parent;
        }
        false
    };
    Ok(parents.keys().copied().filter(|id| is_below(*id)).collect())
}

/// The words that a process was started with; none where it has ended.
pub(super) fn words_of(id: u32) -> Vec<String> {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    let words = line.split(|byte| *byte == 0).filter(|word| !word.is_empty());
    words.map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}
