//! Field references (<https://keepass.info/help/base/fieldrefs.html>) and placeholders
//! (<https://keepass.info/help/base/placeholders.html>).

use zeroize::Zeroizing;

use super::document::Uuid;

/// How many references one field may lead to, over all levels. Keeps circles and fan-outs from running away.
const MOST_REFERENCES: usize = 100;
/// How long a field may become, in bytes.
const LONGEST: usize = 64 * 1024;

/// Finds fields of other entries.
pub(super) trait Lookup {
    /// A standard field of the entry with that id: empty where the entry has none, `None` where there is no such
    /// entry (or more than one), or the field is not text.
    fn field(&self, id: &Uuid, name: &str) -> Option<&str>;
}

/// A reference that leads nowhere, or of a kind that is not followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unresolved;

/// Replaces the references `{REF:…@I:…}` (by id) to title, user name, password and address. Others do not resolve.
pub(super) fn resolve(text: &str, lookup: &dyn Lookup) -> Result<Zeroizing<String>, Unresolved> {
    let mut left = MOST_REFERENCES;
    let mut output = Zeroizing::new(String::new());
    expand(text, lookup, &mut left, &mut output)?;
    Ok(output)
}

fn expand(text: &str, lookup: &dyn Lookup, left: &mut usize, output: &mut Zeroizing<String>) -> Result<(), Unresolved> {
    let mut rest = text;
    while let Some((before, body, after)) = next_reference(rest) {
        push(output, before)?;
        *left = left.checked_sub(1).ok_or(Unresolved)?;
        expand(target(body, lookup).ok_or(Unresolved)?, lookup, left, output)?;
        rest = after;
    }
    push(output, rest)
}

fn push(output: &mut Zeroizing<String>, text: &str) -> Result<(), Unresolved> {
    if output.len() + text.len() > LONGEST {
        return Err(Unresolved);
    }
    output.push_str(text);
    Ok(())
}

/// What stands before, in and after the first `{REF:…}`.
fn next_reference(text: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in text.match_indices('{') {
        let (before, found) = text.split_at_checked(at)?;
        let Some((start, body)) = found.split_at_checked(5) else { continue };
        if start.eq_ignore_ascii_case("{REF:")
            && let Some((body, after)) = body.split_once('}')
        {
            return Some((before, body, after));
        }
    }
    None
}

fn target<'a>(body: &str, lookup: &'a dyn Lookup) -> Option<&'a str> {
    let (wanted, search) = body.split_once('@')?;
    let (by, id) = search.split_once(':')?;
    if !by.eq_ignore_ascii_case("I") {
        return None;
    }
    let name = match wanted.to_ascii_uppercase().as_str() {
        "T" => "Title",
        "U" => "UserName",
        "P" => "Password",
        "A" => "URL",
        _ => return None,
    };
    lookup.field(&id_of(id)?, name)
}

fn id_of(hex: &str) -> Option<Uuid> {
    let (pairs, rest) = hex.trim().as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|[high, low]| u8::try_from(char::from(*high).to_digit(16)? * 16 + char::from(*low).to_digit(16)?).ok())
        .collect();
    bytes?.try_into().ok()
}

/// The placeholders that KeePass and KeePassXC replace when a user name or password is used.
const PLACEHOLDERS: [&str; 20] = [
    "TITLE",
    "USERNAME",
    "URL",
    "PASSWORD",
    "NOTES",
    "S",
    "TOTP",
    "TIMEOTP",
    "HMACOTP",
    "PICKCHARS",
    "NEWPASSWORD",
    "PASSWORD_ENC",
    "GROUP",
    "GROUP_PATH",
    "UUID",
    "BASE",
    "T-CONV",
    "T-REPLACE-RX",
    "CMD",
    "REF",
];

/// Whether the text has a placeholder in it. Other text in braces is just text.
pub(super) fn has_placeholder(text: &str) -> bool {
    text.split('{').skip(1).any(|part| {
        let Some((inside, _)) = part.split_once('}') else { return false };
        let name = inside.split(':').next().unwrap_or(inside);
        // A name with arguments needs its colon, a single letter without one is a coincidence.
        let argued = inside.contains(':') || name.len() > 1;
        argued && PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "000000000000000000000000000000AA";
    const B: &str = "000000000000000000000000000000BB";

    struct Two;

    impl Lookup for Two {
        fn field(&self, id: &Uuid, name: &str) -> Option<&str> {
            match (id.last()?, name) {
                (0xaa, "UserName") => Some("ann"),
                (0xaa, "Password") => Some("{REF:U@I:000000000000000000000000000000AA}!"),
                (0xaa, _) => Some(""),
                (0xbb, _) => {
                    Some("{REF:P@I:000000000000000000000000000000BB}{REF:P@I:000000000000000000000000000000BB}")
                }
                _ => None,
            }
        }
    }

    fn check(text: &str, expect: Result<&str, Unresolved>) {
        assert_eq!(resolve(text, &Two).as_ref().map(|text| text.as_str()), expect.as_ref().copied(), "{text}");
    }

    #[test]
    fn references() {
        check("plain", Ok("plain"));
        check(&format!("{{REF:U@I:{A}}}"), Ok("ann"));
        check(&format!("<{{ref:u@i:{}}}@example.com", A.to_lowercase()), Ok("<ann@example.com"));
        check(&format!("{{REF:P@I:{A}}}"), Ok("ann!"));
        check(&format!("{{REF:P@I:{B}}}"), Err(Unresolved));
        check("{REF:P@I:00}", Err(Unresolved));
        check("{REF:P@I:000000000000000000000000000000CC}", Err(Unresolved));
        check("{REF:P@T:Mail}", Err(Unresolved));
        check(&format!("{{REF:N@I:{A}}}"), Err(Unresolved));
        check("{REF:", Ok("{REF:"));
        check("{é}{REF:", Ok("{é}{REF:"));
    }

    #[test]
    fn placeholders() {
        for (text, expect) in [
            ("{USERNAME}", true),
            ("x{s:Pin}", true),
            ("{T-CONV:/{PASSWORD}/Upper/}", true),
            ("{S}", false),
            ("a{b}c", false),
            ("{PASSWORD", false),
        ] {
            assert_eq!(has_placeholder(text), expect, "{text}");
        }
    }
}
