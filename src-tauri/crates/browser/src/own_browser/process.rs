//! The browser's process: started with a pipe, ended with everything it started.

use std::io;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::process::{Child, Command};

use super::Options;
use super::profile::Profile;
use crate::DriverError;

/// The browser's last words that are kept, in bytes.
const LAST_WORDS: usize = 8 << 10;

/// A running browser. Dropping it ends the browser and all processes it started.
pub(super) struct Process {
    child: Child,
    group: Option<Pid>,
    words: Arc<Mutex<Vec<u8>>>,
    /// Until it has ended.
    profile: Option<Profile>,
}

/// The two ends of the pipe that are Rekey's.
pub(super) struct Pipe {
    pub(super) reader: Receiver,
    pub(super) writer: Sender,
}

/// Whether this process runs as root, where the browser's sandbox does not start.
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Process {
    /// Starts the browser.
    pub(super) fn start(options: &Options) -> Result<(Self, Pipe), DriverError> {
        let profile = match options.keep_profile {
            true => Profile::kept(&options.profile_dir)?,
            false => Profile::fresh(&options.profile_dir)?,
        };

        // The browser reads commands from 3 and writes to 4.
        let (commands_reader, commands_writer) = io::pipe().map_err(DriverError::Start)?;
        let (events_reader, events_writer) = io::pipe().map_err(DriverError::Start)?;
        let mut command = Command::new(&options.program);
        command
            .args(super::arguments::of(options, profile.folder()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
            .fd_mappings(vec![
                FdMapping { parent_fd: commands_reader.into(), child_fd: 3 },
                FdMapping { parent_fd: events_writer.into(), child_fd: 4 },
            ])
            .map_err(|error| DriverError::Start(io::Error::other(error)))?;
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                end_profile(profile);
                return Err(DriverError::Start(error));
            }
        };
        // Closes our copies of the browser's ends, so that the pipe ends with the browser.
        drop(command);

        let group = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        let words = Arc::new(Mutex::new(Vec::new()));
        if let Some(mut stderr) = child.stderr.take() {
            let words = Arc::clone(&words);
            tokio::spawn(async move {
                let mut chunk = Vec::with_capacity(1024);
                while matches!(stderr.read_buf(&mut chunk).await, Ok(n) if n > 0) {
                    let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
                    words.append(&mut chunk);
                    let excess = words.len().saturating_sub(LAST_WORDS);
                    words.drain(..excess);
                }
            });
        }
        let process = Self { child, group, words, profile: Some(profile) };
        let pipe = Pipe {
            reader: Receiver::from_owned_fd(events_reader.into()).map_err(DriverError::Start)?,
            writer: Sender::from_owned_fd(commands_writer.into()).map_err(DriverError::Start)?,
        };
        Ok((process, pipe))
    }

    /// The id of the browser's process, while it runs.
    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Why the browser ended before it said a word.
    pub(super) async fn start_failure(&mut self) -> DriverError {
        // Its last words may still be on their way.
        let status = tokio::time::timeout(Duration::from_secs(5), self.child.wait()).await;
        let words = String::from_utf8_lossy(&self.words.lock().unwrap_or_else(PoisonError::into_inner)).into_owned();
        if words.contains("No usable sandbox") || words.contains("without --no-sandbox is not supported") {
            return DriverError::NoSandbox;
        }
        tracing::debug!(%words, "the browser did not start");
        match status {
            Ok(Ok(status)) => DriverError::Start(io::Error::other(format!("it ended at once ({status})"))),
            Ok(Err(error)) => DriverError::Start(error),
            Err(_) => DriverError::TimedOut,
        }
    }

    /// Waits for the browser to end by itself, then ends what is left, and removes the profile if it was made for this run.
    pub(super) async fn end(mut self, patience: Duration) -> Result<(), DriverError> {
        if tokio::time::timeout(patience, self.child.wait()).await.is_err() {
            tracing::debug!("the browser is ended by force");
        }
        self.kill_group();
        self.child.wait().await.map_err(DriverError::Start)?;
        self.group_ended().await;
        let Some(profile) = self.profile.take() else { return Ok(()) };
        let removed = tokio::task::spawn_blocking(move || profile.end()).await;
        removed.map_err(io::Error::other).flatten().map_err(DriverError::Start)
    }

    /// Waits until no process of the group is left: until then one may still write into the profile.
    async fn group_ended(&self) {
        let Some(group) = self.group else { return };
        let mut again = tokio::time::interval(Duration::from_millis(10));
        // A killed process is gone within milliseconds; the limit is for one that hangs in the kernel.
        for _ in 0..500 {
            if rustix::process::test_kill_process_group(group).is_err() {
                return;
            }
            again.tick().await;
        }
    }

    fn kill_group(&self) {
        if let Some(group) = self.group {
            // Nobody left in the group is as good.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill_group();
        // One that still runs may write into its profile; then the next run removes it.
        if matches!(self.child.try_wait(), Ok(Some(_)))
            && let Some(profile) = self.profile.take()
        {
            end_profile(profile);
        }
    }
}

/// Ends the profile of a browser that did not start, or did not stay.
fn end_profile(profile: Profile) {
    if let Err(error) = profile.end() {
        tracing::debug!(%error, "the profile could not be removed");
    }
}
