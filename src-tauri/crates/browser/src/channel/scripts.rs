//! The scripts that go into every document, and their names.

use std::hash::{BuildHasher, RandomState};

use crate::{Capabilities, Mode};

const WEB_IDL: &str = include_str!("../content/webidl.js");
const INTERFACES: &str = include_str!("../content/interfaces.js");
const SHIM: &str = include_str!("../content/shim.js");
const OBSERVE: &str = include_str!("../content/observe.js");
const BRIDGE: &str = include_str!("../content/bridge.js");
const CONTENT_SCRIPT: &str = include_str!("../content/content_script.js");

/// How the bridge reaches the host from the isolated world; the value of its `SEND`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// A binding of the DevTools protocol: a function that returns nothing.
    Binding,
    /// A script message handler of WebKit: a function that returns a promise of the host's reply.
    MessageHandler,
}

/// The script of the page's world that stands in for the browser's WebAuthn, for any host: `shim.js` says what it speaks.
/// It is to run at document start, once in every frame. `channel` is the type of the event that brings its port.
pub fn page_script(channel: &str, capabilities: &Capabilities) -> String {
    format!(
        "((CHANNEL, CAPABILITIES) => {{\n{WEB_IDL}\n{INTERFACES}\n{SHIM}\n}})({channel:?}, {});",
        capabilities.json()
    )
}

/// The scripts and names of one run. The names differ from run to run so that a page cannot know them; no safety hangs
/// on that.
#[derive(Debug, Clone)]
pub struct Scripts {
    /// For the page's own world, at document start and before [`Scripts::isolated`], in every frame.
    pub page: String,
    /// For the isolated world, at document start, in every frame.
    pub isolated: String,
    /// The isolated world's name.
    pub world: String,
    /// The host's function in the isolated world.
    pub door: String,
}

impl Scripts {
    /// The scripts for a browser whose bridge reaches the host through `door`. In bridged mode, pages are told of
    /// `capabilities`.
    pub fn new(mode: Mode, door: Door, capabilities: &Capabilities) -> Self {
        let name = |prefix: char| format!("{prefix}{:016x}", RandomState::new().hash_one(prefix));
        let (channel, world, binding) = (name('c'), name('w'), name('b'));
        let page = match mode {
            Mode::Bridged => page_script(&channel, capabilities),
            Mode::Native => format!("((CHANNEL) => {{\n{OBSERVE}\n}})({channel:?});"),
        };
        let send = match door {
            Door::Binding => format!("globalThis[{binding:?}]"),
            Door::MessageHandler => {
                format!("((handler) => (text) => handler.postMessage(text))(webkit.messageHandlers[{binding:?}])")
            }
        };
        // A document's name is all that WebKit's host knows it by.
        let hello = if door == Door::MessageHandler { "if (self === self.top) rekeyBridge.hello();" } else { "" };
        Self {
            page,
            isolated: format!(
                "((CHANNEL, SEND) => {{\n{BRIDGE}\n}})({channel:?}, {send});\n\
                 if (!globalThis.rekeyReader) {{\n{CONTENT_SCRIPT}\n}}\n{hello}"
            ),
            world,
            door: binding,
        }
    }
}
