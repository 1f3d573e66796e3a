//! What comes through the bridge: who speaks is the bridge's word (Rekey's own script), what is said is the page's.

use serde::Deserialize;

use crate::{CeremonyKind, Mode};

/// The longest options that are taken, in bytes of JSON.
const LONGEST_OPTIONS: usize = 64 << 10;

/// How a document tells its ceremonies apart: the channel and the number that the script at its other end gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) channel: u32,
    pub(super) id: u64,
}

/// A message of the bridge.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    Request { number: Number, kind: CeremonyKind, options: String, origin: String, top: bool },
    Abort { number: Number },
    Native { kind: CeremonyKind, outcome: Result<String, String>, origin: String, top: bool },
}

#[derive(Deserialize)]
struct Envelope {
    origin: String,
    top: bool,
    channel: u32,
    message: String,
}

#[derive(Deserialize)]
struct Body {
    id: u64,
    kind: String,
    ceremony: Option<String>,
    options: Option<String>,
    credential: Option<String>,
    error: Option<String>,
}

/// Reads a payload; `None` where it is not in the channel's form or not in this mode's.
pub(super) fn read(payload: &str, mode: Mode) -> Option<Message> {
    let Envelope { origin, top, channel, message } = serde_json::from_str(payload).ok()?;
    let body: Body = serde_json::from_str(&message).ok()?;
    let number = Number { channel, id: body.id };
    let kind = |name: &str| match name {
        "create" => Some(CeremonyKind::Create),
        "get" => Some(CeremonyKind::Get),
        _ => None,
    };
    Some(match (mode, body.kind.as_str()) {
        (Mode::Bridged, "abort") => Message::Abort { number },
        (Mode::Bridged, name) => {
            let options = body.options.filter(|options| options.len() <= LONGEST_OPTIONS)?;
            Message::Request { number, kind: kind(name)?, options, origin, top }
        }
        (Mode::Native, "native") => {
            let outcome = match (body.credential, body.error) {
                (Some(credential), None) if credential.len() <= LONGEST_OPTIONS => Ok(credential),
                (None, Some(error)) if error.len() <= 64 => Err(error),
                _ => return None,
            };
            Message::Native { kind: kind(&body.ceremony?)?, outcome, origin, top }
        }
        (Mode::Native, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mode: Mode, message: &str, expect: Option<Message>) {
        let payload = serde_json::json!({"origin": "https://a.example", "top": true, "channel": 1, "message": message})
            .to_string();
        assert_eq!(read(&payload, mode), expect, "{message}");
    }

    #[test]
    fn only_the_channels_form_is_read() {
        let origin = || "https://a.example".to_owned();
        let request = Message::Request {
            number: Number { channel: 1, id: 3 },
            kind: CeremonyKind::Get,
            options: "{}".to_owned(),
            origin: origin(),
            top: true,
        };
        check(Mode::Bridged, r#"{"id":3,"kind":"get","options":"{}"}"#, Some(request));
        check(
            Mode::Bridged,
            r#"{"id":3,"kind":"abort"}"#,
            Some(Message::Abort { number: Number { channel: 1, id: 3 } }),
        );
        check(Mode::Bridged, r#"{"id":3,"kind":"get"}"#, None);
        check(Mode::Bridged, r#"{"id":3,"kind":"sign","options":"{}"}"#, None);
        check(Mode::Bridged, r#"{"id":-1,"kind":"get","options":"{}"}"#, None);
        check(Mode::Bridged, "not json", None);
        let long = serde_json::json!({"id": 1, "kind": "get", "options": "x".repeat(LONGEST_OPTIONS + 1)}).to_string();
        check(Mode::Bridged, &long, None);
        let native = Message::Native {
            kind: CeremonyKind::Create,
            outcome: Err("AbortError".to_owned()),
            origin: origin(),
            top: true,
        };
        check(Mode::Native, r#"{"id":1,"kind":"native","ceremony":"create","error":"AbortError"}"#, Some(native));
        check(Mode::Native, r#"{"id":1,"kind":"get","options":"{}"}"#, None);
        check(Mode::Bridged, r#"{"id":1,"kind":"native","ceremony":"create","error":"AbortError"}"#, None);
    }
}
