use std::collections::HashMap;

use rekey_app::text::messages as m;
use rekey_app::{
    AccountFilter, AccountId, AccountRow, AccountState, AccountView, AppError, Exit, Session, Site, time_for_people,
};
use serde_json::json;

use crate::arguments::{Accounts, Order};
use crate::output::Output;
use crate::table::{Table, Tone};

pub(crate) fn run(session: &Session, arguments: &Accounts, output: &Output) -> Result<Exit, AppError> {
    let site = match &arguments.site {
        Some(text) => Some(Site::parse(text).ok_or_else(|| AppError::NotASite { text: text.clone() })?),
        None => None,
    };
    let mut views = session.accounts(&AccountFilter { state: arguments.state, site })?;
    if arguments.sort == Order::Plan {
        let places: HashMap<AccountId, u32> =
            super::plan::of(session)?.into_iter().map(|planned| (planned.account, planned.place)).collect();
        views.sort_by_key(|view| places.get(&view.id).copied().unwrap_or(u32::MAX));
    }
    if output.json {
        let rows: Vec<_> = views.iter().map(|view| AccountRow::new(view, &output.texts)).collect();
        output.document(&json!({ "accounts": rows }))?;
    } else if views.is_empty() {
        output.say(m::ACCOUNTS_NONE, &[])?;
    } else {
        output.table(&list(&views, output))?;
        output.say(m::COUNT_ACCOUNTS, &[("count", views.len().into())])?;
    }
    Ok(Exit::Done)
}

/// The accounts with their states and ids.
fn list(views: &[AccountView], output: &Output) -> Table {
    let texts = &output.texts;
    let mut table = Table::new(
        [m::COLUMN_ACCOUNT, m::COLUMN_SITE, m::COLUMN_STATE, m::COLUMN_TITLE]
            .map(|c| texts.get(c))
            .into_iter()
            .chain(["id".to_owned()]),
    );
    for view in views {
        table.row(
            tone(view.state),
            [user(view), view.site.to_string(), texts.state(view.state), view.title.clone(), view.id.to_string()],
        );
    }
    table
}

/// The table that a run ends with: account, site, what was done, where the passkey lives, proven when.
pub(crate) fn what_was_done(views: &[AccountView], output: &Output) -> Table {
    let texts = &output.texts;
    let columns = [m::COLUMN_ACCOUNT, m::COLUMN_SITE, m::COLUMN_DONE, m::COLUMN_HOME, m::COLUMN_PROVEN];
    let mut table = Table::new(columns.map(|column| texts.get(column)));
    for view in views {
        let proven = view.proven_at.map_or_else(|| "–".to_owned(), time_for_people);
        table.row(tone(view.state), [user(view), view.site.to_string(), texts.done(view), texts.home(view), proven]);
    }
    table
}

fn user(view: &AccountView) -> String {
    if view.user_name.is_empty() { "–".to_owned() } else { view.user_name.clone() }
}

fn tone(state: AccountState) -> Tone {
    match state {
        AccountState::Proven => Tone::Good,
        AccountState::SecondFactor | AccountState::NeedsPerson => Tone::Middling,
        AccountState::Stuck => Tone::Bad,
        AccountState::New | AccountState::Started | AccountState::Registered => Tone::Plain,
    }
}
