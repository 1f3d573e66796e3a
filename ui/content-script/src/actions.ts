// What pressing each control would do.

import { attribute, composedParent, localName } from "./dom.ts";
import { aside, federated, isHarmful, surroundings, type Control } from "./controls.ts";
import type { Judged, PageWords, Purpose } from "./purpose.ts";
import { headingBefore, senders } from "./purpose.ts";
import { wordCount } from "./match.ts";
import * as more from "./more-words.ts";
import type { ActionRole } from "./reading.ts";
import * as words from "./words.ts";

export interface Deed {
  control: Control;
  role: ActionRole;
  judged: Judged | null;
  confidence: number;
}

const ASKS: ReadonlySet<Purpose> = new Set<Purpose>(["sign-in", "one-time-code", "sign-up"]);

/** Whether a control signs out, by its words or, without words, by where it leads. */
const signsOut = (control: Control): boolean =>
  (words.signOut(control.text) && wordCount(control.text) <= 5 && !more.remember(control.text)) ||
  (control.label === "" && words.signOut(control.name));

/** For a group without a sending control of its own: the next control after it that belongs to no other group. */
function outside(last: number, unowned: readonly Control[], order: ReadonlyMap<Element, number>): Control[] {
  const at = (control: Control): number => order.get(control.element) ?? 0;
  const fit = unowned.filter((control) => at(control) > last && at(control) < last + 400 && !isHarmful(control) && !control.minor && !control.link && !aside(control) && !federated(control) &&
    (words.signIn(control.text) || words.next(control.text) || words.agree(control.text) || words.signUp(control.text)));
  return fit.slice(0, 1);
}

/** The controls that send a group, best first. */
export function submits(judged: Judged, order: ReadonlyMap<Element, number>, unowned: readonly Control[]): Deed[] {
  if (judged.purpose === "other" || judged.purpose === "harmful" || judged.purpose === "set-up-code") return [];
  const last = Math.max(0, ...judged.roles.filter((r) => r.input.shape !== "box").map((r) => order.get(r.input.element) ?? 0));
  const deeds: Deed[] = [];
  const candidates = senders(judged.group);
  const off = (control: Control): boolean => isHarmful(control) || (aside(control) && !(judged.purpose === "sign-up" && words.signUp(control.text)));
  const inner = candidates.some((control) => !off(control)) ? candidates : judged.group.controls.filter((control) => !control.link && !control.minor && !off(control));
  const clear = inner.some((control) => control.sends || words.signIn(control.text) || words.next(control.text) || words.agree(control.text) || words.signUp(control.text) || words.add(control.text) || more.change(control.text));
  const further = clear ? [] : outside(last, unowned, order);
  const links = (): Control[] => judged.group.controls.filter((control) => control.link && !off(control) && (words.signIn(control.text) || words.next(control.text)));
  const pool = further.length > 0 ? further : inner.length > 0 ? inner : links();
  for (const control of pool) {
    if (isHarmful(control) || federated(control) || signsOut(control)) continue;
    const { text } = control;
    if (words.passkey(text) && judged.purpose !== "name-key") continue;
    if (words.skip(text) && !words.signIn(text) && !words.next(text) && !words.agree(text)) continue;
    let score = control.sends ? 4 : 0;
    if (control.form !== null && control.form === judged.group.root) score += 1;
    if (judged.purpose === "sign-in" || judged.purpose === "password-only" || judged.purpose === "one-time-code") {
      if (words.signIn(text)) score += 4;
      if (words.next(text) || words.agree(text)) score += 3;
      if (words.signUp(text) && !words.signIn(text)) score -= 6;
    } else if (judged.purpose === "sign-up") {
      if (words.signUp(text) || words.next(text)) score += 4;
      if (words.signIn(text) && !words.signUp(text)) score -= 3;
    } else if (judged.purpose === "change-password") {
      if (more.change(text) || words.agree(text)) score += 4;
    } else if (words.add(text) || words.next(text) || words.agree(text) || more.change(text)) score += 4;
    if (more.forgot(text) || more.otherWay(text)) score -= 6;
    if (more.search(text)) score -= 5;
    score += (order.get(control.element) ?? 0) > last ? 2 : -2;
    if (control.label === "" && !control.sends) score -= 3;
    deeds.push({ control, role: "submit", judged, confidence: Math.max(5, Math.min(98, 50 + 6 * score)) });
  }
  deeds.sort((a, b) => b.confidence - a.confidence);
  const top = deeds[0];
  return top ? deeds.filter((deed) => deed === top || deed.confidence >= 50).slice(0, 2) : [];
}

/** The role of a control that does not send a group of fields. */
export function roleOf(control: Control, judged: Judged | null, asks: boolean, page: PageWords): { role: ActionRole; confidence: number } | null {
  const { text, name } = control;
  const long = wordCount(text) > 12;
  if (signsOut(control)) return { role: "sign-out", confidence: words.signOut(text) ? 92 : 60 };
  if (isHarmful(control) || long) return null;
  const brief = wordCount(text) <= 4;
  let near: string | null = null;
  // Looked up only where it decides: it costs a walk around the control.
  const nearKey = (): boolean => words.passkey((near ??= surroundings(control.element, headingBefore(control.element, page))));
  const aboutKey = words.passkey(text);
  if (aboutKey && !more.about(text)) {
    if (asks) return words.add(text) && !words.signIn(text) && !words.use(text) ? null : { role: "use-passkey", confidence: words.use(text) || words.signIn(text) ? 92 : 75 };
    if (words.add(text)) return { role: "add-passkey", confidence: control.link && wordCount(text) <= 1 ? 70 : 92 };
    if (words.signIn(text) || (words.use(text) && !control.link)) return { role: "use-passkey", confidence: 70 };
    if (control.here || more.change(text)) return null;
    return { role: "to-security-settings", confidence: control.link ? 95 : 75 };
  }
  if (!asks && brief && words.add(text) && !more.recoveryCode(text) && nearKey() && judged?.purpose !== "name-key") return { role: "add-passkey", confidence: control.link ? 75 : 70 };
  if (more.otherWay(text)) return { role: "try-another-way", confidence: 85 };
  if (federated(control)) return null;
  if (words.skip(text) && wordCount(text) <= 6 && !control.sends) return { role: "skip", confidence: 75 };
  if (words.skip(text) && wordCount(text) <= 6) return { role: "skip", confidence: 60 };
  const settings = (control.link && !control.here) || attribute(control.element, "role") === "menuitem" || (control.button && !control.sends);
  if (settings && !asks && !more.about(text) && !more.about(name) && !more.recoveryCode(`${text}${name}`)) {
    if (words.passkey(name)) return { role: words.add(name) || words.add(text) ? "add-passkey" : "to-security-settings", confidence: words.passkey(page.path) ? 60 : 88 };
    if (control.link && wordCount(text) <= 3 && words.passkey(headingBefore(control.element, page)) && !words.signIn(text) && !words.password(text) && !more.recoveryCode(text)) return { role: "to-security-settings", confidence: 85 };
    if (more.security(text) || more.security(name)) return { role: "to-security-settings", confidence: more.security(text) ? 80 : 70 };
    if (words.password(text) && more.change(text)) return { role: "to-security-settings", confidence: 45 };
    if (more.account(text) && wordCount(text) <= 4) return { role: "to-security-settings", confidence: 50 };
  }
  if (words.signIn(text) && wordCount(text) <= 8 && !control.here && (control.link || judged === null || !ASKS.has(judged.purpose)) && !words.signUp(text) && !more.forgot(text) && judged?.purpose !== "password-only") {
    return { role: "to-sign-in", confidence: control.link ? 80 : 60 };
  }
  if ((words.next(text) || words.agree(text)) && wordCount(text) <= 5 && (control.button || control.sends || words.next(text)) && (judged === null || judged.purpose === "other")) {
    return { role: "continue", confidence: words.next(text) ? 75 : 65 };
  }
  return null;
}

/** Whether a control stands in a page's foot, where links lead to texts rather than to the person's own settings. */
export function inFooter(element: Element): boolean {
  for (let at: Element | null = element; at; at = composedParent(at)) {
    if (localName(at) === "footer" || attribute(at, "role") === "contentinfo") return true;
  }
  return false;
}
