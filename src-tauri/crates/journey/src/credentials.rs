//! Giving the user name, the password and the one-time code to whatever pages a site asks for them on.

use crate::event::{Event, Occasion};
use crate::journey::Shared;
use crate::moves::{Moves, press};
use crate::page::{ActionRole, Field, FieldRole, Notice, Observation, PageKind, Target};
use crate::step::{Effect, Patience, Value, Wait};
use crate::stop::StopReason;

/// How often a page may come to rest without showing what was expected, before the journey says so. Single-page
/// applications rest several times on the way.
const MAX_IDLE: u8 = 3;
/// How many pages may be agreed to or skipped on the way in.
const MAX_INTERSTITIALS: u8 = 4;

/// What was given so far, for one occasion. Each of the three is given once: a refused password or code is never tried
/// again by itself.
#[derive(Debug)]
pub(crate) struct Credentials {
    occasion: Occasion,
    /// A proof signs in with the passkey; giving a code there would prove nothing.
    gives_codes: bool,
    name_given: bool,
    password_given: bool,
    code_given: bool,
    awaiting_code: Option<CodeForm>,
    /// Name, password and code that did not reach the page the first time.
    again: (bool, bool, bool),
    /// They did not reach it the second time either.
    unsendable: bool,
    idle: u8,
    interstitials: u8,
}

#[derive(Debug)]
struct CodeForm {
    field: Target,
    submit: Option<Effect>,
}

impl Credentials {
    pub(crate) fn new(occasion: Occasion) -> Self {
        Self {
            occasion,
            gives_codes: occasion != Occasion::Proof,
            name_given: false,
            password_given: false,
            code_given: false,
            awaiting_code: None,
            again: (false, false, false),
            unsendable: false,
            idle: 0,
            interstitials: 0,
        }
    }

    pub(crate) fn password_was_given(&self) -> bool {
        self.password_given
    }

    pub(crate) fn anything_was_given(&self) -> bool {
        self.password_given || self.code_given
    }

    /// What a page asks for next, or `None` where it asks for nothing this can give.
    pub(crate) fn next(&mut self, page: &Observation, shared: &Shared) -> Option<Moves> {
        let reading = &page.reading;
        match reading.kind {
            PageKind::LockedOut => return Some(Moves::stop(StopReason::Locked)),
            PageKind::Captcha => return Some(Moves::person(StopReason::Captcha)),
            _ if page.status == Some(429) || reading.says(Notice::RateLimited) => {
                return Some(Moves::stop(StopReason::RateLimited));
            }
            _ if reading.says(Notice::Locked) => return Some(Moves::stop(StopReason::Locked)),
            _ => {}
        }
        if let Some(code) = reading.field(FieldRole::OneTimeCode).filter(|_| self.gives_codes) {
            return Some(self.code(page, code, shared));
        }
        if let Some(password) = reading.field(FieldRole::CurrentPassword) {
            return Some(self.password(page, password, shared));
        }
        if let Some(name) = reading.field(FieldRole::UserName).filter(|_| reading.kind != PageKind::SignUp) {
            return Some(self.user_name(page, name));
        }
        if reading.kind == PageKind::CodeSent {
            return Some(Moves::person(StopReason::CodeSent));
        }
        self.interstitial(page)
    }

    /// A fresh code may be given now.
    pub(crate) fn code_ready(&mut self, step: u64) -> Moves {
        let Some(form) = self.awaiting_code.take() else { return Moves::look(Patience::Brief) };
        self.code_given = true;
        let mut effects = vec![Effect::Fill(form.field, Value::Code(step))];
        effects.extend(form.submit);
        Moves::act(effects).noting(Event::CodeGiven { step, occasion: self.occasion })
    }

    /// Values did not reach the page: they may be given when it asks again. Once each, so that a page which always moves
    /// away comes to an end.
    pub(crate) fn not_given(&mut self, values: &[Value]) {
        for value in values {
            let (given, again) = match value {
                Value::UserName => (&mut self.name_given, &mut self.again.0),
                Value::Password => (&mut self.password_given, &mut self.again.1),
                Value::Code(_) => (&mut self.code_given, &mut self.again.2),
                Value::KeyName => continue,
            };
            if *again {
                self.unsendable = true;
            } else if *given {
                (*given, *again) = (false, true);
            }
        }
    }

    fn user_name(&mut self, page: &Observation, field: &Field) -> Moves {
        if self.name_given {
            return self.given_before(page, StopReason::PasswordRefused);
        }
        self.name_given = true;
        let mut effects = vec![Effect::Fill(page.target(field.element), Value::UserName)];
        let Some(submit) = submit(page, field.form) else { return Moves::person(StopReason::PageUnknown) };
        effects.push(submit);
        Moves::act(effects).noting(Event::UserNameGiven { occasion: self.occasion })
    }

    fn password(&mut self, page: &Observation, field: &Field, shared: &Shared) -> Moves {
        if self.password_given || shared.password_pending {
            return self.given_before(page, StopReason::PasswordRefused);
        }
        if !shared.task.has_password {
            return Moves::person(StopReason::NoPassword);
        }
        let Some(submit) = submit(page, field.form) else { return Moves::person(StopReason::PageUnknown) };
        let name = page.reading.fields.iter().find(|f| f.role == FieldRole::UserName && f.form == field.form);
        let mut effects = Vec::new();
        if let Some(name) = name.filter(|name| !(self.name_given && name.filled)) {
            effects.push(Effect::Fill(page.target(name.element), Value::UserName));
        }
        effects.push(Effect::Fill(page.target(field.element), Value::Password));
        effects.push(submit);
        let moves = Moves::act(effects);
        let moves = match name {
            Some(_) if !self.name_given => moves.noting(Event::UserNameGiven { occasion: self.occasion }),
            _ => moves,
        };
        self.name_given |= name.is_some();
        self.password_given = true;
        moves.noting(Event::PasswordGiven { occasion: self.occasion })
    }

    fn code(&mut self, page: &Observation, field: &Field, shared: &Shared) -> Moves {
        if self.code_given {
            return self.given_before(page, StopReason::TotpRefused);
        }
        if page.reading.kind == PageKind::CodeSent || page.reading.says(Notice::CodeSent) {
            return Moves::person(StopReason::CodeSent);
        }
        if !shared.task.has_totp {
            return Moves::person(StopReason::NoCode);
        }
        self.awaiting_code = Some(CodeForm { field: page.target(field.element), submit: submit(page, field.form) });
        Moves::new(Vec::new(), Wait::Code { after: shared.last_code_step })
    }

    /// The page asks for what it was given: it refused it, or it is still on its way.
    fn given_before(&mut self, page: &Observation, refused: StopReason) -> Moves {
        if page.reading.says(Notice::Captcha) {
            return Moves::person(StopReason::Captcha);
        }
        if self.unsendable {
            return Moves::person(StopReason::PageUnknown);
        }
        // Not refused; but whether the site counted it nobody knows, so it is not given again at once.
        if page.reading.says(Notice::Busy) {
            return Moves::stop(StopReason::RateLimited);
        }
        if page.reading.says(Notice::Refused) || self.idle >= MAX_IDLE {
            return Moves::stop(refused);
        }
        self.idle += 1;
        Moves::look(Patience::Brief)
    }

    fn interstitial(&mut self, page: &Observation) -> Option<Moves> {
        let reading = &page.reading;
        if !matches!(reading.kind, PageKind::Interstitial) || self.interstitials >= MAX_INTERSTITIALS {
            return None;
        }
        let action = reading.way_past()?;
        self.interstitials += 1;
        Some(Moves::press(page, action))
    }
}

/// Pressing what sends a form; a page with one form may have its button outside of it.
pub(crate) fn submit(page: &Observation, form: u32) -> Option<Effect> {
    let reading = &page.reading;
    let action = reading
        .action_in(ActionRole::Submit, form)
        .or_else(|| reading.action_in(ActionRole::Continue, form))
        .or_else(|| reading.action_in(ActionRole::Submit, 0))
        .or_else(|| reading.action_in(ActionRole::Continue, 0))?;
    Some(press(page, action))
}
