//! The scripts that ship, as one script that finds the conformance host.

use rekey_browser::channel::{Door, Scripts};
use rekey_browser::{Capabilities, Mode};

const TRANSPORT: &str = include_str!("inject.js");

/// One script for the page's own world, at document start, in every frame. What ships runs in it unchanged; the bridge
/// gets its door to the host, and objects of its own in place of an isolated world's.
pub(super) fn script(bridge: &str) -> String {
    // Whatever an authenticator in memory and this host can do.
    let unable = ["extension:appid", "extension:appidExclude", "relatedOrigins"];
    let able = Capabilities::NAMES.into_iter().filter(|name| !unable.contains(name));
    let capabilities = able.fold(Capabilities::none(), |all, name| all.with(name));
    let Scripts { page, isolated, door, .. } = Scripts::new(Mode::Bridged, Door::MessageHandler, &capabilities);
    format!(
        "(() => {{\n\
         if (self[Symbol.for(\"rekey conformance\")]) return;\n\
         Object.defineProperty(self, Symbol.for(\"rekey conformance\"), {{ value: true }});\n\
         const send = ((HOST) => {{\n{TRANSPORT}\n}})({bridge:?});\n\
         {page}\n\
         ((webkit, globalThis, rekeyBridge) => {{\n{isolated}\n}})(\n\
         {{ messageHandlers: {{ {door}: {{ postMessage: send }} }} }}, {{ rekeyReader: true }}, {{ hello() {{}} }});\n\
         }})();\n"
    )
}
