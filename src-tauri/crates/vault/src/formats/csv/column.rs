use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Column {
    /// Nothing that is needed.
    Ignore,
    /// The title.
    Title,
    /// The folder or group.
    Group,
    /// A web address; several may stand in it, between commas, semicolons, line breaks or spaces.
    Url,
    /// The user name, or what stands in for it.
    UserName,
    /// A further name such as an e-mail address; the user name where there is no other.
    OtherName,
    /// The password.
    Password,
    /// A TOTP setting, in any shape.
    Totp,
    /// Notes.
    Note,
    /// A custom field, called as the column is.
    Extra,
    /// When the entry was modified: a date and time, or seconds or milliseconds since 1970.
    Modified,
    /// When the password was last changed, written likewise.
    PasswordChanged,
    /// When it expires, written likewise.
    Expires,
    /// Something is in it where the entry is archived (`1`, `true`, `yes`, a date).
    Archived,
    /// Something is in it where the entry is in the trash.
    Deleted,
}

impl Column {
    /// What a person can say a column is, in the order it is offered.
    pub const OFFERED: [Self; 10] = [
        Self::Title,
        Self::Url,
        Self::UserName,
        Self::OtherName,
        Self::Password,
        Self::Totp,
        Self::Note,
        Self::Group,
        Self::Extra,
        Self::Ignore,
    ];

    /// The stable name, as serialised.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Title => "title",
            Self::Group => "group",
            Self::Url => "url",
            Self::UserName => "user_name",
            Self::OtherName => "other_name",
            Self::Password => "password",
            Self::Totp => "totp",
            Self::Note => "note",
            Self::Extra => "extra",
            Self::Modified => "modified",
            Self::PasswordChanged => "password_changed",
            Self::Expires => "expires",
            Self::Archived => "archived",
            Self::Deleted => "deleted",
        }
    }
}
