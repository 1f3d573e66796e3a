//! What a page says through the bridge: who speaks is the bridge's word (Rekey's own script), what is said is the page's.

use rekey_journey::page::DocumentId;
use rekey_origin::Origin;
use serde::Deserialize;

use crate::{
    CeremonyId, CeremonyKind, CeremonyRequest, FrameKind, Mediation, Mode, Seen, SignalKind, SignalRequest, Standing,
};

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

/// What a page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A ceremony.
    Ceremony(CeremonyKind, Mediation),
    /// That a signal is taken.
    Signal(SignalKind),
}

impl Asked {
    /// Whether the person is to be asked something. A conditional `get` waits for them quietly.
    pub fn asks_the_person(self) -> bool {
        match self {
            Self::Ceremony(kind, mediation) => kind == CeremonyKind::Create || mediation != Mediation::Conditional,
            Self::Signal(_) => false,
        }
    }
}

/// A page's request: who speaks, whether its document stands where it says and may ask, are the host's to check.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// For the answer.
    pub number: Number,
    /// What the page asks for.
    pub asked: Asked,
    /// The page's options, in their JSON form.
    options: String,
    /// Of a signal's options.
    rp_id: String,
    /// `self.origin` of the document, as its bridge read it.
    pub origin: String,
    /// Whether the document is the top one of its page, as its bridge saw it.
    pub top: bool,
    standing: Said,
}

impl Request {
    /// What the driver hands out, with what the host established.
    pub fn seen(self, id: CeremonyId, document: DocumentId, origin: Origin, frame: FrameKind) -> Seen {
        let Self { asked, options, rp_id, standing, .. } = self;
        match asked {
            Asked::Signal(kind) => Seen::Signal(SignalRequest { id, kind, origin, document, rp_id, options }),
            Asked::Ceremony(kind, mediation) => {
                let allowed_by_policy = match kind {
                    CeremonyKind::Create => standing.create,
                    CeremonyKind::Get => standing.get,
                };
                let Said { activated, focused, .. } = standing;
                let standing = Standing { frame, allowed_by_policy, activated, focused };
                Seen::Ceremony(CeremonyRequest { id, kind, mediation, origin, document, standing, options })
            }
        }
    }
}

/// A message of the bridge.
#[derive(Debug, PartialEq, Eq)]
pub enum Message {
    /// The page asks for something.
    Request(Box<Request>),
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
    /// A bridge that says nothing of it allows nothing.
    #[serde(default)]
    standing: Said,
}

/// What the bridge says of its document.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
struct Said {
    /// Whether the permissions policy allows `create`.
    create: bool,
    /// Whether it allows `get`.
    get: bool,
    activated: bool,
    focused: bool,
}

#[derive(Deserialize)]
struct Body {
    id: u64,
    kind: String,
    mediation: Option<String>,
    signal: Option<String>,
    ceremony: Option<String>,
    options: Option<String>,
    credential: Option<String>,
    error: Option<String>,
}

/// The one member of a signal's options that decides whether it is taken.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignalOptions {
    rp_id: String,
}

/// Reads what a bridge sends; `None` where it is not in the channel's form or not in this mode's.
pub fn read(payload: &str, mode: Mode) -> Option<Message> {
    let Envelope { origin, top, channel, message, standing } = serde_json::from_str(payload).ok()?;
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
            let (asked, rp_id) = match name {
                "signal" => {
                    let said: SignalOptions = serde_json::from_str(&options).ok()?;
                    (Asked::Signal(signal(&body.signal?)?), said.rp_id)
                }
                name => (Asked::Ceremony(kind(name)?, mediation(body.mediation.as_deref())?), String::new()),
            };
            Message::Request(Box::new(Request { number, asked, options, rp_id, origin, top, standing }))
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

fn mediation(name: Option<&str>) -> Option<Mediation> {
    Some(match name {
        None | Some("optional") => Mediation::Optional,
        Some("required") => Mediation::Required,
        Some("silent") => Mediation::Silent,
        Some("conditional") => Mediation::Conditional,
        Some(_) => return None,
    })
}

fn signal(name: &str) -> Option<SignalKind> {
    Some(match name {
        "unknownCredential" => SignalKind::UnknownCredential,
        "allAcceptedCredentials" => SignalKind::AllAcceptedCredentials,
        "currentUserDetails" => SignalKind::CurrentUserDetails,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mode: Mode, message: &str, expect: Option<Message>) {
        let standing = serde_json::json!({"create": true, "get": true, "activated": false, "focused": true});
        let payload = serde_json::json!({"origin": "https://a.example", "top": true, "channel": 1, "message": message,
            "standing": standing})
        .to_string();
        assert_eq!(read(&payload, mode), expect, "{message}");
    }

    #[test]
    fn only_the_channels_form_is_read() {
        let origin = || "https://a.example".to_owned();
        let request = |asked, options: &str, rp_id: &str| {
            Message::Request(Box::new(Request {
                number: Number { channel: 1, id: 3 },
                asked,
                options: options.to_owned(),
                rp_id: rp_id.to_owned(),
                origin: origin(),
                top: true,
                standing: Said { create: true, get: true, activated: false, focused: true },
            }))
        };
        let get = |mediation| request(Asked::Ceremony(CeremonyKind::Get, mediation), "{}", "");
        check(Mode::Bridged, r#"{"id":3,"kind":"get","options":"{}"}"#, Some(get(Mediation::Optional)));
        for (name, mediation) in [
            ("optional", Mediation::Optional),
            ("required", Mediation::Required),
            ("silent", Mediation::Silent),
            ("conditional", Mediation::Conditional),
        ] {
            let message = format!(r#"{{"id":3,"kind":"get","options":"{{}}","mediation":"{name}"}}"#);
            check(Mode::Bridged, &message, Some(get(mediation)));
        }
        check(Mode::Bridged, r#"{"id":3,"kind":"get","options":"{}","mediation":"other"}"#, None);
        let signal = request(Asked::Signal(SignalKind::UnknownCredential), r#"{"rpId":"a.example"}"#, "a.example");
        let say = |name: &str, options: &str| {
            serde_json::json!({"id": 3, "kind": "signal", "signal": name, "options": options}).to_string()
        };
        check(Mode::Bridged, &say("unknownCredential", r#"{"rpId":"a.example"}"#), Some(signal));
        check(Mode::Bridged, &say("unknownCredential", "{}"), None);
        check(Mode::Bridged, &say("other", r#"{"rpId":"a.example"}"#), None);
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
