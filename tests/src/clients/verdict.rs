//! Whether what was seen is what a case asks for.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use rekey_relying_party::{AuditEvent, AuditLine, SignInMethod};
use serde_json::{Value, json};

use super::Played;

/// One respect in which a case went otherwise: its kind, and what was found.
type Problem = (&'static str, String);

/// Collects what came of many cases.
#[derive(Default)]
pub struct Verdicts {
    problems: BTreeMap<String, Vec<Problem>>,
    /// By language and label: the messages that cases with this label showed.
    messages: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Verdicts {
    /// Judges one case.
    pub fn add(&mut self, played: &Played) {
        let problems = problems(played);
        let shown = played.last_step()["message"].as_str();
        if let (Some(label), Some(shown), true) = (played.case.expect["says"].as_str(), shown, problems.is_empty()) {
            let key = (played.case.language().to_owned(), label.to_owned());
            self.messages.entry(key).or_default().insert(shown.to_owned());
        }
        self.problems.insert(played.case.name.clone(), problems);
    }

    /// Succeeds where every case went as it says.
    ///
    /// # Errors
    /// Names every other case. Also where one label stands for several messages, or one message for several labels.
    pub fn finish(self) -> Result<()> {
        let mut wrong = Vec::new();
        for (name, problems) in &self.problems {
            wrong.extend(problems.iter().map(|(kind, text)| format!("{name}: {kind}: {text}")));
        }
        let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
        for ((language, label), messages) in &self.messages {
            if messages.len() > 1 {
                wrong.push(format!("{label} ({language}) stands for several messages: {messages:?}"));
            }
            for message in messages {
                if let Some(other) = labels.insert(message, label) {
                    wrong.push(format!("{label} and {other} show the same: {message}"));
                }
            }
        }
        ensure!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong.join("\n"));
        Ok(())
    }
}

impl Played {
    /// What was seen of the last step.
    fn last_step(&self) -> &Value {
        self.seen["steps"].as_array().and_then(|steps| steps.last()).unwrap_or(&Value::Null)
    }
}

fn problems(played: &Played) -> Vec<Problem> {
    let Played { case, seen, .. } = played;
    let (expect, step) = (&case.expect, played.last_step());
    let mut problems = Vec::new();
    if let Some(failed) = seen["failed"].as_str() {
        problems.push(("failed", failed.to_owned()));
        if seen["steps"].is_null() {
            return problems;
        }
    }
    let steps = seen["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
    let statuses = steps.iter().filter_map(|step| step["status"].as_u64());
    if let Some(status) = statuses.clone().find(|status| *status >= 500) {
        problems.push(("server-error", status.to_string()));
    }
    if step["status"] == 200 && expect["status"] != 200 && !expect["status"].is_null() {
        // What follows from that is no news.
        problems.push(("accepted", format!("200 instead of {}", expect["status"])));
        return problems;
    }
    if !status_fits(&expect["status"], &step["status"]) {
        problems.push(("status", format!("{} instead of {}", step["status"], expect["status"])));
    }
    if !expect["says"].is_null() && step["message"].as_str().is_none_or(str::is_empty) {
        problems.push(("says", "no message".into()));
    }
    for member in
        ["body", "code", "unknown", "location", "client_error", "alert", "button", "language", "page", "origins"]
    {
        if !expect[member].is_null() && step[member] != expect[member] {
            problems.push((member, format!("{} instead of {}", step[member], expect[member])));
        }
    }
    if !allowed_fits(&expect["allowed"], played) {
        problems.push(("allowed", step["options"]["allowed"].to_string()));
    }
    let names: Vec<&str> =
        played.records.iter().flat_map(|record| &record.passkeys).map(|passkey| passkey.name.as_str()).collect();
    if !expect["names"].is_null() && expect["names"] != json!(names) {
        problems.push(("names", format!("{names:?} instead of {}", expect["names"])));
    }
    if !expect["signed_in"].is_null() && seen["signed_in"] != expect["signed_in"] {
        problems.push(("signed-in", format!("{} instead of {}", seen["signed_in"], expect["signed_in"])));
    }
    if seen["errors"].as_array().is_some_and(|errors| !errors.is_empty()) {
        problems.push(("page-errors", seen["errors"].to_string()));
    }
    problems.extend(audit(played));
    problems.extend(ways_in(played));
    problems.extend(explained(played));
    problems.extend(signals(played));
    problems.extend(stored(played));
    problems
}

fn status_fits(expect: &Value, found: &Value) -> bool {
    match (expect.as_str(), found.as_u64()) {
        (Some("4xx"), Some(found)) => (400..500).contains(&found),
        _ => expect == found,
    }
}

/// Which credentials a sign-in was offered: a list; `own`, the account's; or `plausible`, which looks like an account's
/// and is the same each time, but is nobody's.
fn allowed_fits(expect: &Value, played: &Played) -> bool {
    let ids = |step: &Value| -> BTreeSet<String> {
        let allowed = step["options"]["allowed"].as_array().map(Vec::as_slice).unwrap_or_default();
        allowed.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let found = ids(played.last_step());
    let held = played.records.iter().flat_map(|record| &record.passkeys);
    let held: BTreeSet<String> = held.map(|passkey| passkey.credential_id.clone()).collect();
    match expect.as_str() {
        Some("own") => found == held,
        Some("plausible") => {
            let steps = played.seen["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
            !found.is_empty() && found.is_disjoint(&held) && steps.iter().all(|step| ids(step) == found)
        }
        _ => expect.is_null() || played.last_step()["options"]["allowed"] == *expect,
    }
}

/// A line of each expected kind stands in the audit trail of one of the accounts, or among what nobody was named in.
fn audit(played: &Played) -> Option<Problem> {
    let lines: Vec<String> =
        played.records.iter().flat_map(|record| &record.audit).map(|line| line.event.to_string()).collect();
    let wanted = &played.case.expect["audit"];
    let mut wanted =
        wanted.as_array().map_or(std::slice::from_ref(wanted), Vec::as_slice).iter().filter_map(Value::as_str);
    let missing = wanted.find(|wanted| !lines.iter().any(|line| line.starts_with(wanted)));
    let of_nobody = played.case.expect["noted"].as_str().filter(|_| played.noted.is_none());
    missing.or(of_nobody).map(|wanted| ("audit", format!("no \"{wanted}\" in {lines:?}")))
}

/// What became of the first account's other ways in.
fn ways_in(played: &Played) -> Vec<Problem> {
    let Some(record) = played.records.first() else { return Vec::new() };
    let found = json!({ "has_password": record.has_password, "recovery_codes": record.recovery_codes });
    let differs = |member: &&str| {
        let expect = &played.case.expect[*member];
        !expect.is_null() && *expect != found[*member]
    };
    let members = ["has_password", "recovery_codes"].into_iter().filter(differs);
    members.map(|member| (member, format!("{} instead of {}", found[member], played.case.expect[member]))).collect()
}

/// Whether the last step saw an explanation.
fn explained(played: &Played) -> Option<Problem> {
    let expect = played.case.expect["explained"].as_bool()?;
    let steps = played.last_step()["explained"].as_u64().unwrap_or(0);
    ((steps > 0) != expect).then(|| ("explained", format!("{steps} steps")))
}

/// The page told password managers exactly this, of exactly what the account has.
fn signals(played: &Played) -> Vec<Problem> {
    let expect = &played.case.expect["signals"];
    if expect.is_null() {
        return Vec::new();
    }
    let signals = &played.last_step()["signals"];
    let mut problems = Vec::new();
    let names: Vec<&String> = signals.as_object().into_iter().flat_map(|signals| signals.keys()).collect();
    if *expect != json!(names) {
        problems.push(("signals", format!("{names:?} instead of {expect}")));
    }
    let Some(record) = played.records.first() else { return problems };
    let held: Vec<&str> = record.passkeys.iter().map(|passkey| passkey.credential_id.as_str()).collect();
    let (user, user_name) = (record.user_handle.as_str(), record.user_name.as_str());
    let right = |name: &str, details: &Value| match name {
        "signalAllAcceptedCredentials" => {
            *details == json!({ "rpId": "localhost", "userId": user, "allAcceptedCredentialIds": held })
        }
        "signalUnknownCredential" => {
            details["rpId"] == "localhost" && details["credentialId"].as_str().is_some_and(|id| !held.contains(&id))
        }
        _ => *details == json!({ "rpId": "localhost", "userId": user, "name": user_name, "displayName": user_name }),
    };
    let wrong = signals.as_object().into_iter().flatten().filter(|(name, details)| !right(name, details));
    problems.extend(wrong.map(|(name, details)| ("signals", format!("{name} {details}"))));
    problems
}

/// The site holds the passkeys that it said it took, and no other; and each signed in as often as it said.
fn stored(played: &Played) -> Vec<Problem> {
    let mut problems = Vec::new();
    for record in &played.records {
        let user = record.user_name.as_str();
        let held: BTreeSet<&str> = record.passkeys.iter().map(|passkey| passkey.credential_id.as_str()).collect();
        let made = played.seen["made"][user].as_array().map(Vec::as_slice).unwrap_or_default();
        let made: BTreeSet<&str> = made.iter().filter_map(Value::as_str).collect();
        if held != made {
            problems.push(("stored", format!("{user} has {held:?} instead of {made:?}")));
        }
        let by_passkey = |method| matches!(method, SignInMethod::Passkey | SignInMethod::PasswordPasskey);
        let is_use = |line: &&AuditLine| matches!(line.event, AuditEvent::SignedIn(method) if by_passkey(method));
        let signed_in = record.audit.iter().filter(is_use).count();
        let used = played.seen["used"][user].as_u64().unwrap_or(0);
        if u64::try_from(signed_in).ok() != Some(used) {
            problems.push(("used", format!("{user} signed in {signed_in} times with a passkey instead of {used}")));
        }
    }
    problems
}
