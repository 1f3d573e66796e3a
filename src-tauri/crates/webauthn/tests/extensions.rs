//! Extensions as pages ask for them, and what they get.
#![allow(clippy::unwrap_used, reason = "a test program")]

use rekey_webauthn::{
    AssertionExtensions, AssertionMade, Caller, CreateRequest, CredProtect, GetRequest, LargeBlobOutcome,
    LargeBlobSupport, LargeBlobUse, MadeCredential, MadeExtensions, PrfMade, PrfResults, Protection,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

fn caller() -> Caller {
    Caller::top("https://example.com".parse().unwrap())
}

fn create(extensions: &Value) -> Result<CreateRequest, &'static str> {
    let options = json!({
        "rp": { "name": "Example" },
        "user": { "id": "YW5u", "name": "ann", "displayName": "Ann" },
        "challenge": "-_8B",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
        "extensions": extensions,
    });
    CreateRequest::parse(&caller(), &options.to_string()).map_err(|error| error.dom_exception())
}

fn get(allow: &[&str], extensions: &Value) -> Result<GetRequest, &'static str> {
    let allow: Vec<_> = allow.iter().map(|id| json!({ "type": "public-key", "id": id })).collect();
    let options = json!({ "challenge": "-_8B", "allowCredentials": allow, "extensions": extensions });
    GetRequest::parse(&caller(), &options.to_string()).map_err(|error| error.dom_exception())
}

fn salt(input: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update("WebAuthn PRF").chain_update([0]).chain_update(input).finalize().into()
}

#[test]
fn what_the_definitions_rule_out_is_refused() {
    let check = |refused: Option<&str>, expect: Option<&str>, what: &str| assert_eq!(refused, expect, "{what}");
    let creating = |extensions: Value, expect| check(create(&extensions).err(), expect, &extensions.to_string());
    creating(json!({ "prf": {} }), None);
    creating(json!({ "prf": { "eval": { "first": "AAAA" } } }), None);
    creating(json!({ "prf": { "eval": { "second": "AAAA" } } }), Some("TypeError"));
    creating(json!({ "prf": { "evalByCredential": {} } }), Some("NotSupportedError"));
    creating(json!({ "largeBlob": { "support": "preferred" } }), None);
    creating(json!({ "largeBlob": { "read": true } }), Some("NotSupportedError"));
    creating(json!({ "largeBlob": { "write": "AAAA" } }), Some("NotSupportedError"));
    creating(json!({ "prf": 7 }), Some("TypeError"));
    creating(json!({ "unheardOf": 7, "appid": "https://example.com" }), None);

    let getting = |allow: &[&str], extensions: Value, expect| {
        check(get(allow, &extensions).err(), expect, &extensions.to_string());
    };
    let by = |id: &str| json!({ "prf": { "evalByCredential": { id: { "first": "AAAA" } } } });
    getting(&["AQID"], by("AQID"), None);
    getting(&[], by("AQID"), Some("NotSupportedError"));
    getting(&["AQID"], by(""), Some("SyntaxError"));
    getting(&["AQID"], by("+/+/"), Some("SyntaxError"));
    getting(&["AQID"], by("AQIE"), Some("SyntaxError"));
    getting(&[], json!({ "prf": { "evalByCredential": {} } }), None);
    getting(&[], json!({ "largeBlob": { "support": "required" } }), Some("NotSupportedError"));
    getting(&["AQID"], json!({ "largeBlob": { "read": true, "write": "AAAA" } }), Some("NotSupportedError"));
    getting(&["AQID"], json!({ "largeBlob": { "write": "AAAA" } }), None);
    getting(&[], json!({ "largeBlob": { "write": "AAAA" } }), Some("NotSupportedError"));
    getting(&["AQID", "AQIE"], json!({ "largeBlob": { "write": "AAAA" } }), Some("NotSupportedError"));
}

#[test]
fn inputs_reach_the_authenticator() {
    let request = create(&json!({
        "credProps": true, "minPinLength": true,
        "credentialProtectionPolicy": "userVerificationRequired", "enforceCredentialProtectionPolicy": true,
        "largeBlob": { "support": "required" }, "prf": { "eval": { "first": "AQID", "second": "" } },
    }));
    let extensions = request.unwrap().extensions;
    assert!(extensions.cred_props && extensions.min_pin_length);
    assert_eq!(extensions.cred_protect, Some(CredProtect { policy: Protection::Required, enforce: true }));
    assert_eq!(extensions.large_blob, Some(LargeBlobSupport::Required));
    let salts = extensions.prf.unwrap().eval.unwrap();
    assert_eq!((salts.first, salts.second), (salt(&[1, 2, 3]), Some(salt(&[]))));

    let weak =
        json!({ "credentialProtectionPolicy": "userVerificationOptional", "enforceCredentialProtectionPolicy": true });
    let optional = CredProtect { policy: Protection::Optional, enforce: false };
    assert_eq!(create(&weak).unwrap().extensions.cred_protect, Some(optional));
    assert_eq!(create(&json!({ "credentialProtectionPolicy": "later" })).unwrap().extensions.cred_protect, None);

    let eval = json!({ "eval": { "first": "AA" }, "evalByCredential": { "AQID": { "first": "AQ" } } });
    let prf = get(&["AQID", "AQIE"], &json!({ "prf": eval })).unwrap().extensions.prf.unwrap();
    assert_eq!(prf.salts_for(&"AQID".parse().unwrap()).unwrap().first, salt(&[1]));
    assert_eq!(prf.salts_for(&"AQIE".parse().unwrap()).unwrap().first, salt(&[0]));
    let write = get(&["AQID"], &json!({ "largeBlob": { "write": "AQ" } })).unwrap().extensions.large_blob;
    assert_eq!(write, Some(LargeBlobUse::Write(vec![1])));
}

fn secrets() -> PrfResults {
    PrfResults { first: Zeroizing::new([1; 32]), second: None }
}

#[test]
fn a_page_gets_what_it_asked_for_and_no_more() {
    let check = |asked: Value, extensions: MadeExtensions, expect: Value| {
        let made = MadeCredential {
            credential_id: "AQID".parse().unwrap(),
            attestation_object: Vec::new(),
            authenticator_data: Vec::new(),
            public_key: None,
            algorithm: -7,
            transports: Vec::new(),
            attachment: None,
            discoverable: Some(true),
            user_verified: true,
            extensions,
        };
        let response: Value = serde_json::from_str(&create(&asked).unwrap().response(&made)).unwrap();
        assert!(response["clientExtensionResults"] == expect, "{asked}");
    };
    let secret = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
    let made = || MadeExtensions { prf: Some(PrfMade { enabled: true, results: Some(secrets()) }), large_blob: true };
    check(json!({}), made(), json!({}));
    check(json!({ "prf": {} }), made(), json!({ "prf": { "enabled": true, "results": { "first": secret } } }));
    check(json!({ "prf": {} }), MadeExtensions::default(), json!({ "prf": { "enabled": false } }));
    check(json!({ "largeBlob": {} }), made(), json!({ "largeBlob": { "supported": true } }));
    check(json!({ "credProps": true }), made(), json!({ "credProps": { "rk": true } }));

    let check = |asked: Value, extensions: AssertionExtensions, expect: Value| {
        let made = AssertionMade {
            credential_id: "AQID".parse().unwrap(),
            authenticator_data: Vec::new(),
            signature: Vec::new(),
            user_handle: None,
            attachment: None,
            user_verified: true,
            extensions,
        };
        let response: Value = serde_json::from_str(&get(&["AQID"], &asked).unwrap().response(&made)).unwrap();
        assert!(response["clientExtensionResults"] == expect, "{asked}");
    };
    let with = |large_blob| AssertionExtensions { prf: Some(secrets()), large_blob };
    let prf = json!({ "prf": { "eval": { "first": "AA" } } });
    check(json!({}), with(None), json!({}));
    check(prf.clone(), with(None), json!({ "prf": { "results": { "first": secret } } }));
    check(prf, AssertionExtensions::default(), json!({ "prf": {} }));
    let (read, write) = (json!({ "largeBlob": { "read": true } }), json!({ "largeBlob": { "write": "AQ" } }));
    check(read.clone(), with(Some(LargeBlobOutcome::Read(Some(vec![1])))), json!({ "largeBlob": { "blob": "AQ" } }));
    check(read, with(Some(LargeBlobOutcome::Read(None))), json!({ "largeBlob": {} }));
    check(write.clone(), with(Some(LargeBlobOutcome::Written(true))), json!({ "largeBlob": { "written": true } }));
    check(write, with(None), json!({ "largeBlob": { "written": false } }));
}
