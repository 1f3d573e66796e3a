//! Several files on their way into the window, by what a person reads, types and presses.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rekey_app::READ_VAULT;
use rekey_app::text::{Texts, messages as m};

use super::album::Album;
use super::processes::{below, words_of};
use super::{Display, Session};
use crate::vault_file::{VaultEntry, write_kdbx};

/// Opens all files of [`ImportFiles`].
const PASSWORD: &str = "correct horse";

/// Made-up files of several kinds, in the order in which the walk expects them.
#[derive(Debug)]
pub struct ImportFiles {
    /// A locked export of Bitwarden's: ann and bob at example.com.
    pub bitwarden: PathBuf,
    /// A vault that would take centuries to open.
    pub slow: PathBuf,
    /// A table of no known program, open to anybody: ann at example.com with another password, and carol.
    pub table: PathBuf,
    /// A vault with one entry that has no address.
    pub vault: PathBuf,
}

impl ImportFiles {
    /// Writes them into a folder.
    pub fn write(folder: &Path) -> Result<Self> {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/vault/tests/fixtures");
        let at = |name: &str| folder.join(name);
        let files = Self {
            bitwarden: at("bitwarden_encrypted_export.json"),
            slow: at("slow.kdbx"),
            table: at("old passwords.csv"),
            vault: at("family.kdbx"),
        };
        fs::copy(fixtures.join("bitwarden/password-pbkdf2.json"), &files.bitwarden)?;
        fs::copy(fixtures.join("aes-rounds.kdbx"), &files.slow)?;
        let rows = "alpha;beta;gamma\nanother one;ann;https://example.com\na third;carol;https://example.org\n";
        fs::write(&files.table, rows)?;
        let (title, user_name, password) = ("Router".into(), "admin".into(), "a fourth".into());
        write_kdbx(&files.vault, PASSWORD, &[VaultEntry { title, user_name, password, ..VaultEntry::default() }])?;
        Ok(files)
    }

    /// The words of a command line that brings them in.
    pub fn arguments(&self) -> [String; 4] {
        [&self.bitwarden, &self.slow, &self.table, &self.vault].map(|file| file.display().to_string())
    }
}

/// What the window said on the way.
#[derive(Debug, Default)]
pub struct Imported {
    /// The pictures, in order.
    pub pictures: Vec<PathBuf>,
    /// At the field of a wrong password.
    pub refused: String,
    /// How the process was started that read the vault which takes centuries; it was gone after *Cancel*.
    pub reader: Vec<String>,
    /// What cells of the table look like, column by column.
    pub shapes: Vec<String>,
    /// Over the accounts, before and after the questions were answered.
    pub titles: [String; 2],
    /// Of each file that is open: its name and what it holds.
    pub sources: Vec<String>,
    /// The questions' titles as they were asked.
    pub questions: Vec<String>,
    /// What the accounts' boxes are called in the end.
    pub accounts: Vec<String>,
    /// After the export was deleted.
    pub deleted: String,
}

/// Brings in [`ImportFiles`], which the window was started with, and answers all that they leave open. With a folder, a
/// picture of each step is saved there.
pub fn import(session: &Session, display: &Display, texts: &Texts, pictures: Option<&Path>) -> Result<Imported> {
    let mut walk = Walk { session, texts, album: Album::new(display, pictures), imported: Imported::default() };
    walk.unlock_bitwarden()?;
    walk.give_up_the_slow_one()?;
    walk.chart_the_table()?;
    walk.unlock("family.kdbx", PASSWORD)?;
    walk.see_the_accounts()?;
    walk.say_which_password()?;
    walk.say_which_site()?;
    walk.delete_the_export()?;
    let Walk { album, imported, .. } = walk;
    Ok(Imported { pictures: album.pictures, ..imported })
}

struct Walk<'a> {
    session: &'a Session,
    texts: &'a Texts,
    album: Album<'a>,
    imported: Imported,
}

impl Walk<'_> {
    fn unlock(&self, file: &str, password: &str) -> Result<()> {
        self.session.control("main strong", file)?;
        let field = self.session.wait("the password's field", || self.session.find("input[type=password]:enabled"))?;
        field.type_in(password)?;
        self.session.press(&self.texts.get(m::WINDOW_UNLOCK))
    }

    fn unlock_bitwarden(&mut self) -> Result<()> {
        const FILE: &str = "bitwarden_encrypted_export.json";
        self.session.control("main p", &self.queue(1))?;
        self.album.take(self.session, "unlock")?;
        self.unlock(FILE, "something else")?;
        self.imported.refused = self.text("[role=alert]")?;
        self.album.take(self.session, "wrong-password")?;
        self.unlock(FILE, PASSWORD)
    }

    /// A vault that asks for too much is tried all the same, by a process of its own, which *Cancel* ends.
    fn give_up_the_slow_one(&mut self) -> Result<()> {
        self.unlock("slow.kdbx", PASSWORD)?;
        let anyway = self.texts.get(m::WINDOW_COSTLY_TRY);
        self.session.control("button", &anyway)?;
        self.album.take(self.session, "costly")?;
        self.session.press(&anyway)?;
        let (reader, words) = self.session.wait("the process that reads", || {
            let all = below(self.session.process_id())?.into_iter().map(|id| (id, words_of(id)));
            Ok(all.into_iter().find(|(_, words)| words.iter().any(|word| word == READ_VAULT)))
        })?;
        self.imported.reader = words;
        let cancel = self.texts.get(m::WINDOW_READING_CANCEL);
        self.session.control("button", &cancel)?;
        self.album.take(self.session, "reading")?;
        self.session.press(&cancel)?;
        self.session.wait("that process to end", || Ok(words_of(reader).is_empty().then_some(())))?;
        self.session.press(&self.texts.get(m::WINDOW_QUEUE_SKIP))
    }

    fn chart_the_table(&mut self) -> Result<()> {
        self.session.control("main p", &self.queue(3))?;
        self.imported.shapes = self.texts_of("main tbody .shapes")?;
        self.album.take(self.session, "columns")?;
        for (column, kind) in [("alpha", "password"), ("beta", "user_name"), ("gamma", "url")] {
            let select =
                self.session.called(&self.texts.with(m::WINDOW_COLUMNS_HOLDS_OF, &[("column", column.into())]))?;
            select.choose(kind)?;
        }
        let read = self.texts.with(m::WINDOW_COLUMNS_READ, &[("rows", 2.into())]);
        self.session.control("button", &read)?;
        self.album.take(self.session, "columns-told")?;
        self.session.press(&read)
    }

    fn see_the_accounts(&mut self) -> Result<()> {
        self.session.control("h2", &self.texts.with(m::WINDOW_SOURCES, &[("count", 3.into())]))?;
        self.imported.titles[0] = self.text("main h1")?;
        self.imported.sources = self.texts_of(".sources li .file, .sources li .file ~ p")?;
        self.album.take(self.session, "accounts")
    }

    fn say_which_password(&mut self) -> Result<()> {
        let asked = self.texts.with(m::WINDOW_QUESTIONS, &[("count", 2.into())]);
        self.session.control("summary", &asked)?.click()?;
        self.imported.questions = self.texts_of("details section h3")?;
        self.album.take(self.session, "questions")?;
        let other = self.session.wait("a password that is not in use", || {
            self.session.find("details fieldset input[type=radio]:not(:checked)")
        });
        other?.click()?;
        let account = [("site", "example.com".into()), ("user", "ann".into())];
        self.session.called(&self.texts.with(m::WINDOW_QUESTIONS_PASSWORD_USE_OF, &account))?.click()?;
        self.session.control("form .account *", &self.texts.get(m::WINDOW_QUESTIONS_PASSWORD_CHOSEN)).map(drop)
    }

    fn say_which_site(&mut self) -> Result<()> {
        let entry = [("entry", "Router".into())];
        let site = self.session.called(&self.texts.with(m::WINDOW_QUESTIONS_SITE_OF, &entry))?;
        site.type_in("router.example")?;
        self.album.take(self.session, "answers")?;
        self.session.called(&self.texts.with(m::WINDOW_QUESTIONS_SITE_USE_OF, &entry))?.click()?;
        self.session.control("h1", &self.texts.with(m::WINDOW_ACCOUNTS_TITLE, &[("count", 4.into())]))?;
        self.imported.titles[1] = self.text("main h1")?;
        self.imported.accounts = self.texts_of("section.whole li input[type=checkbox]")?;
        Ok(())
    }

    fn delete_the_export(&mut self) -> Result<()> {
        let file = [("file", "old passwords.csv".into())];
        self.session.called(&self.texts.with(m::WINDOW_EXPOSED_DELETE_OF, &file))?.click()?;
        let yes = self.texts.get(m::WINDOW_EXPOSED_ASK_YES);
        self.session.control("[role=alertdialog] button", &yes)?;
        self.album.take(self.session, "delete")?;
        self.session.control("[role=alertdialog] button", &yes)?.click()?;
        let deleted = self.texts.with(m::WINDOW_EXPOSED_DELETED, &file);
        self.session.control("h2", &deleted)?;
        self.imported.deleted = deleted;
        self.album.take(self.session, "deleted")
    }

    fn queue(&self, number: u64) -> String {
        self.texts.with(m::WINDOW_QUEUE, &[("number", number.into()), ("total", 4.into())])
    }

    /// The text of the first element that a selector finds, once there is one with a text.
    fn text(&self, selector: &str) -> Result<String> {
        self.session.wait(selector, || Ok(self.session.text(selector)?.filter(|text| !text.is_empty())))
    }

    /// The names or texts of all elements that a selector finds.
    fn texts_of(&self, selector: &str) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll(arguments[0])] \
            .map((element) => (element.ariaLabel ?? element.textContent).replace(/\\s+/g, ' ').trim());";
        let found = self.session.script(script, &[selector.into()])?;
        serde_json::from_value(found).context("no texts")
    }
}
