//! Telling a page that is there for the account only from one that opens for everybody.

use rekey_origin::{Origin, Site};
use url::Url;

use crate::page::{ActionRole, FieldRole, Observation, PageKind, SignedInSignal};
use crate::signals::{shows_an_account, still_asks};

/// Whether a page is the account's site's own.
pub(crate) fn is_on(site: &Site, page: &Observation) -> bool {
    page.origin.as_ref().is_some_and(|origin| site.contains(origin))
}

/// Whether the page in view stands at this address: the same origin and path. Sites vary the query.
pub(crate) fn stands_at(page: &Observation, url: &Url) -> bool {
    page.origin.is_some() && page.origin == Origin::of(url).ok() && page.url.path() == url.path()
}

/// Whether an address was closed to a stranger: it refused, or what came instead asks who is there. Anything else (an
/// error, a consent page, another language's address) decides nothing.
pub(crate) fn was_closed(page: &Observation, url: &Url) -> bool {
    let reading = &page.reading;
    let asks = reading.asks_for_sign_in()
        || reading.field(FieldRole::CurrentPassword).is_some()
        || (!stands_at(page, url) && reading.action(ActionRole::ToSignIn).is_some());
    // A page that greets strangers with an account's controls cannot tell them apart.
    !shows_an_account(page) && (matches!(page.status, Some(401 | 403)) || asks)
}

/// Whether an address that was closed opens now, by itself or by leading to a page of the account; that page itself must
/// show something of the account.
pub(crate) fn has_opened(site: &Site, page: &Observation, url: &Url) -> bool {
    let named = page.reading.signals.contains(&SignedInSignal::UserNameShown);
    let shows = shows_an_account(page) || (named && stands_at(page, url));
    let opens = !still_asks(page) && page.status.is_none_or(|status| status < 400) && shows;
    is_on(site, page) && (opens || asks_again(page))
}

/// Asking for the password once more is something a site does only to somebody who is signed in.
pub(crate) fn asks_again(page: &Observation) -> bool {
    page.reading.kind == PageKind::Reauthentication && page.reading.signals.contains(&SignedInSignal::SignOutControl)
}

/// Whether the page takes a sign-in.
pub(crate) fn takes_a_sign_in(page: &Observation) -> bool {
    page.reading.kind == PageKind::SignIn
        || page.reading.action(ActionRole::UsePasskey).is_some()
        || page.reading.field(FieldRole::UserName).is_some()
}
