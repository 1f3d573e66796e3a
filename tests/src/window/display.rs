use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// A screen of its own, in memory, that goes when this is dropped.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts a screen of this size in pixels.
    pub fn start(width: u16, height: u16) -> Result<Self> {
        let mut server = Command::new("Xvfb")
            // The server chooses a free number and says it once it answers.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb does not start: `cargo xtask setup` installs it")?;
        let mut number = String::new();
        let said = server.stdout.take().context("Xvfb has no stdout")?;
        BufReader::new(said).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb ended before it was ready");
        Ok(Self { server, name: format!(":{}", number.trim()) })
    }

    /// The display's name, for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Has a program show its windows here.
    pub fn apply(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // One that is gone already needs no ending.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
