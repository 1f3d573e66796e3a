//! The steps between the password and being signed in.

use super::{Page, maybe_alert, passkey_button, token_field};
use crate::visit::Visit;

/// The code of an authenticator app.
pub(crate) fn totp(visit: &Visit, error: Option<&str>) -> Page {
    let t = visit.texts;
    code_page(visit, "/verify/code", t.code_title, t.code_intro, "otp", error)
}

/// A code that came by e-mail.
pub(crate) fn email_code(visit: &Visit, error: Option<&str>) -> Page {
    let t = visit.texts;
    code_page(visit, "/verify/email", t.email_title, t.email_intro, "email_code", error)
}

fn code_page(visit: &Visit, action: &str, title: &'static str, intro: &str, field: &str, error: Option<&str>) -> Page {
    let t = visit.texts;
    Page {
        title,
        main: format!(
            r#"<h1>{title}</h1>
{error}<form method="post" action="{action}" class="card">
<p id="code-hint">{intro}</p>
{token}<p><label for="code">{code}</label>
<input id="code" name="{field}" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength="10" required aria-describedby="code-hint"></p>
<button type="submit">{verify}</button>
</form>"#,
            error = maybe_alert(error),
            token = token_field(visit),
            code = t.code,
            verify = t.verify,
        ),
        scripts: &[],
    }
}

/// A picture with letters.
pub(crate) fn human(visit: &Visit, error: Option<&str>) -> Page {
    let t = visit.texts;
    Page {
        title: t.human_title,
        main: format!(
            r#"<h1>{title}</h1>
{error}<form method="post" action="/verify/human" class="card captcha">
<p>{intro}</p>
<img src="/verify/human.svg" width="220" height="70" alt="{picture}">
{token}<p><label for="letters">{answer}</label>
<input id="letters" name="captcha" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="10" required></p>
<button type="submit">{verify}</button>
</form>"#,
            title = t.human_title,
            error = maybe_alert(error),
            intro = t.human_intro,
            picture = t.human_picture,
            token = token_field(visit),
            answer = t.human_answer,
            verify = t.verify,
        ),
        scripts: &[],
    }
}

/// The picture of [`human`], tilted letters over lines.
pub(crate) fn picture(letters: &str) -> String {
    let drawn: String = letters
        .chars()
        .zip([(20, -14), (60, 9), (100, -6), (140, 15), (180, -11)])
        .map(|(letter, (x, tilt))| format!(r#"<text x="{x}" y="48" transform="rotate({tilt} {x} 40)">{letter}</text>"#))
        .collect();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="220" height="70" viewBox="0 0 220 70"><rect width="220" height="70" fill="#eef1f5"/><path d="M0 22 60 50 120 18 220 55M0 60 90 30 220 20" stroke="#8a94a6" fill="none"/><g font-family="monospace" font-size="34" fill="#27364f">{drawn}</g></svg>"##
    )
}

/// A passkey as the second factor.
pub(crate) fn passkey_second(visit: &Visit, has_totp: bool) -> Page {
    let t = visit.texts;
    let other = if has_totp { format!(r#"<p><a href="/verify/code">{}</a></p>"#, t.use_code) } else { String::new() };
    Page {
        title: t.second_passkey_title,
        main: format!(
            r#"<h1>{title}</h1><div class="card"><p>{intro}</p>
{button}{other}</div>"#,
            title = t.second_passkey_title,
            intro = t.second_passkey_intro,
            button = passkey_button(visit, t.use_passkey),
        ),
        scripts: &["passkeys.js"],
    }
}
