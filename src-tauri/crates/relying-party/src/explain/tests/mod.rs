//! Explanations of real ceremonies, and of bytes that somebody made up.

mod causes;
mod ceremony;
mod escaping;
mod fuzz;
mod glossary;
mod html;
mod refusals;
mod values;
