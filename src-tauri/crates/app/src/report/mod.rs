//! The ledger's facts on paper: which account, which site, what was done, where the passkey lives, proven when.

mod csv;
mod html;

use rekey_journey::{AccountId, AccountState, EvidenceSource, ProofKind, StopReason};
use rekey_ledger::{AccountFilter, AccountView};
use rekey_origin::Site;
use serde::Serialize;

use crate::text::Texts;
use crate::words::time_for_scripts;
use crate::{AppError, Session, Status};

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// One page without anything from elsewhere, to be read and printed.
    Html,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// For scripts.
    Json,
}

/// One account in a report or list, as scripts read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    /// The account's id.
    pub account: AccountId,
    /// The site.
    pub site: Site,
    /// The user name, possibly empty.
    pub user: String,
    /// The vault entry's title.
    pub title: String,
    /// How far it is.
    pub state: AccountState,
    /// What was done, in the person's language.
    pub done: String,
    /// Where the passkey lives, by code.
    pub home: Option<String>,
    /// What it was written for besides, by code.
    pub usable_in: Vec<String>,
    /// What the newest proof showed.
    pub proof: Option<ProofKind>,
    /// Who says so.
    pub proof_source: Option<EvidenceSource>,
    /// When it was proven (RFC 3339, UTC).
    pub proven_at: Option<String>,
    /// Why the newest journey stopped.
    pub reason: Option<StopReason>,
    /// Whether the vault held a password.
    pub has_password: bool,
    /// Whether the vault held a one-time-code secret.
    pub has_totp: bool,
    /// Whether the vault held a passkey, which Rekey has not proven.
    pub has_passkey: bool,
    /// The vaults that hold it, by the labels that the ledger gives them.
    pub vaults: Vec<String>,
}

#[derive(Serialize)]
struct JsonReport {
    made_at: String,
    status: Status,
    accounts: Vec<AccountRow>,
}

impl AccountRow {
    /// A view as a row.
    pub fn new(view: &AccountView, texts: &Texts) -> Self {
        Self {
            account: view.id,
            site: view.site.clone(),
            user: view.user_name.clone(),
            title: view.title.clone(),
            state: view.state,
            done: texts.done(view),
            home: view.credential.as_ref().map(|credential| credential.home.clone()),
            usable_in: view.usable_in.clone(),
            proof: view.proof,
            proof_source: view.proof_source,
            proven_at: view.proven_at.map(time_for_scripts),
            // A later run that ended short takes nothing from what is proven.
            reason: view.stopped.filter(|_| !matches!(view.state, AccountState::Proven | AccountState::SecondFactor)),
            has_password: view.has_password,
            has_totp: view.has_totp,
            has_passkey: view.has_passkey,
            vaults: view.held.iter().filter(|held| !held.is_gone).map(|held| held.source.clone()).collect(),
        }
    }
}

impl Session {
    /// The report on every account, made at `now` (milliseconds since 1970).
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn report(&self, format: ReportFormat, texts: &Texts, now: u64) -> Result<String, AppError> {
        let views = self.accounts(&AccountFilter::default())?;
        let status = self.status()?;
        match format {
            ReportFormat::Html => Ok(html::page(&views, &status, texts, now)),
            ReportFormat::Csv => Ok(csv::table(views.iter().map(|view| AccountRow::new(view, texts)))),
            ReportFormat::Json => {
                let accounts = views.iter().map(|view| AccountRow::new(view, texts)).collect();
                let report = JsonReport { made_at: time_for_scripts(now), status, accounts };
                let mut text = serde_json::to_string_pretty(&report).map_err(AppError::unexpected)?;
                text.push('\n');
                Ok(text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rekey_journey::{Credential, Event};
    use rekey_ledger::Ledger;

    use super::*;
    use crate::Profile;
    use crate::text::Language;

    /// Two accounts whose names try to become markup and a formula: one proven, one that needs a person.
    fn session(folder: &std::path::Path) -> Session {
        let mut ledger = Ledger::in_memory().unwrap();
        let credential = Credential {
            id: "one".into(),
            rp_id: "example.com".into(),
            user_handle: "aGFuZGxl".into(),
            home: "store".into(),
            source: EvidenceSource::MadeByRekey,
        };
        let proven = Event::Proven {
            credential: "one".into(),
            proof: ProofKind::Passwordless,
            signals: vec![],
            source: EvidenceSource::MadeByRekey,
        };
        let made = [Event::PasskeyCreated { credential }, proven];
        for (user, facts) in [
            ("=<script>alert(1)</script>", made.as_slice()),
            ("bob", &[Event::Stopped { reason: StopReason::Captcha }]),
        ] {
            let site = Site::parse("example.com").unwrap();
            let id = ledger.account_id(&site, user);
            let imported = Event::AccountImported {
                site,
                user_name: user.into(),
                title: "A \"title\" & more".into(),
                format: "kdbx".into(),
                has_password: true,
                has_totp: false,
                source: String::new(),
                has_passkey: false,
                is_archived: false,
                expires_at: None,
            };
            ledger.append(Some(id), &[imported], 1_700_000_000_000).unwrap();
            ledger.append(Some(id), facts, 1_700_000_060_000).unwrap();
        }
        Session { profile: Profile::open(Some(folder)).unwrap(), ledger }
    }

    #[test]
    fn the_page_stands_alone_and_names_are_never_markup() {
        let folder = tempfile::tempdir().unwrap();
        let session = session(folder.path());
        for texts in Language::ALL.map(Texts::new) {
            let page = session.report(ReportFormat::Html, &texts, 1_700_000_100_000).unwrap();
            assert!(page.starts_with("<!doctype html>"));
            assert!(page.contains(&format!("<html lang=\"{}\">", texts.language())));
            assert!(page.contains("=&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script"));
            assert!(page.contains(&texts.stop(StopReason::Captcha).next));
            assert!(!page.contains("http://") && !page.contains("https://"), "nothing comes from elsewhere");
        }
    }

    #[test]
    fn every_form_tells_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let session = session(folder.path());
        let texts = Texts::new(Language::English);
        let json = session.report(ReportFormat::Json, &texts, 1_700_000_100_000).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["status"]["proven"], 1);
        assert_eq!(json["accounts"][0]["proven_at"], "2023-11-14T22:14:20Z");
        assert_eq!(json["accounts"][1]["reason"], "captcha");
        let csv = session.report(ReportFormat::Csv, &texts, 1_700_000_100_000).unwrap();
        assert_eq!(csv.lines().count(), 3);
        assert!(csv.contains(",\"'=<script>alert(1)</script>\",\"A \"\"title\"\" & more\",proven,"), "{csv}");
        assert!(csv.contains(",2023-11-14T22:14:20Z\r\n"));
    }
}
