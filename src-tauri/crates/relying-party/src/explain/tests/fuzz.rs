//! Fuzz targets: whatever the page sends as an answer, it is explained, within bounds and without a panic.
//!
//! As in the other crates, two seconds a target or `REKEY_FUZZ_SECONDS`. The input of a failure that was fixed becomes a
//! unit test.

use bolero::check;
use serde_json::{Value, json};

use super::ceremony::{Scene, Tricks, edit, unnamed};
use super::html;
use crate::explain::{CeremonyKind, Language, Trace, explain, panel};

#[allow(unreachable_pub, reason = "the tests of other crates use it, too")]
#[path = "../../../../../../tests/src/fuzzing.rs"]
mod fuzzing;

use fuzzing::{Edit, edited, time};

const TOKENS: [&[u8]; 12] = [
    &[0xff; 4],
    &[0x9f],
    &[0xbf],
    &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0xba, 0xff, 0xff, 0xff, 0xff],
    &[0x81; 64],
    &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    b"authData",
    b"[[[[[[[[[[[[[[[[",
    b"\\u0000",
    b"\xef\xbb\xbf",
];

fn traces() -> [Trace; 2] {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut scene = Scene::new();
        let made = scene.register(false, Tricks::default()).await;
        let kind = CeremonyKind::SignIn { conditional: true, named: true };
        let used = scene.sign_in(kind, Tricks::default()).await;
        [made, used]
    })
}

/// Explains and draws it. The answer is bounded, so what is drawn is.
fn look(trace: &Trace) {
    let size = trace.answer.to_string().len();
    for (language, refusal) in [(Language::English, None), (Language::Spanish, Some(unnamed("anything")))] {
        let explanation = explain(&Trace { refusal, ..trace.clone() }, language);
        let html = panel(&explanation, language).into_string();
        assert!(html.len() < 64 * 1024 + 40 * size, "{} bytes out of {size}", html.len());
        html::text(&html);
        serde_json::to_string(&explanation).unwrap();
    }
}

/// The bytes inside an answer.
#[test]
fn bytes_of_an_answer() {
    let traces = traces();
    let members = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];
    check!().with_type::<(bool, u8, Vec<Edit>)>().with_iterations(usize::MAX).with_test_time(time()).for_each(
        |(which, member, edits)| {
            let mut trace = traces[usize::from(*which)].clone();
            let member = members[usize::from(*member) % members.len()];
            if trace.answer["response"][member].is_string() {
                edit(&mut trace.answer, member, |bytes| *bytes = edited(bytes, edits, &TOKENS));
                look(&trace);
            }
        },
    );
}

/// The answer itself.
#[test]
fn text_of_an_answer() {
    let traces = traces();
    let tokens: [&[u8]; 6] = [b"null", b"{}", b"[]", b"\"\\ud800\"", b"1e999", b"\"response\":"];
    check!().with_type::<(bool, Vec<Edit>)>().with_iterations(usize::MAX).with_test_time(time()).for_each(
        |(which, edits)| {
            let trace = &traces[usize::from(*which)];
            let text = edited(trace.answer.to_string().as_bytes(), edits, &tokens);
            if let Ok(answer) = serde_json::from_slice(&text) {
                look(&Trace { answer, ..trace.clone() });
            }
        },
    );
}

/// Nested deeper than is read, longer than is read, and lengths that promise more than comes.
#[test]
fn bounds() {
    let [made, used] = traces();
    let with = |trace: &Trace, member: &str, value: Value| {
        let mut trace = trace.clone();
        trace.answer["response"][member] = value;
        look(&trace);
    };
    let nested = [vec![0x81; 10_000], vec![0x00]].concat();
    let mut deep = made.clone();
    edit(&mut deep.answer, "attestationObject", |bytes| *bytes = nested.clone());
    look(&deep);
    let mut promise = made.clone();
    edit(&mut promise.answer, "attestationObject", |bytes| *bytes = TOKENS[4].to_vec());
    look(&promise);
    with(&made, "clientDataJSON", json!("A".repeat(1_000_000)));
    with(&used, "signature", json!("A".repeat(80_000)));
    let mut brackets = used.clone();
    edit(&mut brackets.answer, "clientDataJSON", |bytes| *bytes = b"[".repeat(40_000));
    look(&brackets);
}
