//! Rekey's desktop shell.
