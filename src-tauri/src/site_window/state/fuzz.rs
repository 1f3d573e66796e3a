//! A fuzz target: whatever a bridge says, the state answers, and hands out nothing that it should not.
//!
//! As in the other crates, two seconds a target or `REKEY_FUZZ_SECONDS`. The input of a failure that was fixed becomes a
//! unit test.

use std::time::Duration;

use bolero::{TypeGenerator, check};

use super::*;

/// One change of a text.
#[derive(Debug, Clone, TypeGenerator)]
enum Edit {
    Set(u16, u8),
    Insert(u16, u8),
    Remove(u16, u8),
    Repeat(u16, u8),
    Token(u16, u8),
    Cut(u16),
}

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

fn edited(seed: &str, edits: &[Edit]) -> String {
    let mut bytes = seed.as_bytes().to_vec();
    for edit in edits.iter().take(8) {
        let place = |at: u16| usize::from(at) % (bytes.len() + 1);
        match *edit {
            Edit::Set(at, value) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            Edit::Insert(at, value) => bytes.insert(place(at), value),
            Edit::Remove(at, count) => {
                let (at, end) = (place(at), (place(at) + usize::from(count)).min(bytes.len()));
                bytes.drain(at..end);
            }
            Edit::Repeat(at, count) => {
                let (at, end) = (place(at), (place(at) + usize::from(count)).min(bytes.len()));
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            Edit::Token(at, which) => {
                let at = place(at);
                bytes.splice(at..at, TOKENS[usize::from(which) % TOKENS.len()].bytes());
            }
            Edit::Cut(at) => bytes.truncate(place(at)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn time() -> Duration {
    let seconds = std::env::var("REKEY_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

#[test]
fn what_a_bridge_says() {
    check!().with_type::<Vec<(u8, Vec<Edit>)>>().with_iterations(usize::MAX).with_test_time(time()).for_each(|said| {
        let mut state = State::default();
        let context = state.add_context();
        let page = state.add_page(context);
        let uri = "https://a.com/in";
        state.committed(page, uri);
        state.finished(page);
        let texts = said.iter().take(24).map(|(seed, edits)| edited(SEEDS[usize::from(*seed) % SEEDS.len()], edits));
        for text in texts {
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
