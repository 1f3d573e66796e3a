//! An item and the credentials in it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::container::json::{self, List, Loose, Text, text};
use crate::{Entry, Import, Passkey, ProblemCode, Totp, TotpError};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, default)]
    modified_at: Loose<'a>,
    #[serde(borrow)]
    scope: Option<json::Raw<'a>>,
    /// In drafts, instead of the scope.
    #[serde(borrow, default)]
    urls: List<Text<'a>>,
    #[serde(borrow)]
    credentials: List<Credential<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Scope<'a> {
    #[serde(borrow, default)]
    urls: List<Text<'a>>,
    #[serde(borrow, default)]
    android_apps: List<App<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct App<'a> {
    #[serde(borrow)]
    bundle_id: Text<'a>,
}

/// What is looked at of a credential, whatever its type.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<'a> {
    #[serde(borrow)]
    r#type: Text<'a>,
    #[serde(borrow, alias = "userName")]
    username: Option<json::Raw<'a>>,
    #[serde(borrow)]
    password: Option<json::Raw<'a>>,
    /// In drafts and from Google, instead of the item's scope.
    #[serde(borrow, default)]
    urls: List<Text<'a>>,
    #[serde(borrow)]
    rp_id: Option<Text<'a>>,
    #[serde(borrow)]
    secret: Option<Text<'a>>,
    #[serde(borrow, default)]
    algorithm: Loose<'a>,
    #[serde(borrow, default)]
    period: Loose<'a>,
    #[serde(borrow, default)]
    digits: Loose<'a>,
    #[serde(borrow)]
    content: Option<json::Raw<'a>>,
    #[serde(borrow, default)]
    fields: List<json::Raw<'a>>,
}

/// A value with what it is called.
#[derive(Deserialize, Default)]
struct Field<'a> {
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow)]
    label: Option<Text<'a>>,
}

impl<'a> Field<'a> {
    /// An object as the format wants it, or the value alone as its drafts had it.
    fn of(raw: Option<json::Raw<'a>>) -> Self {
        let Some(raw) = raw else { return Self::default() };
        json::row(raw).or_else(|| Some(Self { value: json::row(raw)?, label: None })).unwrap_or_default()
    }
}

/// The kinds of credential that make an item a sign-in or tell something about it.
#[derive(PartialEq, Eq)]
enum Kind {
    BasicAuth,
    Passkey,
    Totp,
    Note,
    Fields,
    Other,
}

impl Credential<'_> {
    fn kind(&self) -> Kind {
        // Drafts wrote the names in other ways: `BasicAuth`, `basic_auth`.
        let name: String = self.r#type.chars().filter(char::is_ascii_alphanumeric).collect();
        match name.to_ascii_lowercase().as_str() {
            "basicauth" => Kind::BasicAuth,
            "passkey" => Kind::Passkey,
            "totp" => Kind::Totp,
            "note" => Kind::Note,
            "customfields" => Kind::Fields,
            _ => Kind::Other,
        }
    }

    fn totp(&self) -> Result<Totp, TotpError> {
        let [algorithm, digits, period] = [&self.algorithm, &self.digits, &self.period].map(Loose::text);
        Totp::parse_parts(text(self.secret.as_ref()), algorithm, digits, period)
    }
}

impl Item<'_> {
    /// Puts the item where it belongs.
    pub(super) fn read(&self, groups: &HashMap<Box<str>, Arc<str>>, import: &mut Import) {
        let mut entry = Entry {
            title: text(self.title.as_ref()).into(),
            group: self.id.as_ref().and_then(|id| groups.get(&**id)).cloned().unwrap_or_default(),
            modified_at: self.modified_at.number().and_then(time).into(),
            ..Entry::default()
        };
        let (mut further, mut problems, mut is_login) = (Vec::new(), Vec::new(), false);
        self.add_addresses(&mut entry);
        let common = entry.clone();
        for credential in self.credentials.iter() {
            match credential.kind() {
                Kind::BasicAuth if !entry.user_name.is_empty() || entry.password.is_some() => {
                    let mut other = common.clone();
                    sign_in(credential, &mut other);
                    further.push(other);
                }
                Kind::BasicAuth => {
                    sign_in(credential, &mut entry);
                    is_login = true;
                }
                Kind::Passkey => {
                    entry.add_passkey(Passkey {
                        rp_id: text(credential.rp_id.as_ref()).into(),
                        user_name: Field::of(credential.username).value.text().into(),
                    });
                    is_login = true;
                }
                Kind::Totp => {
                    problems.extend(take(credential.totp(), &mut entry));
                    is_login = true;
                }
                Kind::Note => add_extra("", &Field::of(credential.content), &mut entry),
                Kind::Fields => {
                    for raw in credential.fields.iter() {
                        let field = Field::of(Some(raw));
                        // 1Password keeps one-time passwords so.
                        if field.value.text().starts_with("otpauth://") {
                            problems.extend(take(Totp::parse(field.value.text()), &mut entry));
                            is_login = true;
                        } else {
                            add_extra(text(field.label.as_ref()), &field, &mut entry);
                        }
                    }
                }
                Kind::Other => {}
            }
        }
        if !is_login && self.credentials.bad() == 0 {
            import.left_out.not_logins += 1;
            return;
        }
        let lost = self.credentials.iter().map(|credential| credential.fields.bad()).sum::<usize>();
        problems.extend((0..lost.saturating_add(self.credentials.bad())).map(|_| ProblemCode::ItemUnreadable));
        for code in problems {
            import.report(entry.location(), code);
        }
        import.entries.push(entry);
        import.entries.append(&mut further);
    }

    fn add_addresses(&self, entry: &mut Entry) {
        let scope: Scope<'_> = self.scope.and_then(json::row).unwrap_or_default();
        let within = self.credentials.iter().flat_map(|credential| credential.urls.iter());
        for url in scope.urls.iter().chain(self.urls.iter()).chain(within) {
            entry.add_url(url);
        }
        for app in scope.android_apps.iter() {
            entry.add_app(&app.bundle_id);
        }
    }
}

fn sign_in(credential: &Credential<'_>, entry: &mut Entry) {
    entry.user_name = Field::of(credential.username).value.text().into();
    entry.set_password(Field::of(credential.password).value.text());
}

fn add_extra(label: &str, field: &Field<'_>, entry: &mut Entry) {
    entry.add_extra(label, field.value.text());
}

/// Takes a one-time password, the first one that can be read; says what became of another.
fn take(totp: Result<Totp, TotpError>, entry: &mut Entry) -> Option<ProblemCode> {
    match totp {
        Err(error) => return Some(error.problem()),
        Ok(_) if entry.totp.is_some() => return Some(ProblemCode::FurtherTotp),
        Ok(totp) => entry.totp = Some(Box::new(totp)),
    }
    None
}

/// Seconds from 1970 to 2001, where Apple's systems begin to count.
const APPLE: i64 = 978_307_200;

/// A time, whatever epoch it was counted from. Some exporters for Apple's systems take a time for one that counts from
/// 2001 and move it to 1970 though it was there; Google's writes the year 1601 where it has none.
fn time(seconds: i64) -> Option<i64> {
    match seconds {
        ..=0 => None,
        1..=0x7fff_ffff => Some(seconds),
        0x8000_0000..100_000_000_000 => Some(seconds - APPLE),
        _ => Some(seconds / 1000),
    }
}
