//! What came with a ceremony is text, whatever it looks like.

use serde_json::json;

use super::ceremony::{Scene, Tricks, edit_client_data, unnamed};
use super::html;
use crate::explain::{CeremonyKind, Language, explain, panel};

const HOSTILE: &str = "\"><script>alert(1)</script>{challenge}\u{202e}\n";

#[tokio::test]
async fn hostile_text_is_shown_and_not_run() {
    let mut scene = Scene::registered().await;
    let kind = CeremonyKind::SignIn { conditional: false, named: true };
    let mut trace = scene.sign_in(kind, Tricks::default()).await;
    trace.account = Some(HOSTILE.to_owned());
    trace.refusal = Some(unnamed(HOSTILE));
    trace.stored.as_mut().unwrap().name = HOSTILE.to_owned();
    trace.options["publicKey"]["rpId"] = json!(HOSTILE);
    edit_client_data(&mut trace.answer, |data| {
        data["origin"] = json!(HOSTILE);
        data["type"] = json!(HOSTILE);
    });
    for language in [Language::English, Language::Spanish] {
        let explanation = explain(&trace, language);
        let html = panel(&explanation, language).into_string();
        assert!(!html.contains("<script") && !html.contains('\u{202e}'));
        let shown = html::text(&html).into_iter().filter(|run| run.text.contains("<script>alert(1)</script>"));
        // Account, reason, RP ID, origin (there and compared), type (there and compared), name; the JSON twice.
        assert!(shown.count() >= 6);
        // The JSON has it as it came.
        let json = serde_json::to_value(&explanation).unwrap();
        assert_eq!(json["account"], HOSTILE);
        assert_eq!(html.matches("data-term=\"challenge\"").count(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_anything_is_explained() {
    let trace = Scene::new().register(false, Tricks::default()).await;
    for answer in [json!(null), json!([]), json!({ "response": 7 }), json!({ "response": { "clientDataJSON": "!" } })] {
        let trace = crate::explain::Trace { answer, refusal: Some(unnamed("?")), ..trace.clone() };
        let explanation = explain(&trace, Language::English);
        assert_eq!(explanation.outcome.failed, Some("readable"));
        html::text(&panel(&explanation, Language::English).into_string());
    }
}
