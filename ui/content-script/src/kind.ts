// What the page is for, from its groups, controls and messages.

import { attribute, composedParent, localName, textOf } from "./dom.ts";
import type { Deed } from "./actions.ts";
import type { Judged, PageWords, Purpose } from "./purpose.ts";
import { normalise } from "./match.ts";
import * as more from "./more-words.ts";
import type { Notice, PageKind, SignedInSignal } from "./reading.ts";
import type { Walk } from "./walk.ts";
import { visible } from "./layout.ts";
import * as words from "./words.ts";

export interface Verdict {
  kind: PageKind;
  confidence: number;
  reason: string;
  /** The purposes whose groups the kind is about, the most telling first. */
  about: Purpose[];
}

export interface Evidence {
  judged: readonly Judged[];
  deeds: readonly Deed[];
  notices: ReadonlySet<Notice>;
  signals: ReadonlySet<SignedInSignal>;
  page: PageWords;
  found: Walk;
  /** The page's title and its highest heading, normalised. */
  head: string;
}

/** Six or more tokens of one shape, as lists of recovery codes are. */
function codeList(found: Walk): boolean {
  const shapes = new Map<string, number>();
  const areas = found.inputs.filter((input) => localName(input) === "textarea" && visible(input)).map((input) => (input as HTMLTextAreaElement).value.slice(0, 2_000));
  for (const text of [...found.lines.map((line) => line.text), ...areas]) {
    for (const token of text.split(/[\s,;]+/)) {
      if (!/^[A-Za-z0-9]{4,}(?:-[A-Za-z0-9]{3,})*$/.test(token) || token.length < 8 || token.length > 32 || !/\d/.test(token)) continue;
      const shape = token.replace(/[A-Za-z0-9]/g, "x");
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    }
  }
  return [...shapes.values()].some((count) => count >= 6);
}

const mentions = (found: Walk, test: (text: string) => boolean): boolean => found.lines.some((line) => line.text.length < 300 && test(normalise(line.text)) && visible(line.block));

export function kindOf(e: Evidence): Verdict {
  const best = (purpose: Purpose): Judged | null => e.judged.filter((j) => j.purpose === purpose).sort((a, b) => b.confidence - a.confidence)[0] ?? null;
  const deed = (role: Deed["role"], least = 0): Deed | null => e.deeds.find((d) => d.role === role && d.confidence >= least) ?? null;
  const say = (kind: PageKind, confidence: number, reason: string, ...about: Purpose[]): Verdict => ({ kind, confidence: Math.round(confidence), reason, about });
  const signedIn = e.signals.has("sign-out-control");
  const [signIn, signUp, code, only, change, name] = (["sign-in", "sign-up", "one-time-code", "password-only", "change-password", "name-key"] as const).map(best);
  const adds = deed("add-passkey", 65);

  if (code && !adds && !(signIn && signIn.roles.some((r) => r.role === "current-password"))) {
    // What was sent cannot come from an authenticator app, whatever the page's heading says.
    return e.notices.has("code-sent") ? say("code-sent", code.confidence, "code-field-sent", "one-time-code") : say("second-factor", code.confidence, "code-field", "one-time-code");
  }
  if (signIn && signUp) {
    const withPassword = signIn.roles.some((r) => r.role === "current-password");
    const place = `${e.head}${e.page.path}`;
    const making = words.signUp(place) && !words.signIn(place);
    if (!making && (withPassword || signIn.confidence >= signUp.confidence)) return say("sign-in", signIn.confidence, "sign-in-form", "sign-in", "password-only", "one-time-code");
    return say("sign-up", signUp.confidence, "sign-up-form", "sign-up", "sign-in");
  }
  const addressOnly = signedIn && signIn !== null && signIn !== undefined && !signIn.roles.some((r) => r.role === "current-password");
  if (signIn && !addressOnly && !(signedIn && (change || adds || name))) {
    const again = signedIn || more.confirmAccess(e.head);
    if (again && signIn.roles.some((r) => r.role === "current-password") && signIn.roles.every((r) => r.role !== "user-name" || r.input.filled)) return say("reauthentication", 75, "sign-in-form-signed-in", "sign-in");
    return say("sign-in", signIn.confidence, "sign-in-form", "sign-in", "password-only");
  }
  if (name) return say("name-key", name.confidence, "key-name-form", "name-key");
  if (only && !change && !adds) {
    if (signedIn) return say("reauthentication", 92, "password-only-signed-in", "password-only");
    const asked = more.confirmAccess(`${e.head}${only.context}`) || (e.signals.has("user-name-shown") && mentions(e.found, more.confirmAccess) && !words.signIn(e.head));
    return asked ? say("reauthentication", 75, "password-only-words", "password-only") : say("sign-in", 80, "password-step", "password-only");
  }
  const heads = more.recoveryCode(e.head);
  if (!signUp && (heads || (codeList(e.found) && mentions(e.found, more.recoveryCode)))) return say("recovery-codes", heads ? 88 : 80, heads ? "recovery-heading" : "code-list");
  if (adds && !signUp) return say("passkey-settings", adds.confidence, "add-passkey-control", "change-password");
  if (change) return say("change-password", change.confidence, "new-password-form", "change-password");
  if (signUp) return say("sign-up", signUp.confidence, "sign-up-form", "sign-up");
  if (e.notices.has("captcha")) return say("captcha", 80, "challenge");
  if (e.notices.has("locked") || e.notices.has("rate-limited")) return say("locked-out", 75, "lock-message");
  if (more.missing(e.head) && !signedIn && e.found.lines.length < 60) return say("error", 80, "error-heading");
  if (e.notices.has("code-sent")) return say("code-sent", 70, "sent-message");
  const uses = deed("use-passkey", 60);
  if (uses && !signedIn) return words.signIn(e.head) || !more.oneTimeCode(e.head) ? say("sign-in", 70, "passkey-only", "sign-in") : say("second-factor", 75, "passkey-factor");
  if (uses) return say("reauthentication", 60, "passkey-only-signed-in");
  const setUp = best("set-up-code");
  if (setUp && !signedIn) return say("unknown", 60, "factor-set-up");
  const asking = e.found.inputs.some((input) => /^(?:text|email|tel|password|)$/.test(attribute(input, "type")) && localName(input) === "input" && visible(input));
  const offers = !asking && deed("skip", 60) && (deed("continue", 60) || (!signedIn && e.deeds.length <= 12));
  if (offers && (dialog(e) || e.deeds.length <= 8) && e.deeds.filter((d) => d.role === "to-security-settings").length < 3) return say("interstitial", 65, "skip-offered");
  const settings = e.deeds.filter((d) => d.role === "to-security-settings" && d.confidence >= 70).length > 0;
  if (signedIn) return say("signed-in", settings ? 92 : 85, "sign-out-control");
  if (e.signals.has("user-name-shown") && settings) return say("signed-in", 70, "user-name-and-settings");
  if (!asking && deed("continue", 70) && e.deeds.length <= 6) return say("interstitial", 55, "continue-offered");
  return say("unknown", 40, "nothing-known");
}

const dialog = (e: Evidence): boolean => e.deeds.some((d) => {
  if (d.role !== "skip") return false;
  for (let at: Element | null = d.control.element; at; at = composedParent(at)) if (localName(at) === "dialog" || /dialog/.test(attribute(at, "role")) || attribute(at, "aria-modal") === "true") return true;
  return false;
});

/** The title and the first heading of the highest level, normalised. */
export function headOf(found: Walk, title: string): string {
  const shown = found.headings.filter((heading) => visible(heading)).slice(0, 40);
  for (const level of ["h1", "h2", "h3"]) {
    const heading = shown.find((h) => localName(h) === level);
    if (heading) return `${normalise(title)}${normalise(textOf(heading, 200))}`;
  }
  return normalise(title);
}
