//! An invented person's accounts at the real sites of `domains.txt`. What is said of each follows from its name alone, so that
//! a site more or less changes nothing about the others.

use std::collections::HashMap;

use rekey_app::plan::{Choice, HealthFacts, Judgement, LiveFacts, Reuse, Strength, day_of};
use rekey_app::{AccountId, Event, EvidenceSource, ProofKind, Session, Site, StopReason};
use rekey_journey::Credential;

/// 2026-11-27.
pub(crate) const NOW: u64 = 20_784 * 86_400_000;

const DOMAINS: &str = include_str!("domains.txt");
const MAILBOX: &str = "ana.ruiz@gmail.com";

/// A ledger with the accounts, and what their vault shows while it is open.
pub(crate) struct Vault {
    pub(crate) session: Session,
    pub(crate) live: HashMap<AccountId, LiveFacts>,
    _folder: tempfile::TempDir,
}

impl Vault {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::open(Some(folder.path())).unwrap();
        let mut facts = Vec::new();
        let mut live = HashMap::new();
        for domain in DOMAINS.lines() {
            let account = Account::at(domain);
            let site = Site::parse(domain).unwrap();
            let id = session.ledger.account_id(&site, &account.user_name);
            facts.push((id, account.events(site)));
            live.insert(id, account.live());
        }
        session.ledger.append_all(&facts, NOW - 86_400_000).unwrap();
        Self { session, live, _folder: folder }
    }
}

struct Account {
    domain: &'static str,
    user_name: String,
    dice: Dice,
    follows: Option<&'static str>,
}

impl Account {
    fn at(domain: &'static str) -> Self {
        let mut dice =
            Dice(domain.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
            }));
        let user_name = match domain {
            "google.com" => MAILBOX,
            "yahoo.com" => "ana_ruiz77",
            "proton.me" => "aruiz@proton.me",
            "gmx.net" => "ana.ruiz@gmx.net",
            "192.168.178.1" | "nas.lan:5001" => "admin",
            _ => match dice.throw(100) {
                0..=64 => MAILBOX,
                65..=76 => "ana_ruiz77@yahoo.com",
                77..=82 => "aruiz@proton.me",
                83..=84 => "ana.ruiz+shop@gmail.com",
                _ => "anaruiz",
            },
        };
        let follows = match domain {
            "canva.com" | "duolingo.com" | "medium.com" | "pinterest.com" | "strava.com" | "trello.com" => {
                Some("google.com")
            }
            "airbnb.com" | "flickr.com" | "thefork.es" => Some("facebook.com"),
            "codepen.io" | "dev.to" | "vercel.com" => Some("github.com"),
            _ => None,
        };
        Self { domain, user_name: user_name.to_owned(), dice, follows }
    }

    fn events(&self, site: Site) -> Vec<Event> {
        let mut dice = self.dice;
        let has_totp = dice.throw(100) < 30;
        let mut events = vec![Event::AccountImported {
            site,
            user_name: self.user_name.clone(),
            title: self.domain.to_owned(),
            format: "kdbx4".into(),
            has_password: self.follows.is_none() && self.domain != "meetup.com",
            has_totp: has_totp && self.follows.is_none(),
            source: "Ana.kdbx".into(),
            has_passkey: matches!(self.domain, "bitwarden.com" | "booking.com" | "nytimes.com" | "bolt.eu"),
            is_archived: matches!(self.domain, "americanexpress.com" | "hermesworld.com" | "lenovo.com" | "udemy.com"),
            expires_at: None,
        }];
        let stopped = |reason| vec![Event::Stopped { reason }];
        let chosen = |choice| vec![Event::PlanChosen { choice: Some(choice) }];
        events.extend(match self.domain {
            "icloud.com" | "stackoverflow.com" | "bahn.de" => proven(ProofKind::Passwordless),
            "nintendo.com" | "heise.de" => proven(ProofKind::Passwordless),
            "gitlab.com" => proven(ProofKind::SecondFactor),
            "ebay.es" => made(),
            "kayak.com" => vec![started()],
            "uber.com" => stopped(StopReason::Captcha),
            "hyatt.com" => stopped(StopReason::CodeSent),
            "linkedin.com" => stopped(StopReason::PasswordRefused),
            "xataka.com" | "chefkoch.de" => stopped(StopReason::NoPasskeyPage),
            "etsy.com" => chosen(Choice::Pinned),
            "tinder.com" | "disqus.com" => chosen(Choice::Ignored),
            "wizzair.com" => chosen(Choice::Postponed { until_day: day_of(NOW) + 60 }),
            "elster.de" => chosen(Choice::Postponed { until_day: day_of(NOW) + 12 }),
            "tumblr.com" | "geni.com" => vec![Event::AccountGone { source: "Ana.kdbx".into() }],
            _ => Vec::new(),
        });
        events
    }

    fn live(&self) -> LiveFacts {
        if let Some(provider) = self.follows {
            return LiveFacts { signs_in_with: Site::parse(provider), ..LiveFacts::default() };
        }
        let mut dice = Dice(self.dice.0 ^ 0x5EED);
        let strength = match dice.throw(100) {
            0..=14 => Strength::Weak,
            15..=34 => Strength::Fair,
            _ => Strength::Strong,
        };
        let reused = match dice.throw(100) {
            0..=7 => 41,
            8..=17 => 3,
            18..=24 => 1,
            _ => 0,
        };
        let is_breached = dice.throw(100) < 5;
        let judged = Judgement {
            strength: Some(strength),
            reused: Reuse::of(reused),
            is_old: dice.throw(100) < 30,
            open_line: matches!(self.domain, "192.168.178.1" | "canaldeisabelsegunda.es" | "localhost:8080"),
            is_duplicate: dice.throw(100) < 2,
            breached: Some(is_breached),
            breached_day: None,
            judged_day: 0,
        };
        let reused_on = u32::try_from(reused).ok();
        LiveFacts { health: Some(HealthFacts { judged, reused_on, ..HealthFacts::default() }), ..LiveFacts::default() }
    }
}

fn started() -> Event {
    Event::JourneyStarted { browser: "Chromium 150".into(), home: "store".into(), assist: "assist".into() }
}

fn made() -> Vec<Event> {
    let credential = Credential {
        id: "k".into(),
        rp_id: "example.com".into(),
        user_handle: "u".into(),
        home: "store".into(),
        source: EvidenceSource::MadeByRekey,
    };
    vec![started(), Event::PasskeyCreated { credential }]
}

fn proven(proof: ProofKind) -> Vec<Event> {
    let mut events = made();
    events.push(Event::Proven { credential: "k".into(), proof, signals: vec![], source: EvidenceSource::MadeByRekey });
    events
}

/// A small deterministic generator (splitmix64).
#[derive(Clone, Copy)]
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}
