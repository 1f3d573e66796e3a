//! Every page, with as much on it as it can have.

use zeroize::Zeroizing;

use crate::pages::view::{
    AccountView, ActivityView, ConfirmStep, ConfirmView, HomeView, InboxView, MailView, Message, PasskeyView,
    PasswordView, PersonView, RecoverView, RefusalView, Signal,
};
use crate::pages::{self, Frame, Page};

use crate::Difficulty;
use crate::seed::FormStyle;
use crate::texts::{Language, Texts};

/// What somebody could call themselves, or a passkey, to do harm.
pub(super) const HOSTILE: &str = r#""><b onclick='x'>x</b><script>alert(1)</script>&amp;"#;

const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

pub(super) fn frame(language: Language, signed_in: Option<&str>) -> Frame {
    Frame {
        stays_here: true,
        texts: language.texts(),
        token: "the-token".to_owned(),
        signed_in: signed_in.map(str::to_owned),
        offers_passkeys: true,
        difficulties: Vec::new(),
        asks_for_cookies: false,
    }
}

/// File name, whether somebody is signed in, and the page.
pub(super) fn pages(language: Language, name: &str) -> Vec<(&'static str, Frame, Page)> {
    let t = language.texts();
    let out = || frame(language, None);
    let signed = || frame(language, Some(name));
    let with = |step, passkey| ConfirmView { step, passkey, error: None };
    let password = |has_password| PasswordView {
        user_name: name.to_owned(),
        has_password,
        min_length: 12,
        error: Some(t.password_too_short.to_owned()),
    };
    let codes: Vec<_> = (0..8).map(|n| Zeroizing::new(format!("k7m4-{n}xqp-t9wd"))).collect();
    let hard = |difficulty| Frame { difficulties: vec![difficulty], ..signed() };
    let banner = || Frame { asks_for_cookies: true, ..out() };
    let beside = Page {
        aside: Some(maud::html! { h2 { "POST /login" } p { (t.home_intro) } }),
        ..pages::one_page(out(), name, None)
    };
    vec![
        ("front", out(), pages::home(out(), &home(t, name))),
        ("home", out(), pages::home(out(), &HomeView::default())),
        ("one-page", out(), pages::one_page(out(), name, Some(t.wrong_password))),
        ("one-page-beside", out(), beside),
        ("two-step-name", out(), pages::two_step_name(out(), Some(t.start_again))),
        ("two-step-password", out(), pages::two_step_password(out(), name, Some(t.wrong_password))),
        ("late-script", out(), pages::late_script(out())),
        ("totp", out(), pages::totp(out(), Some(t.wrong_code))),
        ("email-code", out(), pages::email_code(out(), None)),
        ("human", out(), pages::human(out(), Some(t.wrong_picture))),
        ("passkey-second", out(), pages::passkey_second(out(), true)),
        ("account", signed(), pages::account(signed(), &account(t, name))),
        ("account-bare", signed(), pages::account(signed(), &bare(t, name))),
        ("confirm", signed(), pages::confirm(signed(), &with(ConfirmStep::Password, false))),
        ("confirm-either", signed(), pages::confirm(signed(), &with(ConfirmStep::Password, true))),
        ("confirm-code", signed(), pages::confirm(signed(), &with(ConfirmStep::Code, false))),
        ("confirm-passkey", signed(), pages::confirm(signed(), &with(ConfirmStep::PasskeyOnly, true))),
        ("new-passkey", signed(), pages::new_passkey(signed())),
        ("new-passkey-at-load", signed(), pages::new_passkey(hard(Difficulty::CeremonyAtPageLoad))),
        ("new-passkey-box", signed(), pages::new_passkey(hard(Difficulty::PasswordlessBox))),
        ("new-passkey-unnamed", signed(), pages::new_passkey(hard(Difficulty::NameAfterCreation))),
        ("name-passkey", signed(), pages::name_passkey(signed(), &passkey(name, None, Ok(())))),
        ("segmented-code", out(), pages::totp(hard(Difficulty::SegmentedCode), None)),
        ("misleading-names", out(), pages::one_page(hard(Difficulty::MisleadingNames), name, None)),
        ("stay", out(), pages::stay_signed_in(out())),
        ("cookies", banner(), pages::one_page(banner(), name, None)),
        ("remove-passkey", signed(), pages::remove_passkey(signed(), &passkey(name, None, Ok(())))),
        ("refusal", signed(), pages::refusal(signed(), &refusal(t))),
        ("change-password", signed(), pages::password(signed(), &password(true))),
        ("set-password", signed(), pages::password(signed(), &password(false))),
        ("remove-password", signed(), pages::remove_password(signed(), Ok(()))),
        ("keep-password", signed(), pages::remove_password(signed(), Err(t.reasons.password_only_way))),
        ("recovery-codes", signed(), pages::recovery_codes(signed(), 3)),
        ("new-recovery-codes", signed(), pages::new_recovery_codes(signed(), &codes)),
        ("recover", out(), pages::recover(out(), &recover(t, name))),
        ("inbox", out(), pages::inbox(out(), &inbox(t, name))),
        ("inbox-empty", out(), pages::inbox(out(), &InboxView { mails: Vec::new() })),
        ("not-found", out(), pages::not_found(out())),
        ("form-expired", out(), pages::form_expired(out())),
        ("notice", out(), pages::notice(out(), t.failed)),
    ]
}

fn home(t: &Texts, name: &str) -> HomeView {
    let person = |name: &str, form: FormStyle, has_totp, passkeys| PersonView {
        user_name: name.to_owned(),
        sign_in: form.path().to_owned(),
        has_totp,
        passkeys,
    };
    HomeView {
        people: vec![
            person(name, FormStyle::OnePage, true, 2),
            person("bruno", FormStyle::TwoStep, true, 0),
            person("carla", FormStyle::LateScript, false, 0),
        ],
        message: Some(Message { text: t.signed_out.to_owned(), good: true }),
    }
}

fn passkey(name: &str, suspended: Option<&str>, removable: Result<(), String>) -> PasskeyView {
    PasskeyView {
        id: "Q3JlZGVudGlhbA".to_owned(),
        name: name.to_owned(),
        added: "2026-10-02".to_owned(),
        last_used: suspended.is_none().then(|| "2026-11-26 18:40 UTC".to_owned()),
        synced: suspended.is_none(),
        provider: Some("Rekey".to_owned()),
        suspended: suspended.map(str::to_owned),
        removable,
    }
}

fn account(t: &Texts, name: &str) -> AccountView {
    let r = &t.reasons;
    let line = |text: &str, bad| ActivityView { when: "2026-11-26 18:40 UTC".to_owned(), text: text.to_owned(), bad };
    AccountView {
        user_name: name.to_owned(),
        passkeys: vec![
            passkey(name, None, Ok(())),
            passkey(LONG, Some(r.suspended_copied), Ok(())),
            passkey("YubiKey", None, Err(r.last_way_in.to_owned())),
        ],
        may_add: Ok(()),
        offers_passkeys: true,
        has_password: true,
        may_remove_password: Ok(()),
        recovery_codes_left: 3,
        has_totp: true,
        sessions: 3,
        activity: vec![line(t.events.signed_in_passkey, false), line(t.events.locked, true)],
        message: Some(Message { text: t.passkey_added.to_owned(), good: true }),
        signal: Signal {
            rp_id: "localhost".to_owned(),
            user_id: "AQID".to_owned(),
            accepted: vec!["Q3JlZGVudGlhbA".to_owned()],
            name: name.to_owned(),
            display_name: name.to_owned(),
        },
        conditional_create: true,
    }
}

/// Where nothing can be done.
fn bare(t: &Texts, name: &str) -> AccountView {
    AccountView {
        passkeys: Vec::new(),
        may_add: Err(t.reasons.email_unconfirmed.to_owned()),
        may_remove_password: Err(t.reasons.password_only_way.to_owned()),
        recovery_codes_left: 0,
        has_totp: false,
        sessions: 1,
        activity: Vec::new(),
        message: Some(Message { text: t.failed.to_owned(), good: false }),
        conditional_create: false,
        ..account(t, name)
    }
}

fn refusal(t: &Texts) -> RefusalView {
    RefusalView {
        what_happened: t.reasons.email_unconfirmed.to_owned(),
        what_is_safe: t.reasons.still_safe.to_owned(),
        what_next: t.reasons.try_later.to_owned(),
    }
}

fn recover(t: &Texts, name: &str) -> RecoverView {
    RecoverView { user_name: name.to_owned(), min_length: 12, error: Some(t.wrong_recovery.to_owned()) }
}

fn inbox(t: &Texts, name: &str) -> InboxView {
    let mail = |subject: &str, text: &str, code: Option<&str>, link: Option<&str>| MailView {
        to: name.to_owned(),
        when: "2026-11-26 18:40 UTC".to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        code: code.map(str::to_owned),
        link: link.map(str::to_owned),
    };
    InboxView {
        mails: vec![
            mail(t.mails.code_subject, t.mails.code_text, Some("123456"), None),
            mail(t.mails.confirm_subject, t.mails.confirm_text, None, Some("/inbox/confirm?token=x")),
            mail(t.mails.passkey_added_subject, t.mails.change_text, None, None),
        ],
    }
}
