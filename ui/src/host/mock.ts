// A host in memory: the whole way from the first screen to proven accounts, without Rust, browser or site.
import type { ExportGuide } from "../bindings/ExportGuide";
import type { Explanation } from "../bindings/Explanation";
import type { Language } from "../bindings/Language";
import type { Prompt } from "../bindings/Prompt";
import type { Screen } from "../bindings/Screen";
import type { View } from "../bindings/View";
import type { SiteView } from "../bindings/SiteView";
import type { UndoView } from "../bindings/UndoView";
import type { Answer, Host, LookUpName, PassphraseFor, PlanAnswer } from "./index";
import { accountsScreen, type MockAccount, practiceAccounts, type Said, setup } from "./mock-data";
import { exportGuides } from "./mock-import";
import { lookUps, siteOf } from "./mock-plan";
import { MockRun } from "./mock-run";
import { explain, type MockWord, mockWord } from "./mock-words";

export type Reply = { kind: "approve" } | { kind: "decline" } | { kind: "passphrase"; passphrase: string };
type Asked = Prompt extends infer P ? (P extends Prompt ? Omit<P, "id" | "practice" | "problem"> : never) : never;

/** The one passphrase that the mock refuses, to see what a refusal looks like. */
export const WRONG = "wrong";

const UNLOCK = {
  kind: "unlock", folder: "Documents", recognised: "KeePass (KDBX)", takesKeyFile: true, keyFile: null,
  busy: false, reading: null, queue: null, adding: false, costly: false, problem: null,
} as const;
const WELCOME: Screen = { kind: "welcome", dropping: false, busy: false, reading: null, problem: null };

const UNDO: Record<PlanAnswer["kind"], MockWord> = {
  pin: "undoPin", postpone_week: "undoPostponed", postpone_month: "undoPostponed", postpone_until: "undoPostponed", leave_out: "undoLeftOut", bring_back: "undoBack",
};

/** The day so many days from now. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function saidBy(answer: PlanAnswer): Said | undefined {
  if (answer.kind === "pin") return { kind: "pinned" };
  if (answer.kind === "leave_out") return { kind: "left_out" };
  if (answer.kind === "bring_back") return undefined;
  return { kind: "postponed", until: answer.kind === "postpone_until" ? answer.date : inDays(answer.kind === "postpone_week" ? 7 : 30) };
}

export class MockHost implements Host {
  language: Language = "en";
  practice = false;
  accounts: MockAccount[] = [];
  #how = setup("en");
  #lookUps = { on: new Set<LookUpName>(), weekly: false };
  #undo: { view: UndoView; account: string; said: Said | undefined } | null = null;
  #lastUndo = 0;
  #screen: Screen = WELCOME;
  #prompt: Prompt | null = null;
  #reply: ((reply: Reply) => void) | null = null;
  #run: MockRun | null = null;
  #commit = 1;
  #promptId = 0;
  #watchers = new Set<(commit: number) => void>();

  constructor(readonly pace = 900) {}

  async view(): Promise<View> {
    const screen = this.#run?.screen() ?? this.#screen;
    const { language, practice } = this;
    const made = { commit: this.#commit, language, practice, screen, prompt: this.#prompt, notice: null, lookUps: practice ? null : this.#looking() };
    return structuredClone(made);
  }

  async watch(changed: (commit: number) => void): Promise<() => void> {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  changed(): void {
    this.#commit += 1;
    for (const watcher of this.#watchers) watcher(this.#commit);
  }

  /** Opens one question and waits for its one reply. A wrong passphrase uses it up and opens the next. */
  async ask(asked: Asked, problem: Explanation | null = null): Promise<boolean> {
    const reply = await new Promise<Reply>((resolve) => {
      this.#promptId += 1;
      this.#prompt = { ...asked, id: this.#promptId, practice: this.practice, problem };
      this.#reply = resolve;
      this.changed();
    });
    if (reply.kind === "passphrase" && reply.passphrase === WRONG) {
      return this.ask(asked, explain(this.language, "store_wrong_passphrase", "wrongPassphrase", "storeUntouched", "tryAgain"));
    }
    return reply.kind !== "decline";
  }

  /** Ends an open question without an answer, as when its account is skipped. */
  withdraw(): void {
    this.#settle({ kind: "decline" });
  }

  #settle(reply: Reply): void {
    const settle = this.#reply;
    this.#prompt = null;
    this.#reply = null;
    settle?.(reply);
    this.changed();
  }

  #only(kind: Screen["kind"]): void {
    const now = this.#run ? "run" : this.#screen.kind;
    if (now !== kind) throw this.#refusal("not_here", "notHere");
  }

  #refusal = (code: string, message: MockWord) => explain(this.language, code, message, "promptGoneSafe", "lookAgain");

  #open(id: number): Prompt {
    if (this.#prompt?.id !== id) throw this.#refusal("prompt_gone", "promptGone");
    return this.#prompt;
  }

  async speak(language: Language): Promise<void> {
    this.language = language;
    const { assist, browser, verification, store } = this.#how;
    this.#how = { ...setup(language), assist, browser, verification, store };
    this.#list();
  }

  async pickVaults(): Promise<void> {
    if (this.#screen.kind === "accounts" && !this.#run) return this.changed();
    this.#only("welcome");
    this.#screen = { ...UNLOCK, file: "Home.kdbx", practice: false };
    this.changed();
  }

  async startPractice(): Promise<void> {
    this.#only("welcome");
    this.practice = true;
    this.#screen = { ...UNLOCK, file: "Practice.kdbx", practice: true };
    this.changed();
  }

  async skipFile(): Promise<void> {
    await this.leave();
  }

  // The mock reads at once and knows all columns, so nothing can be put off or settled here; the scenes show how it looks.
  async cancelReading(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async tryAnyway(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async setColumn(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async setHeading(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async readColumns(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async answerVault(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async removeSource(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async deleteExport(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async keepExport(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async exportGuides(): Promise<ExportGuide[]> {
    return exportGuides(this.language);
  }

  async reveal(): Promise<string> {
    if (!this.#run) throw this.#refusal("not_here", "notHere");
    return "Wheatstone";
  }

  async pickKeyFile(): Promise<void> {
    this.#keyFile("Home.keyx");
  }

  async dropKeyFile(): Promise<void> {
    this.#keyFile(null);
  }

  #keyFile(keyFile: string | null): void {
    if (this.#screen.kind !== "unlock") throw this.#refusal("not_here", "notHere");
    this.#screen = { ...this.#screen, keyFile };
    this.changed();
  }

  async unlockPractice(): Promise<void> {
    this.#only("unlock");
    this.#unlocked();
  }

  async presentPassphrase(to: PassphraseFor, passphrase: string): Promise<void> {
    if (to.kind === "prompt") {
      this.#open(to.id);
      this.#settle({ kind: "passphrase", passphrase });
      return;
    }
    if (this.#screen.kind !== "unlock") throw this.#refusal("not_here", "notHere");
    if (passphrase !== WRONG) return this.#unlocked();
    const problem = explain(this.language, "vault_wrong_key", "wrongPassword", "onlyRead", "tryAgain");
    this.#screen = { ...this.#screen, problem };
    this.changed();
  }

  #unlocked(): void {
    this.accounts = practiceAccounts();
    this.#undo = null;
    this.#screen = { kind: "accounts", ...accountsScreen(this.language, [], this.#how) };
    this.#list();
  }

  /** The list as it stands now, where it is the screen. */
  #list(): void {
    if (this.#screen.kind === "accounts") {
      const undo = this.#undo?.view ?? null;
      this.#screen = { kind: "accounts", ...accountsScreen(this.language, this.accounts, this.#how), undo };
    }
    this.changed();
  }

  async chooseInPlan(id: string, answer: PlanAnswer): Promise<void> {
    this.#only("accounts");
    const account = this.accounts.find((each) => each.id === id);
    if (!account) throw this.#refusal("not_here", "notHere");
    this.#lastUndo += 1;
    this.#undo = { view: { id: this.#lastUndo, text: mockWord(this.language, UNDO[answer.kind]) }, account: id, said: account.said };
    account.said = saidBy(answer);
    this.#list();
  }

  async undoPlanChoice(id: number): Promise<void> {
    if (this.#undo?.view.id !== id) throw this.#refusal("not_here", "notHere");
    const { account, said } = this.#undo;
    for (const each of this.accounts) if (each.id === account) each.said = said;
    this.#undo = null;
    this.#list();
  }

  async aboutSite(account: string): Promise<SiteView> {
    this.#only("accounts");
    return siteOf(await this.view(), account);
  }

  #looking() {
    const { on, weekly } = this.#lookUps;
    const made = lookUps(this.language, { weekly, ready: this.#screen.kind === "accounts" });
    return { ...made, lines: made.lines.map((line) => ({ ...line, on: on.has(line.name) })) };
  }

  async switchLookUp(name: LookUpName, on: boolean): Promise<void> {
    if (on) this.#lookUps.on.add(name);
    else this.#lookUps.on.delete(name);
    this.changed();
  }

  async watchWeekly(on: boolean): Promise<void> {
    this.#lookUps.weekly = on;
    this.changed();
  }

  // The mock asks nobody, so there is nothing to wait for and no news; the scenes show how both look.
  async checkNow(): Promise<void> {
    this.changed();
  }

  async cancelCheck(): Promise<void> {
    throw this.#refusal("not_here", "notHere");
  }

  async dismissNews(): Promise<void> {
    this.changed();
  }

  async answerPrompt(id: number, answer: Answer): Promise<void> {
    const prompt = this.#open(id);
    const wanting = prompt.kind === "make_store" || prompt.kind === "open_store" || prompt.needsPassphrase;
    if (answer === "approve" && wanting && !this.practice) throw this.#refusal("passphrase_needed", "needsPassphrase");
    this.#settle({ kind: answer });
  }

  async leave(): Promise<void> {
    if (this.#run) throw this.#refusal("not_here", "notHere");
    this.practice = false;
    this.accounts = [];
    this.#how = setup(this.language);
    this.#screen = WELCOME;
    this.changed();
  }

  async chooseAssist(assist: typeof this.accountsSetup.assist): Promise<void> {
    this.#choose({ assist });
  }

  async chooseBrowser(browser: typeof this.accountsSetup.browser): Promise<void> {
    this.#choose({ browser });
  }

  async chooseVerification(verification: typeof this.accountsSetup.verification): Promise<void> {
    this.#choose({ verification });
  }

  async lockStore(): Promise<void> {
    const store = this.#how.store;
    if (store.state !== "open" || this.#run) throw this.#refusal("not_here", "notHere");
    this.#choose({ store: { ...store, state: "locked" } });
  }

  async lockStoreAfter(minutes: number): Promise<void> {
    this.#choose({ store: { ...this.#how.store, lockAfterMinutes: minutes } });
  }

  get accountsSetup() {
    return this.#how;
  }

  #choose(change: Partial<typeof this.accountsSetup>): void {
    this.#how = { ...this.#how, ...change };
    this.#list();
  }

  async start(ids: string[]): Promise<void> {
    this.#only("accounts");
    const chosen = ids.map((id) => this.accounts.find((each) => each.id === id)).filter((each) => each !== undefined);
    if (chosen.length === 0) throw this.#refusal("not_here", "notHere");
    void this.#begin(chosen);
  }

  async prove(id: string): Promise<void> {
    return this.start([id]);
  }

  async #begin(chosen: MockAccount[]): Promise<void> {
    const store = this.#how.store;
    if (store.state !== "open") {
      const opened = await this.ask({ kind: store.state === "missing" ? "make_store" : "open_store", file: store.file });
      if (!opened) return;
      this.#choose({ store: { ...store, state: "open" } });
    }
    this.#run = new MockRun(this, chosen);
    this.changed();
    await this.#run.go();
  }

  #running(): MockRun {
    if (!this.#run) throw this.#refusal("not_here", "notHere");
    return this.#run;
  }

  async pause(): Promise<void> {
    this.#running().pause();
  }

  async resume(): Promise<void> {
    this.#running().resume();
  }

  async skip(): Promise<void> {
    this.#running().skip();
  }

  async stop(): Promise<void> {
    this.#running().stop();
  }

  async finish(): Promise<void> {
    if (!this.#running().over) throw this.#refusal("not_here", "notHere");
    this.#run = null;
    this.#list();
  }

  async dismissNotice(): Promise<void> {
    this.changed();
  }

  async appVersion(): Promise<string> {
    return "0.1.0";
  }
}
