// Every screen, light and dark, in both languages: no finding of axe's WCAG rules.
import axe from "axe-core";
import { beforeEach, describe, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { SCENE_NAMES } from "../src/host/scenes";
import { settled, show } from "./render";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Thousands of rows say no more than seven, and take a minute each.
const LOOKED_AT = SCENE_NAMES.filter((name) => name !== "accounts-many" && name !== "accounts-plan-500");

/** A menu that is open belongs to its button, wherever it is in the page. */
async function found(menu = false): Promise<string[]> {
  const { violations } = await axe.run(document, { runOnly: RULES, resultTypes: ["violations"], rules: { region: { enabled: !menu } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join("\n")}`);
}

beforeEach(() => {
  document.title = "Rekey";
});

describe.for(["light", "dark"])("%s", (appearance) => {
  describe.for(["en", "es"] as const)("%s", (language) => {
    test.for(LOOKED_AT)("%s", async (name) => {
      document.documentElement.dataset.appearance = appearance;
      await show(name, language);
      await settled();
      expect(await found()).toEqual([]);
    });

    test("what opens over the accounts", async () => {
      document.documentElement.dataset.appearance = appearance;
      await show("accounts-plan", language);
      const press = async (control: HTMLElement | null | undefined): Promise<void> => {
        control?.click();
        await settled();
        expect(document.querySelector("[role=dialog], [role=menu]")).not.toBeNull();
        expect(await found()).toEqual([]);
        await userEvent.keyboard("{Escape}");
        await settled();
      };
      await press(document.querySelector<HTMLElement>("ol .site button"));
      await press(document.querySelector<HTMLElement>("section[aria-labelledby=look-ups] button"));
      await press(document.querySelector<HTMLElement>("section[aria-labelledby=passkeys] button"));
      const more = document.querySelector<HTMLElement>("ol .act button:last-child");
      more?.focus();
      await userEvent.keyboard("{Enter}");
      await settled();
      expect(document.querySelector("[role=menu]")).not.toBeNull();
      expect(await found(true)).toEqual([]);
    });
  });
});
