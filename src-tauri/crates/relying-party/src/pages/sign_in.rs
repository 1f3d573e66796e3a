//! The front page and the three kinds of sign-in page. Their markup differs on purpose, as that of real sites does.

use super::{Page, escape, maybe_alert, passkey_alternative, token_field};
use crate::seed::FormStyle;
use crate::visit::Visit;

const PASSKEY_SCRIPT: &[&str] = &["passkeys.js"];

/// The front page: an ordinary page for everybody.
pub(crate) fn home(visit: &Visit, message: Option<&str>) -> Page {
    let t = visit.texts;
    let message = message.map(|m| format!(r#"<p class="status" role="status">{m}</p>"#)).unwrap_or_default();
    let way = |style: FormStyle, text: &str| format!(r#"<li><a href="{}">{text}</a></li>"#, style.path());
    Page {
        title: t.home_title,
        main: format!(
            r#"{message}<h1>{title}</h1><p>{intro}</p>
<h2>{ways}</h2>
<ul>{one}{two}{late}</ul>"#,
            title = t.home_title,
            intro = t.home_intro,
            ways = t.home_ways,
            one = way(FormStyle::OnePage, t.way_one_page),
            two = way(FormStyle::TwoStep, t.way_two_step),
            late = way(FormStyle::LateScript, t.way_late),
        ),
        scripts: &[],
    }
}

/// User name and password in one form.
pub(crate) fn one_page(visit: &Visit, user_name: &str, error: Option<&str>) -> Page {
    let t = visit.texts;
    Page {
        title: t.sign_in,
        main: format!(
            r#"<h1>{sign_in}</h1>
{error}<form method="post" action="/login" class="card">
{token}<p><label for="login-name">{user_name}</label>
<input id="login-name" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="200" value="{given}"></p>
<p><label for="login-password">{password}</label>
<input id="login-password" name="password" type="password" autocomplete="current-password" required maxlength="1000"></p>
<p class="check"><input id="login-remember" name="remember" type="checkbox" value="1"> <label for="login-remember">{remember}</label></p>
<button type="submit">{sign_in}</button>
</form>
{passkey}"#,
            sign_in = t.sign_in,
            error = maybe_alert(error),
            token = token_field(visit),
            user_name = t.user_name,
            given = escape(user_name),
            password = t.password,
            remember = t.remember,
            passkey = passkey_alternative(visit),
        ),
        scripts: PASSKEY_SCRIPT,
    }
}

/// The first of two steps. The field is not called what it is, and its label wraps it.
pub(crate) fn two_step_name(visit: &Visit, error: Option<&str>) -> Page {
    let t = visit.texts;
    Page {
        title: t.sign_in,
        main: format!(
            r#"<section class="card" aria-labelledby="step-title"><h1 id="step-title">{sign_in}</h1>
{error}<form method="post" action="/signin">
{token}<label class="block">{user_name}<input name="identifier" type="text" inputmode="email" autocapitalize="none" required maxlength="200"></label>
<input type="submit" value="{next}">
</form>
{passkey}</section>"#,
            sign_in = t.sign_in,
            error = maybe_alert(error),
            token = token_field(visit),
            user_name = t.user_name,
            next = t.next,
            passkey = passkey_alternative(visit),
        ),
        scripts: PASSKEY_SCRIPT,
    }
}

/// The second of two steps.
pub(crate) fn two_step_password(visit: &Visit, user_name: &str, error: Option<&str>) -> Page {
    let t = visit.texts;
    let name = escape(user_name);
    Page {
        title: t.sign_in,
        main: format!(
            r#"<section class="card" aria-labelledby="step-title"><h1 id="step-title">{hello} {name}</h1>
<p><a href="/signin">{not_you}</a></p>
{error}<form method="post" action="/signin/password">
{token}<input type="text" class="visually-hidden" name="identifier" autocomplete="username" value="{name}" readonly tabindex="-1" aria-hidden="true">
<label class="block">{password}<input name="Passwd" type="password" required maxlength="1000"></label>
<input type="submit" value="{next}">
</form></section>"#,
            hello = t.hello,
            not_you = t.not_you,
            error = maybe_alert(error),
            token = token_field(visit),
            password = t.password,
            next = t.next,
        ),
        scripts: &[],
    }
}

/// A page whose form a script builds later.
pub(crate) fn late_script(visit: &Visit) -> Page {
    let t = visit.texts;
    Page {
        title: t.welcome_back,
        main: format!(
            r#"<h1>{welcome}</h1>
<div id="entry" class="card" aria-busy="true" data-failed="{failed}"><p class="waiting">{loading}</p></div>
<noscript><p>{script_needed}</p></noscript>
{passkey}"#,
            welcome = t.welcome_back,
            failed = t.failed,
            loading = t.loading,
            script_needed = t.script_needed,
            passkey = passkey_alternative(visit),
        ),
        scripts: &["passkeys.js", "late.js"],
    }
}
