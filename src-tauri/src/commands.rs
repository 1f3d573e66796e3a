//! What the window may ask. Each command needs a permission in `src-tauri/permissions` and the `main` window's
//! capability.

/// The app's version.
#[tauri::command]
pub(crate) fn app_version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
