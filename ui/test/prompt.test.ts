import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { scene } from "../src/host/scenes";
import { asked, settled, show } from "./render";

const button = (name: string) => page.getByRole("button", { name, exact: true });
const input = (label: string) => page.getByLabelText(label, { exact: true });
const value = (label: string) => (input(label).element() as HTMLInputElement).value;

test("an approval is sent once, however often the button is pressed", async () => {
  const window = await show("prompt-use-passkey");
  const press = button("Sign in").element() as HTMLButtonElement;
  press.click();
  press.click();
  press.form?.requestSubmit();
  await settled();
  expect(asked(window)).toEqual(['answerPrompt(7, "approve")']);
  await expect.element(button("Not now")).toBeDisabled();
});

test("a passphrase is handed over once and the field forgets it at once", async () => {
  const window = await show("prompt-make-passkey");
  await input("Passphrase of the store").fill("correct horse");
  await userEvent.keyboard("{Enter}");
  expect(value("Passphrase of the store")).toBe("");
  await userEvent.keyboard("{Enter}");
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"prompt","id":7}, "correct horse")']);
});

test("a refused reply gives the prompt back, with the field empty and the reason shown", async () => {
  const window = await show("prompt-make-passkey");
  window.refuseWith({ code: "busy", message: "Not just now.", safe: "All of it.", next: "Wait." });
  await input("Passphrase of the store").fill("correct horse");
  await button("Make the passkey").click();
  await expect.element(page.getByText("Not just now.")).toBeVisible();
  expect(value("Passphrase of the store")).toBe("");
  await expect.element(button("Make the passkey")).toBeEnabled();
});

test("an empty passphrase is not sent", async () => {
  const window = await show("prompt-make-passkey");
  await button("Make the passkey").click();
  await expect.element(page.getByText("Type a passphrase first.")).toBeVisible();
  expect(asked(window)).toEqual([]);
});

test("a new store's passphrase must be typed twice alike", async () => {
  const window = await show("prompt-make-store");
  await input("New passphrase").fill("four random words here");
  await expect.element(page.getByText("Good length.")).toBeVisible();
  await input("The same passphrase again").fill("four random words hear");
  await button("Make the store").click();
  await expect.element(page.getByText("The two are not the same. Type it again.")).toBeVisible();
  expect(asked(window)).toEqual([]);
  await input("The same passphrase again").fill("four random words here");
  await button("Make the store").click();
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"prompt","id":1}, "four random words here")']);
  expect([value("New passphrase"), value("The same passphrase again")]).toEqual(["", ""]);
});

test("a new prompt starts from an empty form", async () => {
  const window = await show("prompt-make-passkey");
  await input("Passphrase of the store").fill("half typed");
  const next = scene("prompt-make-passkey");
  window.show({ ...next, prompt: next.prompt && { ...next.prompt, id: 8 } });
  await settled();
  expect(value("Passphrase of the store")).toBe("");
  await input("Passphrase of the store").fill("whole");
  await button("Make the passkey").click();
  expect(asked(window)).toEqual(['presentPassphrase({"kind":"prompt","id":8}, "whole")']);
});

test("practice needs one press and no typing", async () => {
  const window = await show("prompt-practice");
  expect(page.getByLabelText("Passphrase of the store", { exact: true }).elements()).toHaveLength(0);
  await button("Use the practice passphrase").click();
  expect(asked(window)).toEqual(['answerPrompt(7, "approve")']);
});

test("escape declines, a press outside does nothing, and an idle key approves nothing", async () => {
  const window = await show("prompt-use-passkey");
  await settled();
  document.querySelector<HTMLElement>(".dialog-veil")?.click();
  await userEvent.keyboard("{Enter} ");
  expect(asked(window)).toEqual([]);
  await userEvent.keyboard("{Escape}");
  expect(asked(window)).toEqual(['answerPrompt(7, "decline")']);
});

test("the focus comes back when the prompt is gone", async () => {
  const window = await show("run");
  const pause = button("Pause");
  (pause.element() as HTMLElement).focus();
  window.show(scene("prompt-use-passkey"));
  await expect.element(page.getByRole("alertdialog")).toBeVisible();
  await settled();
  expect(document.activeElement?.textContent).toContain("Sign in to bank.example");
  window.show(scene("run"));
  await expect.element(page.getByRole("alertdialog")).not.toBeInTheDocument();
  await settled();
  expect(document.activeElement).toBe(pause.element());
});
