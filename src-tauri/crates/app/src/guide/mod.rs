//! The window's API without a window: one [`Guide`] holds all that the window shows, and takes the person's answers.
//!
//! The host draws [`Guide::view`] whenever [`Guide::watch`] tells a new number. Secrets come in through
//! [`Guide::present_passphrase`] alone, stay in here but for what [`Guide::reveal`] is asked for, and are forgotten with
//! [`Guide::leave`]; no view has a place for one.

mod bringing;
mod charting;
mod devices;
mod export_guides;
mod host;
mod judging;
mod live;
mod locking;
mod looking;
mod opening;
mod planning;
mod prompts;
mod render;
mod render_import;
mod render_looking;
mod render_passkeys;
mod render_plan;
mod render_run;
mod render_site;
mod running;
mod settling;
mod sheet;
mod state;
mod view;
mod view_import;
mod view_passkeys;
mod view_plan;
mod view_run;

use std::fmt;
use std::sync::Arc;

pub use devices::{Devices, Opened};
pub use host::{EmbeddedOptions, GuideHost, PracticeSite, Task};
use rekey_browser::DriverError;
use secrecy::SecretString;
use state::{Choices, OwnBrowserFound, Shared, Showing};
use tokio::sync::watch;
pub use view::{
    AccountLine, AccountsView, Answer, BrowserKind, BrowserOption, Counts, PasskeyPrompt, PassphraseFor, Prompt,
    RowAction, RowState, Screen, Setup, StoreFacts, StorePrompt, StoreState, UnlockView, Verification, View,
    WelcomeView,
};
pub use view_import::{
    CodeCandidate, CodeQuestion, ColumnChoice, ColumnLine, ColumnsView, ExportGuide, ExposedFile, ImportCounts,
    PasswordOption, PasswordQuestion, ProblemGroup, ProblemPlace, Questions, QueueView, ReadingView, SiteQuestion,
    SourceLine, VaultAnswer,
};
pub use view_passkeys::{
    DeviceMoment, DeviceNotice, HomeFact, HomeName, HomeOption, HomeView, NewPinPrompt, PasskeysView, PinPrompt,
    StoreView, StoreWay,
};
pub use view_plan::{
    CheckView, FactLayer, HealthView, LookUpLine, LookUpName, LookUpsView, MarkWeight, NewsView, PlanAnswer, PlanGroup,
    PlanLine, PlanMark, PlanSaid, SiteFact, SiteView, UndoView,
};
pub use view_run::{
    FactLine, FieldLabel, Now, Pause, ProofFact, RunAccount, RunResult, RunStatus, RunStep, RunSummary, RunView,
    StepStatus, Who,
};

use crate::text::{Language, Texts};
use crate::{AppError, Assist, BrowserChoice, Explanation};

/// All that one window shows. Clones are the same guide. Methods that are `async` need a Tokio runtime.
#[derive(Clone)]
pub struct Guide {
    shared: Arc<Shared>,
}

impl fmt::Debug for Guide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guide").field("host", &self.shared.host).finish_non_exhaustive()
    }
}

impl Guide {
    /// A guide that has nothing open yet.
    pub fn new(host: GuideHost) -> Self {
        Self { shared: Arc::new(Shared::new(host)) }
    }

    /// What the window shows now, in the person's language.
    pub fn view(&self) -> View {
        self.shared.read(|state, commit| render::view(state, commit, &self.shared.host))
    }

    /// Whether a prompt waits for the person.
    pub fn asks(&self) -> bool {
        self.shared.read(|state, _| state.prompt.is_some())
    }

    /// The number of the newest change.
    pub fn watch(&self) -> watch::Receiver<u32> {
        self.shared.watch()
    }

    /// An error in the person's language, for the window.
    pub fn explain(&self, error: &AppError) -> Explanation {
        self.shared.read(|state, _| Explanation::in_window(error.code(), &error.args(), &state.texts))
    }

    /// Speaks this language from now on.
    pub fn speak(&self, language: Language) {
        self.shared.change(|state| state.texts = Texts::new(language));
    }

    /// The *passphrase in* door: for the vault on the screen, or for a prompt.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no vault is to be opened, [`AppError::PromptGone`] where the prompt was answered or its
    /// run ended. A wrong one is no error: the view says so.
    pub async fn present_passphrase(&self, to: PassphraseFor, passphrase: SecretString) -> Result<(), AppError> {
        match to {
            PassphraseFor::Vault => self.unlock(passphrase, false).await,
            PassphraseFor::Prompt { id } => self.shared.present(id, passphrase),
        }
    }

    /// Answers a prompt without a passphrase. In practice approving presents one of Rekey's own where one is needed.
    ///
    /// # Errors
    /// [`AppError::PromptGone`], and [`AppError::PassphraseNeeded`] where approving takes one.
    pub fn answer_prompt(&self, id: u32, answer: Answer) -> Result<(), AppError> {
        match answer {
            Answer::Approve => self.shared.approve(id),
            Answer::Decline => self.shared.decline(id),
        }
    }

    /// Who acts on the pages of the runs to come.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the accounts; so do the next two.
    pub fn choose_assist(&self, assist: Assist) -> Result<(), AppError> {
        self.choose(|choices| choices.assist = assist)
    }

    /// What shows the sites of the runs to come.
    ///
    /// # Errors
    /// [`AppError::NotNow`]; [`AppError::BrowserChoice`] and [`AppError::Browser`] where it is not there.
    pub fn choose_browser(&self, browser: BrowserKind) -> Result<(), AppError> {
        let none_found = self.shared.read(|state, _| state.own_browser == OwnBrowserFound::None);
        match browser {
            BrowserKind::Embedded if self.shared.host.embedded.is_none() => {
                return Err(AppError::BrowserChoice { name: BrowserChoice::Embedded.name() });
            }
            BrowserKind::Own if none_found => return Err(DriverError::NoBrowser.into()),
            _ => {}
        }
        self.choose(|choices| choices.browser = browser)
    }

    /// How often the person is verified in the runs to come.
    ///
    /// # Errors
    /// [`AppError::NotNow`].
    pub fn choose_verification(&self, verification: Verification) -> Result<(), AppError> {
        self.choose(|choices| choices.verification = verification)
    }

    /// Takes the notice away.
    pub fn dismiss_notice(&self) {
        self.shared.change(|state| state.notice = None);
    }

    fn choose(&self, choose: impl FnOnce(&mut Choices)) -> Result<(), AppError> {
        self.shared.try_change(|state| match (&state.screen, &mut state.desk) {
            (Showing::Accounts { busy: false }, Some(desk)) => {
                choose(&mut desk.choices);
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }
}
