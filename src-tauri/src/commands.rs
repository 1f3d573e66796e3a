//! What the window may ask: each command is one call into the app. Each needs a permission in `src-tauri/permissions` and
//! the `main` window's capability.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rekey_app::guide::{
    Answer, BrowserKind, ExportGuide, Guide, LookUpName, PassphraseFor, PlanAnswer, SiteView, VaultAnswer,
    Verification, View,
};
use rekey_app::text::Language;
use rekey_app::{AppError, Assist, Explanation};
use secrecy::{ExposeSecret as _, SecretString};
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

/// Has the person pick one or several files. The paths go to the app and never through the window.
#[tauri::command]
pub(crate) async fn pick_vaults<R: Runtime>(window: WebviewWindow<R>, guide: State<'_, Guide>) -> Reply {
    let (sender, picked) = tokio::sync::oneshot::channel();
    window.dialog().file().set_parent(&window).pick_files(move |paths| drop(sender.send(paths)));
    let paths = picked.await.ok().flatten().unwrap_or_default();
    let paths: Vec<_> = paths.into_iter().filter_map(|path| path.into_path().ok()).collect();
    if paths.is_empty() { Ok(()) } else { told(&guide, guide.bring(paths).await) }
}

#[tauri::command]
pub(crate) async fn skip_file(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.skip_file().await)
}

#[tauri::command]
pub(crate) async fn cancel_reading(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.cancel_reading())
}

#[tauri::command]
pub(crate) async fn try_anyway(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.try_anyway().await)
}

#[tauri::command]
pub(crate) async fn set_column(guide: State<'_, Guide>, column: u32, kind: String) -> Reply {
    told(&guide, guide.set_column(column, &kind))
}

#[tauri::command]
pub(crate) async fn set_heading(guide: State<'_, Guide>, heading: bool) -> Reply {
    told(&guide, guide.set_heading(heading))
}

#[tauri::command]
pub(crate) async fn read_columns(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.read_columns().await)
}

#[tauri::command]
pub(crate) async fn answer_vault(guide: State<'_, Guide>, answer: VaultAnswer) -> Reply {
    told(&guide, guide.answer_vault(answer).await)
}

#[tauri::command]
pub(crate) async fn remove_source(guide: State<'_, Guide>, id: String) -> Reply {
    told(&guide, guide.remove_source(&id).await)
}

#[tauri::command]
pub(crate) async fn delete_export(guide: State<'_, Guide>, id: String) -> Reply {
    told(&guide, guide.delete_export(&id).await)
}

#[tauri::command]
pub(crate) async fn keep_export(guide: State<'_, Guide>, id: String) -> Reply {
    told(&guide, guide.keep_export(&id))
}

#[tauri::command]
pub(crate) async fn export_guides(guide: State<'_, Guide>) -> Reply<Vec<ExportGuide>> {
    Ok(guide.export_guides())
}

/// The *reveal* door: one field of one account, which the person asked to see.
#[tauri::command]
pub(crate) async fn reveal(guide: State<'_, Guide>, account: String, field: u32) -> Reply<String> {
    told(&guide, guide.reveal(&account, field)).map(|value| value.expose_secret().to_owned())
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
pub(crate) async fn lock_store(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.lock_store())
}

#[tauri::command]
pub(crate) async fn lock_store_after(guide: State<'_, Guide>, minutes: u32) -> Reply {
    told(&guide, guide.lock_store_after(minutes).await)
}

#[tauri::command]
pub(crate) async fn choose_in_plan(guide: State<'_, Guide>, account: String, answer: PlanAnswer) -> Reply {
    told(&guide, guide.choose_in_plan(&account, answer).await)
}

#[tauri::command]
pub(crate) async fn undo_plan_choice(guide: State<'_, Guide>, id: u32) -> Reply {
    told(&guide, guide.undo_plan_choice(id).await)
}

#[tauri::command]
pub(crate) async fn about_site(guide: State<'_, Guide>, account: String) -> Reply<SiteView> {
    told(&guide, guide.about_site(&account))
}

#[tauri::command]
pub(crate) async fn switch_look_up(guide: State<'_, Guide>, name: LookUpName, on: bool) -> Reply {
    told(&guide, guide.switch_look_up(name, on).await)
}

#[tauri::command]
pub(crate) async fn watch_weekly(guide: State<'_, Guide>, on: bool) -> Reply {
    told(&guide, guide.watch_weekly(on).await)
}

#[tauri::command]
pub(crate) async fn check_now(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.check_now().await)
}

#[tauri::command]
pub(crate) async fn cancel_check(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.cancel_check())
}

#[tauri::command]
pub(crate) async fn dismiss_news(guide: State<'_, Guide>) -> Reply {
    told(&guide, guide.dismiss_news().await)
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
