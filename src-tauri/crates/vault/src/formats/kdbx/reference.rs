//! Field references (<https://keepass.info/help/base/fieldrefs.html>) and placeholders
//! (<https://keepass.info/help/base/placeholders.html>).

use zeroize::Zeroizing;

use super::document::Uuid;

/// How many references one field may lead to, over all levels. Keeps circles and fan-outs from running away.
const MOST_REFERENCES: usize = 100;
/// How long a field may be, and become, in bytes.
const LONGEST: usize = 64 * 1024;
/// How many bytes may be looked at to resolve one field. Each byte of a text is looked at twice at most: for `{REF:` and
/// for the `}` that ends it.
const MOST_WORK: usize = 4 * LONGEST;

/// Finds fields of other entries.
pub(super) trait Lookup {
    /// A standard field of the entry with that id: empty where the entry has none, `None` where there is no such
    /// entry (or more than one), or the field is not text.
    fn field(&self, id: &Uuid, name: &str) -> Option<&str>;
}

/// A reference that leads nowhere, or of a kind that is not followed; or a text beyond every bound.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unresolved;

/// What is left for one field, over all levels.
struct Budget {
    references: usize,
    /// Bytes to look at.
    work: usize,
}

impl Budget {
    fn whole() -> Self {
        Self { references: MOST_REFERENCES, work: MOST_WORK }
    }

    fn look_at(&mut self, bytes: usize) -> Result<(), Unresolved> {
        self.work = self.work.checked_sub(bytes).ok_or(Unresolved)?;
        Ok(())
    }
}

/// Replaces the references `{REF:…@I:…}` (by id) to title, user name, password and address. Others do not resolve.
pub(super) fn resolve(text: &str, lookup: &dyn Lookup) -> Result<Zeroizing<String>, Unresolved> {
    let mut output = Zeroizing::new(String::new());
    expand(text, lookup, &mut Budget::whole(), &mut output)?;
    Ok(output)
}

fn expand(
    text: &str,
    lookup: &dyn Lookup,
    budget: &mut Budget,
    output: &mut Zeroizing<String>,
) -> Result<(), Unresolved> {
    if text.len() > LONGEST {
        return Err(Unresolved);
    }
    budget.look_at(text.len())?;
    let mut rest = text;
    while let Some((before, body, after)) = next_reference(rest, budget)? {
        push(output, before)?;
        budget.references = budget.references.checked_sub(1).ok_or(Unresolved)?;
        expand(target(body, lookup).ok_or(Unresolved)?, lookup, budget, output)?;
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
fn next_reference<'a>(text: &'a str, budget: &mut Budget) -> Result<Option<(&'a str, &'a str, &'a str)>, Unresolved> {
    for (at, _) in text.match_indices('{') {
        let Some((before, found)) = text.split_at_checked(at) else { continue };
        let Some((start, body)) = found.split_at_checked(5) else { continue };
        if start.eq_ignore_ascii_case("{REF:") {
            budget.look_at(body.find('}').unwrap_or(body.len()))?;
            // Where nothing closes this one, nothing closes those behind it: to look for each would take quadratic time.
            return Ok(body.split_once('}').map(|(body, after)| (before, body, after)));
        }
    }
    Ok(None)
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
    fn no_text_costs_more_than_its_length() {
        let check = |text: &str, expect: Result<(), Unresolved>, most: usize| {
            let mut budget = Budget::whole();
            let mut output = Zeroizing::new(String::new());
            let got = expand(text, &Two, &mut budget, &mut output);
            let work = MOST_WORK - budget.work;
            let start = text.get(..20).unwrap_or(text);
            assert_eq!(got, expect, "{start}… of {} bytes", text.len());
            assert!(work <= most, "{start}… of {} bytes: {work} were looked at", text.len());
        };
        // Nothing closes: each byte is looked at twice.
        let open = "{REF:".repeat(LONGEST / 5);
        check(&open, Ok(()), 2 * open.len());
        // Too long to be anybody's: not looked at at all.
        check(&"{REF:".repeat(400_000), Err(Unresolved), 0);
        check(&"p".repeat(LONGEST + 1), Err(Unresolved), 0);
        check(&format!("{open}}}"), Err(Unresolved), 2 * open.len());
        // Few references to a long text that yields little.
        let padded = format!("{{REF:U@I:{}{A}}}", " ".repeat(LONGEST / 2));
        check(&padded, Ok(()), 2 * padded.len() + 3);
        struct Long(String);
        impl Lookup for Long {
            fn field(&self, id: &Uuid, _: &str) -> Option<&str> {
                Some(if id.last() == Some(&0xaa) { "" } else { &self.0 })
            }
        }
        let long = Long(padded);
        assert_eq!(resolve(&format!("{{REF:U@I:{B}}}").repeat(50), &long), Err(Unresolved));
        assert_eq!(resolve(&format!("{{REF:U@I:{B}}}").repeat(2), &long).as_deref(), Ok(&String::new()));
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
