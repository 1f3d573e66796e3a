// Where passkeys live, what an authenticator asks, and what it waits for.
import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { scene } from "../src/host/scenes";
import { asked, settled, show } from "./render";

const button = (name: string) => page.getByRole("button", { name, exact: true });
const field = (label: string) => page.getByLabelText(label, { exact: true });
const value = (label: string): string => (field(label).element() as HTMLInputElement).value;

beforeEach(async () => {
  localStorage.clear();
  delete document.documentElement.dataset.appearance;
  await page.viewport(1100, 900);
});

test("a PIN leaves the field in the moment it is handed over", async () => {
  const window = await show("prompt-pin");
  await settled();
  expect(document.activeElement).toBe(field("PIN").element());
  await button("Give the PIN").click();
  await expect.element(page.getByText("Type the PIN first.")).toBeVisible();
  await field("PIN").fill("1234");
  await userEvent.keyboard("{Enter}");
  expect(value("PIN")).toBe("");
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"prompt","id":8}, "1234")']);
});

test("escape gives a PIN up", async () => {
  const window = await show("prompt-pin-last");
  await settled();
  await userEvent.keyboard("{Escape}");
  expect(asked(window)).toEqual(['answerPrompt(8, "decline")']);
});

test("what is left of the tries is said before the field", async () => {
  await show("prompt-pin-wrong");
  await expect.element(page.getByText("That PIN is wrong.")).toBeVisible();
  await expect.element(page.getByText("5 tries are left. After that the key locks itself for good.")).toBeVisible();
});

test("a new PIN is long enough and typed twice alike", async () => {
  const window = await show("prompt-new-pin");
  await expect.element(page.getByText("At least 4 characters. Letters may be among them.")).toBeVisible();
  await field("New PIN").fill("123");
  await button("Set the PIN").click();
  await expect.element(page.getByText("It needs at least 4 characters.")).toBeVisible();
  await field("New PIN").fill("12345");
  await field("The same PIN again").fill("12346");
  await button("Set the PIN").click();
  await expect.element(page.getByText("The two are not the same. Type it again.")).toBeVisible();
  expect(asked(window)).toEqual([]);
  await field("The same PIN again").fill("12345");
  await button("Set the PIN").click();
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"prompt","id":9}, "12345")']);
});

test("what a key waits for is on the screen, read out, and gone with its ceremony", async () => {
  const window = await show("run-touch");
  await expect.element(page.getByText("Touch your security key", { exact: true })).toBeVisible();
  expect(document.querySelector("[data-waits=touch]")).not.toBeNull();
  expect(page.getByRole("status").elements().some(({ textContent }) => textContent?.includes("Touch your security key"))).toBe(true);
  window.show(scene("run"));
  await expect.element(page.getByText("Touch your security key", { exact: true })).not.toBeInTheDocument();
  expect(document.querySelector("[data-waits]")).toBeNull();
});

test("where passkeys are kept is chosen by keyboard, and what is not there cannot be", async () => {
  const window = await show("accounts-tpm");
  const places = page.getByRole("radiogroup", { name: "Where passkeys are kept" });
  await expect.element(places.getByRole("radio", { name: "This computer's security chip" })).toBeChecked();
  await expect.element(places.getByRole("radio", { name: "Security key" })).toBeDisabled();
  await expect.element(page.getByText("This place asks you itself", { exact: false })).toBeVisible();
  expect(page.getByRole("radiogroup", { name: "How often you confirm that it is you" }).elements()).toHaveLength(0);
  (places.getByRole("radio", { name: "This computer's security chip" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowUp}");
  expect(asked(window)).toEqual(['chooseHome("store")']);
});

test("the panel says of each place where else it signs in and what was never tried, and locks the store", async () => {
  const window = await show("accounts");
  await button("Places…").click();
  const panel = page.getByRole("dialog", { name: "Where your passkeys live" });
  await expect.element(panel).toBeVisible();
  await expect.element(panel.getByText("Only on this computer")).toBeVisible();
  await expect.element(panel.getByText("Run against a TPM in software only", { exact: false })).toBeVisible();
  await expect.element(panel.getByText("3 accounts have their passkeys here.")).toBeVisible();
  await panel.getByRole("button", { name: "Lock now" }).click();
  await panel.getByRole("button", { name: "Look again" }).click();
  expect(asked(window)).toEqual(["lockStore()", "lookForDevices()"]);
  await userEvent.keyboard("{Escape}");
  await expect.element(button("Places…")).toHaveFocus();
});

test("while a run goes on the panel opens from the menu, and the store stays open", async () => {
  await show("run");
  await button("Settings").click();
  await page.getByRole("menuitem", { name: "Passkeys…" }).click();
  const panel = page.getByRole("dialog", { name: "Where your passkeys live" });
  await expect.element(panel).toBeVisible();
  expect(panel.getByRole("button", { name: "Lock now" }).elements()).toHaveLength(0);
});

test("no panel of passkeys is offered before a vault is open", async () => {
  await show("welcome");
  await button("Settings").click();
  expect(page.getByRole("menuitem", { name: "Passkeys…" }).elements()).toHaveLength(0);
});
