//! Sites that other people wrote, on loopback.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use command_fds::{CommandFdExt as _, FdMapping};
use tempfile::TempDir;

use crate::software::{relying_parties, sites_python};
use crate::vault_file::VaultEntry;

/// How long the site may take to answer its first request.
const START: Duration = Duration::from_secs(60);

/// The child's number for the socket it is handed.
const SOCKET: i32 = 3;

/// What varies between django-allauth sites.
#[derive(Debug, Clone)]
pub struct AllauthOptions {
    /// The pages' language (`en`, `es`, …).
    pub language: &'static str,
    /// Whether a passkey may sign a person in by itself; otherwise it is a second factor only.
    pub passkey_login: bool,
    /// For how long one re-authentication counts. Signing in never counts as one, so adding a passkey always asks.
    pub reauth_timeout: Duration,
    /// Whether the user has one-time codes as a second factor.
    pub totp: bool,
}

impl Default for AllauthOptions {
    fn default() -> Self {
        Self { language: "en", passkey_login: true, reauth_timeout: Duration::from_secs(300), totp: true }
    }
}

/// A django-allauth site with one user; stopped and removed when dropped.
#[derive(Debug)]
pub struct Allauth {
    /// The site's address, with a slash at the end.
    pub url: String,
    /// The page to sign in at.
    pub sign_in_url: String,
    /// The page to add a passkey at.
    pub passkeys_url: String,
    /// The user.
    pub user_name: &'static str,
    /// The user's password.
    pub password: &'static str,
    /// The secret of the user's one-time codes in Base32, if there are any.
    pub totp_secret: Option<&'static str>,
    server: Child,
    _data: TempDir,
}

impl Allauth {
    /// The user's entry as a vault would hold it.
    pub fn entry(&self) -> VaultEntry {
        VaultEntry {
            title: "A site".into(),
            url: self.url.clone(),
            user_name: self.user_name.into(),
            password: self.password.into(),
            otp: self.totp_secret.unwrap_or_default().into(),
        }
    }

    /// Starts a fresh site on a port of its own and returns when it answers.
    pub fn start(options: &AllauthOptions) -> Result<Self> {
        let python = sites_python()?;
        let data = TempDir::with_prefix("rekey-allauth-")?;
        let user_name = "robin";
        let password = "Plum-Kettle-41-harbour";
        let totp_secret = options.totp.then_some("KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU");
        let site = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(relying_parties().join("allauth")).stdin(Stdio::null()).stdout(Stdio::null());
            command.env("DJANGO_SETTINGS_MODULE", "settings").env("PYTHONDONTWRITEBYTECODE", "1");
            command.env("SITE_DATA", data.path()).env("SITE_USER", user_name).env("SITE_PASSWORD", password);
            command.env("SITE_TOTP_SECRET", totp_secret.unwrap_or_default()).env("LANGUAGE_CODE", options.language);
            command.env("PASSKEY_LOGIN", if options.passkey_login { "1" } else { "0" });
            command.env("REAUTH_TIMEOUT", options.reauth_timeout.as_secs().to_string());
            command
        };

        let prepared = site(&python).arg("prepare.py").output()?;
        ensure!(prepared.status.success(), "prepare.py: {}", String::from_utf8_lossy(&prepared.stderr));

        // The socket is bound here and handed over, so no other program can take the port in between.
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = socket.local_addr()?;
        let log = data.path().join("server.log");
        let mut command = site(&python);
        // One worker: the site keeps used codes and failed attempts in the worker's memory.
        command.args(["-m", "gunicorn", "--bind", &format!("fd://{SOCKET}"), "--workers", "1", "--threads", "4"]);
        command.args(["--graceful-timeout", "1", "--log-level", "warning", "wsgi"]);
        command.stderr(File::create(&log)?);
        command.fd_mappings(vec![FdMapping { parent_fd: OwnedFd::from(socket), child_fd: SOCKET }])?;
        let server = command.spawn()?;
        drop(command);

        let url = format!("http://localhost:{}/", address.port());
        let site = Self {
            sign_in_url: format!("{url}accounts/login/"),
            passkeys_url: format!("{url}accounts/2fa/webauthn/add/"),
            url,
            user_name,
            password,
            totp_secret,
            server,
            _data: data,
        };
        match first_answer(address, "/accounts/login/") {
            Ok(()) => Ok(site),
            Err(error) => Err(error.context(std::fs::read_to_string(&log).unwrap_or_default())),
        }
    }
}

impl Drop for Allauth {
    fn drop(&mut self) {
        // The server ends its workers when it is asked to end; killed at once, it would leave them behind.
        let asked = Command::new("kill").arg(self.server.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

/// Waits for the answer to one request; the socket takes the connection before the server is ready for it.
fn first_answer(address: SocketAddr, path: &str) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(START))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost:{}\r\n\r\n", address.port())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).context("the site did not answer")?;
    let answer = String::from_utf8_lossy(&answer);
    match answer.lines().next() {
        Some(status) if status.contains(" 200 ") => Ok(()),
        status => bail!("the site answered {status:?}"),
    }
}
