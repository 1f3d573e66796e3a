// The window's own words. Sentences that depend on what happened come from the Rust side, ready to show.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import english from "../../src-tauri/locales/en/window.ftl?raw";
import englishPasskeys from "../../src-tauri/locales/en/window-passkeys.ftl?raw";
import englishPlan from "../../src-tauri/locales/en/window-plan.ftl?raw";
import spanish from "../../src-tauri/locales/es/window.ftl?raw";
import spanishPasskeys from "../../src-tauri/locales/es/window-passkeys.ftl?raw";
import spanishPlan from "../../src-tauri/locales/es/window-plan.ftl?raw";
import type { Language } from "./bindings/Language";

export type MessageId = `window-${string}`;
export type Values = Record<string, FluentVariable>;

function bundle(language: Language, sources: string[]): FluentBundle {
  // Both languages run left to right: marks that isolate directions would only end up in copied text.
  const made = new FluentBundle(language, { useIsolating: false });
  for (const source of sources) made.addResource(new FluentResource(source));
  return made;
}

const BUNDLES: Record<Language, FluentBundle> = {
  en: bundle("en", [english, englishPasskeys, englishPlan]),
  es: bundle("es", [spanish, spanishPasskeys, spanishPlan]),
};

export function say(language: Language, id: MessageId, values?: Values): string {
  const chosen = BUNDLES[language];
  const pattern = chosen.getMessage(id)?.value;
  if (pattern == null) throw new Error(`no message ${id} in ${language}`);
  return chosen.formatPattern(pattern, values);
}
