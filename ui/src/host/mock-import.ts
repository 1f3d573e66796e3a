// Made-up files, questions and columns, for the mock and the scenes.
import type { AccountRow } from "../bindings/AccountRow";
import type { AccountsView } from "../bindings/AccountsView";
import type { ExportGuide } from "../bindings/ExportGuide";
import type { Language } from "../bindings/Language";
import type { ProblemGroup } from "../bindings/ProblemGroup";
import type { Screen } from "../bindings/Screen";
import type { SiteQuestion } from "../bindings/SiteQuestion";
import { source } from "./mock-data";
import { type MockWord, mockWord } from "./mock-words";

type Word = (word: MockWord) => string;
type ColumnsScreen = Extract<Screen, { kind: "columns" }>;

const PRODUCTS: [string, string[], boolean][] = [
  ["1Password", ["1PUX", "CSV"], true],
  ["Bitwarden", ["JSON", "CSV"], false],
  ["Google Chrome", ["CSV"], true],
  ["Dashlane", ["CSV", "ZIP"], true],
  ["Firefox", ["CSV"], true],
  ["KeePass, KeePassXC", ["KDBX", "XML", "CSV"], false],
  ["LastPass", ["CSV"], true],
  ["NordPass", ["CSV"], true],
  ["Proton Pass", ["ZIP", "JSON", "CSV"], true],
  ["Safari, Apple Passwords", ["CSV"], true],
  ["Roboform", ["CSV"], true],
];

export const exportGuides = (language: Language): ExportGuide[] =>
  PRODUCTS.map(([product, kinds, isPlainText]) => ({
    id: product.toLowerCase(),
    product,
    kinds,
    steps: product === "Roboform" ? [] : (["step1", "step2", "step3"] as const).map((step) => mockWord(language, step)),
    isPlainText,
  }));

const CHOICES: [string, MockWord][] = [
  ["title", "columnTitle"],
  ["url", "columnUrl"],
  ["user_name", "columnUser"],
  ["password", "columnPassword"],
  ["totp", "columnTotp"],
  ["note", "columnNote"],
  ["extra", "columnExtra"],
  ["ignore", "columnIgnore"],
];

export const columns = (say: Word, more: Partial<ColumnsScreen> = {}, third = "password"): ColumnsScreen => ({
  kind: "columns",
  file: "passwords from the old computer.csv",
  folder: "~/Desktop",
  rows: 214,
  heading: true,
  columns: [
    { name: "Where", kind: "url", shapes: [say("shapeUrl"), say("shapeText")] },
    { name: "Who", kind: "user_name", shapes: [say("shapeEmail")] },
    { name: say("columnThree"), kind: third, shapes: [say("shapeText")] },
    { name: "An extraordinarily long heading that somebody once wrote into the very first row", kind: "extra", shapes: [say("shapeNumber")] },
    { name: "Last changed", kind: "ignore", shapes: [say("shapeDate")] },
    { name: "Remarks", kind: "note", shapes: [] },
  ],
  choices: CHOICES.map(([kind, word]) => ({ kind, text: say(word) })),
  missing: null,
  reading: null,
  queue: null,
  adding: false,
  problem: null,
  ...more,
});

export const problemGroup = (code: string, message: string, count: number): ProblemGroup => ({
  code,
  message,
  count,
  places: Array.from({ length: Math.min(count, 1000) }, (_, at) => ({ where: at === 0 ? "Router at home" : `Home/Entry ${at}`, file: null })),
});

export const manySites = (count: number): SiteQuestion[] =>
  Array.from({ length: count }, (_, at) => ({ id: `q${at}`, entry: `Home/Entry ${at}`, user: `user${at}`, file: "Practice.kdbx", suggestion: null }));

const HOME = "Family passwords.kdbx";
const PLAIN = "1PasswordExport-QWERTY-20260301-very-long-name-of-a-file.1pux";

/** Three files at once, with everything that they can leave open. */
export function severalVaultsOf(language: Language, say: Word, rows: AccountRow[]): Partial<AccountsView> {
  const [first, second, third, ...others] = rows as [AccountRow, AccountRow, AccountRow, ...AccountRow[]];
  return {
    sources: [
      source({ file: HOME, entries: 128, accounts: 120, recycled: 12, templates: 1 }),
      source({ id: "s2", file: PLAIN, folder: "~/Downloads", format: "1Password (1PUX)", entries: 96, accounts: 91, others: 14 }),
      source({ id: "s3", file: "aegis-backup.json", format: "Aegis (JSON)", codes: 9 }),
    ],
    imported: { entries: 224, accounts: 7, new: 2, changed: 1, gone: 3 },
    exposed: [{ id: "s2", file: PLAIN, folder: "~/Downloads", deleted: false, problem: null }],
    rows: [
      { ...first, sources: ["s1", "s2"] },
      { ...second, hasPasskey: true, sources: ["s1", "s2"] },
      { ...third, isArchived: true, isExpired: true },
      ...others,
    ],
    questions: {
      sites: [
        { id: "q1", entry: "Home/Router in the attic", user: "admin", file: HOME, suggestion: null },
        { id: "q2", entry: "GitHub", user: "", file: PLAIN, suggestion: "github.com" },
      ],
      passwords: [
        {
          id: "a2", site: "bank.example", user: "ada.lovelace", answered: false,
          options: [
            { id: "o1", entry: "Money/Bank", file: HOME, modified: language === "en" ? "12 Mar 2025" : "12 mar 2025", inUse: true },
            { id: "o2", entry: "Bank", file: PLAIN, modified: null, inUse: false },
          ],
        },
        {
          id: "a3", site: "shop.example.net", user: "ada@example.com", answered: true,
          options: [
            { id: "o3", entry: "Shop", file: PLAIN, modified: null, inUse: true },
            { id: "o4", entry: "Shop (old)", file: HOME, modified: null, inUse: false },
          ],
        },
      ],
      codes: [
        {
          id: "t1", name: "Example: ada@example.com", file: "aegis-backup.json",
          candidates: [
            { account: "a1", site: "mail.example.com", user: "ada@example.com" },
            { account: "a5", site: "photos.example.com", user: "ada@example.com" },
          ],
        },
      ],
      later: 2,
    },
    problems: [problemGroup("no_user_name", say("problemUser"), 41), problemGroup("totp_unreadable", say("problemTotp"), 3)],
  };
}
