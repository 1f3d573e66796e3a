//! A site by script, and the browser that shows it: a sign-in with password or passkey, and a page that adds passkeys.

use std::sync::{Arc, Mutex};
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
use rekey_origin::{Origin, Site as SiteName};
use secrecy::SecretString;
use tokio::sync::watch;
use url::Url;

const SUBMIT: u32 = 3;
const USE_PASSKEY: u32 = 4;
const ADD_PASSKEY: u32 = 5;

/// The site, with all that happened at it.
#[derive(Debug, Default)]
pub(crate) struct Site {
    inner: Mutex<Inner>,
    version: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Inner {
    no_browser: bool,
    log: Vec<String>,
    signed_in: bool,
    path: String,
    asks: Option<CeremonyKind>,
    ceremonies: u64,
}

impl Site {
    /// What happened at it, in its order.
    pub(crate) fn log(&self) -> Vec<String> {
        self.inner.lock().unwrap().log.clone()
    }

    /// How a host starts browsers that show it.
    pub(crate) fn launch(self: &Arc<Self>) -> Launch {
        let site = Arc::clone(self);
        Box::new(move || {
            let site = Arc::clone(&site);
            Box::pin(async move {
                if site.inner.lock().unwrap().no_browser {
                    return Err(DriverError::NoBrowser);
                }
                Ok(Box::new(Window { site, seen: 0 }) as Box<dyn Driver>)
            })
        })
    }

    /// From now on no browser starts.
    pub(crate) fn lose_the_browser(&self) {
        self.inner.lock().unwrap().no_browser = true;
    }

    /// A person presses what sends the sign-in form.
    pub(crate) fn person_signs_in(&self) {
        self.press(SUBMIT);
    }

    fn change(&self, what: impl Into<String>, change: impl FnOnce(&mut Inner)) {
        let mut inner = self.inner.lock().unwrap();
        inner.log.push(what.into());
        change(&mut inner);
        self.version.send_modify(|version| *version += 1);
    }

    fn press(&self, element: u32) {
        self.change(format!("press {element}"), |inner| match element {
            SUBMIT => (inner.signed_in, inner.path) = (true, "/keys".into()),
            ADD_PASSKEY => inner.asks = Some(CeremonyKind::Create),
            USE_PASSKEY => inner.asks = Some(CeremonyKind::Get),
            other => panic!("nothing to press: {other}"),
        });
    }
}

struct Window {
    site: Arc<Site>,
    seen: u64,
}

fn address(path: &str) -> Url {
    Url::parse("https://example.com").unwrap().join(path).unwrap()
}

fn page(path: &str, version: u64, changed: bool) -> Observation {
    let action = |element, role, form| Action {
        element: ElementId(element),
        role,
        form,
        label: format!("{role:?}"),
        link: false,
        confidence: 90,
    };
    let field = |element, role| Field {
        element: ElementId(element),
        role,
        form: 1,
        filled: false,
        ticked: false,
        confidence: 90,
    };
    let (kind, fields, actions, signals) = if path == "/keys" {
        let actions = vec![action(ADD_PASSKEY, ActionRole::AddPasskey, 0), action(6, ActionRole::SignOut, 0)];
        let signals = vec![SignedInSignal::SignOutControl, SignedInSignal::AccountSettings];
        (PageKind::PasskeySettings, vec![], actions, signals)
    } else {
        let fields = vec![field(1, FieldRole::UserName), field(2, FieldRole::CurrentPassword)];
        let actions = vec![action(SUBMIT, ActionRole::Submit, 1), action(USE_PASSKEY, ActionRole::UsePasskey, 0)];
        (PageKind::SignIn, fields, actions, vec![])
    };
    let url = address(path);
    Observation {
        origin: Origin::of(&url).ok(),
        url,
        document: DocumentId(format!("{path} {version}")),
        reading: Reading {
            kind,
            confidence: 90,
            reasons: vec![],
            fields,
            actions,
            notices: vec![],
            signals,
            language: "en".into(),
        },
        changed,
        cookie_changed: false,
        busy: false,
        status: Some(200),
    }
}

/// Both ask for a verified person.
fn options(kind: CeremonyKind) -> String {
    match kind {
        CeremonyKind::Create => serde_json::json!({
            "rp": { "id": "example.com", "name": "Example" },
            "user": { "id": "dXNlcg", "name": "ann", "displayName": "Ann" },
            "challenge": "Y2hhbGxlbmdlY2hhbGxlbmdl",
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
            "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
        }),
        CeremonyKind::Get => serde_json::json!({
            "challenge": "Y2hhbGxlbmdlY2hhbGxlbmdl", "rpId": "example.com", "userVerification": "required",
        }),
    }
    .to_string()
}

#[async_trait]
impl Driver for Window {
    fn facts(&self) -> DriverFacts {
        DriverFacts { product: "Script".into(), mode: Mode::Bridged, visible: true, simulated: false }
    }

    async fn open(&mut self) -> Result<ContextId, DriverError> {
        self.site.change("open", |inner| (inner.signed_in, inner.asks) = (false, None));
        Ok(ContextId(1))
    }

    async fn navigate(&mut self, _: ContextId, url: &Url) -> Result<(), DriverError> {
        let path = url.path().to_owned();
        self.site.change(format!("go {path}"), |inner| {
            inner.path = if path == "/keys" && inner.signed_in { path } else { "/in".into() };
        });
        Ok(())
    }

    async fn next(&mut self, _: ContextId, patience: Duration) -> Result<Seen, DriverError> {
        let (site, seen) = (Arc::clone(&self.site), self.seen);
        let mut version = site.version.subscribe();
        let newer = tokio::time::timeout(patience, version.wait_for(|version| *version != seen)).await;
        let changed = newer.is_ok();
        drop(newer);
        self.seen = *site.version.borrow();
        let mut inner = site.inner.lock().unwrap();
        let Some(kind) = inner.asks.take() else {
            return Ok(Seen::Page(Box::new(page(&inner.path, self.seen, changed))));
        };
        inner.ceremonies += 1;
        Ok(Seen::Ceremony(CeremonyRequest {
            id: CeremonyId(inner.ceremonies * 2 + u64::from(kind == CeremonyKind::Create)),
            kind,
            origin: Origin::of(&address("/")).unwrap(),
            document: DocumentId("d".into()),
            mediation: Mediation::Optional,
            standing: Standing::top(),
            options: options(kind),
        }))
    }

    async fn fill(&mut self, _: ContextId, _: &Target, _: &SecretString, _: &SiteName) -> Result<(), DriverError> {
        Ok(())
    }

    async fn tick(&mut self, _: ContextId, _: &Target, _: bool, _: &SiteName) -> Result<(), DriverError> {
        Ok(())
    }

    async fn press(&mut self, _: ContextId, target: &Target, _: &SiteName) -> Result<(), DriverError> {
        self.site.press(target.element.0);
        Ok(())
    }

    async fn withdrawn(&self, _: ContextId, _: CeremonyId) {
        std::future::pending().await
    }

    async fn answer(&mut self, _: ContextId, id: CeremonyId, reply: CeremonyReply) -> Result<(), DriverError> {
        let made = id.0 % 2 == 1;
        match reply {
            CeremonyReply::Taken => self.site.change("signal taken", |_| {}),
            CeremonyReply::Refusal(name) => self.site.change(format!("refused {name}"), |_| {}),
            CeremonyReply::Credential(_) if made => self.site.change("passkey kept", |_| {}),
            CeremonyReply::Credential(_) => self.site.change("passkey signed in", |inner| {
                (inner.signed_in, inner.path) = (true, "/keys".into());
            }),
        }
        Ok(())
    }

    async fn close(&mut self, _: ContextId) -> Result<(), DriverError> {
        Ok(())
    }

    async fn shut_down(self: Box<Self>) -> Result<(), DriverError> {
        self.site.change("shut down", |_| {});
        Ok(())
    }
}
