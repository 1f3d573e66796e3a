// Made-up accounts, and the shapes that the mock and the scenes share.
import type { AccountRow } from "../bindings/AccountRow";
import type { AccountState } from "../bindings/AccountState";
import type { AccountsView } from "../bindings/AccountsView";
import type { Language } from "../bindings/Language";
import type { RunAccount } from "../bindings/RunAccount";
import type { Setup } from "../bindings/Setup";
import type { RunStep } from "../bindings/RunStep";
import type { SourceLine } from "../bindings/SourceLine";
import type { RowAction } from "../bindings/RowAction";
import { placed, planLine } from "./mock-plan";
import { type MockWord, mockWord } from "./mock-words";

export interface MockAccount {
  id: string;
  site: string;
  title: string;
  user: string;
  state: AccountState;
  hasTotp: boolean;
  /** What the person said about its place. */
  said?: Said | undefined;
}

export type Said = { kind: "pinned" } | { kind: "postponed"; until: string } | { kind: "left_out" };

const FACTS: Record<AccountState, { text: MockWord; next: MockWord; action: RowAction | null }> = {
  new: { text: "stateNew", next: "nextNew", action: "start" },
  started: { text: "stateStarted", next: "nextStarted", action: "go_on" },
  registered: { text: "stateRegistered", next: "nextRegistered", action: "go_on" },
  proven: { text: "stateProven", next: "nextProven", action: "prove" },
  second_factor: { text: "stateSecondFactor", next: "nextProven", action: "prove" },
  needs_person: { text: "stateNeedsPerson", next: "nextPerson", action: "go_on" },
  stuck: { text: "stateStuck", next: "nextStuck", action: "go_on" },
  watched: { text: "stateWatched", next: "nextWatched", action: "start" },
};

export const account = (id: string, site: string, user: string, state: AccountState = "new", hasTotp = false): MockAccount => ({
  id, site, title: site, user, state, hasTotp,
});

export const practiceAccounts = (): MockAccount[] => [
  account("p1", "practice.localhost", "ada"),
  account("p2", "practice.localhost", "grace", "new", true),
  account("p3", "shop.practice.localhost", "linus@example.com"),
];

export function row(language: Language, from: MockAccount): AccountRow {
  const facts = FACTS[from.state];
  const { id, site, title, user, state, hasTotp } = from;
  const texts = { stateText: mockWord(language, facts.text), next: mockWord(language, facts.next) };
  const marks = { hasPasskey: false, isArchived: false, isExpired: false, sources: [] };
  return { id, site, title, user, state, ...texts, action: facts.action, hasPassword: true, hasTotp, ...marks, plan: planLine(language, from) };
}

export function setup(language: Language): Setup {
  return {
    assist: "assist",
    browser: "own",
    browsers: [
      { choice: "own", name: "Chromium", available: true, why: mockWord(language, "browserOwnWhy") },
      { choice: "embedded", name: mockWord(language, "browserEmbedded"), available: true, why: mockWord(language, "browserEmbeddedWhy") },
    ],
    verification: "quarter_hour",
    store: { file: "Passkeys.kdbx", state: "missing", lockAfterMinutes: 15 },
  };
}

export const source = (more: Partial<SourceLine>): SourceLine => ({
  id: "s1", file: "Practice.kdbx", folder: "~/Documents", format: "KeePass (KDBX)",
  entries: 0, accounts: 0, codes: 0, recycled: 0, templates: 0, others: 0, ...more,
});

export function accountsScreen(language: Language, accounts: MockAccount[], how: Setup): AccountsView {
  const rows = placed(accounts.map((each) => row(language, each)));
  const some = (holds: (row: AccountRow) => boolean): number => rows.filter(holds).length;
  const done = some(({ state }) => state === "proven" || state === "second_factor");
  const watched = some(({ plan }) => plan.group === "watched");
  const aside = some(({ plan }) => plan.group === "postponed" || plan.group === "left_out");
  const needsYou = some(({ plan, state }) => plan.group === "next" && (state === "needs_person" || state === "stuck"));
  return {
    sources: [source({ entries: accounts.length, accounts: accounts.length })],
    imported: { entries: accounts.length, accounts: accounts.length, new: accounts.length, changed: 0, gone: 0 },
    dropping: false,
    reading: null,
    problem: null,
    exposed: [],
    questions: { sites: [], passwords: [], codes: [], later: 0 },
    rows,
    counts: { accounts: rows.length, done, needsYou, watched, aside, left: rows.length - done - needsYou - watched - aside },
    health: { judging: false, found: [] },
    undo: null,
    news: null,
    problems: [],
    setup: how,
    busy: false,
  };
}

export const STAGES: RunStep["stage"][] = ["sign_in", "enrol", "accept", "prove"];

export const steps = (...statuses: RunStep["status"][]): RunStep[] =>
  STAGES.map((stage, at) => ({ stage, text: "", status: statuses[at] ?? "ahead" }));

export const waiting = ({ id, site, title, user }: MockAccount): RunAccount => ({
  id, site, title, user, status: "waiting", steps: steps(), now: null, facts: [], result: null, fields: [],
});

export function proof(language: Language): { label: string; value: string }[] {
  return [
    { label: mockWord(language, "proofPasskey"), value: "hQ3v…Xk2A (ES256)" },
    { label: mockWord(language, "proofHome"), value: mockWord(language, "storeName") },
    { label: mockWord(language, "proofWhen"), value: "2026-03-14 14:03:41" },
    { label: mockWord(language, "proofSeen"), value: mockWord(language, "proofSeenBy") },
  ];
}
