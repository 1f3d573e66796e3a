//! A browser by script: a sign-in page, then the page that adds passkeys, which asks for one as soon as it is told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use rekey_app::migrate::{Launch, Mode};
use rekey_browser::{
    CeremonyId, CeremonyKind, CeremonyReply, CeremonyRequest, ContextId, Driver, DriverError, DriverFacts, Mediation,
    Seen, Standing,
};
use rekey_journey::page::{
    Action, ActionRole, DocumentId, ElementId, Field, FieldRole, Observation, PageKind, Reading, SignedInSignal, Target,
};
use rekey_origin::{Origin, Site};
use secrecy::SecretString;
use url::Url;

/// What happens when the site asks for a passkey.
pub(crate) type Then = Arc<dyn Fn() -> Result<(), DriverError> + Send + Sync>;

/// How often browsers were started and ended.
#[derive(Debug, Default)]
pub(crate) struct Count {
    pub(crate) started: AtomicUsize,
    pub(crate) shut_down: AtomicUsize,
    /// Whether the page takes each of its calls back at once.
    pub(crate) withdraws: AtomicBool,
}

impl Count {
    pub(crate) fn get(&self) -> (usize, usize) {
        (self.started.load(Ordering::SeqCst), self.shut_down.load(Ordering::SeqCst))
    }
}

/// Starts browsers, as many as are there; `then` happens in each.
pub(crate) fn browsers(there: usize, count: &Arc<Count>, then: Then) -> Launch {
    let count = Arc::clone(count);
    Box::new(move || {
        let (count, then) = (Arc::clone(&count), Arc::clone(&then));
        Box::pin(async move {
            if count.started.load(Ordering::SeqCst) >= there {
                return Err(DriverError::NoBrowser);
            }
            count.started.fetch_add(1, Ordering::SeqCst);
            Ok(Box::new(Window { count, then, looks: 0 }) as Box<dyn Driver>)
        })
    })
}

struct Window {
    count: Arc<Count>,
    then: Then,
    looks: usize,
}

fn page(kind: PageKind, path: &str) -> Observation {
    let url = Url::parse("https://example.com").unwrap().join(path).unwrap();
    Observation {
        origin: Origin::of(&url).ok(),
        url,
        document: DocumentId(path.into()),
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
    }
}

fn action(element: u32, role: ActionRole) -> Action {
    Action { element: ElementId(element), role, form: 1, label: format!("{role:?}"), link: false, confidence: 90 }
}

fn sign_in() -> Observation {
    let mut page = page(PageKind::SignIn, "/in");
    let field = |element, role| Field {
        element: ElementId(element),
        role,
        form: 1,
        filled: false,
        ticked: false,
        confidence: 90,
    };
    page.reading.fields = vec![field(1, FieldRole::UserName), field(2, FieldRole::CurrentPassword)];
    page.reading.actions = vec![action(3, ActionRole::Submit)];
    page
}

fn passkeys() -> Observation {
    let mut page = page(PageKind::PasskeySettings, "/keys");
    page.reading.actions = vec![action(1, ActionRole::AddPasskey), action(2, ActionRole::SignOut)];
    page.reading.signals = vec![SignedInSignal::SignOutControl, SignedInSignal::AccountSettings];
    page
}

fn asks_for_a_passkey() -> CeremonyRequest {
    let options = serde_json::json!({
        "rp": { "id": "example.com", "name": "Example" },
        "user": { "id": "dXNlcg", "name": "ann", "displayName": "Ann" },
        "challenge": "Y2hhbGxlbmdlY2hhbGxlbmdl",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
    });
    CeremonyRequest {
        id: CeremonyId(1),
        kind: CeremonyKind::Create,
        origin: Origin::of(&Url::parse("https://example.com").unwrap()).unwrap(),
        document: DocumentId("/keys".into()),
        mediation: Mediation::Optional,
        standing: Standing::top(),
        options: options.to_string(),
    }
}

#[async_trait]
impl Driver for Window {
    fn facts(&self) -> DriverFacts {
        DriverFacts { product: "Script".into(), mode: Mode::Bridged, visible: false, simulated: false }
    }

    async fn open(&mut self) -> Result<ContextId, DriverError> {
        self.looks = 0;
        Ok(ContextId(1))
    }

    async fn navigate(&mut self, _: ContextId, _: &Url) -> Result<(), DriverError> {
        Ok(())
    }

    async fn next(&mut self, _: ContextId, _: Duration) -> Result<Seen, DriverError> {
        self.looks += 1;
        Ok(match self.looks {
            1 => Seen::Page(Box::new(sign_in())),
            2 => Seen::Page(Box::new(passkeys())),
            _ => {
                (self.then)()?;
                Seen::Ceremony(asks_for_a_passkey())
            }
        })
    }

    async fn fill(&mut self, _: ContextId, _: &Target, _: &SecretString, _: &Site) -> Result<(), DriverError> {
        Ok(())
    }

    async fn tick(&mut self, _: ContextId, _: &Target, _: bool, _: &Site) -> Result<(), DriverError> {
        Ok(())
    }

    async fn press(&mut self, _: ContextId, _: &Target, _: &Site) -> Result<(), DriverError> {
        Ok(())
    }

    async fn withdrawn(&self, _: ContextId, _: CeremonyId) {
        if !self.count.withdraws.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }

    async fn answer(&mut self, _: ContextId, _: CeremonyId, _: CeremonyReply) -> Result<(), DriverError> {
        Ok(())
    }

    async fn close(&mut self, _: ContextId) -> Result<(), DriverError> {
        Ok(())
    }

    async fn shut_down(self: Box<Self>) -> Result<(), DriverError> {
        self.count.shut_down.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}
