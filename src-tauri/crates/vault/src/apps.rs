//! Which site an Android app's accounts belong to. Only what is known: a package name is chosen by whoever publishes the
//! app, so that nothing can be concluded from it.

/// The site of an app, by its package name.
pub(crate) fn site(package: &str) -> Option<&'static str> {
    SITES.binary_search_by(|(name, _)| name.cmp(&package)).ok().and_then(|at| SITES.get(at)).map(|(_, site)| *site)
}

/// Package names and the sites they sign in at, sorted by name.
const SITES: &[(&str, &str)] = &[
    ("com.amazon.mShop.android.shopping", "amazon.com"),
    ("com.dropbox.android", "dropbox.com"),
    ("com.facebook.katana", "facebook.com"),
    ("com.github.android", "github.com"),
    ("com.google.android.gm", "google.com"),
    ("com.instagram.android", "instagram.com"),
    ("com.linkedin.android", "linkedin.com"),
    ("com.paypal.android.p2pmobile", "paypal.com"),
    ("com.twitter.android", "x.com"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_sorted_and_sites_are_domains() {
        assert!(SITES.is_sorted_by(|one, other| one.0 < other.0));
        for (package, domain) in SITES {
            assert_eq!(site(package), Some(*domain));
            assert_eq!(rekey_origin::Site::parse(domain).map(|site| site.to_string()).as_deref(), Some(*domain));
        }
        assert_eq!(site("com.example"), None);
    }
}
