// What every host must do, driven through practice: the one in memory is held to it by the tests, the app's by its window.
import type { AccountsView } from "../bindings/AccountsView";
import type { Prompt } from "../bindings/Prompt";
import type { View } from "../bindings/View";
import { type Host, isExplanation } from "./index";

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`the host breaks its contract: ${what}`);
}

/** A view as text, without what runs down by itself. */
const lasting = (view: View): string => JSON.stringify(view, (member, value: unknown) => (member === "seconds" ? null : value));

/** Sees to what holds in every view, whatever the screen. */
class Observer {
  #last: View | null = null;
  #prompts = new Set<number>();

  constructor(readonly host: Host) {}

  async look(): Promise<View> {
    const view = await this.host.view();
    const last = this.#last;
    expect(last === null || view.commit >= last.commit, `the commit fell from ${last?.commit} to ${view.commit}`);
    if (last?.commit === view.commit) {
      expect(lasting(last) === lasting(view), `the view changed without a new commit (${view.commit})`);
    }
    if (view.prompt && view.prompt.id !== last?.prompt?.id) {
      expect(!this.#prompts.has(view.prompt.id), `prompt ${view.prompt.id} came back`);
      this.#prompts.add(view.prompt.id);
    }
    if (view.screen.kind === "run") {
      for (const { id, steps, status, result } of view.screen.accounts) {
        expect(steps.length === 4, `account ${id} has ${steps.length} steps`);
        expect((status === "finished") === (result !== null), `account ${id} is ${status} with result ${result?.outcome}`);
      }
    }
    this.#last = view;
    return view;
  }

  async until<T>(what: string, found: (view: View) => T | null | false, seconds = 60): Promise<T> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const view = await this.look();
      const result = found(view);
      if (result !== null && result !== false) return result;
      expect(Date.now() < end, `${what} did not come in ${seconds} seconds; the window shows ${JSON.stringify(view).slice(0, 2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function refused(command: Promise<void>, code: string, what: string): Promise<void> {
  let explanation: unknown;
  try {
    await command;
  } catch (rejection) {
    explanation = rejection;
  }
  expect(explanation !== undefined, `${what} was not refused`);
  expect(isExplanation(explanation), `${what} was refused with ${JSON.stringify(explanation)}, which is no explanation`);
  expect(code === "" || explanation.code === code, `${what} was refused as ${explanation.code}, not ${code}`);
  expect(explanation.message !== "", `${what} was refused without words`);
}

/** Each account's place is the host's word, and so is what the person says about it, until it is taken back. */
async function plans(host: Host, observer: Observer): Promise<void> {
  const listed = async () => {
    const { screen } = await observer.look();
    expect(screen.kind === "accounts", `the accounts went away for ${screen.kind}`);
    return screen;
  };
  const groups = (view: AccountsView): string => view.rows.map(({ id, plan }) => `${id} ${plan.group} ${plan.place}`).join(", ");
  const before = await listed();
  const { accounts, done, needsYou, watched, aside, left } = before.counts;
  expect(done + needsYou + watched + aside + left === accounts, `the counts do not add up to ${accounts}`);
  const next = before.rows.filter(({ plan }) => plan.group === "next");
  expect(next.every(({ plan }, at) => plan.place === at + 1), `the places are ${next.map(({ plan }) => plan.place).join(", ")}`);
  expect(next.every(({ plan }) => plan.why !== ""), "an account stands somewhere for no reason");

  const last = next.at(-1);
  expect(last !== undefined, "nothing is to be done");
  await host.chooseInPlan(last.id, { kind: "pin" });
  const pinned = await observer.until("the pinned account", ({ screen }) => screen.kind === "accounts" && screen.undo && screen.rows[0]?.id === last.id && screen);
  expect(pinned.rows[0]?.plan.said === "pinned", "the account at the top is not marked as pinned");
  await host.chooseInPlan(last.id, { kind: "postpone_week" });
  const postponed = await observer.until("the postponed account", ({ screen }) => screen.kind === "accounts" && screen.counts.aside === aside + 1 && screen);
  const [first, second] = [pinned.undo?.id ?? 0, postponed.undo?.id ?? 0];
  await refused(host.undoPlanChoice(first), "", "taking back what is not the last word");
  await host.undoPlanChoice(second);
  const back = await listed();
  expect(groups(back) === groups(pinned), "taking back a word left something of it");
  await refused(host.undoPlanChoice(second), "", "taking back the same word twice");
  await host.chooseInPlan(last.id, { kind: "leave_out" });
  expect((await listed()).rows.find(({ id }) => id === last.id)?.plan.group === "left_out", "the account was not left out");
  await host.chooseInPlan(last.id, { kind: "bring_back" });
  expect(groups(await listed()) === groups(before), "the account did not come back to its place");
  await refused(host.chooseInPlan("nobody", { kind: "pin" }), "", "a word about no account");

  const about = await host.aboutSite(last.id);
  expect(about.site === last.site, `asked about ${last.site}, it told about ${about.site}`);
  expect(about.facts.every(({ values }) => values.length > 0), "a fact says nothing");
}

/** One place is chosen, it is one that is there, and the store is locked only where it is open. */
async function keeps(host: Host, observer: Observer): Promise<void> {
  const { screen, passkeys } = await observer.look();
  expect(screen.kind === "accounts" && passkeys !== null, "nothing is said of where passkeys live");
  const { home: chosen, homes } = screen.setup;
  expect(homes.some(({ home, available }) => home === chosen && available), `the chosen place ${chosen} is none that is there`);
  expect(passkeys.homes[0]?.home === "store" && passkeys.homes[0].available, "the store is not there");
  expect(passkeys.homes.filter((each) => each.chosen).map(({ home }) => home).join() === chosen, "the panel and the set-up name different places");
  expect(passkeys.homes.every(({ facts, is }) => is !== "" && facts.length >= 2), "a place says nothing of itself");
  const away = passkeys.homes.find(({ available }) => !available);
  if (away) await refused(host.chooseHome(away.home), "", `choosing ${away.home}, which is not there`);
  await host.chooseHome("store");
  await host.lookForDevices();
  await observer.until("the end of the search", (view) => view.passkeys?.looking === false && view);
  if (!passkeys.store.lockable) await refused(host.lockStore(), "", "locking a store that is not open");
}

async function locks(host: Host, observer: Observer): Promise<void> {
  const kept = (await observer.look()).passkeys;
  expect(kept?.store.state === "open" && kept.store.lockable, "the store of a run is not open after it");
  expect(kept.homes.some(({ home, accounts }) => home === "store" && accounts > 0), "no passkey is counted where it was made");
  await host.lockStore();
  await observer.until("the locked store", ({ passkeys }) => passkeys?.store.state === "locked" && !passkeys.store.lockable);
  await refused(host.lockStore(), "", "locking a locked store");
}

async function approve(host: Host, prompt: Prompt): Promise<void> {
  await host.answerPrompt(prompt.id, "approve");
  await refused(host.answerPrompt(prompt.id, "approve"), "prompt_gone", "a second answer");
  await refused(host.presentPassphrase({ kind: "prompt", id: prompt.id }, "too late"), "prompt_gone", "a late passphrase");
}

/** Resolves with what was proven, or rejects with the first promise that the host broke. `seconds` is the time of one account. */
export async function contract(host: Host, seconds = 120): Promise<{ accounts: number; prompts: number; commits: number }> {
  const observer = new Observer(host);
  let told = 0;
  let commits = 0;
  const stop = await host.watch((commit) => {
    told = Math.max(told, commit);
    commits += 1;
  });

  const first = await observer.look();
  expect(first.screen.kind === "welcome", `it begins with ${first.screen.kind}, not welcome`);
  await refused(host.finish(), "", "finishing a run that is not there");

  await host.startPractice();
  await observer.until("the practice vault", ({ screen }) => screen.kind === "unlock" && screen.practice, 60);
  expect((await observer.look()).practice, "practice is not marked");
  await host.unlockPractice();
  const listed = await observer.until("the accounts", ({ screen }) => screen.kind === "accounts" && screen);
  expect(listed.rows.length === listed.counts.accounts, "the counts do not match the rows");
  const ids = listed.rows.filter(({ action }) => action === "start" || action === "go_on").map(({ id }) => id);
  expect(ids.length > 0, "practice offers nothing to start");

  await plans(host, observer);
  await keeps(host, observer);

  await host.chooseAssist("auto");
  await observer.until("the chosen assist level", ({ screen }) => screen.kind === "accounts" && screen.setup.assist === "auto");
  await host.start(ids);
  let prompts = 0;
  const nextOrOver = () =>
    observer.until("a question or the end of the run", ({ prompt, screen }) => prompt ?? (screen.kind === "run" && screen.summary), seconds * ids.length);
  let found = await nextOrOver();
  while ("kind" in found) {
    prompts += 1;
    await approve(host, found);
    found = await nextOrOver();
  }
  const summary = found;
  expect(summary.total === ids.length, `${summary.total} accounts ran, not ${ids.length}`);
  expect(summary.proven + summary.secondFactor === ids.length, `not all were proven: ${JSON.stringify(summary)}`);
  expect(prompts >= 1, "nobody was asked for anything");

  await host.finish();
  const after = await observer.until("the accounts after the run", ({ screen }) => screen.kind === "accounts" && screen);
  expect(after.counts.done === listed.counts.done + ids.length, `${after.counts.done} are done; ${listed.counts.done} were, and ${ids.length} ran`);
  await locks(host, observer);
  await host.leave();
  const last = await observer.until("the first screen", (view) => view.screen.kind === "welcome" && view);
  expect(!last.practice, "practice is still marked after leaving it");
  expect(last.commit > first.commit, "the commit did not grow");
  expect(told >= last.commit, `the watcher heard of ${told}, the view has ${last.commit}`);
  stop();
  return { accounts: ids.length, prompts, commits };
}
