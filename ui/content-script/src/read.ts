// One reading of the document: walk, group, judge, name the controls, tell the page's kind.

import { inFooter, roleOf, submits, type Deed } from "./actions.ts";
import { bannerOf } from "./banner.ts";
import { readControl, type Control } from "./controls.ts";
import { attribute, defaultView, documentElement, textOf, titleOf } from "./dom.ts";
import { group } from "./groups.ts";
import { readInput, type Input } from "./inputs.ts";
import { headOf, kindOf } from "./kind.ts";
import { visible } from "./layout.ts";
import { normalise, normaliseName } from "./match.ts";
import * as more from "./more-words.ts";
import { readNotices } from "./notices.ts";
import { judge, type Judged, type PageWords } from "./purpose.ts";
import { MAX_ACTIONS, MAX_FIELDS, type Action, type Field, type Hints, type Reading, type SignedInSignal } from "./reading.ts";
import { walk, type Walk } from "./walk.ts";
import * as words from "./words.ts";

/** Elements as the host names them. Numbers stay with their elements for the document's life, so readings compare. */
export interface Table {
  number(element: Element): number;
  form(root: Element): number;
  /** Remembers the boxes of a segmented code by its first. */
  cells(first: Element, all: readonly Element[]): void;
}

/** More inputs or controls than people are shown: the rest is left alone. */
const MAX_INPUTS = 400;
const MAX_CONTROLS = 1_500;

/** Of too many controls: those of forms, and the first and the last of the rest (headers, footers, late dialogs). */
function few(controls: readonly Element[]): Element[] {
  if (controls.length <= MAX_CONTROLS) return [...controls];
  const owned = new Set(controls.filter((control) => Boolean((control as Partial<HTMLButtonElement>).form)).slice(0, MAX_CONTROLS));
  return controls.filter((control, i) => owned.has(control) || i < MAX_CONTROLS / 2 || i >= controls.length - MAX_CONTROLS / 4);
}

export function read(document: Document, hints: Hints, table: Table): Reading {
  const found = walk(document);
  const inputs = found.inputs.slice(0, MAX_INPUTS).map(readInput).filter((input): input is Input => input !== null);
  const shown = few(found.controls).map(readControl).filter((control): control is Control => control !== null);
  const banner = bannerOf(found, shown, inputs.map((input) => input.element));
  const controls = banner ? shown.filter((control) => !banner.controls.has(control)) : shown;
  const groups = group(inputs, controls);
  const title = titleOf(document);
  const page: PageWords = { headings: found.headings.slice(0, 200).map((heading) => ({ at: found.order.get(heading) ?? 0, text: normalise(textOf(heading, 200)) })), order: found.order, title: normalise(title), path: normaliseName(defaultView(document)?.location.pathname ?? "") };
  const judged = groups.map((g) => judge(g, page));
  const head = headOf(found, title);
  const deeds = deedsOf(found, controls, judged, page, head);
  if (banner) deeds.push({ control: banner.answer, role: "answer-cookies", judged: null, confidence: banner.confidence });
  const { notices, reasons } = readNotices(found, judged);
  const signals = signalsOf(found, judged, deeds, hints, head);
  const verdict = kindOf({ judged, deeds, notices, signals, page, found, head });

  const rank = (j: Judged | null): number => {
    const at = j ? verdict.about.indexOf(j.purpose) : -1;
    return at < 0 ? verdict.about.length : at;
  };
  const number = (j: Judged | null): number => (j ? table.form(j.group.root) : 0);
  const fields: (Field & { rank: number })[] = [];
  for (const j of judged) {
    if (j.purpose === "other" || j.purpose === "harmful" || j.purpose === "set-up-code") continue;
    const cells = j.group.cells.map((cell) => cell.element);
    if (cells[0]) table.cells(cells[0], cells);
    for (const { input, role, confidence } of j.roles) {
      fields.push({ element: table.number(input.element), role, form: number(j), filled: input.filled, ticked: input.ticked, confidence: percent(confidence), rank: rank(j) * 1000 - j.confidence });
    }
  }
  fields.sort((a, b) => a.rank - b.rank);
  const actions = deeds
    .map((deed) => ({ deed, rank: deed.role === "submit" ? rank(deed.judged) * 1000 - (deed.judged?.confidence ?? 0) : 0 }))
    .sort((a, b) => a.rank - b.rank || b.deed.confidence - a.deed.confidence)
    .map(({ deed }): Action => ({ element: table.number(deed.control.element), role: deed.role, form: number(deed.judged), label: deed.control.label, link: deed.control.link, confidence: percent(deed.confidence) }));
  return {
    kind: verdict.kind,
    confidence: percent(verdict.confidence),
    reasons: [verdict.reason, ...reasons].slice(0, 12),
    fields: fields.slice(0, MAX_FIELDS).map(({ rank: _, ...field }) => field),
    actions: actions.slice(0, MAX_ACTIONS),
    notices: [...notices].sort(),
    signals: [...signals].sort(),
    language: languageOf(document),
  };
}

const percent = (value: number): number => Math.max(0, Math.min(100, Math.round(value)));

const languageOf = (document: Document): string => {
  const root = documentElement(document);
  return root ? attribute(root, "lang").slice(0, 35) : "";
};

/** For a group that nothing seems to send: words after it that look pressable, whatever element they are. */
function drawn(j: Judged, found: Walk, page: PageWords): Deed[] {
  if (!["sign-in", "sign-up", "one-time-code", "password-only"].includes(j.purpose)) return [];
  const last = j.group.inputs.at(-1)?.element;
  if (!last) return [];
  for (const line of found.lines) {
    if (line.text.length > 40 || !(Node.DOCUMENT_POSITION_FOLLOWING & last.compareDocumentPosition(line.block))) continue;
    const text = normalise(line.text);
    if (!(words.signIn(text) || words.next(text) || words.agree(text) || words.signUp(text))) continue;
    const control = readControl(line.block);
    if (control && !control.link) return submits({ ...j, group: { ...j.group, controls: [control] } }, page.order, []).map((deed) => ({ ...deed, judged: j, confidence: 55 }));
  }
  return [];
}

function deedsOf(found: Walk, controls: readonly Control[], judged: readonly Judged[], page: PageWords, head: string): Deed[] {
  const owned = new Set(judged.filter((j) => j.purpose !== "other").flatMap((j) => j.group.controls.map((control) => control.element)));
  const unowned = controls.filter((control) => !owned.has(control.element));
  const deeds: Deed[] = judged.flatMap((j) => submits(j, page.order, unowned));
  deeds.push(...judged.filter((j) => !deeds.some((deed) => deed.judged === j)).flatMap((j) => drawn(j, found, page)));
  const taken = new Set(deeds.map((deed) => deed.control.element));
  const signsOut = controls.some((control) => words.signOut(control.text) && control.text.trim().split(" ").length <= 5);
  const has = (...purposes: Judged["purpose"][]): boolean => judged.some((j) => purposes.includes(j.purpose));
  const asks = has("sign-in", "sign-up", "one-time-code") || (has("password-only") && !has("change-password", "harmful")) ||
    (!signsOut && (words.signIn(head) || more.oneTimeCode(head) || more.confirmAccess(head)) && !has("change-password"));
  for (const control of controls) {
    if (taken.has(control.element)) continue;
    const own = judged.find((j) => j.group.controls.includes(control)) ?? null;
    const told = roleOf(control, own, asks, page);
    if (!told) continue;
    const low = told.role === "to-security-settings" && inFooter(control.element) ? 40 : 0;
    const listed = own && own.purpose !== "other" && own.purpose !== "harmful" && own.purpose !== "set-up-code" ? own : null;
    deeds.push({ control, judged: listed, role: told.role, confidence: told.confidence - low });
  }
  return deeds;
}

function signalsOf(found: Walk, judged: readonly Judged[], deeds: readonly Deed[], hints: Hints, head: string): Set<SignedInSignal> {
  const signals = new Set<SignedInSignal>();
  const asks = judged.some((j) => ["sign-in", "sign-up", "one-time-code"].includes(j.purpose));
  if (deeds.some((deed) => deed.role === "sign-out")) signals.add("sign-out-control");
  const manages = deeds.some((deed) => deed.role === "add-passkey" && deed.confidence >= 65) || judged.some((j) => ["name-key", "set-up-code"].includes(j.purpose)) ||
    judged.some((j) => j.purpose === "change-password" && j.roles.some((r) => r.role === "current-password"));
  const heads = signals.has("sign-out-control") && (more.security(head) || words.passkey(head));
  if ((manages || heads) && !asks) signals.add("account-settings");
  const name = hints.userName?.trim().toLowerCase() ?? "";
  if (name.length >= 3 && shows(found, name)) signals.add("user-name-shown");
  return signals;
}

/** Whether a text stands on the page as words of its own, where one can see it. */
function shows(found: Walk, name: string): boolean {
  const letter = /[\p{L}\p{N}]/u;
  return found.lines.some(({ text, block }) => {
    const line = text.toLowerCase();
    const at = line.indexOf(name);
    if (at < 0 || letter.test(line.charAt(at - 1)) || letter.test(line.charAt(at + name.length))) return false;
    return visible(block);
  });
}
