// Mounts the whole window over a host that shows one view and writes down what it is asked to do.
import { tick } from "svelte";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import App from "../src/App.svelte";
import type { Language } from "../src/bindings/Language";
import type { View } from "../src/bindings/View";
import { scene, type SceneName } from "../src/host/scenes";
import { type Still, still } from "../src/host/still";

export async function show(view: View | SceneName, language: Language = "en"): Promise<Still> {
  const made = still(typeof view === "string" ? scene(view, language) : view);
  render(App, { host: made.host });
  await page.getByRole("banner").or(page.getByRole("alertdialog")).first().findElement();
  return made;
}

/** What was asked of the host, as text that reads well in a failure. */
export const asked = ({ calls }: Still): string[] => calls.map(({ name, args }) => `${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`);

/** Lets effects run and the bits that wait for a frame settle. */
export async function settled(): Promise<void> {
  await tick();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
}
