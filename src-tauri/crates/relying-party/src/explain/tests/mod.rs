//! Explanations of real ceremonies, and of made-up ones.
