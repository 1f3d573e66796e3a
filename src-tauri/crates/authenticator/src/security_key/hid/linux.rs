//! HID devices of Linux, <https://docs.kernel.org/hid/hidraw.html>.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use rustix::fs::OFlags;
use tokio::io::unix::AsyncFd;
use tokio::sync::mpsc::UnboundedSender;

use super::descriptor::is_security_key;
use super::frame::REPORT;
use super::{HidKey, Reports};
use crate::security_key::ctap::CtapError;
use crate::security_key::transport::KeyEvent;

/// Where the kernel lists HID devices.
const DEVICES: &str = "/sys/class/hidraw";
/// How often the list is looked at while somebody waits for a key.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// How many looks the system has to give a new device its permissions.
const LOOKS_FOR_PERMISSION: u32 = 5;
/// The kernel's own limit is 4096.
const LONGEST_DESCRIPTOR: u64 = 4096;

/// Tells of keys until nobody listens.
pub(in crate::security_key) async fn watch(events: UnboundedSender<KeyEvent>) {
    let mut known = HashSet::new();
    let mut denied = 0;
    let mut first = true;
    while !events.is_closed() {
        let present = devices();
        known.retain(|name| present.contains(name));
        for name in present {
            if known.contains(&name) {
                continue;
            }
            let opened = match open(Path::new("/dev").join(&name).as_path()) {
                Ok(device) => HidKey::open(device).await,
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied && denied < LOOKS_FOR_PERMISSION => {
                    denied += 1;
                    continue;
                }
                Err(error) => Err(CtapError::Transport(error.kind().to_string())),
            };
            denied = 0;
            let event = match opened {
                Ok(key) => KeyEvent::Added(Box::new(key)),
                Err(error) => KeyEvent::Unusable(error),
            };
            known.insert(name);
            // Fails only where nobody listens any more.
            let _ = events.send(event);
        }
        if first && denied == 0 {
            let _ = events.send(KeyEvent::Enumerated);
            first = false;
        }
        tokio::select! {
            () = events.closed() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// The names of the security keys among the devices.
fn devices() -> Vec<String> {
    // Where there is no such folder there are no devices.
    let entries = fs::read_dir(DEVICES).into_iter().flatten().flatten();
    let is_key = |name: &String| {
        let mut descriptor = Vec::new();
        let file = File::open(Path::new(DEVICES).join(name).join("device/report_descriptor"));
        let read = file.and_then(|file| file.take(LONGEST_DESCRIPTOR).read_to_end(&mut descriptor));
        read.is_ok() && is_security_key(&descriptor)
    };
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(is_key).collect()
}

fn open(path: &Path) -> io::Result<Device> {
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
    let file = OpenOptions::new().read(true).write(true).custom_flags(flags).open(path)?;
    #[allow(deprecated, reason = "sound for a file, which keeps its descriptor; what stands in its place is not safe")]
    let device = AsyncFd::new(file)?;
    Ok(Device(device))
}

struct Device(AsyncFd<File>);

#[async_trait]
impl Reports for Device {
    async fn read(&mut self) -> io::Result<[u8; REPORT]> {
        let mut report = [0; REPORT];
        let read = self.0.async_io_mut(tokio::io::Interest::READABLE, |file| file.read(&mut report)).await?;
        if read == REPORT { Ok(report) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn write(&mut self, report: &[u8; REPORT]) -> io::Result<()> {
        // The number of the report goes first; keys have one kind, which is 0.
        let mut numbered = [0; REPORT + 1];
        numbered.iter_mut().skip(1).zip(report).for_each(|(to, from)| *to = *from);
        self.0.get_mut().write_all(&numbered)
    }
}
