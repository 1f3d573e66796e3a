// Which account of a run is looked at: the one in progress, until the person looks at another.
import type { Run } from "../../bindings/Run";
import type { RunAccount } from "../../bindings/RunAccount";

export class Follow {
  #chosen = $state<string | null>(null);

  choose(id: string, run: Run): void {
    this.#chosen = id === run.current ? null : id;
  }

  follow(): void {
    this.#chosen = null;
  }

  /** Between two accounts the one that ended last stays in sight. */
  shown(run: Run): RunAccount | undefined {
    const find = (id: string | null) => run.accounts.find((account) => account.id === id);
    return find(this.#chosen) ?? find(run.current) ?? run.accounts.findLast(({ status }) => status === "finished") ?? run.accounts[0];
  }

  astray(run: Run): boolean {
    return this.#chosen !== null && run.current !== null && this.#chosen !== run.current;
  }
}
