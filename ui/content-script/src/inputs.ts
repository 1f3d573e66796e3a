// What is known of one input before its surroundings are looked at.

import { attribute, composedParent, elementById, isElement, localName, matches, parentNode, previousElement, rootNode, textOf } from "./dom.ts";
import { concealed, usable, visible } from "./layout.ts";
import { normalise, normaliseName } from "./match.ts";
import * as more from "./more-words.ts";
import * as words from "./words.ts";

export type Shape = "text" | "password" | "box" | "choice" | "area";

export interface Input {
  element: Element;
  shape: Shape;
  /** The `type` of an input, else the element's name. */
  type: string;
  autocomplete: string[];
  /** The words next to it that people see, normalised. */
  label: string;
  /** Its `name`, `id` and the like, normalised. */
  name: string;
  maxLength: number;
  numeric: boolean;
  filled: boolean;
  ticked: boolean;
  /** Fixed: shown, but not to be changed. */
  fixed: boolean;
  form: HTMLFormElement | null;
}

const TEXT_TYPES = new Set(["text", "email", "tel", "number", "url", ""]);

const short = (element: Element | null): string => (element ? textOf(element, 200) : "");

/** The text of an input's labels: associated, wrapping, by reference; else what stands directly before it. */
export function labelOf(element: Element): string {
  const parts: string[] = [attribute(element, "aria-label")];
  const root = rootNode(element);
  for (const id of attribute(element, "aria-labelledby").split(/\s+/).filter(Boolean).slice(0, 4)) {
    if ("getElementById" in root) parts.push(short(elementOf(root as Document | ShadowRoot, id)));
  }
  const labels = (element as HTMLInputElement).labels;
  if (labels) for (const label of Array.from(labels).slice(0, 3)) parts.push(short(label));
  parts.push(attribute(element, "placeholder"), attribute(element, "title"));
  if (parts.every((part) => !/\S/.test(part))) parts.push(before(element));
  return normalise(parts.join(" ").slice(0, 400));
}

const elementOf = (root: Document | ShadowRoot, id: string): Element | null =>
  root instanceof Document ? elementById(root, id) : root.getElementById(id);

/** Short text directly before an element, or before the box that holds it alone. */
function before(element: Element): string {
  let at: Element | null = element;
  for (let depth = 0; at && depth < 3; depth += 1) {
    const previous = previousElement(at);
    if (previous && !["input", "script", "style", "form", "ul"].includes(localName(previous))) {
      const text = short(previous).trim();
      if (text && text.length < 60) return text;
    }
    const parent: Node | null = parentNode(at);
    if (isElement(parent) && localName(parent) === "form") return "";
    at = composedParent(at);
  }
  return "";
}

/** The shown label of a box whose own input is drawn by something else. */
const standIn = (element: Element): boolean => {
  const labels = (element as HTMLInputElement).labels;
  return labels !== null && labels !== undefined && Array.from(labels).some((label) => visible(label));
};

/** Reads one input, or nothing where no person could use it. */
export function readInput(element: Element): Input | null {
  const tag = localName(element);
  const input = element as HTMLInputElement;
  const type = tag === "input" ? input.type : tag;
  const autocomplete = attribute(element, "autocomplete").toLowerCase().split(/\s+/).filter(Boolean);
  const shape: Shape | null =
    tag === "select" ? "choice"
    : tag === "textarea" ? "area"
    : tag !== "input" || type === "checkbox" ? "box"
    : type === "radio" ? "choice"
    : type === "password" ? "password"
    : TEXT_TYPES.has(type) ? "text"
    : null;
  if (!shape) return null;
  const known = autocomplete.some((token) => ["username", "current-password", "new-password", "one-time-code", "webauthn"].includes(token));
  const box = shape === "box" || type === "radio";
  const seen = visible(element) || (box && (usable(element) || standIn(element))) || (known && usable(element));
  if (!seen || (!box && concealed(element))) return null;
  const formless = tag !== "input" && tag !== "select" && tag !== "textarea";
  return {
    element,
    shape,
    type,
    autocomplete,
    label: labelOf(element),
    name: normaliseName(`${attribute(element, "name")} ${attribute(element, "id")} ${attribute(element, "data-testid")}`),
    maxLength: input.maxLength > 0 ? input.maxLength : Number(attribute(element, "maxlength")) || 0,
    numeric: ["number", "tel"].includes(type) || attribute(element, "inputmode") === "numeric" || /\\d|0-9/.test(attribute(element, "pattern")),
    filled: !box && typeof input.value === "string" && input.value !== "",
    ticked: box && (input.checked === true || attribute(element, "aria-checked") === "true"),
    fixed: matches(element, ":disabled") || attribute(element, "aria-disabled") === "true",
    form: formless ? null : input.form,
  };
}

export const hasToken = (input: Input, ...tokens: string[]): boolean => input.autocomplete.some((token) => tokens.includes(token));

/** All words of an input, those of its label first. */
export const wordsOf = (input: Input): string => `${input.label}${input.name}`;

/** Whether an input is for searching. */
export const isSearch = (input: Input): boolean =>
  input.type === "search" || attribute(input.element, "role") === "searchbox" || more.search(wordsOf(input)) || searchBox(input.element);

function searchBox(element: Element): boolean {
  let at: Element | null = element;
  for (let depth = 0; at && depth < 6; depth += 1, at = composedParent(at)) {
    if (attribute(at, "role") === "search" || localName(at) === "search") return true;
  }
  return false;
}

/** How much an input looks like the one for a one-time code, 0 to 100. */
export function codeScore(input: Input): number {
  if (input.shape !== "text" && input.shape !== "password") return 0;
  if (hasToken(input, "one-time-code")) return 100;
  const all = wordsOf(input);
  if (hasToken(input, "username", "email", "current-password", "new-password", "postal-code", "tel") || more.otherCode(all)) return 0;
  if (input.type === "email" || input.type === "url") return 0;
  const small = input.maxLength >= 4 && input.maxLength <= 8;
  const sure = more.oneTimeCode(all);
  // A recovery code is spent for good: a box for nothing else is none of ours.
  if (more.recoveryCode(all) && !sure) return 0;
  if (input.shape === "password") return sure && (small || input.numeric) ? 70 : 0;
  if (sure && !words.userName(input.label)) return 85;
  if (more.code(all)) return 55 + (small ? 15 : 0) + (input.numeric ? 10 : 0);
  return small && input.numeric ? 40 : 0;
}

/** How much a text input looks like the one for the user name, -100 to 100. */
export function userScore(input: Input): number {
  if (input.shape !== "text") return -100;
  if (isSearch(input) || codeScore(input) >= 60) return -100;
  let score = 0;
  if (hasToken(input, "username", "webauthn")) score += 60;
  if (hasToken(input, "email")) score += 35;
  if (input.type === "email") score += 35;
  const all = wordsOf(input);
  if (words.email(all)) score += 30;
  if (words.userName(all)) score += 30;
  if (words.telephone(all) || input.type === "tel") score += 12;
  if (words.signIn(all)) score += 10;
  if (more.personal(all)) score -= 40;
  if (more.otherCode(all)) score -= 40;
  if (hasToken(input, "given-name", "family-name", "name", "organization", "postal-code", "street-address", "cc-number", "bday")) score -= 60;
  if (words.again(input.label)) score -= 25;
  return Math.max(-100, Math.min(100, score));
}
