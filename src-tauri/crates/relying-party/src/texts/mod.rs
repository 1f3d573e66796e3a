//! The site's words. A text that is missing in one language does not compile.

// Some texts wait for their routes.
#![allow(dead_code)]

mod ar;
mod de;
mod en;
mod es;
mod ja;

use serde::{Deserialize, Serialize};

use crate::Difficulty;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Language {
    English,
    Spanish,
    German,
    Japanese,
    Arabic,
}

impl Language {
    /// Every language.
    pub(crate) const ALL: [Self; 5] = [Self::English, Self::Spanish, Self::German, Self::Japanese, Self::Arabic];

    /// The words.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &en::TEXTS,
            Self::Spanish => &es::TEXTS,
            Self::German => &de::TEXTS,
            Self::Japanese => &ja::TEXTS,
            Self::Arabic => &ar::TEXTS,
        }
    }

    /// The language that a site speaks which has these difficulties, where one of them is a language.
    pub(crate) fn of(difficulties: &[Difficulty]) -> Option<Self> {
        difficulties.iter().find_map(|difficulty| match difficulty {
            Difficulty::German => Some(Self::German),
            Difficulty::Japanese => Some(Self::Japanese),
            Difficulty::Arabic => Some(Self::Arabic),
            _ => None,
        })
    }

    /// The language of a primary subtag (<https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1>), such as `es`.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.texts().language.eq_ignore_ascii_case(tag))
    }
}

/// Every text of the site in one language.
#[derive(Debug)]
pub(crate) struct Texts {
    // The language itself, and what stands around every page.
    pub(crate) language: &'static str,
    pub(crate) language_name: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) aside: &'static str,
    pub(crate) stays_here: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) save: &'static str,
    pub(crate) copy: &'static str,
    pub(crate) print: &'static str,
    pub(crate) or: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) script_needed: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,

    // The front page.
    pub(crate) home_title: &'static str,
    pub(crate) home_intro: &'static str,
    pub(crate) people: &'static str,
    pub(crate) people_intro: &'static str,
    pub(crate) person_totp: &'static str,
    pub(crate) person_passkeys: &'static str,
    pub(crate) home_ways: &'static str,
    pub(crate) way_one_page: &'static str,
    pub(crate) way_two_step: &'static str,
    pub(crate) way_late: &'static str,
    pub(crate) home_more: &'static str,
    pub(crate) to_explain: &'static str,
    pub(crate) to_explain_why: &'static str,
    pub(crate) explain_nothing: &'static str,
    pub(crate) see_why: &'static str,
    pub(crate) to_inbox: &'static str,
    pub(crate) to_inbox_why: &'static str,

    // Signing in.
    pub(crate) sign_in: &'static str,
    pub(crate) welcome_back: &'static str,
    pub(crate) user_name: &'static str,
    pub(crate) password: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) next: &'static str,
    pub(crate) not_you: &'static str,
    pub(crate) hello: &'static str,
    pub(crate) passkey_sign_in: &'static str,
    pub(crate) recover_link: &'static str,
    pub(crate) wrong_password: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) locked_for: fn(u64) -> String,
    pub(crate) start_again: &'static str,
    pub(crate) back_to_sign_in: &'static str,
    pub(crate) signed_out: &'static str,

    // The steps after the password.
    pub(crate) code_title: &'static str,
    pub(crate) code_intro: &'static str,
    pub(crate) code: &'static str,
    pub(crate) code_digit: fn(u32) -> String,
    pub(crate) verify: &'static str,
    pub(crate) wrong_code: &'static str,
    pub(crate) email_title: &'static str,
    pub(crate) email_intro: &'static str,
    pub(crate) open_inbox: &'static str,
    pub(crate) human_title: &'static str,
    pub(crate) human_intro: &'static str,
    pub(crate) human_answer: &'static str,
    pub(crate) human_picture: &'static str,
    pub(crate) wrong_picture: &'static str,
    pub(crate) second_passkey_title: &'static str,
    pub(crate) second_passkey_intro: &'static str,
    pub(crate) use_passkey: &'static str,
    pub(crate) use_code: &'static str,
    pub(crate) stay_title: &'static str,
    pub(crate) stay_intro: &'static str,

    // Recovery.
    pub(crate) recover_title: &'static str,
    pub(crate) recover_intro: &'static str,
    pub(crate) recovery_code: &'static str,
    pub(crate) recover_no_code: &'static str,
    pub(crate) wrong_recovery: &'static str,

    // The account.
    pub(crate) account_title: &'static str,
    pub(crate) signed_in_as: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) back_to_account: &'static str,
    pub(crate) passkeys: &'static str,
    pub(crate) passkeys_intro: &'static str,
    pub(crate) no_passkeys: &'static str,
    pub(crate) add_passkey: &'static str,
    pub(crate) added_on: &'static str,
    pub(crate) last_used: &'static str,
    pub(crate) never_used: &'static str,
    pub(crate) synced: &'static str,
    pub(crate) one_device: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) new_name: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) suspended: &'static str,
    pub(crate) suspended_what_to_do: &'static str,
    pub(crate) passkey_added: &'static str,
    pub(crate) passkey_renamed: &'static str,
    pub(crate) passkey_removed: &'static str,
    pub(crate) remove_passkey_title: &'static str,
    pub(crate) remove_passkey: &'static str,
    pub(crate) remove_passkey_effect: &'static str,
    pub(crate) remove_passkey_elsewhere: &'static str,

    // The security of the account.
    pub(crate) security: &'static str,
    pub(crate) change_password: &'static str,
    pub(crate) set_password: &'static str,
    pub(crate) no_password: &'static str,
    pub(crate) current_password: &'static str,
    pub(crate) new_password: &'static str,
    pub(crate) show_password: &'static str,
    pub(crate) password_length: fn(u32) -> String,
    pub(crate) password_signs_out: &'static str,
    pub(crate) password_too_short: &'static str,
    pub(crate) wrong_current_password: &'static str,
    pub(crate) password_changed: &'static str,
    pub(crate) remove_password: &'static str,
    pub(crate) remove_password_effect: &'static str,
    pub(crate) remove_password_lost: &'static str,
    pub(crate) remove_password_back: &'static str,
    pub(crate) keep_password: &'static str,
    pub(crate) password_removed: &'static str,
    pub(crate) two_steps: &'static str,
    pub(crate) totp_on: &'static str,
    pub(crate) totp_off: &'static str,
    pub(crate) recovery_codes: &'static str,
    pub(crate) recovery_codes_intro: &'static str,
    pub(crate) codes_left: fn(u32) -> String,
    pub(crate) new_codes: &'static str,
    pub(crate) new_codes_replace: &'static str,
    pub(crate) new_codes_title: &'static str,
    pub(crate) new_codes_once: &'static str,
    pub(crate) codes_copied: &'static str,
    pub(crate) codes_not_copied: &'static str,
    pub(crate) codes_kept: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) sessions_open: fn(usize) -> String,
    pub(crate) sign_out_everywhere: &'static str,
    pub(crate) signed_out_everywhere: &'static str,
    pub(crate) activity: &'static str,
    pub(crate) no_activity: &'static str,
    pub(crate) look_twice: &'static str,
    pub(crate) activity_not_you: &'static str,

    // Confirming who one is.
    pub(crate) confirm_title: &'static str,
    pub(crate) confirm_intro: &'static str,
    pub(crate) confirm: &'static str,
    pub(crate) confirm_passkey_intro: &'static str,
    pub(crate) confirm_passkey: &'static str,

    // Making and using a passkey.
    pub(crate) new_passkey_title: &'static str,
    pub(crate) new_passkey_intro: &'static str,
    pub(crate) key_name: &'static str,
    pub(crate) key_name_default: &'static str,
    pub(crate) create_passkey: &'static str,
    pub(crate) passwordless_box: &'static str,
    pub(crate) name_passkey_title: &'static str,
    pub(crate) name_passkey_intro: &'static str,
    pub(crate) ceremony_waiting_for_site: &'static str,
    pub(crate) ceremony_waiting_for_device: &'static str,
    pub(crate) ceremony_sending: &'static str,
    pub(crate) ceremony_done: &'static str,
    pub(crate) ceremony_cancelled: &'static str,
    pub(crate) ceremony_excluded: &'static str,
    pub(crate) ceremony_unsupported: &'static str,
    pub(crate) ceremony_no_lock: &'static str,
    pub(crate) ceremony_wrong_address: &'static str,
    pub(crate) ceremony_no_answer: &'static str,
    pub(crate) ceremony_strange_answer: &'static str,
    pub(crate) way_back_sign_in: &'static str,
    pub(crate) way_back_code: &'static str,
    pub(crate) way_back_create: &'static str,
    pub(crate) way_back_recover: &'static str,
    pub(crate) way_back_confirm: &'static str,
    pub(crate) passkey_refused: &'static str,
    pub(crate) assertion_refused: &'static str,
    pub(crate) second_factor_only: &'static str,
    pub(crate) challenge_gone: &'static str,

    // The inbox.
    pub(crate) inbox_title: &'static str,
    pub(crate) inbox_intro: &'static str,
    pub(crate) inbox_empty: &'static str,
    pub(crate) mail_to: &'static str,
    pub(crate) mail_open: &'static str,
    pub(crate) confirmation_expired: &'static str,
    pub(crate) email_confirmed: &'static str,

    // Pages that say what went wrong.
    pub(crate) notice_title: &'static str,
    pub(crate) to_front_page: &'static str,
    pub(crate) form_expired_title: &'static str,
    pub(crate) form_expired: &'static str,
    pub(crate) not_found_title: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) refusal_title: &'static str,

    /// Why something is not possible, and what is safe.
    pub(crate) cookies: Cookies,
    pub(crate) reasons: Reasons,
    /// What happened to an account.
    pub(crate) events: Events,
    /// What e-mails say.
    pub(crate) mails: Mails,
}

/// The cookie banner.
#[derive(Debug)]
pub(crate) struct Cookies {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) accept_all: &'static str,
    pub(crate) only_necessary: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) statistics: &'static str,
    pub(crate) save: &'static str,
}

/// Why something is not possible, what is safe, and what to do.
#[derive(Debug)]
pub(crate) struct Reasons {
    pub(crate) not_offered: &'static str,
    pub(crate) too_many_passkeys: &'static str,
    pub(crate) email_unconfirmed: &'static str,
    pub(crate) last_way_in: &'static str,
    pub(crate) password_only_way: &'static str,
    pub(crate) unproven: &'static str,
    pub(crate) needs_recovery: &'static str,
    pub(crate) second_factor_needs_password: &'static str,
    pub(crate) suspended_copied: &'static str,
    pub(crate) suspended_changed: &'static str,
    pub(crate) policy: &'static str,
    pub(crate) on_hold: &'static str,
    pub(crate) still_safe: &'static str,
    pub(crate) try_later: &'static str,
}

/// What happened to an account, one line each.
#[derive(Debug)]
pub(crate) struct Events {
    pub(crate) signed_in_password: &'static str,
    pub(crate) signed_in_totp: &'static str,
    pub(crate) signed_in_email_code: &'static str,
    pub(crate) signed_in_second_passkey: &'static str,
    pub(crate) signed_in_passkey: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) signed_out_everywhere: &'static str,
    pub(crate) password_refused: &'static str,
    pub(crate) code_refused: &'static str,
    pub(crate) code_reused: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) confirmed: &'static str,
    pub(crate) confirmation_refused: &'static str,
    pub(crate) passkey_added: &'static str,
    pub(crate) passkey_renamed: &'static str,
    pub(crate) passkey_removed: &'static str,
    pub(crate) passkey_suspended: &'static str,
    pub(crate) registration_refused: &'static str,
    pub(crate) passkey_sign_in_refused: &'static str,
    pub(crate) password_changed: &'static str,
    pub(crate) password_removed: &'static str,
    pub(crate) recovery_codes_made: &'static str,
    pub(crate) recovered: &'static str,
    pub(crate) recovery_refused: &'static str,
    pub(crate) email_confirmed: &'static str,
    pub(crate) backed_up: &'static str,
    pub(crate) not_backed_up: &'static str,
    pub(crate) request_refused: &'static str,
}

/// Subjects and texts of e-mails.
#[derive(Debug)]
pub(crate) struct Mails {
    pub(crate) code_subject: &'static str,
    pub(crate) code_text: &'static str,
    pub(crate) confirm_subject: &'static str,
    pub(crate) confirm_text: &'static str,
    pub(crate) passkey_added_subject: &'static str,
    pub(crate) passkey_removed_subject: &'static str,
    pub(crate) password_changed_subject: &'static str,
    pub(crate) password_removed_subject: &'static str,
    pub(crate) recovered_subject: &'static str,
    pub(crate) passkey_suspended_subject: &'static str,
    pub(crate) recovery_codes_made_subject: &'static str,
    pub(crate) locked_subject: &'static str,
    pub(crate) locked_text: &'static str,
    pub(crate) change_text: &'static str,
}

/// The language of an `Accept-Language` header that the site has and the visitor likes best
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4>); English where there is none. Languages other than English
/// and Spanish are never guessed: they are chosen.
pub(crate) fn accepted(accept_language: &str) -> Language {
    let mut best: (f32, Language) = (0.0, Language::English);
    for range in accept_language.split(',') {
        let (tag, quality) = match range.split_once(';') {
            Some((tag, q)) => (tag, q.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0)),
            None => (range, 1.0),
        };
        let primary = tag.trim().split('-').next().unwrap_or_default();
        let offered =
            [Language::English, Language::Spanish].into_iter().find(|l| Language::from_tag(primary) == Some(*l));
        if let Some(language) = offered
            && quality > best.0
        {
            best = (quality, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_liked_best() {
        let check = |header, expect| assert_eq!(accepted(header).texts().language, expect, "{header}");
        check("", "en");
        check("es", "es");
        check("es-MX,es;q=0.9,en;q=0.8", "es");
        check("en-GB,en;q=0.9,es;q=0.8", "en");
        check("de, es;q=0.5, en;q=0.3", "es");
        check("fr", "en");
        check("es;q=oops", "en");
    }
}
