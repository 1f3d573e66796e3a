//! Rows of options in which every pair of values occurs.

/// What varies, and in how many ways.
pub const DIMENSIONS: [(&str, &[&str]); 8] = [
    ("residentKey", &["discouraged", "preferred", "required"]),
    ("userVerification", &["discouraged", "preferred", "required"]),
    ("attestation", &["none", "indirect", "direct", "enterprise"]),
    ("algorithms", &["ES256", "EdDSA", "ES256 EdDSA", "RS256 ES256"]),
    ("exclude", &["", "another"]),
    ("extensions", &["", "credProps", "prf", "credProps prf largeBlob credProtect minPinLength"]),
    ("frame", &["top", "same-origin", "cross-origin"]),
    ("place", &["host", "suffix", "localhost"]),
];

/// One value of each dimension, by its place in the list.
pub type Row = [usize; DIMENSIONS.len()];

/// All pairs of values of two dimensions.
fn pairs() -> Vec<((usize, usize), (usize, usize))> {
    let values = |d: usize| DIMENSIONS.get(d).map_or(0, |(_, values)| values.len());
    let mut pairs = Vec::new();
    for a in 0..DIMENSIONS.len() {
        for b in a + 1..DIMENSIONS.len() {
            for (x, y) in (0..values(a)).flat_map(|x| (0..values(b)).map(move |y| (x, y))) {
                pairs.push(((a, x), (b, y)));
            }
        }
    }
    pairs
}

fn has(row: &Row, (d, v): (usize, usize)) -> bool {
    row.get(d) == Some(&v)
}

/// Few rows in which each pair of values of two dimensions occurs; always the same ones.
pub fn pairwise() -> Vec<Row> {
    let mut open = pairs();
    let mut rows = Vec::new();
    // A linear congruential generator: https://en.wikipedia.org/wiki/Linear_congruential_generator
    let mut seed: u64 = 7;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below.max(1)
    };
    while let Some(((a, x), (b, y))) = open.first().copied() {
        // Of many rows with this pair, the one with the most pairs that are still open.
        let candidates = (0..200).map(|_| {
            let mut row: Row = std::array::from_fn(|d| random(DIMENSIONS.get(d).map_or(1, |(_, values)| values.len())));
            for (d, v) in [(a, x), (b, y)] {
                if let Some(place) = row.get_mut(d) {
                    *place = v;
                }
            }
            row
        });
        let closes = |row: &Row| open.iter().filter(|(one, other)| has(row, *one) && has(row, *other)).count();
        let Some(best) = candidates.max_by_key(closes) else { break };
        open.retain(|(one, other)| !(has(&best, *one) && has(&best, *other)));
        rows.push(best);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_occurs() {
        let rows = pairwise();
        assert!(rows.len() < 40, "{}", rows.len());
        for (one, other) in pairs() {
            assert!(rows.iter().any(|row| has(row, one) && has(row, other)), "{one:?} {other:?}");
        }
    }
}
