//! What the client and its authenticators make, over options of every kind, at relying parties that other people wrote.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a test program")]

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rekey_authenticator::{Authenticator, Nobody, Store, UserVerification};
use rekey_journey::AccountId;
use rekey_origin::Site;
use rekey_tests::conformance::{Options, SoftwareAuthenticator};
use rekey_tests::verifiers::{Case, DIMENSIONS, Lie, Row, Verdict, Verifier, pairwise};
use rekey_webauthn::{Caller, CreateRequest, Frame, GetRequest};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

/// What a verifier does not take, although it is right.
fn limit(verifier: Verifier, case: &Case) -> Option<&'static str> {
    match verifier {
        Verifier::WebauthnRs if case.algorithm == -8 => Some("it verifies no Ed25519"),
        Verifier::WebauthnRs if case.cross_origin => Some("it takes no registration out of a frame of another origin"),
        _ => None,
    }
}

/// Lets every verifier judge every case, and every lie about the first two.
fn check(cases: &[Case]) {
    for verifier in Verifier::ALL {
        let verdicts = verifier.judge(cases).unwrap();
        let mut accepted = Vec::new();
        for (case, verdict) in cases.iter().zip(verdicts) {
            match limit(verifier, case) {
                None => {
                    assert!(verdict.accepted, "{verifier:?}: {}: {}", case.name, verdict.reason);
                    accepted.push(case);
                }
                Some(limit) => assert!(!verdict.accepted, "{verifier:?} takes {}, although {limit}", case.name),
            }
        }
        println!(
            "{verifier:?} accepts {} of {} ({} beyond its limits)",
            accepted.len(),
            cases.len(),
            cases.len() - accepted.len()
        );
        assert!(accepted.len() * 3 > cases.len());
        let lies = accepted.iter().take(2).flat_map(|case| Lie::ALL.map(|lie| lie.in_case(case).unwrap()));
        let lies: Vec<Case> = lies.collect();
        for (case, verdict) in lies.iter().zip(verifier.judge(&lies).unwrap()) {
            let Verdict { accepted, reason } = verdict;
            assert!(!accepted && !reason.is_empty(), "{verifier:?} believes {}", case.name);
        }
    }
}

fn value(row: &Row, name: &str) -> &'static str {
    let at = DIMENSIONS.iter().position(|(dimension, _)| *dimension == name).unwrap();
    DIMENSIONS[at].1[row[at]]
}

/// A row as a page's options and its caller.
struct Wishes {
    caller: Caller,
    rp_id: Option<&'static str>,
    create: Value,
    verifies: bool,
}

impl Wishes {
    fn of(row: &Row, challenge: &str) -> Self {
        let (origin, rp_id) = match value(row, "place") {
            "host" => ("https://login.example.org", None),
            "suffix" => ("https://login.example.org", Some("example.org")),
            _ => ("http://localhost:8090", Some("localhost")),
        };
        let frame = match value(row, "frame") {
            "top" => Frame::Top,
            "same-origin" => Frame::SameOrigin,
            _ => Frame::CrossOrigin { top: "https://shop.example.com".parse().unwrap() },
        };
        let number = |name| match name {
            "ES256" => -7,
            "EdDSA" => -8,
            _ => -257,
        };
        let algorithms = value(row, "algorithms").split(' ').map(number);
        let mut extensions = json!({});
        for name in value(row, "extensions").split_whitespace() {
            match name {
                "prf" => extensions["prf"] = json!({ "eval": { "first": "AQID" } }),
                "largeBlob" => extensions["largeBlob"] = json!({ "support": "preferred" }),
                "credProtect" => extensions["credentialProtectionPolicy"] = json!("userVerificationOptional"),
                flag => extensions[flag] = json!(true),
            }
        }
        let exclude = if value(row, "exclude").is_empty() { json!([]) } else { json!([descriptor("AQIDBA")]) };
        let mut create = json!({
            "rp": { "name": "Practice" },
            "user": { "id": "YW5u", "name": "ann", "displayName": "Ann" },
            "challenge": challenge,
            "pubKeyCredParams": algorithms.map(|alg| json!({ "type": "public-key", "alg": alg })).collect::<Vec<_>>(),
            "excludeCredentials": exclude,
            "authenticatorSelection": {
                "residentKey": value(row, "residentKey"),
                "userVerification": value(row, "userVerification"),
            },
            "attestation": value(row, "attestation"),
            "extensions": extensions,
        });
        if let Some(id) = rp_id {
            create["rp"]["id"] = json!(id);
        }
        let caller = Caller { frame, ..Caller::top(origin.parse().unwrap()) };
        Self { caller, rp_id, create, verifies: value(row, "userVerification") != "discouraged" }
    }
}

fn descriptor(id: &str) -> Value {
    json!({ "type": "public-key", "id": id })
}

/// A registration and a sign-in of one authenticator. `verification` is asked once for each ceremony.
async fn ceremonies<A: Authenticator>(
    name: &str,
    authenticator: &mut A,
    row: &Row,
    verification: impl Fn(&A) -> UserVerification,
) -> Case {
    let challenges: [String; 2] = std::array::from_fn(|_| URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let wishes = Wishes::of(row, &challenges[0]);
    // Secrets are derived for a verified person only, whatever else is asked for.
    let derives = !wishes.create["extensions"]["prf"].is_null();
    let proof = |authenticator: &A, wanted: bool| {
        if wanted { verification(authenticator) } else { UserVerification::NotVerified }
    };
    let asked = CreateRequest::parse(&wishes.caller, &wishes.create.to_string()).unwrap();
    let given = proof(authenticator, wishes.verifies);
    let made = authenticator.make_credential(&asked, given, &Nobody).await.unwrap();
    let registration: Value = serde_json::from_str(&asked.response(&made)).unwrap();

    let mut get = json!({
        "challenge": challenges[1],
        "allowCredentials": [descriptor(&made.credential_id.to_string())],
        "userVerification": value(row, "userVerification"),
    });
    if let Some(id) = wishes.rp_id {
        get["rpId"] = json!(id);
    }
    if derives {
        get["extensions"] = json!({ "prf": { "eval": { "first": "AQID", "second": "BAUG" } } });
    }
    let request = GetRequest::parse(&wishes.caller, &get.to_string()).unwrap();
    let given = proof(authenticator, wishes.verifies || derives);
    let signed = authenticator.get_assertion(&request, None, given, &Nobody).await.unwrap();
    assert_eq!(made.user_verified, wishes.verifies, "{name} {row:?}");
    assert_eq!(signed.user_verified, wishes.verifies || derives, "{name} {row:?}");
    let [registration_challenge, authentication_challenge] = challenges;
    let described: Vec<String> = DIMENSIONS.iter().map(|(d, _)| format!("{d}={}", value(row, d))).collect();
    Case {
        name: format!("{name}: {}", described.join(", ")),
        rp_id: asked.rp_id.to_string(),
        origin: wishes.caller.origin.to_string(),
        verified: wishes.verifies,
        algorithm: made.algorithm,
        registration_challenge,
        authentication_challenge,
        registration,
        authentication: serde_json::from_str(&request.response(&signed)).unwrap(),
        cross_origin: value(row, "frame") == "cross-origin",
        top_origin: (value(row, "frame") == "cross-origin").then(|| "https://shop.example.com".to_owned()),
        root: None,
    }
}

#[tokio::test]
async fn the_store_over_pairs_of_options() {
    let passphrase = SecretString::from("seven practice words for one practice store");
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("Passkeys.kdbx"), &passphrase).unwrap();
    let ann = AccountId::new(Uuid::nil(), &Site::parse("example.org").unwrap(), "ann");
    let gate = store.verify(&passphrase, [ann], SystemTime::now()).unwrap();
    let mut cases = Vec::new();
    // The first rows have most pairs, and each costs key derivations.
    for row in pairwise().into_iter().take(12) {
        cases.push(ceremonies("store", &mut store, &row, |_| gate.verification(&ann, SystemTime::now())).await);
    }
    check(&cases);
}

#[tokio::test]
async fn an_authenticator_in_memory_over_pairs_of_options() {
    let mut cases = Vec::new();
    for row in pairwise() {
        let mut authenticator = SoftwareAuthenticator::new(Options::platform());
        cases.push(ceremonies("in memory", &mut authenticator, &row, |_| UserVerification::NotVerified).await);
    }
    check(&cases);
}
