//! The ledger seen from outside: what it keeps, what it refuses, and that its views are nothing but its events.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

use std::fs;
use std::path::Path;

use rekey_journey::{
    AccountId, AccountState, Choice, Credential, Event, EvidenceSource, Judgement, Occasion, ProofKind, Reuse,
    StopReason, Strength, VerificationMethod,
};
use rekey_ledger::{AccountFilter, Ledger, LedgerError, Match, unix_now};
use rekey_origin::Site;
use rusqlite::Connection;

fn imported(site: &str, user_name: &str) -> Event {
    Event::AccountImported {
        site: Site::parse(site).unwrap(),
        user_name: user_name.into(),
        title: format!("{site} of {user_name}"),
        format: "kdbx4".into(),
        has_password: true,
        has_totp: false,
        source: String::new(),
        has_passkey: false,
        is_archived: false,
        expires_at: None,
    }
}

fn import(ledger: &mut Ledger, site: &str, user_name: &str) -> AccountId {
    let id = ledger.account_id(&Site::parse(site).unwrap(), user_name);
    ledger.append(Some(id), &[imported(site, user_name)], 1_000).unwrap();
    id
}

fn credential(id: &str) -> Credential {
    Credential {
        id: id.into(),
        rp_id: "localhost".into(),
        user_handle: "aGFuZGxl".into(),
        home: "store".into(),
        source: EvidenceSource::MadeByRekey,
    }
}

fn proven(id: &str, proof: ProofKind) -> Event {
    Event::Proven { credential: id.into(), proof, signals: vec![], source: EvidenceSource::MadeByRekey }
}

#[test]
fn what_is_appended_stays_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let first = ledger.append(Some(id), &[Event::Reauthenticated], 2_000).unwrap();
    let second = ledger
        .append(Some(id), &[Event::CodeGiven { step: 57_000_000, occasion: Occasion::SignIn }, Event::KeyNamed], 3_000)
        .unwrap();
    assert!(second > first);
    let (namespace, device) = (ledger.namespace(), ledger.device());
    drop(ledger);

    let ledger = Ledger::open(&path).unwrap();
    assert_eq!((ledger.namespace(), ledger.device()), (namespace, device));
    let events = ledger.events(id).unwrap();
    assert_eq!(
        events.iter().map(|e| (e.kind.as_str(), e.time)).collect::<Vec<_>>(),
        [("account_imported", 1_000), ("reauthenticated", 2_000), ("code_given", 3_000), ("key_named", 3_000)]
    );
    assert!(events.windows(2).all(|pair| pair[0].id < pair[1].id), "ids grow with time");
    assert_eq!(ledger.progress(id).unwrap().last_code_step, Some(57_000_000));
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.last_code_step, view.changed_at), (Some(57_000_000), 3_000));
}

#[test]
fn events_cannot_be_changed_or_removed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let raw = Connection::open(&path).unwrap();
    assert!(raw.execute("UPDATE events SET time = 0", []).is_err());
    assert!(raw.execute("DELETE FROM events", []).is_err());
    assert_eq!(ledger.events(id).unwrap().len(), 1);
}

#[test]
fn an_append_is_all_or_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let refused = ledger.append(Some(id), &[Event::KeyNamed, imported("example.com", "bob")], 2_000);
    assert!(matches!(refused, Err(LedgerError::WrongAccount)), "{refused:?}");
    assert_eq!(ledger.events(id).unwrap().len(), 1);
}

#[test]
fn a_proof_counts_for_its_own_passkey_only() {
    let mut ledger = Ledger::in_memory().unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let created = Event::PasskeyCreated { credential: credential("one") };
    ledger.append(Some(id), &[created, proven("two", ProofKind::Passwordless)], 2_000).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.state, view.proven_at), (AccountState::Registered, None));
    ledger.append(Some(id), &[proven("one", ProofKind::Passwordless)], 3_000).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.state, view.proven_at), (AccountState::Proven, Some(3_000)));
    ledger.append(Some(id), &[Event::PasskeyCreated { credential: credential("two") }], 4_000).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.state, view.proven_at, view.proof_source), (AccountState::Registered, None, None));
}

#[test]
fn where_a_passkey_can_be_used_besides_is_its_own_fact() {
    let mut ledger = Ledger::in_memory().unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let copied = |id: &str, to: &str| Event::PasskeyCopied { credential: id.into(), to: to.into() };
    let check = |ledger: &mut Ledger, events: &[Event], expect: &[&str]| {
        ledger.append(Some(id), events, 2_000).unwrap();
        assert_eq!(ledger.account(id).unwrap().unwrap().usable_in, expect);
        ledger.rebuild().unwrap();
        assert_eq!(ledger.account(id).unwrap().unwrap().usable_in, expect);
    };
    let created = |id| Event::PasskeyCreated { credential: credential(id) };
    check(&mut ledger, &[created("one"), copied("two", "cxf")], &[]);
    check(&mut ledger, &[copied("one", "bitwarden"), copied("one", "bitwarden")], &["bitwarden"]);
    check(&mut ledger, &[copied("one", "keepassxc")], &["bitwarden", "keepassxc"]);
    check(&mut ledger, &[created("two")], &[]);
}

#[test]
fn accounts_are_found_as_people_name_them() {
    let mut ledger = Ledger::in_memory().unwrap();
    let alice = import(&mut ledger, "example.com", "alice");
    let mail = import(&mut ledger, "example.com", "alice@mail.example");
    let nameless = import(&mut ledger, "other.example", "");
    let local = import(&mut ledger, "localhost:8080", "bob");
    let check = |text: &str, expect: &[AccountId]| {
        let mut got: Vec<_> = match ledger.find(text).unwrap() {
            Match::None => vec![],
            Match::One(view) => vec![view.id],
            Match::Several(views) => views.into_iter().map(|v| v.id).collect(),
        };
        let mut expect = expect.to_vec();
        got.sort();
        expect.sort();
        assert_eq!(got, expect, "{text}");
    };
    check("alice@example.com", &[alice]);
    check("alice@mail.example@example.com", &[mail]);
    check("example.com", &[alice, mail]);
    check("https://www.example.com/login", &[alice, mail]);
    check("carol@example.com", &[]);
    check("other.example", &[nameless]);
    check("@other.example", &[nameless]);
    check("bob@localhost:8080", &[local]);
    check("localhost", &[]);
    check("", &[]);
    check(&alice.to_string(), &[alice]);
    check("00000000-0000-0000-0000-000000000000", &[]);
}

#[test]
fn accounts_are_filtered_by_state_and_site() {
    let mut ledger = Ledger::in_memory().unwrap();
    let alice = import(&mut ledger, "example.com", "alice");
    let bob = import(&mut ledger, "other.example", "bob");
    ledger.append(Some(bob), &[Event::Stopped { reason: StopReason::Captcha }], 2_000).unwrap();
    let list = |state, site: Option<&str>| -> Vec<AccountId> {
        let filter = AccountFilter { state, site: site.and_then(Site::parse) };
        ledger.accounts(&filter).unwrap().into_iter().map(|v| v.id).collect()
    };
    assert_eq!(list(None, None), [alice, bob]);
    assert_eq!(list(Some(AccountState::NeedsPerson), None), [bob]);
    assert_eq!(list(None, Some("example.com")), [alice]);
    assert!(list(Some(AccountState::New), Some("other.example")).is_empty());
}

#[test]
fn facts_of_a_newer_version_are_kept_and_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    let raw = Connection::open(&path).unwrap();
    raw.execute(
        "INSERT INTO events (id, device, person, account, time, kind, body)
         SELECT '01900000-0000-7000-8000-000000000000', device, person, account, 5, 'recovery_codes_kept',
                '{\"kind\":\"recovery_codes_kept\",\"where\":\"paper\"}' FROM events LIMIT 1",
        [],
    )
    .unwrap();
    ledger.append(Some(id), &[Event::KeyNamed], 2_000).unwrap();
    let before = ledger.account(id).unwrap();
    ledger.rebuild().unwrap();
    assert_eq!(ledger.account(id).unwrap(), before);
    let kinds: Vec<_> = ledger.events(id).unwrap().into_iter().map(|e| (e.kind, e.event.is_some())).collect();
    let kinds: Vec<_> = kinds.iter().map(|(kind, known)| (kind.as_str(), *known)).collect();
    assert_eq!(kinds, [("account_imported", true), ("recovery_codes_kept", false), ("key_named", true)]);
}

#[test]
fn files_that_are_no_ledger_are_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let check = |name: &str, make: &dyn Fn(&Path), expect: &dyn Fn(&LedgerError) -> bool| {
        let path = dir.path().join(name);
        make(&path);
        let before = fs::read(&path).unwrap();
        let error = Ledger::open(&path).unwrap_err();
        assert!(expect(&error), "{name}: {error:?}");
        if name != "wal" {
            assert_eq!(fs::read(&path).unwrap().len(), before.len(), "{name}");
        }
    };
    check(
        "text",
        &|p| fs::write(p, "this is no database, and long enough to be looked at".repeat(40)).unwrap(),
        &|e| matches!(e, LedgerError::Damaged(_)),
    );
    check("other", &|p| Connection::open(p).unwrap().execute_batch("CREATE TABLE t (x)").unwrap(), &|e| {
        matches!(e, LedgerError::NotALedger)
    });
    check(
        "newer",
        &|p| {
            drop(Ledger::open(p).unwrap());
            Connection::open(p).unwrap().pragma_update(None, "user_version", 99).unwrap();
        },
        &|e| matches!(e, LedgerError::Newer { found: 99, .. }),
    );
    check(
        "overwritten",
        &|p| {
            drop(Ledger::open(p).unwrap());
            let mut bytes = fs::read(p).unwrap();
            bytes.iter_mut().skip(100).for_each(|b| *b = 0x5A);
            fs::write(p, bytes).unwrap();
        },
        &|e| matches!(e, LedgerError::Damaged(_)),
    );
    assert!(matches!(Ledger::open(&dir.path().join("none/such")), Err(LedgerError::File(_))));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    import(&mut ledger, "example.com", "alice");
    for entry in fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn several_writers_share_one_new_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut ledger = Ledger::open(&path).unwrap();
                let id = import(&mut ledger, "example.com", &format!("user {writer}"));
                for step in 0..20 {
                    let event = Event::CodeGiven { step, occasion: Occasion::SignIn };
                    ledger.append(Some(id), &[event], unix_now()).unwrap();
                }
                ledger.namespace()
            })
        })
        .collect();
    let namespaces: Vec<_> = writers.into_iter().map(|w| w.join().unwrap()).collect();
    assert!(namespaces.iter().all(|n| *n == namespaces[0]));
    let ledger = Ledger::open(&path).unwrap();
    let views = ledger.accounts(&AccountFilter::default()).unwrap();
    assert_eq!(views.len(), 6);
    assert!(views.iter().all(|v| v.last_code_step == Some(19) && ledger.events(v.id).unwrap().len() == 21));
}

/// A small deterministic generator (splitmix64), so that a failure names the seed that shows it again.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    fn event(&mut self) -> Event {
        let id = ["one", "two", "three"][self.throw(3) as usize].to_owned();
        let occasion = [Occasion::SignIn, Occasion::Reauthentication, Occasion::Proof][self.throw(3) as usize];
        match self.throw(14) {
            0 => Event::JourneyStarted {
                browser: format!("Chromium {}", self.throw(9)),
                home: "store".into(),
                assist: "auto".into(),
            },
            1 => Event::CodeGiven { step: self.throw(1_000), occasion },
            2 => Event::PasswordGiven { occasion },
            3 => Event::PasskeyCreated { credential: credential(&id) },
            4 => Event::PasskeyAccepted { credential: id },
            5 => Event::PasskeyRefused { credential: id },
            6 => Event::ProofStarted { credential: id },
            7 => proven(&id, ProofKind::Passwordless),
            8 => proven(&id, ProofKind::SecondFactor),
            9 => Event::UserVerified { method: VerificationMethod::Passphrase, until: self.throw(1_000) },
            10 => Event::Reauthenticated,
            11 => Event::AccountJudged {
                judged: Judgement {
                    strength: [None, Some(Strength::Weak), Some(Strength::Strong)][self.throw(3) as usize],
                    reused: Reuse::of(self.throw(8) as usize),
                    breached: [None, Some(true), Some(false)][self.throw(3) as usize],
                    judged_day: self.throw(30_000) as u32,
                    ..Judgement::default()
                },
            },
            12 => Event::PlanChosen {
                choice: [
                    None,
                    Some(Choice::Pinned),
                    Some(Choice::Ignored),
                    Some(Choice::Postponed { until_day: self.throw(30_000) as u32 }),
                ][self.throw(4) as usize],
            },
            _ => Event::Stopped { reason: StopReason::ALL[self.throw(StopReason::ALL.len() as u64) as usize] },
        }
    }
}

#[test]
fn views_made_anew_equal_views_kept_in_step() {
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let mut ledger = Ledger::in_memory().unwrap();
        let users: Vec<_> = (0..4).map(|n| format!("user {n}")).collect();
        for step in 0..40 {
            let user = &users[dice.throw(4) as usize];
            let id = ledger.account_id(&Site::parse("example.com").unwrap(), user);
            let mut events: Vec<_> = (0..=dice.throw(3)).map(|_| dice.event()).collect();
            // Facts may also come before the import, from a device that knew the account first.
            if dice.throw(4) == 0 {
                events.push(imported("example.com", user));
            }
            ledger.append(Some(id), &events, step * 1_000).unwrap();
        }
        let kept = ledger.accounts(&AccountFilter::default()).unwrap();
        ledger.rebuild().unwrap();
        assert_eq!(ledger.accounts(&AccountFilter::default()).unwrap(), kept, "seed {seed}");
        for view in kept {
            let progress = ledger.progress(view.id).unwrap();
            assert_eq!(
                (progress.state(), progress.credential, progress.proof, progress.stopped),
                (view.state, view.credential, view.proof, view.stopped),
                "seed {seed}"
            );
        }
    }
}

/// A ledger of the first form, as earlier versions of Rekey left it, keeps every account with its state.
#[test]
fn a_ledger_of_the_first_form_opens() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    ledger.append(Some(id), &[Event::PasskeyCreated { credential: credential("a") }], 2_000).unwrap();
    drop(ledger);
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "ALTER TABLE accounts DROP COLUMN held; ALTER TABLE accounts DROP COLUMN judged;
             ALTER TABLE accounts DROP COLUMN choice; ALTER TABLE accounts DROP COLUMN usable_in; PRAGMA user_version = 1;",
        )
        .unwrap();
    let old = r#"{"kind":"account_imported","site":"example.net","user_name":"bob","title":"T","format":"kdbx",
        "has_password":true,"has_totp":true}"#;
    let bob =
        AccountId::new(Ledger::open(&dir.path().join("other")).unwrap().namespace(), &Site::parse("x.y").unwrap(), "");
    connection
        .execute(
            "INSERT INTO events (id, device, person, account, time, kind, body)
             SELECT 'b0000000-0000-7000-8000-000000000000', device, person, ?1, 3, 'account_imported', ?2 FROM events LIMIT 1",
            [bob.to_string(), old.to_owned()],
        )
        .unwrap();
    drop(connection);

    let ledger = Ledger::open(&path).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.state, view.has_password, view.held.len()), (AccountState::Registered, true, 1));
    let view = ledger.account(bob).unwrap().unwrap();
    assert_eq!((view.title.as_str(), view.has_totp, view.has_passkey), ("T", true, false));
    assert_eq!(view.held[0].source, "");
}

/// A ledger of the second form keeps every account; what is said of it after that is kept as well.
#[test]
fn a_ledger_of_the_second_form_opens() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.sqlite3");
    let mut ledger = Ledger::open(&path).unwrap();
    let id = import(&mut ledger, "example.com", "alice");
    drop(ledger);
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "ALTER TABLE accounts DROP COLUMN judged; ALTER TABLE accounts DROP COLUMN choice; \
             ALTER TABLE accounts DROP COLUMN usable_in; PRAGMA user_version = 2;",
        )
        .unwrap();
    drop(connection);

    let mut ledger = Ledger::open(&path).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.title.as_str(), view.held.len()), ("example.com of alice", 1));
    assert_eq!((view.judged, view.choice), (None, None));
    let chosen = |choice| Event::PlanChosen { choice };
    ledger.append(Some(id), &[chosen(Some(Choice::Pinned))], 2).unwrap();
    drop(ledger);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.account(id).unwrap().unwrap().choice, Some(Choice::Pinned));
    ledger.append(Some(id), &[chosen(None)], 3).unwrap();
    assert_eq!(ledger.account(id).unwrap().unwrap().choice, None);
}

#[test]
fn each_vault_is_remembered_and_what_is_gone_loses_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    let from = |source: &str, totp: bool| {
        let Event::AccountImported { site, user_name, title, format, has_password, .. } =
            imported("example.com", "alice")
        else {
            unreachable!()
        };
        Event::AccountImported {
            site,
            user_name,
            title,
            format,
            has_password,
            has_totp: totp,
            source: source.into(),
            has_passkey: totp,
            is_archived: false,
            expires_at: None,
        }
    };
    let id = ledger.account_id(&Site::parse("example.com").unwrap(), "alice");
    let facts = [
        imported("example.com", "alice"),
        from("a", false),
        Event::PasskeyCreated { credential: credential("k") },
        from("b", true),
    ];
    ledger.append_all(&[(id, facts.to_vec())], 1).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    let sources = |view: &rekey_ledger::AccountView| {
        view.held.iter().map(|held| (held.source.clone(), held.is_gone)).collect::<Vec<_>>()
    };
    // What an old ledger knew of a vault without a name is that of the first one of its format.
    assert_eq!(sources(&view), [("a".to_owned(), false), ("b".to_owned(), false)]);
    assert!(view.has_totp && view.has_passkey);
    ledger.append(Some(id), &[Event::AccountGone { source: "b".into() }], 2).unwrap();
    let view = ledger.account(id).unwrap().unwrap();
    assert_eq!((view.has_totp, view.state), (false, AccountState::Registered));
    ledger.append(Some(id), &[Event::AccountGone { source: "a".into() }], 3).unwrap();
    let before = ledger.account(id).unwrap().unwrap();
    assert!(before.held.iter().all(|held| held.is_gone) && before.has_password);
    ledger.rebuild().unwrap();
    assert_eq!(ledger.account(id).unwrap().unwrap(), before);
    let placed =
        Event::EntryPlaced { title: "T".into(), user_name: String::new(), site: Site::parse("x.example").unwrap() };
    ledger.append(Some(id), std::slice::from_ref(&placed), 4).unwrap();
    assert_eq!(ledger.placements().unwrap(), [placed]);
}
