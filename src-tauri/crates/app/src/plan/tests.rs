//! The plan from outside: one candidate after the other, and the order of several.

use rekey_journey::{
    AccountId, AccountState, Choice, Judgement, PasskeyRole, Reuse, SaidBy, StopReason, Strength as PasswordStrength,
};
use rekey_origin::Site;
use rekey_sites::record::{Attachment, Capacity, Confidence, Kind, PasswordAfter, Role};
use uuid::Uuid;

use super::*;
use crate::text::{Language, Texts};

/// 2026-11-27.
const NOW: u64 = 20_784 * 86_400_000;

fn candidate(site: &str) -> Candidate {
    let site = Site::parse(site).unwrap();
    Candidate::new(AccountId::new(Uuid::nil(), &site, "ana"), site, "ana".into())
}

fn facts(role: Option<Role>, kind: Option<Kind>) -> Option<SiteFacts> {
    Some(SiteFacts { role, kind, ..SiteFacts::default() })
}

fn good() -> Judgement {
    Judgement { strength: Some(PasswordStrength::Strong), breached: Some(false), ..Judgement::default() }
}

fn health(judged: Judgement) -> Option<HealthFacts> {
    Some(HealthFacts { judged, ..HealthFacts::default() })
}

/// Learnt today.
fn announced(role: PasskeyRole) -> Option<Announced> {
    Some(Announced { role, said_by: SaidBy::Site, day: day_of(NOW) })
}

/// Plans one account and compares state, step, and what the step lacks.
fn check(change: impl FnOnce(&mut Candidate), state: &str, step: &str, band: Band) -> Planned {
    let mut one = candidate("example.com");
    one.health = health(good());
    change(&mut one);
    let planned = plan(vec![one.clone()], NOW).remove(0);
    assert_eq!((planned.state.code(), planned.next_step.code(), planned.band), (state, step, band), "{one:#?}");
    assert_eq!(planned.place, 1);
    planned
}

#[test]
fn a_site_that_takes_passkeys_gets_one() {
    check(|c| c.facts = facts(Some(Role::SignIn), None), "ready", "sign_in_and_find", Band::Passkeys);
    let page = |c: &mut Candidate| {
        let page = Some("https://example.com/passkeys".into());
        c.facts = Some(SiteFacts { role: Some(Role::Both), passkey_page: page, ..SiteFacts::default() });
    };
    let planned = check(page, "ready", "open_passkey_page", Band::Easy);
    assert!(planned.ease.level() == Level::High && planned.warnings.is_empty());
    let second =
        check(|c| c.facts = facts(Some(Role::SecondFactor), None), "ready", "sign_in_and_find", Band::Passkeys);
    assert_eq!(second.warnings, [Warning::SecondFactorOnly]);
    check(|c| c.announced = announced(PasskeyRole::Unknown), "ready", "sign_in_and_find", Band::Passkeys);
    // What somebody saw is outdone by what the site says itself.
    let news = |c: &mut Candidate| {
        c.facts = facts(Some(Role::NoneSeen), None);
        c.announced = announced(PasskeyRole::SecondFactor);
    };
    check(news, "ready", "sign_in_and_find", Band::Passkeys);
}

#[test]
fn what_the_person_says_and_what_was_seen_later_outdo_an_announcement() {
    let seen = |observed: Option<&'static str>, role_is_own: bool| {
        move |c: &mut Candidate| {
            let role = Some(Role::NoneSeen);
            c.facts = Some(SiteFacts { role, role_is_own, observed: observed.map(Into::into), ..SiteFacts::default() });
            c.announced = announced(PasskeyRole::SignIn);
            c.has_totp = true;
        }
    };
    let counts = |observed| {
        let planned = check(seen(observed, false), "ready", "sign_in_and_find", Band::Passkeys);
        assert!(planned.reasons.contains(&Reason::Announced { said_by: SaidBy::Site }), "{observed:?}");
    };
    let does_not = |observed, role_is_own| {
        let planned = check(seen(observed, role_is_own), "watched", "watch", Band::Watched);
        assert_eq!(planned.reasons, [Reason::TakesNone, Reason::Strong], "{observed:?}");
    };
    // It was learnt on 2026-11-27. A year or month alone may have been before that.
    for observed in [None, Some("2025-12-31"), Some("2026"), Some("2026-11"), Some("2026-11-27")] {
        counts(observed);
        does_not(observed, true);
    }
    for observed in ["2026-11-28", "2026-12", "2027"] {
        does_not(Some(observed), false);
    }
}

#[test]
fn nothing_is_said_of_a_password_that_is_in_no_open_vault() {
    let not_seen = |c: &mut Candidate| {
        c.facts = facts(Some(Role::NoneSeen), None);
        c.has_totp = true;
        c.health = health(Judgement::default());
    };
    let planned = check(not_seen, "to_strengthen", "open_vault", Band::Strengthen);
    assert!(planned.reasons.contains(&Reason::NotJudged) && !planned.reasons.contains(&Reason::Strong));
    let has_none = |c: &mut Candidate| {
        not_seen(c);
        c.has_password = false;
        let password_after = Some(PasswordAfter::HasNone);
        c.facts = Some(SiteFacts { role: Some(Role::NoneSeen), password_after, ..SiteFacts::default() });
    };
    let planned = check(has_none, "watched", "watch", Band::Watched);
    assert_eq!(planned.reasons, [Reason::TakesNone]);
}

#[test]
fn a_password_at_risk_is_changed_where_no_passkey_mends_it() {
    let reused = Judgement { reused: Reuse::Few, ..good() };
    let with = |role: Option<Role>| {
        move |c: &mut Candidate| {
            c.facts = facts(role, None);
            c.health = health(reused);
        }
    };
    let planned = check(with(Some(Role::SignIn)), "ready", "sign_in_and_find", Band::Reused);
    assert_eq!(planned.then_step.unwrap().code(), "replace_password");
    let breached = |c: &mut Candidate| {
        c.facts = facts(Some(Role::SignIn), None);
        c.health = health(Judgement { breached: Some(true), ..good() });
    };
    let planned = check(breached, "to_strengthen", "secure", Band::Breached);
    assert_eq!(planned.then_step, Some(NextStep::SignInAndFind));
    let planned = check(with(Some(Role::SecondFactor)), "to_strengthen", "secure", Band::Reused);
    assert_eq!(planned.then_step, Some(NextStep::SignInAndFind));
    assert_eq!(planned.warnings, [Warning::SecondFactorOnly]);
    let planned = check(with(None), "to_strengthen", "secure", Band::Reused);
    assert_eq!(planned.then_step, Some(NextStep::SignInAndLook));
    let planned = check(with(Some(Role::NoneSeen)), "to_strengthen", "secure", Band::Reused);
    assert_eq!(planned.next_step, NextStep::Secure { lacks: vec![Lack::Unique, Lack::SecondFactor], page: None });
}

#[test]
fn a_site_without_passkeys_has_an_end_of_its_own() {
    let none = |change: fn(&mut Candidate)| {
        move |c: &mut Candidate| {
            c.facts = facts(Some(Role::NoneSeen), None);
            c.has_totp = true;
            change(c);
        }
    };
    check(none(|_| {}), "watched", "watch", Band::Watched);
    let lacks = |change: fn(&mut Candidate), expect: &[Lack], band| {
        let planned = check(none(change), "to_strengthen", "secure", band);
        let NextStep::Secure { lacks, .. } = planned.next_step else { unreachable!() };
        assert_eq!(lacks, expect);
    };
    lacks(|c| c.has_totp = false, &[Lack::SecondFactor], Band::Strengthen);
    lacks(
        |c| c.health = health(Judgement { strength: Some(PasswordStrength::Fair), ..good() }),
        &[Lack::Strong],
        Band::Strengthen,
    );
    lacks(
        |c| c.health = health(Judgement { strength: Some(PasswordStrength::Weak), ..good() }),
        &[Lack::Strong],
        Band::Weak,
    );
    lacks(|c| c.health = health(Judgement { breached: Some(true), ..good() }), &[Lack::Unpublished], Band::Breached);
    check(none(|c| c.health = None), "to_strengthen", "open_vault", Band::Strengthen);
    // A second factor may be known that is no secret of the vault's.
    let elsewhere = |c: &mut Candidate| {
        c.has_totp = false;
        c.health = Some(HealthFacts { judged: good(), second_factor: true, ..HealthFacts::default() });
    };
    check(none(elsewhere), "watched", "watch", Band::Watched);
    // Nobody knew, Rekey looked, and found nothing.
    let looked = |c: &mut Candidate| {
        c.has_totp = true;
        (c.state, c.stopped) = (AccountState::Stuck, Some(StopReason::NoPasskeyPage));
    };
    check(looked, "watched", "watch", Band::Watched);
}

#[test]
fn devices_at_home_are_not_asked_for_what_they_cannot_have() {
    let at = |site: &'static str| move |c: &mut Candidate| c.site = Site::parse(site).unwrap();
    check(at("192.168.1.1"), "settled", "nothing", Band::Watched);
    check(at("[fd00::1]:8443"), "settled", "nothing", Band::Watched);
    let nas = check(at("nas.lan:5001"), "unexplored", "sign_in_and_look", Band::Explore);
    assert_eq!(nas.reasons, [Reason::SiteUnknown, Reason::Local]);
    // A public suffix is no name of the person's own.
    let service = check(at("service.gov.uk"), "unexplored", "sign_in_and_look", Band::Explore);
    assert_eq!(service.reasons, [Reason::SiteUnknown]);
    let open = |c: &mut Candidate| {
        c.site = Site::parse("http://nas.lan:5000").unwrap();
        c.health = health(Judgement { open_line: true, ..good() });
    };
    check(open, "settled", "nothing", Band::Watched);
    let practice = |c: &mut Candidate| {
        c.site = Site::parse("http://localhost:8080").unwrap();
        c.health = health(Judgement { open_line: true, ..good() });
    };
    check(practice, "unexplored", "sign_in_and_look", Band::Explore);
}

#[test]
fn what_the_ledger_and_the_person_say_goes_first() {
    let state = |state, stopped| {
        move |c: &mut Candidate| {
            c.facts = facts(Some(Role::SignIn), None);
            (c.state, c.stopped) = (state, stopped);
        }
    };
    check(state(AccountState::Proven, None), "proven", "nothing", Band::Done);
    check(state(AccountState::SecondFactor, None), "proven_second_factor", "nothing", Band::Done);
    check(state(AccountState::Registered, None), "in_progress", "prove", Band::Begun);
    check(state(AccountState::Started, None), "in_progress", "go_on", Band::Begun);
    check(state(AccountState::NeedsPerson, Some(StopReason::Captcha)), "needs_you", "answer", Band::Easy);
    check(state(AccountState::Stuck, Some(StopReason::PasswordRefused)), "stuck", "solve", Band::Blocked);
    // The site is known to take passkeys: that none was found there is a problem, not an answer.
    check(state(AccountState::Stuck, Some(StopReason::NoPasskeyPage)), "stuck", "solve", Band::Blocked);
    let breached = |c: &mut Candidate| {
        c.state = AccountState::Proven;
        c.health = health(Judgement { breached: Some(true), ..good() });
        c.facts = Some(SiteFacts { password_after: Some(PasswordAfter::Removable), ..SiteFacts::default() });
    };
    let planned = check(breached, "proven", "replace_password", Band::Breached);
    let lacks = vec![Lack::Unpublished];
    assert_eq!(planned.next_step, NextStep::ReplacePassword { lacks, can_remove: true, page: None });

    let chosen = |choice| move |c: &mut Candidate| c.choice = Some(choice);
    let today = day_of(NOW);
    check(chosen(Choice::Pinned), "unexplored", "sign_in_and_look", Band::Pinned);
    check(chosen(Choice::Ignored), "ignored", "nothing", Band::Left);
    check(chosen(Choice::Postponed { until_day: today + 1 }), "postponed", "nothing", Band::Postponed);
    check(chosen(Choice::Postponed { until_day: today }), "unexplored", "sign_in_and_look", Band::Explore);
    check(|c| c.is_gone = true, "gone", "nothing", Band::Left);
    check(|c| c.is_archived = true, "archived", "nothing", Band::Left);
    check(|c| c.has_passkey = true, "in_vault", "prove_from_vault", Band::Easy);
    check(|c| c.has_password = false, "unclear", "say_how", Band::Unclear);
    let follows = |c: &mut Candidate| {
        c.has_password = false;
        c.signs_in_with = Some("Google".into());
    };
    check(follows, "follows", "follow_provider", Band::Follows);
    let without_passwords = |c: &mut Candidate| {
        c.has_password = false;
        let role = Some(Role::SignIn);
        c.facts = Some(SiteFacts { role, password_after: Some(PasswordAfter::HasNone), ..SiteFacts::default() });
    };
    check(without_passwords, "ready", "sign_in_and_find", Band::Passkeys);
}

#[test]
fn the_order_is_the_tables() {
    let kind = |site: &str, kind: Kind, change: fn(&mut Candidate)| {
        let mut one = candidate(site);
        one.health = health(good());
        one.facts = facts(Some(Role::SignIn), Some(kind));
        change(&mut one);
        one
    };
    let judged = |judged| health(judged);
    let mut breached = kind("breached.example.com", Kind::Other, |_| {});
    breached.site = Site::parse("breached.com").unwrap();
    breached.health = judged(Judgement { breached: Some(true), ..good() });
    let mut reused = kind("reused.com", Kind::Social, |_| {});
    reused.health = judged(Judgement { reused: Reuse::Many, ..good() });
    let weak = |site: &str, page: Option<&'static str>| {
        let mut one = kind(site, Kind::Other, |_| {});
        one.health = judged(Judgement { strength: Some(PasswordStrength::Weak), ..good() });
        one.facts = page.map(|page| SiteFacts {
            role: Some(Role::SignIn),
            passkey_page: Some(page.into()),
            kind: Some(Kind::Other),
            ..SiteFacts::default()
        });
        one
    };
    let candidates = vec![
        weak("weak-unknown.com", None),
        weak("weak-easy.com", Some("https://weak-easy.com/")),
        kind("stuck.com", Kind::Other, |c| {
            (c.state, c.stopped) = (AccountState::Stuck, Some(StopReason::PasswordRefused));
        }),
        kind("unknown.com", Kind::Social, |c| c.facts = None),
        kind("old-bank.com", Kind::Money, |c| {
            c.facts = facts(None, Some(Kind::Money));
            c.health = health(Judgement { is_old: true, ..good() });
        }),
        kind("done.com", Kind::Identity, |c| c.state = AccountState::Proven),
        kind("easy-b.com", Kind::Shopping, |_| {}),
        kind("easy-a.com", Kind::Shopping, |_| {}),
        reused,
        breached,
        kind("bank.com", Kind::Money, |_| {}),
        kind("begun.com", Kind::Other, |c| c.state = AccountState::Registered),
        kind("few-mail.com", Kind::Mail, |c| c.recovers = 14),
        kind("many-mail.com", Kind::Mail, |c| c.recovers = 17),
        kind("unused-mail.com", Kind::Mail, |_| {}),
        kind("identity.com", Kind::Identity, |_| {}),
        kind("pinned.com", Kind::Other, |c| c.choice = Some(Choice::Pinned)),
    ];
    let expect = [
        "pinned.com",
        "many-mail.com",
        "few-mail.com",
        "identity.com",
        "unused-mail.com",
        "begun.com",
        "bank.com",
        "old-bank.com",
        "breached.com",
        "reused.com",
        "weak-easy.com",
        "easy-a.com",
        "easy-b.com",
        "weak-unknown.com",
        "stuck.com",
        "unknown.com",
        "done.com",
    ];
    let order = |candidates: Vec<Candidate>| -> Vec<String> {
        plan(candidates, NOW).iter().map(|planned| planned.site.to_string()).collect()
    };
    assert_eq!(order(candidates.clone()), expect);
    // The order in which they come does not matter.
    assert_eq!(order(candidates.into_iter().rev().collect()), expect);
}

#[test]
fn warnings_say_what_differs_at_the_site() {
    let all = |c: &mut Candidate| {
        c.facts = Some(SiteFacts {
            role: Some(Role::SignIn),
            authenticator: Some(Attachment::Platform),
            capacity: Some(Capacity::One),
            usernameless: Some(false),
            password_after: Some(PasswordAfter::Stays),
            observed: Some("2023".into()),
            confidence: Some(Confidence::Low),
            ..SiteFacts::default()
        });
    };
    let planned = check(all, "ready", "sign_in_and_find", Band::Passkeys);
    let codes: Vec<_> = planned.warnings.iter().map(Warning::code).collect();
    assert_eq!(
        codes,
        ["one_passkey_only", "platform_only", "needs_user_name", "password_stays", "facts_unsure", "facts_old"]
    );
}

#[test]
fn the_place_is_explained_in_a_sentence() {
    let mut one = candidate("mail.com");
    one.facts = facts(Some(Role::SignIn), Some(Kind::Mail));
    one.recovers = 14;
    let say = |candidate: Candidate, language| {
        let planned = plan(vec![candidate], NOW).remove(0);
        explain(&planned, &Texts::new(language)).why
    };
    assert_eq!(
        say(one.clone(), Language::English),
        "First, because 14 other accounts recover through it, and the site takes passkeys."
    );
    assert_eq!(
        say(one.clone(), Language::Spanish),
        "La primera, porque otras 14 cuentas se recuperan a través de ella, y el sitio admite llaves de acceso."
    );
    one.recovers = 1;
    one.health = Some(HealthFacts {
        judged: Judgement { reused: Reuse::Few, ..good() },
        reused_on: Some(3),
        ..HealthFacts::default()
    });
    assert_eq!(
        say(one.clone(), Language::English),
        "First, because 1 other account recovers through it, and its password is used on 3 other sites too."
    );
    one.choice = Some(Choice::Postponed { until_day: 20_811 });
    assert_eq!(say(one, Language::English), "Nothing to do now: you put it off until 2026-12-24.");
}

#[test]
fn every_code_has_its_words() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let whole = |prefix: &str, codes: &[&str]| {
            for code in codes {
                let args = ["reason", "next", "change", "lacks", "how", "provider", "bucket", "by", "date", "observed"];
                let mut args: Vec<_> = args.into_iter().map(|name| (name, "x".into())).collect();
                args.push(("count", 2.into()));
                let id = format!("{prefix}-{}", code.replace('_', "-"));
                let text = texts.find(&id, None, &args).unwrap_or_default();
                assert!(!text.is_empty() && !text.contains('{'), "{language} {id}");
                let is_sentence = text.ends_with('.') || text.ends_with(". x");
                assert_eq!(is_sentence, matches!(prefix, "plan-step" | "plan-warning"), "{language} {id}: {text}");
                if prefix == "plan-reason" && language == Language::Spanish {
                    assert!(!text.starts_with(['i', 'I', 'í']) && !text.starts_with("hi"), "y {text}");
                }
            }
        };
        whole("plan-state", PlanState::CODES);
        whole("plan-step", NextStep::CODES);
        whole("plan-reason", Reason::CODES);
        whole("plan-warning", Warning::CODES);
        whole("plan-lack", &Lack::ALL.map(Lack::code));
        for what in ["ease", "risk", "value"] {
            whole("plan", &[&format!("{what}-low"), &format!("{what}-middling"), &format!("{what}-high")]);
        }
    }
}

#[test]
fn a_code_is_what_scripts_read() {
    let values = [
        serde_json::to_value(PlanState::ProvenSecondFactor).unwrap(),
        serde_json::to_value(NextStep::Secure { lacks: vec![Lack::SecondFactor], page: None }).unwrap(),
        serde_json::to_value(Reason::Recovers { count: 3 }).unwrap(),
        serde_json::to_value(Warning::FactsOld { observed: "2024".into() }).unwrap(),
    ];
    let expect = [
        serde_json::json!({ "code": "proven_second_factor" }),
        serde_json::json!({ "code": "secure", "lacks": ["second_factor"], "page": null }),
        serde_json::json!({ "code": "recovers", "count": 3 }),
        serde_json::json!({ "code": "facts_old", "observed": "2024" }),
    ];
    assert_eq!(values, expect);
}

#[test]
fn ten_thousand_accounts_are_ranked_at_once() {
    let kinds = [None, Some(Kind::Money), Some(Kind::Social), Some(Kind::Other)];
    let many: Vec<Candidate> = (0..10_000_u32)
        .map(|n| {
            let mut one = candidate(&format!("site{n}.com"));
            one.facts = facts([None, Some(Role::SignIn)][n as usize % 2], kinds[n as usize % 4]);
            one.health = health(Judgement { reused: Reuse::of(n as usize % 7), ..good() });
            one
        })
        .collect();
    let start = std::time::Instant::now();
    let planned = plan(many, NOW);
    // Milliseconds where it is optimised; the bound is for a build that is not, on a busy computer.
    assert!(start.elapsed() < std::time::Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(planned.windows(2).all(|pair| pair[0].place + 1 == pair[1].place && pair[0].band <= pair[1].band));
}
