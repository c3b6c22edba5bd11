// Old addresses lead on by themselves, from a folder and from a server without redirects, with scripts and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileUrl, watch } from "../browser.mjs";
import { stage } from "../stage.mjs";

const { browser, server } = await stage();

for (const javaScriptEnabled of [true, false]) {
  test(`an old address opens the new page, scripts ${javaScriptEnabled ? "on" : "off"}`, async () => {
    for (const [start, allowed] of [
      [fileUrl("plans/shili-2021/tasks/1/index.html"), "file:"],
      [`${server.url}plans/shili-2021/tasks/1/`, server.url],
    ]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      const trouble = watch(page, allowed);
      await page.goto(start);
      await page.waitForURL(/plans\/shili-new\/tasks\/1\//);
      assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /养老/);
      assert.deepEqual(trouble, []);
      await context.close();
    }
  });
}
