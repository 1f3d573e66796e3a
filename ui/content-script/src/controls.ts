// What is known of one control before its surroundings are looked at.

import { attribute, composedParent, defaultView, isElement, localName, matches, ownerDocument, parentNode, select, styleOf, textOf } from "./dom.ts";
import { visible } from "./layout.ts";
import { normalise, normaliseName } from "./match.ts";
import * as more from "./more-words.ts";
import * as words from "./words.ts";
import { MAX_LABEL } from "./reading.ts";

export interface Control {
  element: Element;
  /** Its words as people see them. */
  label: string;
  /** The same, normalised. */
  text: string;
  /** Where it leads, for a link: the path and query, normalised; else its name and id. */
  name: string;
  /** A button, by element or role (not a link, not merely clickable). */
  button: boolean;
  /** A link with an address of its own. */
  link: boolean;
  /** A link to the very page it stands on. */
  here: boolean;
  /** Sends its form by itself. */
  sends: boolean;
  form: HTMLFormElement | null;
  /** Shows a password, sends a code again, clears a field: never the way on. */
  minor: boolean;
}

const WAY = /^(?:https?:|\/|\.|\?|[\w%-]+(?:[/.?]|$))/i;

function words80(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return Array.from(line.slice(0, 2 * MAX_LABEL)).slice(0, MAX_LABEL).join("");
}

function ownLabel(element: Element): string {
  const aria = attribute(element, "aria-label");
  if (/\S/.test(aria)) return aria;
  const tag = localName(element);
  if (tag === "input") {
    const input = element as HTMLInputElement;
    return input.value || attribute(element, "alt") || attribute(element, "title") || (input.type === "submit" ? "Submit" : "");
  }
  const text = textOf(element, 400);
  if (/\S/.test(text)) return text;
  for (const inner of Array.from(select(element, "img[alt],[aria-label],svg title")).slice(0, 3)) {
    const name = attribute(inner, "alt") || attribute(inner, "aria-label") || textOf(inner, 200);
    if (/\S/.test(name)) return name;
  }
  return attribute(element, "title");
}

/** Reads one control, or nothing where no person could use it or it holds too much to be one. */
export function readControl(element: Element): Control | null {
  const tag = localName(element);
  const role = attribute(element, "role");
  const type: string = tag === "button" || tag === "input" ? (element as HTMLButtonElement).type : "";
  if (type === "reset") return null;
  const text = textOf(element, 2_001);
  if (tag !== "input" && text.length > 2_000) return null;
  const native = tag === "button" || tag === "input";
  if (!native && tag !== "a" && !["button", "link", "menuitem"].includes(role)) {
    // Merely clickable: a control only if it is small and looks pressable.
    if (text.trim().length > 60 || select(element, "input,button,select,a").length > 0 || styleOf(element).cursor !== "pointer") return null;
  }
  if (!visible(element)) return null;
  const label = words80(ownLabel(element));
  const address = tag === "a" ? attribute(element, "href") : "";
  const link = tag === "a" && address !== "" && !address.startsWith("#") && WAY.test(address) && !/^javascript:/i.test(address);
  const normal = normalise(label);
  return {
    element,
    label,
    text: normal,
    name: normaliseName(link ? address.replace(/^https?:\/\/[^/]*/i, "") : `${attribute(element, "name")} ${attribute(element, "id")} ${attribute(element, "value")}`),
    button: native || role === "button" || role === "menuitem" || (tag !== "a" && role !== "link"),
    link,
    here: link && leadsHere(element as HTMLAnchorElement),
    sends: native && (type === "submit" || type === "image"),
    form: native ? (element as HTMLButtonElement).form : formAround(element),
    minor: (type === "button" || !native) && (more.show(normal) || attribute(element, "aria-pressed") !== "" || attribute(element, "aria-haspopup") !== "" || label === ""),
  };
}

function leadsHere(anchor: HTMLAnchorElement): boolean {
  const document = ownerDocument(anchor);
  const here = (document && defaultView(document))?.location;
  return here !== undefined && anchor.pathname === here.pathname && anchor.host === here.host;
}

function formAround(element: Element): HTMLFormElement | null {
  for (let at: Element | null = element; at; at = composedParent(at)) if (localName(at) === "form") return at as HTMLFormElement;
  return null;
}

/** "Continue with X", where X is another service that vouches for the person. */
export function federated(control: Control): boolean {
  if (words.passkey(control.text) || words.email(control.text) || words.password(control.text) || words.telephone(control.text) || more.oneTimeCode(control.text)) return false;
  const verb = words.signIn(control.text) || words.signUp(control.text) || words.next(control.text);
  if (!verb || !words.use(control.text)) return false;
  return control.text.trim().split(" ").length >= 3 || /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u.test(control.text);
}

/** Leads away from what the group asks: help, another way, another form. */
export const aside = (control: Control): boolean =>
  (more.forgot(control.text) || more.otherWay(control.text) || words.signUp(control.text)) && !words.signIn(control.text) && !words.next(control.text);

/** Whether pressing it could destroy, switch off or cost something. */
export const isHarmful = (control: Control): boolean => words.harmful(control.text) && !words.signOut(control.text);

export const isDisabled = (element: Element): boolean => matches(element, ":disabled") || attribute(element, "aria-disabled") === "true";

/** The words of the nearest heading-like text above a control, for labels such as "Add" or "Manage". */
export function surroundings(element: Element, nearest: string): string {
  let box = "";
  let at: Node | null = parentNode(element);
  for (let depth = 0; isElement(at) && depth < 4; depth += 1, at = parentNode(at)) {
    const text = textOf(at, 301);
    if (text.length > 300) break;
    box = text;
  }
  return `${nearest}${normalise(box)}`;
}
