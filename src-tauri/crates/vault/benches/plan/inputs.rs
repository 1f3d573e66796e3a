//! Invented entries with passwords as people have them. Every run makes the same ones.

use rekey_vault::Entry;

use crate::random::Random;

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+-_;,";
const WORDS: [&str; 12] = [
    "dragon", "sunshine", "football", "summer", "Winter", "monkey", "correct", "staple", "qwerty", "iloveyou",
    "Berlin", "shadow",
];

/// How alike the passwords are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Generated ones, words with numbers, some of the person's name; every third is one of a few that stand everywhere.
    Mixed,
    /// The same, but no two alike.
    Distinct,
    /// All made of the account's own names.
    OwnNames,
}

/// The entries of a vault.
pub(crate) fn entries(count: usize, habit: Habit) -> Vec<Entry> {
    let mut random = Random::default();
    (0..count)
        .map(|number| {
            let site = format!("{}{}", random.word(4..9), number % 9973);
            let (first, last) = (random.word(4..8), random.word(5..9));
            let password = match (habit, number % 6) {
                (Habit::OwnNames, _) => format!("{last}{number}"),
                (Habit::Mixed, 0 | 3) => format!("{}{}", word(&mut random), random.below(8)),
                (_, 0 | 1) => random.text(20, SIGNS),
                (_, 2) => random.text(14, LETTERS),
                (_, 3) => format!("{}{}!{number}", word(&mut random), random.below(2030)),
                (_, 4) => format!("{first}{number}"),
                _ => format!("{}-{}-{}-{number}", word(&mut random), random.word(4..9), word(&mut random)),
            };
            let mut entry = Entry::default();
            entry.title = site.as_str().into();
            entry.urls = vec![format!("https://www.{site}.com/{}", random.word(4..9)).into()].into();
            entry.user_name = format!("{first}.{last}@mail{}.example.org", number % 40).into();
            entry.password = Some(password.into());
            entry
        })
        .collect()
}

fn word(random: &mut Random) -> &'static str {
    WORDS.get(random.below(WORDS.len())).copied().unwrap_or_default()
}
