//! Numbers that look random and are the same in every run.

/// Xorshift: <https://www.jstatsoft.org/article/view/v008i14>.
pub(crate) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % bound.max(1)
    }

    pub(crate) fn text(&mut self, length: usize, alphabet: &[u8]) -> String {
        (0..length).filter_map(|_| alphabet.get(self.below(alphabet.len()))).map(|byte| char::from(*byte)).collect()
    }

    pub(crate) fn word(&mut self, length: std::ops::Range<usize>) -> String {
        let length = length.start + self.below(length.len());
        self.text(length, b"abcdefghijklmnopqrstuvwxyz")
    }
}
