//! A hostile site through the app's own runner.

use rekey_app::Outcome;
use rekey_app::migrate::{Goal, Launch};

use super::HOSTILE;
use crate::pages::Server;
use crate::rehearsal::Rehearsal;
use crate::vault_file::VaultEntry;

/// A site that asks for another site's passkeys without end, before and after it was signed in to: every call is refused
/// by the client's rules, nothing is made, and the run ends with a reason.
pub async fn a_site_that_asks_for_anothers_passkeys_in_a_loop(launch: Launch) {
    let server = Server::start().await;
    let ask = "<script>
        const told = {};
        const tell = (name) => { if (!told[name]) { told[name] = true; fetch('/report/' + name, { method: 'POST', body: '' }); } };
        const publicKey = (id) => ({ rp: { id, name: 'x' }, user: { id: new Uint8Array(1), name: 'x', displayName: 'x' },
          challenge: new Uint8Array(16), pubKeyCredParams: [{ type: 'public-key', alg: -7 }] });
        const loop = async (kind, options) => {
          for (;;) await navigator.credentials[kind]({ publicKey: options }).then(() => tell('answered'), (error) => tell(error.name));
        };
        for (const id of ['127.0.0.1', 'victim.example', 'com', 'evil.localhost', 'localhost.', 'https://localhost', ' ']) {
          loop('create', publicKey(id));
          loop('get', { rpId: id, challenge: new Uint8Array(16) });
        }</script>";
    server.page(
        "/in",
        &format!(
            "<form onsubmit=\"location = '/home'; return false\"><label>E-mail <input name=login autocomplete=username></label>
            <label>Password <input type=password name=password autocomplete=current-password></label>
            <button>Sign in</button></form>{ask}"
        ),
    );
    server.page("/home", &format!("<p>Welcome, ann <a href=/out>Sign out</a> <button>Add a passkey</button>{ask}"));
    let entry = VaultEntry {
        title: "hostile".to_owned(),
        url: server.at(HOSTILE, "/in").to_string(),
        user_name: "ann".to_owned(),
        password: "a secret".to_owned(),
        otp: String::new(),
    };
    let mut rehearsal = Rehearsal::start(&[entry]).unwrap();
    let passkeys = server.at(HOSTILE, "/home").to_string();
    let (ended, summary) = rehearsal.run_in(Goal::Migrate, launch, None, Some(&passkeys)).await.unwrap();
    let [ended] = ended.as_slice() else { panic!("{ended:?}") };
    assert_eq!(summary.proven, 0);
    assert!(matches!(ended.outcome, Outcome::Stuck | Outcome::NeedsPerson), "{ended:?}");
    assert!(ended.reason.is_some(), "{ended:?}");
    let made = rehearsal.lines.iter().filter(|line| format!("{line:?}").contains("Registered")).count();
    assert_eq!(made, 0, "{:?}", rehearsal.lines);
    let mut outcomes: Vec<String> = server.reports().into_iter().map(|(name, _)| name).collect();
    outcomes.sort();
    outcomes.dedup();
    println!("{ended:?} {outcomes:?}");
    assert!(
        !outcomes.is_empty() && outcomes.iter().all(|name| name == "SecurityError" || name == "NotAllowedError"),
        "{outcomes:?}"
    );
}
