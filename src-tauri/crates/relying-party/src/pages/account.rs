//! Pages for somebody who is signed in.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{Page, escape, maybe_alert, token_field};
use crate::Difficulty;
use crate::store::{Account, Passkey};
use crate::visit::Visit;

/// The account: who is signed in, and the passkeys.
pub(crate) fn account(visit: &Visit, account: &Account, passkeys: &[Passkey], message: Option<&str>) -> Page {
    let t = visit.texts;
    let message = message.map(|m| format!(r#"<p class="status" role="status">{m}</p>"#)).unwrap_or_default();
    let passkeys = if account.has(Difficulty::NoPasskeyPage) { String::new() } else { passkey_section(visit, passkeys) };
    Page {
        title: t.account_title,
        main: format!(
            r#"{message}<h1>{title}</h1>
<p>{signed_in_as} <strong>{name}</strong>.</p>
{passkeys}"#,
            title = t.account_title,
            signed_in_as = t.signed_in_as,
            name = escape(&account.user_name),
        ),
        scripts: &[],
    }
}

fn passkey_section(visit: &Visit, passkeys: &[Passkey]) -> String {
    let t = visit.texts;
    let list = if passkeys.is_empty() {
        format!("<p>{}</p>", t.no_passkeys)
    } else {
        let items: String = passkeys
            .iter()
            .map(|p| format!("<li>{} <small>{} {}</small></li>", escape(&p.name), t.added_on, date(p.created_at)))
            .collect();
        format!("<ul>{items}</ul>")
    };
    format!(
        r#"<section class="card" aria-labelledby="passkeys"><h2 id="passkeys">{title}</h2><p>{intro}</p>
{list}
<p><a class="button" href="/account/passkeys/new">{add}</a></p></section>"#,
        title = t.passkeys,
        intro = t.passkeys_intro,
        add = t.add_passkey,
    )
}

/// The password once more.
pub(crate) fn confirm(visit: &Visit, error: Option<&str>) -> Page {
    let t = visit.texts;
    Page {
        title: t.confirm_title,
        main: format!(
            r#"<h1>{title}</h1>
{error}<form method="post" action="/account/confirm" class="card">
<p>{intro}</p>
{token}<p><label for="confirm-password">{password}</label>
<input id="confirm-password" name="password" type="password" autocomplete="current-password" required maxlength="1000"></p>
<button type="submit">{confirm}</button> <a href="/account">{cancel}</a>
</form>"#,
            title = t.confirm_title,
            error = maybe_alert(error),
            intro = t.confirm_intro,
            token = token_field(visit),
            password = t.password,
            confirm = t.confirm,
            cancel = t.cancel,
        ),
        scripts: &[],
    }
}

/// A name for the new passkey, and the button that makes it.
pub(crate) fn new_passkey(visit: &Visit) -> Page {
    let t = visit.texts;
    Page {
        title: t.new_passkey_title,
        main: format!(
            r#"<h1>{title}</h1>
<form class="card" data-ceremony="create" data-cancelled="{cancelled}" data-excluded="{excluded}" data-unsupported="{unsupported}" data-failed="{failed}">
<p>{intro}</p>
<p><label for="key-name">{key_name}</label>
<input id="key-name" name="name" type="text" autocomplete="off" maxlength="60" required value="{default}"></p>
<button type="submit">{create}</button> <a href="/account">{cancel}</a>
<p class="alert" role="alert" hidden></p>
</form>"#,
            title = t.new_passkey_title,
            cancelled = t.ceremony_cancelled,
            excluded = t.ceremony_excluded,
            unsupported = t.ceremony_unsupported,
            failed = t.failed,
            intro = t.new_passkey_intro,
            key_name = t.key_name,
            default = t.key_name_default,
            create = t.create_passkey,
            cancel = t.cancel,
        ),
        scripts: &["passkeys.js"],
    }
}

/// The day (UTC) as `2026-11-22`, by the civil calendar.
fn date(at: SystemTime) -> String {
    let days = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400;
    let (mut year, mut day) = (1970_u64, days);
    let leap = |y: u64| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400));
    let length = |y: u64| if leap(y) { 366 } else { 365 };
    while day >= length(year) {
        day -= length(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days_in_month in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < days_in_month {
            break;
        }
        day -= days_in_month;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let check = |seconds, expect| assert_eq!(date(UNIX_EPOCH + Duration::from_secs(seconds)), expect);
        check(0, "1970-01-01");
        check(951_782_400, "2000-02-29");
        check(1_795_305_600, "2026-11-22");
        check(1_798_675_199, "2026-12-30");
    }
}
