//! What the window may ask: each command is one call into the app. Each needs a permission in `src-tauri/permissions` and
//! the `main` window's capability.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rekey_app::guide::{Answer, BrowserKind, Guide, PassphraseFor, Verification, View};
use rekey_app::text::Language;
use rekey_app::{AppError, Assist, Explanation};
use secrecy::SecretString;
use tauri::ipc::Channel;
use tauri::{Runtime, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;
use tokio::task::AbortHandle;

type Reply<T = ()> = Result<T, Explanation>;

fn told<T>(guide: &Guide, result: Result<T, AppError>) -> Reply<T> {
    result.map_err(|error| guide.explain(&error))
}

/// The watchers that the window started, by their numbers.
#[derive(Default)]
pub(crate) struct Watchers(Mutex<(u32, HashMap<u32, AbortHandle>)>);

/// The app's version.
#[tauri::command]
pub(crate) fn app_version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

#[tauri::command]
pub(crate) async fn view(guide: State<'_, Guide>) -> Reply<View> {
    Ok(guide.view())
}

/// Tells the window the number of each change; returns a number for [`unwatch`].
#[tauri::command]
pub(crate) async fn watch(guide: State<'_, Guide>, watchers: State<'_, Watchers>, changed: Channel<u32>) -> Reply<u32> {
    let mut commits = guide.watch();
    let task = tokio::spawn(async move {
        while commits.changed().await.is_ok() {
            let commit = *commits.borrow_and_update();
            if changed.send(commit).is_err() {
                return;
            }
        }
    });
    let mut watchers = watchers.0.lock().unwrap_or_else(PoisonError::into_inner);
    watchers.0 += 1;
    let number = watchers.0;
    watchers.1.insert(number, task.abort_handle());
    Ok(number)
}

#[tauri::command]
pub(crate) async fn unwatch(watchers: State<'_, Watchers>, id: u32) -> Reply {
    let watcher = watchers.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&id);
    watcher.iter().for_each(AbortHandle::abort);
    Ok(())
}

#[tauri::command]
pub(crate) async fn speak(guide: State<'_, Guide>, language: Language) -> Reply {
    guide.speak(language);
    Ok(())
}

/// Has the person pick a vault. The path goes to the app and never through the window.
#[tauri::command]
pub(crate) async fn pick_vault<R: Runtime>(window: WebviewWindow<R>, guide: State<'_, Guide>) -> Reply {
    match pick(&window).await {
        Some(path) => told(&guide, guide.bring(path).await),
        None => Ok(()),
    }
}

#[tauri::command]
pub(crate) async fn pick_key_file<R: Runtime>(window: WebviewWindow<R>, guide: State<'_, Guide>) -> Reply {
    match pick(&window).await {
        Some(path) => told(&guide, guide.set_key_file(Some(path))),
        None => Ok(()),
    }
}

async fn pick<R: Runtime>(window: &WebviewWindow<R>) -> Option<std::path::PathBuf> {
    let (sender, picked) = tokio::sync::oneshot::channel();
    window.dialog().file().set_parent(window).pick_file(move |path| drop(sender.send(path)));
    picked.await.ok()??.into_path().ok()
}

#[tauri::command]
pub(crate) async fn drop_key_file(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.set_key_file(None))
}

#[tauri::command]
pub(crate) async fn start_practice(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.start_practice().await)
}

#[tauri::command]
pub(crate) async fn unlock_practice(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.unlock_practice().await)
}

/// The *passphrase in* door.
#[tauri::command]
pub(crate) async fn present_passphrase(guide: State<'_, Guide>, to: PassphraseFor, passphrase: SecretString) -> Reply {
    told(&guide, guide.present_passphrase(to, passphrase).await)
}

#[tauri::command]
pub(crate) async fn answer_prompt(guide: State<'_, Guide>, id: u32, answer: Answer) -> Reply {
    told(&guide, guide.answer_prompt(id, answer))
}

#[tauri::command]
pub(crate) async fn leave(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.leave().await)
}

#[tauri::command]
pub(crate) async fn choose_assist(guide: State<'_, Guide>, level: Assist) -> Reply {
    told(&guide, guide.choose_assist(level))
}

#[tauri::command]
pub(crate) async fn choose_browser(guide: State<'_, Guide>, choice: BrowserKind) -> Reply {
    told(&guide, guide.choose_browser(choice))
}

#[tauri::command]
pub(crate) async fn choose_verification(guide: State<'_, Guide>, verification: Verification) -> Reply {
    told(&guide, guide.choose_verification(verification))
}

#[tauri::command]
pub(crate) async fn start(guide: State<'_, Guide>, accounts: Vec<String>) -> Reply {
    told(&guide, guide.start(&accounts).await)
}

#[tauri::command]
pub(crate) async fn prove(guide: State<'_, Guide>, account: String) -> Reply {
    told(&guide, guide.prove(&account).await)
}

#[tauri::command]
pub(crate) async fn pause(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.pause())
}

#[tauri::command]
pub(crate) async fn resume(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.resume())
}

#[tauri::command]
pub(crate) async fn skip(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.skip())
}

#[tauri::command]
pub(crate) async fn stop(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.stop())
}

#[tauri::command]
pub(crate) async fn finish(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.finish())
}

#[tauri::command]
pub(crate) async fn dismiss_notice(guide: State<'_, Guide>) -> Reply {
    guide.dismiss_notice();
    Ok(())
}
