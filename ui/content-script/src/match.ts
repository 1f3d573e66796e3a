// Words made comparable, and the tables of words.ts made into matchers.

/** Letters that Unicode does not decompose. */
const WHOLE: Readonly<Record<string, string>> = { "ß": "ss", "ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe" };

/** Lower case, no diacritics, no punctuation, single spaces, a space at either end. */
export function normalise(text: string): string {
  const lower = text.slice(0, 600).normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const plain = lower.replace(/[ßłøıđæœ]/g, (letter) => WHOLE[letter] ?? letter);
  return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

/** As `normalise`, with the words of an identifier taken apart: `newPassword2`, `new_password`. */
export const normaliseName = (name: string): string =>
  normalise(name.slice(0, 200).replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/(\p{L})(\p{N})/gu, "$1 $2"));

/** Scripts written without spaces between words, where a phrase may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;

/** Phrases of several languages: `|` between phrases, `*` for the rest of a word. */
export type Table = Readonly<Record<string, string>>;

/** Whether a normalised text holds one of the table's phrases. */
export function matcher(table: Table): (text: string) => boolean {
  const spaced: string[] = [];
  const anywhere: string[] = [];
  for (const phrases of Object.values(table)) {
    for (const phrase of phrases.split("|")) {
      const pattern = phrase.split("*").map((part) => normalise(`x${part}x`).trim().slice(1, -1)).join("\\S*");
      if (UNSPACED.test(phrase)) anywhere.push(pattern.trim());
      else spaced.push(pattern);
    }
  }
  const words = spaced.length > 0 ? new RegExp(` (?:${spaced.join("|")}) `) : null;
  const pieces = anywhere.length > 0 ? new RegExp(anywhere.join("|")) : null;
  return (text) => (words?.test(text) ?? false) || (pieces !== null && UNSPACED.test(text) && pieces.test(text));
}

/** How many words a normalised text has; in scripts without spaces, about three letters count as one. */
export const wordCount = (text: string): number =>
  text.trim().split(" ").reduce((sum, word) => sum + (UNSPACED.test(word) ? Math.ceil(word.length / 3) : 1), 0);
