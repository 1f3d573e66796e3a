// The window's only door to the Rust side. Nothing else may know how it is reached.
import type { Answer } from "../bindings/Answer";
import type { Assist } from "../bindings/Assist";
import type { BrowserKind } from "../bindings/BrowserKind";
import type { ExportGuide } from "../bindings/ExportGuide";
import type { Explanation } from "../bindings/Explanation";
import type { Language } from "../bindings/Language";
import type { LookUpName } from "../bindings/LookUpName";
import type { PassphraseFor } from "../bindings/PassphraseFor";
import type { PlanAnswer } from "../bindings/PlanAnswer";
import type { SiteView } from "../bindings/SiteView";
import type { VaultAnswer } from "../bindings/VaultAnswer";
import type { Verification } from "../bindings/Verification";
import type { View } from "../bindings/View";

export type { Answer, LookUpName, PassphraseFor, PlanAnswer, VaultAnswer };

/** Each call that is refused rejects with an `Explanation`. */
export interface Host {
  view(): Promise<View>;
  /** Tells the number of every change; the returned function ends it. */
  watch(changed: (commit: number) => void): Promise<() => void>;
  speak(language: Language): Promise<void>;
  /** Has the person pick one or several files. */
  pickVaults(): Promise<void>;
  /** Goes on without the file on the screen. */
  skipFile(): Promise<void>;
  cancelReading(): Promise<void>;
  /** Opens the file on the screen although it asks for much. */
  tryAnyway(): Promise<void>;
  setColumn(column: number, kind: string): Promise<void>;
  setHeading(heading: boolean): Promise<void>;
  readColumns(): Promise<void>;
  answerVault(answer: VaultAnswer): Promise<void>;
  removeSource(id: string): Promise<void>;
  deleteExport(id: string): Promise<void>;
  keepExport(id: string): Promise<void>;
  exportGuides(): Promise<ExportGuide[]>;
  /** The one call that brings a secret to the window: one field of one account of the run. */
  reveal(account: string, field: number): Promise<string>;
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
  /** Locks the store of passkeys; not while a run uses it. */
  lockStore(): Promise<void>;
  /** After how many minutes without use the store is locked; 0 for never. */
  lockStoreAfter(minutes: number): Promise<void>;
  chooseInPlan(account: string, answer: PlanAnswer): Promise<void>;
  /** Takes back the person's last word about the plan, named by its number. */
  undoPlanChoice(id: number): Promise<void>;
  /** What is known of an account's site. Nothing is fetched for it. */
  aboutSite(account: string): Promise<SiteView>;
  switchLookUp(name: LookUpName, on: boolean): Promise<void>;
  watchWeekly(on: boolean): Promise<void>;
  /** Makes the look-ups that are on; the view tells how far they are. */
  checkNow(): Promise<void>;
  cancelCheck(): Promise<void>;
  dismissNews(): Promise<void>;
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
