import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { scene } from "../src/host/scenes";
import { asked, settled, show } from "./render";

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
const open = (title: string) => page.getByText(title, { exact: true }).click();

test("a file of several can be skipped, and a reading ended", async () => {
  const window = await show("unlock-queue");
  expect(page.getByText("Key file", { exact: true }).elements()).toHaveLength(0);
  await button("Skip this file").click();
  window.show(scene("unlock-reading"));
  await button("Cancel").click();
  window.show(scene("unlock-costly"));
  await button("Try anyway").click();
  expect(asked(window)).toEqual(["skipFile()", "cancelReading()", "tryAnyway()"]);
});

test("a wrong password is told at its field", async () => {
  await show("unlock-problem");
  const field = page.getByLabelText("Vault password", { exact: true });
  await expect.element(field).toHaveAttribute("aria-invalid", "true");
  await expect.element(field).toHaveAccessibleDescription(/password or the key file is not right/);
});

test("columns are told by keyboard, and nothing is read while something is missing", async () => {
  const window = await show("columns-missing");
  const select = page.getByLabelText("What Column 3 holds");
  await select.selectOptions("password");
  await page.getByLabelText(/The first row names the columns/).click();
  await expect.element(button("Read 214 rows")).toBeDisabled();
  window.show(scene("columns"));
  await button("Read 214 rows").click();
  expect(asked(window)).toEqual(['setColumn(2, "password")', "setHeading(true)", "readColumns()"]);
});

test("each kind of question is answered or put off", async () => {
  const window = await show("accounts-questions");
  await page.getByRole("radio", { name: /^Bank/ }).click();
  await button("Use this one: bank.example, ada.lovelace").click();
  await page.getByRole("radio", { name: /^photos/ }).click();
  await button("It belongs here: Example: ada@example.com").click();
  await page.getByLabelText("Site of Home/Router in the attic").fill("router.example");
  await userEvent.keyboard("{Enter}");
  await button("Use this site for GitHub").click();
  await button("Later: GitHub").click();
  await button("Ask the 2 put-off questions again").click();
  expect(asked(window)).toEqual([
    'answerVault({"kind":"password","id":"a2","option":"o2"})',
    'answerVault({"kind":"code","id":"t1","account":"a5"})',
    'answerVault({"kind":"site","id":"q1","address":"router.example"})',
    'answerVault({"kind":"site","id":"q2","address":"github.com"})',
    'answerVault({"kind":"later","id":"q2"})',
    'answerVault({"kind":"ask_again"})',
  ]);
});

test("an address that is none is told at its field, and the keyboard stays with the questions", async () => {
  const window = await show("accounts-questions");
  window.refuseWith({ code: "site_unreadable", message: "That is no site.", safe: "", next: "" });
  const field = page.getByLabelText("Site of Home/Router in the attic");
  await field.fill("attic");
  await userEvent.keyboard("{Enter}");
  await expect.element(field).toHaveAccessibleDescription("That is no site.");
  const view = scene("accounts-questions");
  if (view.screen.kind === "accounts") view.screen.questions.sites.shift();
  window.show(view);
  await settled();
  expect(document.activeElement?.textContent).toContain("Which site?");
});

test("the questions stay open while they are answered", async () => {
  const window = await show("accounts-vaults");
  await open("4 questions for you");
  const view = scene("accounts-vaults");
  if (view.screen.kind === "accounts") view.screen.questions.sites.shift();
  window.show(view);
  await expect.element(page.getByText("3 questions for you", { exact: true })).toBeVisible();
  await expect.element(page.getByLabelText("Site of GitHub", { exact: true })).toBeVisible();
});

test("an export is deleted only after a second word", async () => {
  const window = await show("accounts-vaults");
  await button(/^Delete the file… 1Password/).click();
  await button("Keep it").click();
  expect(asked(window)).toEqual([]);
  await button(/^Delete the file… 1Password/).click();
  await button("Delete the file").click();
  expect(asked(window)).toEqual(['deleteExport("s2")']);
});

test("where passwords are is found by typing and arrows", async () => {
  await show("welcome");
  await open("Where do I find my passwords?");
  await page.getByRole("searchbox").fill("pass");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await expect.element(page.getByRole("heading", { level: 3 })).toHaveFocus();
  await button("Choose another").click();
  await page.getByRole("searchbox").fill("nothing of the kind");
  await expect.element(page.getByText(/Nothing is called “nothing of the kind” here/)).toBeVisible();
});

test("where passwords are is told beside the open files, but not in practice", async () => {
  const window = await show("accounts");
  await open("Where do I find my passwords?");
  await expect.element(page.getByRole("searchbox", { name: "Search for a password manager or browser" })).toBeVisible();
  window.show(scene("accounts-practice"));
  await expect.element(page.getByText("Where do I find my passwords?")).not.toBeInTheDocument();
});

test("a revealed field is hidden after ten seconds, and one shows at a time", async () => {
  const window = await show("run-fields");
  await open("Notes and fields (3)");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    await button("Show Mother’s maiden name").click();
    await expect.element(page.getByText("Wheatstone")).toBeVisible();
    await button("Show Notes").click();
    await expect.poll(() => document.querySelectorAll("output").length).toBe(1);
    vi.advanceTimersByTime(10_000);
    await expect.poll(() => document.querySelectorAll("output").length).toBe(0);
  } finally {
    vi.useRealTimers();
  }
  expect(asked(window)).toEqual(['reveal("p2", 1)', 'reveal("p2", 0)']);
});
