//! Site windows: the driver that shows a site in a window of Rekey's own, by WebKitGTK.
//!
//! A site window is no window of Tauri's. It is built from GTK and WebKit, so that nothing of the app's (no IPC object,
//! no key, no custom scheme, no capability) was ever in it: it has two scripts, and one message handler that exists only
//! in a world which no script of a page reaches. What a page says is attributed to the document whose bridge passed it
//! on; see ARCHITECTURE.md for the channel.

mod chrome;
mod desk;
mod driver;
mod reply;
mod state;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rekey_app::migrate::Launch;
use rekey_app::text::{Language, Texts};
use rekey_browser::channel::{Door, Scripts, Sight};
use rekey_browser::{Capabilities, ContextId, Driver, DriverError, DriverFacts, Mode};
use rekey_cli::SiteWindow;
use rekey_journey::page::DocumentId;

use chrome::Chrome;
use desk::{Desk, DeskId, Shared};

/// How site windows are shown.
#[derive(Debug, Clone)]
pub struct Options {
    /// A folder of the ledger that the run belongs to, for whatever WebKit may want to write.
    pub data: PathBuf,
    /// The language of the windows' own words.
    pub language: Language,
    /// Goes without WebKit's sandbox; only where the person said so.
    pub no_sandbox: bool,
    /// Where the windows appear.
    pub place: Place,
    /// Whether the person is asked in another window before a ceremony is answered.
    pub asks_elsewhere: bool,
    /// What pages are told that Rekey can do.
    pub capabilities: Capabilities,
}

/// Where a site window appears on the screen, in pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The upper left corner; `None` leaves it to the system.
    pub at: Option<(i32, i32)>,
    /// Width and height; `None` for the usual.
    pub size: Option<(i32, i32)>,
}

impl Place {
    fn size(self) -> (i32, i32) {
        self.size.unwrap_or((900, 760))
    }
}

/// Site windows as a driver.
pub struct Embedded {
    id: DeskId,
    facts: DriverFacts,
    shared: Arc<Shared>,
    sights: HashMap<ContextId, Sight>,
}

/// What tests look at.
impl Embedded {
    /// The top documents of a context's pages, each with its address.
    #[doc(hidden)]
    pub fn documents(&self, context: ContextId) -> Vec<(DocumentId, String)> {
        self.shared.state().documents(context)
    }

    /// How many ceremonies of a context have no answer yet.
    #[doc(hidden)]
    pub fn waiting(&self, context: ContextId) -> usize {
        self.shared.state().waiting(context)
    }

    /// What the notices of a context's windows have said so far.
    #[doc(hidden)]
    pub fn notices(&self, context: ContextId) -> Vec<String> {
        self.shared.state().notices(context)
    }

    /// Closes the newest window of a context as the person would.
    #[doc(hidden)]
    pub async fn close_as_the_person(&self, context: ContextId) -> Result<(), DriverError> {
        self.newest(context, Chrome::close_as_the_person).await
    }

    /// The site that the address line of a context's newest window names.
    #[doc(hidden)]
    pub async fn address_line(&self, context: ContextId) -> Result<String, DriverError> {
        self.newest(context, Chrome::address_text).await
    }

    /// The title that the newest window of a context has, and whether it fills the screen.
    #[doc(hidden)]
    pub async fn window(&self, context: ContextId) -> Result<(String, bool), DriverError> {
        self.newest(context, Chrome::looks).await
    }

    async fn newest<R: Send + 'static>(&self, context: ContextId, of: fn(&Chrome) -> R) -> Result<R, DriverError> {
        desk::on_desk(self.id, move |desk| {
            let page = desk.shared.state().page(context)?;
            Ok(of(&desk.view(page)?.chrome))
        })
        .await
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        let id = self.id;
        webkit2gtk::glib::MainContext::default().invoke(move || desk::remove(id));
    }
}

/// A driver that is started for each run anew. GTK's main loop must run on the main thread.
pub fn launch(options: impl Fn() -> Options + Send + 'static) -> Launch {
    Box::new(move || {
        let options = options();
        Box::pin(async move { Ok(Box::new(start(options).await?) as Box<dyn Driver>) })
    })
}

/// Starts the driver.
///
/// # Errors
/// [`DriverError::NoSandbox`] where WebKit's sandbox cannot start, unless [`Options::no_sandbox`] is set.
pub async fn start(options: Options) -> Result<Embedded, DriverError> {
    static LAST: AtomicU64 = AtomicU64::new(0);
    // Nothing of GTK may be asked where it was not started.
    if !gtk::is_initialized() {
        return Err(DriverError::NoDisplay);
    }
    if !options.no_sandbox && !sandbox_starts().await {
        return Err(DriverError::NoSandbox);
    }
    let id = LAST.fetch_add(1, Ordering::Relaxed);
    let shared = Arc::new(Shared::new());
    let for_desk = Arc::clone(&shared);
    desk::on_main(move || {
        desk::put(
            id,
            Desk {
                shared: for_desk,
                scripts: Scripts::new(Mode::Bridged, Door::MessageHandler, &options.capabilities),
                texts: Texts::new(options.language),
                data: options.data,
                sandbox: !options.no_sandbox,
                place: options.place,
                asks_elsewhere: options.asks_elsewhere,
                views: Default::default(),
                replies: Default::default(),
                tickets: Default::default(),
            },
        );
    })
    .await?;
    let facts = DriverFacts {
        product: format!("Rekey (WebKitGTK {})", webkit_version()),
        mode: Mode::Bridged,
        visible: true,
        simulated: false,
    };
    Ok(Embedded { id, facts, shared, sights: HashMap::new() })
}

/// A driver for a command line.
pub(crate) fn for_cli(window: SiteWindow) -> Launch {
    launch(move || Options {
        data: window.data.clone(),
        language: window.language,
        no_sandbox: window.no_sandbox,
        place: Place::default(),
        asks_elsewhere: false,
        capabilities: window.capabilities.clone(),
    })
}

/// Runs something on a thread of its own, while this one, which must be the main thread, runs GTK's main loop. Without a
/// display it runs all the same, and a site window says that there is none.
pub(crate) fn beside_main_loop(work: impl FnOnce() -> ExitCode + Send + 'static) -> ExitCode {
    if gtk::init().is_err() {
        return work();
    }
    // From now on what others ask of GTK waits for this thread, also before the loop has begun.
    let context = webkit2gtk::glib::MainContext::default();
    let Ok(_owned) = context.acquire() else { return work() };
    let run = std::thread::spawn(move || {
        let exit = work();
        webkit2gtk::glib::MainContext::default().invoke(gtk::main_quit);
        exit
    });
    gtk::main();
    run.join().unwrap_or(ExitCode::FAILURE)
}

fn webkit_version() -> String {
    // SAFETY: the functions take nothing and return the numbers of the library that is loaded.
    #[allow(unsafe_code, reason = "functions that the bindings leave out")]
    let [major, minor, micro] = unsafe {
        use webkit2gtk::ffi;
        [ffi::webkit_get_major_version(), ffi::webkit_get_minor_version(), ffi::webkit_get_micro_version()]
    };
    format!("{major}.{minor}.{micro}")
}

/// Whether the program that WebKit's sandbox is made of can start here. WebKit itself would end the whole process.
async fn sandbox_starts() -> bool {
    let probe = ["--ro-bind", "/", "/", "--unshare-pid", "--unshare-uts", "--die-with-parent", "true"];
    let bubblewrap = tokio::process::Command::new("bwrap").args(probe).stdin(std::process::Stdio::null()).output();
    let proxy = tokio::process::Command::new("xdg-dbus-proxy").arg("--version").output();
    let (bubblewrap, proxy) = tokio::join!(bubblewrap, proxy);
    bubblewrap.is_ok_and(|output| output.status.success()) && proxy.is_ok()
}
