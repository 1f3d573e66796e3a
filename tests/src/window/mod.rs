//! The real window, walked through without a person: a display of its own, WebKit's driver for the main window, and
//! pictures of the whole screen, since the site's window belongs to nobody's driver but Rekey's.

mod album;
mod bench;
mod display;
mod import;
mod picture;
mod processes;
mod walk;
mod webdriver;

pub use bench::bench;
pub use display::Display;
pub use import::{ImportFiles, Imported, import};
pub use picture::picture;
pub use walk::{Walked, walk};
pub use webdriver::{Session, WindowOptions, sandbox_starts};
