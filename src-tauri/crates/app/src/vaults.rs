//! One or several vaults in memory, and what they add up to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rekey_ledger::Held;
use rekey_origin::{Origin, Site};
use rekey_vault::{Account, Entry, Format, LeftOut, Problem, Token};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::{ContentMark, ReadFile};

/// One or several vaults, read once into memory, with their secrets. Their files are neither open nor ever written.
#[derive(Debug, Default)]
pub struct Vaults {
    /// The files, in the order in which they were added. [`Account::sources`] and the numbers below count them.
    pub sources: Vec<SourceFile>,
    /// What the files add up to.
    pub accounts: Vec<Account>,
    /// Entries that no site is known for, with their file.
    pub unplaced: Vec<(usize, Entry)>,
    /// One-time password generators that belong to no account beyond doubt, with their file; see [`Self::pair`].
    pub tokens: Vec<(usize, Token)>,
    /// For each of [`Self::tokens`] the accounts it may belong to, the likelier one first; none where no account fits.
    pub candidates: Vec<Vec<usize>>,
    /// What could not be taken over as it stands, with its file in [`Problem::source`].
    pub problems: Vec<Problem>,
    /// The person's answers to *which site?*.
    pub placements: Placements,
    held: Vec<HeldBy>,
    read: Vec<Contents>,
    preferred: Vec<Preferred>,
    paired: Vec<Pair>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The file.
    pub path: PathBuf,
    /// Its format.
    pub format: Format,
    /// How many entries it has.
    pub entries: usize,
    /// How many entries were left out on purpose.
    pub left_out: LeftOut,
    /// How many one-time password generators without an entry it has.
    pub tokens: usize,
    /// Whether anybody who gets hold of the file can read the passwords in it.
    pub is_plain_text: bool,
    /// Whether all of it was read: nothing was left out because it is broken or of a kind that is not supported.
    pub is_complete: bool,
    /// What its content was when it was read.
    pub mark: ContentMark,
}

impl SourceFile {
    /// Whether the file may be deleted once it was read: anybody can read it, and all that is in it was taken over.
    pub fn can_go(&self) -> bool {
        self.is_plain_text && self.is_complete
    }

    /// What the ledger calls this vault. The same for the next export of it: formats and file names stay, but for the
    /// dates and numbers that programs put into them.
    pub fn label(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let letters: Vec<&str> = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        format!("{}:{}", self.format, letters.join("-"))
    }
}

/// What one vault holds, by its label, as the ledger knows it.
#[derive(Debug)]
pub(crate) struct HeldBy {
    pub(crate) label: String,
    pub(crate) accounts: Vec<(Name, Held)>,
}

/// Which account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    pub(crate) site: Site,
    pub(crate) user: String,
}

impl Name {
    fn of(account: &Account) -> Self {
        Self { site: account.site.clone(), user: account.user_name.clone() }
    }
}

/// What a file holds, kept so that what the files add up to can be made anew.
#[derive(Debug)]
struct Contents {
    entries: Vec<Entry>,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
}

#[derive(Debug)]
struct Preferred {
    site: Site,
    user_name: String,
    password: SecretString,
}

#[derive(Debug)]
struct Pair {
    source: usize,
    token: usize,
    site: Site,
    user_name: String,
}

/// A person's answer to *which site does this entry belong to?*. Kept by the ledger, and asked once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The entry's title.
    pub title: String,
    /// The entry's user name.
    pub user_name: String,
    /// The site.
    pub site: Site,
}

/// All answers to *which site?*.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placements(Vec<Placement>);

impl Placements {
    /// Takes an answer; a newer one takes the place of an older one.
    pub fn add(&mut self, placement: Placement) {
        self.0.retain(|known| known.title != placement.title || known.user_name != placement.user_name);
        self.0.push(placement);
    }

    /// The answers.
    pub fn iter(&self) -> impl Iterator<Item = &Placement> {
        self.0.iter()
    }

    fn address_of(&self, entry: &Entry) -> Option<Url> {
        let user_name = entry.user_name.trim();
        let known = self.0.iter().find(|known| *known.title == *entry.title && known.user_name == user_name)?;
        address(&known.site)
    }
}

impl FromIterator<Placement> for Placements {
    fn from_iter<I: IntoIterator<Item = Placement>>(placements: I) -> Self {
        let mut all = Self::default();
        placements.into_iter().for_each(|placement| all.add(placement));
        all
    }
}

/// Where to begin at a site of which only the name is known. What is on this computer has no certificate.
fn address(site: &Site) -> Option<Url> {
    let secure = Url::parse(&format!("https://{site}/")).ok()?;
    let loopback = Origin::of(&secure).is_ok_and(|origin| origin.host().is_loopback());
    if loopback { Url::parse(&format!("http://{site}/")).ok() } else { Some(secure) }
}

impl Vaults {
    /// One vault by itself.
    pub fn of(read: ReadFile) -> Self {
        let mut vaults = Self::default();
        vaults.add(read, &Placements::default());
        vaults
    }

    /// Takes in one more file. A file of the same path takes the place of what was read of it before. `place` are the
    /// answers that the ledger remembers; see [`crate::Session::placements`].
    pub fn add(&mut self, read: ReadFile, place: &Placements) {
        if let Some(known) = self.sources.iter().position(|source| source.path == read.path) {
            self.forget(known);
        }
        let ReadFile { path, import, is_plain_text, mark } = read;
        let is_complete = !import.problems.has_losses();
        let problems = import.problems.into_vec();
        self.sources.push(SourceFile {
            path,
            format: import.format,
            entries: import.entries.len(),
            left_out: import.left_out,
            tokens: import.tokens.len(),
            is_plain_text,
            is_complete,
            mark,
        });
        self.read.push(Contents { entries: import.entries, tokens: import.tokens, problems });
        for placement in place.iter() {
            self.placements.add(placement.clone());
        }
        self.add_up();
    }

    /// Takes a file out again, with everything that only it holds.
    pub fn remove(&mut self, source: usize) {
        self.forget(source);
        self.add_up();
    }

    /// The person's answer to where [`Self::unplaced`] number so-and-so belongs, and all others of the same title and
    /// user name. [`crate::Session::import`] remembers it. An address that is no site's, and an unknown number, change
    /// nothing.
    pub fn place(&mut self, unplaced: usize, url: &Url) {
        let (Some((_, entry)), Ok(origin)) = (self.unplaced.get(unplaced), Origin::of(url)) else { return };
        self.placements.add(Placement {
            title: entry.title.to_string(),
            user_name: entry.user_name.trim().to_owned(),
            site: Site::of(&origin),
        });
        self.add_up();
    }

    /// The same for every entry of a title. `false` where none of that title is without a site, and none was before.
    pub fn place_titled(&mut self, title: &str, url: &Url) -> bool {
        let Ok(origin) = Origin::of(url) else { return false };
        let site = Site::of(&origin);
        let of_title = self.unplaced.iter().filter(|(_, entry)| *entry.title == *title);
        let users: BTreeSet<String> = of_title.map(|(_, entry)| entry.user_name.trim().to_owned()).collect();
        if users.is_empty() {
            return self.placements.iter().any(|known| known.title == title);
        }
        for user_name in users {
            self.placements.add(Placement { title: title.to_owned(), user_name, site: site.clone() });
        }
        self.add_up();
        true
    }

    /// Puts a password of an account in use: its number in [`Account::passwords`]. Unknown numbers change nothing.
    pub fn prefer(&mut self, account: usize, password: usize) {
        let Some(account) = self.accounts.get_mut(account) else { return };
        let Some(chosen) = account.passwords.get(password).map(|stored| stored.password.clone()) else { return };
        account.prefer(password);
        let (site, user_name) = (account.site.clone(), account.user_name.clone());
        self.preferred.retain(|known| known.site != site || known.user_name != user_name);
        self.preferred.push(Preferred { site, user_name, password: chosen });
    }

    /// Puts the passwords of one file in use, wherever it has one of an account whose passwords differ.
    pub fn prefer_source(&mut self, source: usize) {
        for number in 0..self.accounts.len() {
            let stored = self.accounts.get(number).map(|account| account.passwords.as_slice()).unwrap_or_default();
            if let Some(password) = stored.iter().position(|stored| stored.stands_in(source)) {
                self.prefer(number, password);
            }
        }
    }

    /// Gives [`Self::tokens`] number so-and-so to an account, as the person confirmed. Unknown numbers change nothing.
    pub fn pair(&mut self, token: usize, account: usize) {
        let (Some((source, token)), Some(account)) = (self.tokens.get(token), self.accounts.get(account)) else {
            return;
        };
        let place = |contents: &Contents| contents.tokens.iter().position(|known| known.totp == token.totp);
        let Some(place) = self.read.get(*source).and_then(place) else { return };
        let (site, user_name) = (account.site.clone(), account.user_name.clone());
        self.paired.push(Pair { source: *source, token: place, site, user_name });
        self.add_up();
    }

    /// The number of the file of this path.
    pub fn source_of(&self, path: &Path) -> Option<usize> {
        self.sources.iter().position(|source| source.path == path)
    }

    /// What each vault holds by itself. Vaults of one label count as one.
    pub(crate) fn held(&self) -> &[HeldBy] {
        &self.held
    }

    fn forget(&mut self, source: usize) {
        if source >= self.sources.len() {
            return;
        }
        self.sources.remove(source);
        self.read.remove(source);
        self.paired.retain(|pair| pair.source != source);
        for pair in &mut self.paired {
            pair.source -= usize::from(pair.source > source);
        }
    }

    /// Makes everything anew from what was read and what the person said.
    fn add_up(&mut self) {
        let entries = self.read.iter().map(|contents| contents.entries.clone()).collect();
        let grouped = rekey_vault::accounts(entries, &|entry| self.placements.address_of(entry));
        self.accounts = grouped.accounts;
        self.unplaced = grouped.unplaced;
        self.problems = Vec::new();
        for (source, contents) in self.read.iter().enumerate() {
            self.problems.extend(contents.problems.iter().map(|problem| problem.clone().in_source(source)));
        }
        self.problems.extend(grouped.problems.into_vec());
        self.held = self.held_by_each();
        self.place_tokens();
        self.keep_preferences();
    }

    /// Gives each account the generators that are its own beyond doubt, or by the person's word.
    fn place_tokens(&mut self) {
        (self.tokens, self.candidates) = (Vec::new(), Vec::new());
        for (source, file) in self.sources.iter().enumerate() {
            let tokens = self.read.get(source).map(|contents| contents.tokens.as_slice()).unwrap_or_default();
            let mut open = Vec::new();
            let mut sure: Vec<(Token, usize)> = Vec::new();
            for (number, token) in tokens.iter().enumerate() {
                let pair = self.paired.iter().find(|pair| pair.source == source && pair.token == number);
                let is =
                    |account: &Account, pair: &Pair| account.site == pair.site && account.user_name == pair.user_name;
                match pair.and_then(|pair| self.accounts.iter().position(|account| is(account, pair))) {
                    Some(account) => sure.push((token.clone(), account)),
                    None => open.push(token.clone()),
                }
            }
            let joined = rekey_vault::join(open, &self.accounts);
            sure.extend(joined.certain);
            for (token, account) in sure {
                let Some(account) = self.accounts.get_mut(account) else { continue };
                hold(&mut self.held, file, Name::of(account), of_token(file, &token));
                account.totp = Some(Box::new(token.totp));
            }
            for doubtful in joined.doubtful {
                self.tokens.push((source, doubtful.token));
                self.candidates.push(doubtful.candidates);
            }
            for token in joined.unmatched {
                self.tokens.push((source, token));
                self.candidates.push(Vec::new());
            }
        }
    }

    fn keep_preferences(&mut self) {
        for known in &self.preferred {
            let is = |account: &&mut Account| account.site == known.site && account.user_name == known.user_name;
            let Some(account) = self.accounts.iter_mut().find(is) else { continue };
            let same = |stored: &rekey_vault::StoredPassword| {
                stored.password.expose_secret() == known.password.expose_secret()
            };
            if let Some(number) = account.passwords.iter().position(same) {
                account.prefer(number);
            }
        }
    }

    /// Groups each file by itself: what the ledger knows of one vault does not hang on which others were read with it.
    fn held_by_each(&self) -> Vec<HeldBy> {
        let mut all: Vec<HeldBy> = Vec::new();
        for (file, contents) in self.sources.iter().zip(&self.read) {
            let alone;
            let accounts = if self.sources.len() == 1 {
                &self.accounts
            } else {
                let place = |entry: &Entry| self.placements.address_of(entry);
                alone = rekey_vault::accounts(vec![contents.entries.clone()], &place).accounts;
                &alone
            };
            if !all.iter().any(|known| known.label == file.label()) {
                all.push(HeldBy { label: file.label(), accounts: Vec::new() });
            }
            for account in accounts {
                let held = Held {
                    title: account.title.clone(),
                    has_password: account.password().is_some(),
                    has_totp: account.totp.is_some(),
                    has_passkey: !account.passkeys.is_empty(),
                    is_archived: account.is_archived,
                    expires_at: account.expires_at,
                    ..nothing(file)
                };
                hold(&mut all, file, Name::of(account), held);
            }
        }
        all
    }
}

fn nothing(file: &SourceFile) -> Held {
    Held {
        source: file.label(),
        format: file.format.name().to_owned(),
        title: String::new(),
        has_password: false,
        has_totp: false,
        has_passkey: false,
        is_archived: false,
        expires_at: None,
        is_gone: false,
    }
}

fn of_token(file: &SourceFile, token: &Token) -> Held {
    Held { title: token.issuer.to_string(), has_totp: true, ..nothing(file) }
}

fn hold(all: &mut [HeldBy], file: &SourceFile, name: Name, held: Held) {
    let label = file.label();
    if let Some(by) = all.iter_mut().find(|by| by.label == label) {
        by.accounts.push((name, held));
    }
}

#[cfg(test)]
mod tests {
    use rekey_vault::{Options, Unlock};

    use super::*;

    fn read(path: &str, text: &str) -> ReadFile {
        let import = rekey_vault::read(text.as_bytes(), &Unlock::none(), &Options::default()).unwrap();
        let mark = ContentMark::of(path.as_bytes());
        ReadFile { path: path.into(), import, is_plain_text: true, mark }
    }

    fn logins(rows: &str) -> String {
        format!("name,url,username,password,note\n{rows}")
    }

    fn passwords(vaults: &Vaults) -> Vec<(&str, Vec<&str>)> {
        let names = vaults.accounts.iter().map(|account| {
            (account.site.as_str(), account.passwords.iter().map(|p| p.password.expose_secret()).collect())
        });
        names.collect()
    }

    #[test]
    fn one_account_in_two_files_is_one_and_the_persons_choice_outlives_a_third() {
        let place = Placements::default();
        let mut vaults = Vaults::default();
        vaults.add(read("a.csv", &logins("A,https://a.example/,ann,one,\n")), &place);
        vaults.add(read("b.csv", &logins("A,https://a.example/,ann,two,\n")), &place);
        assert!(passwords(&vaults) == [("a.example", vec!["two", "one"])]);
        vaults.prefer_source(0);
        vaults.add(read("c.csv", &logins("A,https://a.example/,ann,three,\n")), &place);
        assert!(passwords(&vaults).first().is_some_and(|(_, all)| all.first() == Some(&"one") && all.len() == 3));
        vaults.remove(1);
        assert_eq!(vaults.accounts.first().map(|account| account.sources.clone()), Some(vec![0, 1]));
        assert!(passwords(&vaults).first().is_some_and(|(_, all)| *all == ["one", "three"]));
        // The same file again takes the place of what was read of it.
        vaults.add(read("a.csv", &logins("A,https://a.example/,ann,four,\n")), &place);
        assert_eq!(vaults.sources.len(), 2);
        assert!(passwords(&vaults).first().is_some_and(|(_, all)| !all.contains(&"one")));
    }

    #[test]
    fn an_answer_places_all_entries_of_a_title_and_user_name() {
        let rows = "Router,,ann,one,\nRouter,,ann,two,\nOther,,bob,three,\n";
        let mut vaults = Vaults::of(read("a.csv", &logins(rows)));
        assert_eq!((vaults.accounts.len(), vaults.unplaced.len()), (0, 3));
        vaults.place(0, &"http://192.168.1.1:8080/login".parse().unwrap());
        assert_eq!((vaults.accounts.len(), vaults.unplaced.len()), (1, 1));
        assert!(!vaults.place_titled("Nothing", &"https://x.example".parse().unwrap()));
        let answers = vaults.placements.clone();
        let mut again = Vaults::default();
        again.add(read("b.csv", &logins(rows)), &answers);
        assert_eq!((again.accounts.len(), again.unplaced.len()), (1, 1));
    }

    #[test]
    fn generators_find_their_account_or_wait_for_the_person() {
        let place = Placements::default();
        let token = "otpauth://totp/Shop:ann?secret=GEZDGNBVGY3TQOJQ&issuer=Shop\n\
                     otpauth://totp/Nowhere:zoe?secret=GEZDGNBVGY3TQOJA&issuer=Nowhere\n";
        let mut vaults = Vaults::default();
        vaults.add(read("codes.txt", token), &place);
        assert_eq!(vaults.tokens.len(), 2);
        vaults.add(
            read("a.csv", &logins("Shop,https://shop.example/,ann,one,\nB,https://b.example/,bob,two,\n")),
            &place,
        );
        let has = |vaults: &Vaults| vaults.accounts.iter().map(|account| account.totp.is_some()).collect::<Vec<_>>();
        assert_eq!((has(&vaults), vaults.tokens.len(), vaults.candidates.len()), (vec![true, false], 1, 1));
        vaults.pair(0, 1);
        assert_eq!((has(&vaults), vaults.tokens.len()), (vec![true, true], 0));
        // Without the file its generators are gone.
        vaults.remove(0);
        assert_eq!(has(&vaults), [false, false]);
    }

    #[test]
    fn the_next_export_of_a_vault_has_its_label() {
        let label = |name: &str| {
            let vaults = Vaults::of(read(name, &logins("A,https://a.example/,ann,one,\n")));
            vaults.sources.first().map(SourceFile::label).unwrap()
        };
        assert_eq!(label("x/bitwarden_export_20240101.csv"), label("y/Bitwarden_Export_20250203 (1).csv"));
        assert_ne!(label("work.csv"), label("home.csv"));
    }
}
