//! The TPM as an authenticator: ceremonies over the simulator swtpm, verified by webauthn-rs.
#![cfg(all(target_os = "linux", feature = "tpm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test program")]

#[path = "support/person.rs"]
mod person;
mod support;
#[path = "support/swtpm.rs"]
mod swtpm;

use std::fs;
use std::path::{Path, PathBuf};

use person::Person;
use rekey_authenticator::{
    Authenticator, AuthenticatorError, Connection, Home, Interaction, Nobody, Presence, TPM_AAGUID, Tpm, TpmError,
    TpmFileError, UserVerification,
};
use rekey_webauthn::{AssertionMade, AuthenticatorAttachment, CreateRequest, CredentialId, GetRequest, MadeCredential};
use secrecy::SecretString;
use serde_json::{Value, json};
use support::{RelyingParty, create, create_options, get};
use swtpm::{Eavesdropper, Simulator};
use tempfile::TempDir;
use webauthn_rs_core::proto::UserVerificationPolicy::{Preferred, Required};

const PIN: &str = "4711 practice";
const OTHER_PIN: &str = "another practice";

type Refused = AuthenticatorError;

fn pin(text: &str) -> SecretString {
    SecretString::from(text)
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Tpm-passkeys.json");
    (folder, file)
}

/// A TPM with an open file in which `PIN` is set.
struct Bench {
    simulator: Simulator,
    state: TempDir,
    _folder: TempDir,
    file: PathBuf,
    tpm: Tpm,
}

impl Bench {
    async fn new() -> Self {
        let (state, simulator) = Simulator::new();
        let (folder, file) = folder();
        let tpm = Tpm::open(simulator.connection(), &file).unwrap();
        tpm.set_pin(&pin(PIN)).await.unwrap();
        Self { simulator, state, _folder: folder, file, tpm }
    }

    async fn add(&mut self, user: &str) -> CredentialId {
        let request = create("https://example.com", &create_options(None, user, &[]));
        make(&mut self.tpm, &request, &Person::with_pins([PIN])).await.unwrap().credential_id
    }

    /// Changes the file behind the TPM's back, and opens it again.
    fn reopen_with(self, change: impl FnOnce(&mut Value)) -> Self {
        drop(self.tpm);
        let mut value = read(&self.file);
        change(&mut value);
        fs::write(&self.file, value.to_string()).unwrap();
        let tpm = Tpm::open(self.simulator.connection(), &self.file).unwrap();
        Self { tpm, ..self }
    }
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

async fn make(tpm: &mut Tpm, request: &CreateRequest, person: &dyn Interaction) -> Result<MadeCredential, Refused> {
    tpm.make_credential(request, UserVerification::NotVerified, person).await
}

async fn sign(
    tpm: &mut Tpm,
    request: &GetRequest,
    only: Option<&CredentialId>,
    person: &dyn Interaction,
) -> Result<AssertionMade, Refused> {
    tpm.get_assertion(request, only, UserVerification::NotVerified, person).await
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in() {
    let (_state, simulator) = Simulator::new();
    assert_eq!(simulator.connection().presence(), Presence::Ready);
    let (_folder, file) = folder();
    let mut tpm = Tpm::open(simulator.connection(), &file).unwrap();
    assert!(!tpm.has_pin().await.unwrap() && !file.exists());
    let rp = RelyingParty::new("example.com", "https://login.example.com");

    // The first one sets the PIN; a PIN that is too short is asked for again.
    let (request, state) = rp.start_registration("ann", Required, Vec::new());
    let person = Person::with_new_pins(["123", PIN]);
    let made = make(&mut tpm, &request, &person).await.unwrap();
    assert!(person.asked().is_empty());
    assert_eq!(person.asked_new().iter().map(|asked| asked.was_refused).collect::<Vec<_>>(), [false, true]);
    assert_eq!(made.attachment, Some(AuthenticatorAttachment::Platform));
    assert_eq!(&made.authenticator_data[37..53], TPM_AAGUID.as_bytes());
    let credential = rp.finish_registration(&request.response(&made), &state);
    assert!(credential.user_verified && !credential.backup_eligible && !credential.backup_state);
    assert_eq!(credential.counter, 0);

    // With an allow list, then without, and after the file was opened again; many times, for every length of a number.
    drop(tpm);
    let mut tpm = Tpm::open(simulator.connection(), &file).unwrap();
    for round in 0..12 {
        let allow = if round % 2 == 0 { vec![credential.clone()] } else { Vec::new() };
        let (request, state) = rp.start_sign_in(allow, Preferred);
        assert_eq!(tpm.may_answer(&request, None).await, Some(true));
        let made = sign(&mut tpm, &request, None, &Person::with_pins([PIN])).await.unwrap();
        assert_eq!(made.user_handle.as_deref(), Some(b"ann".as_slice()));
        assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential.clone()]));
    }
}

#[tokio::test]
async fn the_page_gets_the_truth() {
    let mut bench = Bench::new().await;
    let mut options = create_options(None, "ann", &[]);
    options["extensions"] = json!({
        "credProps": true,
        "credentialProtectionPolicy": "userVerificationRequired",
        "enforceCredentialProtectionPolicy": true,
        "prf": {},
    });
    let request = create("https://example.com", &options);
    let made = make(&mut bench.tpm, &request, &Person::with_pins([PIN])).await.unwrap();
    let response: Value = serde_json::from_str(&request.response(&made)).unwrap();
    assert_eq!(response["clientExtensionResults"], json!({ "credProps": { "rk": true }, "prf": { "enabled": false } }));
    assert_eq!(response["response"]["transports"], json!(["internal"]));
    assert_eq!(response["response"]["publicKeyAlgorithm"], -7);
    // UP, UV, AT and ED; neither BE nor BS.
    assert_eq!(made.authenticator_data[32], 0b1100_0101);
    assert!(made.authenticator_data.ends_with(b"\xa1\x6bcredProtect\x03"));

    let info = bench.tpm.info();
    assert_eq!((info.home, info.verifies_itself), (Home::Tpm, true));
    let check = async |member: &str, value: Value, tpm: &mut Tpm| {
        let mut options = create_options(None, "ann", &[]);
        options[member] = value;
        make(tpm, &create("https://example.com", &options), &Nobody).await.unwrap_err()
    };
    let only_rsa = json!([{ "type": "public-key", "alg": -257 }]);
    assert!(matches!(check("pubKeyCredParams", only_rsa, &mut bench.tpm).await, Refused::Algorithm));
    let blob = json!({ "largeBlob": { "support": "required" } });
    assert!(matches!(check("extensions", blob, &mut bench.tpm).await, Refused::Unsupported));
}

#[tokio::test]
async fn a_wrong_pin_is_asked_for_again_and_makes_nothing() {
    let mut bench = Bench::new().await;
    let limit = bench.tpm.lock_out().await.unwrap().limit;
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let person = Person::with_pins(["wrong"]);
    let refused = make(&mut bench.tpm, &request, &person).await;
    assert!(matches!(refused, Err(Refused::Declined)), "{refused:?}");
    let asked: Vec<_> = person.asked().iter().map(|asked| (asked.was_wrong, asked.retries_left)).collect();
    assert_eq!(asked, [(false, Some(limit)), (true, Some(limit - 1))]);
    assert!(bench.tpm.passkeys(&Nobody).await.unwrap().is_empty());
    assert_eq!(read(&bench.file)["passkeys"], json!([]));

    // The right one, after a wrong one.
    let person = Person::with_pins([OTHER_PIN, PIN]);
    make(&mut bench.tpm, &request, &person).await.unwrap();
    assert_eq!(bench.tpm.passkeys(&Nobody).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_pin_that_was_wrong_already_is_not_counted_again() {
    let mut bench = Bench::new().await;
    let limit = bench.tpm.lock_out().await.unwrap().limit;
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let person = Person::with_pins(["wrong", OTHER_PIN, "wrong", OTHER_PIN, PIN]);
    make(&mut bench.tpm, &request, &person).await.unwrap();
    let asked: Vec<_> = person.asked().iter().map(|asked| (asked.was_wrong, asked.retries_left)).collect();
    let expect = [(false, 0), (true, 1), (true, 2), (true, 2), (true, 2)];
    assert_eq!(asked, expect.map(|(was_wrong, spent)| (was_wrong, Some(limit - spent))));
    assert_eq!(bench.tpm.lock_out().await.unwrap().counted, 2);
}

#[tokio::test]
async fn too_many_wrong_pins_lock_the_tpm() {
    let mut bench = Bench::new().await;
    bench.add("ann").await;
    let lock_out = bench.tpm.lock_out().await.unwrap();
    for left in (0..lock_out.limit).rev() {
        let refused = bench.tpm.check_pin(&pin("wrong")).await;
        assert!(matches!(refused, Err(TpmError::PinWrong { left: Some(now) }) if now == left), "{left} {refused:?}");
    }
    let locked = |refused: Option<TpmError>| {
        let expect = Some(lock_out.forgets_one_after);
        assert!(matches!(refused, Some(TpmError::LockedOut { retry_after }) if retry_after == expect));
    };
    locked(bench.tpm.check_pin(&pin(PIN)).await.err());
    locked(bench.tpm.change_pin(&pin(PIN), &pin(OTHER_PIN)).await.err());
    // Nobody is asked for a PIN that would not be taken.
    let person = Person::with_pins([PIN]);
    let refused = sign(&mut bench.tpm, &get("https://example.com", &[], "required"), None, &person).await;
    assert!(person.asked().is_empty());
    match refused {
        Err(Refused::Tpm(error)) => locked(Some(error)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn another_tpm_cannot_use_the_file_and_loses_nothing() {
    let mut bench = Bench::new().await;
    let id = bench.add("ann").await;
    let before = fs::read(&bench.file).unwrap();
    let request = get("https://example.com", &[], "required");
    drop(bench.tpm);

    let (_state, other) = Simulator::new();
    let mut tpm = Tpm::open(other.connection(), &bench.file).unwrap();
    let refused = sign(&mut tpm, &request, None, &Person::with_pins([PIN])).await;
    assert!(matches!(refused, Err(Refused::Tpm(TpmError::OtherTpm))), "{refused:?}");
    assert!(matches!(tpm.change_pin(&pin(PIN), &pin(OTHER_PIN)).await, Err(TpmError::OtherTpm)));
    let options = create("https://example.com", &create_options(None, "bob", &[]));
    let refused = make(&mut tpm, &options, &Person::with_pins([PIN])).await;
    assert!(matches!(refused, Err(Refused::Tpm(TpmError::OtherTpm))), "{refused:?}");
    assert_eq!(fs::read(&bench.file).unwrap(), before);

    // The way out on the new TPM keeps the file under another name.
    let aside = tpm.start_over().await.unwrap().unwrap();
    assert_eq!(fs::read(&aside).unwrap(), before);
    make(&mut tpm, &options, &Person::with_new_pins([OTHER_PIN])).await.unwrap();
    drop(tpm);

    // The first TPM, started again, still knows its own.
    drop(bench.simulator);
    let simulator = Simulator::start(bench.state.path());
    let mut tpm = Tpm::open(simulator.connection(), &aside).unwrap();
    let made = sign(&mut tpm, &request, None, &Person::with_pins([PIN])).await.unwrap();
    assert_eq!(made.credential_id, id);
}

#[tokio::test]
async fn a_changed_pin_holds_for_every_passkey_or_for_none() {
    let mut bench = Bench::new().await;
    let ids = [bench.add("ann").await, bench.add("bob").await];
    let before = fs::read(&bench.file).unwrap();
    assert!(matches!(bench.tpm.change_pin(&pin("wrong"), &pin(OTHER_PIN)).await, Err(TpmError::PinWrong { .. })));
    assert!(matches!(bench.tpm.change_pin(&pin(PIN), &pin("123")).await, Err(TpmError::PinLength)));
    assert!(matches!(bench.tpm.set_pin(&pin(OTHER_PIN)).await, Err(TpmError::PinAlreadySet)));
    assert_eq!(fs::read(&bench.file).unwrap(), before);

    // Broken off after the TPM made the new object and before it was written: the old PIN holds, for all.
    let mut elsewhere = before.clone();
    elsewhere.push(b'\n');
    fs::write(&bench.file, elsewhere).unwrap();
    let refused = bench.tpm.change_pin(&pin(PIN), &pin(OTHER_PIN)).await;
    assert!(matches!(refused, Err(TpmError::File(TpmFileError::ChangedElsewhere))), "{refused:?}");
    let mut bench = bench.reopen_with(|_| {});
    let request = get("https://example.com", &[], "required");
    for id in &ids {
        sign(&mut bench.tpm, &request, Some(id), &Person::with_pins([PIN])).await.unwrap();
    }

    bench.tpm.change_pin(&pin(PIN), &pin(OTHER_PIN)).await.unwrap();
    let mut bench = bench.reopen_with(|_| {});
    // The old one is wrong now. (For one is enough: the count goes on, and the simulator takes few wrong ones.)
    let refused = sign(&mut bench.tpm, &request, Some(&ids[0]), &Person::with_pins([PIN])).await;
    assert!(matches!(refused, Err(Refused::Declined)), "{refused:?}");
    for id in &ids {
        sign(&mut bench.tpm, &request, Some(id), &Person::with_pins([OTHER_PIN])).await.unwrap();
    }
}

#[tokio::test]
async fn where_anybody_resets_the_lock_out_a_new_pin_must_be_strong() {
    const WEAK: [&str; 3] = ["4711", "seven77", "1234567890"];
    let (_state, simulator) = Simulator::new();
    let (_folder, file) = folder();
    let mut tpm = Tpm::open(simulator.connection(), &file).unwrap();
    assert!(tpm.lock_out().await.unwrap().anybody_resets);
    for weak in WEAK {
        assert!(matches!(tpm.set_pin(&pin(weak)).await, Err(TpmError::PinWeak)), "{weak}");
    }
    assert!(!file.exists());

    // In a ceremony another one is asked for.
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let [first, second, third] = WEAK;
    let person = Person::with_new_pins([first, second, third, "seven777"]);
    make(&mut tpm, &request, &person).await.unwrap();
    let asked: Vec<_> = person.asked_new().iter().map(|asked| (asked.shortest, asked.was_refused)).collect();
    assert_eq!(asked, [(8, false), (8, true), (8, true), (8, true)]);
    for weak in WEAK {
        let refused = tpm.change_pin(&pin("seven777"), &pin(weak)).await;
        assert!(matches!(refused, Err(TpmError::PinWeak)), "{weak}");
    }
    tpm.change_pin(&pin("seven777"), &pin(OTHER_PIN)).await.unwrap();
}

#[tokio::test]
async fn where_the_lock_out_is_guarded_a_short_pin_is_enough() {
    let (_state, simulator) = Simulator::new();
    simulator.guard_the_lock_out();
    let (_folder, file) = folder();
    let mut tpm = Tpm::open(simulator.connection(), &file).unwrap();
    assert!(!tpm.lock_out().await.unwrap().anybody_resets);
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let person = Person::with_new_pins(["4711"]);
    make(&mut tpm, &request, &person).await.unwrap();
    assert_eq!(person.asked_new().iter().map(|asked| asked.shortest).collect::<Vec<_>>(), [4]);
}

#[tokio::test]
async fn an_altered_record_does_not_sign() {
    let check = async |what: &str, origin: &str, change: fn(&mut Value)| {
        let mut bench = Bench::new().await;
        bench.add("ann").await;
        bench.add("bob").await;
        let mut bench = bench.reopen_with(change);
        let request = get(origin, &[], "required");
        let person = Person::with_pins([PIN]).who_chooses("bob");
        let refused = sign(&mut bench.tpm, &request, None, &person).await;
        assert!(matches!(refused, Err(Refused::Tpm(TpmError::Altered))), "{what}: {refused:?}");
        // It costs no attempt.
        assert_eq!(bench.tpm.lock_out().await.unwrap().counted, 0, "{what}");
    };
    let own = "https://example.com";
    check("another site's name", "https://example.org", |v| v["passkeys"][1]["rp-id"] = json!("example.org")).await;
    check("another user", own, |v| v["passkeys"][1]["user-handle"] = json!("AAAA")).await;
    check("another id", own, |v| v["passkeys"][1]["credential-id"] = json!("AAAA")).await;
    check("another public key", own, |v| v["passkeys"][1]["x"] = v["passkeys"][0]["x"].clone()).await;
    check("another private key", own, |v| v["passkeys"][1]["private"] = v["passkeys"][0]["private"].clone()).await;
    check("another's key", own, |v| {
        for member in ["x", "y", "private"] {
            v["passkeys"][1][member] = v["passkeys"][0][member].clone();
        }
    })
    .await;
    check("no key", own, |v| v["passkeys"][1]["private"] = json!("AAAA")).await;
    check("a PIN that is none", own, |v| v["pin"]["private"] = v["passkeys"][0]["private"].clone()).await;
    check("another PIN", own, |v| v["pin"]["unique"] = v["passkeys"][0]["x"].clone()).await;
}

#[tokio::test]
async fn a_pin_of_somebody_elses_choice_opens_no_key() {
    let mut bench = Bench::new().await;
    bench.add("ann").await;
    // Made on the same TPM, by somebody who can write the file.
    let (_folder, theirs) = folder();
    let tpm = Tpm::open(bench.simulator.connection(), &theirs).unwrap();
    tpm.set_pin(&pin(OTHER_PIN)).await.unwrap();
    let theirs = read(&theirs)["pin"].clone();
    let mut bench = bench.reopen_with(|v| v["pin"] = theirs);
    let person = Person::with_pins([OTHER_PIN]);
    let refused = sign(&mut bench.tpm, &get("https://example.com", &[], "required"), None, &person).await;
    assert!(matches!(refused, Err(Refused::Tpm(TpmError::Altered))), "{refused:?}");
}

#[tokio::test]
async fn names_may_change_and_what_is_unknown_is_kept() {
    let mut bench = Bench::new().await;
    bench.add("ann").await;
    let mut bench = bench.reopen_with(|v| {
        v["passkeys"][0]["user-name"] = json!("anna");
        v["passkeys"][0]["colour"] = json!("green");
        v["later"] = json!({ "a": [1] });
        v["passkeys"].as_array_mut().unwrap().insert(0, json!({ "credential-id": "", "x": null }));
    });
    assert_eq!(bench.tpm.unreadable().await.unwrap(), [0]);
    bench.add("bob").await;
    let names: Vec<_> = bench.tpm.passkeys(&Nobody).await.unwrap().into_iter().map(|p| p.user_name).collect();
    assert_eq!(names, ["anna", "bob"]);
    let kept = read(&bench.file);
    assert_eq!(kept["later"], json!({ "a": [1] }));
    assert_eq!(kept["passkeys"][0], json!({ "credential-id": "", "x": null }));
    assert_eq!(kept["passkeys"][1]["colour"], "green");
}

#[tokio::test]
async fn only_the_passkeys_that_are_meant_answer() {
    let mut bench = Bench::new().await;
    let ann = bench.add("ann").await;
    let bob = bench.add("bob").await;
    let (listed, own) = ([ann.to_string()], "https://example.com");
    let check = async |tpm: &mut Tpm, origin: &str, allow: &[String], only: Option<&CredentialId>, expect: bool| {
        let request = get(origin, allow, "preferred");
        assert_eq!(tpm.may_answer(&request, only).await, Some(expect), "{origin} {allow:?} {only:?}");
        if !expect {
            let refused = sign(tpm, &request, only, &Nobody).await;
            assert!(matches!(refused, Err(Refused::NoCredential)), "{refused:?}");
        }
    };
    check(&mut bench.tpm, own, &[], None, true).await;
    check(&mut bench.tpm, own, &listed, Some(&ann), true).await;
    check(&mut bench.tpm, own, &listed, Some(&bob), false).await;
    check(&mut bench.tpm, "https://example.org", &[], None, false).await;
    check(&mut bench.tpm, "https://example.org", &listed, Some(&ann), false).await;

    // The person chooses among several, the newest first.
    let person = Person::with_pins([PIN]).who_chooses("ann");
    let made = sign(&mut bench.tpm, &get(own, &[], "required"), None, &person).await.unwrap();
    assert_eq!((made.credential_id, person.offered()), (ann.clone(), vec!["bob".into(), "ann".into()]));

    // Excluded, and only for this RP ID.
    let exclude = |origin| create(origin, &create_options(None, "renamed", &[ann.to_string()]));
    assert!(matches!(make(&mut bench.tpm, &exclude(own), &Nobody).await, Err(Refused::Excluded)));
    make(&mut bench.tpm, &exclude("https://example.org"), &Person::with_pins([PIN])).await.unwrap();

    // Forgotten, restored, forgotten and destroyed.
    bench.tpm.forget(&ann, &Nobody).await.unwrap();
    check(&mut bench.tpm, own, &listed, None, false).await;
    assert!(matches!(bench.tpm.forget(&ann, &Nobody).await, Err(Refused::NoCredential)));
    assert_eq!(bench.tpm.forgotten().await.unwrap()[0].credential_id, ann);
    bench.tpm.restore(&ann).await.unwrap();
    sign(&mut bench.tpm, &get(own, &listed, "required"), None, &Person::with_pins([PIN])).await.unwrap();
    bench.tpm.forget(&ann, &Nobody).await.unwrap();
    let mut bench = bench.reopen_with(|_| {});
    assert_eq!(bench.tpm.purge().await.unwrap(), 1);
    assert!(matches!(bench.tpm.restore(&ann).await, Err(TpmError::NotFound)));
    assert_eq!(bench.tpm.passkeys(&Nobody).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_tpm_that_goes_away_loses_nothing() {
    let mut bench = Bench::new().await;
    bench.add("ann").await;
    let before = fs::read(&bench.file).unwrap();
    let Bench { mut simulator, state, _folder, file, mut tpm } = bench;
    let request = create("https://example.com", &create_options(None, "bob", &[]));
    let (send, gone) = std::sync::mpsc::channel();
    let person = Person::who_first(
        move || {
            simulator.end();
            send.send(()).unwrap();
        },
        PIN,
    );
    let refused = make(&mut tpm, &request, &person).await;
    gone.recv().unwrap();
    assert!(matches!(refused, Err(Refused::Removed)), "{refused:?}");
    assert_eq!(fs::read(&file).unwrap(), before);
    // What needs no TPM goes on.
    assert_eq!(tpm.passkeys(&Nobody).await.unwrap().len(), 1);
    let refused = sign(&mut tpm, &get("https://example.com", &[], "required"), None, &Nobody).await;
    assert!(matches!(refused, Err(Refused::Removed)), "{refused:?}");
    drop(tpm);

    let simulator = Simulator::start(state.path());
    let mut tpm = Tpm::open(simulator.connection(), &file).unwrap();
    make(&mut tpm, &request, &Person::with_pins([PIN])).await.unwrap();
}

#[tokio::test]
async fn one_rekey_at_a_time() {
    let bench = Bench::new().await;
    let second = || Tpm::open(bench.simulator.connection(), &bench.file);
    assert!(matches!(second(), Err(TpmError::File(TpmFileError::InUse))));
    drop(bench.tpm);
    Tpm::open(bench.simulator.connection(), &bench.file).unwrap();
    let nowhere = Tpm::open(Connection::default(), &bench.file.join("no/folder/Tpm-passkeys.json"));
    assert!(matches!(nowhere, Err(TpmError::File(TpmFileError::Io { .. }))));
}

#[tokio::test]
async fn the_bus_does_not_tell_the_pin() {
    let (_state, simulator) = Simulator::new();
    let eavesdropper = Eavesdropper::on(&simulator);
    let (_folder, file) = folder();
    let mut tpm = Tpm::open(eavesdropper.connection(), &file).unwrap();
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    make(&mut tpm, &request, &Person::with_new_pins([PIN])).await.unwrap();
    tpm.change_pin(&pin(PIN), &pin(OTHER_PIN)).await.unwrap();
    sign(&mut tpm, &get("https://example.com", &[], "required"), None, &Person::with_pins([OTHER_PIN])).await.unwrap();

    let kept = read(&file);
    let salt = base64_decoded(&kept["pin"]["salt"]);
    for text in [PIN, OTHER_PIN] {
        let mut value = [0; 32];
        argon2::Argon2::default().hash_password_into(text.as_bytes(), &salt, &mut value).unwrap();
        assert!(!eavesdropper.heard(&value) && !eavesdropper.heard(text.as_bytes()));
    }
    // What is not secret was heard, so that the silence above means something.
    assert!(eavesdropper.heard(&base64_decoded(&kept["passkeys"][0]["x"])));
}

fn base64_decoded(value: &Value) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}
