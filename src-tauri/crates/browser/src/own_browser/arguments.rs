//! The browser's command line.

use std::ffi::OsString;
use std::path::Path;

use super::Options;

/// Always given. Nothing leaves the computer on the browser's own account, and nothing shows a page that was not asked for.
const ALWAYS: &[&str] = &[
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--password-store=basic",
    // Timers of a page behind its popup must run as they do in front.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // A page that is kept or rendered ahead of time would be a document that nobody announced.
    "--disable-features=BackForwardCache,Prerender2,MediaRouter,DialMediaRouteProvider,OptimizationHints,Translate,\
     AutofillServerCommunication,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater",
];

/// The arguments for these options and a profile's folder.
pub(super) fn of(options: &Options, folder: &Path) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = ALWAYS.iter().map(OsString::from).collect();
    let mut profile = OsString::from("--user-data-dir=");
    profile.push(folder);
    arguments.push(profile);
    if options.headless {
        arguments.push("--headless=new".into());
        arguments.push("--window-size=1280,1024".into());
    }
    if options.person_acts {
        // The pipe alone would tell sites that nobody is there.
        arguments.push("--disable-blink-features=AutomationControlled".into());
    }
    if options.no_sandbox {
        arguments.push("--no-sandbox".into());
    }
    #[cfg(feature = "test-support")]
    arguments.extend(options.extra_args.iter().map(OsString::from));
    arguments
}
