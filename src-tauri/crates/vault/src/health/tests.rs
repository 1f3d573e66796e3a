use super::*;
use crate::{Entry, accounts};

/// An account of one entry.
pub(super) fn account(site: &str, user: &str, password: &str) -> Account {
    let mut entry = Entry::default();
    entry.add_url(&format!("https://{site}/"));
    entry.user_name = user.into();
    entry.set_password(password);
    accounts(vec![vec![entry]], &|_| None).accounts.remove(0)
}
