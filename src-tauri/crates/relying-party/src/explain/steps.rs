//! The steps of a ceremony, in the order in which they happen.

use super::bytes::{AttestedData, AuthenticatorData, CoseKey, Numbers, Read, Unreadable};
use super::checks::{CheckKind, Finding};
use super::explanation::{Basis, Check, Outcome, Part, Step, Value};
use super::reading::Reading;
use super::trace::CeremonyKind;
use super::values::{Shower, ValueKind};
use super::words::{Language, Phrase, StepKey};

/// All steps. `stopped_at` is the check that the server refused at.
pub(super) fn steps(reading: &Reading, stopped_at: Option<CheckKind>, language: Language) -> Vec<Step> {
    let teller = Teller { reading, stopped_at, show: Shower { language, registration: reading.registration } };
    let pass_on = StepKey::PassOn { registration: reading.registration, conditional: reading.conditional };
    let mut steps = vec![
        teller.ask(),
        teller.step(Part::Page, pass_on, vec![teller.call()], &[]),
        teller.step(
            Part::Browser,
            StepKey::Browser,
            teller.client_data(),
            &[CheckKind::SecurePage, CheckKind::AddressFits],
        ),
        teller.provider(),
    ];
    if !reading.registration {
        let look_up = StepKey::LookUp { found: reading.trace.stored.is_some() };
        steps.push(teller.step(Part::Server, look_up, teller.stored(), &[]));
    }
    let mut checks = teller.step(Part::Server, StepKey::Check, Vec::new(), &[]);
    checks.checks = teller.server_checks();
    steps.push(checks);
    let (end, kept) = match (reading.registration, stopped_at) {
        (true, None) => (StepKey::Kept, teller.kept()),
        (true, Some(_)) => (StepKey::NotKept, Vec::new()),
        (false, None) => (StepKey::SignedIn, Vec::new()),
        (false, Some(_)) => (StepKey::NotSignedIn, Vec::new()),
    };
    steps.push(teller.step(Part::Server, end, kept, &[]));
    steps
}

struct Teller<'a> {
    reading: &'a Reading<'a>,
    stopped_at: Option<CheckKind>,
    show: Shower,
}

impl Teller<'_> {
    fn step(&self, part: Part, key: StepKey, values: Vec<Value>, checks: &[CheckKind]) -> Step {
        let words = self.show.language.step(key);
        let said = |text| self.show.language.said(text);
        // Parts other than the server come before its first check, so nothing stops them.
        let checks = checks.iter().map(|kind| self.check(*kind, self.reading.find(*kind), false)).collect();
        Step { part, title: said(words.title), text: words.text.into_iter().map(said).collect(), values, checks }
    }

    fn ask(&self) -> Step {
        let (reading, show) = (self.reading, self.show);
        let text = |kind, path: &[&str]| show.text(kind, reading.option_text(path));
        let mut values = vec![show.base64url(ValueKind::Challenge, slice(&reading.challenge))];
        let key = if reading.registration {
            values.push(text(ValueKind::RpId, &["rp", "id"]));
            values.push(text(ValueKind::AccountName, &["user", "name"]));
            let handle = super::bytes::base64url(reading.option(&["user", "id"]));
            values.push(show.base64url(ValueKind::UserHandle, slice(&handle)));
            let algorithms = reading.algorithms().into_iter().map(algorithm_name).collect::<Vec<_>>();
            let algorithms = if algorithms.is_empty() { Err(Unreadable::Missing) } else { Ok(algorithms.join(", ")) };
            values.push(show.text(ValueKind::Algorithms, algorithms));
            values.push(text(ValueKind::VerificationWish, &["authenticatorSelection", "userVerification"]));
            values.push(text(ValueKind::DiscoverableWish, &["authenticatorSelection", "residentKey"]));
            values.push(text(ValueKind::AttestationWish, &["attestation"]));
            values.push(self.listed(ValueKind::Excluded, "excludeCredentials"));
            StepKey::AskToMake
        } else {
            values.push(text(ValueKind::RpId, &["rpId"]));
            values.push(text(ValueKind::VerificationWish, &["userVerification"]));
            values.push(self.listed(ValueKind::Allowed, "allowCredentials"));
            let named = !matches!(reading.trace.kind, CeremonyKind::SignIn { named: false, .. });
            StepKey::AskToSign { named }
        };
        self.step(Part::Server, key, values, &[])
    }

    /// How many credentials a list names.
    fn listed(&self, kind: ValueKind, name: &str) -> Value {
        match self.reading.option_ids(name).len() {
            0 => self.show.words(kind, Phrase::NoneListed),
            count => self.show.text(kind, Ok(count.to_string())),
        }
    }

    fn call(&self) -> Value {
        let call = match (self.reading.registration, self.reading.conditional) {
            (true, false) => "navigator.credentials.create()",
            (true, true) => "navigator.credentials.create(), mediation: conditional",
            (false, false) => "navigator.credentials.get()",
            (false, true) => "navigator.credentials.get(), mediation: conditional",
        };
        self.show.text(ValueKind::Call, Ok(call.to_owned()))
    }

    fn client_data(&self) -> Vec<Value> {
        let (reading, show) = (self.reading, self.show);
        let client = reading.client_data.as_ref();
        let text = |kind, read: fn(&super::bytes::ClientData) -> Option<&String>| {
            show.text(kind, client.map_err(|why| *why).and_then(|c| read(c).cloned().ok_or(Unreadable::Missing)))
        };
        let cross = match client.map(|client| client.cross_origin) {
            Ok(Some(true)) => show.words(ValueKind::CrossOrigin, Phrase::Yes),
            Ok(Some(false)) => show.words(ValueKind::CrossOrigin, Phrase::No),
            Ok(None) => show.text(ValueKind::CrossOrigin, Err(Unreadable::Missing)),
            Err(why) => show.text(ValueKind::CrossOrigin, Err(*why)),
        };
        let hash = reading.client_data_hash();
        vec![
            text(ValueKind::Origin, |client| client.origin.as_ref()),
            text(ValueKind::ClientDataChallenge, |client| client.challenge.as_ref()),
            text(ValueKind::ClientDataType, |client| client.kind.as_ref()),
            cross,
            show.text_bytes(ValueKind::ClientData, slice(&reading.client_data_bytes)),
            show.hexadecimal(ValueKind::ClientDataHash, hash.as_ref().map(|hash| &hash[..]).map_err(|why| *why)),
        ]
    }

    fn provider(&self) -> Step {
        let (reading, show) = (self.reading, self.show);
        let mut values =
            vec![show.private_key(), show.base64url(ValueKind::AuthenticatorData, slice(&reading.authenticator_bytes))];
        if let Ok(data) = &reading.authenticator_data {
            values.extend(self.authenticator_data(data));
        }
        values.push(show.base64url(ValueKind::CredentialId, slice(&reading.credential_id)));
        if reading.registration {
            if let Ok(AuthenticatorData { attested: Some(attested), .. }) = &reading.authenticator_data {
                values.extend(self.new_key(attested));
            }
            let format = reading.attestation.as_ref().map(|object| object.format.clone()).map_err(|why| *why);
            let none = format.as_deref() == Ok("none");
            values.push(show.text(ValueKind::AttestationFormat { none }, format));
            return self.step(Part::Provider, StepKey::Make, values, &[CheckKind::PersonAsked]);
        }
        values.push(show.base64url(ValueKind::ReturnedUserHandle, slice(&reading.user_handle)));
        values.push(show.base64url(ValueKind::Signature, slice(&reading.signature)));
        self.step(Part::Provider, StepKey::Sign, values, &[CheckKind::KeptApart, CheckKind::PersonAsked])
    }

    fn authenticator_data(&self, data: &AuthenticatorData) -> Vec<Value> {
        let (show, flags) = (self.show, data.flags);
        let flag = |kind: fn(bool) -> ValueKind, set: bool| {
            show.words(kind(set), if set { Phrase::Set } else { Phrase::NotSet })
        };
        vec![
            show.hexadecimal(ValueKind::RpIdHash, Ok(&data.rp_id_hash)),
            show.text(ValueKind::Flags, Ok(format!("{:08b}", flags.0))),
            flag(|set| ValueKind::UserPresent { set }, flags.user_present()),
            flag(|set| ValueKind::UserVerified { set }, flags.user_verified()),
            flag(|set| ValueKind::BackupEligible { set }, flags.backup_eligible()),
            flag(|set| ValueKind::BackupState { set }, flags.backup_state()),
            flag(|set| ValueKind::AttestedData { set }, flags.attested_data()),
            flag(|set| ValueKind::ExtensionData { set }, flags.extension_data()),
            show.text(ValueKind::SignCount { counts: data.sign_count > 0 }, Ok(data.sign_count.to_string())),
        ]
    }

    fn new_key(&self, attested: &AttestedData) -> Vec<Value> {
        let show = self.show;
        let aaguid = uuid::Uuid::from_bytes(attested.aaguid);
        let mut values = vec![
            show.text(ValueKind::Aaguid { told: !aaguid.is_nil() }, Ok(aaguid.to_string())),
            show.base64url(ValueKind::PublicKey, Ok(&attested.public_key_bytes)),
        ];
        values.extend(self.key_numbers(&attested.public_key));
        values
    }

    fn key_numbers(&self, key: &Read<CoseKey>) -> Vec<Value> {
        let show = self.show;
        let Ok(key) = key else {
            return vec![show.text(ValueKind::KeyAlgorithm, Err(Unreadable::Malformed))];
        };
        let mut values = vec![show.text(ValueKind::KeyAlgorithm, Ok(algorithm_name(key.algorithm)))];
        match &key.numbers {
            Numbers::Point { curve, x, y } => {
                values.push(show.text(ValueKind::KeyCurve, Ok(curve_name(*curve))));
                values.push(show.hexadecimal(ValueKind::KeyX, Ok(x)));
                values.extend(y.as_ref().map(|y| show.hexadecimal(ValueKind::KeyY, Ok(y))));
            }
            Numbers::Modulus { n, e } => {
                values.push(show.hexadecimal(ValueKind::KeyModulus, Ok(n)));
                values.push(show.hexadecimal(ValueKind::KeyExponent, Ok(e)));
            }
            Numbers::Other => {}
        }
        values
    }

    /// What the site knew of the passkey.
    fn stored(&self) -> Vec<Value> {
        let (show, Some(stored)) = (self.show, &self.reading.trace.stored) else { return Vec::new() };
        vec![
            show.text(ValueKind::StoredName, Ok(stored.name.clone())),
            show.base64url(ValueKind::StoredPublicKey, Ok(&stored.public_key)),
            show.text(ValueKind::StoredSignCount, Ok(stored.sign_count.to_string())),
            self.backup(stored.backup_eligible, stored.backup_state),
        ]
    }

    fn backup(&self, eligible: bool, state: bool) -> Value {
        let text = format!("BE {}, BS {}", u8::from(eligible), u8::from(state));
        self.show.text(ValueKind::StoredBackup, Ok(text))
    }

    /// What the site keeps of a new passkey.
    fn kept(&self) -> Vec<Value> {
        let (reading, show) = (self.reading, self.show);
        let mut values = vec![show.base64url(ValueKind::CredentialId, slice(&reading.credential_id))];
        if let Ok(AuthenticatorData { attested: Some(attested), flags, sign_count, .. }) = &reading.authenticator_data {
            values.push(show.base64url(ValueKind::StoredPublicKey, Ok(&attested.public_key_bytes)));
            values.push(show.text(ValueKind::StoredSignCount, Ok(sign_count.to_string())));
            values.push(self.backup(flags.backup_eligible(), flags.backup_state()));
        }
        values.push(show.private_key());
        values
    }

    fn server_checks(&self) -> Vec<Check> {
        let mut reached = true;
        let mut checks = Vec::new();
        for kind in CheckKind::of_server(self.reading.registration) {
            let stop = self.stopped_at == Some(*kind);
            // A rule of the site's own is only worth a line where it made the difference.
            if *kind != CheckKind::SiteRule || stop {
                let mut check = self.check(*kind, self.reading.find(*kind), stop);
                if !reached {
                    (check.outcome, check.expected, check.found) = (Outcome::NotReached, None, None);
                }
                checks.push(check);
            }
            reached &= !stop;
        }
        checks
    }

    fn check(&self, kind: CheckKind, finding: Finding, stop: bool) -> Check {
        let (outcome, basis, compared) = match finding {
            Finding::Fails { compared } => (Outcome::Failed, Basis::Recomputed, compared),
            // Here the server knows more than the trace.
            _ if stop => (Outcome::Failed, Basis::Server, None),
            Finding::Holds => (Outcome::Passed, Basis::Recomputed, None),
            Finding::NotRequired => (Outcome::NotRequired, Basis::Recomputed, None),
            Finding::OnlyServer => (Outcome::Passed, Basis::Server, None),
        };
        let words = self.show.language.check(kind);
        let (expected, found) = compared.unzip();
        Check {
            name: kind.name(),
            part: kind.part(),
            what: self.show.language.said(words.what),
            why: self.show.language.said(words.why),
            outcome,
            basis,
            expected,
            found,
            spec: kind.spec(self.reading.registration),
        }
    }
}

fn slice(bytes: &Read<Vec<u8>>) -> Read<&[u8]> {
    bytes.as_deref().map_err(|why| *why)
}

/// The registered name and number (<https://www.iana.org/assignments/cose/cose.xhtml#algorithms>).
fn algorithm_name(number: i64) -> String {
    let name = match number {
        -7 => "ES256",
        -8 => "EdDSA",
        -35 => "ES384",
        -36 => "ES512",
        -37 => "PS256",
        -257 => "RS256",
        _ => return number.to_string(),
    };
    format!("{name} ({number})")
}

/// <https://www.iana.org/assignments/cose/cose.xhtml#elliptic-curves>
fn curve_name(number: i64) -> String {
    let name = match number {
        1 => "P-256",
        2 => "P-384",
        3 => "P-521",
        6 => "Ed25519",
        _ => return number.to_string(),
    };
    format!("{name} ({number})")
}
