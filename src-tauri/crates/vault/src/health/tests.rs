use bolero::check;
use secrecy::ExposeSecret as _;

use super::*;
use crate::{Entry, Totp, accounts};

const NOW: i64 = 1_800_000_000;
const KEY: [u8; 32] = [7; 32];

/// An account of one entry.
pub(super) fn account(site: &str, user: &str, password: &str) -> Account {
    let mut entry = Entry::default();
    entry.add_url(&format!("https://{site}/"));
    entry.user_name = user.into();
    entry.set_password(password);
    grouped(vec![vec![entry]]).remove(0)
}

fn grouped(entries: Vec<Vec<Entry>>) -> Vec<Account> {
    accounts(entries, &|_| None).accounts
}

/// Sites that differ in their suffix alone are one service here; Gmail is Google's.
fn service(site: &Site) -> String {
    let name = site.as_str().split('.').next().unwrap_or_default();
    if name == "gmail" { "google".into() } else { name.into() }
}

fn judged(accounts: &[Account]) -> Vec<Health> {
    judge(accounts, &HealthKey::new(KEY), NOW, service)
}

fn of(parts: &[(&str, &str, &str)]) -> Vec<Account> {
    parts.iter().map(|(site, user, password)| account(site, user, password)).collect()
}

#[test]
fn strength_knows_the_account() {
    let check = |site: &str, user: &str, password: &str, expect: Option<Strength>| {
        let judged = judged(&[account(site, user, password)]);
        assert_eq!(judged[0].strength, expect, "{site} {user}");
    };
    check("example.com", "ann", "", None);
    check("example.com", "ann", "password", Some(Strength::VeryWeak));
    check("example.com", "ann", "k3W!vq0Z_pT9x#Lm", Some(Strength::VeryStrong));
    // The same password is strong for anybody else.
    let made_of = [
        ("example.com", "wilhelmine.krawuttke", "wilhelmine.krawuttke"),
        ("example.com", "wilhelmine.krawuttke@example.org", "Krawuttke"),
        ("example.com", "krawuttke@example.org", "ekttuwark"),
        ("example.com", "krawuttke", "kr4wu77ke"),
        ("zwirbelkaufhaus.de", "ann", "Zwirbelkaufhaus1"),
    ];
    for (site, user, password) in made_of {
        let others = &judged(&[account("example.net", "bob", password)])[0];
        let own = &judged(&[account(site, user, password)])[0];
        assert!(own.strength < Some(Strength::Fair) && own.strength < others.strength, "{site} {user} {own:?}");
    }
}

#[test]
fn the_words_of_one_account_weaken_no_other() {
    let accounts = of(&[
        ("a.com", "krawuttke", "krawuttke7"),
        ("b.com", "bob", "krawuttke7"),
        ("c.com", "krawuttke", "krawuttke7"),
        ("d.com", "", "krawuttke7"),
    ]);
    let strengths: Vec<_> = judged(&accounts).iter().map(|health| health.strength).collect();
    assert_eq!(strengths[0], strengths[2]);
    assert_eq!(strengths[1], strengths[3]);
    assert!(strengths[0] < strengths[1]);
}

#[test]
fn a_password_in_doubt_is_judged_as_it_is_used() {
    let entry = |password: &str, modified_at: Option<i64>| {
        let mut entry = Entry { modified_at: modified_at.into(), user_name: "ann".into(), ..Entry::default() };
        entry.add_url("example.com");
        entry.set_password(password);
        entry
    };
    let mut accounts = grouped(vec![vec![entry("password", Some(1)), entry("k3W!vq0Z_pT9x#Lm", Some(2))]]);
    assert_eq!(judged(&accounts)[0].strength, Some(Strength::VeryStrong));
    accounts[0].prefer(1);
    assert_eq!(judged(&accounts)[0].strength, Some(Strength::VeryWeak));
}

/// Counts of accounts with the same password: at other services, and at the same.
#[track_caller]
fn check_reuse(accounts: &[(&str, &str, &str)], expect: &[(usize, usize)]) {
    let judged = judged(&of(accounts));
    assert_eq!(judged.iter().map(|health| (health.reused, health.shared_within)).collect::<Vec<_>>(), expect);
}

#[test]
fn reuse_is_counted_across_services() {
    check_reuse(&[], &[]);
    check_reuse(&[("a.com", "ann", "p"), ("b.com", "ann", "p"), ("c.com", "ann", "q")], &[(1, 0), (1, 0), (0, 0)]);
    check_reuse(&[("a.com", "ann", ""), ("b.com", "ann", "")], &[(0, 0), (0, 0)]);
    check_reuse(&[("a.com", "ann", "p"), ("a.com", "bob", "p")], &[(0, 1), (0, 1)]);
    // Two sites of one service are one place where it could leak.
    let two = [("a.com", "ann", "p"), ("a.de", "ann", "p"), ("b.com", "ann", "p")];
    check_reuse(&two, &[(1, 1), (1, 1), (2, 0)]);
    // Neither case nor white space is ignored.
    check_reuse(&[("a.com", "ann", "p"), ("b.com", "ann", "P"), ("c.com", "ann", "p ")], &[(0, 0); 3]);
}

#[test]
fn reuse_is_what_comparing_all_with_all_gives() {
    check!().with_type::<Vec<(u8, u8, u8)>>().with_iterations(300).for_each(|rows| {
        let accounts: Vec<Account> = rows
            .iter()
            .take(40)
            .map(|(site, user, password)| {
                let password =
                    ["", "p", "q", "p\0", "рр", "p".repeat(70).as_str()][usize::from(password % 6)].to_owned();
                account(
                    &format!("s{}.{}", site % 5, ["com", "de"][usize::from(site / 5 % 2)]),
                    &user.to_string(),
                    &password,
                )
            })
            .collect();
        let exposed = |at: &Account| at.password().map(|p| p.expose_secret().to_owned());
        for (account, health) in accounts.iter().zip(judged(&accounts)) {
            let same = accounts.iter().filter(|other| exposed(other).is_some() && exposed(other) == exposed(account));
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                same.partition(|other| service(&other.site) == service(&account.site));
            assert_eq!((health.reused, health.shared_within), (elsewhere.len(), here.len().saturating_sub(1)));
        }
    });
}

/// The first account that each one most likely is.
#[track_caller]
fn check_duplicates(accounts: &[(&str, &str, &str)], expect: &[Option<usize>]) {
    let judged = judged(&of(accounts));
    assert_eq!(judged.iter().map(|health| health.duplicate_of).collect::<Vec<_>>(), expect);
    assert!(judged.iter().all(|health| health.is_duplicate() == health.duplicate_of.is_some()));
}

#[test]
fn duplicates_have_names_that_may_mean_one_person() {
    check_duplicates(&[("a.com", "anna", "p"), ("a.com", "anna@example.com", "p")], &[None, Some(0)]);
    check_duplicates(&[("a.com", "anna@example.com", "p"), ("a.com", "Anna", "p")], &[None, Some(0)]);
    check_duplicates(&[("a.com", "anna", "p"), ("a.de", "anna", "p")], &[None, Some(0)]);
    check_duplicates(&[("a.com", "", "p"), ("a.com", "anna", "p")], &[None, Some(0)]);
    check_duplicates(&[("a.com", "", "p"), ("a.de", "", "p")], &[None, Some(0)]);
    let chain = [("a.com", "Anna@example.com", "p"), ("a.com", "anna", "p"), ("a.com", "anna@example.com", "p")];
    check_duplicates(&chain, &[None, Some(0), Some(0)]);
    // Another password, another service, another person.
    check_duplicates(&[("a.com", "anna", "p"), ("a.com", "anna@example.com", "q")], &[None, None]);
    check_duplicates(&[("a.com", "anna", "p"), ("b.com", "anna", "p")], &[None, None]);
    check_duplicates(&[("a.com", "anna", "p"), ("a.com", "bob@example.com", "p")], &[None, None]);
    check_duplicates(&[("a.com", "anna", ""), ("a.com", "anna@example.com", "")], &[None, None]);
    // Which of two it is nobody knows.
    let two = [("a.com", "anna", "p"), ("a.com", "anna@example.com", "p"), ("a.com", "anna@example.org", "p")];
    check_duplicates(&two, &[None, None, None]);
    check_duplicates(&[("a.com", "anna", "p"), ("a.com", "bob", "p"), ("a.com", "", "p")], &[None, None, None]);
}

#[test]
fn a_further_name_counts_as_well() {
    let mut entries = [("bob", "anna@example.com"), ("anna@example.com", "")].map(|(user, other)| {
        let mut entry = Entry::default();
        entry.add_url("a.com");
        entry.add_name(user);
        entry.add_name(other);
        entry.set_password("p");
        entry
    });
    let of = |entries: &[Entry]| judged(&grouped(vec![entries.to_vec()]))[1].duplicate_of;
    assert_eq!(of(&entries), Some(0));
    entries[1].set_password("q");
    assert_eq!(of(&entries), None);
}

#[test]
fn age_is_known_only_where_the_vault_says() {
    let check = |modified: Option<i64>, changed: Option<i64>, expect: Option<bool>| {
        let (modified_at, password_changed_at) =
            (modified.map(|ago| NOW - ago).into(), changed.map(|ago| NOW - ago).into());
        let mut entry = Entry { modified_at, password_changed_at, ..Entry::default() };
        entry.add_url("example.com");
        entry.set_password("p");
        assert_eq!(judged(&grouped(vec![vec![entry]]))[0].is_old, expect, "{modified:?} {changed:?}");
    };
    const LONG: i64 = OLD_AFTER + 1;
    check(None, None, None);
    check(None, Some(LONG), Some(true));
    check(None, Some(OLD_AFTER), Some(false));
    check(Some(0), Some(LONG), Some(true));
    check(Some(0), Some(0), Some(false));
    // What was not touched since then was not changed since then.
    check(Some(LONG), None, Some(true));
    check(Some(0), None, None);
    assert_eq!(judged(&of(&[("example.com", "ann", "")]))[0].is_old, None);
}

#[test]
fn a_copy_in_another_vault_makes_a_password_no_younger() {
    let entry = |changed: i64, password: &str| {
        let at = Some(NOW - changed).into();
        let mut entry = Entry { modified_at: at, password_changed_at: at, ..Entry::default() };
        entry.add_url("example.com");
        entry.set_password(password);
        entry
    };
    let check = |one: Entry, other: Entry, expect: bool| {
        for entries in [vec![vec![one.clone()], vec![other.clone()]], vec![vec![other, one]]] {
            assert_eq!(judged(&grouped(entries))[0].is_old, Some(expect));
        }
    };
    check(entry(OLD_AFTER + 1, "p"), entry(5, "p"), true);
    check(entry(OLD_AFTER + 1, "q"), entry(5, "p"), false);
}

#[test]
fn others_recover_through_the_account_of_their_address() {
    let check = |accounts: &[(&str, &str, &str)], expect: &[usize]| {
        let judged = judged(&of(accounts));
        assert_eq!(judged.iter().map(|health| health.recoveries).collect::<Vec<_>>(), expect);
    };
    let mail = ("google.com", "Ann@gmail.com", "p");
    check(&[mail, ("a.com", "ann@gmail.com", "q"), ("b.com", "ann+b@GMAIL.com", "r")], &[2, 0, 0]);
    check(&[("gmail.com", "ann", "p"), ("a.com", "ann@gmail.com", "q")], &[1, 0]);
    // Another mailbox, another provider, no address, another account of the provider's.
    check(&[mail, ("a.com", "bob@gmail.com", "q"), ("b.com", "ann@mail.example", "q"), ("c.com", "ann", "q")], &[0; 4]);
    check(&[mail, ("google.de", "ann@gmail.com", "q")], &[0, 0]);
    check(&[("google.com", "ann@mail.example", "p"), ("a.com", "ann@gmail.com", "q")], &[0, 0]);
}

#[test]
fn each_account_recovers_once() {
    let mut accounts = of(&[("gmail.com", "ann", "p"), ("a.com", "ann@gmail.com", "q"), ("b.com", "bob", "q")]);
    accounts[0].other_names = vec!["bob@gmail.com".into()];
    accounts[1].other_names = vec!["Ann@gmail.com".into(), "bob@gmail.com".into()];
    assert_eq!(judged(&accounts)[0].recoveries, 1);
    accounts[2].other_names = vec!["bob@gmail.com".into()];
    assert_eq!(judged(&accounts)[0].recoveries, 2);
}

#[test]
fn a_generator_is_a_second_factor() {
    let mut accounts = of(&[("example.com", "ann", "p")]);
    assert!(!judged(&accounts)[0].second_factor);
    accounts[0].totp = Totp::parse("GEZDGNBVGY3TQOJQ").ok().map(Box::new);
    assert!(judged(&accounts)[0].second_factor);
}

#[test]
fn it_can_be_watched_and_stopped() {
    let accounts = of(&[("a.com", "ann", "p"), ("b.com", "ann", "p"), ("c.com", "ann", "p")]);
    let key = HealthKey::new(KEY);
    let mut seen = Vec::new();
    let mut run = |last: usize| {
        seen.clear();
        let health = judge_with(&accounts, &key, NOW, service, |done, all| {
            seen.push((done, all));
            if done == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (health.map(|health| health.len()), seen.clone())
    };
    assert_eq!(run(0), (Some(3), vec![(1, 3), (2, 3), (3, 3)]));
    assert_eq!(run(2), (None, vec![(1, 3), (2, 3)]));
}

#[test]
fn no_key_changes_the_result_and_none_shows() {
    let accounts = of(&[("a.com", "ann", "hush-hush"), ("b.com", "ann", "hush-hush"), ("c.com", "hush", "hush")]);
    let (one, other) = (HealthKey::new([b'h'; 32]), HealthKey::new([0; 32]));
    let judged = judge(&accounts, &one, NOW, Site::clone);
    assert_eq!(judged, judge(&accounts, &other, NOW, Site::clone));
    let shown = format!("{judged:?}{one:?}");
    assert!(!shown.contains("hush") && !shown.contains("104") && shown.contains("REDACTED"));
}

#[test]
fn hostile_passwords_are_judged() {
    let long = |text: &str| text.repeat(1 << 20);
    let passwords = [
        long("a"),
        long("qa"),
        long("🦀"),
        long("\0"),
        "\0".into(),
        "İ".repeat(64),
        "qaws".repeat(16),
        "aaaaaaaab".repeat(20),
        "1990-01-01".repeat(9),
        "\u{301}\u{200d}\n\r\t".repeat(13),
        "٣٤٥٦٧٨".repeat(9),
        "ſK".repeat(40),
        "ΑΣ".repeat(40),
        "@8({[<369!|170$5+7%2".repeat(4),
        (1..=120).filter_map(char::from_u32).collect(),
    ];
    for password in passwords {
        let names = password.chars().take(70).collect::<String>();
        let accounts = [account("example.com", &names, &password), account("other.org", &password, &password)];
        let judged = judged(&accounts);
        assert!(judged.iter().all(|health| health.strength.is_some() && health.reused == 1));
    }
}

#[test]
fn a_hundred_thousand_accounts_with_one_password_are_judged_as_one() {
    let one = account("example.com", "ann", "one password for all of them");
    let several = |at: usize| {
        let mut account = one.clone();
        account.site = Site::parse(&format!("s{at}.com")).unwrap();
        account.user_name = format!("ann{at}");
        account
    };
    let accounts: Vec<Account> = (0..100_000).map(several).collect();
    let judged = judge(&accounts, &HealthKey::new(KEY), NOW, Site::clone);
    assert!(judged.iter().all(|health| health.reused == 99_999 && health.duplicate_of.is_none()));
    // All at one site, with names in a chain.
    let mut accounts = accounts;
    accounts.iter_mut().for_each(|account| account.site = one.site.clone());
    let judged = judge(&accounts, &HealthKey::new(KEY), NOW, Site::clone);
    assert!(judged.iter().all(|health| health.reused == 0 && health.shared_within == 99_999));
}
