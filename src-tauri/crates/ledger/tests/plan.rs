//! What the ledger keeps for the plan.
#![allow(clippy::unwrap_used, reason = "test code")]

use rekey_journey::{AccountId, Event, Judgement, PasskeyRole, Reuse, SaidBy, Strength};
use rekey_ledger::{AccountFilter, Ledger};
use rekey_origin::Site;

fn import(ledger: &mut Ledger, site: &str, user_name: &str) -> AccountId {
    let site = Site::parse(site).unwrap();
    let id = ledger.account_id(&site, user_name);
    let imported = Event::AccountImported {
        site,
        user_name: user_name.into(),
        title: "T".into(),
        format: "kdbx4".into(),
        has_password: true,
        has_totp: false,
        source: String::new(),
        has_passkey: false,
        is_archived: false,
        expires_at: None,
    };
    ledger.append(Some(id), &[imported], 1_000).unwrap();
    id
}

#[test]
fn what_the_ledger_says_of_a_password_helps_nobody_to_find_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let judged = Judgement {
        strength: Some(Strength::Fair),
        reused: Reuse::of(17),
        is_old: true,
        breached: Some(true),
        breached_day: Some(19_990),
        judged_day: 20_000,
        ..Judgement::default()
    };
    ledger.append(Some(id), &[Event::AccountJudged { judged }], 2).unwrap();
    assert_eq!(ledger.account(id).unwrap().unwrap().judged, Some(judged));
    let written = serde_json::to_value(Event::AccountJudged { judged }).unwrap();
    let expect = serde_json::json!({ "kind": "account_judged", "judged": {
        "strength": "fair", "reused": "many", "is_old": true, "open_line": false, "is_duplicate": false,
        "breached": true, "breached_day": 19_990, "judged_day": 20_000,
    }});
    assert_eq!(written, expect, "words of a few buckets, flags and days; nothing finer may be added");
}

#[test]
fn sites_that_take_passkeys_now_are_remembered_beside_the_accounts() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "example.com", "alice");
    let fact = Event::SiteTakesPasskeys {
        site: Site::parse("example.com").unwrap(),
        role: PasskeyRole::SignIn,
        said_by: SaidBy::Site,
    };
    ledger.append(None, std::slice::from_ref(&fact), 2).unwrap();
    assert_eq!(ledger.sites_with_passkeys().unwrap(), [(2, fact)]);
    let before = ledger.accounts(&AccountFilter::default()).unwrap();
    ledger.rebuild().unwrap();
    assert_eq!(ledger.accounts(&AccountFilter::default()).unwrap(), before);
}
