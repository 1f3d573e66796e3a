//! Which browsers of the Chromium family are installed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// A browser that can be driven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBrowser {
    /// `Chrome`, `Chromium`, `Edge` or `Brave`.
    pub product: &'static str,
    /// Its version, or empty where it does not say.
    pub version: String,
    /// The program.
    pub path: PathBuf,
}

/// Where a product's program lies: names on `PATH` (Linux) and paths under the system's program folders.
struct Place {
    product: &'static str,
    names: &'static [&'static str],
    linux: &'static [&'static str],
    mac: &'static str,
    windows: &'static str,
}

/// In order of preference.
const PLACES: &[Place] = &[
    Place {
        product: "Chrome",
        names: &["google-chrome-stable", "google-chrome"],
        linux: &["/opt/google/chrome/chrome"],
        mac: "Google Chrome.app/Contents/MacOS/Google Chrome",
        windows: "Google/Chrome/Application/chrome.exe",
    },
    Place {
        product: "Chromium",
        names: &["chromium", "chromium-browser"],
        linux: &["/usr/lib/chromium/chromium", "/snap/bin/chromium"],
        mac: "Chromium.app/Contents/MacOS/Chromium",
        windows: "Chromium/Application/chrome.exe",
    },
    Place {
        product: "Edge",
        names: &["microsoft-edge-stable", "microsoft-edge"],
        linux: &["/opt/microsoft/msedge/msedge"],
        mac: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        windows: "Microsoft/Edge/Application/msedge.exe",
    },
    Place {
        product: "Brave",
        names: &["brave-browser-stable", "brave-browser", "brave"],
        linux: &["/opt/brave.com/brave/brave-browser"],
        mac: "Brave Browser.app/Contents/MacOS/Brave Browser",
        windows: "BraveSoftware/Brave-Browser/Application/brave.exe",
    },
];

/// The installed browsers that Rekey can drive, the preferred one first. Starts each found program once with
/// `--version` on Linux and macOS.
pub async fn discover() -> Vec<FoundBrowser> {
    let mut found = Vec::new();
    for place in PLACES {
        if let Some(path) = candidates(place).into_iter().find(|path| path.is_file()) {
            let version = version(&path).await;
            found.push(FoundBrowser { product: place.product, version, path });
        }
    }
    found
}

/// The product that a program's path speaks of; `Chromium` where it does not tell.
pub(super) fn product_of(program: &Path) -> &'static str {
    let path = program.to_string_lossy().to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| path.contains(word));
    if named(&["msedge", "microsoft-edge", "microsoft edge"]) {
        "Edge"
    } else if named(&["brave"]) {
        "Brave"
    } else if named(&["google-chrome", "google/chrome", "google\\chrome", "google chrome"]) {
        "Chrome"
    } else {
        "Chromium"
    }
}

fn candidates(place: &Place) -> Vec<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    if cfg!(windows) {
        ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
            .into_iter()
            .filter_map(variable)
            .map(|folder| folder.join(place.windows))
            .collect()
    } else if cfg!(target_os = "macos") {
        let home = variable("HOME").map(|home| home.join("Applications"));
        [Some(PathBuf::from("/Applications")), home].into_iter().flatten().map(|f| f.join(place.mac)).collect()
    } else {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path).flat_map(|folder| place.names.iter().map(move |n| folder.join(n)));
        on_path.chain(place.linux.iter().map(PathBuf::from)).collect()
    }
}

/// On Windows a browser opens a window when asked; there the version is the name of the folder beside the program.
async fn version(program: &Path) -> String {
    if cfg!(windows) {
        let folder = program.parent().and_then(|folder| std::fs::read_dir(folder).ok());
        let names = folder.into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        return names.filter_map(|name| version_in(&name).map(str::to_owned)).max().unwrap_or_default();
    }
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(Duration::from_secs(10), command.output()).await {
        Ok(Ok(output)) => version_in(&String::from_utf8_lossy(&output.stdout)).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// The first word that looks like a version (`156.0.8078.79`).
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| {
        word.contains('.') && word.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_browsers_print() {
        let check = |text, expect| assert_eq!(version_in(text), expect, "{text}");
        check("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", Some("156.0.8078.79"));
        check("Google Chrome 140.0.7339.80 ", Some("140.0.7339.80"));
        check("Brave Browser 139.1.81.131", Some("139.1.81.131"));
        check("no version", None);
        check("", None);
    }

    #[test]
    fn products_are_told_by_their_paths() {
        let check = |path: &str, expect| assert_eq!(product_of(Path::new(path)), expect, "{path}");
        check("/usr/bin/chromium", "Chromium");
        check("/usr/bin/google-chrome-stable", "Chrome");
        check("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "Edge");
        check("C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", "Chrome");
        check("/opt/brave.com/brave/brave-browser", "Brave");
    }
}
