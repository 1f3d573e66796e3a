import { FluentResource } from "@fluent/bundle";
import { expect, test } from "vitest";
import englishWindow from "../../src-tauri/locales/en/window.ftl?raw";
import englishPasskeys from "../../src-tauri/locales/en/window-passkeys.ftl?raw";
import englishPlan from "../../src-tauri/locales/en/window-plan.ftl?raw";
import spanishWindow from "../../src-tauri/locales/es/window.ftl?raw";
import spanishPasskeys from "../../src-tauri/locales/es/window-passkeys.ftl?raw";
import spanishPlan from "../../src-tauri/locales/es/window-plan.ftl?raw";
import { say } from "../src/text";

const english = `${englishWindow}\n${englishPasskeys}\n${englishPlan}`;
const spanish = `${spanishWindow}\n${spanishPasskeys}\n${spanishPlan}`;
const ids = (source: string): string[] => new FluentResource(source).body.map(({ id }) => id).sort();
const sources: Record<string, string> = import.meta.glob("../src/**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });
const used = new Set(Object.values(sources).flatMap((source) => source.match(/(?<=["'])window-[a-z0-9-]+(?=["'])/g) ?? []));

test("both languages have the same messages", () => {
  expect(ids(spanish)).toEqual(ids(english));
});

test("every message that the window names is there, and none is idle", () => {
  expect(used.size).toBeGreaterThan(100);
  expect([...used].sort()).toEqual(ids(english));
});

test("numbers and names are put in", () => {
  expect(say("en", "window-accounts-start", { count: 1 })).toBe("Start with 1 account");
  expect(say("es", "window-accounts-start", { count: 12 })).toBe("Empezar con 12 cuentas");
  expect(say("en", "window-prompt-make-passkey", { site: "bank.example" })).toBe("Make a passkey for bank.example?");
});
