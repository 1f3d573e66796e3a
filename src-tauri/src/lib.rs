//! Rekey's desktop shell: a window over the app's own API. For now the window is empty.

mod commands;
#[cfg(target_os = "linux")]
pub mod site_window;

use tauri::{App, Builder, Context, Runtime};

/// Opens the window and returns when it is closed.
pub fn run() -> tauri::Result<()> {
    build(Builder::default(), tauri::generate_context!())?.run(|_, _| {});
    Ok(())
}

fn build<R: Runtime>(builder: Builder<R>, context: Context<R>) -> tauri::Result<App<R>> {
    builder.invoke_handler(tauri::generate_handler![commands::app_version]).build(context)
}

#[cfg(test)]
mod tests {
    use tauri::ipc::{CallbackFn, InvokeBody};
    use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
    use tauri::webview::InvokeRequest;
    use tauri::{App, WebviewUrl, WebviewWindowBuilder};

    fn app() -> App<MockRuntime> {
        super::build(mock_builder(), tauri::generate_context!(test = true)).unwrap()
    }

    /// What a window gets when the page at `url` calls a command.
    fn call(label: &str, url: &str, command: &str) -> Result<String, String> {
        let app = app();
        let window = WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build().unwrap();
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().unwrap(),
            body: InvokeBody::default(),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        match get_ipc_response(&window, request) {
            Ok(body) => Ok(body.deserialize().unwrap()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn only_the_main_window_may_call_a_command() {
        let own = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        assert_eq!(call("main", own, "app_version").as_deref(), Ok(env!("CARGO_PKG_VERSION")));
        assert!(call("site", own, "app_version").unwrap_err().contains("not allowed"));
        assert!(call("main", "https://example.com", "app_version").unwrap_err().contains("not allowed"));
        assert!(call("main", own, "plugin:event|listen").unwrap_err().contains("not allowed"));
    }
}
