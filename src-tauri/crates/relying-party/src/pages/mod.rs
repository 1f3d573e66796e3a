//! The site's pages: plain HTML that works without a script wherever no passkey is involved.

mod account;
mod sign_in;
mod verify;

pub(crate) use account::{account, confirm, new_passkey};
pub(crate) use sign_in::{home, late_script, one_page, two_step_name, two_step_password};
pub(crate) use verify::{email_code, human, passkey_second, picture, totp};

use crate::site::NAME;
use crate::visit::Visit;

/// A page without its frame.
pub(crate) struct Page {
    /// What the browser's tab says.
    pub(crate) title: &'static str,
    /// The content of `main`; everything that is not ours in it was escaped.
    pub(crate) main: String,
    /// Scripts under `/assets/`.
    pub(crate) scripts: &'static [&'static str],
}

impl Page {
    /// The whole document.
    pub(crate) fn render(&self, visit: &Visit) -> String {
        let t = visit.texts;
        let token = escape(visit.form_token());
        let scripts: String = self
            .scripts
            .iter()
            .map(|name| format!("<script type=\"module\" src=\"/assets/{name}\"></script>\n"))
            .collect();
        format!(
            r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf-token" content="{token}">
<title>{title} · {NAME}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
{scripts}</head>
<body>
<header><a class="brand" href="/">{NAME}</a>{corner}</header>
<main>
{main}
</main>
</body>
</html>
"#,
            language = t.language,
            title = self.title,
            corner = corner(visit, &token),
            main = self.main,
        )
    }
}

/// Who is signed in, and the way out.
fn corner(visit: &Visit, token: &str) -> String {
    let Some(name) = signed_in_name(visit) else { return String::new() };
    format!(
        r#"<form class="corner" method="post" action="/sign-out"><input type="hidden" name="csrf_token" value="{token}"><a href="/account">{name}</a> <button type="submit" class="quiet">{sign_out}</button></form>"#,
        name = escape(&name),
        sign_out = visit.texts.sign_out,
    )
}

/// The user name of the person signed in.
fn signed_in_name(visit: &Visit) -> Option<String> {
    visit.signed_in().map(|account| account.user_name.clone())
}

/// A page that only says something went wrong.
pub(crate) fn notice(visit: &Visit, text: &'static str) -> Page {
    Page { title: visit.texts.home_title, main: alert(text), scripts: &[] }
}

/// A message that screen readers announce.
fn alert(text: &str) -> String {
    format!(r#"<p class="alert" role="alert">{text}</p>"#)
}

/// The message, if there is one.
fn maybe_alert(text: Option<&str>) -> String {
    text.map(alert).unwrap_or_default()
}

/// The hidden field every form carries.
fn token_field(visit: &Visit) -> String {
    format!(r#"<input type="hidden" name="csrf_token" value="{}">"#, escape(visit.form_token()))
}

/// The button that starts an assertion, with the place for its messages.
fn passkey_button(visit: &Visit, label: &str) -> String {
    let t = visit.texts;
    format!(
        r#"<div class="passkey" data-ceremony="get" data-cancelled="{cancelled}" data-unsupported="{unsupported}" data-failed="{failed}">
<button type="button">{label}</button>
<p class="alert" role="alert" hidden></p>
</div>"#,
        cancelled = t.ceremony_cancelled,
        unsupported = t.ceremony_unsupported,
        failed = t.failed,
    )
}

/// The same below a password form, where the site offers it.
fn passkey_alternative(visit: &Visit) -> String {
    if !visit.offers_passkey_sign_in() {
        return String::new();
    }
    let button = passkey_button(visit, visit.texts.passkey_sign_in);
    format!(r#"<p class="or"><span>{}</span></p>{button}"#, visit.texts.or)
}

/// Text for HTML content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape(r#"<b a="x" b='y'>&"#), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    }
}
