// Length alone, in words: a rough guide, not a judgement.
import type { MessageId } from "../../text";

export interface Strength {
  level: 0 | 1 | 2 | 3 | 4;
  message: MessageId;
}

export function strength(length: number): Strength {
  if (length === 0) return { level: 0, message: "window-strength-none" };
  if (length < 10) return { level: 1, message: "window-strength-short" };
  if (length < 16) return { level: 2, message: "window-strength-fair" };
  if (length < 24) return { level: 3, message: "window-strength-good" };
  return { level: 4, message: "window-strength-strong" };
}
