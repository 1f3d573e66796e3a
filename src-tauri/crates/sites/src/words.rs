//! How the values of a record are written, in files and in JSON.

use crate::record::{Asked, Attachment, Confidence, Kind, PasswordAfter, Role};

/// A value that is written as one word.
pub trait Word: Copy + PartialEq + 'static {
    /// Every value with its word.
    const ALL: &'static [(&'static str, Self)];

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }

    /// The value that a word stands for.
    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($type:ty: $($word:literal => $value:ident),+ $(,)?) => {
        impl Word for $type {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, <$type>::$value)),+];
        }
    };
}

words!(Confidence: "low" => Low, "medium" => Medium, "high" => High);
words!(Role: "sign_in" => SignIn, "second_factor" => SecondFactor, "both" => Both, "none_seen" => NoneSeen);
words!(Asked: "password" => Password, "email" => Email, "sms" => Sms, "totp" => Totp, "captcha" => Captcha,
    "identity" => Identity, "other" => Other);
words!(Attachment: "any" => Any, "platform" => Platform, "cross_platform" => CrossPlatform);
words!(PasswordAfter: "removable" => Removable, "stays" => Stays, "skippable" => Skippable, "has_none" => HasNone);
words!(Kind: "mail" => Mail, "identity" => Identity, "money" => Money, "shopping" => Shopping, "social" => Social,
    "work" => Work, "official" => Official, "other" => Other);

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    fn check<T: Word + Debug>() {
        for (word, value) in T::ALL {
            assert_eq!(T::of_word(word), Some(*value));
            assert_eq!(value.word(), *word);
        }
    }

    #[test]
    fn each_value_has_one_word() {
        check::<Confidence>();
        check::<Role>();
        check::<Asked>();
        check::<Attachment>();
        check::<PasswordAfter>();
        check::<Kind>();
        assert_eq!(Role::of_word("Both"), None);
    }
}
