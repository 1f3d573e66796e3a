//! Ceremonies, judged by relying parties that other people wrote: `webauthn-rs`, `py_webauthn`, python-fido2 and
//! `@simplewebauthn/server`. Each gets all cases in one process, a line for each.

mod matrix;
mod rust;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use matrix::{DIMENSIONS, Row, pairwise};

use crate::{programs, software};

/// A registration and a sign-in with what it made, and what the relying party expects of them.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// For people.
    pub name: String,
    /// The relying party's identifier.
    pub rp_id: String,
    /// The only origin that is right.
    pub origin: String,
    /// Whether the person must have been verified.
    pub verified: bool,
    /// The only COSE algorithm that is right.
    pub algorithm: i64,
    /// In base64url.
    pub registration_challenge: String,
    /// In base64url.
    pub authentication_challenge: String,
    /// A `RegistrationResponseJSON`.
    pub registration: Value,
    /// An `AuthenticationResponseJSON`.
    pub authentication: Value,
    /// Whether the calling page is in a frame of another origin.
    pub cross_origin: bool,
    /// The only origin of the page around it that is right.
    pub top_origin: Option<String>,
    /// The certificate (PEM) that attestations must lead to, where they lead to one.
    pub root: Option<String>,
}

/// What a verifier says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Verdict {
    /// Whether it accepted both ceremonies.
    pub accepted: bool,
    /// Why not.
    #[serde(default)]
    pub reason: String,
}

/// A relying party that other people wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verifier {
    /// <https://docs.rs/webauthn-rs-core>
    WebauthnRs,
    /// <https://pypi.org/project/webauthn/>
    PyWebauthn,
    /// <https://pypi.org/project/fido2/>
    PythonFido2,
    /// <https://www.npmjs.com/package/@simplewebauthn/server>
    SimpleWebauthn,
}

impl Verifier {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::WebauthnRs, Self::PyWebauthn, Self::PythonFido2, Self::SimpleWebauthn];

    /// What it says of each case.
    pub fn judge(self, cases: &[Case]) -> Result<Vec<Verdict>> {
        let script = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("verifiers").join(name);
        let mut command = match self {
            Self::WebauthnRs => return Ok(cases.iter().map(rust::judge).collect()),
            Self::PyWebauthn => Command::new(software::oracles_python()?),
            Self::PythonFido2 => Command::new(software::clients_python()?),
            Self::SimpleWebauthn => Command::new("node"),
        };
        match self {
            Self::PyWebauthn => command.arg(script("py_webauthn.py")),
            Self::PythonFido2 => command.arg(script("python_fido2.py")),
            _ => command.arg(script("simplewebauthn.cjs")).env("REKEY_PROGRAMS_NODE", programs::node_packages()?),
        };
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
        let verdicts = ask(command, cases).with_context(|| format!("{self:?}"))?;
        ensure!(verdicts.len() == cases.len(), "{self:?} said {} of {}", verdicts.len(), cases.len());
        Ok(verdicts)
    }
}

fn ask(mut command: Command, cases: &[Case]) -> Result<Vec<Verdict>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().context("no input")?;
    let output = child.stdout.take().context("no output")?;
    let lines: Vec<String> = cases.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let writer = std::thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
    let verdicts = BufReader::new(output).lines().map(|line| Ok(serde_json::from_str(&line?)?));
    let verdicts: Result<Vec<Verdict>> = verdicts.collect();
    let written = writer.join();
    let status = child.wait()?;
    ensure!(status.success() && matches!(written, Ok(Ok(()))), "it ended with {status}");
    verdicts
}

/// The same case with one lie in it, which every verifier must find.
#[derive(Debug, Clone, Copy)]
pub enum Lie {
    /// One bit of the assertion's signature.
    Signature,
    /// The page is another's.
    Origin,
    /// The registration answers another challenge.
    RegistrationChallenge,
    /// The assertion answers another challenge.
    AuthenticationChallenge,
    /// The relying party is another.
    RpId,
}

impl Lie {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Signature, Self::Origin, Self::RegistrationChallenge, Self::AuthenticationChallenge, Self::RpId];

    /// The case with the lie.
    ///
    /// # Errors
    /// Where the case has no signature.
    pub fn in_case(self, case: &Case) -> Result<Case> {
        let mut case = case.clone();
        case.name = format!("{} with another {self:?}", case.name);
        match self {
            Self::Signature => {
                let signature = case.authentication.pointer_mut("/response/signature").context("no signature")?;
                let mut bytes = URL_SAFE_NO_PAD.decode(signature.as_str().context("no text")?)?;
                *bytes.last_mut().context("an empty signature")? ^= 1;
                *signature = URL_SAFE_NO_PAD.encode(bytes).into();
            }
            Self::Origin => case.origin = "https://other.example.net".into(),
            Self::RegistrationChallenge => case.registration_challenge = URL_SAFE_NO_PAD.encode([7; 32]),
            Self::AuthenticationChallenge => case.authentication_challenge = URL_SAFE_NO_PAD.encode([7; 32]),
            Self::RpId => case.rp_id = "example.net".into(),
        }
        Ok(case)
    }
}
