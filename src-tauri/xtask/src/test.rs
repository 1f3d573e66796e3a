//! Every check and test, the cheap ones first.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::codegen::{self, codegen};
use crate::nextest;
use crate::process::{cargo, run};
use crate::setup::{Scope, npm, setup};
use crate::tidy::tidy;
use crate::window;

/// What to test.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Everything: long fuzzing and the whole matrices.
    pub(crate) full: bool,
    /// Only tests whose names contain one of these.
    pub(crate) filters: Vec<String>,
}

impl Options {
    /// Reads the arguments; `None` for an unknown option.
    pub(crate) fn read(args: &[String]) -> Option<Self> {
        let mut options = Self::default();
        for arg in args {
            match arg.as_str() {
                "--full" => options.full = true,
                option if option.starts_with('-') => return None,
                filter => options.filters.push(filter.to_owned()),
            }
        }
        Some(options)
    }
}

/// Runs all stages, or with a filter the Rust tests alone; nextest's closing lines come last.
pub(crate) fn test(options: &Options) -> Result<()> {
    let mut stages = Stages::default();
    stages.run("setup", || setup(if options.full { Scope::Full } else { Scope::Test }))?;
    if options.filters.is_empty() {
        stages.run("format", || run(cargo().args(["fmt", "--all", "--check"])))?;
        stages.run("tidy", tidy)?;
        stages.run("codegen", || codegen(codegen::Mode::Check))?;
        stages.run("ui tests", || run(npm().args(["test", "--silent"])))?;
        stages.run("ui", ui)?;
        stages.run("clippy", || {
            run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        })?;
        stages.run("doc tests", || run(cargo().args(["test", "--quiet", "--workspace", "--doc"])))?;
    }
    if !options.filters.is_empty() {
        stages.run("ui", ui)?;
    }
    stages.run("build tests", nextest::build)?;
    let summary = stages.run("tests", || nextest::test(options))?;
    stages.print();
    summary.finish()
}

/// What the shell is compiled with, and what is put into its window by its tests.
fn ui() -> Result<()> {
    window::build_ui()?;
    window::build_contract()
}

/// How long each stage took.
#[derive(Default)]
struct Stages(Vec<(&'static str, Duration)>);

impl Stages {
    fn run<T>(&mut self, name: &'static str, stage: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("── {name}");
        let start = Instant::now();
        let result = stage();
        self.0.push((name, start.elapsed()));
        result
    }

    fn print(&self) {
        for (name, elapsed) in &self.0 {
            println!("{name:<12} {:>7.1} s", elapsed.as_secs_f64());
        }
        let total: Duration = self.0.iter().map(|(_, elapsed)| *elapsed).sum();
        println!("{:<12} {:>7.1} s", "total", total.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(args: &[&str], expect: Option<(bool, &[&str])>) {
        let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
        let expect = expect.map(|(full, filters)| Options {
            full,
            filters: filters.iter().map(|&filter| filter.to_owned()).collect(),
        });
        assert_eq!(Options::read(&args), expect);
    }

    #[test]
    fn arguments() {
        check(&[], Some((false, &[])));
        check(&["--full", "kdbx"], Some((true, &["kdbx"])));
        check(&["--fast"], None);
    }
}
