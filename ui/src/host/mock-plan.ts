// Made-up plans, sites and look-ups, for the mock and the scenes.
import type { AccountRow } from "../bindings/AccountRow";
import type { AccountsView } from "../bindings/AccountsView";
import type { Language } from "../bindings/Language";
import type { LookUpLine } from "../bindings/LookUpLine";
import type { LookUpsView } from "../bindings/LookUpsView";
import type { PlanGroup } from "../bindings/PlanGroup";
import type { PlanLine } from "../bindings/PlanLine";
import type { PlanMark } from "../bindings/PlanMark";
import type { SiteFact } from "../bindings/SiteFact";
import type { SiteView } from "../bindings/SiteView";
import type { View } from "../bindings/View";
import type { MockAccount } from "./mock-data";
import { type MockWord, mockWord } from "./mock-words";

const DONE: ReadonlySet<AccountRow["state"]> = new Set(["proven", "second_factor"]);
const ORDER: PlanGroup[] = ["next", "watched", "postponed", "done", "left_out"];

function groupOf({ state, said }: MockAccount): PlanGroup {
  if (said?.kind === "left_out" || said?.kind === "postponed") return said.kind;
  if (DONE.has(state)) return "done";
  return state === "watched" ? "watched" : "next";
}

export function planLine(language: Language, account: MockAccount): PlanLine {
  const { said } = account;
  const group = groupOf(account);
  const say = (word: MockWord) => mockWord(language, word);
  const why =
    said?.kind === "postponed" ? `${say("whyPostponed")} ${said.until}.`
    : said?.kind === "left_out" ? say("whyLeftOut")
    : said?.kind === "pinned" ? say("whyPinned")
    : group === "next" ? say("whyNext")
    : say(group === "done" ? "whyDone" : "whyWatched");
  const taken = group === "next" && account.state !== "needs_person" && account.state !== "stuck";
  return { place: null, group, said: said?.kind ?? null, taken, why, marks: [] };
}

/** The rows in the plan's order, those to be done with their numbers. */
export function placed(rows: AccountRow[]): AccountRow[] {
  const rank = ({ plan }: AccountRow): number => ORDER.indexOf(plan.group) * 2 + (plan.said === "pinned" ? 0 : 1);
  let place = 0;
  return rows
    .toSorted((a, b) => rank(a) - rank(b))
    .map((row) => (row.plan.group === "next" ? { ...row, plan: { ...row.plan, place: (place += 1) } } : row));
}

type Word = (word: MockWord) => string;
const risk = (text: string): PlanMark => ({ weight: "risk", text });
const caution = (text: string): PlanMark => ({ weight: "caution", text });
const note = (text: string): PlanMark => ({ weight: "note", text });

/** The reasons and marks that a plan can hold, over the rows of a scene. */
export function explained(say: Word, view: AccountsView): AccountsView {
  const WHY: { why: MockWord; marks: PlanMark[] }[] = [
    { why: "whyMail", marks: [risk(say("markReused")), note(say("markAsksMail"))] },
    { why: "whyMoney", marks: [caution(say("markSecondOnly"))] },
    { why: "whyReused", marks: [risk(say("markBreached")), risk(say("markReused")), caution(say("markOnePasskey"))] },
    { why: "whyLacks", marks: [note(say("markOld"))] },
    { why: "whyProvider", marks: [caution(say("markKey")), note(say("markDuplicate"))] },
    { why: "whyEasy", marks: [caution(say("markWeak")), caution(say("markOpenLine"))] },
  ];
  let at = 0;
  const rows = view.rows.map((row): AccountRow => {
    if (row.plan.group !== "next") return row;
    const words = WHY[at % WHY.length]!;
    at += 1;
    return { ...row, plan: { ...row.plan, why: row.plan.said === "pinned" ? row.plan.why : say(words.why), marks: words.marks } };
  });
  return { ...view, rows, health: { judging: false, found: [risk(say("foundBreached")), risk(say("foundReused")), caution(say("foundWeak"))] } };
}

const fact = (say: Word, id: string, label: MockWord, values: string[], more: Partial<SiteFact> = {}): SiteFact => ({
  id, label: say(label), values, isAddress: false, sources: ["Passkeys Directory (2factorauth)"],
  observed: say("seenAugust"), isOld: false, isDoubtful: false, layer: "built_in", counts: true, ...more,
});

export function siteOf(view: Pick<View, "screen" | "language">, account: string): SiteView {
  const row = view.screen.kind === "accounts" ? view.screen.rows.find(({ id }) => id === account) : undefined;
  const say: Word = (word) => mockWord(view.language, word);
  const site = row?.site ?? "example.com";
  const base = { site, user: row?.user ?? "", why: row?.plan.why ? [row.plan.why, say("whyEasy")] : [], warnings: [] };
  if (site.startsWith("forum")) return { ...base, name: null, facts: [], unknown: [] };
  return {
    ...base,
    warnings: [say("warnMail")],
    name: site.startsWith("mail") ? "Example Mail" : site,
    facts: [
      fact(say, "role", "siteRole", [say("siteRoleBoth")]),
      fact(say, "role", "siteRole", [say("siteRoleSecond")], { layer: "refreshed", counts: false, observed: "2025-02" }),
      fact(say, "passkey_page", "sitePage", [`https://account.${site}/settings/security/sign-in-options/passkeys/add?from=directory`], { isAddress: true, layer: "site", sources: [], observed: say("seenNow") }),
      fact(say, "asks_first", "siteAsks", [say("siteAsksPassword"), say("siteAsksMail")], { isDoubtful: true }),
      fact(say, "capacity", "siteCapacity", [say("siteCapacityOne")], { layer: "own", sources: [], observed: null }),
      fact(say, "change_password", "siteChange", [`https://${site}/.well-known/change-password`], { isAddress: true, isOld: true, observed: "2023", layer: "refreshed" }),
    ],
    unknown: [say("siteRecovery"), say("siteHelp"), say("siteAuthenticator")],
  };
}

export function lookUps(language: Language, more: Partial<LookUpsView> = {}): LookUpsView {
  const say: Word = (word) => mockWord(language, word);
  const line = (name: LookUpLine["name"], title: MockWord, reveals: MockWord): LookUpLine => ({ name, on: false, title: say(title), reveals: say(reveals), result: null, problem: null });
  return {
    lines: [line("refresh", "lookRefresh", "lookRefreshReveals"), line("ask_sites", "lookAsk", "lookAskReveals"), line("breaches", "lookBreaches", "lookBreachesReveals")],
    weekly: false,
    last: null,
    ready: true,
    check: null,
    problem: null,
    ...more,
  };
}
