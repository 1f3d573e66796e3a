// The mock's run: one account after the other through the four steps, with its questions, pauses and ends.
import type { DeviceNotice } from "../bindings/DeviceNotice";
import type { FactLine } from "../bindings/FactLine";
import type { HomeName } from "../bindings/HomeName";
import type { Now } from "../bindings/Now";
import type { Pause } from "../bindings/Pause";
import type { RunAccount } from "../bindings/RunAccount";
import type { RunResult } from "../bindings/RunResult";
import type { Screen } from "../bindings/Screen";
import type { MockHost } from "./mock";
import { type MockAccount, proof, steps, waiting } from "./mock-data";
import { deviceNow } from "./mock-passkeys";
import { type MockWord, mockWord } from "./mock-words";

type End = "skip" | "stop" | "decline";
class Ended extends Error {
  constructor(readonly how: End) {
    super(how);
  }
}

export class MockRun {
  over = false;
  #pause: Pause = "running";
  #resumed: (() => void) | null = null;
  #end: End | null = null;
  #accounts: RunAccount[];
  #current: string | null = null;
  #factId = 0;

  constructor(
    readonly host: MockHost,
    readonly chosen: MockAccount[],
    readonly home: HomeName = "store",
  ) {
    this.#accounts = chosen.map(waiting);
  }

  screen(): Screen {
    const count = (outcome: RunResult["outcome"]) => this.#accounts.filter(({ result }) => result?.outcome === outcome).length;
    const summary = this.over
      ? {
          total: this.#accounts.length,
          proven: count("proven"),
          secondFactor: count("second_factor"),
          needsPerson: count("needs_person"),
          stuck: count("stuck"),
          skipped: count("skipped"),
        }
      : null;
    return { kind: "run", accounts: this.#accounts, current: this.#current, pause: this.#pause, summary };
  }

  pause(): void {
    if (this.#pause === "running") this.#pause = "pausing";
    this.host.changed();
  }

  resume(): void {
    this.#pause = "running";
    this.#resumed?.();
    this.host.changed();
  }

  skip(): void {
    this.#finishEarly("skip");
  }

  stop(): void {
    this.#finishEarly("stop");
  }

  #finishEarly(how: End): void {
    this.#end = how;
    this.host.withdraw();
    this.resume();
  }

  async go(): Promise<void> {
    for (const [at, account] of this.#accounts.entries()) {
      if (this.#end === "stop") {
        this.#conclude(account, this.#skipped());
        continue;
      }
      this.#end = null;
      this.#current = account.id;
      account.status = "running";
      try {
        await this.#walk(account);
        this.#conclude(account, this.#proven());
        const chosen = this.chosen[at];
        if (chosen) chosen.state = "proven";
      } catch (ended) {
        if (!(ended instanceof Ended)) throw ended;
        account.steps = account.steps.map((step) => (step.status === "now" ? { ...step, status: "stopped" } : step));
        this.#conclude(account, ended.how === "decline" ? this.#declined() : this.#skipped());
      }
    }
    this.#current = null;
    this.over = true;
    this.host.changed();
  }

  async #walk(account: RunAccount): Promise<void> {
    const prompt = { site: account.site, user: account.user, relyingParty: account.site, home: this.#say(this.#homeName), needsPassphrase: false };
    account.steps = steps("now");
    await this.#beat(account, { who: "rekey", text: "signIn", detail: "signInDetail" }, "factOpened");
    await this.#beat(account, { who: "rekey", text: "signIn", detail: "signInDetail" }, "factUser");
    await this.#beat(account, { who: "person", text: "personPress", detail: "personDetail" }, "factPassword");
    account.steps = steps("done", "now");
    await this.#beat(account, { who: "rekey", text: "enrol" });
    await this.#permit({ kind: "make_passkey", ...prompt });
    await this.#device(account);
    this.host.kept(this.home);
    await this.#beat(account, { who: "site", text: "accept" }, "factMade");
    account.steps = steps("done", "done", "now");
    await this.#beat(account, { who: "site", text: "accept" }, "factListed");
    account.steps = steps("done", "done", "done", "now");
    await this.#permit({ kind: "use_passkey", ...prompt });
    await this.#device(account);
    await this.#beat(account, { who: "rekey", text: "prove", detail: "proveDetail" }, "factProven");
    account.steps = steps("done", "done", "done", "done");
  }

  /** Where the passkey is not in the store, its authenticator asks and waits for the person itself. */
  async #device(account: RunAccount): Promise<void> {
    if (this.home === "store") return;
    const given = await this.host.pin(account.site, account.user);
    this.#check();
    if (!given) throw new Ended("decline");
    const notices: DeviceNotice[] = this.home === "tpm" ? ["working"] : ["touch", "working"];
    for (const notice of notices) {
      account.now = deviceNow(this.host.language, notice, this.home);
      this.host.changed();
      await new Promise((resolve) => setTimeout(resolve, this.host.pace));
      this.#check();
    }
  }

  async #permit(question: Parameters<MockHost["ask"]>[0]): Promise<void> {
    const approved = await this.host.ask(question);
    this.#check();
    if (!approved) throw new Ended("decline");
  }

  async #beat(account: RunAccount, now: { who: Now["who"]; text: MockWord; detail?: MockWord }, fact?: MockWord): Promise<void> {
    account.now = { who: now.who, text: this.#say(now.text), detail: now.detail ? this.#say(now.detail) : null, seconds: null, device: null };
    this.host.changed();
    await new Promise((resolve) => setTimeout(resolve, this.host.pace));
    if (this.#pause === "pausing") {
      this.#pause = "paused";
      this.host.changed();
      await new Promise<void>((resolve) => (this.#resumed = resolve));
    }
    this.#check();
    if (fact) account.facts = [...account.facts, this.#fact(fact)];
  }

  #check(): void {
    if (this.#end) throw new Ended(this.#end);
  }

  #fact(word: MockWord): FactLine {
    this.#factId += 1;
    return { id: this.#factId, time: new Date().toTimeString().slice(0, 8), kind: word, text: this.#say(word) };
  }

  #conclude(account: RunAccount, result: RunResult): void {
    Object.assign(account, { status: "finished", now: null, result });
    this.host.changed();
  }

  get #homeName(): MockWord {
    return this.home === "tpm" ? "tpmName" : this.home === "security-key" ? "keyName" : "storeName";
  }

  #say = (word: MockWord): string => mockWord(this.host.language, word);

  #result(outcome: RunResult["outcome"], title: MockWord, happened: MockWord, safe: MockWord, next: MockWord): RunResult {
    return { outcome, title: this.#say(title), happened: this.#say(happened), safe: this.#say(safe), next: this.#say(next), proof: [] };
  }

  #proven = () => ({ ...this.#result("proven", "provenTitle", "provenHappened", "provenSafe", "provenNext"), proof: proof(this.host.language, this.#homeName) });
  #declined = () => this.#result("needs_person", "declinedTitle", "declined", "unchanged", "again");
  #skipped = () => this.#result("skipped", "skippedTitle", "skipped", "unchanged", "again");
}
