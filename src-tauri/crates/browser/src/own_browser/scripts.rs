//! The scripts that go into every document.

use std::hash::{BuildHasher, RandomState};

use super::Options;
use crate::Mode;

const SHIM: &str = include_str!("../content/shim.js");
const OBSERVE: &str = include_str!("../content/observe.js");
const BRIDGE: &str = include_str!("../content/bridge.js");
const CONTENT_SCRIPT: &str = include_str!("../content/content_script.js");

/// The scripts and names of one browser run. The names differ from run to run so that a page cannot know them; no
/// safety hangs on that.
pub(super) struct Scripts {
    /// For the page's own world.
    pub(super) page: String,
    /// For the isolated world.
    pub(super) isolated: String,
    /// The isolated world's name.
    pub(super) world: String,
    /// The host's function in the isolated world.
    pub(super) binding: String,
}

impl Scripts {
    pub(super) fn new(options: &Options) -> Self {
        let name = |prefix: char| format!("{prefix}{:016x}", RandomState::new().hash_one(prefix));
        let (channel, world, binding) = (name('c'), name('w'), name('b'));
        let page = match options.mode {
            Mode::Bridged => SHIM,
            Mode::Native => OBSERVE,
        };
        Self {
            page: format!("((CHANNEL) => {{\n{page}\n}})({channel:?});"),
            isolated: format!("((CHANNEL, BINDING) => {{\n{BRIDGE}\n}})({channel:?}, {binding:?});\n{CONTENT_SCRIPT}"),
            world,
            binding,
        }
    }
}
