// What the page says besides its controls.

import { attribute, composedParent, contains, localName, matches, nextElement, parentNode, previousElement, rectOf, select, styleOf, textOf } from "./dom.ts";
import type { Judged } from "./purpose.ts";
import { wordsOf } from "./inputs.ts";
import { visible } from "./layout.ts";
import { normalise } from "./match.ts";
import * as more from "./more-words.ts";
import * as words from "./words.ts";
import type { Notice } from "./reading.ts";
import type { Line, Walk } from "./walk.ts";

export interface Notices {
  notices: Set<Notice>;
  reasons: Set<string>;
}

const words250 = (element: Element): string => normalise(textOf(element, 250));

/** Text in a colour that warns: much more red than green and blue. */
function reddish(element: Element): boolean {
  const inner = select(element, "*")[0] ?? element;
  const match = /rgba?\((\d+), (\d+), (\d+)/.exec(styleOf(inner).color);
  const [r, g, b] = match ? match.slice(1).map(Number) : [];
  return r !== undefined && g !== undefined && b !== undefined && r > 120 && g < r * 0.55 && b < r * 0.6;
}

function captcha(found: Walk): boolean {
  for (const frame of found.frames) {
    const told = normalise(`${attribute(frame, "title")} ${attribute(frame, "name")}`);
    const source = attribute(frame, "src").toLowerCase();
    if (!(more.human(told) || /captcha|challenge/.test(told) || /captcha|challenge|arkose|bot-?check/.test(source))) continue;
    const rect = rectOf(frame);
    // A badge in a corner only says that a check runs; a puzzle takes part in the page.
    if (rect.width < 100 || rect.height < 40 || /[?&]size=invisible/.test(source) || !visible(frame) || cornered(frame)) continue;
    return true;
  }
  return found.marked.some((element) => {
    if (!/captcha/i.test(attribute(element, "class") + attribute(element, "id")) || localName(element) === "iframe") return false;
    const rect = rectOf(element);
    const drawn = select(element, "img,canvas,iframe,input:not([type=hidden])").length > 0;
    return drawn && rect.width >= 100 && rect.height >= 30 && visible(element) && !cornered(element);
  });
}

const cornered = (element: Element): boolean => {
  let at: Element | null = element;
  for (let depth = 0; at && depth < 4; depth += 1, at = composedParent(at)) if (styleOf(at).position === "fixed" && rectOf(at).height < 90) return true;
  return false;
};

/** A short list directly before or after a field, or at the head of its form: where server-rendered forms put errors. */
function listed(list: Element, judged: readonly Judged[]): boolean {
  const items = select(list, "li");
  if (items.length === 0 || items.length > 3 || select(list, "a,button,input").length > 0) return false;
  return judged.some(({ group, purpose, roles }) => {
    if (!["sign-in", "one-time-code", "password-only", "name-key"].includes(purpose) || !contains(group.root, list)) return false;
    if (parentNode(list) === group.root) return true;
    return roles.some(({ input }) => {
      for (let at: Element | null = input.element, depth = 0; at && at !== group.root && depth < 3; at = composedParent(at), depth += 1) {
        if (previousElement(at) === list || nextElement(at) === list) return true;
      }
      return false;
    });
  });
}

const MILD: ReadonlySet<string> = new Set(["sign-in", "one-time-code", "password-only", "name-key", "change-password"]);

export function readNotices(found: Walk, judged: readonly Judged[]): Notices {
  const notices = new Set<Notice>();
  const reasons = new Set<string>();
  const say = (notice: Notice, why: string): void => {
    notices.add(notice);
    reasons.add(why);
  };
  const forms = judged.filter(({ purpose }) => MILD.has(purpose));
  const near = (element: Element): boolean => forms.some(({ group }) => contains(composedParent(group.root) ?? group.root, element));

  const message = (element: Element, why: string, certain: boolean): void => {
    const text = words250(element);
    if (text.trim() === "" || !visible(element)) return;
    if (more.locked(text)) say("locked", why);
    else if (more.busy(text)) say("busy", why);
    else if (more.rateLimited(text)) say("rate-limited", why);
    else if (more.wrong(text) && !(more.done(text) && !certain)) say("refused", why);
    else if (more.sent(text) && more.medium(text)) say("code-sent", why);
    else if (more.done(text)) say("done", why);
    // In whatever language: a message for a form that is neither good news nor mere information.
    else if (certain && (near(element) || reddish(element)) && !/info|success|notice/i.test(attribute(element, "class"))) say("refused", why);
  };

  for (const alert of found.alerts.slice(0, 30)) {
    const role = attribute(alert, "role");
    message(alert, role === "status" ? "status" : "alert", role === "alert" && forms.length > 0);
  }
  for (const list of found.lists.slice(0, 200)) if (listed(list, judged)) message(list, "list-by-field", true);
  for (const element of found.marked.slice(0, 200)) {
    if (!near(element) || contains(element, forms[0]?.group.root ?? element)) continue;
    if (matches(element, "form,input,label,button") || textOf(element, 400).trim().length > 250) continue;
    message(element, "marked", /error|invalid|danger/i.test(attribute(element, "class")));
  }
  for (const { roles } of forms) {
    const invalid = roles.filter(({ input }) => attribute(input.element, "aria-invalid") === "true");
    if (invalid.length > 0 && (roles.some(({ input }) => input.filled) || invalid.some(({ input }) => attribute(input.element, "aria-errormessage") !== "" || attribute(input.element, "aria-describedby") !== ""))) {
      say("refused", "aria-invalid");
    }
  }
  const puzzled = forms.some(({ group }) => group.inputs.some((input) => input.shape === "text" && more.human(wordsOf(input))));
  if (puzzled) say("captcha", "puzzle-field");
  for (const line of found.lines) {
    pageLine(line, say, near);
    hindrance(line, say);
  }
  if (captcha(found)) say("captcha", "challenge-frame");
  if (notices.has("locked") || notices.has("rate-limited") || notices.has("refused")) notices.delete("done");
  return { notices, reasons };
}

function pageLine(line: Line, say: (notice: Notice, why: string) => void, near: (element: Element) => boolean): void {
  if (line.text.length > 260) return;
  const text = normalise(line.text);
  const short = text.length < 200;
  if (more.locked(text) && short && visible(line.block)) say("locked", "line");
  else if (more.rateLimited(text) && !more.busy(text) && short && (more.wrong(text) || /^h[1-3]$/.test(localName(line.block))) && visible(line.block)) say("rate-limited", "line");
  else if (more.sent(text) && more.medium(text) && (more.code(text) || more.oneTimeCode(text)) && visible(line.block)) say("code-sent", "line");
  else if (more.wrong(text) && short && near(line.block) && reddish(line.block) && visible(line.block)) say("refused", "red-line");
  else if (text.length < 80 && more.human(text) && localName(line.block) !== "label" && /^h[1-3]$/.test(localName(line.block)) && visible(line.block)) say("captcha", "heading");
}

/** Why the account may not be changed, in a sentence of its own. */
function hindrance(line: Line, say: (notice: Notice, why: string) => void): void {
  if (line.text.length > 260) return;
  const text = normalise(line.text);
  if (more.unconfirmed(text) && words.email(text) && visible(line.block)) say("address-unconfirmed", "line");
  else if ((more.onHold(text) || (more.forbids(text) && words.passkey(text))) && visible(line.block)) say("barred", "line");
}
