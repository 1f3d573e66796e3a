//! Several web addresses in one field.

/// The addresses in a column. A comma or semicolon separates only where what follows begins an address, because both may
/// be part of one.
pub(super) fn all(field: &str) -> impl Iterator<Item = &str> {
    // Nearly every field holds one address, which shows without looking at each byte by itself.
    let separates = |byte| matches!(byte, b'\n' | b'\r' | b'\t' | b' ' | b',' | b';');
    let one = !field.bytes().fold(false, |found, byte| found | separates(byte));
    let (one, several) = if one { (field, "") } else { ("", field) };
    let one = Some(one).filter(|one| !one.is_empty());
    one.into_iter().chain(several.split(['\n', '\r', '\t', ' ']).flat_map(separated))
}

fn separated(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let begins = |rest: &str| {
            // No further than the scheme, so that no byte is looked at for each separator before it.
            let after = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            after.len() < rest.len() && after.starts_with("://")
        };
        let end = text.match_indices([',', ';']).map(|(at, _)| at).find(|at| begins(text.get(at + 1..).unwrap_or("")));
        let (url, rest) = match end {
            Some(end) => (text.get(..end).unwrap_or(text), text.get(end + 1..).unwrap_or("")),
            None => (text, ""),
        };
        text = rest;
        Some(url.trim_matches([',', ';']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_in_one_column() {
        let check = |field: &str, expect: &[&str]| assert_eq!(all(field).collect::<Vec<_>>(), expect, "{field}");
        check("", &[]);
        check("https://a.example", &["https://a.example"]);
        check("https://a.example,https://b.example", &["https://a.example", "https://b.example"]);
        check("https://a.example/x,y;z", &["https://a.example/x,y;z"]);
        check(
            "https://a.example; http://b.example\nc.example",
            &["https://a.example", "http://b.example", "c.example"],
        );
        check("https://a.example,androidapp://b", &["https://a.example", "androidapp://b"]);
        check("https://a.example,://b,c d://e", &["https://a.example,://b,c", "d://e"]);
    }

    #[test]
    fn separators_alone_take_no_longer_than_other_text() {
        let field = ",".repeat(1 << 20) + "https://a.example";
        let started = std::time::Instant::now();
        assert_eq!(all(&field).filter(|url| !url.is_empty()).collect::<Vec<_>>(), ["https://a.example"]);
        assert!(started.elapsed().as_secs() < 5);
    }
}
