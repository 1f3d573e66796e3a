// What the window knows: the last view, and the last refusal that no view tells of.
import type { Explanation } from "./bindings/Explanation";
import type { View } from "./bindings/View";
import { type Host, isExplanation } from "./host";
import { type MessageId, type Values, say } from "./text";
import { getContext, setContext } from "svelte";

export class Session {
  view = $state.raw<View | null>(null);
  refused = $state.raw<Explanation | null>(null);
  /** Whether the look-ups are open beside the screen. */
  lookUpsShown = $state(false);
  /** The same for the places where passkeys live. */
  passkeysShown = $state(false);
  #fetching = false;
  #stale = false;

  constructor(readonly host: Host) {}

  /** Watches before it looks, so that no change falls between the two. */
  async open(): Promise<() => void> {
    let stop = (): void => {};
    try {
      stop = await this.host.watch(() => void this.refresh());
    } catch (refusal) {
      this.#show(refusal);
    }
    await this.refresh();
    return stop;
  }

  /** One fetch at a time; changes that come meanwhile share the next one. */
  async refresh(): Promise<void> {
    this.#stale = true;
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        const view = await this.host.view();
        if (this.view === null || view.commit >= this.view.commit) this.view = view;
      }
    } catch (refusal) {
      this.#show(refusal);
    } finally {
      this.#fetching = false;
    }
  }

  /** Sends one command; what it is refused for is shown over the screen. */
  send = async (command: Promise<void>): Promise<void> => {
    try {
      await command;
    } catch (refusal) {
      this.#show(refusal);
    }
  };

  dismissRefusal(): void {
    this.refused = null;
  }

  t = (id: MessageId, values?: Values): string => say(this.view?.language ?? "en", id, values);

  /** What a call was refused with; a fault that the Rust side put no words to gets the window's. */
  explained = (refusal: unknown): Explanation => {
    if (isExplanation(refusal)) return refusal;
    console.error(refusal);
    const { t } = this;
    return { code: "unexpected", message: t("window-unexpected"), safe: t("window-unexpected-safe"), next: t("window-unexpected-next") };
  };

  #show(refusal: unknown): void {
    this.refused = this.explained(refusal);
  }
}

const SESSION = Symbol("session");
export const provideSession = (session: Session): Session => setContext(SESSION, session);
export const useSession = (): Session => getContext<Session>(SESSION);
