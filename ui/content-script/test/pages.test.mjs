// Each page of pages/ states in its block `expect` how it has to be read.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, openReader } from "./browser.mjs";

const folder = new URL("./pages/", import.meta.url);
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());


for (const file of readdirSync(folder).filter((name) => name.endsWith(".html"))) {
  test(file, async () => {
    const html = readFileSync(new URL(file, folder), "utf8");
    const block = /<script type="application\/json" id="expect">(.*?)<\/script>/s.exec(html);
    assert.ok(block, "the page states no expectation");
    const expect = JSON.parse(block[1]);
    const context = await browser.newContext();
    try {
      const { page, call, fill, press, property } = await openReader(context);
      await page.route("**/*", (route) => (route.request().url() === "http://localhost:9/page" ? route.fulfill({ contentType: "text/html; charset=utf-8", body: html }) : route.abort()));
      await page.goto("http://localhost:9/page");
      await call("quiet", 250);
      const reading = await call("read", expect.hints ?? {});
      const seen = JSON.stringify(reading, null, 1);
      assert.equal(reading.kind, expect.kind, seen);
      const found = [];
      for (const [role, selector] of Object.entries(expect.fields)) {
        const field = reading.fields.find((f) => f.role === role);
        assert.ok(field, `${role} is missing: ${seen}`);
        found.push({ role, field, selector });
      }
      for (const role of expect.noFields ?? []) assert.ok(!reading.fields.some((f) => f.role === role), `${role} is not on the page: ${seen}`);
      for (const [role, label] of Object.entries(expect.actions)) {
        const action = reading.actions.find((a) => a.role === role);
        assert.equal(action?.label, label, `${role}: ${seen}`);
        const first = reading.fields[0];
        if (role === "submit" && first) assert.equal(action.form, first.form, `submit is of another form: ${seen}`);
      }
      for (const label of expect.noLabels ?? []) assert.ok(!reading.actions.some((a) => a.label === label), `${label} must not be offered: ${seen}`);
      assert.deepEqual(reading.notices, expect.notices, seen);
      assert.deepEqual(reading.signals, expect.signals, seen);
      const again = await call("read", expect.hints ?? {});
      assert.deepEqual(again, reading, "two readings of an unchanged page differ");
      for (const [role, answer] of Object.entries(expect.press ?? {})) {
        assert.equal(await press(reading.actions.find((a) => a.role === role).element), answer);
      }
      if (!expect.press) await checkElements(found, call, fill, property);
    } finally {
      await context.close();
    }
  });
}

/** The numbers stand for the elements the page names: what is done to one is seen on the other. */
async function checkElements(found, call, fill, property) {
  for (const { role, field, selector } of found) {
    if (["remember-me", "passwordless-box"].includes(role)) {
      assert.equal(await call("tick", field.element, !field.ticked), "ok");
      assert.equal(await property(selector, "checked"), !field.ticked, `${role} is another element`);
    } else {
      assert.equal(await fill(field.element, "7"), "ok");
      assert.equal(await property(selector, "value"), "7", `${role} is another element`);
    }
  }
}
