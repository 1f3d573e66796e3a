//! Invented entries with passwords as people have them. Every run makes the same ones.

use rekey_sites::Directory;
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

/// The entries of a vault: every other one is of a site that the directory knows, most with addresses of few mailboxes.
pub(crate) fn entries(count: usize, habit: Habit) -> Vec<Entry> {
    let mut random = Random::default();
    let known = Directory::built_in().records();
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
            let listed = known.get(number / 2 % known.len().max(1)).filter(|_| number % 2 == 0);
            let domain = listed.map_or_else(|| format!("{site}.com"), |record| record.domain.to_string());
            entry.urls = vec![format!("https://www.{domain}/{}", random.word(4..9)).into()].into();
            entry.user_name = match number % 3 {
                0 => format!("{first}.{last}@mail{}.example.org", number % 40),
                _ if number % 4 < 2 => format!("person{}@gmail.com", number % 7),
                _ => format!("person{}@hotmail.co.uk", number % 7),
            }
            .into();
            entry.password = Some(password.into());
            entry
        })
        .collect()
}

fn word(random: &mut Random) -> &'static str {
    WORDS.get(random.below(WORDS.len())).copied().unwrap_or_default()
}
