// What may know what: shared parts know no domain, domains know no other, and one file alone knows Tauri.
import { expect, test } from "vitest";

const sources: Record<string, string> = import.meta.glob("../src/**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });
const files = Object.entries(sources).map(([path, source]) => ({ path: path.replace("../src/", ""), source }));
const imports = (source: string): string[] => [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, module]) => module ?? "");
const breaking = (rule: (path: string, module: string) => boolean): string[] =>
  files.flatMap(({ path, source }) => imports(source).filter((module) => rule(path, module)).map((module) => `${path} imports ${module}`));

test("only one file knows Tauri", () => {
  expect(files.length).toBeGreaterThan(80);
  expect(breaking((path, module) => module.startsWith("@tauri-apps/") && path !== "host/tauri.ts")).toEqual([]);
});

test("shared components know no domain", () => {
  expect(breaking((path, module) => path.startsWith("components/ui/") && module.startsWith("../") && !module.startsWith("../../"))).toEqual([]);
});

test("domains share only what is shared, and know no view", () => {
  const abroad = (path: string, module: string): boolean =>
    path.startsWith("components/") && ((module.startsWith("../") && !module.startsWith("../../") && !module.startsWith("../ui/")) || module.includes("views/"));
  expect(breaking(abroad)).toEqual([]);
});

test("only shared components know the component library", () => {
  expect(breaking((path, module) => module === "bits-ui" && !path.startsWith("components/ui/") && path !== "components/shell/SettingsMenu.svelte")).toEqual([]);
});

test("no markup carries what the window's policy forbids", () => {
  const forbidden = files.filter(({ path, source }) => path.endsWith(".svelte") && /\sstyle=|\{@html/.test(source));
  expect(forbidden.map(({ path }) => path)).toEqual([]);
});
