use super::AccountRow;

const HEADER: [&str; 8] = ["account", "site", "user", "title", "state", "done", "home", "proven_at"];

/// The rows as RFC 4180 has it, with a header.
pub(super) fn table(rows: impl Iterator<Item = AccountRow>) -> String {
    let mut text = line(HEADER.map(str::to_owned));
    for row in rows {
        text.push_str(&line([
            row.account.to_string(),
            row.site.to_string(),
            row.user,
            row.title,
            row.state.code().to_owned(),
            row.done,
            row.home.unwrap_or_default(),
            row.proven_at.unwrap_or_default(),
        ]));
    }
    text
}

fn line(fields: [String; 8]) -> String {
    let mut text = fields.map(|value| field(&value)).join(",");
    text.push_str("\r\n");
    text
}

/// One field. A spreadsheet takes a value that begins with one of these for a formula; an apostrophe makes it text
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn field(value: &str) -> String {
    let guard = if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if guard.is_empty() && !value.contains([',', '"', '\r', '\n', ';', '\'']) {
        return value.to_owned();
    }
    format!("\"{guard}{}\"", value.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        for (value, expect) in [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@cmd", "\"'@cmd\""),
            ("\t=1", "\"'\t=1\""),
        ] {
            assert_eq!(field(value), expect, "{value:?}");
        }
    }
}
