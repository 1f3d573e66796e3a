//! How many finder patterns, the three squares of a QR code, a picture has.
//!
//! The crate that finds codes tries every three of them with a copy of the picture, and fills areas again and again. A
//! hostile picture full of them would take days. So they are counted here first, in the way that crate looks for them.

use std::collections::{HashSet, VecDeque};

use super::bitmap::Bitmap;
use crate::{Cost, ReadError};

/// The most finder patterns: sixteen codes.
const MOST: usize = 48;
/// The most pixels that are filled; a few seconds.
const MOST_FILLED: u64 = 1 << 31;
/// Fewer areas than the crate remembers.
const REMEMBERED: usize = 200;

/// Refuses a picture that would take too long.
pub(super) fn check(bitmap: &Bitmap) -> Result<(), ReadError> {
    let mut areas = Areas::default();
    let mut hits = Vec::new();
    let mut above = 0..0;
    for row in bitmap.rows() {
        let from = areas.runs.len();
        areas.add_row(row, above);
        above = from..areas.runs.len();
        let runs = areas.runs.get(above.clone()).unwrap_or_default();
        for (at, [left, stone, right]) in (from..).zip(runs.array_windows::<3>()) {
            if is_pattern([left.len(), stone.start - left.end, stone.len(), right.start - stone.end, right.len()]) {
                hits.push(at);
            }
        }
    }
    let (mut found, mut filled, mut recent) = (HashSet::new(), 0u64, VecDeque::new());
    for at in hits {
        let [left, stone, right] = [at, at + 1, at + 2].map(|run| areas.root(run));
        let [ring_size, stone_size] = [right, stone].map(|area| areas.size(area));
        for (area, size) in [(right, ring_size), (stone, stone_size)] {
            if !recent.contains(&area) {
                filled = filled.saturating_add(size);
                recent.push_back(area);
                recent.drain(..recent.len().saturating_sub(REMEMBERED));
            }
        }
        let ratio = stone_size * 100 / ring_size.max(1);
        if left == right && stone != right && (10..=70).contains(&ratio) {
            found.insert(right);
        }
    }
    if found.len() > MOST {
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        return Err(ReadError::TooCostly { cost: Cost::Rows, asked: number(found.len()), limit: number(MOST) });
    }
    if filled > MOST_FILLED {
        return Err(ReadError::TooCostly { cost: Cost::Rows, asked: filled, limit: MOST_FILLED });
    }
    Ok(())
}

/// Whether black, white, black, white and black are as 1 : 1 : 3 : 1 : 1, roughly.
fn is_pattern(runs: [usize; 5]) -> bool {
    let [a, b, _, d, e] = runs;
    let unit = (a + b + d + e) / 4;
    let off = unit * 3 / 4;
    let fits = |(run, times): (&usize, usize)| (times * unit - off..=times * unit + off).contains(run);
    runs.iter().zip([1, 1, 3, 1, 1]).all(fits)
}

/// Black pixels next to one another in a row.
struct Run {
    start: usize,
    end: usize,
}

impl Run {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// The black areas of a picture: which runs hang together.
#[derive(Default)]
struct Areas {
    runs: Vec<Run>,
    /// For each run another one of its area, or itself; and how many pixels those have that lead to it.
    parents: Vec<usize>,
    sizes: Vec<u64>,
}

impl Areas {
    /// Adds a row; `above` are the runs of the one before.
    fn add_row(&mut self, row: &[bool], above: std::ops::Range<usize>) {
        let mut above = above.peekable();
        let mut from = 0;
        while let Some(start) = row.get(from..).and_then(|rest| rest.iter().position(|black| *black)) {
            let start = from + start;
            let length = row.get(start..).and_then(|rest| rest.iter().position(|black| !*black));
            let end = length.map_or(row.len(), |length| start + length);
            let at = self.runs.len();
            self.runs.push(Run { start, end });
            self.parents.push(at);
            self.sizes.push(u64::try_from(end - start).unwrap_or_default());
            while let Some((other, run)) = above.peek().and_then(|other| Some((*other, self.runs.get(*other)?))) {
                let (touches, goes_on) = (run.start < end && start < run.end, run.end > end);
                if run.start >= end {
                    break;
                }
                if touches {
                    self.join(at, other);
                }
                if goes_on {
                    break;
                }
                above.next();
            }
            from = end;
        }
    }

    fn root(&mut self, mut run: usize) -> usize {
        while let Some(parent) = self.parents.get(run).copied().filter(|parent| *parent != run) {
            // Shortens the way for the next time.
            let next = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(parent) = self.parents.get_mut(run) {
                *parent = next;
            }
            run = next;
        }
        run
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let (large, small) = if self.size(one) >= self.size(other) { (one, other) } else { (other, one) };
        let size = self.size(small);
        if let (Some(parent), Some(total)) = (self.parents.get_mut(small), self.sizes.get_mut(large)) {
            *parent = large;
            *total += size;
        }
    }

    fn size(&self, root: usize) -> u64 {
        self.sizes.get(root).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(rows: &[&str]) -> Vec<u64> {
        let mut areas = Areas::default();
        let mut above = 0..0;
        for row in rows {
            let from = areas.runs.len();
            areas.add_row(&row.chars().map(|pixel| pixel == '#').collect::<Vec<_>>(), above);
            above = from..areas.runs.len();
        }
        let roots: HashSet<usize> = (0..areas.runs.len()).map(|run| areas.root(run)).collect();
        let mut sizes: Vec<u64> = roots.into_iter().map(|root| areas.size(root)).collect();
        sizes.sort_unstable();
        sizes
    }

    #[test]
    fn what_touches_is_one_area() {
        assert_eq!(areas(&["...", "..."]), [0u64; 0]);
        assert_eq!(areas(&["#.#", "###"]), [5]);
        assert_eq!(areas(&["#.#", ".#."]), [1, 1, 1]);
        assert_eq!(areas(&["####", "#..#", "#.##", "####"]), [13]);
        assert_eq!(areas(&["#####", "#...#", "#.#.#", "#...#", "#####"]), [1, 16]);
        assert_eq!(areas(&["#####", ".....", "#.#.#", "#####"]), [5, 8]);
        assert_eq!(areas(&["#.#.#", "##.##"]), [1, 3, 3]);
    }

    #[test]
    fn patterns() {
        for (runs, expect) in [
            ([1, 1, 3, 1, 1], true),
            ([4, 4, 12, 4, 4], true),
            ([4, 5, 11, 4, 5], true),
            ([4, 4, 4, 4, 4], false),
            ([1, 9, 3, 1, 1], false),
        ] {
            assert_eq!(is_pattern(runs), expect, "{runs:?}");
        }
    }
}
