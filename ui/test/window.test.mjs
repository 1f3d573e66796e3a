// The built window as the app shows it: under its content policy, with frozen prototypes, walked by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { browserLaunch } from "./browser.mjs";
import { openWindow, serve } from "./serve.mjs";

let browser, site;

before(async () => {
  await build({ root: fileURLToPath(new URL("..", import.meta.url)), mode: "preview", logLevel: "error" });
  [browser, site] = await Promise.all([chromium.launch(browserLaunch()), serve("dist-preview")]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** Tabs to the control of this name and presses Enter. */
async function press(page, name) {
  for (let tabs = 0; tabs < 60; tabs += 1) {
    const focused = await page.evaluate(() => {
      const button = document.activeElement?.closest("button");
      return button?.getAttribute("aria-label") ?? button?.textContent?.trim();
    });
    if (focused === name) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach “${name}”`);
}

test("practice is walked from the first screen to proven accounts by keyboard, and nothing breaks the policy", async () => {
  const { page, complaints } = await openWindow(browser);
  await page.goto(`${site.address}/?pace=30`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await press(page, "Try it with a practice vault");
  await page.getByRole("heading", { name: "Unlock the practice vault" }).waitFor();
  await press(page, "Unlock the practice vault");
  await page.getByRole("heading", { name: "3 accounts" }).waitFor();
  await press(page, "Start with 3 accounts");

  const over = page.getByRole("heading", { name: "3 of 3 accounts proven" });
  const dialog = page.getByRole("alertdialog");
  let questions = 0;
  for (;;) {
    await over.or(dialog).first().waitFor();
    if (await over.isVisible()) break;
    const asked = await dialog.locator("button[type=submit]:enabled").textContent({ timeout: 5000 }).catch(() => null);
    if (asked === null) continue;
    const title = await dialog.getByRole("heading").first().textContent();
    await press(page, asked.trim());
    questions += 1;
    await page.waitForFunction((before) => document.querySelector("[role=alertdialog] h2")?.textContent !== before, title);
  }
  assert.equal(questions, 7);
  await press(page, "Back to the accounts");
  await page.getByText("Every account here is done.").waitFor();
  await press(page, "Leave practice");
  await page.getByRole("heading", { name: "Same lock, new key." }).waitFor();
  assert.deepEqual(complaints, []);
});

test("each kind of overlay opens under the policy", async () => {
  const { page, complaints } = await openWindow(browser, { viewport: { width: 480, height: 360 } });
  await page.goto(`${site.address}/?scene=notice&language=es`);
  await page.getByRole("button", { name: "Ajustes" }).click();
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${site.address}/?scene=run`);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("alertdialog").waitFor();
  assert.deepEqual(complaints, []);
});

test("the person's choice of appearance wins over the system's", async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const { page: light } = await openWindow(browser, { colorScheme: "light" });
  await light.goto(`${site.address}/?scene=welcome`);
  await light.getByRole("heading", { level: 1 }).waitFor();
  const asSystem = await ground(light);
  await light.evaluate(() => localStorage.setItem("rekey-appearance", "dark"));
  await light.reload();
  await light.getByRole("heading", { level: 1 }).waitFor();
  const chosen = await ground(light);
  const { page: dark } = await openWindow(browser, { colorScheme: "dark" });
  await dark.goto(`${site.address}/?scene=welcome`);
  await dark.getByRole("heading", { level: 1 }).waitFor();
  assert.notEqual(chosen, asSystem);
  assert.equal(chosen, await ground(dark));
});

test("the app's own build has no host in memory, no inline script or style, and no data: address", async () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { output } = await build({ root, mode: "production", logLevel: "error", build: { write: false } });
  const text = output.map((file) => (file.type === "chunk" ? file.code : String(file.source))).join("\n");
  for (const absent of ["practice.localhost", "rekeyContract", "data:image", "data:font"]) assert.ok(!text.includes(absent), absent);
  const page = String(output.find(({ fileName }) => fileName === "index.html").source);
  assert.ok(!/<style|style=|<script(?![^>]*\bsrc=)/.test(page), page);
});
