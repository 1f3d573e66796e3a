// Every screen, light and dark, in both languages: no finding of axe's WCAG rules.
import axe from "axe-core";
import { beforeEach, describe, expect, test } from "vitest";
import { SCENE_NAMES } from "../src/host/scenes";
import { settled, show } from "./render";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Two thousand rows say no more than seven, and take a minute each.
const LOOKED_AT = SCENE_NAMES.filter((name) => name !== "accounts-many");

beforeEach(() => {
  document.title = "Rekey";
});

describe.for(["light", "dark"])("%s", (appearance) => {
  describe.for(["en", "es"] as const)("%s", (language) => {
    test.for(LOOKED_AT)("%s", async (name) => {
      document.documentElement.dataset.appearance = appearance;
      await show(name, language);
      await settled();
      const { violations } = await axe.run(document, { runOnly: RULES, resultTypes: ["violations"] });
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join("\n")}`);
      expect(found).toEqual([]);
    });
  });
});
