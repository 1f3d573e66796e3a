//! What the client adds to a ceremony, beside the library that it stands on, in the same run.

use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, anyhow};
use passkey_authenticator::{
    Authenticator as PasskeyAuthenticator, MemoryStore, UiHint, UserCheck, UserValidationMethod,
};
use passkey_client::{Client, DefaultClientData};
use passkey_crypto::rust_crypto::RustCryptoBackend;
use passkey_types::Passkey;
use passkey_types::ctap2::{Aaguid, Ctap2Error};
use passkey_types::webauthn::{CredentialCreationOptions, CredentialRequestOptions};
use rekey_authenticator::{Authenticator as _, Nobody, Store};
use rekey_browser::own_browser::{Options as BrowserOptions, discover, launch};
use rekey_browser::{CeremonyKind, CeremonyReply, Driver as _, Seen};
use rekey_journey::AccountId;
use rekey_origin::Site;
use rekey_webauthn::{Caller, CreateRequest};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::conformance::{Options, SoftwareAuthenticator, assert as get, create};
use crate::pages::Server;
use crate::rehearsal::is_root;

const ORIGIN: &str = "https://login.example.org";
const ROUNDS: usize = 2_000;
const COMMITS: usize = 7;
const CALLS: usize = 200;

/// Prints how long ceremonies take.
///
/// # Errors
/// Where one fails.
#[allow(clippy::print_stdout, reason = "a program's output")]
pub async fn bench() -> Result<()> {
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!(
        "ceremonies ({build} build): {ROUNDS} in memory, {COMMITS} commits of the store, {CALLS} calls of a page; about \
         half a minute"
    );
    in_memory().await?;
    commits().await?;
    calls().await
}

fn create_options() -> String {
    json!({
        "rp": { "id": "example.org", "name": "Practice" },
        "user": { "id": "YW5u", "name": "ann", "displayName": "Ann" },
        "challenge": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
        "attestation": "none",
        "extensions": { "credProps": true },
    })
    .to_string()
}

fn get_options(id: &str) -> String {
    json!({
        "rpId": "example.org",
        "challenge": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "allowCredentials": [{ "type": "public-key", "id": id }],
        "userVerification": "required",
    })
    .to_string()
}

fn id_of(credential: &str) -> Result<String> {
    let credential: Value = serde_json::from_str(credential)?;
    credential.get("id").and_then(Value::as_str).map(str::to_owned).context("no id")
}

/// The person of the library's authenticator, who agrees to everything.
struct Agrees;

#[async_trait::async_trait]
impl UserValidationMethod for Agrees {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence, verification })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// Options in JSON to an answer in JSON, one of ours and one of theirs in turn, on authenticators in memory that hold one
/// credential at most.
async fn in_memory() -> Result<()> {
    let theirs = PasskeyAuthenticator::new(Aaguid::new_empty(), MemoryStore::new(), Agrees, RustCryptoBackend);
    let mut theirs = Client::new(theirs);
    let url: url::Url = ORIGIN.parse()?;
    let caller = Caller::top(ORIGIN.parse()?);
    let options = create_options();
    let (mut ours_create, mut ours_get) = (Times::default(), Times::default());
    let (mut theirs_create, mut theirs_get) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let public_key = serde_json::from_str(&options)?;
        let made = theirs.register(&url, CredentialCreationOptions { public_key }, DefaultClientData).await;
        let made = serde_json::to_string(&made.map_err(|error| anyhow!("{error:?}"))?)?;
        theirs_create.add(start);
        let asked = get_options(&id_of(&made)?);
        let start = Instant::now();
        let public_key = serde_json::from_str(&asked)?;
        let signed = theirs.authenticate(&url, CredentialRequestOptions { public_key }, DefaultClientData).await;
        serde_json::to_string(&signed.map_err(|error| anyhow!("{error:?}"))?)?;
        theirs_get.add(start);
        theirs.authenticator_mut().store_mut().clear();

        let mut authenticator = [SoftwareAuthenticator::new(Options::platform())];
        let start = Instant::now();
        let made = create(authenticator.iter_mut(), &caller, &options).await.map_err(|name| anyhow!(name))?;
        ours_create.add(start);
        let asked = get_options(&id_of(&made)?);
        let start = Instant::now();
        get(authenticator.iter_mut(), &caller, &asked).await.map_err(|name| anyhow!(name))?;
        ours_get.add(start);
    }
    print("create", &mut ours_create, "passkey alone", &mut theirs_create, 1.3);
    print("get", &mut ours_get, "passkey alone", &mut theirs_get, 1.3);
    Ok(())
}

/// What it costs to keep a new passkey in the store's file, in derivations of the store's key.
async fn commits() -> Result<()> {
    let passphrase = SecretString::from("seven practice words for one practice store");
    let folder = TempDir::new()?;
    let path = folder.path().join("Passkeys.kdbx");
    let mut store = Store::create(&path, &passphrase)?;
    let ann = AccountId::new(Uuid::nil(), &Site::parse("example.org").context("no site")?, "ann");
    let request = CreateRequest::parse(&Caller::top(ORIGIN.parse()?), &create_options())?;
    let (mut commit, mut derivation) = (Times::default(), Times::default());
    for _ in 0..COMMITS {
        let now = SystemTime::now();
        let verification = store.verify(&passphrase, [ann], now)?.verification(&ann, now);
        let start = Instant::now();
        store.make_credential(&request, verification, &Nobody).await?;
        commit.add(start);
        // Opening one derives its key once, and is little else.
        let copy = folder.path().join("copy.kdbx");
        std::fs::copy(&path, &copy)?;
        let start = Instant::now();
        drop(Store::open(&copy, &passphrase)?);
        derivation.add(start);
    }
    // Two derivations at most, and the writing: a third one would show.
    print("store commit", &mut commit, "key derivation", &mut derivation, 2.5);
    Ok(())
}

/// A page's call until its answer through the own browser's channel, beside calls that the host answers at once.
async fn calls() -> Result<()> {
    let folder = TempDir::new()?;
    let program = discover().await.into_iter().next().context("no browser is installed")?.path;
    let mut options = BrowserOptions::new(program, folder.path().join("profile"));
    options.headless = true;
    options.no_sandbox = is_root();
    let mut driver = Box::new(launch(options).await?);
    let server = Server::start().await;
    server.page("/", &CALLING_PAGE.replace("CALLS", &CALLS.to_string()));
    let context = driver.open().await?;
    driver.navigate(context, &server.url("/")).await?;

    let mut authenticator = [SoftwareAuthenticator::new(Options::platform())];
    let mut echo = None;
    let mut answered = 0;
    // One call to begin with, then an echo and a ceremony in turn.
    while answered < 1 + 2 * CALLS {
        let Seen::Ceremony(ceremony) = driver.next(context, Duration::from_secs(20)).await? else { continue };
        let caller = Caller::top(ceremony.origin.clone());
        let reply = match &echo {
            Some(echo) if answered % 2 == 1 => CeremonyReply::Credential(String::clone(echo)),
            _ => {
                let authenticators = authenticator.iter_mut();
                let made = match ceremony.kind {
                    CeremonyKind::Create => create(authenticators, &caller, &ceremony.options).await,
                    CeremonyKind::Get => get(authenticators, &caller, &ceremony.options).await,
                };
                let made = made.map_err(|name| anyhow!(name))?;
                if ceremony.kind == CeremonyKind::Get {
                    echo = Some(made.clone());
                }
                CeremonyReply::Credential(made)
            }
        };
        driver.answer(context, ceremony.id, reply).await?;
        if ceremony.kind == CeremonyKind::Get {
            answered += 1;
        }
    }
    let times: Vec<[f64; 2]> = serde_json::from_str(&server.report("times").await)?;
    let of = |which: usize| Times(times.iter().filter_map(|pair| pair.get(which)).copied().map(seconds).collect());
    print("page call", &mut of(1), "bare echo", &mut of(0), 2.0);
    driver.shut_down().await?;
    Ok(())
}

fn seconds(milliseconds: f64) -> Duration {
    Duration::from_secs_f64(milliseconds / 1000.0)
}

/// Makes a credential and then calls `get` over and over; reports pairs of times in milliseconds.
const CALLING_PAGE: &str = r#"<!doctype html><title>calls</title><script>
  const bytes = (...values) => Uint8Array.from(values);
  const get = (id) => navigator.credentials.get({ publicKey: {
    challenge: bytes(1, 2, 3), allowCredentials: [{ type: "public-key", id }], userVerification: "required" } });
  (async () => {
    const made = await navigator.credentials.create({ publicKey: {
      rp: { name: "Practice" }, user: { id: bytes(1), name: "ann", displayName: "Ann" }, challenge: bytes(1, 2, 3),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }], authenticatorSelection: { residentKey: "required" } } });
    await get(made.rawId);
    const times = [];
    for (let i = 0; i < CALLS; i++) {
      const pair = [];
      for (let j = 0; j < 2; j++) {
        const start = performance.now();
        await get(made.rawId);
        pair.push(performance.now() - start);
      }
      times.push(pair);
    }
    await fetch("/report/times", { method: "POST", body: JSON.stringify(times) });
  })();
</script>"#;

/// How long something took, each time.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn add(&mut self, start: Instant) {
        self.0.push(start.elapsed());
    }

    /// The time that half of them took at most, in milliseconds.
    fn median(&mut self) -> f64 {
        self.0.sort_unstable();
        self.0.get(self.0.len() / 2).map_or(f64::NAN, |middle| middle.as_secs_f64() * 1000.0)
    }
}

#[allow(clippy::print_stdout, reason = "a program's output")]
fn print(what: &str, ours: &mut Times, beside: &str, theirs: &mut Times, most: f64) {
    let (ours, theirs) = (ours.median(), theirs.median());
    let ratio = ours / theirs;
    let verdict = if ratio <= most { "" } else { "  MISSED" };
    println!("{what:<14} {ours:>9.3} ms   {beside:<15} {theirs:>9.3} ms   {ratio:>5.2} × (at most {most} ×){verdict}");
}
