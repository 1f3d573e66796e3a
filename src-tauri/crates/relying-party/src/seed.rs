//! The accounts a practice site begins with.

use rand::Rng;
use rand::seq::IndexedRandom;
use secrecy::SecretString;
use url::Url;

use crate::{Difficulty, Profile};

/// What the sign-in page of an account looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormStyle {
    /// User name and password in one form.
    OnePage,
    /// User name first, password on the next page.
    TwoStep,
    /// A form that a script builds after the page has loaded, and sends itself.
    LateScript,
}

impl FormStyle {
    /// The path of the sign-in page.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::OnePage => "/login",
            Self::TwoStep => "/signin",
            Self::LateScript => "/welcome",
        }
    }
}

/// One account to begin with.
#[derive(Debug, Clone)]
pub struct Seed {
    /// The user name, unique without regard to case.
    pub user_name: String,
    /// The password.
    pub password: SecretString,
    /// The TOTP secret in base32 (SHA-1, 6 digits, 30 seconds), where the account has a second factor.
    pub totp: Option<SecretString>,
    /// Which sign-in page the account uses. Every page signs every account in; this one is the account's usual way.
    pub form: FormStyle,
    /// What is hard about this account.
    pub difficulties: Vec<Difficulty>,
    /// The profile it stands for, whose address it signs in at.
    pub profile: Option<&'static Profile>,
}

impl Seed {
    /// `count` accounts with random passwords and TOTP secrets. The first three are one of each [`FormStyle`]; those
    /// with a script-driven form have no TOTP, the others do, and further accounts repeat the pattern.
    pub fn practice(count: usize) -> Vec<Self> {
        const NAMES: [&str; 12] =
            ["alma", "bruno", "carla", "david", "elena", "felix", "greta", "hugo", "irene", "jonas", "karin", "lucas"];
        const STYLES: [FormStyle; 3] = [FormStyle::OnePage, FormStyle::TwoStep, FormStyle::LateScript];
        NAMES
            .iter()
            .cycle()
            .zip(STYLES.iter().cycle())
            .take(count)
            .enumerate()
            .map(|(n, (name, form))| Self {
                user_name: match n / NAMES.len() {
                    0 => (*name).to_owned(),
                    round => format!("{name}{}", round + 1),
                },
                password: random_password(),
                totp: (*form != FormStyle::LateScript).then(random_totp),
                form: *form,
                difficulties: Vec::new(),
                profile: None,
            })
            .collect()
    }

    /// The account of a profile, named like it, with a random password and TOTP secret.
    pub fn of_profile(profile: &'static Profile) -> Self {
        Self {
            user_name: profile.id.to_owned(),
            password: random_password(),
            totp: profile.totp.then(random_totp),
            form: profile.form,
            difficulties: profile.difficulties.to_vec(),
            profile: Some(profile),
        }
    }

    /// The accounts of these profiles.
    pub fn of_profiles(profiles: &'static [Profile]) -> Vec<Self> {
        profiles.iter().map(Self::of_profile).collect()
    }

    /// The sign-in page of this account on the site at `base`.
    pub fn sign_in_url(&self, base: &Url) -> Url {
        at(base, &self.sign_in_path())
    }

    /// The path of that page.
    pub(crate) fn sign_in_path(&self) -> String {
        self.profile.map_or_else(|| self.form.path().to_owned(), |profile| format!("/p/{}", profile.id))
    }

    /// The page where a signed-in person adds a passkey on the site at `base`.
    pub fn passkeys_url(base: &Url) -> Url {
        at(base, "/account/passkeys/new")
    }
}

fn at(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(path);
    url.set_query(None);
    url.set_fragment(None);
    url
}

fn random_password() -> SecretString {
    random_text(20, b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
}

fn random_totp() -> SecretString {
    random_text(32, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
}

fn random_text(length: usize, alphabet: &[u8]) -> SecretString {
    let mut random = rand::rng();
    let text: String = (0..length)
        .map(|_| {
            alphabet
                .choose(&mut random)
                .map_or_else(|| char::from(random.random_range(b'a'..=b'z')), |c| char::from(*c))
        })
        .collect();
    SecretString::from(text)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn practice_accounts_have_the_three_styles_and_names_of_their_own() {
        let seeds = Seed::practice(30);
        let styles: Vec<_> = seeds.iter().take(3).map(|s| (s.form, s.totp.is_some())).collect();
        assert_eq!(styles, [(FormStyle::OnePage, true), (FormStyle::TwoStep, true), (FormStyle::LateScript, false)]);
        let names: std::collections::HashSet<_> = seeds.iter().map(|s| &s.user_name).collect();
        assert_eq!(names.len(), 30);
        assert_ne!(seeds[0].password.expose_secret(), seeds[1].password.expose_secret());
        assert!(!format!("{:?}", seeds[0]).contains(seeds[0].password.expose_secret()));
    }

    #[test]
    fn sign_in_urls_differ_by_style() {
        let base = Url::parse("http://localhost:4321/").unwrap();
        let urls: Vec<_> = Seed::practice(3).iter().map(|s| s.sign_in_url(&base).to_string()).collect();
        assert_eq!(
            urls,
            ["http://localhost:4321/login", "http://localhost:4321/signin", "http://localhost:4321/welcome"]
        );
    }
}
