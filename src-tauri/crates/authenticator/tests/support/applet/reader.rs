//! The applet as a card in a virtual reader: APDUs (CTAP 11.3) over the protocol of vsmartcard's `vpcd`, and a `pcscd` of its
//! own in a mount namespace of its own, so that no other reader, card or service of the computer takes part.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::link::SoftKey;

/// FIDO's applet (CTAP 11.3.3).
const SELECT_FIDO: [u8; 8] = [0xa0, 0x00, 0x00, 0x06, 0x47, 0x2f, 0x00, 0x01];
/// T=0 and T=1, nothing else.
const ATR: [u8; 5] = [0x3b, 0x80, 0x80, 0x01, 0x01];
const OK: [u8; 2] = [0x90, 0x00];

/// A card.
struct Card {
    /// `None` is a card that is no security key.
    key: Option<SoftKey>,
    selected: bool,
    chained: Vec<u8>,
    rest: Vec<u8>,
}

/// A command, short or extended (ISO 7816-4).
struct Apdu<'a> {
    class: u8,
    instruction: u8,
    data: &'a [u8],
    /// How much may be answered.
    expected: usize,
}

impl<'a> Apdu<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (&[class, instruction, _, _], rest) = bytes.split_first_chunk::<4>()?;
        let short = |length: u8| if length == 0 { 256 } else { usize::from(length) };
        let (data, expected): (&[u8], usize) = match rest {
            [] => (&[], 0),
            [le] => (&[], short(*le)),
            [0, hi, lo, rest @ ..] => {
                let (data, le) = rest.split_at_checked(usize::from(u16::from_be_bytes([*hi, *lo])))?;
                (data, if le.is_empty() { 0 } else { 65536 })
            }
            [lc, rest @ ..] => {
                let (data, le) = rest.split_at_checked(usize::from(*lc))?;
                (data, le.first().map_or(0, |le| short(*le)))
            }
        };
        Some(Self { class, instruction, data, expected })
    }
}

impl Card {
    fn answer(&mut self, apdu: &[u8]) -> Vec<u8> {
        let Some(apdu) = Apdu::read(apdu) else { return vec![0x67, 0x00] };
        let Some(key) = &self.key else { return vec![0x6a, 0x82] };
        match (apdu.class, apdu.instruction) {
            (0x00, 0xa4) => {
                self.selected = apdu.data == SELECT_FIDO;
                if self.selected { [b"U2F_V2".as_slice(), &OK].concat() } else { vec![0x6a, 0x82] }
            }
            (0x90, 0x10) if self.selected => {
                self.chained.extend_from_slice(apdu.data);
                OK.to_vec()
            }
            (0x80, 0x10) if self.selected => {
                self.chained.extend_from_slice(apdu.data);
                let message = std::mem::take(&mut self.chained);
                self.rest = key.applet.lock().unwrap().answer(&message);
                self.portion(apdu.expected)
            }
            (0x80 | 0x00, 0xc0) if self.selected => self.portion(apdu.expected),
            (0x80, 0x12) => OK.to_vec(),
            _ => vec![0x6d, 0x00],
        }
    }

    /// As much as the reader takes, and how much is left.
    fn portion(&mut self, expected: usize) -> Vec<u8> {
        let left = self.rest.split_off(self.rest.len().min(expected));
        let mut portion = std::mem::replace(&mut self.rest, left);
        match self.rest.len() {
            0 => portion.extend(OK),
            more => portion.extend([0x61, u8::try_from(more).unwrap_or(0)]),
        }
        portion
    }

    /// Speaks with the reader until it is gone.
    fn serve(&mut self, mut reader: TcpStream) -> io::Result<()> {
        loop {
            let mut length = [0; 2];
            reader.read_exact(&mut length)?;
            let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
            reader.read_exact(&mut message)?;
            let answer = match message.as_slice() {
                // Off, on, reset.
                [0..=2] => {
                    self.selected = false;
                    if let Some(key) = &self.key {
                        key.applet.lock().unwrap().power_cycle();
                    }
                    continue;
                }
                [4] => ATR.to_vec(),
                apdu => self.answer(apdu),
            };
            let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
            reader.write_all(&[length.as_slice(), &answer].concat())?;
        }
    }
}

/// `pcscd` with two readers: one holds the key, the other a card that is none.
pub struct Reader {
    pcscd: Child,
    _folder: TempDir,
}

impl Reader {
    /// Starts it. Neither card can be taken out: the driver ends the daemon then.
    ///
    /// # Panics
    /// Where `pcscd`, vsmartcard's driver or `unshare` are not there: `cargo xtask setup` brings them.
    pub fn start(key: &SoftKey) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = two_ports();
        let port = first.local_addr().unwrap().port();
        for (listener, key) in [(first, Some(key.clone())), (second, None)] {
            thread::spawn(move || {
                for reader in listener.incoming().flatten() {
                    let mut card = Card { key: key.clone(), selected: false, chained: Vec::new(), rest: Vec::new() };
                    // Ends when the daemon does.
                    let _ = card.serve(reader);
                }
            });
        }
        let driver = driver().expect("vsmartcard's driver is installed (cargo xtask setup)");
        let config = format!(
            "FRIENDLYNAME \"Rekey test\"\nDEVICENAME 127.0.0.1:{port:#x}\nLIBPATH {}\nCHANNELID {port:#x}\n",
            driver.display()
        );
        std::fs::write(folder.path().join("rekey"), config).unwrap();
        let script = "mount -t tmpfs tmpfs /run && mkdir /run/pcscd && exec pcscd --foreground --config \"$0\"";
        let pcscd = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", script])
            .arg(folder.path())
            .env("PATH", path_with_sbin())
            .stdin(Stdio::null())
            .spawn()
            .expect("unshare is there");
        let mut reader = Self { pcscd, _folder: folder };
        let start = Instant::now();
        while !reader.socket().exists() {
            assert!(reader.pcscd.try_wait().unwrap().is_none(), "pcscd ended (is it installed? cargo xtask setup)");
            assert!(start.elapsed() < Duration::from_secs(60), "pcscd did not start");
            thread::sleep(Duration::from_millis(20));
        }
        reader
    }

    /// Where programs find the daemon (`PCSCLITE_CSOCK_NAME`).
    pub fn socket(&self) -> PathBuf {
        // Every program before the daemon replaces itself by the next, so its number is the child's.
        PathBuf::from(format!("/proc/{}/root/run/pcscd/pcscd.comm", self.pcscd.id()))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.pcscd.kill();
        let _ = self.pcscd.wait();
    }
}

/// The driver takes two neighbours.
fn two_ports() -> (TcpListener, TcpListener) {
    for _ in 0..100 {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let next = first.local_addr().unwrap().port().checked_add(1);
        if let Some(second) = next.and_then(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()) {
            return (first, second);
        }
    }
    panic!("no two free ports");
}

fn driver() -> Option<PathBuf> {
    const FOLDERS: [&str; 3] = [
        "/usr/lib/pcsc/drivers/serial",
        "/usr/lib64/pcsc/drivers/serial",
        "/usr/lib/x86_64-linux-gnu/pcsc/drivers/serial",
    ];
    FOLDERS.iter().map(|folder| Path::new(folder).join("libifdvpcd.so")).find(|driver| driver.exists())
}

/// Daemons are not on everybody's `PATH`.
fn path_with_sbin() -> String {
    format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default())
}
