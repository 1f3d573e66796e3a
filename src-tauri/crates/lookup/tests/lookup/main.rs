//! Look-ups against servers of this computer that do what servers of the internet do, and worse.

mod ask;
mod breaches;
mod consent;
mod logs;
mod refresh;
mod strictness;
mod support;
