use std::fmt;

use serde::Serialize;

/// Something in a vault that was not taken over as it stands. Carries no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: the group and title of the entry, or the place in the file.
    #[serde(rename = "where")]
    pub location: String,
    /// The vault it stands in, where several were read: its place among them.
    #[serde(skip)]
    pub source: usize,
    /// What kind of problem.
    pub code: ProblemCode,
    /// What happened and what was done about it, in English, for logs and scripts.
    pub message: String,
}

/// The problems of one file, in order. Of a file that is broken throughout not every one is kept, but all are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    count: usize,
    losses: usize,
}

impl Problems {
    /// How many are kept.
    pub const MOST: usize = 10_000;

    /// Takes one more.
    pub fn push(&mut self, problem: Problem) {
        self.count += 1;
        self.losses += usize::from(problem.code.is_loss());
        if self.kept.len() < Self::MOST {
            self.kept.push(problem);
        }
    }

    /// Problems that were counted elsewhere.
    pub(crate) fn of(mut kept: Vec<Problem>, count: usize) -> Self {
        kept.truncate(Self::MOST);
        let count = count.max(kept.len());
        // Of what was not kept nobody knows whether it is harmless.
        let losses = kept.iter().filter(|problem| problem.code.is_loss()).count() + (count - kept.len());
        Self { kept, count, losses }
    }

    /// How many there were, kept or not.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether anything of the file is not in what was read; see [`ProblemCode::is_loss`].
    pub fn has_losses(&self) -> bool {
        self.losses > 0
    }

    /// Those that were kept.
    pub fn into_vec(self) -> Vec<Problem> {
        self.kept
    }
}

impl std::ops::Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.kept
    }
}

impl Problem {
    pub(crate) fn new(location: impl Into<String>, code: ProblemCode) -> Self {
        Self { location: location.into(), source: 0, code, message: code.message().to_owned() }
    }

    /// The same problem of another vault.
    #[must_use]
    pub fn in_source(self, source: usize) -> Self {
        Self { source, ..self }
    }
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemCode {
    /// No web address that an account could belong to; the entry became no account.
    NoUrl,
    /// No user name; the account has an empty one.
    NoUserName,
    /// No password; the account has none.
    NoPassword,
    /// Two entries of one account have different passwords; the one modified last is used.
    PasswordsDiffer,
    /// Two entries of one account have different TOTP secrets; the one modified last that has one is used.
    TotpsDiffer,
    /// A reference to another entry leads nowhere; the field was left out.
    ReferenceUnresolved,
    /// The field holds a placeholder that the password manager would replace; the field was left out.
    PlaceholderUnresolved,
    /// A field is not text; it was left out.
    NotText,
    /// An entry has a field twice with different values; the last one is used, of TOTP settings the first.
    DuplicateField,
    /// The one-time password settings could not be read; the entry has none.
    TotpUnreadable,
    /// One-time passwords of a kind that is not supported (counter based, for one); the entry has none.
    TotpUnsupported,
    /// An entry has more than one one-time password; the first one is used.
    FurtherTotp,
    /// The file's header carries no checksum, as very old programs wrote it.
    HeaderUnverified,
    /// A row of the file could not be read; it was left out.
    ItemUnreadable,
    /// An entry has more addresses or names than anybody needs; the last ones were left out.
    TooManyValues,
}

impl ProblemCode {
    /// Whether something of the file is not in what was read, so that the file is still needed.
    pub fn is_loss(self) -> bool {
        match self {
            Self::NoUrl | Self::NoUserName | Self::NoPassword | Self::HeaderUnverified => false,
            // Both values are kept for the person to choose from.
            Self::PasswordsDiffer => false,
            _ => true,
        }
    }

    /// The stable name, as serialised.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoUrl => "no_url",
            Self::NoUserName => "no_user_name",
            Self::NoPassword => "no_password",
            Self::PasswordsDiffer => "passwords_differ",
            Self::TotpsDiffer => "totps_differ",
            Self::ReferenceUnresolved => "reference_unresolved",
            Self::PlaceholderUnresolved => "placeholder_unresolved",
            Self::NotText => "not_text",
            Self::DuplicateField => "duplicate_field",
            Self::TotpUnreadable => "totp_unreadable",
            Self::TotpUnsupported => "totp_unsupported",
            Self::FurtherTotp => "further_totp",
            Self::HeaderUnverified => "header_unverified",
            Self::ItemUnreadable => "item_unreadable",
            Self::TooManyValues => "too_many_values",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::NoUrl => "has no web address; left out of the accounts",
            Self::NoUserName => "has no user name",
            Self::NoPassword => "has no password",
            Self::PasswordsDiffer => {
                "another entry for the same site and user name has a different password; the one modified last is used"
            }
            Self::TotpsDiffer => {
                "another entry for the same site and user name has a different TOTP secret; the one modified last is used"
            }
            Self::ReferenceUnresolved => "refers to an entry that is not there; the field was left out",
            Self::PlaceholderUnresolved => {
                "holds a placeholder that only the password manager fills; the field was left out"
            }
            Self::NotText => "a field is not text; it was left out",
            Self::DuplicateField => "a field is there twice with different values; one of them is used",
            Self::TotpUnreadable => "the one-time password settings cannot be read",
            Self::TotpUnsupported => "one-time passwords of this kind (counter-based, for one) are not supported",
            Self::FurtherTotp => "has more than one one-time password; the first one is used",
            Self::HeaderUnverified => "the file's header has no checksum; save it once with a current program",
            Self::ItemUnreadable => "cannot be read; left out",
            Self::TooManyValues => "has too many addresses or names; the last ones were left out",
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_serialised_with_its_stable_name() {
        let problem = Problem::new("Web/Mail", ProblemCode::NoUrl);
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["where"], "Web/Mail");
        assert_eq!(json["code"], ProblemCode::NoUrl.name());
    }
}
