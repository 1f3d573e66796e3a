//! What a [`Guide`](super::Guide) holds, and what wakes the window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rekey_journey::AccountId;
use rekey_ledger::AccountView;
use secrecy::SecretString;
use tokio::sync::watch;

use super::host::{GuideHost, PracticeSite};
use super::live::Live;
use super::prompts::OpenPrompt;
use super::view::{BrowserKind, Verification};
use crate::migrate::SharedStore;
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
    pub(super) notice: Option<Said>,
    /// What is open; everything in it is forgotten with it.
    pub(super) desk: Option<Desk>,
    pub(super) practice: Option<PracticeSite>,
    /// Grows when the person leaves: what comes too late is for nobody.
    pub(super) sitting: u32,
    pub(super) own_browser: OwnBrowserFound,
}

pub(super) enum Showing {
    Welcome { dropping: bool, busy: bool, problem: Option<Said> },
    Unlock(Unlocking),
    Accounts { busy: bool },
    Run(Live),
}

impl Showing {
    pub(super) fn welcome(problem: Option<Said>) -> Self {
        Self::Welcome { dropping: false, busy: false, problem }
    }
}

/// A vault that is not open yet.
pub(super) struct Unlocking {
    pub(super) vault: PathBuf,
    pub(super) key_file: Option<PathBuf>,
    pub(super) busy: bool,
    pub(super) problem: Option<Said>,
}

impl Unlocking {
    pub(super) fn new(vault: PathBuf) -> Self {
        Self { vault, key_file: None, busy: false, problem: None }
    }
}

/// An open vault with the ledger and the store that go with it.
pub(super) struct Desk {
    pub(super) file: PathBuf,
    pub(super) vault: Vaults,
    /// How many of its accounts the ledger did not know.
    pub(super) new: usize,
    pub(super) profile: Profile,
    /// Held by a run while it goes on.
    pub(super) session: Arc<tokio::sync::Mutex<Session>>,
    /// The vault's accounts as the ledger knows them, in the vault's order.
    pub(super) rows: Vec<AccountView>,
    pub(super) store: Option<SharedStore>,
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
}

impl Said {
    pub(super) fn new(code: &'static str, args: ErrorArgs) -> Self {
        Self { code, args }
    }

    pub(super) fn explain(&self, texts: &Texts) -> Explanation {
        Explanation::in_window(self.code, &self.args, texts)
    }
}

impl From<&AppError> for Said {
    fn from(error: &AppError) -> Self {
        tracing::info!(code = error.code(), ?error, "told in the window");
        Self::new(error.code(), error.args())
    }
}

impl Shared {
    pub(super) fn new(host: GuideHost) -> Self {
        let state = State {
            texts: Texts::new(host.language),
            screen: Showing::welcome(None),
            prompt: None,
            last_prompt: 0,
            notice: None,
            desk: None,
            practice: None,
            sitting: 0,
            own_browser: OwnBrowserFound::NotLooked,
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
