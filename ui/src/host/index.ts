// The window's only door to the Rust side. Nothing else may know how it is reached.
import type { Answer } from "../bindings/Answer";
import type { Assist } from "../bindings/Assist";
import type { BrowserKind } from "../bindings/BrowserKind";
import type { Explanation } from "../bindings/Explanation";
import type { Language } from "../bindings/Language";
import type { PassphraseFor } from "../bindings/PassphraseFor";
import type { Verification } from "../bindings/Verification";
import type { View } from "../bindings/View";

export type { Answer, PassphraseFor };

/** Each call that is refused rejects with an `Explanation`. */
export interface Host {
  view(): Promise<View>;
  /** Tells the number of every change; the returned function ends it. */
  watch(changed: (commit: number) => void): Promise<() => void>;
  speak(language: Language): Promise<void>;
  pickVault(): Promise<void>;
  startPractice(): Promise<void>;
  pickKeyFile(): Promise<void>;
  dropKeyFile(): Promise<void>;
  unlockPractice(): Promise<void>;
  /** The one call that carries a secret from the person to the Rust side. */
  presentPassphrase(to: PassphraseFor, passphrase: string): Promise<void>;
  answerPrompt(id: number, answer: Answer): Promise<void>;
  leave(): Promise<void>;
  chooseAssist(level: Assist): Promise<void>;
  chooseBrowser(choice: BrowserKind): Promise<void>;
  chooseVerification(verification: Verification): Promise<void>;
  start(accounts: string[]): Promise<void>;
  prove(account: string): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  skip(): Promise<void>;
  stop(): Promise<void>;
  finish(): Promise<void>;
  dismissNotice(): Promise<void>;
  appVersion(): Promise<string>;
}

export function isExplanation(value: unknown): value is Explanation {
  return typeof value === "object" && value !== null && ["code", "message", "safe", "next"].every((member) => member in value);
}

export async function choose(): Promise<Host> {
  if (import.meta.env.VITE_HOST === "mock") return (await import("./preview")).previewHost(location.search);
  return (await import("./tauri")).tauriHost;
}
