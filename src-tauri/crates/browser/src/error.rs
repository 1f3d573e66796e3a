use std::io;

/// What can go wrong between Rekey and a browser.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriverError {
    /// No browser that can be driven was found.
    #[error("no Chrome, Chromium, Edge or Brave was found")]
    NoBrowser,
    /// The browser could not be started.
    #[error("the browser could not be started")]
    Start(#[source] io::Error),
    /// The browser's sandbox cannot start here, and the person did not say to go without.
    #[error("the browser's sandbox cannot start here")]
    NoSandbox,
    /// There is no screen to show a window on.
    #[error("there is no screen to show a window on")]
    NoDisplay,
    /// Another instance of Rekey uses the profile folder.
    #[error("another Rekey is using this browser profile")]
    ProfileInUse,
    /// Rekey cannot drive a browser on this system yet.
    #[error("driving a browser is not supported on this system yet")]
    Unsupported,
    /// The browser ended or its pipe broke.
    #[error("the browser is gone")]
    Gone,
    /// The browser answered a command with an error.
    #[error("the browser refused {method}: {message}")]
    Refused {
        /// The command.
        method: &'static str,
        /// The browser's words.
        message: String,
    },
    /// The address could not be loaded.
    #[error("the page could not be loaded ({code})")]
    Unreachable {
        /// The browser's network error code, such as `net::ERR_CONNECTION_REFUSED`.
        code: String,
    },
    /// The document or element that was read is not there any more.
    #[error("the page changed in the meantime")]
    Stale,
    /// Something was about to be done on a page, or sent by a form, that does not belong to the account's site or is not
    /// safe for a secret.
    #[error("this page or what its form sends to does not belong to the account's site; nothing was done")]
    ForeignPage,
    /// The element cannot be acted on (hidden, covered, disabled).
    #[error("the element cannot be used: {0}")]
    Unusable(&'static str),
    /// The browser did not answer in time.
    #[error("the browser did not answer in time")]
    TimedOut,
    /// The page sent something that is not in the channel's form.
    #[error("the page sent something unreadable")]
    Malformed,
}
