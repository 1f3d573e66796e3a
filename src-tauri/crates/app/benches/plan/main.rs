//! From a vault's entries to the plan, beside `zxcvbn` alone over the same passwords: `cargo xtask bench plan`.
//!
//! What is measured is one [`work`], in a process of its own.
#![allow(clippy::print_stdout, reason = "a program's output")]

#[cfg(unix)]
mod inputs;
#[cfg(unix)]
#[path = "../../../vault/benches/vault/measure.rs"]
mod measure;
#[cfg(unix)]
#[path = "../../../vault/benches/vault/random.rs"]
mod random;
#[cfg(unix)]
mod rows;
#[cfg(unix)]
mod work;

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().skip(1).filter(|word| word != "--bench").collect();
    match arguments.split_first() {
        Some((word, command)) if word == measure::MEASURE => measure::run(command),
        Some((word, rest)) if word == work::WORK => work::run(rest),
        _ => rows::print(&arguments),
    }
}

#[cfg(not(unix))]
fn main() {
    println!("what a process costs is only asked of Unix systems");
}
