//! Scripts for journeys: pages to show, and one line of text for what the journey answers.

use rekey_journey::page::{
    Action, ActionRole, DocumentId, ElementId, Field, FieldRole, Notice, Observation, PageKind, Reading, SignedInSignal,
};
use rekey_journey::{
    Credential, Effect, EvidenceSource, Goal, Input, Journey, Outcome, Progress, Stage, Step, Task, Wait,
};
use rekey_origin::Site;
use rekey_sites::Plan;

/// An account at example.com with a password and a one-time-code secret.
pub(crate) fn task(goal: Goal) -> Task {
    let plan = Plan {
        site: Site::parse("example.com").unwrap(),
        sign_in: "https://example.com/in".parse().unwrap(),
        passkeys: None,
    };
    Task { plan, goal, has_password: true, has_totp: true }
}

/// The passkey that scripts make.
pub(crate) fn credential() -> Credential {
    Credential {
        id: "cred".into(),
        rp_id: "example.com".into(),
        user_handle: "user".into(),
        home: "store".into(),
        source: EvidenceSource::MadeByRekey,
    }
}

/// A page to show.
#[derive(Clone)]
pub(crate) struct Page(Observation);

impl Page {
    pub(crate) fn new(kind: PageKind, path: &str) -> Self {
        let url: url::Url = format!("https://example.com{path}").parse().unwrap();
        Self(Observation {
            origin: rekey_origin::Origin::of(&url).ok(),
            url,
            document: DocumentId("d".into()),
            reading: Reading {
                kind,
                confidence: 90,
                reasons: vec![],
                fields: vec![],
                actions: vec![],
                notices: vec![],
                signals: vec![],
                language: "en".into(),
            },
            changed: true,
            cookie_changed: false,
            busy: false,
            status: Some(200),
        })
    }

    pub(crate) fn field(mut self, role: FieldRole, form: u32) -> Self {
        let element = ElementId(self.0.reading.fields.len() as u32);
        self.0.reading.fields.push(Field { element, role, form, filled: false, ticked: false, confidence: 90 });
        self
    }

    pub(crate) fn action(mut self, role: ActionRole, form: u32) -> Self {
        let element = ElementId(100 + self.0.reading.actions.len() as u32);
        let label = format!("{role:?}");
        self.0.reading.actions.push(Action { element, role, form, label, link: false, confidence: 90 });
        self
    }

    pub(crate) fn says(mut self, notice: Notice) -> Self {
        self.0.reading.notices.push(notice);
        self
    }

    pub(crate) fn signal(mut self, signal: SignedInSignal) -> Self {
        self.0.reading.signals.push(signal);
        self
    }

    pub(crate) fn cookie(mut self) -> Self {
        self.0.cookie_changed = true;
        self
    }

    pub(crate) fn busy(mut self) -> Self {
        self.0.busy = true;
        self
    }

    pub(crate) fn at(mut self, address: &str) -> Self {
        self.0.url = address.parse().unwrap();
        self.0.origin = rekey_origin::Origin::of(&self.0.url).ok();
        self
    }

    pub(crate) fn unchanged(mut self) -> Self {
        self.0.changed = false;
        self
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn build(self) -> Observation {
        self.0
    }
}

impl From<Page> for Input {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page.0))
    }
}

/// A journey under script.
pub(crate) struct Script {
    journey: Option<Journey>,
}

impl Script {
    pub(crate) fn new(task: Task) -> Self {
        Self::resumed(task, |_| {})
    }

    pub(crate) fn resumed(task: Task, change: impl FnOnce(&mut Progress)) -> Self {
        let mut progress = Progress::default();
        change(&mut progress);
        Self { journey: Some(Journey::new(task, progress)) }
    }

    pub(crate) fn then(mut self, input: impl Into<Input>, expect: &str) -> Self {
        let input = input.into();
        let shown = format!("{input:?}");
        let step = self.journey.take().unwrap().handle(input);
        assert_eq!(line(&step), expect, "after {shown}");
        self.journey = Some(step.journey);
        self
    }

    /// Where the way has got to.
    pub(crate) fn stands(self, stage: Option<Stage>) -> Self {
        assert_eq!(self.journey.as_ref().unwrap().stage(), stage);
        self
    }

    pub(crate) fn ends(self, input: impl Into<Input>, expect: &str) {
        assert!(expect.contains("end "), "an end is expected");
        self.then(input, expect);
    }

    pub(crate) fn ends_waiting(self, input: impl Into<Input>, expect: &str) {
        self.then(input, expect);
    }

    /// The second attempt of a proof: the password is taken, and the passkey never asked for.
    pub(crate) fn fails_beside_password(self) {
        let sign_in = Page::new(PageKind::SignIn, "/in").field(FieldRole::UserName, 1);
        let sign_in = sign_in.field(FieldRole::CurrentPassword, 1).action(ActionRole::Submit, 1);
        let code = Page::new(PageKind::SecondFactor, "/code").field(FieldRole::OneTimeCode, 1);
        let mut script = self
            .then(sign_in, "note user_name_given, password_given | fill UserName, Password | press | look")
            .then(code.clone(), "look");
        for _ in 0..3 {
            script = script.then(code.clone().unchanged(), "look");
        }
        script.ends(code.unchanged(), "note stopped | end ProofFailed");
    }

    /// Feeds pages without end and wants an end.
    pub(crate) fn endless(&mut self, page: impl Fn(usize) -> Input) {
        let mut step = self.journey.take().unwrap().handle(Input::Begin);
        for turn in 0..1000 {
            if matches!(step.wait, Wait::End(_) | Wait::Person(_)) {
                return;
            }
            step = step.journey.handle(page(turn));
        }
        panic!("the journey went in circles");
    }
}

fn line(step: &Step) -> String {
    let mut parts = Vec::new();
    if !step.events.is_empty() {
        let kinds: Vec<_> = step.events.iter().map(|e| e.kind()).collect();
        parts.push(format!("note {}", kinds.join(", ")));
    }
    let mut fills = Vec::new();
    let flush = |fills: &mut Vec<String>, parts: &mut Vec<String>| {
        if !fills.is_empty() {
            parts.push(format!("fill {}", fills.join(", ")));
            fills.clear();
        }
    };
    for effect in &step.effects {
        if let Effect::Fill(_, value) = effect {
            fills.push(format!("{value:?}"));
            continue;
        }
        flush(&mut fills, &mut parts);
        parts.push(match effect {
            Effect::Open(purpose) => format!("open {purpose:?}"),
            Effect::Go(url) => format!("go {}", url.path()),
            Effect::Tick(_) => "tick".into(),
            Effect::Press(..) => "press".into(),
            Effect::Answer(_) => "answer".into(),
            Effect::Refuse(..) => "refuse".into(),
            Effect::Forget(_) => "forget".into(),
            Effect::Fill(..) => unreachable!("handled above"),
        });
    }
    flush(&mut fills, &mut parts);
    parts.push(match &step.wait {
        Wait::Page(_) => "look".into(),
        Wait::Code { after } => format!("await code after {after:?}"),
        Wait::Create(_) => "create".into(),
        Wait::Assert(..) => "assert".into(),
        Wait::Person(reason) => format!("person {reason:?}"),
        Wait::End(Outcome::Proven(evidence)) => format!("end {:?}", evidence.kind()),
        Wait::End(Outcome::Stopped(reason)) => format!("end {reason:?}"),
    });
    parts.join(" | ")
}
