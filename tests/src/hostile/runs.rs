//! A hostile site through the app's own runner.

use rekey_app::migrate::{Goal, Launch};
use rekey_app::{Outcome, StopReason};

use super::HOSTILE;
use crate::pages::Server;
use crate::rehearsal::Rehearsal;
use crate::vault_file::VaultEntry;

/// A site that asks for another site's passkeys without end, whenever it is shown: every call is refused, nothing is
/// made, and the run ends with a reason.
pub async fn a_site_that_asks_for_anothers_passkeys_in_a_loop(launch: Launch) {
    let (_, outcomes) = run(launch, "every();", "").await;
    assert!(!outcomes.is_empty());
    assert!(outcomes.iter().all(|name| name == "SecurityError" || name == "NotAllowedError"), "{outcomes:?}");
}

/// A site that asks for them where the run expects it to ask for its own: the client's rules refuse.
pub async fn a_site_that_asks_for_anothers_passkey_instead_of_its_own(launch: Launch) {
    let (reason, outcomes) = run(launch, "", "every()").await;
    // The window may be closed before the page has told.
    assert_eq!(reason, StopReason::CeremonyRefused, "{outcomes:?}");
    assert!(outcomes.iter().all(|name| name == "SecurityError" || name == "NotAllowedError"), "{outcomes:?}");
}

/// A run over the one account of a site with a script for every page and one for the control that adds a passkey. How
/// the run ended, and how the page's calls did, each name once.
async fn run(launch: Launch, everywhere: &str, adding: &str) -> (StopReason, Vec<String>) {
    let server = Server::start().await;
    let script = format!(
        "<script>
        const told = {{}};
        const tell = (name) => {{
          if (told[name]) return;
          told[name] = true;
          fetch('/report/' + name, {{ method: 'POST', body: '' }});
        }};
        const publicKey = (id) => ({{ rp: {{ id, name: 'x' }}, challenge: new Uint8Array(16), rpId: id,
          user: {{ id: new Uint8Array(1), name: 'x', displayName: 'x' }}, pubKeyCredParams: [{{ type: 'public-key', alg: -7 }}] }});
        const loop = async (kind, id) => {{
          for (;;) await navigator.credentials[kind]({{ publicKey: publicKey(id) }})
            .then(() => tell('answered'), (error) => tell(error.name));
        }};
        const every = () => {{
          for (const id of ['127.0.0.1', 'victim.example', 'com', 'evil.localhost', 'localhost.', 'https://localhost', ' ']) {{
            loop('create', id);
            loop('get', id);
          }}
        }};
        {everywhere}</script>"
    );
    server.page(
        "/in",
        &format!(
            "<form onsubmit=\"location = '/home'; return false\"><label>E-mail <input name=login autocomplete=username></label>
            <label>Password <input type=password name=password autocomplete=current-password></label>
            <button>Sign in</button></form>{script}"
        ),
    );
    let signed_in = "<nav>Signed in as ann <a href=/home>Overview</a> <a href=/security>Security</a> <a href=/out>Sign out</a></nav>";
    server.page("/home", &format!("<title>Overview</title>{signed_in}<h1>Welcome, ann</h1>{script}"));
    let security = format!(
        "<title>Security</title>{signed_in}<h1>Passkeys</h1><p>You have no passkeys yet.</p>
        <button type=button onclick=\"{adding}\">Add a passkey</button>{script}"
    );
    server.page("/security", &security);
    let entry = VaultEntry {
        title: "hostile".to_owned(),
        url: server.at(HOSTILE, "/in").to_string(),
        user_name: "ann".to_owned(),
        password: "a secret".to_owned(),
        otp: String::new(),
    };
    let mut rehearsal = Rehearsal::start(&[entry]).unwrap();
    let passkeys = server.at(HOSTILE, "/security").to_string();
    let (ended, summary) = rehearsal.run_in(Goal::Migrate, launch, None, Some(&passkeys)).await.unwrap();
    let [ended] = ended.as_slice() else { panic!("{ended:?}") };
    assert_eq!(summary.proven, 0);
    assert!(matches!(ended.outcome, Outcome::Stuck | Outcome::NeedsPerson), "{ended:?}");
    let reason = ended.reason.expect("a reason for the person");
    let mut outcomes: Vec<String> = server.reports().into_iter().map(|(name, _)| name).collect();
    outcomes.sort();
    outcomes.dedup();
    (reason, outcomes)
}
