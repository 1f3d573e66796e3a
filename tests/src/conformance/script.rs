//! The scripts that ship, as one script that finds the conformance host.

use std::hash::{BuildHasher as _, RandomState};

use rekey_browser::Mode;
use rekey_browser::channel::{Door, Scripts};

const TRANSPORT: &str = include_str!("inject.js");

/// One script for the page's own world, at document start, in every frame. What ships runs in it unchanged; the bridge
/// gets its door to the host, and objects of its own in place of an isolated world's.
pub(super) fn script(bridge: &str) -> String {
    let Scripts { page, isolated, door, .. } = Scripts::new(Mode::Bridged, Door::MessageHandler);
    let name = format!("{:016x}", RandomState::new().hash_one(bridge));
    format!(
        "(() => {{\n\
         if (self[Symbol.for(\"rekey conformance\")]) return;\n\
         Object.defineProperty(self, Symbol.for(\"rekey conformance\"), {{ value: true }});\n\
         const open = ((HOST) => {{\n{TRANSPORT}\n}})({bridge:?});\n\
         const send = open({name:?} + Math.random());\n\
         {page}\n\
         ((webkit, globalThis, rekeyBridge) => {{\n{isolated}\n}})(\n\
         {{ messageHandlers: {{ {door}: {{ postMessage: send }} }} }}, {{ rekeyReader: true }}, {{ hello() {{}} }});\n\
         }})();\n"
    )
}
