//! A page's call reaches the host, and the host's answer the page.

use rekey_browser::{CeremonyKind, CeremonyReply, Driver, FrameKind};

use crate::server::{Page, Server};
use crate::support::bridged;

/// Reports under a name what a promise brings.
pub(crate) const REPORT: &str = "
    const report = (name, value) => fetch('/report/' + name, {method: 'POST', body: String(value)});
    const b64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
    const bytes = (...values) => new Uint8Array(values);
";

const CREATE: &str = "
    const created = (c) => JSON.stringify({
        id: c.id, raw: b64(c.rawId), type: c.type, attachment: c.authenticatorAttachment,
        is: [c instanceof PublicKeyCredential, c instanceof Credential, c.response instanceof AuthenticatorAttestationResponse],
        client: b64(c.response.clientDataJSON), attestation: b64(c.response.attestationObject),
        transports: c.response.getTransports(), key: b64(c.response.getPublicKey()),
        alg: c.response.getPublicKeyAlgorithm(), data: b64(c.response.getAuthenticatorData()),
        extensions: c.getClientExtensionResults(), json: c.toJSON().id,
    });
    navigator.credentials.create({publicKey: {
        rp: {name: 'Site'}, user: {id: bytes(1, 2, 3), name: 'a', displayName: 'A', extra: 'dropped'},
        challenge: bytes(255, 254, 253).buffer, pubKeyCredParams: [{type: 'public-key', alg: -7}],
        excludeCredentials: [{type: 'public-key', id: new DataView(bytes(9, 9, 9, 9).buffer, 1, 2), transports: ['usb']}],
        extensions: {credProps: true, prf: {eval: {first: bytes(1)}}, unknown: 1},
    }}).then((c) => report('create', created(c)), (e) => report('create', e));
";

pub(crate) const CREATED: &str = r#"{"id":"AQID","rawId":"AQID","type":"public-key","authenticatorAttachment":"platform",
    "response":{"clientDataJSON":"e30","attestationObject":"oA","transports":["internal"],"publicKey":"BAUG",
    "publicKeyAlgorithm":-7,"authenticatorData":"BwgJ"},"clientExtensionResults":{"credProps":{"rk":true}}}"#;

pub(crate) const GOT: &str = r#"{"id":"AQID","rawId":"AQID","type":"public-key","authenticatorAttachment":"platform",
    "response":{"clientDataJSON":"e30","authenticatorData":"BwgJ","signature":"CgsM","userHandle":"AQ"},
    "clientExtensionResults":{}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn create_goes_there_and_back() {
    let server = Server::start().await;
    server.page("/", &format!("<script>{REPORT}{CREATE}</script>"));
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;

    let ceremony = browser.see_ceremony(context).await;
    assert_eq!(ceremony.kind, CeremonyKind::Create);
    assert_eq!(ceremony.origin.to_string(), server.origin("localhost"));
    assert_eq!(ceremony.standing.frame, FrameKind::Top);
    assert!(ceremony.standing.allowed_by_policy && !ceremony.standing.activated);
    let options: serde_json::Value = serde_json::from_str(&ceremony.options).unwrap();
    let expect = serde_json::json!({
        "rp": {"name": "Site"}, "user": {"id": "AQID", "name": "a", "displayName": "A"}, "challenge": "__79",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        "excludeCredentials": [{"type": "public-key", "id": "CQk", "transports": ["usb"]}],
        "extensions": {"credProps": true, "prf": {"eval": {"first": "AQ"}}},
    });
    assert_eq!(options, expect);

    browser.driver.answer(context, ceremony.id, CeremonyReply::Credential(CREATED.to_owned())).await.unwrap();
    let got: serde_json::Value = serde_json::from_str(&server.report("create").await).unwrap();
    let expect = serde_json::json!({
        "id": "AQID", "raw": "AQID", "type": "public-key", "attachment": "platform", "is": [true, true, true],
        "client": "e30=", "attestation": "oA==", "transports": ["internal"], "key": "BAUG", "alg": -7, "data": "BwgJ",
        "extensions": {"credProps": {"rk": true}}, "json": "AQID",
    });
    assert_eq!(got, expect);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channel_works_under_the_strictest_policy() {
    let server = Server::start().await;
    // Nothing is allowed but the one script and the report.
    let policy = "default-src 'none'; script-src 'nonce-n'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    let headers = vec![
        ("content-security-policy", policy.to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-embedder-policy", "require-corp".to_owned()),
    ];
    let body = format!("<script nonce=n>{REPORT}{CREATE}</script>");
    server.add("/", Page { body, headers, status: 0 });
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let ceremony = browser.see_ceremony(context).await;
    browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("InvalidStateError")).await.unwrap();
    assert!(server.report("create").await.starts_with("InvalidStateError"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_claimed_that_nobody_can_do() {
    let server = Server::start().await;
    let ask = "PublicKeyCredential.getClientCapabilities().then((can) => report('can', JSON.stringify(can)))";
    server.page("/", &format!("<script>{REPORT}{ask}</script>"));
    let mut browser = bridged().await;
    browser.show(&server.url("/")).await;
    let can: serde_json::Value = serde_json::from_str(&server.report("can").await).unwrap();
    assert_eq!(can["extension:credProps"], true);
    for name in ["extension:prf", "conditionalCreate", "conditionalGet", "hybridTransport", "relatedOrigins"] {
        assert_eq!(can[name], false, "{name}");
    }
}
