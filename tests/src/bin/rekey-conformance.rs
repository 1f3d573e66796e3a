//! Serves the conformance host: `rekey-conformance [--port PORT] [--webdriver URL]`. See `tests/README.md`.
#![allow(clippy::print_stdout, reason = "a program's output")]

use anyhow::{Context as _, Result, bail};
use rekey_tests::conformance::ConformanceHost;

#[tokio::main]
async fn main() -> Result<()> {
    let (mut port, mut driver) = (4450, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--port" => port = arguments.next().context("--port PORT")?.parse()?,
            "--webdriver" => driver = Some(arguments.next().context("--webdriver URL")?),
            other => bail!("cannot read {other}: rekey-conformance [--port PORT] [--webdriver URL]"),
        }
    }
    rekey_tests::log_to_stderr();
    let host = ConformanceHost::start(port, driver).await?;
    println!("{}\n{}/script.js", host.url(), host.url());
    tokio::signal::ctrl_c().await?;
    Ok(())
}
