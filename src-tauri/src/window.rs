//! The main window and what it brings to the app.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use rekey_app::AppError;
use rekey_app::guide::{Devices, EmbeddedOptions, Guide, GuideHost, PracticeSite, Task};
use rekey_app::migrate::Launch;
use rekey_app::text::Language;
use rekey_app::{Client, LookUpLimits, Profile, VaultReader};
use tauri::{
    App, AppHandle, Builder, Context, DragDropEvent, Manager as _, RunEvent, Runtime, UserAttentionType, Window,
    WindowEvent,
};

use crate::commands::{self, Watchers};
use crate::start::WindowStart;

/// The one window that may call commands.
const MAIN: &str = "main";
/// How many accounts the practice site has.
const PRACTICE_ACCOUNTS: u16 = 3;
/// How long a run may take to end when the window is closed.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Opens the window and returns when it is closed.
pub(crate) fn open(start: WindowStart) -> ExitCode {
    rekey_cli::log(0);
    match build(Builder::default(), tauri::generate_context!(), start) {
        Ok(app) => {
            app.run(ended);
            ExitCode::SUCCESS
        }
        Err(error) => {
            say_that_it_failed(&error);
            ExitCode::FAILURE
        }
    }
}

/// The last window is closed: a run is ended in order before the program is.
fn ended<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    let RunEvent::ExitRequested { api, code: None, .. } = event else { return };
    api.prevent_exit();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let guide = app.state::<Guide>().inner().clone();
        // What does not end by itself in time goes with the program.
        drop(tokio::time::timeout(LAST_WORDS, guide.close()).await);
        app.exit(0);
    });
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn say_that_it_failed(error: &tauri::Error) {
    eprintln!("Rekey could not open its window: {error}");
}

pub(crate) fn build<R: Runtime>(builder: Builder<R>, context: Context<R>, start: WindowStart) -> tauri::Result<App<R>> {
    let files = start.files.clone();
    builder
        // First, so that a second start ends before it opens anything.
        .plugin(single_instance(start.profile.clone()))
        .plugin(tauri_plugin_dialog::init())
        .manage(Watchers::default())
        .setup(move |app| {
            let guide = Guide::new(host(app.handle(), &start));
            app.manage(guide.clone());
            tauri::async_runtime::spawn(call_the_person(app.handle().clone(), guide.clone()));
            bring(guide, files);
            Ok(())
        })
        .on_window_event(dropped)
        .invoke_handler(tauri::generate_handler![
            commands::about_site,
            commands::answer_prompt,
            commands::answer_vault,
            commands::app_version,
            commands::cancel_check,
            commands::cancel_reading,
            commands::check_now,
            commands::choose_assist,
            commands::choose_browser,
            commands::choose_home,
            commands::choose_in_plan,
            commands::choose_verification,
            commands::delete_export,
            commands::dismiss_news,
            commands::dismiss_notice,
            commands::drop_key_file,
            commands::export_guides,
            commands::finish,
            commands::keep_export,
            commands::leave,
            commands::lock_store,
            commands::lock_store_after,
            commands::look_for_devices,
            commands::pause,
            commands::pick_key_file,
            commands::pick_vaults,
            commands::present_passphrase,
            commands::prove,
            commands::read_columns,
            commands::remove_source,
            commands::resume,
            commands::reveal,
            commands::set_column,
            commands::set_heading,
            commands::skip,
            commands::skip_file,
            commands::speak,
            commands::start,
            commands::start_practice,
            commands::stop,
            commands::switch_look_up,
            commands::try_anyway,
            commands::undo_plan_choice,
            commands::unlock_practice,
            commands::unwatch,
            commands::view,
            commands::watch,
            commands::watch_weekly,
        ])
        .build(context)
}

/// One window a profile: a second start shows the first one's, and hands it the files it was given.
fn single_instance<R: Runtime>(profile: Option<PathBuf>) -> tauri::plugin::TauriPlugin<R> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let folder = profile.map(|folder| std::path::absolute(&folder).unwrap_or(folder)).or_else(Profile::default_folder);
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!("org.rekey.desktop.p{:016x}", hasher.finish()))
        .callback(|app, words, folder| {
            if let Some(window) = app.get_webview_window(MAIN) {
                // A window that cannot be brought to the front is still there.
                let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
            }
            let words: Vec<_> = words.iter().skip(1).map(Into::into).collect();
            let start = WindowStart::read(&words, |word| PathBuf::from(&folder).join(word).is_file());
            let files = start.map(|start| start.files).unwrap_or_default();
            let files = files.into_iter().map(|file| PathBuf::from(&folder).join(file)).collect();
            bring(app.state::<Guide>().inner().clone(), files);
        })
        .build()
}

/// Draws attention to the window whenever it asks something: the person may be at a site's window. The focus stays where
/// it is, since they may be typing there.
async fn call_the_person<R: Runtime>(app: AppHandle<R>, guide: Guide) {
    let mut commits = guide.watch();
    let mut asked = false;
    while commits.changed().await.is_ok() {
        commits.borrow_and_update();
        let asks = guide.asks();
        if asks
            && !asked
            && let Some(window) = app.get_webview_window(MAIN)
            && let Err(error) = window.request_user_attention(Some(UserAttentionType::Informational))
        {
            tracing::debug!(%error, "the window cannot call for attention");
        }
        asked = asks;
    }
}

/// Brings files in, if there are any; what is wrong with them, the window shows.
fn bring(guide: Guide, files: Vec<PathBuf>) {
    if files.is_empty() {
        return;
    }
    tauri::async_runtime::spawn(async move {
        if let Err(error) = guide.bring(files).await {
            tracing::info!(code = error.code(), "files were not brought in");
        }
    });
}

fn dropped<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let Some(guide) = window.try_state::<Guide>().filter(|_| window.label() == MAIN) else { return };
    match event {
        DragDropEvent::Enter { .. } => guide.hover(true),
        DragDropEvent::Drop { paths, .. } => {
            guide.hover(false);
            bring(guide.inner().clone(), paths.clone());
        }
        DragDropEvent::Leave => guide.hover(false),
        _ => {}
    }
}

fn host<R: Runtime>(app: &AppHandle<R>, start: &WindowStart) -> GuideHost {
    GuideHost {
        profile: start.profile.clone(),
        language: start.language.unwrap_or_else(Language::of_system),
        practice: Box::new(|folder| Box::pin(practice(folder))),
        embedded: embedded(app.clone(), start.no_browser_sandbox),
        client: Box::new(|| Client::new(LookUpLimits::default())),
        devices: Devices::of_this_computer(),
        reader: VaultReader::this_program().unwrap_or_default(),
        no_browser_sandbox: start.no_browser_sandbox,
    }
}

async fn practice(folder: PathBuf) -> Result<PracticeSite, AppError> {
    let site = rekey_cli::practice::start(&folder, PRACTICE_ACCOUNTS).await?;
    let (vault, password) = (site.vault.clone(), site.password.clone());
    let stop: Task<()> = Box::pin(site.stop());
    Ok(PracticeSite { vault, password, stop })
}

type Embedded = Option<Box<dyn Fn(EmbeddedOptions) -> Launch + Send + Sync>>;

#[cfg(target_os = "linux")]
fn embedded<R: Runtime>(app: AppHandle<R>, no_sandbox: bool) -> Embedded {
    use crate::site_window::{Options, launch};
    Some(Box::new(move |options| {
        let app = app.clone();
        launch(move || Options {
            data: options.data.clone(),
            language: options.language,
            no_sandbox,
            place: beside(&app).unwrap_or_default(),
            asks_elsewhere: true,
            capabilities: options.capabilities.clone(),
        })
    }))
}

/// Sites are shown in a window of Rekey's own only where the hostile pages were tried on its channel.
#[cfg(not(target_os = "linux"))]
fn embedded<R: Runtime>(_: AppHandle<R>, _: bool) -> Embedded {
    None
}

/// To the right of the main window where there is room, else over its right edge.
#[cfg(target_os = "linux")]
fn beside<R: Runtime>(app: &AppHandle<R>) -> Option<crate::site_window::Place> {
    const WIDTHS: (i32, i32) = (520, 900);
    const LEAST_HEIGHT: i32 = 480;
    const GAP: i32 = 8;
    let main = app.get_webview_window(MAIN)?;
    // Without a window manager nobody knows the outer size.
    let (at, inner, outer) = (main.outer_position().ok()?, main.inner_size().ok()?, main.outer_size().ok()?);
    let (width, height) = (inner.width.max(outer.width), inner.height.max(outer.height));
    let screen = main.current_monitor().ok()??;
    let edge = screen.position().x + i32::try_from(screen.size().width).ok()?;
    let left = at.x + i32::try_from(width).ok()? + GAP;
    let width = (edge - left).clamp(WIDTHS.0, WIDTHS.1);
    let height = i32::try_from(height).ok()?.max(LEAST_HEIGHT);
    Some(crate::site_window::Place { at: Some((left.min(edge - width), at.y)), size: Some((width, height)) })
}

#[cfg(test)]
mod tests {
    use tauri::ipc::{CallbackFn, InvokeBody};
    use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
    use tauri::webview::InvokeRequest;
    use tauri::{App, WebviewUrl, WebviewWindowBuilder};
    use tempfile::TempDir;

    use super::*;

    fn app(profile: &TempDir) -> App<MockRuntime> {
        let start = WindowStart { profile: Some(profile.path().to_owned()), ..WindowStart::default() };
        build(mock_builder(), tauri::generate_context!(test = true), start).unwrap()
    }

    /// What a window gets when the page at `url` calls a command.
    fn call(label: &str, url: &str, command: &str) -> Result<String, String> {
        let profile = TempDir::new().unwrap();
        let app = app(&profile);
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

    const OWN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

    #[test]
    fn only_the_main_window_may_call_a_command() {
        assert_eq!(call("main", OWN, "app_version").as_deref(), Ok(env!("CARGO_PKG_VERSION")));
        assert!(call("main", "https://example.com", "app_version").unwrap_err().contains("not allowed"));
        assert!(call("main", OWN, "plugin:event|listen").unwrap_err().contains("not allowed"));
        assert!(call("main", OWN, "plugin:dialog|open").unwrap_err().contains("not allowed"));
    }

    /// Site windows are none of Tauri's; should one ever be, it may call nothing either.
    #[test]
    fn no_command_answers_a_window_of_another_name() {
        let permissions = include_str!("../permissions/app.toml");
        let commands =
            permissions.lines().filter_map(|line| line.strip_prefix("commands.allow = [\"")?.strip_suffix("\"]"));
        let mut tried = 0;
        for command in commands {
            assert!(call("site", OWN, command).unwrap_err().contains("not allowed"), "{command}");
            tried += 1;
        }
        assert_eq!(tried, 48);
    }
}
