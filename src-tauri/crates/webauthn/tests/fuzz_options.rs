//! Whatever a page sends as options, reading it ends without a panic, and what was read keeps the promises.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

use std::time::Duration;

use rekey_webauthn::{Caller, CreateRequest, GetRequest, MAX_LIST};

/// Values and pieces of values that options are made of, so that the fuzzer gets past the JSON.
const PIECES: [&str; 32] = [
    "null",
    "true",
    "-7",
    "1e999",
    "18446744073709551616",
    "\"\"",
    "\"AQID\"",
    "\"\\ud800\"",
    "\"example.com\"",
    "\"required\"",
    "{}",
    "[]",
    "[{}]",
    "[null]",
    "{",
    "}",
    "[",
    "]",
    ",",
    r#""id":"#,
    r#""name":"#,
    r#"{"id":"example.com","name":"x"}"#,
    r#"{"id":"com","name":"x"}"#,
    r#"{"id":"","name":"x","displayName":"x"}"#,
    r#"{"id":"____","name":3,"displayName":false}"#,
    r#"[{"type":"public-key","id":"AQID"}]"#,
    r#"[{"type":"public-key","id":""}]"#,
    r#"[{"type":"later","id":"AQID"}]"#,
    r#"[{"type":"public-key","alg":-8},{"type":"public-key","alg":"-257"}]"#,
    r#"[{"type":"public-key","alg":1e30}]"#,
    r#"{"residentKey":"required","requireResidentKey":1,"userVerification":"required"}"#,
    r#"{"credProps":true,"appid":[]}"#,
];

/// Valid options, of which the fuzzer replaces some members.
const SLOTS: [&str; 10] = [
    "rp",
    "user",
    "challenge",
    "pubKeyCredParams",
    "timeout",
    "excludeCredentials",
    "allowCredentials",
    "rpId",
    "authenticatorSelection",
    "extensions",
];

fn seconds() -> Duration {
    let seconds = std::env::var("REKEY_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

fn read(options: &str) {
    let caller = Caller::top("https://login.example.com".parse().unwrap());
    if let Ok(request) = CreateRequest::parse(&caller, options) {
        assert!((1..=64).contains(&request.user.id.len()));
        assert!(!request.algorithms.is_empty() && request.algorithms.len() <= MAX_LIST);
        assert!(request.exclude.len() <= MAX_LIST);
        assert!((300..=600).contains(&request.timeout.as_secs()));
        assert!(["example.com", "login.example.com"].contains(&request.rp_id.as_str()));
        let data: serde_json::Value = serde_json::from_slice(request.client_data.json()).unwrap();
        assert_eq!(data["origin"], "https://login.example.com");
    }
    if let Ok(request) = GetRequest::parse(&caller, options) {
        assert!(request.allow.len() <= MAX_LIST);
        assert!(["example.com", "login.example.com"].contains(&request.rp_id.as_str()));
    }
}

#[test]
fn options_of_any_bytes() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| read(&String::from_utf8_lossy(bytes)));
}

#[test]
fn options_of_plausible_pieces() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        let mut members = vec![
            r#""rp":{"name":"x"}"#.to_owned(),
            r#""user":{"id":"AQID","name":"x","displayName":"x"}"#.to_owned(),
            r#""challenge":"AQID""#.to_owned(),
            r#""pubKeyCredParams":[]"#.to_owned(),
        ];
        let mut rest = bytes;
        while let [first, tail @ ..] = rest {
            let slot = usize::from(*first) % SLOTS.len();
            // Mostly one whole value, sometimes a run of pieces.
            let (pieces, tail) = tail.split_at(tail.len().min(if *first < 200 { 1 } else { 5 }));
            rest = tail;
            let value: String = pieces.iter().map(|b| PIECES[usize::from(*b) % PIECES.len()]).collect();
            members.push(format!("\"{}\":{value}", SLOTS[slot]));
        }
        read(&format!("{{{}}}", members.join(",")));
    });
}
