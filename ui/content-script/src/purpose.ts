// What a group of inputs is for, and the role of each of its inputs.

import { attribute, localName, rectOf, select, textOf } from "./dom.ts";
import { federated, isHarmful, type Control } from "./controls.ts";
import type { Group } from "./groups.ts";
import { codeScore, hasToken, isSearch, userScore, wordsOf, type Input } from "./inputs.ts";
import { normalise, normaliseName } from "./match.ts";
import * as more from "./more-words.ts";
import type { FieldRole } from "./reading.ts";
import * as words from "./words.ts";

export type Purpose =
  | "sign-in" | "sign-up" | "change-password" | "one-time-code" | "password-only" | "name-key" | "set-up-code" | "harmful" | "other";

export interface Role {
  input: Input;
  role: FieldRole;
  confidence: number;
}

export interface Judged {
  group: Group;
  purpose: Purpose;
  roles: Role[];
  /** How sure the purpose is, 0 to 100. */
  confidence: number;
  /** The words around the group, normalised: its heading, its name, its sending controls. */
  context: string;
}

export interface PageWords {
  /** The headings' positions and words, normalised, in document order. */
  headings: readonly { at: number; text: string }[];
  order: ReadonlyMap<Element, number>;
  title: string;
  path: string;
}

/** A password, and not a card's or a person's number that is hidden the same way. */
const isPassword = (input: Input): boolean =>
  input.shape === "password" && codeScore(input) < 60 && !hasToken(input, "cc-csc", "cc-number") &&
  !(more.otherCode(wordsOf(input)) && !words.password(wordsOf(input)) && !hasToken(input, "current-password", "new-password"));

const isText = (input: Input): boolean => input.shape === "text" && !isSearch(input);

/** The controls of a group that could send it. */
export const senders = (group: Group): Control[] =>
  group.controls.filter((control) => !control.minor && (control.button || control.sends) && !federated(control));

/** The words of the last heading before an element. */
export function headingBefore(element: Element, page: PageWords): string {
  const own = page.order.get(element) ?? 0;
  let nearest = " ";
  for (const { at, text } of page.headings) {
    if (at > own) break;
    nearest = text;
  }
  return nearest;
}

/** The nearest heading above a group (or within it), and what the form calls itself. */
function contextOf(group: Group, page: PageWords): string {
  const first = group.inputs[0];
  const nearest = first ? headingBefore(first.element, page) : " ";
  const root = group.root;
  const named = normaliseName(["id", "name", "class", "action", "aria-label", "data-testid"].map((a) => attribute(root, a).slice(0, 60)).join(" "));
  return `${nearest}${named}`;
}

function passwordRole(input: Input): "old" | "new" | "unknown" {
  if (hasToken(input, "current-password")) return "old";
  if (hasToken(input, "new-password")) return "new";
  const all = wordsOf(input);
  if (words.old(all)) return "old";
  if (words.again(all) || words.fresh(all)) return "new";
  return "unknown";
}

/** Whether a password field says of itself only that it repeats or confirms something: alone, it sets no new password. */
const onlyConfirms = (input: Input): boolean => !hasToken(input, "new-password") && words.again(wordsOf(input)) && !words.fresh(wordsOf(input));

/** Positive: the group makes an account; negative: it signs in. */
function signUpScore(group: Group, passwords: readonly Input[], texts: readonly Input[], context: string, page: PageWords): number {
  let score = 0;
  const kinds = passwords.map(passwordRole);
  if (kinds.includes("old")) score -= 5;
  if (passwords.some((input) => hasToken(input, "new-password"))) score += 3;
  if (passwords.length >= 2 && !kinds.includes("old")) score += 5;
  const extra = texts.length - 1;
  if (extra >= 1) score += Math.min(2 * extra - 1, 6);
  if (texts.some((input) => more.personal(wordsOf(input)))) score += 2;
  if (group.inputs.some((input) => input.shape === "choice")) score += 1;
  for (const input of group.inputs) {
    if (input.shape !== "box") continue;
    if (more.remember(wordsOf(input))) score -= 3;
    else if (more.terms(input.label)) score += 2;
  }
  const sending = senders(group).filter((control) => control.sends || !control.link);
  if (sending.some((control) => words.signUp(control.text))) score += 3;
  if (sending.some((control) => words.signIn(control.text) && !words.signUp(control.text))) score -= 4;
  if (group.controls.some((control) => more.forgot(control.text))) score -= 3;
  if (words.signUp(context)) score += 2;
  if (words.signIn(context)) score -= 2;
  const place = `${page.title}${page.path}`;
  if (words.signUp(place) && !words.signIn(place)) score += 1;
  if (words.signIn(place) && !words.signUp(place)) score -= 1;
  return score;
}

/** The user name of a group: the best text input before its first password, else the best of all. */
function userOf(texts: readonly Input[], passwords: readonly Input[], order: ReadonlyMap<Element, number>): Role | null {
  const limit = passwords[0] ? (order.get(passwords[0].element) ?? 0) : Infinity;
  let best: Role | null = null;
  let bestScore = -60;
  for (const input of texts) {
    const before = (order.get(input.element) ?? 0) < limit;
    const score = userScore(input) + (before ? 0 : -70) + (texts.length === 1 ? 20 : 0);
    // Of equals the one nearer to the password.
    if (score >= bestScore + (best && before && passwords.length > 0 ? 0 : best ? 1 : 0)) {
      bestScore = score;
      best = { input, role: "user-name", confidence: Math.max(30, Math.min(98, 60 + score / 2)) };
    }
  }
  return best;
}

/** A secret to be copied into an authenticator app: then a code field confirms a new factor instead of signing in. */
const showsSecret = (group: Group): boolean => {
  const shared = /(?:^|[^A-Z2-7])(?:[A-Z2-7]{16,}|(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{4})(?:$|[^A-Z2-7])/;
  const text = textOf(group.root, 4_000);
  return shared.test(text) || group.inputs.some((input) => shared.test((input.element as HTMLInputElement).value ?? "")) || /otpauth:/.test(text);
};

/** A picture of letters beside the inputs: then a code field copies them, and is no second factor. */
const pictured = (group: Group): boolean =>
  Array.from(select(group.root, "img,canvas")).slice(0, 20).some((picture) => {
    const { width, height } = rectOf(picture);
    return width >= 50 && width <= 400 && height >= 18 && height <= 150 && width > 1.5 * height;
  });

export function judge(group: Group, page: PageWords): Judged {
  const context = contextOf(group, page);
  const done = (purpose: Purpose, roles: Role[], confidence: number): Judged => ({ group, purpose, roles: [...roles, ...boxes(group)], confidence, context });
  const codes = group.inputs.filter((input) => !group.cells.includes(input)).map((input) => ({ input, score: codeScore(input) }));
  const code = codes.sort((a, b) => b.score - a.score)[0];
  const passwords = group.inputs.filter((input) => isPassword(input) && !group.cells.includes(input));
  const texts = group.inputs.filter((input) => isText(input) && !group.cells.includes(input) && !(codeScore(input) >= 60));
  const sending = senders(group);
  const harm = sending.length > 0 && sending.every((control) => isHarmful(control) || words.skip(control.text));

  if (passwords.length === 0) {
    const cell = group.cells[0];
    const role: Role | null = cell ? { input: cell, role: "one-time-code", confidence: 85 }
      : code && codeIsMeant(code, texts, group, context, page) ? { input: code.input, role: "one-time-code", confidence: Math.max(60, Math.min(98, code.score)) }
      : null;
    if (role) return done(harm ? "harmful" : showsSecret(group) ? "set-up-code" : "one-time-code", [role], role.confidence);
    return withoutPassword(group, texts, context, page, done);
  }

  const kinds = passwords.map(passwordRole);
  const user = userOf(texts, passwords, page.order);
  const score = signUpScore(group, passwords, texts, context, page);
  const changing = (kinds.includes("old") && passwords.length >= 2) || passwords.length >= 3 || (passwords.length === 2 && texts.length === 0) ||
    (passwords.length === 1 && kinds[0] === "new" && !passwords.every(onlyConfirms) && texts.length === 0 && !words.signUp(context) && !more.confirmAccess(context));
  const extra: Role[] = code && code.score >= 60 && (hasToken(code.input, "one-time-code") || !pictured(group)) ? [{ input: code.input, role: "one-time-code", confidence: 70 }] : [];
  if (changing) {
    const old = kinds.indexOf("old") >= 0 ? kinds.indexOf("old") : passwords.length >= 3 ? 0 : -1;
    const roles = passwords.map((input, i): Role => ({ input, role: i === old ? "current-password" : "new-password", confidence: 85 }));
    return done("change-password", roles, 80);
  }
  const first = passwords[0];
  if (!first) return done("other", [], 50);
  if (score > 0) {
    const roles = passwords.map((input): Role => ({ input, role: "new-password", confidence: 80 }));
    const others = texts.filter((input) => input !== user?.input && userScore(input) >= 30).map((input): Role => ({ input, role: "user-name", confidence: 60 }));
    return done("sign-up", [...(user ? [user] : []), ...others.slice(0, 3), ...roles], Math.min(95, 55 + 8 * score));
  }
  const current: Role = { input: first, role: "current-password", confidence: hasToken(first, "current-password") ? 98 : 90 };
  if (harm) return done("harmful", [], 80);
  if (!user || user.input.fixed) return done("password-only", [current, ...extra], 80);
  return done("sign-in", [user, current, ...extra], Math.min(98, 75 - 5 * score));
}

function codeIsMeant(code: { input: Input; score: number }, texts: readonly Input[], group: Group, context: string, page: PageWords): boolean {
  if (code.score >= 85) return true;
  if (texts.some((input) => userScore(input) > 20)) return false;
  const around = `${context}${page.title}${normalise(textOf(group.root, 600))}`;
  const alone = group.inputs.filter((input) => input.shape === "text").length <= 2;
  return alone && code.score >= 40 && (more.oneTimeCode(around) || code.score >= 65);
}

function withoutPassword(group: Group, texts: readonly Input[], context: string, page: PageWords, done: (p: Purpose, r: Role[], c: number) => Judged): Judged {
  const sending = senders(group);
  const sends = sending.map((control) => control.text).join("");
  const keyPage = words.passkey(`${context}${page.title}${sends}${group.inputs.map((input) => input.label).join("")}`) || words.passkey(page.path);
  const named = texts.find((input) => more.keyName(wordsOf(input)) && !words.email(wordsOf(input)) && input.type !== "email");
  const box = group.inputs.find((input) => input.shape === "box" && more.passwordless(wordsOf(input)));
  if (texts.length <= 1 && (box || (keyPage && named)) && !words.signUp(context)) {
    return done("name-key", named ? [{ input: named, role: "key-name", confidence: 85 }] : [], 85);
  }
  const user = userOf(texts, [], page.order);
  if (!user) return done("other", [], 50);
  const score = userScore(user.input);
  const wholes = `${context}${sends}`;
  const label = normalise(textOf(group.root, 400));
  if (more.newsletter(`${wholes}${label}`) && !words.signIn(wholes) && !hasToken(user.input, "username", "webauthn")) return done("other", [], 70);
  const lost = more.forgot(context) || (sending.length > 0 && sending.every((control) => more.forgot(control.text)));
  if (lost && !words.signIn(sends) && !(hasToken(user.input, "username", "webauthn") && words.next(sends))) return done("other", [], 70);
  const many = texts.length + group.inputs.filter((input) => input.shape === "choice" || input.shape === "area").length;
  const place = `${page.title}${page.path}`;
  let sure = score / 2;
  if (hasToken(user.input, "username", "webauthn")) sure += 30;
  if (words.signIn(wholes)) sure += 30;
  else if (words.signIn(place)) sure += 20;
  if (words.next(sends)) sure += 10;
  if ((words.add(sends) || more.change(sends)) && !words.signIn(sends) && !words.signUp(sends)) sure -= 40;
  if (group.inputs.some((input) => input.shape === "box" && more.remember(wordsOf(input)))) sure += 10;
  if (localName(group.root) === "form" && texts.length === 1) sure += 5;
  sure -= 18 * (many - 1);
  if (group.inputs.some((input) => input.shape === "area")) sure -= 60;
  const making = words.signUp(context) || (sending.length > 0 && sending.every((control) => words.signUp(control.text)));
  if (making && !words.signIn(sends) && !words.signIn(context)) {
    return sure > 10 ? done("sign-up", [user], 60) : done("other", [], 50);
  }
  return sure >= 35 ? done("sign-in", [user], Math.min(95, 40 + sure / 1.5)) : done("other", [], 50);
}

function boxes(group: Group): Role[] {
  const roles: Role[] = [];
  for (const input of group.inputs) {
    if (input.shape !== "box") continue;
    const all = wordsOf(input);
    if (more.passwordless(all)) roles.push({ input, role: "passwordless-box", confidence: 85 });
    else if (more.remember(all) && !more.terms(input.label)) roles.push({ input, role: "remember-me", confidence: 80 });
  }
  return roles;
}
