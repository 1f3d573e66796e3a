// Which accounts a run takes along. What the plan takes along is in, until the person takes it out.
import { SvelteMap } from "svelte/reactivity";
import type { AccountRow } from "../../bindings/AccountRow";

/** What the plan keeps apart is begun one by one, if at all. */
export const selectable = (row: AccountRow): boolean => row.plan.group === "next" && (row.action === "start" || row.action === "go_on");
export class Selection {
  #chosen = new SvelteMap<string, boolean>();

  has(row: AccountRow): boolean {
    return selectable(row) && (this.#chosen.get(row.id) ?? row.plan.taken);
  }

  set(row: AccountRow, taken: boolean): void {
    this.#chosen.set(row.id, taken);
  }

  setAll(rows: AccountRow[], taken: boolean): void {
    for (const row of rows) if (selectable(row)) this.set(row, taken);
  }

  ids(rows: AccountRow[]): string[] {
    return rows.filter((row) => this.has(row)).map(({ id }) => id);
  }
}

/** The rows whose site, title or user name holds every word of the filter. */
export function matching(rows: AccountRow[], filter: string): AccountRow[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ site, title, user }) => {
    const text = `${site} ${title} ${user}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
