//! A page's options, as sites write them and as they go wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

use std::time::Duration;

use rekey_origin::RpIdError;
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, Caller, ClientError,
    CreateRequest, CredentialId, Frame, GetRequest, MadeCredential, MadeExtensions, RelatedOrigins,
    ResidentKeyRequirement, UserVerificationRequirement, related_origins,
};
use serde_json::{Value, json};

fn caller(origin: &str) -> Caller {
    Caller::top(origin.parse().unwrap())
}

fn create_options() -> Value {
    json!({
        "rp": { "name": "Example" },
        "user": { "id": "YW5u", "name": "ann", "displayName": "Ann" },
        "challenge": "-_8B",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
    })
}

/// The options with one change; `pointer` as in RFC 6901, `null` removes nothing but counts as absent.
fn changed(pointer: &str, value: Value) -> Value {
    let mut options = create_options();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    options.pointer_mut(parent).unwrap()[name] = value;
    options
}

fn create(options: &Value) -> Result<CreateRequest, ClientError> {
    CreateRequest::parse(&caller("https://login.example.com"), &options.to_string())
}

fn get(options: &Value) -> Result<GetRequest, ClientError> {
    GetRequest::parse(&caller("https://login.example.com"), &options.to_string())
}

#[test]
fn the_smallest_options_have_the_specifications_defaults() {
    let request = create(&create_options()).unwrap();
    assert_eq!(request.rp_id.as_str(), "login.example.com");
    assert_eq!((request.rp_name.as_str(), request.user.name.as_str()), ("Example", "ann"));
    assert_eq!(request.user.id, b"ann");
    assert_eq!(request.algorithms, [-7]);
    assert!(request.exclude.is_empty() && !request.extensions.cred_props);
    assert_eq!(request.resident_key, ResidentKeyRequirement::Discouraged);
    assert_eq!(request.user_verification, UserVerificationRequirement::Preferred);
    assert_eq!(request.attachment, None);
    assert_eq!(request.timeout, Duration::from_secs(300));
    assert_eq!(
        std::str::from_utf8(request.client_data.json()).unwrap(),
        r#"{"type":"webauthn.create","challenge":"-_8B","origin":"https://login.example.com","crossOrigin":false}"#
    );

    let request = get(&json!({ "challenge": "-_8B" })).unwrap();
    assert_eq!(request.rp_id.as_str(), "login.example.com");
    assert!(request.allow.is_empty());
    assert_eq!(request.user_verification, UserVerificationRequirement::Preferred);
    assert!(request.client_data.json().starts_with(br#"{"type":"webauthn.get","#));
}

#[test]
fn what_browsers_tolerate_is_tolerated() {
    let check = |pointer: &str, value: Value| {
        let parsed = create(&changed(pointer, value.clone()));
        assert!(parsed.is_ok(), "{pointer} = {value}: {parsed:?}");
    };
    check("/unknown", json!({ "nested": [1, 2] }));
    check("/attestation", json!("something new"));
    check("/hints", json!(["client-device", "telepathy"]));
    check("/excludeCredentials", Value::Null);
    check("/authenticatorSelection", Value::Null);
    check("/authenticatorSelection", json!({ "residentKey": "maybe", "userVerification": 7 }));
    check("/authenticatorSelection", json!({ "authenticatorAttachment": "orbital" }));
    check("/excludeCredentials", json!([{ "type": "public-key", "id": "AQID", "transports": ["usb", "smoke"] }]));
    check("/extensions", json!({ "appid": "https://example.com", "credProps": "yes" }));
    check("/timeout", json!("soon"));
    check("/user/name", json!(42));
    check("/pubKeyCredParams", json!([{ "type": "public-key", "alg": "-7" }, { "type": "later", "alg": 1 }]));
}

#[test]
fn malformed_options_are_refused_by_the_right_exception() {
    use ClientError::*;
    let check = |pointer: &str, value: Value, expect: ClientError, exception: &str| {
        let refused = create(&changed(pointer, value.clone())).unwrap_err();
        assert_eq!(refused, expect, "{pointer} = {value}");
        assert_eq!(refused.dom_exception(), exception, "{pointer} = {value}");
    };
    let many = |entry: Value| Value::Array(vec![entry; 257]);
    check("/rp", Value::Null, Member("rp"), "TypeError");
    check("/rp", json!("Example"), Member("rp"), "TypeError");
    check("/rp/name", Value::Null, Member("rp.name"), "TypeError");
    check("/user", Value::Null, Member("user"), "TypeError");
    check("/user/name", Value::Null, Member("user.name"), "TypeError");
    check("/user/displayName", json!([]), Member("displayName"), "TypeError");
    check("/user/id", Value::Null, Member("user.id"), "TypeError");
    check("/user/id", json!("not base64!"), Member("user.id"), "TypeError");
    check("/user/id", json!(""), UserHandle, "TypeError");
    check("/user/id", json!("A".repeat(87)), UserHandle, "TypeError");
    check("/challenge", json!(7), Member("challenge"), "TypeError");
    check("/pubKeyCredParams", Value::Null, Member("pubKeyCredParams"), "TypeError");
    check("/pubKeyCredParams", json!([{ "type": "later", "alg": -7 }]), NoCredentialType, "NotSupportedError");
    check("/pubKeyCredParams", many(json!({})), TooMany("pubKeyCredParams"), "NotSupportedError");
    check("/excludeCredentials", json!({}), Member("excludeCredentials"), "TypeError");
    check("/excludeCredentials", json!([{ "type": "public-key" }]), Member("excludeCredentials"), "TypeError");
    check("/excludeCredentials", many(json!({})), TooMany("excludeCredentials"), "NotSupportedError");
    check("/rp/id", json!("example.org"), RpId(RpIdError::NotASuffix), "SecurityError");
    check("/rp/id", json!("com"), RpId(RpIdError::NotASuffix), "SecurityError");
    check("/padding", json!("x".repeat(64 * 1024)), TooLong, "TypeError");
}

#[test]
fn texts_that_are_no_options() {
    for text in ["", "null", "[]", "\"x\"", "{", "{\"challenge\":", "\u{0}"] {
        assert_eq!(create_text(text), ClientError::NotAnObject, "{text:?}");
    }
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    assert_eq!(create_text(&deep), ClientError::NotAnObject);
}

fn create_text(text: &str) -> ClientError {
    CreateRequest::parse(&caller("https://example.com"), text).unwrap_err()
}

#[test]
fn callers_that_may_not_call() {
    let check = |caller: &Caller, exceptions: [Option<&str>; 2]| {
        let create = CreateRequest::parse(caller, &create_options().to_string()).err();
        let get = GetRequest::parse(caller, r#"{"challenge":"AAAA"}"#).err();
        let refused = [create, get].map(|error| error.map(|error| error.dom_exception()));
        assert_eq!(refused, exceptions, "{caller:?}");
    };
    let at = |origin: &str, change: &dyn Fn(&mut Caller)| {
        let mut caller = caller(origin);
        change(&mut caller);
        caller
    };
    const SECURITY: [Option<&str>; 2] = [Some("SecurityError"); 2];
    const NOT_ALLOWED: [Option<&str>; 2] = [Some("NotAllowedError"); 2];
    check(&caller("https://example.com"), [None; 2]);
    check(&caller("http://example.com"), SECURITY);
    check(&caller("https://192.168.1.1"), SECURITY);
    check(&caller("https://[::1]"), SECURITY);
    check(&at("https://example.com", &|caller| caller.allowed_by_policy = false), NOT_ALLOWED);
    // A frame of the page's own origin is as good as the page; one of another's may make a passkey only when the person
    // did something in it.
    check(&at("https://example.com", &|c| (c.frame, c.activated) = (Frame::SameOrigin, false)), [None; 2]);
    let top = || Frame::CrossOrigin { top: "https://shop.example".parse().unwrap() };
    check(&at("https://example.com", &|caller| caller.frame = top()), [None; 2]);
    check(&at("https://example.com", &|c| (c.frame, c.activated) = (top(), false)), [Some("NotAllowedError"), None]);
}

#[test]
fn a_related_origin_is_granted_by_the_relying_party_alone() {
    let options = json!({ "challenge": "AAAA", "rpId": "example.com" }).to_string();
    let origin = || "https://example.de".parse().unwrap();
    let url = related_origins(&origin(), &options).unwrap();
    assert_eq!(url.as_str(), "https://example.com/.well-known/webauthn");
    assert_eq!(related_origins(&origin(), &changed("/rp/id", json!("example.com")).to_string()), Some(url.clone()));

    let check = |json: &str, expect: bool| {
        let related = Some(RelatedOrigins { url: url.clone(), json: json.as_bytes().to_vec() });
        let request = GetRequest::parse(&Caller { related, ..Caller::top(origin()) }, &options);
        assert_eq!(
            request.map(|request| request.rp_id.to_string()).ok(),
            expect.then(|| "example.com".to_owned()),
            "{json}"
        );
    };
    check(r#"{"origins":["https://example.de"]}"#, true);
    check(r#"{"origins":["https://other.de","https://example.de/"],"more":1}"#, true);
    check(r#"{"origins":["https://www.example.de"]}"#, false);
    check(r#"{"origins":["https://example.de",7]}"#, false);
    check(r#"{"origins":[]}"#, false);
    check(r#"["https://example.de"]"#, false);
    check("", false);
    // What another relying party says counts for nothing.
    let url = "https://evil.example/.well-known/webauthn".parse().unwrap();
    let related = Some(RelatedOrigins { url, json: br#"{"origins":["https://example.de"]}"#.to_vec() });
    let refused = GetRequest::parse(&Caller { related, ..Caller::top(origin()) }, &options).unwrap_err();
    assert_eq!(refused.dom_exception(), "SecurityError");

    let check = |origin: &str, claimed: &str| {
        let options = json!({ "challenge": "AAAA", "rpId": claimed }).to_string();
        assert_eq!(related_origins(&origin.parse().unwrap(), &options), None, "{origin} {claimed}");
    };
    check("https://login.example.com", "example.com");
    check("https://example.de", "com");
    check("http://example.de", "example.com");
}

#[test]
fn no_algorithm_means_the_two_defaults() {
    assert_eq!(create(&changed("/pubKeyCredParams", json!([]))).unwrap().algorithms, [-7, -257]);
    let listed = |numbers: &[i64]| {
        let parameters: Vec<_> = numbers.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
        create(&changed("/pubKeyCredParams", json!(parameters)))
    };
    assert_eq!(listed(&[42, -8]).unwrap().algorithms, [42, -8]);
    assert_eq!(listed(&[42, 0]).unwrap_err().dom_exception(), "NotSupportedError");
}

#[test]
fn timeouts_are_kept_within_five_and_ten_minutes() {
    for (wished, seconds) in [
        (Value::Null, 300.0),
        (json!(1), 300.0),
        (json!(-5), 300.0),
        (json!(60_000), 300.0),
        (json!(400_000), 400.0),
        (json!(400_000.7), 400.0),
        (json!(86_400_000), 600.0),
        (json!(1e300), 600.0),
    ] {
        let request = create(&changed("/timeout", wished.clone())).unwrap();
        assert_eq!(request.timeout.as_secs_f64(), seconds, "{wished}");
    }
}

#[test]
fn resident_key_policies() {
    use ResidentKeyRequirement::*;
    for (selection, expect) in [
        (json!({}), Discouraged),
        (json!({ "requireResidentKey": true }), Required),
        (json!({ "residentKey": "preferred", "requireResidentKey": true }), Preferred),
        (json!({ "residentKey": "new", "requireResidentKey": true }), Required),
        (json!({ "residentKey": "required" }), Required),
    ] {
        let request = create(&changed("/authenticatorSelection", selection.clone())).unwrap();
        assert_eq!(request.resident_key, expect, "{selection}");
    }
}

#[test]
fn an_allow_list_of_unknown_types_does_not_allow_everything() {
    let options = json!({ "challenge": "AAAA", "allowCredentials": [{ "type": "later", "id": "AQID" }] });
    let refused = get(&options).unwrap_err();
    assert_eq!((refused.clone(), refused.dom_exception()), (ClientError::NothingAllowed, "NotAllowedError"));

    let options = json!({ "challenge": "AAAA", "allowCredentials": [
        { "type": "later", "id": "BBBB" }, { "type": "public-key", "id": "AQID" },
    ] });
    let request = get(&options).unwrap();
    assert!(request.allows(&CredentialId::new(vec![1, 2, 3]).unwrap()));
    assert!(!request.allows(&"BBBB".parse().unwrap()));
    assert!(get(&json!({ "challenge": "AAAA" })).unwrap().allows(&"BBBB".parse().unwrap()));
}

#[test]
fn responses_are_exactly_the_specifications_json() {
    let request = create(&changed("/extensions", json!({ "credProps": true }))).unwrap();
    let made = MadeCredential {
        credential_id: "AQID".parse().unwrap(),
        attestation_object: vec![0xa0],
        authenticator_data: vec![1],
        public_key: None,
        algorithm: -7,
        transports: vec![
            AuthenticatorTransport::Usb,
            AuthenticatorTransport::Internal,
            AuthenticatorTransport::Hybrid,
            AuthenticatorTransport::Usb,
        ],
        attachment: Some(AuthenticatorAttachment::CrossPlatform),
        discoverable: Some(false),
        user_verified: false,
        extensions: MadeExtensions::default(),
    };
    let data = "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiLV84QiIsIm9yaWdpbiI6Imh0dHBzOi8vbG9naW4uZXhhbXBsZS5jb20iLCJjcm9zc09yaWdpbiI6ZmFsc2V9";
    assert_eq!(
        request.response(&made),
        format!(
            r#"{{"id":"AQID","rawId":"AQID","response":{{"clientDataJSON":"{data}","authenticatorData":"AQ","transports":["hybrid","internal","usb"],"publicKeyAlgorithm":-7,"attestationObject":"oA"}},"authenticatorAttachment":"cross-platform","clientExtensionResults":{{"credProps":{{"rk":false}}}},"type":"public-key"}}"#
        )
    );
    let unknown = MadeCredential { discoverable: None, ..made };
    assert!(request.response(&unknown).contains(r#""clientExtensionResults":{"credProps":{}}"#));
    assert!(create(&create_options()).unwrap().response(&unknown).contains(r#""clientExtensionResults":{}"#));

    let request = get(&json!({ "challenge": "-_8B" })).unwrap();
    let signed = AssertionMade {
        credential_id: "AQID".parse().unwrap(),
        authenticator_data: vec![1],
        signature: vec![2],
        user_handle: None,
        attachment: None,
        user_verified: false,
        extensions: AssertionExtensions::default(),
    };
    let response: Value = serde_json::from_str(&request.response(&signed)).unwrap();
    assert_eq!(response["response"].as_object().unwrap().len(), 3);
    assert_eq!(response["clientExtensionResults"], json!({}));
    let with_handle = AssertionMade { user_handle: Some(b"ann".to_vec()), ..signed };
    assert!(request.response(&with_handle).contains(r#""userHandle":"YW5u""#));
}
