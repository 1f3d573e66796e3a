//! From the fields of one entry to an [`Entry`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{Entry, Passkey, ProblemCode, Totp, timestamp};

use super::document::{RawEntry, Value};
use super::lookup::{Vault, value};
use super::reference;

/// An entry being read.
pub(super) struct Fields<'a> {
    raw: &'a RawEntry,
    /// Its place in the document.
    at: usize,
    vault: &'a Vault<'a>,
    /// The last value of each name, where there are so many that looking through them takes time.
    latest: Option<HashMap<&'a str, &'a Value>>,
    problems: Vec<ProblemCode>,
}

/// So many fields are looked through one by one.
const FEW: usize = 32;
/// So many addresses of one entry are kept.
const MOST_URLS: usize = 1000;

impl<'a> Fields<'a> {
    pub(super) fn new(raw: &'a RawEntry, at: usize, vault: &'a Vault<'a>) -> Self {
        let many = || raw.fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let latest = (raw.fields.len() > FEW).then(many);
        Self { raw, at, vault, latest, problems: Vec::new() }
    }

    /// The last value of that name, as KeePass takes it.
    fn value(&self, name: &str) -> Option<&'a Value> {
        match &self.latest {
            Some(latest) => latest.get(name).copied(),
            None => value(self.raw, name),
        }
    }

    /// The entry, and what could not be taken over.
    pub(super) fn entry(mut self, group: Arc<str>) -> (Entry, Vec<ProblemCode>) {
        self.report_duplicates();
        let raw = self.raw;
        let mut entry = Entry {
            // Not with its references followed: titles are shown, and a password could be among what is referred to.
            title: self.plain("Title").unwrap_or_default().into(),
            group,
            user_name: self.credential("UserName").map(|text| text.as_str().into()).unwrap_or_default(),
            password: self.credential("Password").map(|text| SecretString::from(text.as_str())),
            totp: self.totp().map(Box::new),
            modified_at: raw.modified.as_deref().and_then(timestamp::kdbx).into(),
            password_changed_at: raw.password_changed_at.into(),
            ..Entry::default()
        };
        self.add_urls(&mut entry);
        self.add_extras(&mut entry);
        entry.set_expires_at(raw.expiry.as_deref().filter(|_| raw.expires).and_then(timestamp::kdbx));
        if let Some(passkey) = self.passkey() {
            entry.add_passkey(passkey);
        }
        (entry, self.problems)
    }

    fn report(&mut self, code: ProblemCode) {
        if !self.problems.contains(&code) {
            self.problems.push(code);
        }
    }

    fn report_duplicates(&mut self) {
        // Whichever of several is not like the last one tells it.
        let differs = self.raw.fields.iter().any(|(name, value)| self.value(name) != Some(value));
        if differs {
            self.report(ProblemCode::DuplicateField);
        }
    }

    /// A field as it stands.
    fn plain(&self, name: &str) -> Option<&'a str> {
        self.value(name)?.text()
    }

    /// A field with its references followed; `None` where it is empty or unusable, which is then reported.
    fn resolved(&mut self, name: &str) -> Option<Zeroizing<String>> {
        let text = match self.value(name)? {
            Value::Text(text) if text.is_empty() => return None,
            Value::Text(text) => text,
            Value::NotText => {
                self.report(ProblemCode::NotText);
                return None;
            }
        };
        match reference::resolve(text, self.at, self.vault, name == "Password") {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(reference::Unresolved) => {
                self.report(ProblemCode::ReferenceUnresolved);
                None
            }
        }
    }

    /// User name or password: a placeholder that would have to be filled in must not be typed into a site as it stands.
    fn credential(&mut self, name: &str) -> Option<Zeroizing<String>> {
        let text = self.resolved(name)?;
        if reference::has_placeholder(&text) {
            self.report(ProblemCode::PlaceholderUnresolved);
            return None;
        }
        Some(text)
    }

    fn add_urls(&mut self, entry: &mut Entry) {
        if let Some(url) = self.resolved("URL") {
            entry.add_url(&url);
        }
        let raw = self.raw;
        for (name, _) in &raw.fields {
            if entry.urls.len() >= MOST_URLS {
                return self.report(ProblemCode::ItemUnreadable);
            }
            match Role::of(name) {
                Role::Url => {
                    if let Some(url) = self.resolved(name) {
                        entry.add_url(&url);
                    }
                }
                Role::App => entry.add_app(self.plain(name).unwrap_or_default()),
                _ => {}
            }
        }
    }

    /// The notes and whatever fields the person made, each name once.
    fn add_extras(&mut self, entry: &mut Entry) {
        let raw = self.raw;
        let mut seen = HashSet::new();
        for (name, _) in &raw.fields {
            let label = match Role::of(name) {
                Role::Notes => "",
                Role::Extra => name,
                _ => continue,
            };
            let text = self.value(name).map(Value::text);
            if !seen.insert(name.as_str()) {
            } else if let Some(Some(text)) = text {
                match reference::resolve(text, self.at, self.vault, true) {
                    Ok(resolved) => entry.add_extra(label, &resolved),
                    // For the person's eyes, and they may see a text as it stands.
                    Err(reference::Unresolved) => entry.add_extra(label, text),
                }
            } else {
                self.report(ProblemCode::NotText);
            }
        }
    }

    fn passkey(&self) -> Option<Passkey> {
        self.raw.fields.iter().find(|(name, _)| Role::of(name) == Role::Passkey)?;
        let first = |names: [&str; 2]| -> Box<str> {
            let mut filled = names.into_iter().filter_map(|name| self.plain(name)).filter(|text| !text.is_empty());
            filled.next().unwrap_or_default().into()
        };
        Some(Passkey {
            rp_id: first(["KPEX_PASSKEY_RELYING_PARTY", "KPXC_PASSKEY_RELYING_PARTY"]),
            user_name: first(["KPEX_PASSKEY_USERNAME", "KPXC_PASSKEY_USERNAME"]),
        })
    }

    fn totp(&mut self) -> Option<Totp> {
        let filled = |name: &str| self.plain(name).filter(|text| !text.trim().is_empty());
        let read = if let Some(text) = filled("otp") {
            Totp::parse(text)
        } else if let Some(read) = Totp::parse_keepass(filled) {
            read
        } else if let Some(seed) = filled("TOTP Seed") {
            Totp::parse_tray(seed, filled("TOTP Settings"))
        } else {
            if self.raw.fields.iter().any(|(key, _)| key.starts_with("HmacOtp-Secret")) {
                self.report(ProblemCode::TotpUnsupported);
            }
            return None;
        };
        read.map_err(|error| self.report(error.problem())).ok()
    }
}

/// What a field is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Title, user name, password, main address.
    Standard,
    Notes,
    /// A further address: `KP2A_URL…` (Keepass2Android, KeePassXC) and `URL_…`, `URL 2`.
    Url,
    /// The package name of an Android app: `AndroidApp1` (Keepass2Android), `AndroidApp_1` (KeePassDX).
    App,
    Totp,
    Passkey,
    /// A program's own notes to itself.
    Program,
    /// What the person put there.
    Extra,
}

impl Role {
    fn of(name: &str) -> Self {
        let starts = |with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        match name {
            "Title" | "UserName" | "Password" | "URL" => Self::Standard,
            "Notes" => Self::Notes,
            "otp" | "TOTP Seed" | "TOTP Settings" => Self::Totp,
            _ if starts("TimeOtp-") || starts("HmacOtp-") => Self::Totp,
            _ if starts("KPEX_PASSKEY_") || starts("KPXC_PASSKEY_") => Self::Passkey,
            _ if starts("KP2A_URL") => Self::Url,
            _ if starts("AndroidApp") && is_numbered(name.get("AndroidApp".len()..)) => Self::App,
            _ if starts("URL_") || (name.len() > 3 && starts("URL") && is_numbered(name.get(3..))) => Self::Url,
            // KeePassDX's templates and app signatures, the settings of browser plug-ins, KeePassXC's own fields.
            "KPRPC JSON" | "KeePassHttp Settings" | "KeePassXC-Browser Settings" => Self::Program,
            _ if starts("_etm_") || starts("AndroidApp Signature") || starts("KPEX_") => Self::Program,
            _ => Self::Extra,
        }
    }
}

/// Whether what follows a name is nothing or a number.
fn is_numbered(rest: Option<&str>) -> bool {
    let digits = rest.unwrap_or_default().trim_start_matches([' ', '-', '_']);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_name() {
        for (names, expect) in [
            (&["KP2A_URL", "KP2A_URL_3", "kp2a_url1", "URL_1", "URL_two", "Url 2", "URL2"][..], Role::Url),
            (&["URL"], Role::Standard),
            (&["AndroidApp", "AndroidApp1", "AndroidApp_2"], Role::App),
            (&["TimeOtp-Period", "HmacOtp-Secret", "otp"], Role::Totp),
            (&["KPEX_PASSKEY_FLAG_BE", "KPXC_PASSKEY_USERNAME"], Role::Passkey),
            (&["KPRPC JSON", "_etm_position", "AndroidApp Signature"], Role::Program),
            (&["URLs", "Curl", "Ünd", "OTP code", "AndroidApplication", "title", ""], Role::Extra),
        ] {
            for name in names {
                assert_eq!(Role::of(name), expect, "{name}");
            }
        }
    }
}
