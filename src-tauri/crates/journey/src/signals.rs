use crate::page::{ActionRole, FieldRole, Notice, Observation, PageKind, SignedInSignal};

/// What a page says about being signed in, once something was handed in (before that, missing fields mean nothing): the
/// page's own signals, and those that only a sequence of pages shows.
pub(crate) fn signed_in_signals(page: &Observation) -> Vec<SignedInSignal> {
    let mut signals = page.reading.signals.clone();
    if page.cookie_changed {
        signals.push(SignedInSignal::CookieChanged);
    }
    if !still_asks(page) {
        signals.push(SignedInSignal::SignInFieldsGone);
    }
    signals.sort_unstable();
    signals.dedup();
    signals
}

/// Whether the page still wants to know who is there.
pub(crate) fn still_asks(page: &Observation) -> bool {
    let reading = &page.reading;
    reading.asks_for_sign_in()
        || reading.field(FieldRole::OneTimeCode).is_some()
        || matches!(reading.kind, PageKind::SignUp | PageKind::Captcha | PageKind::LockedOut | PageKind::Error)
        || (reading.action(ActionRole::ToSignIn).is_some() && reading.action(ActionRole::SignOut).is_none())
}

/// Enough to go on with the enrolment, for a page that was reached by giving something. A proof asks for more, see
/// `evidence`.
///
/// A new cookie alone is not enough: sites set one for somebody who is half-way in, or who was just refused.
pub(crate) fn seems_signed_in(page: &Observation) -> bool {
    if still_asks(page) || page.reading.says(Notice::Refused) {
        return false;
    }
    let shows = |signal| page.reading.signals.contains(&signal);
    shows_an_account(page)
        || matches!(
            page.reading.kind,
            PageKind::SignedIn | PageKind::PasskeySettings | PageKind::NameKey | PageKind::RecoveryCodes
        )
        || (shows(SignedInSignal::UserNameShown) && page.cookie_changed)
}

/// A page that only somebody who is signed in gets to see, by its own controls.
pub(crate) fn shows_an_account(page: &Observation) -> bool {
    let shows = |signal| page.reading.signals.contains(&signal);
    shows(SignedInSignal::SignOutControl) || shows(SignedInSignal::AccountSettings)
}

/// The step after an accepted password.
pub(crate) fn asks_for_the_second_factor(page: &Observation) -> bool {
    let reading = &page.reading;
    matches!(reading.kind, PageKind::SecondFactor | PageKind::CodeSent)
        && reading.field(FieldRole::CurrentPassword).is_none()
}
