use serde::{Deserialize, Serialize};

/// Where a passkey can live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Home {
    /// Rekey's own file `Passkeys.kdbx`.
    Store,
    /// A security key on USB or NFC.
    SecurityKey,
    /// Windows Hello.
    WindowsHello,
    /// iCloud Keychain.
    #[serde(rename = "icloud-keychain")]
    ICloudKeychain,
    /// The profile of a browser: bound to it, and lost with it, unless the browser's own account syncs it.
    BrowserProfile,
    /// The computer's TPM 2.0: only on this computer, and lost with it, with the TPM's contents, or with Rekey's profile.
    Tpm,
    /// A phone that is near.
    Phone,
    /// The person's own password manager.
    OwnManager,
}

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Linux.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// How a site is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// In an installed browser that Rekey drives.
    OwnBrowser,
    /// In a window of Rekey's own.
    Embedded,
    /// In the person's own browser, by hand.
    ByHand,
}

impl System {
    /// The system that this program runs on, where it is one that Rekey knows.
    pub const fn current() -> Option<Self> {
        if cfg!(target_os = "linux") {
            Some(Self::Linux)
        } else if cfg!(target_os = "macos") {
            Some(Self::MacOs)
        } else if cfg!(target_os = "windows") {
            Some(Self::Windows)
        } else {
            None
        }
    }
}

impl Home {
    /// Every home.
    pub const ALL: [Self; 8] = [
        Self::Store,
        Self::SecurityKey,
        Self::WindowsHello,
        Self::ICloudKeychain,
        Self::BrowserProfile,
        Self::Tpm,
        Self::Phone,
        Self::OwnManager,
    ];

    /// The home as the ledger and scripts name it, the same as its serialised form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::SecurityKey => "security-key",
            Self::WindowsHello => "windows-hello",
            Self::ICloudKeychain => "icloud-keychain",
            Self::BrowserProfile => "browser-profile",
            Self::Tpm => "tpm",
            Self::Phone => "phone",
            Self::OwnManager => "own-manager",
        }
    }
}

/// Where a passkey can live on this system when sites are shown this way, the recommended ones first.
pub fn homes(system: System, way: Way) -> Vec<Home> {
    use Home::*;
    let recommended: &[Home] = match system {
        System::Windows => &[WindowsHello, SecurityKey, Phone, Store],
        System::MacOs => &[ICloudKeychain, SecurityKey, Phone, Store, BrowserProfile],
        System::Linux => &[Tpm, Store, SecurityKey, Phone, BrowserProfile],
    };
    let mut homes: Vec<Home> = recommended.to_vec();
    match way {
        Way::OwnBrowser => {}
        // A window of Rekey's own has no browser profile of the person's.
        Way::Embedded => homes.retain(|home| !matches!(home, BrowserProfile)),
        // Nothing reaches Rekey's own authenticators from the person's browser.
        Way::ByHand => {
            homes.retain(|home| !matches!(home, Store | Tpm));
            homes.insert(0, OwnManager);
        }
    }
    homes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_way_rules_out_is_not_named() {
        assert_eq!(homes(System::Linux, Way::ByHand).first(), Some(&Home::OwnManager));
        assert!(!homes(System::Windows, Way::ByHand).contains(&Home::Store));
        assert!(!homes(System::MacOs, Way::Embedded).contains(&Home::BrowserProfile));
    }

    #[test]
    fn codes_are_the_serialised_ones() {
        for home in Home::ALL {
            assert_eq!(serde_json::to_value(home).unwrap(), home.code());
        }
    }
}
