//! An installed browser of the Chromium family, driven over a pipe in a profile of Rekey's own.
//!
//! Two scripts go into every document before the site's first: one in the page's world that stands in for
//! `navigator.credentials`, and one in an isolated world that the page cannot reach. The second hands the first one end
//! of a `MessageChannel`, synchronously, and passes messages on to the host by a binding that exists in its world only.
//! Whose message it is, the host knows from the browser, never from the page.

mod act;
#[cfg(unix)]
mod arguments;
mod attach;
mod connection;
mod discover;
mod event;
#[cfg_attr(windows, path = "process_windows.rs")]
mod process;
#[cfg(unix)]
mod profile;
mod showing;
mod state;
#[cfg(feature = "test-support")]
mod virtual_authenticator;
mod wire;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use crate::channel::{Door, Scripts, Sight};
use crate::{Capabilities, ContextId, DriverError, DriverFacts, Mode};
use connection::Connection;
pub use discover::{FoundBrowser, discover};
use process::Process;
use state::State;

/// How to start a browser.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program, as [`discover`] found it.
    pub program: PathBuf,
    /// Rekey's own profile folder; made where it is missing, for this user only. Never the person's profile.
    pub profile_dir: PathBuf,
    /// Whether [`Options::profile_dir`] itself is used, and stays: needed where passkeys are bound to it. Otherwise the
    /// run gets a folder of its own beside it, which goes when the browser ends.
    pub keep_profile: bool,
    /// Without a window.
    pub headless: bool,
    /// Who answers `navigator.credentials`.
    pub mode: Mode,
    /// Bridged: what pages are told that Rekey can do.
    pub capabilities: Capabilities,
    /// Whether a person acts on the pages and Rekey only points and fills in: then nothing tells a site "automated".
    pub person_acts: bool,
    /// Goes without the browser's sandbox; only where the person said so.
    pub no_sandbox: bool,
    /// Further arguments (host rules, test certificates).
    #[cfg(feature = "test-support")]
    pub extra_args: Vec<String>,
    /// Native mode: each context gets a virtual authenticator that knows the passkeys made in the contexts before it.
    #[cfg(feature = "test-support")]
    pub virtual_authenticator: bool,
}

impl Options {
    /// A bridged browser with a window, its sandbox, and a profile that goes when it ends.
    pub fn new(program: impl Into<PathBuf>, profile_dir: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            profile_dir: profile_dir.into(),
            keep_profile: false,
            headless: false,
            mode: Mode::Bridged,
            capabilities: Capabilities::default(),
            person_acts: false,
            no_sandbox: false,
            #[cfg(feature = "test-support")]
            extra_args: Vec::new(),
            #[cfg(feature = "test-support")]
            virtual_authenticator: false,
        }
    }
}

/// A running browser.
pub struct OwnBrowser {
    facts: DriverFacts,
    connection: Connection,
    shared: Arc<Shared>,
    process: Process,
    sights: HashMap<ContextId, Sight>,
    #[cfg(feature = "test-support")]
    virtual_authenticators: Option<virtual_authenticator::Virtual>,
}

/// What the pipe's reader and the driver share.
struct Shared {
    state: Mutex<State>,
    changes: watch::Sender<()>,
    scripts: Scripts,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts a browser.
///
/// # Errors
/// [`DriverError::NoSandbox`] as root, or where the sandbox cannot start, unless [`Options::no_sandbox`] is set;
/// [`DriverError::ProfileInUse`] while another Rekey uses the profile; [`DriverError::Start`] otherwise.
pub async fn launch(options: Options) -> Result<OwnBrowser, DriverError> {
    if process::is_root() && !options.no_sandbox {
        return Err(DriverError::NoSandbox);
    }
    let (mut process, pipe) = Process::start(&options)?;
    let scripts = Scripts::new(options.mode, Door::Binding, &options.capabilities);
    let shared = Arc::new(Shared {
        state: Mutex::new(State::new(scripts.world.clone(), scripts.door.clone(), options.mode)),
        changes: watch::Sender::new(()),
        scripts,
    });
    let for_events = Arc::clone(&shared);
    let for_end = Arc::clone(&shared);
    let connection = Connection::start(
        pipe.reader,
        pipe.writer,
        move |connection| Box::new(move |incoming| attach::take(&for_events, &connection, incoming)),
        move || {
            for_end.state().gone = true;
            for_end.changes.send_replace(());
        },
    );

    let version: Version = match connection.call(None, "Browser.getVersion", &json!({})).await {
        Ok(version) => version,
        Err(DriverError::Gone) => return Err(process.start_failure().await),
        Err(error) => return Err(error),
    };
    attach::auto_attach(&connection, None).await?;
    let number = version.product.split_once('/').map_or("", |(_, number)| number);
    let facts = DriverFacts {
        product: format!("{} {number}", discover::product_of(&options.program)),
        mode: options.mode,
        visible: !options.headless,
        #[cfg(feature = "test-support")]
        simulated: options.virtual_authenticator,
        #[cfg(not(feature = "test-support"))]
        simulated: false,
    };
    Ok(OwnBrowser {
        facts,
        connection,
        shared,
        process,
        sights: HashMap::new(),
        #[cfg(feature = "test-support")]
        virtual_authenticators: options.virtual_authenticator.then(Default::default),
    })
}

#[derive(Deserialize)]
struct Version {
    product: String,
}

/// How long a browser may take to end by itself.
const END_LIMIT: Duration = Duration::from_secs(5);

impl OwnBrowser {
    /// The id of the browser's process, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.process.id()
    }

    /// The documents of a context's pages and frames, each with its address.
    #[cfg(feature = "test-support")]
    pub fn documents(&self, context: ContextId) -> Vec<(rekey_journey::page::DocumentId, String)> {
        let state = self.shared.state();
        let here = |session: &str| state.sessions.get(session).is_some_and(|known| known.context == context);
        let frames = state.frames.values().filter(|frame| here(&frame.session));
        frames.filter_map(|frame| Some((frame.document.clone()?, frame.url.clone()))).collect()
    }

    /// How many ceremonies of a context have no answer yet.
    #[cfg(feature = "test-support")]
    pub fn waiting(&self, context: ContextId) -> usize {
        self.shared.state().context(context).map_or(0, |known| known.ceremonies.len())
    }

    async fn end(self) -> Result<(), DriverError> {
        // A browser that is gone already needs no asking.
        drop(self.connection.call::<serde::de::IgnoredAny>(None, "Browser.close", &json!({})).await);
        self.process.end(END_LIMIT).await
    }
}
