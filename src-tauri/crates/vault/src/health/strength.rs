//! How hard a password is to guess, as `zxcvbn` estimates it.
//!
//! It asks the computer for the year, by which it counts how near a year or date in a password is; years within twenty
//! of it are all alike to it, so that a result may change only after decades.

use std::collections::HashMap;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

use super::mail::{names, split};
use crate::Account;

/// How hard a password is to guess: the score of <https://github.com/dropbox/zxcvbn>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Fewer than 10³ guesses: among the first that anybody tries.
    VeryWeak,
    /// Fewer than 10⁶: falls to guessing at the sign-in page.
    Weak,
    /// Fewer than 10⁸: falls as soon as guessing is not slowed down.
    Fair,
    /// Fewer than 10¹⁰: holds where the site keeps its passwords well.
    Strong,
    /// More.
    VeryStrong,
}

impl Strength {
    /// The stable name, as serialised.
    pub fn name(self) -> &'static str {
        match self {
            Self::VeryWeak => "very_weak",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Strong => "strong",
            Self::VeryStrong => "very_strong",
        }
    }

    /// Whether it should be replaced: by its makers' word everything below `Strong`.
    pub fn is_weak(self) -> bool {
        self < Self::Strong
    }

    fn of(score: Score) -> Self {
        match score {
            Score::Zero => Self::VeryWeak,
            Score::One => Self::Weak,
            Score::Two => Self::Fair,
            Score::Three => Self::Strong,
            // The score may get new values, which would be higher ones.
            _ => Self::VeryStrong,
        }
    }
}

/// So many characters of a password are judged. The estimate takes time that grows with the square of the length, times
/// the ways to read digits and signs as letters: at this length some tenths of a second, beyond it without a bound that
/// helps anybody, because what is not weak by now does not become so by more.
const JUDGED: usize = 64;

/// So many words that stand for the account may make its password weak, each so long, in characters. Of shorter ones a
/// password is not made, and longer ones cannot be in what is judged.
const MOST_WORDS: usize = 24;
const WORD: std::ops::RangeInclusive<usize> = 3..=JUDGED;

/// Judges each password once, but for accounts whose names are in it.
#[derive(Default)]
pub(super) struct Judge {
    /// By the number of the password and the words of the account that are in it.
    known: HashMap<(u32, Vec<String>), Strength>,
}

impl Judge {
    /// The strength of a password of that number for that account.
    pub(super) fn strength(&mut self, number: u32, password: &SecretString, account: &Account) -> Strength {
        let judged: Zeroizing<String> = beginning(password.expose_secret());
        let read = Zeroizing::new(folded(&judged));
        let reversed = Zeroizing::new(read.chars().rev().collect::<String>());
        let mut words = words(account);
        // All others change nothing, so that most passwords need no second look.
        words.retain(|word| {
            let word = folded(word);
            read.contains(&word) || reversed.contains(&word)
        });
        *self.known.entry((number, words)).or_insert_with_key(|(_, words)| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Strength::of(zxcvbn(&judged, &words).score())
        })
    }
}

/// The part of a password that is judged.
fn beginning(password: &str) -> Zeroizing<String> {
    let end = password.char_indices().nth(JUDGED).map_or(password.len(), |(at, _)| at);
    Zeroizing::new(password.get(..end).unwrap_or(password).to_owned())
}

/// What somebody who knows the account would try: its names, the words in them, and its site; in lower case, each once.
fn words(account: &Account) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        let word = word.to_lowercase();
        if words.len() < MOST_WORDS && WORD.contains(&word.chars().count()) && !words.contains(&word) {
            words.push(word);
        }
    };
    let site = account.site.as_str();
    add(site);
    add(site.split('.').next().unwrap_or(site));
    // Names beyond so many are not looked at, whatever is in them.
    for name in names(account).take(MOST_WORDS) {
        // Of a longer one the beginning alone could be in a password.
        let name = beginning(name);
        add(&name);
        let local = split(&name).map_or(name.as_str(), |(local, _)| local);
        add(local);
        local.split(|c: char| !c.is_alphabetic()).for_each(&mut add);
    }
    words
}

/// A text as it is compared: in lower case, and all letters alike that one digit or sign may stand for. What `zxcvbn`
/// would find in a password is found in its folded form, too.
fn folded(text: &str) -> String {
    let fold = |letter| match letter {
        '4' | '@' => 'a',
        '8' => 'b',
        '(' | '{' | '[' | '<' => 'c',
        '3' => 'e',
        '6' | '9' => 'g',
        // `1` and `|` stand for `i` and `l`, `7` for `l` and `t`.
        '1' | '!' | '|' | 'l' | '7' | '+' | 't' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '%' => 'x',
        '2' => 'z',
        other => other,
    };
    text.to_lowercase().chars().map(fold).collect()
}
