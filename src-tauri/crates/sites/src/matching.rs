//! Which names a host is looked for under. Names are compared as the URL standard spells them, so that upper case, a dot
//! at the end and both spellings of an international name are one, and a name that only looks like another is another.

use rekey_origin::registrable_domain;

use crate::name::MAX_NAME;

/// The host itself, then each name above it, down to the registrable domain and never past it: who has an account at
/// `me.github.io` is not asked about `github.io`. A host without a registrable domain is looked for as itself alone.
pub(crate) fn names(host: &str) -> impl Iterator<Item = &str> + Clone {
    let first = Some(host).filter(|host| host.len() <= MAX_NAME && !host.ends_with('.'));
    let end = first.and_then(registrable_domain).map_or(usize::MAX, str::len);
    std::iter::successors(first, move |name| {
        (name.len() > end).then(|| name.split_once('.')).flatten().map(|(_, above)| above)
    })
}

/// Whether a host is this name or stands below it.
pub(crate) fn is_under(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expect: &[&str]) {
        assert_eq!(names(host).collect::<Vec<_>>(), expect, "{host}");
    }

    #[test]
    fn a_host_is_looked_for_up_to_its_registrable_domain() {
        check("example.com", &["example.com"]);
        check("a.b.example.com", &["a.b.example.com", "b.example.com", "example.com"]);
        check("www.example.co.uk", &["www.example.co.uk", "example.co.uk"]);
        check("x.me.github.io", &["x.me.github.io", "me.github.io"]);
        check("github.io", &["github.io"]);
        check("co.uk", &["co.uk"]);
        check("localhost", &["localhost"]);
        check("nas.lan", &["nas.lan"]);
        check("example.com.", &[]);
        check(&format!("{}example.com", "a.".repeat(500)), &[]);
    }

    #[test]
    fn below_means_at_a_dot() {
        assert!(is_under("example.com", "example.com"));
        assert!(is_under("a.example.com", "example.com"));
        assert!(!is_under("badexample.com", "example.com"));
        assert!(!is_under("com", "example.com"));
    }
}
