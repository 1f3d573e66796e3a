//! The window's API without a window: one [`Guide`] holds all that the window shows, and takes the person's answers.

mod view;
mod view_run;

pub use view::{
    AccountLine, AccountsView, Answer, BrowserKind, BrowserOption, Counts, PasskeyPrompt, PassphraseFor, Prompt,
    RowAction, RowState, Screen, Setup, StoreFacts, StorePrompt, StoreState, UnlockView, VaultFacts, VaultProblem,
    Verification, View, WelcomeView,
};
pub use view_run::{
    FactLine, Now, Pause, ProofFact, RunAccount, RunResult, RunStatus, RunStep, RunSummary, RunView, StepStatus, Who,
};
