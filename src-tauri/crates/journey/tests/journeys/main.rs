//! Whole journeys against scripted pages: what goes in on the left, what must come out on the right.

#![allow(clippy::unwrap_used, clippy::panic)] // a script that does not hold is a failed test

mod beginnings;
mod enrolments;
mod hindrances;
mod proofs;
mod script;
