import { Channel, invoke } from "@tauri-apps/api/core";
import type { Host } from "./index";

export const tauriHost: Host = {
  view: () => invoke("view"),
  async watch(changed) {
    const channel = new Channel<number>();
    channel.onmessage = changed;
    const id = await invoke<number>("watch", { changed: channel });
    return () => void invoke("unwatch", { id });
  },
  speak: (language) => invoke("speak", { language }),
  pickVaults: () => invoke("pick_vaults"),
  skipFile: () => invoke("skip_file"),
  cancelReading: () => invoke("cancel_reading"),
  tryAnyway: () => invoke("try_anyway"),
  setColumn: (column, kind) => invoke("set_column", { column, kind }),
  setHeading: (heading) => invoke("set_heading", { heading }),
  readColumns: () => invoke("read_columns"),
  answerVault: (answer) => invoke("answer_vault", { answer }),
  removeSource: (id) => invoke("remove_source", { id }),
  deleteExport: (id) => invoke("delete_export", { id }),
  keepExport: (id) => invoke("keep_export", { id }),
  exportGuides: () => invoke("export_guides"),
  reveal: (account, field) => invoke("reveal", { account, field }),
  startPractice: () => invoke("start_practice"),
  pickKeyFile: () => invoke("pick_key_file"),
  dropKeyFile: () => invoke("drop_key_file"),
  unlockPractice: () => invoke("unlock_practice"),
  presentPassphrase: (to, passphrase) => invoke("present_passphrase", { to, passphrase }),
  answerPrompt: (id, answer) => invoke("answer_prompt", { id, answer }),
  leave: () => invoke("leave"),
  chooseAssist: (level) => invoke("choose_assist", { level }),
  chooseBrowser: (choice) => invoke("choose_browser", { choice }),
  chooseVerification: (verification) => invoke("choose_verification", { verification }),
  chooseInPlan: (account, answer) => invoke("choose_in_plan", { account, answer }),
  undoPlanChoice: (id) => invoke("undo_plan_choice", { id }),
  aboutSite: (account) => invoke("about_site", { account }),
  switchLookUp: (name, on) => invoke("switch_look_up", { name, on }),
  watchWeekly: (on) => invoke("watch_weekly", { on }),
  checkNow: () => invoke("check_now"),
  cancelCheck: () => invoke("cancel_check"),
  dismissNews: () => invoke("dismiss_news"),
  start: (accounts) => invoke("start", { accounts }),
  prove: (account) => invoke("prove", { account }),
  pause: () => invoke("pause"),
  resume: () => invoke("resume"),
  skip: () => invoke("skip"),
  stop: () => invoke("stop"),
  finish: () => invoke("finish"),
  dismissNotice: () => invoke("dismiss_notice"),
  appVersion: () => invoke("app_version"),
};
