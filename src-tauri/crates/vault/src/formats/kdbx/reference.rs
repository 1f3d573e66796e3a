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

/// Finds entries and their fields. An entry is named by its place in the document.
pub(super) trait Lookup {
    /// The one entry that a reference means; `None` where there is no such entry, or more than one.
    fn find(&self, search: &Search<'_>) -> Option<usize>;
    /// A field of an entry: empty where the entry has none of that name, `None` where it is not text.
    fn field(&self, entry: usize, name: &str) -> Option<&str>;
}

/// By what a reference tells the entry it means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Search<'a> {
    Id(Uuid),
    /// By the whole value of the standard field of this name.
    Field(&'static str, &'a str),
    /// By the whole value of any custom field.
    Custom(&'a str),
}

/// A reference that leads nowhere, or of a kind that is not followed; or a text beyond every bound.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unresolved;

/// What is left for one field, over all levels.
struct Budget {
    references: usize,
    /// Bytes to look at.
    work: usize,
    /// Whether the field is a secret itself, and may hold a password of another entry.
    secret: bool,
}

impl Budget {
    fn whole(secret: bool) -> Self {
        Self { references: MOST_REFERENCES, work: MOST_WORK, secret }
    }

    fn follow(&mut self) -> Result<(), Unresolved> {
        self.references = self.references.checked_sub(1).ok_or(Unresolved)?;
        Ok(())
    }

    fn look_at(&mut self, bytes: usize) -> Result<(), Unresolved> {
        self.work = self.work.checked_sub(bytes).ok_or(Unresolved)?;
        Ok(())
    }
}

/// Replaces what stands for other texts in a field of `entry`: references `{REF:…@…:…}` to title, user name, password,
/// address and notes of another entry, and the entry's own `{TITLE}`, `{USERNAME}`, `{URL}` and `{S:…}`. An own field that
/// is not there, and any other placeholder, stays as it stands. A password is only put into a field that is `secret`
/// itself: user names and addresses are shown and kept.
pub(super) fn resolve(
    text: &str,
    entry: usize,
    lookup: &dyn Lookup,
    secret: bool,
) -> Result<Zeroizing<String>, Unresolved> {
    let mut output = Zeroizing::new(String::new());
    expand(text, entry, lookup, &mut Budget::whole(secret), &mut output)?;
    Ok(output)
}

fn expand(
    text: &str,
    entry: usize,
    lookup: &dyn Lookup,
    budget: &mut Budget,
    output: &mut Zeroizing<String>,
) -> Result<(), Unresolved> {
    if text.len() > LONGEST {
        return Err(Unresolved);
    }
    budget.look_at(text.len())?;
    let mut rest = text;
    while let Some((before, token, after)) = next_token(rest, budget)? {
        push(output, before)?;
        rest = after;
        budget.follow()?;
        let (entry, found) = match token {
            Token::Reference(body) if !budget.secret && wants_password(body) => return Err(Unresolved),
            Token::Reference(body) => target(body, lookup).ok_or(Unresolved)?,
            Token::Own { name, standing } => match lookup.field(entry, name) {
                None => return Err(Unresolved),
                // Whoever asked for a custom field did not mean nothing.
                Some(text) if standing.contains(':') && (text.is_empty() || name == "Password") => {
                    push(output, standing)?;
                    continue;
                }
                Some(text) => (entry, text),
            },
        };
        expand(found, entry, lookup, budget, output)?;
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

/// What stands for another text.
enum Token<'a> {
    /// What is in `{REF:…}`.
    Reference(&'a str),
    /// A field of the same entry, and the placeholder as it stands.
    Own { name: &'a str, standing: &'a str },
}

/// The placeholders of an entry's own standard fields. The password's is not among them: it would put the password into
/// addresses and user names, which are shown.
const OWN: [(&str, &str); 3] = [("{TITLE}", "Title"), ("{USERNAME}", "UserName"), ("{URL}", "URL")];

/// What stands before the first token, the token, and what stands after it.
fn next_token<'a>(text: &'a str, budget: &mut Budget) -> Result<Option<(&'a str, Token<'a>, &'a str)>, Unresolved> {
    for (at, _) in text.match_indices('{') {
        let Some((before, found)) = text.split_at_checked(at) else { continue };
        for (placeholder, name) in OWN {
            if let Some((standing, after)) = found.split_at_checked(placeholder.len())
                && standing.eq_ignore_ascii_case(placeholder)
            {
                return Ok(Some((before, Token::Own { name, standing }, after)));
            }
        }
        let starts = |with: &str| found.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        let start = if starts("{REF:") {
            5
        } else if starts("{S:") {
            3
        } else {
            continue;
        };
        let end = found.find('}');
        budget.look_at(end.unwrap_or(found.len()).saturating_sub(start))?;
        // Where nothing closes this one, nothing closes those behind it: to look for each would take quadratic time.
        let Some((standing, after)) = end.and_then(|end| found.split_at_checked(end + 1)) else { return Ok(None) };
        let Some(body) = standing.get(start..standing.len() - 1) else { continue };
        let token = if start == 5 { Token::Reference(body) } else { Token::Own { name: body, standing } };
        return Ok(Some((before, token, after)));
    }
    Ok(None)
}

/// The entry that a reference means, and the text of the field it wants.
fn target<'a>(body: &str, lookup: &'a dyn Lookup) -> Option<(usize, &'a str)> {
    let (wanted, search) = body.split_once('@')?;
    let (by, text) = search.split_once(':')?;
    let search = match standard(by) {
        Some(name) => Search::Field(name, text),
        None if by.eq_ignore_ascii_case("I") => Search::Id(id_of(text)?),
        None if by.eq_ignore_ascii_case("O") => Search::Custom(text),
        None => return None,
    };
    let entry = lookup.find(&search)?;
    Some((entry, lookup.field(entry, standard(wanted)?)?))
}

fn wants_password(body: &str) -> bool {
    body.split_once('@').is_some_and(|(wanted, _)| standard(wanted) == Some("Password"))
}

/// The standard field that a reference's letter stands for.
fn standard(letter: &str) -> Option<&'static str> {
    Some(match letter.to_ascii_uppercase().as_str() {
        "T" => "Title",
        "U" => "UserName",
        "P" => "Password",
        "A" => "URL",
        "N" => "Notes",
        _ => return None,
    })
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
        fn find(&self, search: &Search<'_>) -> Option<usize> {
            match search {
                Search::Id(id) => Some(usize::from(*id.last()?)).filter(|at| matches!(at, 0xaa | 0xbb)),
                Search::Field("Title", "Mail") | Search::Custom("pin") => Some(0xaa),
                _ => None,
            }
        }

        fn field(&self, entry: usize, name: &str) -> Option<&str> {
            match (entry, name) {
                (0xaa, "UserName") => Some("ann"),
                (0xaa, "Password") => Some("{REF:U@I:000000000000000000000000000000AA}!"),
                (0xaa, "Notes") => Some("{S:Pin}/{Title}"),
                (0xaa, "Pin") => Some("1{USERNAME}"),
                (0xaa, "URL") => Some("{URL}"),
                (0xaa, _) => Some(""),
                (0xbb, _) => {
                    Some("{REF:P@I:000000000000000000000000000000BB}{REF:P@I:000000000000000000000000000000BB}")
                }
                _ => None,
            }
        }
    }

    fn check(text: &str, expect: Result<&str, Unresolved>) {
        assert_eq!(
            resolve(text, 0xaa, &Two, true).as_ref().map(|text| text.as_str()),
            expect.as_ref().copied(),
            "{text}"
        );
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
        check("{REF:P@T:Mail}", Ok("ann!"));
        check("{REF:U@O:pin}", Ok("ann"));
        check("{REF:P@T:Post}", Err(Unresolved));
        check("{REF:P@X:Mail}", Err(Unresolved));
        check(&format!("{{REF:N@I:{A}}}"), Ok("1ann/"));
        check(&format!("{{REF:I@I:{A}}}"), Err(Unresolved));
        check("{REF:", Ok("{REF:"));
        check("{é}{REF:", Ok("{é}{REF:"));
    }

    #[test]
    fn a_password_goes_into_secrets_alone() {
        let text = format!("{{REF:P@I:{A}}}");
        assert_eq!(resolve(&text, 0xaa, &Two, false), Err(Unresolved));
        assert!(resolve(&text, 0xaa, &Two, true).is_ok());
    }

    #[test]
    fn own_fields() {
        check("{UserName}@{S:Pin}", Ok("ann@1ann"));
        check("{TITLE}{S:None}{S:Password}{PASSWORD}", Ok("{S:None}{S:Password}{PASSWORD}"));
        check("{URL}", Err(Unresolved));
        check("{S:", Ok("{S:"));
        check("{S:}{é}", Ok("{S:}{é}"));
    }

    #[test]
    fn no_text_costs_more_than_its_length() {
        let check = |text: &str, expect: Result<(), Unresolved>, most: usize| {
            let mut budget = Budget::whole(true);
            let mut output = Zeroizing::new(String::new());
            let got = expand(text, 0xaa, &Two, &mut budget, &mut output);
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
            fn find(&self, search: &Search<'_>) -> Option<usize> {
                Two.find(search)
            }

            fn field(&self, entry: usize, _: &str) -> Option<&str> {
                Some(if entry == 0xaa { "" } else { &self.0 })
            }
        }
        let long = Long(padded);
        assert_eq!(resolve(&format!("{{REF:U@I:{B}}}").repeat(50), 0, &long, true), Err(Unresolved));
        assert_eq!(resolve(&format!("{{REF:U@I:{B}}}").repeat(2), 0, &long, true).as_deref(), Ok(&String::new()));
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
