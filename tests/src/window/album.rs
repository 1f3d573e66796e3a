//! The pictures of a walk.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Display, Session, picture};

/// Takes the pictures of one walk, where there is a folder for them.
pub(super) struct Album<'a> {
    display: &'a Display,
    folder: Option<&'a Path>,
    /// The pictures, in order.
    pub(super) pictures: Vec<PathBuf>,
}

impl<'a> Album<'a> {
    pub(super) fn new(display: &'a Display, folder: Option<&'a Path>) -> Self {
        Self { display, folder, pictures: Vec::new() }
    }

    /// Waits until all that the page has is drawn, and takes the whole screen where there is a folder.
    pub(super) fn take(&mut self, session: &Session, name: &str) -> Result<()> {
        // Two frames later at most; what is not drawn yet cannot be pressed either.
        session.script_later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](null)));")?;
        let Some(folder) = self.folder else { return Ok(()) };
        let file = folder.join(format!("{:02}-{name}.png", self.pictures.len() + 1));
        picture(self.display.name(), &file)?;
        self.pictures.push(file);
        Ok(())
    }
}
