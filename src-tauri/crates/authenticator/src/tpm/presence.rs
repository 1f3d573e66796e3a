//! Whether there is a TPM that can be used.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use tss_esapi::tcti_ldr::{DeviceConfig, NetworkTPMConfig, TctiInfo};
use tss_esapi::{Context, TctiNameConf};

use super::TpmError;

/// The TPM behind the kernel's resource manager, which lets several programs use it.
const DEVICE: &str = "/dev/tpmrm0";
/// Says "1" or "2".
const VERSION: &str = "/sys/class/tpm/tpm0/tpm_version_major";

/// How a TPM is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// Through a device of the kernel, `/dev/tpmrm0` as a rule.
    Device(PathBuf),
    /// The simulator `swtpm` at this port of the loopback interface, its control channel at the next one.
    Simulator(u16),
}

/// Whether the computer has a TPM that can be used, and if not, what is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It answers.
    Ready,
    /// There is none, or the firmware has it switched off.
    NoDevice,
    /// It is of version 1.2, which cannot keep passkeys.
    Version1,
    /// The system does not let this person use it: the group that owns the device (`tss`, as a rule) may.
    NoPermission(PathBuf),
    /// The library `libtss2-tcti-device` is not installed.
    LibraryMissing,
    /// It is there, but does not answer.
    NoAnswer,
}

impl Default for Connection {
    fn default() -> Self {
        Self::Device(DEVICE.into())
    }
}

impl Connection {
    /// Looks without changing anything.
    pub fn presence(&self) -> Presence {
        if let Self::Device(path) = self {
            match File::options().read(true).write(true).open(path).map_err(|error| error.kind()) {
                // Another program may hold a device without a resource manager for a moment; the TPM is there.
                Ok(_) | Err(io::ErrorKind::ResourceBusy) => {}
                Err(io::ErrorKind::PermissionDenied) => return Presence::NoPermission(path.clone()),
                Err(_) => return absent(Path::new(VERSION)),
            }
        }
        let Ok(tcti) = self.tcti() else { return Presence::NoDevice };
        if TctiInfo::get_info(tcti.clone()).is_err() {
            return Presence::LibraryMissing;
        }
        let answers = Context::new(tcti)
            .and_then(|mut context| context.get_tpm_property(tss_esapi::constants::PropertyTag::Revision));
        if answers.is_ok() { Presence::Ready } else { Presence::NoAnswer }
    }

    pub(super) fn tcti(&self) -> Result<TctiNameConf, TpmError> {
        let unusable = |_| TpmError::NoDevice;
        Ok(match self {
            Self::Device(path) => {
                let path = path.to_str().ok_or(TpmError::NoDevice)?;
                TctiNameConf::Device(DeviceConfig::from_str(path).map_err(unusable)?)
            }
            Self::Simulator(port) => {
                let at = format!("host=127.0.0.1,port={port}");
                TctiNameConf::Swtpm(NetworkTPMConfig::from_str(&at).map_err(unusable)?)
            }
        })
    }

    /// The reason why a connection failed, in the words of [`Presence`].
    pub(super) fn explain(&self, error: TpmError) -> TpmError {
        match self.presence() {
            Presence::Ready => error,
            Presence::NoDevice => TpmError::NoDevice,
            Presence::Version1 => TpmError::Version1,
            Presence::NoPermission(path) => TpmError::NoPermission(path),
            Presence::LibraryMissing => TpmError::LibraryMissing,
            Presence::NoAnswer => TpmError::Gone,
        }
    }
}

fn absent(version: &Path) -> Presence {
    let version = fs::read_to_string(version).unwrap_or_default();
    if version.trim() == "1" { Presence::Version1 } else { Presence::NoDevice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_not_there() {
        let nowhere = tempfile::tempdir().unwrap().path().join("tpmrm0");
        assert_eq!(Connection::Device(nowhere).presence(), Presence::NoDevice);
        assert_eq!(absent(Path::new("/nonexistent")), Presence::NoDevice);
    }

    #[test]
    fn a_tpm_of_version_1() {
        let folder = tempfile::tempdir().unwrap();
        let check = |says: &str, expect: Presence| {
            let path = folder.path().join("version");
            fs::write(&path, says).unwrap();
            assert_eq!(absent(&path), expect, "{says}");
        };
        check("1\n", Presence::Version1);
        check("2\n", Presence::NoDevice);
    }

    #[test]
    fn a_simulator_that_is_not_there() {
        // Port 9 is "discard", which nothing serves.
        assert_eq!(Connection::Simulator(9).presence(), Presence::NoAnswer);
    }
}
