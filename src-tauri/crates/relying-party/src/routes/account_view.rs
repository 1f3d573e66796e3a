//! What the account's page shows, from what the store has.

use super::register::makes_by_itself;
use crate::Difficulty;
use crate::eligibility::of_account;
use crate::pages::view::{AccountView, ActivityView, Message, PasskeyView, Signal};
use crate::pages::{date, moment};
use crate::records::{AuditEvent, AuditLine, SignInMethod, Suspicion};
use crate::site::State;
use crate::store::{Account, Flash, Passkey, StoreError};
use crate::texts::Texts;
use crate::visit::Visit;

/// Lines of the activity list, and how many of them may be refusals, which strangers can bring about.
const ACTIVITY: u32 = 20;
const REFUSALS: u32 = 6;

pub(super) fn account_view(visit: &Visit, account: &Account, state: &State) -> Result<AccountView, StoreError> {
    let t = visit.texts;
    let passkeys = state.store.passkeys(account.id)?;
    let codes = state.store.recovery_codes_left(account.id)?;
    let flash = state.store.take_flash(&visit.session)?;
    let conditional_create = makes_by_itself(account, &passkeys, &visit.stage);
    let audit = state.store.newest_audit(account.id, ACTIVITY, REFUSALS)?;
    Ok(AccountView {
        user_name: account.user_name.clone(),
        passkeys: passkeys.iter().map(|passkey| passkey_view(t, account, passkey, &passkeys)).collect(),
        may_add: of_account(account, passkeys.len(), visit.site.passkey_limit).map_err(|why| why.words(t)),
        offers_passkeys: !account.has(Difficulty::NoPasskeyPage),
        has_password: account.password.is_some(),
        may_remove_password: may_remove_password(t, &passkeys, codes).map_err(str::to_owned),
        recovery_codes_left: codes,
        has_totp: account.totp.is_some(),
        sessions: state.store.sessions_of(account.id, visit.site.now())?,
        activity: audit.iter().map(|line| activity(t, line)).collect(),
        message: flash.and_then(|flash| message(t, flash)),
        signal: Signal {
            rp_id: visit.site.rp_id.clone(),
            user_id: account.id.to_base64url(),
            accepted: passkeys.iter().filter(|p| p.suspended.is_none()).map(Passkey::id_text).collect(),
            name: account.user_name.clone(),
            display_name: account.user_name.clone(),
        },
        conditional_create,
    })
}

/// The password may go once a passkey has signed in by itself, and there is a second way in.
pub(super) fn may_remove_password(t: &Texts, passkeys: &[Passkey], codes: u32) -> Result<(), &'static str> {
    let proven = passkeys.iter().filter(|passkey| passkey.lets_in() && passkey.last_used_at.is_some()).count();
    if passkeys.iter().any(|passkey| !passkey.passwordless) {
        Err(t.reasons.second_factor_needs_password)
    } else if passkeys.iter().any(Passkey::lets_in) && proven == 0 {
        Err(t.reasons.unproven)
    } else if proven == 0 {
        Err(t.reasons.password_only_way)
    } else if codes == 0 && proven < 2 {
        Err(t.reasons.needs_recovery)
    } else {
        Ok(())
    }
}

/// A passkey may go while something else lets its owner in.
pub(super) fn removable(t: &Texts, account: &Account, passkey: &Passkey, all: &[Passkey]) -> Result<(), &'static str> {
    let other = all.iter().any(|other| other.credential_id != passkey.credential_id && other.lets_in());
    if account.password.is_some() || other || !passkey.lets_in() { Ok(()) } else { Err(t.reasons.last_way_in) }
}

pub(super) fn passkey_view(t: &Texts, account: &Account, passkey: &Passkey, all: &[Passkey]) -> PasskeyView {
    PasskeyView {
        id: passkey.id_text(),
        name: passkey.name.clone(),
        added: date(passkey.created_at),
        last_used: passkey.last_used_at.map(moment),
        synced: passkey.backup_state,
        provider: None,
        suspended: passkey.suspended.map(|why| {
            match why {
                Suspicion::CounterRegressed => t.reasons.suspended_copied,
                Suspicion::BackupEligibilityChanged => t.reasons.suspended_changed,
            }
            .to_owned()
        }),
        removable: removable(t, account, passkey, all).map_err(str::to_owned),
    }
}

fn message(t: &Texts, flash: Flash) -> Option<Message> {
    let (text, good) = match flash {
        Flash::PasskeyAdded => (t.passkey_added, true),
        Flash::PasskeyRenamed => (t.passkey_renamed, true),
        Flash::PasskeyRemoved => (t.passkey_removed, true),
        Flash::LastWayIn => (t.reasons.last_way_in, false),
        Flash::PasswordRemoved => (t.password_removed, true),
        Flash::PasswordChanged => (t.password_changed, true),
        Flash::EmailConfirmed => (t.email_confirmed, true),
        Flash::SignedOut | Flash::SignedOutEverywhere | Flash::StartAgain => return None,
    };
    Some(Message { text: text.to_owned(), good })
}

fn activity(t: &Texts, line: &AuditLine) -> ActivityView {
    let e = &t.events;
    let (text, bad) = match &line.event {
        AuditEvent::SignedIn(method) => (
            match method {
                SignInMethod::Password => e.signed_in_password,
                SignInMethod::PasswordTotp => e.signed_in_totp,
                SignInMethod::PasswordEmailCode => e.signed_in_email_code,
                SignInMethod::PasswordPasskey => e.signed_in_second_passkey,
                SignInMethod::Passkey => e.signed_in_passkey,
                SignInMethod::RecoveryCode => e.recovered,
            },
            false,
        ),
        AuditEvent::SignedOut => (e.signed_out, false),
        AuditEvent::SignedOutEverywhere { .. } => (e.signed_out_everywhere, false),
        AuditEvent::PasswordRefused => (e.password_refused, true),
        AuditEvent::CodeRefused => (e.code_refused, true),
        AuditEvent::CodeReused => (e.code_reused, true),
        AuditEvent::Locked => (e.locked, true),
        AuditEvent::Reauthenticated => (e.confirmed, false),
        AuditEvent::ReauthenticationRefused => (e.confirmation_refused, true),
        AuditEvent::PasskeyAdded { .. } => (e.passkey_added, false),
        AuditEvent::PasskeyRenamed { .. } => (e.passkey_renamed, false),
        AuditEvent::PasskeyRemoved { .. } => (e.passkey_removed, false),
        AuditEvent::PasskeySuspended { .. } => (e.passkey_suspended, true),
        AuditEvent::BackupStateChanged { backed_up: true, .. } => (e.backed_up, false),
        AuditEvent::BackupStateChanged { backed_up: false, .. } => (e.not_backed_up, true),
        AuditEvent::RegistrationRefused { .. } => (e.registration_refused, true),
        AuditEvent::AssertionRefused { .. } => (e.passkey_sign_in_refused, true),
        AuditEvent::PasswordChanged => (e.password_changed, false),
        AuditEvent::PasswordRemoved => (e.password_removed, false),
        AuditEvent::RecoveryCodesMade => (e.recovery_codes_made, false),
        AuditEvent::RecoveryCodeUsed => (e.recovered, false),
        AuditEvent::RecoveryCodeRefused => (e.recovery_refused, true),
        AuditEvent::EmailConfirmed => (e.email_confirmed, false),
        AuditEvent::RequestRefused { .. } => (e.request_refused, true),
    };
    ActivityView { when: moment(line.at), text: text.to_owned(), bad }
}
