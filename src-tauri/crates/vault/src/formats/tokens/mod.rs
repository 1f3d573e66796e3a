//! Authenticator apps: their exports hold one-time password generators and nothing else.
//!
//! What is no time-based generator (counters, other schemes) is a problem that names the issuer and the name.

pub(crate) mod aegis;
pub(crate) mod andotp;
pub(crate) mod ente;
pub(crate) mod freeotp;
mod google;
pub(crate) mod lines;
pub(crate) mod picture;
pub(crate) mod proton;
pub(crate) mod stratum;
pub(crate) mod two_fas;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::container::json;
use crate::entry::location;
use crate::totp::{Uri, split_label};
use crate::{Algorithm, Import, Limits, ProblemCode, ReadError, Token, Totp, TotpError, Unlock};

/// A generator as an app notes it, its parts unread; what is absent has the usual value.
#[derive(Default)]
struct Draft {
    issuer: Option<String>,
    /// The account's name, or `Issuer:name`.
    name: Option<String>,
    kind: Kind,
    secret: Secret,
    algorithm: Option<String>,
    digits: Option<u64>,
    /// Seconds.
    period: Option<u64>,
}

/// What a generator's codes depend on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    /// Time.
    #[default]
    Totp,
    /// Time, in Steam's characters.
    Steam,
    /// A counter, or a scheme of one company.
    Other,
}

impl Kind {
    /// Reads `totp`, `HOTP`, `STEAM` and the like; nothing is TOTP, as the apps had it first.
    fn of(text: Option<&str>) -> Self {
        match text.unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "totp" => Self::Totp,
            "steam" => Self::Steam,
            _ => Self::Other,
        }
    }
}

/// A secret in the form that an app keeps it in.
#[derive(Default)]
enum Secret {
    #[default]
    None,
    Base32(SecretString),
    Bytes(Zeroizing<Vec<u8>>),
}

impl From<Option<SecretString>> for Secret {
    fn from(text: Option<SecretString>) -> Self {
        text.map_or(Self::None, Self::Base32)
    }
}

impl Draft {
    fn totp(&self) -> Result<Totp, TotpError> {
        if self.kind == Kind::Other {
            return Err(TotpError::CounterBased);
        }
        let secret = match &self.secret {
            Secret::None => return Err(TotpError::NoSecret),
            Secret::Base32(text) => Totp::decode_secret(text.expose_secret())?.to_vec(),
            Secret::Bytes(bytes) => bytes.to_vec(),
        };
        if self.kind == Kind::Steam {
            return Totp::steam(secret);
        }
        let algorithm = Algorithm::parse(self.algorithm.as_deref().unwrap_or_default())?;
        let digits = u32::try_from(self.digits.unwrap_or(6)).map_err(|_| TotpError::Digits)?;
        Totp::new(secret, algorithm, digits, self.period.unwrap_or(30))
    }

    /// Adds the generator to what was read, or says why it cannot be.
    fn add_to(self, import: &mut Import) {
        let totp = self.totp();
        let name = self.name.unwrap_or_default();
        let issuer = self.issuer.unwrap_or_default();
        let issuer = issuer.trim();
        // Without an issuer of its own, and where the name repeats it, it stands in front of the name.
        let (issuer, name) = match split_label(&name) {
            (prefix, rest) if !rest.is_empty() && (issuer.is_empty() || prefix == issuer) => (prefix, rest),
            _ => (issuer, name.trim()),
        };
        add(import, issuer, name, totp);
    }
}

/// The password that was given.
fn password(unlock: &Unlock) -> Result<&[u8], ReadError> {
    Ok(unlock.password.as_ref().ok_or(ReadError::NeedsKey)?.expose_secret().as_bytes())
}

/// Adds a generator to what was read, or says why it cannot be.
fn add(import: &mut Import, issuer: &str, name: &str, totp: Result<Totp, TotpError>) {
    match totp {
        Ok(totp) => import.tokens.push(Token { issuer: issuer.into(), name: name.into(), totp }),
        Err(error) => import.report(location(issuer, name), error.problem()),
    }
}

/// Adds what an address sets up.
fn add_uri(import: &mut Import, uri: Uri<'_>) {
    if uri.trashed {
        import.left_out.recycled += 1;
    } else {
        add(import, &uri.issuer, &uri.name, uri.totp);
    }
}

/// Reads the rows of a JSON export, each one of the app's own shape.
fn rows<'a, T: Deserialize<'a> + Into<Draft>>(
    rows: json::Items<json::Raw<'a>>,
    name: &str,
    limits: &Limits,
    import: &mut Import,
) -> Result<(), ReadError> {
    json::bounded(rows.len(), limits)?;
    for (at, raw) in rows.into_iter().enumerate() {
        match json::row::<T>(raw) {
            Some(row) => row.into().add_to(import),
            None => import.report(format!("{name}[{at}]"), ProblemCode::ItemUnreadable),
        }
    }
    Ok(())
}
