//! The gate before every change to an account.

use std::sync::MutexGuard;

use axum::http::StatusCode;

use crate::eligibility::{Ineligible, changeable};
use crate::pages;
use crate::pages::view::RefusalView;
use crate::site::State;
use crate::store::{Account, StoreError};
use crate::visit::{Answer, Visit};

/// An account that may be changed, with the lock under which that is so. What the request found when it came may have
/// changed since: its body can be late, and other requests run beside it.
pub(super) struct Owned<'a> {
    pub(super) state: MutexGuard<'a, State>,
    pub(super) account: Account,
}

/// The account of the person signed in, if it may be changed now.
pub(super) fn owned(visit: &Visit) -> Result<Result<Owned<'_>, Ineligible>, StoreError> {
    let state = visit.site.state();
    let found = changeable(&state, &visit.session, visit.site.now())?;
    Ok(found.map(|account| Owned { state, account }))
}

/// Where somebody goes who may not do it now: to the sign-in, to show who they are and then to `back`, or to the reason.
pub(super) fn turned_away(visit: &Visit, why: Ineligible, back: &str) -> Answer {
    let t = visit.texts;
    match why {
        Ineligible::NotSignedIn => Ok(visit.go("/login")),
        Ineligible::NotConfirmed | Ineligible::CodeNotConfirmed => visit.confirm_first(back),
        Ineligible::NoPasskeys => Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(visit))),
        why => {
            let view = RefusalView {
                what_happened: why.words(t),
                what_is_safe: t.reasons.still_safe.to_owned(),
                what_next: t.reasons.try_later.to_owned(),
            };
            Ok(visit.page(StatusCode::FORBIDDEN, pages::refusal(visit, &view)))
        }
    }
}
