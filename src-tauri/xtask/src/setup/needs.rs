//! What is needed, how to see that it is there, and the package that brings it on each system.

use std::path::Path;
use std::process::Command;

use super::Scope;
use crate::process::{on_path, succeeds};

/// How to see that something is there.
pub(super) enum Probe {
    /// One of these programs is on `PATH`.
    Program(&'static [&'static str]),
    /// `pkg-config` knows this library (asked on Linux only; elsewhere the system or Cargo brings it).
    Library(&'static str),
    /// A browser that can be driven is installed.
    Browser,
    /// Python can make virtual environments.
    PythonVenv,
    /// Node.js and npm, at least this major version.
    Node(u32),
    /// This program is on `PATH` (asked on Linux only: part of how WebKit works there).
    LinuxProgram(&'static str),
    /// One of these files is there (asked on Linux only).
    LinuxFiles(&'static [&'static str]),
    /// Perl has this module (asked on Linux only).
    PerlModule(&'static str),
    /// A font of this family (asked on Linux only).
    Font(&'static str),
    /// This file is there (asked on Linux only).
    LinuxFile(&'static str),
}

/// The names of one need's packages; an empty name: nothing to install there.
pub(super) struct Packages {
    pub(super) debian: &'static str,
    pub(super) ubuntu: &'static str,
    pub(super) fedora: &'static str,
    pub(super) arch: &'static str,
    pub(super) macos: &'static str,
    pub(super) windows: &'static str,
}

/// One thing that is needed.
pub(super) struct Need {
    pub(super) scope: Scope,
    pub(super) probe: Probe,
    pub(super) packages: Packages,
}

const fn need(scope: Scope, probe: Probe, [debian, ubuntu, fedora, arch, macos, windows]: [&'static str; 6]) -> Need {
    Need { scope, probe, packages: Packages { debian, ubuntu, fedora, arch, macos, windows } }
}

/// Columns: Debian, Ubuntu, Fedora, Arch, macOS (Homebrew), Windows (winget).
pub(super) const NEEDS: &[Need] = &[
    need(
        Scope::Demo,
        Probe::Program(&["c++", "g++", "clang++", "cl"]),
        [
            "build-essential",
            "build-essential",
            "gcc-c++ make",
            "base-devel",
            "(xcode-select --install)",
            "Microsoft.VisualStudio.2022.BuildTools",
        ],
    ),
    need(
        Scope::Demo,
        Probe::Program(&["pkg-config", "pkgconf"]),
        ["pkg-config", "pkg-config", "pkgconf-pkg-config", "pkgconf", "pkgconf", ""],
    ),
    need(
        Scope::Demo,
        Probe::Library("tss2-esys"),
        ["libtss2-dev", "libtss2-dev", "tpm2-tss-devel", "tpm2-tss", "", ""],
    ),
    need(Scope::Demo, Probe::Library("openssl"), ["libssl-dev", "libssl-dev", "openssl-devel", "openssl", "", ""]),
    need(
        Scope::Demo,
        Probe::Library("libpcsclite"),
        ["libpcsclite-dev", "libpcsclite-dev", "pcsc-lite-devel", "pcsclite", "", ""],
    ),
    need(
        Scope::Demo,
        Probe::Browser,
        [
            "chromium chromium-sandbox",
            "chromium-browser",
            "chromium",
            "chromium",
            "--cask google-chrome",
            "Google.Chrome",
        ],
    ),
    need(
        Scope::Window,
        Probe::Library("webkit2gtk-4.1"),
        ["libwebkit2gtk-4.1-dev", "libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel", "webkit2gtk-4.1", "", ""],
    ),
    need(Scope::Window, Probe::Library("gtk+-3.0"), ["libgtk-3-dev", "libgtk-3-dev", "gtk3-devel", "gtk3", "", ""]),
    need(
        Scope::Window,
        Probe::Library("librsvg-2.0"),
        ["librsvg2-dev", "librsvg2-dev", "librsvg2-devel", "librsvg", "", ""],
    ),
    need(Scope::Window, Probe::LinuxProgram("bwrap"), ["bubblewrap", "bubblewrap", "bubblewrap", "bubblewrap", "", ""]),
    need(
        Scope::Window,
        Probe::LinuxProgram("xdg-dbus-proxy"),
        ["xdg-dbus-proxy", "xdg-dbus-proxy", "xdg-dbus-proxy", "xdg-dbus-proxy", "", ""],
    ),
    need(
        Scope::Window,
        Probe::Node(20),
        ["nodejs npm", "nodejs npm", "nodejs npm", "nodejs npm", "node", "OpenJS.NodeJS.LTS"],
    ),
    need(
        Scope::Walk,
        Probe::LinuxProgram("Xvfb"),
        ["xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb", "", ""],
    ),
    need(
        Scope::Walk,
        Probe::LinuxProgram("WebKitWebDriver"),
        ["webkit2gtk-driver", "webkit2gtk-driver", "webkit2gtk-driver", "webkit2gtk-4.1", "", ""],
    ),
    need(
        Scope::Test,
        Probe::Program(&["keepassxc-cli"]),
        ["keepassxc", "keepassxc", "keepassxc", "keepassxc", "--cask keepassxc", "KeePassXCTeam.KeePassXC"],
    ),
    need(Scope::Test, Probe::Program(&["age"]), ["age", "age", "age", "age", "age", "FiloSottile.age"]),
    need(Scope::Test, Probe::LinuxProgram("gpg"), ["gnupg", "gnupg", "gnupg2", "gnupg", "", ""]),
    need(Scope::Test, Probe::LinuxProgram("pass"), ["pass", "pass", "pass", "pass", "", ""]),
    need(Scope::Test, Probe::LinuxProgram("swtpm"), ["swtpm", "swtpm", "swtpm", "swtpm", "", ""]),
    need(
        Scope::Test,
        Probe::PythonVenv,
        ["python3-venv", "python3-venv", "python3", "python", "python", "Python.Python.3.13"],
    ),
    need(
        Scope::Test,
        Probe::LinuxFiles(&["/usr/sbin/pcscd", "/usr/bin/pcscd"]),
        ["pcscd", "pcscd", "pcsc-lite", "pcsclite", "", ""],
    ),
    need(
        Scope::Test,
        Probe::LinuxFiles(&[
            "/usr/lib/pcsc/drivers/serial/libifdvpcd.so",
            "/usr/lib64/pcsc/drivers/serial/libifdvpcd.so",
        ]),
        // Fedora and Arch have it outside their own archives only.
        ["vsmartcard-vpcd", "vsmartcard-vpcd", "vsmartcard", "virtualsmartcard", "", ""],
    ),
    need(
        Scope::Test,
        Probe::PerlModule("File::KeePass"),
        ["libfile-keepass-perl", "libfile-keepass-perl", "perl-File-KeePass", "perl-file-keepass", "", ""],
    ),
    need(
        Scope::Full,
        Probe::LinuxProgram("firefox-esr"),
        ["firefox-esr", "firefox", "firefox", "firefox", "--cask firefox", "Mozilla.Firefox"],
    ),
    need(Scope::Test, Probe::LinuxProgram("dbus-daemon"), ["dbus", "dbus", "dbus-daemon", "dbus", "", ""]),
    need(Scope::Test, Probe::Program(&["git"]), ["git", "git", "git", "git", "git", "Git.Git"]),
    need(
        Scope::Walk,
        Probe::Font("DejaVu Sans"),
        [
            "fontconfig fonts-dejavu-core",
            "fontconfig fonts-dejavu-core",
            "fontconfig dejavu-sans-fonts",
            "fontconfig ttf-dejavu",
            "",
            "",
        ],
    ),
];

/// What `check-os` needs beside them: a compiler of C for Windows.
pub(super) const CROSS: &[Need] = &[need(
    Scope::Full,
    Probe::Program(&["x86_64-w64-mingw32-gcc"]),
    ["gcc-mingw-w64-x86-64-posix", "gcc-mingw-w64-x86-64-posix", "mingw64-gcc", "mingw-w64-gcc", "mingw-w64", ""],
)];

/// A Rust that builds the standard library of other systems, where the one in use does not have it. Debian alone has it.
pub(super) const CROSS_RUST: &[Need] = &[
    need(Scope::Full, Probe::LinuxFile("/usr/bin/cargo"), ["rustc-web cargo-web", "", "", "", "", ""]),
    need(
        Scope::Full,
        Probe::LinuxFile("/usr/lib/rustlib/src/rust/library/Cargo.toml"),
        ["rust-web-src", "", "", "", "", ""],
    ),
];

/// What runs programs of Windows.
pub(super) const WINE: &[Need] =
    &[need(Scope::Full, Probe::LinuxFile("/usr/lib/wine/wine64"), ["wine64", "wine64", "wine-core", "wine", "", ""])];

impl Need {
    /// Whether it is there already.
    pub(super) fn is_met(&self) -> bool {
        match self.probe {
            Probe::Program(names) => on_path(names),
            Probe::Library(name) => {
                !cfg!(target_os = "linux") || succeeds(Command::new("pkg-config").args(["--exists", name]))
            }
            Probe::LinuxProgram(name) => !cfg!(target_os = "linux") || on_path(&[name]),
            Probe::LinuxFiles(paths) => !cfg!(target_os = "linux") || paths.iter().any(|path| Path::new(path).exists()),
            Probe::PerlModule(name) => {
                !cfg!(target_os = "linux") || succeeds(Command::new("perl").arg(format!("-M{name}")).args(["-e", "1"]))
            }
            Probe::LinuxFile(path) => !cfg!(target_os = "linux") || Path::new(path).is_file(),
            Probe::Browser => browser_is_there(),
            Probe::PythonVenv => super::python::interpreters()
                .iter()
                .any(|name| succeeds(Command::new(name).args(["-c", "import venv, ensurepip"]))),
            Probe::Node(major) => {
                on_path(&["npm", "npm.cmd"]) && super::node::major_version().is_some_and(|found| found >= major)
            }
            Probe::Font(family) => {
                !cfg!(target_os = "linux")
                    || crate::process::output(Command::new("fc-list").args([family, "family"]))
                        .is_ok_and(|fonts| !fonts.trim().is_empty())
            }
        }
    }
}

/// The browser's own driver looks more closely; here it is enough that one of them is installed in a usual place.
fn browser_is_there() -> bool {
    const PROGRAMS: &[&str] = &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "brave-browser",
        "brave",
    ];
    const MACOS: &[&str] = &["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"];
    if cfg!(windows) {
        // Edge is a part of Windows.
        return true;
    }
    if cfg!(target_os = "macos") {
        return MACOS.iter().any(|name| Path::new("/Applications").join(format!("{name}.app")).exists());
    }
    on_path(PROGRAMS)
}
