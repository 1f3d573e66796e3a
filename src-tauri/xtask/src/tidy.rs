//! The rules of the layout. Nothing is built for them, and they run as a test.

mod consent;
mod data;
mod edges;
mod files;
mod layout;
mod members;
mod purity;
mod repository;

use anyhow::{Result, bail};

use repository::Repository;

/// A rule of the layout that is broken: where, and what the rule wants.
pub(crate) type Problem = String;

/// Checks every rule, and reports all that are broken at once.
pub(crate) fn tidy() -> Result<()> {
    let repository = Repository::read()?;
    let rules = [edges::check, members::check, layout::check, purity::check, consent::check, files::check, data::check];
    let problems: Vec<Problem> = rules.iter().flat_map(|rule| rule(&repository)).collect();
    let sizes = files::sizes(&repository);
    eprintln!("tidy: {} source files, median {} lines, longest {}", sizes.count, sizes.median, sizes.longest);
    for problem in &problems {
        eprintln!("tidy: {problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => bail!("{count} rules of the layout are broken"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        super::tidy().unwrap();
    }
}
