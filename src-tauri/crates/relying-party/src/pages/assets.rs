//! Scripts, styles and pictures, embedded in the program.

/// One file under `/assets/`.
pub(crate) struct Asset {
    pub(crate) name: &'static str,
    /// Its media type.
    pub(crate) kind: &'static str,
    pub(crate) text: &'static str,
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

macro_rules! assets {
    ($($name:literal: $kind:expr),* $(,)?) => {
        &[$(Asset { name: $name, kind: $kind, text: include_str!(concat!("../../assets/", $name)) }),*]
    };
}

/// Every file of the pages.
pub(super) const ASSETS: &[Asset] = assets! {
    "account.js": JAVASCRIPT,
    "at-load.js": JAVASCRIPT,
    "ceremonies.js": JAVASCRIPT,
    "codes.js": JAVASCRIPT,
    "cookies.js": JAVASCRIPT,
    "json.js": JAVASCRIPT,
    "late.js": JAVASCRIPT,
    "panel.js": JAVASCRIPT,
    "passkeys.js": JAVASCRIPT,
    "post.js": JAVASCRIPT,
    "reveal.js": JAVASCRIPT,
    "segmented.js": JAVASCRIPT,
    "signals.js": JAVASCRIPT,
    "difficulty.css": CSS,
    "style.css": CSS,
    "explain.css": CSS,
    "icon.svg": SVG,
    "inbox.svg": SVG,
    "key.svg": SVG,
};

/// The file of a name.
pub(crate) fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}
