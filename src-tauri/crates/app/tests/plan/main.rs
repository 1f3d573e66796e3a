//! The plan for a vault of 500 real sites, in words: `snapshot.txt` is read by a person and compared with what comes out.
//!
//! `REKEY_UPDATE_SNAPSHOTS=1` writes it anew, from the directory that is compiled in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod vault;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use rekey_app::plan::{Band, Choice, HealthFacts, Judgement, Planned, SaidBy, SiteNews, Strength, day_of, explain};
use rekey_app::text::{Language, Texts};
use rekey_app::{AppError, Session, Site};
use rekey_journey::{AccountId, PasskeyRole};
use rekey_sites::Directory;

use crate::vault::{NOW, Vault};

fn committed() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan/snapshot.txt")
}

/// The plan as a person reads it: three lines an account.
fn in_words(plan: &[Planned], texts: &Texts) -> String {
    let mut out = String::new();
    let mut counts: BTreeMap<Band, usize> = BTreeMap::new();
    plan.iter().for_each(|planned| *counts.entry(planned.band).or_default() += 1);
    let counts: Vec<_> = counts.iter().map(|(band, count)| format!("{band:?} {count}")).collect();
    writeln!(out, "{} accounts: {}\n", plan.len(), counts.join(", ")).unwrap();
    for planned in plan {
        let words = explain(planned, texts);
        let user = if planned.user_name.is_empty() { "–" } else { &planned.user_name };
        let levels = format!("{}, {}, {}", words.value, words.risk, words.ease);
        writeln!(out, "{}. {} · {user} · {} · {levels}", planned.place, planned.site, words.state).unwrap();
        writeln!(out, "   {}{}", words.step, words.then.map(|then| format!(" Then: {then}")).unwrap_or_default())
            .unwrap();
        let more: Vec<_> = words.reasons.iter().skip(2).chain(&words.warnings).map(String::as_str).collect();
        writeln!(out, "   {} {}", words.why, more.join(" ")).unwrap();
    }
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn a_vault_of_500_sites_is_planned_as_a_person_would() {
    let vault = Vault::new();
    let plan = vault.session.plan(&Directory::built_in(), &vault.live, NOW).unwrap();
    assert!(plan.len() >= 500, "{}", plan.len());
    let made = in_words(&plan, &Texts::new(Language::English));
    if std::env::var_os("REKEY_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(committed(), &made).unwrap();
    }
    let expect = std::fs::read_to_string(committed()).unwrap().replace("\r\n", "\n");
    let first = made.lines().zip(expect.lines()).position(|(made, expect)| made != expect);
    assert!(
        made == expect,
        "differs from line {first:?} on; with REKEY_UPDATE_SNAPSHOTS=1 it is written anew:\n{:?}\n{:?}",
        first.and_then(|line| made.lines().nth(line)),
        first.and_then(|line| expect.lines().nth(line)),
    );
}

#[test]
fn what_is_chosen_is_undone_by_choosing_what_was_before() {
    let mut vault = Vault::new();
    let order = |vault: &Vault| -> Vec<AccountId> {
        let plan = vault.session.plan(&Directory::built_in(), &vault.live, NOW).unwrap();
        plan.iter().map(|planned| planned.account).collect()
    };
    let before = order(&vault);
    let last_active = before[300];
    let events = vault.session.ledger.events(last_active).unwrap().len();
    let former = vault.session.choose(last_active, Some(Choice::Pinned), NOW).unwrap();
    assert_eq!((former, order(&vault).iter().position(|id| *id == last_active).unwrap() < 3), (None, true));
    // Chosen already: nothing is written.
    assert_eq!(vault.session.choose(last_active, Some(Choice::Pinned), NOW).unwrap(), Some(Choice::Pinned));
    assert_eq!(vault.session.ledger.events(last_active).unwrap().len(), events + 1);
    let until_day = day_of(NOW) + 30;
    assert_eq!(
        vault.session.choose(last_active, Some(Choice::Postponed { until_day }), NOW).unwrap(),
        Some(Choice::Pinned)
    );
    assert!(order(&vault).iter().position(|id| *id == last_active).unwrap() > 300);
    vault.session.choose(last_active, former, NOW).unwrap();
    assert_eq!(order(&vault), before);
    let nobody = AccountId::parse("00000000-0000-0000-0000-000000000000").unwrap();
    assert!(matches!(vault.session.choose(nobody, None, NOW), Err(AppError::NoSuchAccount { .. })));
}

#[test]
fn only_what_differs_is_written_down_of_passwords() {
    let mut vault = Vault::new();
    let found: Vec<(AccountId, HealthFacts)> =
        vault.live.iter().filter_map(|(id, live)| Some((*id, live.health?))).collect();
    let later = NOW + 86_400_000;
    assert_eq!(vault.session.judge(&found, NOW).unwrap(), found.len());
    assert_eq!(vault.session.judge(&found, later).unwrap(), 0);
    // The order in which they are written down says nothing of who shares a password.
    let written =
        |id| vault.session.ledger.events(id).unwrap().into_iter().find(|r| r.kind == "account_judged").unwrap();
    let mut written: Vec<_> = found.iter().map(|(id, _)| (written(*id).number, *id)).collect();
    written.sort();
    assert!(written.is_sorted_by_key(|(_, id)| *id));
    // What the ledger keeps gives the same plan as the open vault, but for what is never kept.
    let bands = |live: &HashMap<_, _>| -> Vec<(AccountId, Band)> {
        let plan = vault.session.plan(&Directory::built_in(), live, NOW).unwrap();
        let mut bands: Vec<_> = plan.iter().map(|planned| (planned.account, planned.band)).collect();
        bands.sort();
        bands
    };
    let mut without_health = vault.live.clone();
    without_health.values_mut().for_each(|live| live.health = None);
    assert!(bands(&without_health) == bands(&vault.live));

    let (id, health) = *found.iter().find(|(_, health)| health.judged.breached == Some(true)).unwrap();
    let kept = |vault: &Vault| vault.session.ledger.account(id).unwrap().unwrap().judged.unwrap();
    assert_eq!(kept(&vault).judged_day, day_of(NOW));
    let mut judge = |judged, changed_day| {
        let health = HealthFacts { judged, changed_day, ..HealthFacts::default() };
        (vault.session.judge(&[(id, health)], later).unwrap(), kept(&vault))
    };
    // Nobody looked for breaches this time: what was found stays, whatever else is found …
    let judged = Judgement { breached: None, ..health.judged };
    assert_eq!(judge(judged, Some(day_of(NOW))).0, 0);
    let moved = Judgement { strength: Some(Strength::Strong), is_old: !judged.is_old, ..judged };
    let (written, now) = judge(moved, None);
    assert_eq!((written, now.is_old, now.breached), (1, moved.is_old, Some(true)));
    // … all of it where the password is in none of the open vaults …
    assert_eq!(judge(Judgement::default(), None), (0, now));
    // … until the password is known to be another one.
    let (written, now) = judge(moved, Some(day_of(later) + 1));
    assert_eq!((written, now.breached, now.judged_day), (1, None, day_of(later)));
    assert_eq!(judge(moved, Some(day_of(later) + 1)).0, 0);
}

#[test]
fn a_site_is_announced_once_and_its_accounts_move_up() {
    let mut vault = Vault::new();
    let site = Site::parse("forocoches.com").unwrap();
    let find = |vault: &Vault| {
        let plan = vault.session.plan(&Directory::built_in(), &vault.live, NOW).unwrap();
        plan.into_iter().find(|planned| planned.site == site).unwrap()
    };
    let before = find(&vault);
    let news = SiteNews { site: site.clone(), role: PasskeyRole::SignIn, said_by: SaidBy::Site };
    assert_eq!(vault.session.note_passkeys_at(vec![news.clone(), news.clone()], NOW).unwrap(), 1);
    assert_eq!(vault.session.note_passkeys_at(vec![news.clone()], NOW).unwrap(), 0);
    assert_eq!(vault.session.site_news().unwrap(), [news]);
    let after = find(&vault);
    assert!(before.place > after.place, "{} {}", before.place, after.place);
    assert!(after.reasons.iter().any(|reason| reason.code() == "announced"), "{:?}", after.reasons);
    // The person looked, and says otherwise.
    vault.session.correct_site("forocoches.com", &[("role".to_owned(), "none_seen".to_owned())], NOW).unwrap();
    let plan = vault.session.plan(&vault.session.profile.directory(NOW), &vault.live, NOW).unwrap();
    let corrected = plan.into_iter().find(|planned| planned.site == site).unwrap();
    assert!(corrected.reasons.iter().all(|reason| reason.code() != "announced"), "{:?}", corrected.reasons);
}

#[test]
fn a_session_without_accounts_has_an_empty_plan() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::open(Some(folder.path())).unwrap();
    assert!(session.plan(&Directory::built_in(), &HashMap::new(), NOW).unwrap().is_empty());
}
