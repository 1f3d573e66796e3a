import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { scene } from "../src/host/scenes";
import { asked, settled, show } from "./render";

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
const sites = (): (string | undefined)[] => [...document.querySelectorAll("main ol > li .site")].map((each) => each.textContent?.trim());
const first = () => document.querySelector<HTMLElement>("main ol > li")!;

beforeEach(async () => {
  localStorage.clear();
  await page.viewport(1100, 760);
});

test("a row says its number, its state, what comes next, why it stands there and what to know", async () => {
  await show("accounts-plan");
  const words = first().innerText.replace(/\s+/g, " ");
  for (const part of ["Number 1", "You put it at the top", "photos.example.net", "New", "Sign in and add a passkey.", "At the top, because you put it there.", "Risk: Password used at 3 other sites"]) {
    expect(first().textContent?.replace(/\s+/g, " "), words).toContain(part);
  }
});

test("the menu pins, postpones and leaves out by keyboard", async () => {
  const window = await show("accounts-plan");
  const choose = async (name: string, downs: number): Promise<void> => {
    (button("More for bank.example, ada.lovelace").element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("menu")).toBeVisible();
    await userEvent.keyboard("{ArrowDown}".repeat(downs));
    await expect.element(item(name)).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
  };
  await choose("Put at the top", 1);
  await choose("Postpone for a week", 2);
  await choose("Postpone for a month", 3);
  await choose("Leave out", 5);
  expect(asked(window)).toEqual([
    'chooseInPlan("a2", {"kind":"pin"})',
    'chooseInPlan("a2", {"kind":"postpone_week"})',
    'chooseInPlan("a2", {"kind":"postpone_month"})',
    'chooseInPlan("a2", {"kind":"leave_out"})',
  ]);
});

test("a day is asked for, and Escape leaves all as it is", async () => {
  const window = await show("accounts-plan");
  const until = async (): Promise<void> => {
    await button("More for bank.example, ada.lovelace").click();
    await item("Postpone until…").click();
  };
  await until();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("alertdialog")).not.toBeInTheDocument();
  await until();
  await page.getByLabelText("Day").fill("2099-05-01");
  await button("Postpone").click();
  expect(asked(window)).toEqual(['chooseInPlan("a2", {"kind":"postpone_until","date":"2099-05-01"})']);
});

test("what is kept apart is closed, counted, and can be brought back", async () => {
  const window = await show("accounts-plan");
  const groups = [...document.querySelectorAll<HTMLDetailsElement>("main section[aria-label=Accounts] details")];
  expect(groups.map((each) => each.querySelector("summary")?.innerText.replace(/\s+/g, " "))).toEqual([
    "Secured and watched 2",
    "Postponed 1",
    "Done 2",
    "Left out 1",
  ]);
  expect(groups.some(({ open }) => open)).toBe(false);
  await page.getByText("Left out", { exact: true }).click();
  await button("More for old-game.example, adaline").click();
  await item("Bring back").click();
  await page.getByText("Secured and watched", { exact: true }).click();
  await expect.element(page.getByText("Strong password and second factor, watched.").first()).toBeVisible();
  expect(asked(window)).toEqual(['chooseInPlan("b6", {"kind":"bring_back"})']);
});

test("a filter looks into what is closed", async () => {
  await show("accounts-plan");
  await page.getByRole("searchbox").fill("railway");
  await expect.element(page.getByText("railway.example")).toBeVisible();
  expect(sites()).toEqual([]);
});

test("the last word is taken back with a button or with Ctrl+Z, but not while one types", async () => {
  const window = await show("accounts-plan-undo");
  await expect.element(page.getByText("photos.example.com stands at the top now.")).toBeVisible();
  await button("Undo").click();
  await userEvent.keyboard("{Control>}z{/Control}");
  await page.getByRole("searchbox").fill("bank");
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(asked(window)).toEqual(["undoPlanChoice(1)", "undoPlanChoice(1)"]);
});

test("a closed message stays closed, and the next one shows", async () => {
  const window = await show("accounts-plan-undo");
  const toast = page.getByText("photos.example.com stands at the top now.");
  await button("Close").last().click();
  await expect.element(toast).not.toBeInTheDocument();
  const view = scene("accounts-plan-undo");
  if (view.screen.kind === "accounts") view.screen.undo = { id: 2, text: "It is left out." };
  window.show(view);
  await expect.element(page.getByText("It is left out.")).toBeVisible();
});

test("when a row goes elsewhere the keyboard stays in the list", async () => {
  const window = await show("accounts-plan");
  (button("More for bank.example, ada.lovelace").element() as HTMLElement).focus();
  const view = scene("accounts-plan");
  if (view.screen.kind === "accounts") view.screen.rows = view.screen.rows.filter(({ id }) => id !== "a2");
  window.show(view);
  await settled();
  await expect.element(page.getByRole("heading", { name: "In this order" })).toHaveFocus();
});

test("the list is sorted by the plan, by site or by state", async () => {
  await show("accounts-plan");
  expect(sites().slice(0, 2)).toEqual(["photos.example.net", "bank.example"]);
  const order = page.getByLabelText("Sort by");
  await order.selectOptions("site");
  expect(sites().slice(0, 2)).toEqual(["bank.example", "forum.example.org"]);
  await order.selectOptions("state");
  expect(sites().slice(0, 2)).toEqual(["forum.example.org", "photos.example.com"]);
});

test("what is known of a site shows where each fact is from, and what is not known", async () => {
  await show("accounts-plan");
  await button("What Rekey knows of bank.example").click();
  const panel = page.getByRole("dialog", { name: "What Rekey knows of bank.example" });
  await expect.element(panel).toBeVisible();
  await expect.element(panel.getByText("Seen today · The site itself")).toBeVisible();
  await expect.element(panel.getByText("Nobody noted when · Your correction")).toBeVisible();
  await expect.element(panel.getByText("More than two years old: it may have changed")).toBeVisible();
  await expect.element(panel.getByRole("heading", { name: "Not known" })).toBeVisible();
  expect(document.querySelectorAll("[role=dialog] a").length).toBe(0);
  await userEvent.keyboard("{Escape}");
  await expect.element(button("What Rekey knows of bank.example")).toHaveFocus();
});

test("of an unknown site nothing is said to be known", async () => {
  await show("accounts-plan");
  await button("What Rekey knows of forum.example.org").click();
  await expect.element(page.getByRole("heading", { name: "Nothing is known of this site" })).toBeVisible();
});

test("each look-up says what it reveals, and is switched by keyboard", async () => {
  const window = await show("accounts-plan");
  await button("Settings").click();
  await item("Look-ups…").click();
  await expect.element(page.getByText(/first 5 of 40 characters/)).toBeVisible();
  const switched = page.getByRole("switch", { name: "Check passwords against known breaches" });
  await expect.element(switched).not.toBeChecked();
  (switched.element() as HTMLElement).focus();
  await userEvent.keyboard(" ");
  // The host has not said so yet.
  await expect.element(switched).not.toBeChecked();
  await expect.element(button("Check now")).toBeDisabled();
  await expect.element(page.getByRole("switch", { name: "Watch every week" })).toBeDisabled();
  window.show(scene("accounts-news"));
  await expect.element(page.getByRole("dialog").getByText("The list has 512 sites.")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("switch", { name: "Watch every week" }).click();
  expect(asked(window)).toEqual(['switchLookUp("breaches", true)', "cancelCheck()", "watchWeekly(false)"]);
});

test("the news names the sites, finds them in the list, and can be put away", async () => {
  const window = await show("accounts-news");
  await button("Find radio.example in the list").click();
  await expect.element(page.getByRole("searchbox")).toHaveValue("radio.example");
  await button("All right").click();
  expect(asked(window)).toEqual(["dismissNews()"]);
});

test("in practice nothing can be looked up", async () => {
  await show("accounts-practice");
  expect(page.getByRole("heading", { name: "Look-ups" }).elements()).toHaveLength(0);
});

test("five hundred accounts show at once, and what is closed is not drawn", async () => {
  const begun = performance.now();
  const window = await show("accounts-plan-500");
  const shown = performance.now() - begun;
  expect(document.querySelectorAll("main section[aria-label=Accounts] li .site").length).toBe(100);
  const again = performance.now();
  window.show(scene("accounts-plan-500"));
  await settled();
  const changed = performance.now() - again;
  console.info(`500 accounts: shown in ${Math.round(shown)} ms, drawn again in ${Math.round(changed)} ms`);
  expect(shown).toBeLessThan(1500);
  expect(changed).toBeLessThan(500);
});
