//! A table of which the person says what its columns are.

use rekey_vault::Column;

use super::Guide;
use super::state::{Charting, Showing};
use crate::AppError;

/// What is still missing before a table can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nobody could sign in with what the columns hold.
    SignIn,
    /// There is nothing beside it to tell accounts apart by.
    Place,
    /// What there can be one of is said of two columns.
    Twice,
}

impl Charting {
    pub(super) fn missing(&self) -> Option<Missing> {
        let of = |wanted: Column| self.mapping.columns.iter().filter(|column| **column == wanted).count();
        let has = |wanted: &[Column]| wanted.iter().any(|wanted| of(*wanted) > 0);
        if !has(&[Column::Password, Column::UserName, Column::OtherName, Column::Totp]) {
            Some(Missing::SignIn)
        } else if [Column::Password, Column::UserName, Column::Title].into_iter().any(|one| of(one) > 1) {
            Some(Missing::Twice)
        } else if !has(&[Column::Url, Column::Title]) {
            Some(Missing::Place)
        } else {
            None
        }
    }

    /// How many rows hold entries as things are said.
    pub(super) fn rows(&self) -> usize {
        let all = self.preview.rows + usize::from(self.preview.guess.heading);
        all - usize::from(self.mapping.heading && all > 0)
    }
}

impl Guide {
    /// Says what a column holds, by the stable name of a [`Column`].
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no table is on the screen, it is being read, or has no such column; also where there is
    /// no such kind.
    pub fn set_column(&self, column: u32, kind: &str) -> Result<(), AppError> {
        self.chart(|charting| {
            let guessed = &charting.preview.guess.columns;
            let kind = Column::OFFERED.iter().chain(guessed).copied().find(|known| known.name() == kind);
            let at = usize::try_from(column).map_err(|_| AppError::NotNow)?;
            *charting.mapping.columns.get_mut(at).ok_or(AppError::NotNow)? = kind.ok_or(AppError::NotNow)?;
            Ok(())
        })
    }

    /// Says whether the first row names the columns.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no table is on the screen, or it is being read.
    pub fn set_heading(&self, heading: bool) -> Result<(), AppError> {
        self.chart(|charting| {
            charting.mapping.heading = heading;
            Ok(())
        })
    }

    fn chart(&self, change: impl FnOnce(&mut Charting) -> Result<(), AppError>) -> Result<(), AppError> {
        self.shared.try_change(|state| match &mut state.screen {
            Showing::Columns(charting) if !charting.busy => {
                charting.problem = None;
                change(charting)
            }
            _ => Err(AppError::NotNow),
        })
    }
}
