//! Fuzz targets: whatever the bytes, a reader answers, within its bounds and without a panic.
//!
//! Each target changes a valid input in a few places, so that it gets past the first checks. Two seconds a target, or
//! `REKEY_FUZZ_SECONDS`. A failure prints its shrunken input and `BOLERO_RANDOM_SEED=…`, which repeats it; the input of a
//! fixed one becomes a fixture or a unit test, its raw bytes go to `src/__fuzz__/…/crashes`, which is tried first.

use bolero::check;

use crate::{Limits, Options, Unlock};

/// A macro, because bolero names a target's folder after the function that `check!` stands in.
macro_rules! run {
    ($seeds:expr, $tokens:expr, $read:expr) => {{
        let (seeds, tokens) = ($seeds, $tokens);
        check!()
            .with_type::<(u8, Vec<Edit>)>()
            .with_iterations(usize::MAX)
            .with_test_time(time())
            .for_each(|(seed, edits)| $read(&edited(seeds[usize::from(*seed) % seeds.len()], edits, &tokens)));
    }};
}

mod exports;
mod health;
mod keepass;
mod tables;
mod tokens;
mod wire;

#[allow(unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../../tests/src/fuzzing.rs"]
mod fuzzing;

use fuzzing::{Edit, edited, time};

/// Far less than a person's vault needs, so that a case takes microseconds.
fn limits() -> Limits {
    Limits {
        kdf_memory: 1 << 18,
        kdf_work: 1 << 19,
        aes_rounds: 100,
        pbkdf2_iterations: 100,
        inflated: 1 << 20,
        nesting: 64,
        ..Limits::default()
    }
}

/// Reads whatever it is, with a password.
fn read(bytes: &[u8]) {
    let unlock = Unlock::password("correct horse");
    let _ = crate::read(bytes, &unlock, &Options { limits: limits(), ..Options::default() });
}
