//! Pages that wait for a secret.

use rekey_browser::{Driver, DriverError, Seen};
use rekey_journey::page::{ElementId, FieldRole, Target};
use secrecy::SecretString;

use super::pages::{self, Place, show_at};
use super::{HOSTILE, PATIENCE, Subject, VICTIM, reported, site};
use crate::pages::Server;

/// Reports every value that comes into a field, under the field's name.
const TAKE: &str = "<script>
    for (const type of ['input', 'change', 'beforeinput', 'keydown']) addEventListener(type, ({ target }) => {
      if (target.value) fetch('/report/' + target.name, { method: 'POST', body: target.value });
    }, true);</script>";

fn secret() -> SecretString {
    SecretString::from("a secret of the victim's")
}

/// A page that looks like the victim's sign-in page, at every place: none of its documents gets the victim's secret.
pub async fn another_sites_secret_is_never_filled_in<D: Driver>(subject: &mut Subject<D>) {
    for place in [Place::Top, Place::Popup, Place::Frame, Place::Sandbox] {
        let (server, _) = pages::server(place).await;
        let victim = site(&server, VICTIM);
        let (context, name) = show_at(subject, &server, "take-a-secret", place).await;
        server.report(&name).await;
        let known = (subject.documents)(&subject.driver, context);
        let hostile = known.iter().filter(|(_, address)| address.contains("take-a-secret"));
        let documents: Vec<_> = hostile.map(|(document, _)| document.clone()).collect();
        // A driver need not know of frames.
        assert!(documents.len() == 1 || place == Place::Frame, "{name}: {known:?}");
        for document in documents {
            for element in 0..6 {
                let target = Target { document: document.clone(), element: ElementId(element) };
                let outcome = subject.driver.fill(context, &target, &secret(), &victim).await;
                assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{name}: {outcome:?}");
            }
        }
        // The elements that a look finds, where there are any.
        if let Ok(Seen::Page(page)) = subject.driver.next(context, PATIENCE / 10).await {
            for field in &page.reading.fields {
                let outcome = subject.driver.fill(context, &page.target(field.element), &secret(), &victim).await;
                assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{name}: {outcome:?}");
            }
        }
        subject.driver.close(context).await.unwrap();
        assert!(!reported(&server, "taken"), "{:?}", server.reports());
    }
}

/// A page of the site itself with a password field that no person can see, in every way to hide one beside a user name.
/// (A field that is only transparent counts as drawn by something else, as sites do with boxes for codes.)
pub async fn a_secret_goes_into_no_hidden_field<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    for hidden in [
        "style='display: none'",
        "style='visibility: hidden'",
        "style='position: absolute; left: -9999px'",
        "style='width: 0; height: 0; border: 0; padding: 0'",
        "style='transform: scale(0)'",
        "hidden",
    ] {
        server.page(
            "/",
            &format!(
                "<form method=post action=/in><label>E-mail <input name=login autocomplete=username></label>
                <input {hidden} type=password name=taken autocomplete=current-password><button>Next</button></form>{TAKE}"
            ),
        );
        let context = subject.show(&server.at(HOSTILE, "/")).await;
        let page = subject.see_page(context).await;
        let own = site(&server, HOSTILE);
        for field in page.reading.fields.iter().filter(|field| field.role != FieldRole::UserName) {
            let outcome = subject.driver.fill(context, &page.target(field.element), &secret(), &own).await;
            assert!(matches!(outcome, Err(DriverError::Unusable(_) | DriverError::Stale)), "{hidden}: {outcome:?}");
        }
        // The user's name is filled in, which shows that whatever was taken has been told by now.
        let name = page.reading.field(FieldRole::UserName).unwrap().element;
        let user = SecretString::from("ann");
        subject.driver.fill(context, &page.target(name), &user, &own).await.unwrap();
        assert_eq!(server.report("login").await, "ann");
        assert!(!reported(&server, "taken"), "{hidden}: {:?}", server.reports());
        server.forget_reports();
        subject.driver.close(context).await.unwrap();
    }
}

/// A field that is another one when the value comes: exchanged or led elsewhere while it is filled in.
pub async fn a_field_that_is_swapped_gets_nothing<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let elsewhere = server.at(VICTIM, "/stolen");
    let swaps = [
        "p.replaceWith(Object.assign(p.cloneNode(), { id: 'q' }))".to_owned(),
        format!("f.action = '{elsewhere}'"),
        format!("p.setAttribute('form', 'g'); g.action = '{elsewhere}'"),
        "g.append(p)".to_owned(),
        "p.form.method = 'get'".to_owned(),
    ];
    for event in ["focus", "keydown", "beforeinput"] {
        for swap in &swaps {
            server.page(
                "/",
                &format!(
                    "<form id=f method=post action=/in><label>E-mail <input name=login autocomplete=username></label>
                    <label>Password <input id=p type=password name=taken autocomplete=current-password></label>
                    <button>Sign in</button></form><form id=g method=get action='{elsewhere}'></form>{TAKE}
                    <script>p.addEventListener('{event}', () => {{ {swap} }}, true)</script>"
                ),
            );
            let context = subject.show(&server.at(HOSTILE, "/")).await;
            let page = subject.see_page(context).await;
            let password = page.target(page.reading.field(FieldRole::CurrentPassword).unwrap().element);
            let own = site(&server, HOSTILE);
            let outcome = subject.driver.fill(context, &password, &secret(), &own).await;
            assert!(matches!(outcome, Err(DriverError::Stale)), "{event} {swap}: {outcome:?}");
            let outcome = subject.driver.fill(context, &password, &secret(), &own).await;
            assert!(outcome.is_err(), "{event} {swap}");
            assert!(!reported(&server, "taken"), "{event} {swap}: {:?}", server.reports());
            subject.driver.close(context).await.unwrap();
        }
    }
}

/// A page of the site with a frame of another site that asks for the password in the site's own words.
pub async fn a_frame_of_another_site_gets_nothing<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let form = "<form method=post><label>E-mail <input name=login autocomplete=username></label><label>Password \
                <input type=password name=taken autocomplete=current-password></label><button>Sign in</button></form>";
    let frame = server.at(VICTIM, "/frame");
    server.page("/", &format!("<h1>Sign in</h1><iframe src='{frame}' width=600 height=300></iframe>"));
    server.page(
        "/frame",
        &format!("{form}{TAKE}<script>fetch('/report/shown', {{ method: 'POST', body: '' }})</script>"),
    );
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    server.report("shown").await;
    let page = subject.see_page(context).await;
    let documents = (subject.documents)(&subject.driver, context).into_iter().map(|(document, _)| document);
    for document in documents.chain([page.document.clone()]) {
        for element in 0..12 {
            for host in [HOSTILE, VICTIM] {
                let target = Target { document: document.clone(), element: ElementId(element) };
                let outcome = subject.driver.fill(context, &target, &secret(), &site(&server, host)).await;
                assert!(outcome.is_err(), "{host} {element}");
            }
        }
    }
    assert!(!reported(&server, "taken"), "{:?}", server.reports());
}
