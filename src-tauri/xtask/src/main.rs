//! `cargo xtask`: the project's chores as one program, so that a fresh clone needs Cargo and nothing else.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line program for the project's developers")]

mod bench;
mod check_os;
mod codegen;
mod demo;
mod nextest;
mod process;
mod setup;
mod sites;
mod test;
mod tidy;
mod window;

use std::process::ExitCode;

use anyhow::Result;
use setup::Scope;

/// The command line was not understood, or something is missing that only the person can install.
const USAGE: u8 = 2;

const HELP: &str = "\
cargo xtask COMMAND

  demo [ARGS]              move three practice accounts from passwords to passkeys, in a headless browser
  demo --window            the same in the desktop window, with a picture of each step
  test [--full] [FILTER]   every check and test; with FILTER only the tests whose names contain it
  run [ARGS]               open the desktop window
  bench window             memory and first paint of the window, beside an empty one
  bench relying-party      sign-ins a second on the practice site, beside its cheapest answer
  bench sites              looking sites up in the directory, beside a HashMap of the same names
  bench vault [ROW]        CPU time and memory of reading large vaults, beside others on the same files
  bench plan [ROW]         CPU time and memory of judging accounts, beside zxcvbn on the same passwords
  bench webauthn           ceremonies through the client, beside the library that it stands on and a bare echo
  setup                    install what the other commands need (they do it themselves)
  codegen [--check]        the directory of sites, from its data; the content script, from ui/content-script; the
                           window's types, from Rust
  codegen sites            the directory alone
  tidy                     the layout's rules, without building anything
  check-os [--wine]        what type-checks for Windows and macOS, and what is not covered; with --wine also Windows
                           Hello's calls, over a library that records them
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            let missing = error.is::<setup::Missing>();
            ExitCode::from(if missing { USAGE } else { 1 })
        }
    }
}

fn dispatch(args: &[String]) -> Result<ExitCode> {
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match (command, rest) {
        ("demo", rest) => return demo::demo(rest),
        ("test", rest) => match test::Options::read(rest) {
            Some(options) => test::test(&options)?,
            None => return Ok(usage(&format!("xtask test: cannot read {rest:?}"))),
        },
        ("run", rest) => return window::open(rest),
        ("bench", [name, rest @ ..]) if name == "window" => return window::bench(rest),
        ("bench", [name]) if name == "relying-party" => return bench::relying_party(),
        ("bench", [name]) if name == "sites" => return bench::sites(),
        ("bench", [name, rest @ ..]) if name == "vault" => return bench::vault(rest),
        ("bench", [name]) if name == "webauthn" => return bench::webauthn(),
        ("bench", [name, rest @ ..]) if name == "plan" => return bench::plan(rest),
        ("setup", []) => setup::setup(Scope::Test)?,
        ("codegen", []) => codegen::codegen(codegen::Mode::Write)?,
        ("codegen", [what]) if what == "sites" => sites::generate(codegen::Mode::Write)?,
        ("codegen", [flag]) if flag == "--check" => codegen::codegen(codegen::Mode::Check)?,
        ("tidy", []) => tidy::tidy()?,
        ("check-os", rest) => match check_os::read(rest) {
            Some(wine) => check_os::check(wine)?,
            None => return Ok(usage(&format!("xtask check-os: cannot read {rest:?}"))),
        },
        ("help" | "--help" | "-h", _) => println!("{HELP}"),
        _ => return Ok(usage(&format!("xtask: cannot read {args:?}"))),
    }
    Ok(ExitCode::SUCCESS)
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("{problem}\n\n{HELP}");
    ExitCode::from(USAGE)
}
