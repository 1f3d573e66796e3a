//! What is known of a site before anybody looks at it: the [`Directory`] of sourced, dated facts about sites, and the
//! [`Plan`] that a journey starts from.
//!
//! The records are compiled in and need no reading. Above them lie the person's own [`Corrections`]; what sites said
//! when they were asked ([`Answers`]) and what was [refreshed](Refreshes) fills gaps, and can take no warning away.
#![forbid(unsafe_code)]

mod check;
#[rustfmt::skip]
mod compiled;
mod contribution;
mod corrections;
mod directory;
mod known;
mod layers;
mod matching;
mod name;
mod plan;
pub mod read;
pub mod record;
mod table;
mod words;
pub mod write;

pub use check::{RecordProblem, Refused, check};
pub use contribution::{CONTRIBUTOR, Contribution, Sharing};
pub use corrections::Corrections;
pub use directory::Directory;
pub use known::{Known, Layer, Statement, Value};
pub use layers::{ASKED_SOURCE, Answer, Answers, LayerError, MAX_SITES, REFRESH_SOURCE, Refresh, Refreshes};
pub use name::Scope;
pub use plan::{Plan, PlanProblem, elsewhere};
pub use words::Word;

/// Where the compiled-in facts come from: to be shown wherever they are, as their licences ask.
pub fn sources() -> &'static [record::Source] {
    &compiled::SOURCES
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod test_table;
#[cfg(test)]
mod tests;
