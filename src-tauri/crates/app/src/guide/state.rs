//! What a [`Guide`](super::Guide) holds, and what wakes the window.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rekey_journey::AccountId;
use rekey_ledger::AccountView;
use rekey_origin::Site;
use rekey_sites::Directory;
use rekey_vault::{Found, Mapping, Preview, Progress};
use secrecy::SecretString;
use tokio::sync::{Notify, watch};

use super::host::{GuideHost, PracticeSite};
use super::judging::Judging;
use super::live::Live;
use super::looking::LookUps;
use super::planning::Undo;
use super::prompts::OpenPrompt;
use super::sheet::Sheet;
use super::view::{BrowserKind, Verification};
use crate::migrate::SharedStore;
use crate::plan::{LiveFacts, Planned};
use crate::text::Texts;
use crate::{AppError, Assist, ErrorArgs, Explanation, Profile, Session, Vaults};

/// One guide behind all its clones.
pub(super) struct Shared {
    pub(super) host: GuideHost,
    state: Mutex<State>,
    commit: watch::Sender<u32>,
}

/// All that the window shows, in codes and facts: words are made when it is drawn.
pub(super) struct State {
    pub(super) texts: Texts,
    pub(super) screen: Showing,
    pub(super) prompt: Option<OpenPrompt>,
    pub(super) last_prompt: u32,
    pub(super) last_undo: u32,
    pub(super) notice: Option<Said>,
    /// Whether a file hovers over the window.
    pub(super) dropping: bool,
    /// Files that were brought and are not dealt with yet.
    pub(super) queue: Queue,
    /// The file that is being looked at or read.
    pub(super) reading: Option<Reading>,
    /// What is open; everything in it is forgotten with it.
    pub(super) desk: Option<Desk>,
    pub(super) practice: Option<PracticeSite>,
    /// Grows when the person leaves: what comes too late is for nobody.
    pub(super) sitting: u32,
    pub(super) own_browser: OwnBrowserFound,
    pub(super) look_ups: LookUps,
}

pub(super) enum Showing {
    Welcome { busy: bool, problem: Option<Said> },
    Unlock(Unlocking),
    Columns(Charting),
    Accounts { busy: bool },
    Run(Live),
}

impl Showing {
    pub(super) fn welcome(problem: Option<Said>) -> Self {
        Self::Welcome { busy: false, problem }
    }

    /// Whether files may be brought now.
    pub(super) fn takes_files(&self) -> bool {
        match self {
            Self::Welcome { busy, .. } | Self::Accounts { busy } => !busy,
            Self::Unlock(Unlocking { busy, .. }) | Self::Columns(Charting { busy, .. }) => !busy,
            Self::Run(_) => false,
        }
    }
}

/// Files that were brought together. The one on the screen is not among those that wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<PathBuf>,
    pub(super) total: usize,
    /// What was wrong with the last one that could not be taken.
    pub(super) problem: Option<Said>,
}

impl Queue {
    pub(super) fn of(files: Vec<PathBuf>) -> Self {
        Self { total: files.len(), waiting: files.into(), problem: None }
    }

    pub(super) fn next(&mut self) -> Option<PathBuf> {
        self.waiting.pop_front()
    }

    /// The number of the file on the screen, from 1.
    pub(super) fn number(&self) -> usize {
        self.total - self.waiting.len()
    }

    pub(super) fn fail(&mut self, file: &Path, error: &AppError) {
        let said = Said::from(error);
        self.problem = Some(if self.total > 1 { said.about(file) } else { said });
    }
}

/// A file that is being looked at or read.
pub(super) struct Reading {
    pub(super) file: PathBuf,
    pub(super) progress: Option<Progress>,
    /// Woken where the person wants no more of it.
    pub(super) cancel: Arc<Notify>,
}

impl Reading {
    pub(super) fn of(file: PathBuf) -> Self {
        Self { file, progress: None, cancel: Arc::default() }
    }
}

/// A vault that is not open yet.
pub(super) struct Unlocking {
    pub(super) vault: PathBuf,
    /// `None` for the practice vault.
    pub(super) found: Option<Found>,
    pub(super) key_file: Option<PathBuf>,
    pub(super) busy: bool,
    pub(super) problem: Option<Said>,
    /// What was presented for a vault that asks for much, until the person says whether to try it all the same.
    pub(super) costly: Option<SecretString>,
}

impl Unlocking {
    pub(super) fn new(vault: PathBuf, found: Option<Found>) -> Self {
        Self { vault, found, key_file: None, busy: false, problem: None, costly: None }
    }
}

/// A table of which somebody must say what its columns are.
pub(super) struct Charting {
    pub(super) file: PathBuf,
    pub(super) preview: Preview,
    /// What is said so far.
    pub(super) mapping: Mapping,
    pub(super) busy: bool,
    pub(super) problem: Option<Said>,
}

/// Open vaults with the ledger and the store that go with them.
pub(super) struct Desk {
    /// Changed by whoever holds the session; looked at under this lock alone.
    pub(super) vaults: Arc<Mutex<Vaults>>,
    /// What the vaults come to, as it is shown.
    pub(super) sheet: Sheet,
    /// Why the last file that was brought could not be taken.
    pub(super) problem: Option<Said>,
    /// Plain-text files that the person has not dealt with.
    pub(super) exposed: Vec<Exposed>,
    /// The questions that were put off, or have no answer.
    pub(super) put_off: HashSet<String>,
    pub(super) closed: HashSet<String>,
    /// The accounts whose password the person chose.
    pub(super) chosen: HashSet<String>,
    pub(super) profile: Profile,
    /// Held by a run while it goes on.
    pub(super) session: Arc<tokio::sync::Mutex<Session>>,
    /// The vaults' accounts as the ledger knows them, in the vaults' order.
    pub(super) rows: Vec<AccountView>,
    /// The same in the plan's order.
    pub(super) planned: Vec<Planned>,
    pub(super) directory: Directory,
    /// What the open vaults show of their accounts' passwords, as far as they were judged.
    pub(super) live: HashMap<AccountId, LiveFacts>,
    /// While they are being judged.
    pub(super) judging: Option<Judging>,
    /// The person's last word about the plan.
    pub(super) undo: Option<Undo>,
    /// How often the open vaults have changed: what was asked about them before does not hold after.
    pub(super) vault_changes: u32,
    /// The sites of the watch's news.
    pub(super) news: Vec<Site>,
    pub(super) store: Option<SharedStore>,
    /// When it was opened, or a run with it ended.
    pub(super) store_used: SystemTime,
    /// After how many minutes without use it is locked; 0 for never.
    pub(super) lock_after_minutes: u32,
    /// Whether the store's file was there when it was last looked for: a view is made of what is known, never of a disk.
    pub(super) store_is_there: bool,
    pub(super) choices: Choices,
    /// The practice store's passphrase, which nobody need know.
    pub(super) practice_passphrase: Option<SecretString>,
}

impl Desk {
    pub(super) fn row(&self, id: AccountId) -> Option<&AccountView> {
        self.rows.iter().find(|row| row.id == id)
    }
}

/// A file that anybody can read.
#[derive(Debug, Clone)]
pub(super) struct Exposed {
    /// As the source's.
    pub(super) id: String,
    pub(super) file: PathBuf,
    pub(super) deleted: bool,
    pub(super) problem: Option<Said>,
}

/// What the person chose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices {
    pub(super) assist: Assist,
    pub(super) browser: BrowserKind,
    pub(super) verification: Verification,
}

/// Whether an installed browser was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OwnBrowserFound {
    NotLooked,
    Looking,
    None,
    Found(String),
}

/// An error as codes and values.
#[derive(Debug, Clone)]
pub(super) struct Said {
    code: &'static str,
    args: ErrorArgs,
    /// The file that it is about, where several were brought.
    file: Option<String>,
}

impl Said {
    pub(super) fn new(code: &'static str, args: ErrorArgs) -> Self {
        Self { code, args, file: None }
    }

    pub(super) fn about(self, file: &Path) -> Self {
        Self { file: Some(file_name(file)), ..self }
    }

    pub(super) fn explain(&self, texts: &Texts) -> Explanation {
        let mut explanation = Explanation::in_window(self.code, &self.args, texts);
        if let Some(file) = &self.file {
            explanation.message = format!("{file}: {}", explanation.message);
        }
        explanation
    }
}

impl From<&AppError> for Said {
    fn from(error: &AppError) -> Self {
        tracing::info!(code = error.code(), ?error, "told in the window");
        Self::new(error.code(), error.args())
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl Shared {
    pub(super) fn new(host: GuideHost) -> Self {
        let state = State {
            texts: Texts::new(host.language),
            screen: Showing::welcome(None),
            prompt: None,
            last_prompt: 0,
            last_undo: 0,
            notice: None,
            dropping: false,
            queue: Queue::default(),
            reading: None,
            desk: None,
            practice: None,
            sitting: 0,
            own_browser: OwnBrowserFound::NotLooked,
            look_ups: LookUps::of(host.profile.as_deref()),
        };
        Self { host, state: Mutex::new(state), commit: watch::Sender::new(0) }
    }

    /// Looks at the state, with the number of its commit.
    pub(super) fn read<R>(&self, read: impl FnOnce(&State, u32) -> R) -> R {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let commit = *self.commit.borrow();
        read(&state, commit)
    }

    /// Changes the state and wakes the window.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state);
        self.commit.send_modify(|commit| *commit = commit.wrapping_add(1));
        result
    }

    /// The same where it may be refused: then nothing changes and nobody is woken.
    pub(super) fn try_change<R>(&self, change: impl FnOnce(&mut State) -> Result<R, AppError>) -> Result<R, AppError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state)?;
        self.commit.send_modify(|commit| *commit = commit.wrapping_add(1));
        Ok(result)
    }

    pub(super) fn watch(&self) -> watch::Receiver<u32> {
        self.commit.subscribe()
    }
}
