use rekey_journey::AccountId;
use rekey_origin::Site;
use rusqlite::Connection;

use crate::{AccountFilter, AccountView, LedgerError, accounts};

/// What a person's words for an account point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// No account.
    None,
    /// This one.
    One(Box<AccountView>),
    /// Several; each needs its user name or id.
    Several(Vec<AccountView>),
}

pub(crate) fn find(connection: &Connection, text: &str) -> Result<Match, LedgerError> {
    if let Some(id) = AccountId::parse(text) {
        return Ok(accounts::get(connection, id)?.map_or(Match::None, |view| Match::One(Box::new(view))));
    }
    let (user_name, site) = match text.rsplit_once('@') {
        Some((user_name, site)) => (Some(user_name), site),
        None => (None, text),
    };
    let Some(site) = Site::parse(site) else { return Ok(Match::None) };
    let mut views = accounts::list(connection, &AccountFilter { site: Some(site), state: None })?;
    views.retain(|view| user_name.is_none_or(|name| name == view.user_name));
    Ok(match (views.pop(), views.is_empty()) {
        (None, _) => Match::None,
        (Some(view), true) => Match::One(Box::new(view)),
        (Some(view), false) => {
            views.push(view);
            Match::Several(views)
        }
    })
}
