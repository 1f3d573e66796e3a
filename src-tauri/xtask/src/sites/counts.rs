//! What the README says of the directory.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use rekey_sites::record::{Capacity, Provenance, Record, Role};

use super::Data;

const BEGIN: &str = "<!-- sites: written by `cargo xtask codegen` -->\n";
const END: &str = "<!-- end of sites -->\n";

/// The README with what the data says today.
pub(super) fn written_into(readme: &str, data: &Data) -> Result<String> {
    let (before, rest) = readme.split_once(BEGIN).context("README.md: the place of the sites' counts is not marked")?;
    let (_, after) = rest.split_once(END).context("README.md: the end of the sites' counts is not marked")?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", markdown(data)))
}

fn markdown(data: &Data) -> String {
    let records = &data.records;
    let role = |wanted: &[Role]| {
        count(records, |record| record.role.as_ref().is_some_and(|fact| wanted.contains(&fact.value)))
    };
    let asks = |record: &Record| record.asks_first.as_ref().is_some_and(|fact| !fact.value.is_empty());
    let lines = [
        ("sites", records.len()),
        ("sign in with a passkey", role(&[Role::SignIn, Role::Both])),
        ("take one as a second factor only", role(&[Role::SecondFactor])),
        ("were looked at, and no passkeys found", role(&[Role::NoneSeen])),
        ("with the page that adds a passkey", count(records, |record| record.passkey_page.is_some())),
        (
            "allow one passkey only",
            count(records, |record| record.capacity.as_ref().is_some_and(|fact| fact.value == Capacity::One)),
        ),
        ("ask for something before they add one", count(records, asks)),
        ("with the page that changes the password", count(records, |record| record.change_password.is_some())),
        ("with the page for those who are locked out", count(records, |record| record.recovery_page.is_some())),
        ("with their kind (mail, money, …)", count(records, |record| record.kind.is_some())),
        ("further domains with the same accounts", records.iter().map(equivalents).sum()),
    ];
    let mut out = String::from("| How many | of the directory |\n| ---: | --- |\n");
    // Writing to a string cannot fail, here and below.
    for (what, count) in lines.map(|(what, count)| (what, count)) {
        let _ = writeln!(out, "| {count} | {what} |");
    }
    let dates: Vec<&str> = records.iter().flat_map(origins).filter_map(|origin| origin.observed.as_deref()).collect();
    let (oldest, newest) = (dates.iter().min().copied(), dates.iter().max().copied());
    let _ = write!(
        out,
        "\nThe oldest dated observation is of {}, the newest of {}. The facts are compiled from these sources:\n\n",
        oldest.unwrap_or("no date"),
        newest.unwrap_or("no date")
    );
    let named: BTreeSet<&str> =
        records.iter().flat_map(origins).flat_map(|origin| origin.sources.iter()).map(|id| id.as_ref()).collect();
    for source in data.sources.iter().filter(|source| named.contains(source.id.as_ref())) {
        let title = source.url.as_ref().map_or(source.title.to_string(), |url| format!("[{}]({url})", source.title));
        let _ = writeln!(out, "- {title}: {} ({})", source.attribution, source.licence);
    }
    out
}

fn count(records: &[Record], wanted: impl Fn(&Record) -> bool) -> usize {
    records.iter().filter(|record| wanted(record)).count()
}

fn equivalents(record: &Record) -> usize {
    record.equivalent.as_ref().map_or(0, |fact| fact.value.len())
}

/// Where each field of a record comes from.
pub(crate) fn origins(record: &Record) -> impl Iterator<Item = &Provenance> {
    macro_rules! all {
        ($($field:ident),+ $(,)?) => {
            [$(record.$field.as_ref().map(|fact| &fact.provenance)),+]
        };
    }
    all![
        equivalent,
        rp_ids,
        sign_in,
        passkey_page,
        manage_page,
        role,
        asks_first,
        authenticator,
        capacity,
        usernameless,
        password_after,
        change_password,
        recovery_page,
        help,
        kind,
        notes,
    ]
    .into_iter()
    .flatten()
}
