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
  pickVault: () => invoke("pick_vault"),
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
