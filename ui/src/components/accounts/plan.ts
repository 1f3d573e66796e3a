// How the list is parted and sorted. Which account stands where in the plan the host says.
import type { AccountRow } from "../../bindings/AccountRow";
import type { AccountState } from "../../bindings/AccountState";
import type { MarkWeight } from "../../bindings/MarkWeight";
import type { PlanGroup } from "../../bindings/PlanGroup";
import type { MessageId } from "../../text";
import type { Tone } from "../ui/Badge.svelte";

export type Order = "plan" | "site" | "state";

export const ORDERS: [Order, MessageId][] = [
  ["plan", "window-plan-sort-plan"],
  ["site", "window-plan-sort-site"],
  ["state", "window-plan-sort-state"],
];

type Closed = Exclude<PlanGroup, "next">;
export const CLOSED: { group: Closed; title: MessageId; detail: MessageId }[] = [
  { group: "watched", title: "window-plan-group-watched", detail: "window-plan-group-watched-detail" },
  { group: "follows", title: "window-plan-group-follows", detail: "window-plan-group-follows-detail" },
  { group: "postponed", title: "window-plan-group-postponed", detail: "window-plan-group-postponed-detail" },
  { group: "done", title: "window-plan-group-done", detail: "window-plan-group-done-detail" },
  { group: "left_out", title: "window-plan-group-left-out", detail: "window-plan-group-left-out-detail" },
];

export const WEIGHTS: Record<MarkWeight, Tone> = { risk: "bad", caution: "you", note: "neutral" };

/** What asks for the person comes first, what is finished last. */
const STATES: AccountState[] = ["needs_person", "stuck", "registered", "started", "new", "watched", "second_factor", "proven"];

const SITES = new Intl.Collator(undefined, { numeric: true });
const bySite = (a: AccountRow, b: AccountRow): number => SITES.compare(a.site, b.site) || SITES.compare(a.user, b.user);

export function sorted(rows: AccountRow[], order: Order): AccountRow[] {
  if (order === "site") return rows.toSorted(bySite);
  if (order === "state") return rows.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  return rows;
}

export const of = (rows: AccountRow[], group: PlanGroup): AccountRow[] => rows.filter(({ plan }) => plan.group === group);
