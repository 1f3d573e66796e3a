import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { scene } from "../src/host/scenes";
import { asked, settled, show } from "./render";

const button = (name: string) => page.getByRole("button", { name, exact: true });

beforeEach(async () => {
  localStorage.clear();
  delete document.documentElement.dataset.appearance;
  await page.viewport(1100, 760);
});

test("the vault's password leaves the field in the moment it is handed over, also when it is refused", async () => {
  const window = await show("unlock");
  window.refuseWith({ code: "busy", message: "Not just now.", safe: "", next: "" });
  const field = page.getByLabelText("Vault password", { exact: true });
  await field.fill("open sesame");
  await userEvent.keyboard("{Enter}");
  expect((field.element() as HTMLInputElement).value).toBe("");
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"vault"}, "open sesame")']);
  await expect.element(page.getByText("Not just now.")).toBeVisible();
  await button("Dismiss").click();
  expect(page.getByText("Not just now.").elements()).toHaveLength(0);
});

test("the password can be looked at, and is hidden again afterwards", async () => {
  await show("unlock");
  const field = page.getByLabelText("Vault password", { exact: true });
  await field.fill("open sesame");
  await button("Show what I type").click();
  await expect.element(field).toHaveAttribute("type", "text");
  await button("Unlock").click();
  await expect.element(field).toHaveAttribute("type", "password");
});

test("what is left is selected, and what waits for the person is not", async () => {
  const window = await show("accounts");
  await button("Start with 3 accounts").click();
  await page.getByLabelText("Take bank.example, ada.lovelace along").click();
  await page.getByLabelText("Take forum.example.org, countess along").click();
  await button("Start with 3 accounts").click();
  await page.getByText("Done", { exact: true }).last().click();
  await button("Prove again: mail.example.com, ada@example.com").click();
  await button("Start: bank.example, ada.lovelace").click();
  expect(asked(window)).toEqual(['start(["a2","a3","a6"])', 'start(["a3","a4","a6"])', 'prove("a1")', 'start(["a2"])']);
});

test("all can be taken out and in again", async () => {
  await show("accounts");
  const all = page.getByLabelText("Select all that are left");
  await all.click();
  await expect.element(button("Start with 5 accounts")).toBeEnabled();
  await all.click();
  await expect.element(button("Select accounts to start")).toBeDisabled();
});

test("a list with nothing left says so", async () => {
  await show("accounts-done");
  await expect.element(page.getByText("Every account here is done.")).toBeVisible();
});

test("a vault without accounts says what to do", async () => {
  const window = await show("accounts-empty");
  await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent("No accounts yet");
  await button("Choose another file").click();
  expect(asked(window)).toEqual(["leave()"]);
});

test("five thousand accounts are drawn as far as one scrolls, and filtered as one types", async () => {
  const begun = performance.now();
  await show("accounts-many");
  expect(performance.now() - begun).toBeLessThan(2000);
  const drawn = document.querySelectorAll("main section[aria-label=Accounts] li").length;
  expect(drawn).toBeLessThan(500);
  document.scrollingElement?.scrollTo(0, 1e6);
  await expect.poll(() => document.querySelectorAll("main section[aria-label=Accounts] li").length).toBeGreaterThan(drawn);
  await expect.element(button("Start with 4,285 accounts")).toBeEnabled();
  await page.getByRole("searchbox").fill("site-199 example");
  await expect.poll(() => document.querySelectorAll("main section[aria-label=Accounts] li").length).toBe(11);
  await page.getByRole("searchbox").fill("nobody");
  await expect.element(page.getByText("No account matches “nobody”.")).toBeVisible();
});

test("how it runs is chosen with the arrow keys", async () => {
  const window = await show("accounts");
  (page.getByRole("radio", { name: "Rekey fills in, you press" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(asked(window)).toContain('chooseAssist("auto")');
});

test.for([
  ["accounts-long", 480, 360],
  ["accounts-long", 1100, 760],
  ["run-site", 480, 360],
  ["prompt-make-store", 480, 360],
  ["unlock-problem", 480, 360],
  ["welcome-problem", 480, 360],
  ["accounts-vaults", 480, 360],
  ["accounts-plan", 480, 360],
  ["accounts-plan-long", 480, 360],
  ["accounts-news", 480, 360],
  ["accounts-exposed", 480, 360],
  ["columns-missing", 480, 360],
  ["unlock-queue", 480, 360],
  ["unlock-costly", 480, 360],
  ["run-fields", 480, 360],
] as const)("%s fits a window of %i by %i in Spanish", async ([name, width, height]) => {
  await page.viewport(width, height);
  await show(name, "es");
  await settled();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  const clipped = [...document.querySelectorAll<HTMLElement>("button, h1, h2, h3, .badge")].filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1);
  expect(clipped.map(({ textContent }) => textContent)).toEqual([]);
});

test("the steps say how far each is", async () => {
  await show("run-stopped");
  const steps = [...document.querySelectorAll("main ol[aria-label='The four steps'] li")].map((step) => step.textContent?.trim().replace(/\s+/g, " "));
  expect(steps).toEqual(["Sign in, stopped here", "2 Add a passkey, left out", "3 Site accepts, left out", "4 Prove it, left out"].map((text) => text.replace(/^\d /, "")));
});

test("the step under way is marked, and the card says whose turn it is", async () => {
  await show("run-person");
  expect(document.querySelector("[aria-current=step]")?.textContent).toContain("Add a passkey");
  await expect.element(page.getByText("Your turn", { exact: true })).toBeVisible();
  await expect.element(page.getByRole("status")).toHaveTextContent("practice.localhost: Your turn. Press “Sign in” in the site's window");
});

test("a wait counts down between two views", async () => {
  await show("run-site");
  await expect.element(page.getByText("20 seconds left")).toBeVisible();
  await expect.element(page.getByText("18 seconds left"), { timeout: 4000 }).toBeVisible();
});

test("another account of the run can be looked at, and the way back is offered", async () => {
  await show("run");
  const list = page.getByRole("navigation", { name: "Accounts of this run" });
  await list.getByRole("button").first().click();
  await expect.element(page.getByText("It signs in without the password")).toBeVisible();
  await button("Show the account in progress").click();
  await expect.element(page.getByText("Rekey is at work", { exact: true })).toBeVisible();
});

test("stopping asks first and says what is safe", async () => {
  const window = await show("run");
  await button("Stop").click();
  await expect.element(page.getByText("Your passwords work as before.", { exact: false })).toBeVisible();
  await button("Keep going").click();
  expect(asked(window)).toEqual([]);
  await expect.element(page.getByRole("alertdialog")).not.toBeInTheDocument();
  await button("Stop").click();
  await button("Stop the run").click();
  expect(asked(window)).toEqual(["stop()"]);
});

test("a run that rests can go on", async () => {
  const window = await show("run-paused");
  await button("Resume").click();
  await button("Skip this account").click();
  expect(asked(window)).toEqual(["resume()", "skip()"]);
});

test("a new screen takes the focus to its heading", async () => {
  const window = await show("welcome");
  window.show(scene("unlock"));
  await expect.element(page.getByRole("heading", { name: "Unlock your vault" })).toHaveFocus();
});

test("appearance and language are chosen from the menu by keyboard", async () => {
  const window = await show("welcome");
  (button("Settings").element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("menu")).toBeVisible();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(document.documentElement.dataset.appearance).toBe("dark");
  expect(localStorage.getItem("rekey-appearance")).toBe("dark");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(asked(window)).toEqual(['speak("es")']);
  await userEvent.keyboard("{Escape}");
  await expect.element(button("Settings")).toHaveFocus();
});
