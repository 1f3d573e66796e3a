// Views to look at and to test against: every screen, with the states that are hard to reach by hand.
import type { Language } from "../bindings/Language";
import type { LookUpsView } from "../bindings/LookUpsView";
import type { PasskeyPrompt } from "../bindings/PasskeyPrompt";
import type { Prompt } from "../bindings/Prompt";
import type { Run } from "../bindings/Run";
import type { RunAccount } from "../bindings/RunAccount";
import type { RunResult } from "../bindings/RunResult";
import type { Screen } from "../bindings/Screen";
import type { StorePrompt } from "../bindings/StorePrompt";
import type { View } from "../bindings/View";
import { columns, manySites, problemGroup, severalVaultsOf } from "./mock-import";
import { account, accountsScreen, type MockAccount, practiceAccounts, proof, setup, steps, waiting } from "./mock-data";
import { deviceNow, homeOptions, newPinPrompt, passkeys, pinPrompt } from "./mock-passkeys";
import { explained, lookUps } from "./mock-plan";
import { explain, type MockWord, mockWord } from "./mock-words";

const LONG_SITE = "identity.accounts.an-extraordinarily-long-company-name-without-any-breaks.example.co.uk";
const LONG_USER = "wolfeschlegelsteinhausenbergerdorff.maria-magdalena+household-shared@correspondence.example.org";

const household = (): MockAccount[] => [
  account("a1", "mail.example.com", "ada@example.com", "proven"),
  account("a2", "bank.example", "ada.lovelace", "new", true),
  account("a3", "shop.example.net", "ada@example.com", "started"),
  account("a4", "forum.example.org", "countess", "needs_person"),
  account("a5", "photos.example.com", "ada@example.com", "stuck"),
  account("a6", "video.example.com", "ada@example.com", "registered"),
  account("a7", "code.example.dev", "", "second_factor", true),
];

const many = (count: number): MockAccount[] =>
  Array.from({ length: count }, (_, at) => account(`m${at}`, `site-${at}.example.com`, `user${at}@example.com`, at % 7 === 0 ? "proven" : "new", at % 3 === 0));

/** As many as a person really has, in all states. */
const fiveHundred = (): MockAccount[] => {
  const STATES = ["new", "new", "new", "started", "new", "watched", "new", "proven", "watched", "needs_person"] as const;
  return Array.from({ length: 500 }, (_, at) => ({
    ...account(`f${at}`, `site-${at}.example.com`, `user${at}@example.com`, STATES[at % STATES.length], at % 3 === 0),
    ...(at % 50 === 1 ? { said: { kind: "left_out" as const } } : {}),
  }));
};

/** Accounts of every part of the list. */
const planned = (): MockAccount[] => [
  ...household(),
  { ...account("b1", "photos.example.net", "ada@example.com"), said: { kind: "pinned" } },
  account("b2", "library.example.org", "ada"),
  account("b3", "radio.example", "ada@example.com", "watched"),
  account("b4", "railway.example", "countess", "watched", true),
  { ...account("b5", "taxes.example.gov", "ada"), said: { kind: "postponed", until: "2027-01-15" } },
  { ...account("b6", "old-game.example", "adaline"), said: { kind: "left_out" } },
];

type Word = (word: MockWord) => string;

function plan(language: Language, say: Word): Extract<Screen, { kind: "accounts" }> {
  return { kind: "accounts", ...explained(say, accounts(language, planned())) };
}

function accounts(language: Language, from: MockAccount[]): Extract<Screen, { kind: "accounts" }> {
  return { kind: "accounts", ...accountsScreen(language, from, setup(language)) };
}

function severalVaults(language: Language, say: Word): Extract<Screen, { kind: "accounts" }> {
  const whole = accounts(language, household());
  return { ...whole, ...severalVaultsOf(language, say, whole.rows) };
}

function running(language: Language, say: Word, change: Partial<RunAccount> = {}): RunAccount[] {
  const [first, second, third] = practiceAccounts().map(waiting) as [RunAccount, RunAccount, RunAccount];
  const time = "14:03:22";
  const facts = (["factOpened", "factUser", "factPassword"] as const).map((kind, at) => ({ id: at + 1, time, kind, text: say(kind) }));
  const now = { who: "rekey", text: say("enrol"), detail: say("signInDetail"), seconds: null, device: null } as const;
  return [
    { ...first, status: "finished", steps: steps("done", "done", "done", "done"), facts, result: proven(language, say) },
    { ...second, status: "running", steps: steps("done", "now"), facts, now, ...change },
    third,
  ];
}

const words = (say: Word, outcome: RunResult["outcome"], title: MockWord, happened: MockWord, safe: MockWord, next: MockWord): RunResult => ({
  outcome, title: say(title), happened: say(happened), safe: say(safe), next: say(next), proof: [],
});
const proven = (language: Language, say: Word): RunResult => ({
  ...words(say, "proven", "provenTitle", "provenHappened", "provenSafe", "provenNext"),
  proof: proof(language),
});

const run = (accounts: RunAccount[], more: Partial<Run> = {}): Screen => ({ kind: "run", accounts, current: "p2", pause: "running", summary: null, ...more });

function summary(accounts: RunAccount[]): Screen {
  const ended = accounts.filter(({ result }) => result?.outcome === "proven").length;
  const total = accounts.length;
  return run(accounts, { current: null, summary: { total, proven: ended, secondFactor: 0, needsPerson: total - ended, stuck: 0, skipped: 0 } });
}

const store = (id: number, practice: boolean): StorePrompt => ({ id, file: "~/.local/share/rekey/Passkeys.kdbx", practice, problem: null });
const passkey = (say: Word, needsPassphrase: boolean, practice: boolean): PasskeyPrompt => ({
  id: 7, site: "bank.example", user: "ada.lovelace", relyingParty: "bank.example", home: say("storeName"), needsPassphrase, practice, problem: null,
});

function lookingUp(language: Language, say: Word): LookUpsView {
  const made = lookUps(language, { weekly: true, last: say("lookLast"), check: { text: say("lookAsking"), percent: 42 } });
  return { ...made, lines: made.lines.map((line) => ({ ...line, on: line.name !== "breaches", result: line.name === "refresh" ? say("lookResult") : null })) };
}

type Scene = (language: Language, say: Word) => Partial<View> & { screen: Screen };
const WELCOME: Screen = { kind: "welcome", dropping: false, busy: false, reading: null, problem: null };
const UNLOCK: Extract<Screen, { kind: "unlock" }> = {
  kind: "unlock", file: "Family passwords.kdbx", folder: "~/Documents", recognised: "KeePass (KDBX)", practice: false, takesKeyFile: true, keyFile: null,
  busy: false, reading: null, queue: null, adding: false, costly: false, problem: null,
};
const EXPORT = { file: "bitwarden_encrypted_export_20260301.json", folder: "~/Downloads", takesKeyFile: false };
const device = (prompt: (language: Language, say: Word) => Prompt): Scene => (language, say) => ({
  screen: run(running(language, say, { now: deviceNow(language, "working") })),
  prompt: prompt(language, say),
});
const asking = (prompt: (say: Word) => Prompt): Scene => (language, say) => ({ screen: run(running(language, say)), prompt: prompt(say) });

const SCENES = {
  welcome: () => ({ screen: WELCOME }),
  "welcome-dropping": () => ({ screen: { ...WELCOME, dropping: true } }),
  "welcome-busy": () => ({ screen: { ...WELCOME, busy: true } }),
  "welcome-problem": (language) => ({ screen: { ...WELCOME, problem: explain(language, "vault_unknown_format", "notVault", "onlyRead", "useVault") } }),
  "welcome-reading": (_, say) => ({ screen: { ...WELCOME, busy: true, reading: { file: "Chrome Passwords.csv", text: say("readingEntries"), percent: 40 } } }),
  unlock: () => ({ screen: UNLOCK }),
  "unlock-queue": (_, say) => ({ screen: { ...UNLOCK, ...EXPORT, recognised: say("protectedExport"), queue: { number: 1, total: 3 } } }),
  "unlock-reading": (_, say) => ({
    screen: { ...UNLOCK, busy: true, adding: true, reading: { file: UNLOCK.file, text: say("readingKey"), percent: null } },
  }),
  "unlock-costly": (language) => ({
    screen: { ...UNLOCK, costly: true, problem: explain(language, "vault_too_costly", "tooCostly", "notOpened", "yourFile") },
  }),
  columns: (_, say) => ({ screen: columns(say) }),
  "columns-missing": (_, say) => ({ screen: columns(say, { missing: say("missingColumns"), heading: false, queue: { number: 2, total: 3 } }, "ignore") }),
  "unlock-problem": (language) => ({
    screen: { ...UNLOCK, keyFile: "Family.keyx", problem: explain(language, "vault_wrong_key", "wrongPassword", "onlyRead", "tryAgain") },
  }),
  "unlock-practice": () => ({ practice: true, screen: { ...UNLOCK, file: "Practice.kdbx", practice: true } }),
  accounts: (language, say) => ({
    screen: { ...accounts(language, household()), problems: [problemGroup("no_url", say("problemUrl"), 1)] },
  }),
  "accounts-practice": (language) => ({ practice: true, screen: accounts(language, practiceAccounts()) }),
  "accounts-done": (language) => ({ screen: accounts(language, household().slice(0, 1)) }),
  "accounts-empty": (language, say) => ({
    screen: { ...accounts(language, []), problems: [problemGroup("no_url", say("problemUrl"), 1)] },
  }),
  "accounts-long": (language) => ({ screen: accounts(language, [account("l1", LONG_SITE, LONG_USER), account("l2", LONG_SITE, LONG_USER, "needs_person", true)]) }),
  "accounts-vaults": (language, say) => ({ screen: severalVaults(language, say) }),
  "accounts-reading": (_language, say) => ({
    screen: { ...accounts(_language, household()), dropping: true, reading: { file: "Firefox logins.csv", text: say("readingEntries"), percent: 62 } },
  }),
  "accounts-exposed": (language, say) => {
    const [left] = severalVaults(language, say).exposed;
    const failed = { ...left!, id: "s9", file: "Chrome Passwords.csv", problem: explain(language, "file_undeletable", "cannotDelete", "stillThere", "deleteYourself") };
    return { screen: { ...accounts(language, household()), exposed: [left!, failed, { ...left!, id: "s8", file: "LastPass.csv", deleted: true }] } };
  },
  "accounts-questions": (language, say) => ({ screen: { ...accounts(language, []), questions: severalVaults(language, say).questions } }),
  "accounts-plan": (language, say) => ({ screen: plan(language, say) }),
  "accounts-plan-undo": (language, say) => ({ screen: { ...plan(language, say), undo: { id: 1, text: say("undoPinned") } } }),
  "accounts-plan-long": (language, say) => ({
    screen: { kind: "accounts", ...explained(say, accounts(language, [account("l1", LONG_SITE, LONG_USER), account("l2", LONG_SITE, LONG_USER, "watched", true)])), undo: { id: 1, text: LONG_SITE } },
  }),
  "accounts-plan-500": (language, say) => ({ screen: { kind: "accounts", ...explained(say, accounts(language, fiveHundred())) } }),
  "accounts-news": (language, say) => ({
    screen: { ...plan(language, say), health: { judging: true, found: [] }, news: { sites: ["radio.example", "railway.example", LONG_SITE, ...Array.from({ length: 9 }, (_, at) => `site-${at}.example`)] } },
    lookUps: lookingUp(language, say),
  }),
  "look-ups-problem": (language, say) => {
    const made = lookUps(language, { last: say("lookLast"), problem: explain(language, "look_ups_impossible", "lookFailed", "lookKept", "lookLater") });
    const lines = made.lines.map((line) => (line.name === "ask_sites" ? { ...line, on: true, result: say("lookAskResult"), problem: say("lookAskProblem") } : line));
    return { screen: accounts(language, household()), lookUps: { ...made, lines } };
  },
  "accounts-many": (language, say) => ({
    screen: {
      ...accounts(language, many(5000)),
      problems: [problemGroup("no_user_name", say("problemUser"), 1700), problemGroup("no_url", say("problemUrl"), 300)],
      questions: { sites: manySites(300), passwords: [], codes: [], later: 0 },
    },
  }),
  run: (language, say) => ({ practice: true, screen: run(running(language, say)) }),
  "run-person": (language, say) => ({
    screen: run(running(language, say, { now: { who: "person", text: say("personPress"), detail: say("personDetail"), seconds: null, device: null } })),
  }),
  "run-fields": (language, say) => ({
    screen: run(running(language, say, { fields: [{ id: 0, label: "" }, { id: 1, label: "Mother’s maiden name" }, { id: 2, label: LONG_SITE }] })),
  }),
  "run-paused": (language, say) => ({
    screen: run(running(language, say, { now: { who: "site", text: say("accept"), detail: null, seconds: 20, device: null } }), { pause: "paused" }),
  }),
  "run-site": (language, say) => ({
    screen: run(running(language, say, { site: LONG_SITE, user: LONG_USER, steps: steps("done", "done", "now"), now: { who: "site", text: say("accept"), detail: null, seconds: 20, device: null } })),
  }),
  "run-stopped": (language, say) => ({
    screen: summary(
      running(language, say, { status: "finished", now: null, steps: steps("stopped", "skipped", "skipped", "skipped"), result: words(say, "needs_person", "captchaTitle", "captcha", "unchanged", "again") }).slice(0, 2),
    ),
  }),
  "run-summary": (language, say) => ({
    practice: true,
    screen: summary(
      practiceAccounts().map((each) => ({ ...waiting(each), status: "finished" as const, steps: steps("done", "done", "done", "done"), result: proven(language, say) })),
    ),
  }),
  "prompt-make-store": asking(() => ({ kind: "make_store", ...store(1, false) })),
  "prompt-open-store": (language) => ({
    screen: accounts(language, household()),
    prompt: { kind: "open_store", ...store(2, false), problem: explain(language, "store_wrong_passphrase", "wrongPassphrase", "storeUntouched", "tryAgain") },
  }),
  "prompt-make-passkey": asking((say) => ({ kind: "make_passkey", ...passkey(say, true, false) })),
  "prompt-use-passkey": asking((say) => ({ kind: "use_passkey", ...passkey(say, false, false) })),
  "prompt-practice": asking((say) => ({ kind: "make_passkey", ...passkey(say, true, true) })),
  "prompt-pin": device((language) => ({ kind: "pin", ...pinPrompt(language) })),
  "prompt-pin-wrong": device((language, say) => ({
    kind: "pin", ...pinPrompt(language, { tries: say("pinTries"), problem: { code: "pin_wrong", message: say("pinWrong"), safe: "", next: "" } }),
  })),
  "prompt-pin-last": device((language, say) => ({
    kind: "pin",
    ...pinPrompt(language, { site: LONG_SITE, user: LONG_USER, tries: say("pinLast"), last: true, problem: { code: "pin_wrong", message: say("pinWrong"), safe: "", next: "" } }),
  })),
  "prompt-new-pin": device((language) => ({ kind: "new_pin", ...newPinPrompt(language) })),
  "run-insert": (language, say) => ({ screen: run(running(language, say, { now: deviceNow(language, "insert") })) }),
  "run-touch": (language, say) => ({ screen: run(running(language, say, { now: deviceNow(language, "touch") })) }),
  "run-touch-choose": (language, say) => ({ screen: run(running(language, say, { now: deviceNow(language, "touch_to_choose") })) }),
  "run-verify": (language, say) => ({ screen: run(running(language, say, { site: LONG_SITE, user: LONG_USER, now: deviceNow(language, "verify") })) }),
  "run-working": (language, say) => ({ screen: run(running(language, say, { now: deviceNow(language, "working", "tpm") })) }),
  "accounts-tpm": (language) => {
    const how = { ...setup(language), home: "tpm" as const, homes: homeOptions(language, ["security-key"]) };
    return { screen: { kind: "accounts", ...accountsScreen(language, household(), how) }, passkeys: passkeys(language, how) };
  },
  notice: (language) => ({ screen: accounts(language, household()), notice: explain(language, "vault_unknown_format", "notVault", "onlyRead", "useVault") }),
} satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];

export function scene(name: SceneName, language: Language = "en"): View {
  const made: Scene = SCENES[name];
  const view = made(language, (word) => mockWord(language, word));
  const practice = view.practice ?? false;
  const desk = view.screen.kind === "accounts" || view.screen.kind === "run";
  const open = { ...setup(language), store: { file: "~/.local/share/rekey/Passkeys.kdbx", state: "open" as const, lockAfterMinutes: 15 } };
  const places = desk ? passkeys(language, open, { practice, running: view.screen.kind === "run", counts: { store: 3, "security-key": 1 } }) : null;
  return { commit: 1, language, practice, prompt: null, notice: null, lookUps: practice ? null : lookUps(language), passkeys: places, ...view };
}
