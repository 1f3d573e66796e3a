//! The TPM simulator swtpm on two ports of the loopback interface, with its state in a temporary folder.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "part of tests")]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Connection, Presence};

const START_WITHIN: Duration = Duration::from_secs(20);

/// A running TPM; ended when it is dropped.
pub struct Simulator {
    child: Child,
    port: u16,
}

impl Simulator {
    /// A TPM of its own.
    pub fn new() -> (TempDir, Self) {
        let state = tempfile::tempdir().unwrap();
        let simulator = Self::start(state.path());
        (state, simulator)
    }

    /// The TPM whose state is in this folder; a new one where the folder is empty.
    pub fn start(state: &Path) -> Self {
        // Another program may take the ports between the look and swtpm's start: then others are tried.
        (0..10).find_map(|_| Self::try_start(state)).expect("swtpm does not start")
    }

    fn try_start(state: &Path) -> Option<Self> {
        let port = two_free_ports();
        let at = |kind: &str, port: u16| format!("--{kind}=type=tcp,port={port},bindaddr=127.0.0.1");
        let child = Command::new("swtpm")
            .args(["socket", "--tpm2", "--flags=not-need-init,startup-clear"])
            .arg(format!("--tpmstate=dir={}", state.display()))
            .args([at("server", port), at("ctrl", port + 1)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("swtpm is not installed; `cargo xtask setup` installs it");
        let mut simulator = Self { child, port };
        let started = Instant::now();
        while started.elapsed() < START_WITHIN {
            if simulator.child.try_wait().unwrap().is_some() {
                return None;
            }
            let listens = TcpStream::connect((Ipv4Addr::LOCALHOST, port + 1)).is_ok();
            if listens && simulator.connection().presence() == Presence::Ready {
                return Some(simulator);
            }
            std::thread::yield_now();
        }
        None
    }

    pub fn connection(&self) -> Connection {
        Connection::Simulator(self.port)
    }

    /// Gives the lock-out's authorisation a value, as few computers with Linux have it (`TPM2_HierarchyChangeAuth`).
    pub fn guard_the_lock_out(&self) {
        let command = [
            &[0x80, 0x02, 0, 0, 0, 33, 0, 0, 0x01, 0x29, 0x40, 0, 0, 0x0a][..],
            // The empty password that it has until now.
            &[0, 0, 0, 9, 0x40, 0, 0, 0x09, 0, 0, 0, 0, 0],
            &[0, 4, b'a', b'u', b't', b'h'],
        ]
        .concat();
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.write_all(&command).unwrap();
        let mut answer = [0; 10];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(answer[6..], [0; 4], "TPM_RC_SUCCESS");
    }

    /// Pulls the plug.
    pub fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.end();
    }
}

/// The first of two ports in a row that nobody listens at.
fn two_free_ports() -> u16 {
    two_listeners().0.local_addr().unwrap().port()
}

fn two_listeners() -> (TcpListener, TcpListener) {
    let pair = || {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
        let next = first.local_addr().ok()?.port().checked_add(1)?;
        Some((first, TcpListener::bind((Ipv4Addr::LOCALHOST, next)).ok()?))
    };
    std::iter::repeat_with(pair).flatten().next().unwrap()
}

/// Somebody who reads everything that goes over the bus to a TPM and back.
pub struct Eavesdropper {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Eavesdropper {
    pub fn on(simulator: &Simulator) -> Self {
        let (data, control) = two_listeners();
        let port = data.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        for (listener, target) in [(data, simulator.port), (control, simulator.port + 1)] {
            let heard = Arc::clone(&heard);
            std::thread::spawn(move || {
                while let Ok((from, _)) = listener.accept() {
                    let Ok(to) = TcpStream::connect((Ipv4Addr::LOCALHOST, target)) else { return };
                    for (source, sink) in [(&from, &to), (&to, &from)] {
                        let (source, sink) = (source.try_clone().unwrap(), sink.try_clone().unwrap());
                        let heard = Arc::clone(&heard);
                        std::thread::spawn(move || relay(source, sink, &heard));
                    }
                }
            });
        }
        Self { port, heard }
    }

    pub fn connection(&self) -> Connection {
        Connection::Simulator(self.port)
    }

    pub fn heard(&self, what: &[u8]) -> bool {
        self.heard.lock().unwrap().windows(what.len()).any(|window| window == what)
    }
}

fn relay(mut source: TcpStream, mut sink: TcpStream, heard: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    while let Ok(length) = source.read(&mut buffer) {
        heard.lock().unwrap().extend_from_slice(&buffer[..length]);
        if length == 0 || sink.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = sink.shutdown(std::net::Shutdown::Both);
}
