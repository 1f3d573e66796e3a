//! Serves the conformance host; `tests/README.md` says how.
//!
//! `rekey-conformance [--bridge-port PORT] [--webdriver URL]` passes what is not its own on to a WebDriver that runs.
//! `rekey-conformance --port=PORT [ARGUMENT…]` is called like a WebDriver, as suites do: it starts the one that
//! `REKEY_CONFORMANCE_DRIVER` names with the other arguments, and listens on that port, too.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context as _, Result};
use rekey_tests::conformance::ConformanceHost;

/// Where pages find the host, unless it is said otherwise: the injected script has the address in it.
const BRIDGE_PORT: u16 = 4450;

#[tokio::main]
async fn main() -> Result<()> {
    let (mut bridge, mut port, mut driver, mut others) = (BRIDGE_PORT, None, None, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let (name, value) =
            argument.split_once('=').map_or((argument.as_str(), None), |(n, v)| (n, Some(v.to_owned())));
        let mut value = || value.clone().or_else(|| arguments.next()).context("an option without its value");
        match name {
            "--bridge-port" => bridge = value()?.parse()?,
            "--port" => port = Some(value()?.parse::<u16>()?),
            "--webdriver" => driver = Some(value()?),
            _ => others.push(argument),
        }
    }
    rekey_tests::log_to_stderr();
    let child = match std::env::var("REKEY_CONFORMANCE_DRIVER") {
        Ok(program) if driver.is_none() => {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            driver = Some(format!("http://127.0.0.1:{free}"));
            let mut command = tokio::process::Command::new(program);
            Some(command.arg(format!("--port={free}")).args(others).kill_on_drop(true).spawn()?)
        }
        _ => None,
    };
    let host = ConformanceHost::start(bridge, driver).await?;
    if let Some(port) = port {
        host.listen(port).await?;
    }
    println!("{}\n{}/script.js", host.url(), host.url());
    tokio::signal::ctrl_c().await?;
    drop(child);
    Ok(())
}
