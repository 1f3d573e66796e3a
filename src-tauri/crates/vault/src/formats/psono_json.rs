//! Psono's JSON export: <https://doc.psono.com/user/export.html>. Members are called after the kind of their item.

use std::sync::Arc;

use serde::Deserialize;

use crate::address::web_address;
use crate::container::json::{self, Loose};
use crate::container::loose::{Members, each, object};
use crate::entry::{Token, path};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Cost, Entry, Import, Passkey, ProblemCode, ReadError};

pub(crate) static SOURCE: Source = Source {
    name: "psono-json",
    product: "Psono",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| {
            (sample.is_json(false, &["items"]) || sample.is_json(false, &["folders"]))
                && !sample.has_member("encrypted")
                && sample.mentions(&MARKS)
        },
        lock: |_| Lock::Open,
        read,
    },
};

/// One of these is in every item.
const MARKS: [&str; 7] = [
    "website_password_title",
    "application_password_title",
    "totp_title",
    "note_title",
    "bookmark_title",
    "environment_variables_title",
    "callback_url",
];

/// Folders inside one another: each is looked through once for each around it.
const MOST_FOLDERS: usize = 32;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Folder<'a> {
    name: Loose<'a>,
    #[serde(borrow)]
    folders: Option<json::Items<json::Raw<'a>>>,
    #[serde(borrow)]
    items: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct CustomField<'a> {
    #[serde(borrow)]
    name: Loose<'a>,
    value: Loose<'a>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let root: Folder<'_> = json::parse(&document, input.limits)?;
    let mut import = Import::new(input.format);
    let mut rows = 0usize;
    // Those that are still to be read, with their paths, the next one last.
    let mut waiting: Vec<(Arc<str>, usize, Folder<'_>)> = vec![("".into(), 0, root)];
    while let Some((group, depth, folder)) = waiting.pop() {
        let items = folder.items.unwrap_or_default();
        rows = rows.saturating_add(items.len()).saturating_add(1);
        json::bounded(rows, input.limits)?;
        each(items, place(&group), input, &mut import, |item: Members<'_>, import| take(&item, &group, import))?;
        if depth >= MOST_FOLDERS && folder.folders.iter().flatten().next().is_some() {
            return Err(too_deep());
        }
        for raw in folder.folders.into_iter().flatten().rev() {
            let Some(inner) = object::<Folder<'_>>(raw) else {
                import.report(place(&group), ProblemCode::ItemUnreadable);
                continue;
            };
            let name = inner.name.text().trim();
            waiting.push((path(&group, name).into(), depth + 1, inner));
        }
    }
    Ok(import)
}

/// A folder, as problems name it.
fn place(group: &str) -> &str {
    if group.is_empty() { "(root)" } else { group }
}

fn too_deep() -> ReadError {
    let limit = u64::try_from(MOST_FOLDERS).unwrap_or(u64::MAX);
    ReadError::TooCostly { cost: Cost::Nesting, asked: limit.saturating_add(1), limit }
}

fn take(item: &Members<'_>, group: &Arc<str>, import: &mut Import) {
    if item.text("deleted").is_set() {
        import.left_out.recycled += 1;
        return;
    }
    let kind = item.text("type");
    let of = |member: &str| item.text(&format!("{}_{member}", kind.text()));
    let mut title = of("title");
    if title.is_empty() {
        title = item.text("name");
    }
    let mut entry = Entry {
        title: title.text().trim().into(),
        group: group.clone(),
        modified_at: item.text("write_date").time().into(),
        ..Entry::default()
    };
    let totp = |entry: &mut Entry, prefix: &str| {
        let [code, algorithm, digits, period] =
            ["code", "algorithm", "digits", "period"].map(|part| item.text(&format!("{prefix}_{part}")));
        entry.set_totp_parts(code.text(), algorithm.text(), digits.text(), period.text())
    };
    let read = match kind.text() {
        "website_password" | "application_password" => {
            entry.add_url(of("url").text());
            hosts(&mut entry, of("url_filter").text());
            hosts(&mut entry, item.text("urlfilter").text());
            entry.add_name(of("username").text());
            entry.set_password(of("password").text());
            totp(&mut entry, &format!("{}_totp", kind.text()))
        }
        "totp" => totp(&mut entry, "totp"),
        "passkey" => {
            let rp_id = of("rp_id");
            entry.add_url(rp_id.text());
            entry.add_passkey(Passkey { rp_id: rp_id.text().into(), user_name: Box::default() });
            Ok(())
        }
        _ => {
            import.left_out.not_logins += 1;
            return;
        }
    };
    if let Err(error) = read {
        import.report(entry.location(), error.problem());
    }
    if kind.text() == "totp" {
        if let Some(totp) = entry.totp {
            import.tokens.push(Token { issuer: (*entry.title).into(), name: Box::default(), totp: *totp });
        }
        return;
    }
    let fields = item.iter().filter(|(name, _)| *name == "custom_fields");
    for raw in fields.filter_map(|(_, raw)| json::row::<json::Items<json::Raw<'_>>>(raw)).flatten() {
        let field = object::<CustomField<'_>>(raw).unwrap_or_default();
        entry.add_extra(field.name.text(), field.value.text());
    }
    entry.add_extra("", of("notes").text());
    import.take(entry);
}

/// The hosts at which an item is offered, where its address does not name them already.
fn hosts(entry: &mut Entry, filter: &str) {
    for host in filter.split([' ', ',', ';', '\n', '\t']) {
        let host = host.trim().trim_start_matches("*.");
        if !host.is_empty() && !entry.urls.iter().any(|url| is_at(url, host)) {
            entry.add_url(host);
        }
    }
}

/// Whether an address is one of a host.
fn is_at(url: &str, host: &str) -> bool {
    let of = |text: &str| web_address(text)?.host_str().map(str::to_owned);
    of(url).is_some_and(|found| Some(found) == of(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_added_that_are_not_there() {
        let check = |url: &str, filter: &str, expect: &[&str]| {
            let mut entry = Entry::default();
            entry.add_url(url);
            hosts(&mut entry, filter);
            assert_eq!(entry.urls.iter().map(|url| &**url).collect::<Vec<_>>(), expect, "{url} {filter}");
        };
        check("https://mail.example.com/x", "mail.example.com", &["https://mail.example.com/x"]);
        check("https://Mail.example.com", "*.mail.EXAMPLE.com,", &["https://Mail.example.com"]);
        check("https://notbank.example.com", "bank.example.com", &["https://notbank.example.com", "bank.example.com"]);
        check("https://a.example/?to=b.example", "b.example", &["https://a.example/?to=b.example", "b.example"]);
    }
}
