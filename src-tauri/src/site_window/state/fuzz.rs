//! A fuzz target: whatever a bridge says, the state answers, and hands out nothing that it should not.
//!
//! As in the other crates, two seconds a target or `REKEY_FUZZ_SECONDS`. The input of a failure that was fixed becomes a
//! unit test.

use bolero::check;
use rekey_tests::fuzzing::{Edit, edited, time};

use super::*;

const SEEDS: [&str; 4] = [
    r#"{"document":"d","origin":"https://a.com","top":true,"secure":true,"hello":true,"href":"https://a.com/in"}"#,
    r#"{"document":"d","origin":"https://a.com","top":true,"secure":true,"ticket":7}"#,
    r#"{"document":"d","origin":"https://a.com","top":true,"secure":true,"channel":0,"message":"{\"id\":3,\"kind\":\"get\",\"options\":\"{}\"}"}"#,
    r#"{"document":"d","origin":"https://a.com","top":true,"secure":true,"channel":0,"message":"{\"id\":3,\"kind\":\"abort\"}"}"#,
];
const TOKENS: [&str; 16] = [
    "null",
    "true",
    "false",
    "-1",
    "1e999",
    "\"",
    "\\\"",
    "{",
    "}",
    "[",
    "\\ud800",
    "\"hello\":true,",
    "\"ticket\":7,",
    "\"document\":\"other\",",
    "https://b.com",
    "create",
];

#[test]
fn what_a_bridge_says() {
    check!().with_type::<Vec<(u8, Vec<Edit>)>>().with_iterations(usize::MAX).with_test_time(time()).for_each(|said| {
        let mut state = State::default();
        let context = state.add_context();
        let page = state.add_page(context);
        let uri = "https://a.com/in";
        state.committed(page, uri);
        state.finished(page);
        let tokens = TOKENS.map(str::as_bytes);
        for (seed, edits) in said.iter().take(24) {
            let text = edited(SEEDS[usize::from(*seed) % SEEDS.len()].as_bytes(), edits, &tokens);
            let text = String::from_utf8_lossy(&text);
            let answer = state.told(context, &|_| uri.to_owned(), &text);
            let known = state.pages[&page].document.as_ref();
            if let Some(origin) = known.and_then(|document| document.origin.as_ref()) {
                assert_eq!(origin.to_string(), "https://a.com");
            }
            match answer {
                Answer::Ticket { page: at, .. } => assert!(at == page && known.is_some()),
                Answer::Keep(id) => assert!(state.awaits(id)),
                Answer::Say(words) => assert!(words.contains("NotAllowedError")),
                Answer::Nothing => {}
            }
        }
        assert!(state.waiting(context) <= 8);
        while let Ok(Moment::Seen(Seen::Ceremony(asked))) = state.moment(context) {
            assert_eq!(asked.origin.to_string(), "https://a.com");
        }
    });
}
