//! What a page says through the bridge: who speaks is the bridge's word (Rekey's own script), what is said is the page's.

use serde::Deserialize;

use crate::{CeremonyKind, Mode};

/// The longest options that are taken, in bytes of JSON.
pub const LONGEST_OPTIONS: usize = 64 << 10;

/// How a document tells its ceremonies apart: the channel and the number that the script at its other end gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The channel.
    pub channel: u32,
    /// The script's number.
    pub id: u64,
}

/// A message of the bridge.
#[derive(Debug, PartialEq, Eq)]
pub enum Message {
    /// The page asks for a ceremony.
    Request {
        /// For the answer.
        number: Number,
        /// Which ceremony.
        kind: CeremonyKind,
        /// The page's options, in their JSON form.
        options: String,
        /// `self.origin` of the document, as its bridge read it.
        origin: String,
        /// Whether the document is the top one of its page, as its bridge saw it.
        top: bool,
    },
    /// The page gives a ceremony up.
    Abort {
        /// Which.
        number: Number,
    },
    /// Native mode: what the browser's own authenticators gave the page.
    Native {
        /// Which ceremony.
        kind: CeremonyKind,
        /// The credential in its JSON form, or the name of the exception.
        outcome: Result<String, String>,
        /// As in a request.
        origin: String,
        /// As in a request.
        top: bool,
    },
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

/// Reads what a bridge sends; `None` where it is not in the channel's form or not in this mode's.
pub fn read(payload: &str, mode: Mode) -> Option<Message> {
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
