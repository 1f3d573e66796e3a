//! Windows Hello over the `webauthn.dll` in the system's folder: a creation, an assertion, lists, failures and a
//! cancellation, told line by line on stdout. `cargo xtask check-os --wine` runs it over a library that tells what it is
//! asked, and compares both. On a real Windows it would show Windows' own dialogs.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test program")]

use std::time::Duration;

use rekey_authenticator::{Authenticator as _, Nobody, UserVerification, WindowsHello};
use rekey_webauthn::{Caller, CreateRequest, CredentialId, GetRequest};

fn create(name: &str) -> CreateRequest {
    let options = r#"{
        "rp": {"id": "example.com", "name": "NAME"},
        "user": {"id": "AQID", "name": "ann", "displayName": "Ann 🔑"},
        "challenge": "AAEC",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
        "timeout": 400000,
        "attestation": "enterprise",
        "authenticatorSelection": {"residentKey": "preferred", "userVerification": "required"},
        "excludeCredentials": [
            {"type": "public-key", "id": "CAgI", "transports": ["internal", "hybrid"]},
            {"type": "public-key", "id": "BwcH"}
        ],
        "extensions": {
            "credProps": true,
            "credentialProtectionPolicy": "userVerificationRequired",
            "minPinLength": true,
            "prf": {"eval": {"first": "AQ"}},
            "largeBlob": {"support": "preferred"}
        }
    }"#;
    CreateRequest::parse(&caller(), &options.replace("NAME", name)).unwrap()
}

fn get(rp_id: &str) -> GetRequest {
    let options = r#"{
        "rpId": "RP_ID",
        "challenge": "AAEC",
        "allowCredentials": [
            {"type": "public-key", "id": "CQkJ", "transports": ["internal"]},
            {"type": "public-key", "id": "BwcH"}
        ],
        "extensions": {
            "prf": {"eval": {"first": "AQ"}, "evalByCredential": {"BwcH": {"first": "Ag", "second": "Aw"}}},
            "largeBlob": {"read": true}
        }
    }"#;
    GetRequest::parse(&caller(), &options.replace("RP_ID", rp_id)).unwrap()
}

fn caller() -> Caller {
    Caller::top("https://login.example.com".parse().unwrap())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut hello = WindowsHello::open(Some(7)).await.unwrap();
    println!("=> {hello:?}");
    let nobody = || UserVerification::NotVerified;

    let request = create("Example");
    let made = hello.make_credential(&request, nobody(), &Nobody).await;
    println!("=> {}", made.map_or_else(|error| format!("{error:?}"), |made| request.response(&made)));

    let request = get("example.com");
    let signed = hello.get_assertion(&request, None, nobody(), &Nobody).await;
    println!("=> {}", signed.map_or_else(|error| format!("{error:?}"), |signed| request.response(&signed)));

    let there = hello.make_credential(&create("there"), nobody(), &Nobody).await;
    println!("=> {:?}", there.map(|_| ()));

    println!("=> {:?}", hello.may_answer(&get("example.com"), None).await);
    println!("=> {:?}", hello.may_answer(&get("login.example.com"), None).await);
    println!("=> {:?}", hello.passkeys(&Nobody).await);
    println!("=> {:?}", hello.forget(&CredentialId::new(vec![9, 9, 9]).unwrap(), &Nobody).await);

    // Taken back: the library answers when it is cancelled, and the next ceremony waits for that.
    let request = create("wait");
    let waiting = hello.make_credential(&request, nobody(), &Nobody);
    let waited = tokio::time::timeout(Duration::from_secs(1), waiting).await.map(|_| ());
    let there = hello.make_credential(&create("there"), nobody(), &Nobody).await;
    println!("=> {waited:?}, {:?}", there.map(|_| ()));
}
