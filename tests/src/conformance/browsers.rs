//! Pages in browsers that other people wrote, with the conformance host's script before their own.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use rekey_browser::own_browser::discover;
use serde_json::{Map, Value, json};

use super::ConformanceHost;
use crate::rehearsal::is_root;
use crate::software::clients_python;

/// What pages found, by their address: names of checks, and what came of each.
pub type Results = Map<String, Value>;

/// Shows pages in the installed Chromium; each leaves its results in `window.__results`.
pub async fn in_chromium(host: &ConformanceHost, pages: &[String]) -> Result<Results> {
    let found = discover().await.into_iter().next().context("no browser is installed")?;
    let job = json!({
        "browser": { "path": found.path, "sandbox": !is_root() },
        "script": format!("{}/script.js", host.url()),
        "pages": pages,
    });
    tokio::task::spawn_blocking(move || play(&job)).await?
}

fn play(job: &Value) -> Result<Results> {
    let mut command = Command::new(clients_python()?);
    command.arg("chromium.py").current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance"));
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("no input")?.write_all(job.to_string().as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the browser's program ended with {}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// WebKitGTK's own small browser, which comes with the library.
#[cfg(target_os = "linux")]
pub fn mini_browser() -> Result<std::path::PathBuf> {
    let libraries = ["lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "lib", "libexec", "lib64"];
    let places = libraries.map(|folder| Path::new("/usr").join(folder).join("webkit2gtk-4.1/MiniBrowser"));
    places.into_iter().find(|path| path.is_file()).context("WebKitGTK's MiniBrowser is missing")
}

/// Shows pages in WebKitGTK's own small browser, which has no WebAuthn. WebDriver cannot put a script before a page's, so
/// the pages load it first.
#[cfg(target_os = "linux")]
pub async fn in_webkit(pages: &[String]) -> Result<Results> {
    let pages = pages.to_vec();
    tokio::task::spawn_blocking(move || {
        use crate::window::{Display, Session, WindowOptions};
        let display = Display::start(1000, 700)?;
        let options = WindowOptions {
            program: Some(mini_browser()?),
            arguments: vec!["--automation".to_owned()],
            environment: Vec::new(),
        };
        let session = Session::start(&display, &options)?;
        let mut results = Results::new();
        for page in pages {
            session.script("location.href = arguments[0]", &[page.clone().into()])?;
            let found = session.wait("the page is done", || {
                let ask = "return location.href === arguments[0] && window.__done !== undefined ? window.__done : null";
                Ok(Some(session.script(ask, &[page.clone().into()])?).filter(|found| !found.is_null()))
            })?;
            results.insert(page, found);
        }
        Ok(results)
    })
    .await?
}
