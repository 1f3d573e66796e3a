//! Pages that pretend to be something else to whoever looks.

use rekey_browser::{Driver, DriverError};
use rekey_journey::page::{ActionRole, FieldRole};
use secrecy::SecretString;

use super::{HOSTILE, Subject, VICTIM, reported, site};
use crate::pages::Server;

/// A page that draws a prompt of Rekey's over everything: it gets no secret of another site, and the control under it is
/// not pressed.
pub async fn a_fake_prompt_is_not_answered<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    server.page(
        "/",
        "<form method=post action=/in onsubmit=\"fetch('/report/sent', { method: 'POST', body: '' })\">
        <label>E-mail <input name=login autocomplete=username></label>
        <label>Password <input type=password name=password autocomplete=current-password></label>
        <button>Sign in</button></form>
        <div style='position: fixed; inset: 0; background: white; z-index: 9'>
          <h1>Rekey</h1><label>Passphrase of your store <input type=password name=passphrase></label></div>
        <script>addEventListener('input', ({ target }) =>
          fetch('/report/' + target.name, { method: 'POST', body: target.value }), true);
        document.documentElement.requestFullscreen?.().then(() => fetch('/report/full', { method: 'POST' }), () => {});
        </script>",
    );
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    let page = subject.see_page(context).await;
    let (own, victim) = (site(&server, HOSTILE), site(&server, VICTIM));
    let secret = SecretString::from("a secret");
    for field in &page.reading.fields {
        let outcome = subject.driver.fill(context, &page.target(field.element), &secret, &victim).await;
        assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{outcome:?}");
    }
    if let Some(submit) = page.reading.action(ActionRole::Submit) {
        let outcome = subject.driver.press(context, &page.target(submit.element), &victim).await;
        assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{outcome:?}");
        let outcome = subject.driver.press(context, &page.target(submit.element), &own).await;
        assert!(matches!(outcome, Err(DriverError::Unusable("covered"))), "{outcome:?}");
    }
    assert!(server.reports().is_empty(), "{:?}", server.reports());
}

/// Elements whose names are those of everything that a script could ask for: the page is read as it is, and its form is
/// known to lead elsewhere.
pub async fn named_elements_hide_nothing<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let names = [
        "rekeyBridge",
        "rekeyReader",
        "webkit",
        "credentials",
        "navigator",
        "crypto",
        "JSON",
        "self",
        "top",
        "origin",
        "isSecureContext",
        "document",
        "body",
        "documentElement",
        "forms",
        "querySelectorAll",
        "getElementById",
        "head",
        "createTreeWalker",
        "defaultView",
        "cookie",
        "location",
        "readyState",
        "activeElement",
        "children",
        "elements",
        "MutationObserver",
        "addEventListener",
        "CHANNEL",
        "SEND",
        "globalThis",
        "currentScript",
    ];
    let clobbers: String = names
        .iter()
        .map(|name| {
            format!(
                "<img name={name} alt=''><img id={name} alt=''><form name={name}><input name={name}></form>\
                 <object id={name}></object><iframe name={name} hidden></iframe>"
            )
        })
        .collect();
    let inside: String =
        ["action", "method", "target", "elements", "submit", "getAttribute", "ownerDocument", "parentNode"]
            .iter()
            .map(|name| format!("<input type=hidden name={name} value='/in'>"))
            .collect();
    let sign_in = |action: &str| {
        format!(
            "<form id=real method=post action='{action}'>{inside}
            <label>E-mail <input name=login autocomplete=username></label>
            <label>Password <input type=password name=taken autocomplete=current-password></label>
            <button>Sign in</button></form><div hidden>{clobbers}</div><script>
            addEventListener('input', ({{ target }}) => fetch('/report/' + target.name, {{ method: 'POST', body: target.value }}), true);
            </script>"
        )
    };
    server.page("/foreign", &sign_in(server.at(VICTIM, "/in").as_str()));
    server.page("/own", &sign_in("/in"));
    let own = site(&server, HOSTILE);
    let secret = SecretString::from("a secret");
    for (path, expect) in [("/foreign", false), ("/own", true)] {
        let context = subject.show(&server.at(HOSTILE, path)).await;
        let page = subject.see_page(context).await;
        assert_eq!(page.origin.as_ref().map(ToString::to_string), Some(server.origin(HOSTILE)));
        let field = page.reading.field(FieldRole::CurrentPassword).expect("the password field is found").element;
        let outcome = subject.driver.fill(context, &page.target(field), &secret, &own).await;
        match outcome {
            Ok(()) => assert!(expect, "{path}"),
            Err(DriverError::ForeignPage) => assert!(!expect, "{path}"),
            other => panic!("{path}: {other:?}"),
        }
        assert_eq!(reported(&server, "taken") || expect, expect, "{path}");
    }
    assert_eq!(server.report("taken").await, "a secret");
}
