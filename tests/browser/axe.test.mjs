// Every kind of page against axe-core's WCAG 2.2 AA rules, on a phone and on a desktop.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PHONE, launch, serve } from "./browser.mjs";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS = [
  "", "years/", "years/2021/", "organs/", "organs/laiwu/", "themes/", "themes/education/", "plans/", "plans/laiwu-2025/",
  "plans/changqing-2022/", "plans/changqing-2022/sections/1-5/", "plans/changqing-2022/tasks/13/", "units/",
  "units/laiwu-fagaiju/", "units/changqing-youguan-bumen/", "decisions/", "decisions/laiwu-2021-decisions/",
  "decisions/laiwu-2021-decisions/1/", "projects/", "projects/laiwu-2021-reserve-projects/",
  "projects/laiwu-2021-projects/1/", "documents/", "documents/laiwu-2021/", "data/", "disclosure/", "guide/", "rules/",
  "annual-reports/", "request/", "handbook/", "data-notes/", "accessibility/",
  `search/?q=${encodeURIComponent("养老")}`,
];

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve();
});
after(async () => {
  await browser.close();
  server.close();
});

for (const [name, options] of [["a phone", PHONE], ["a desktop", { viewport: { width: 1280, height: 900 } }]]) {
  test(`no violation on any kind of page on ${name}`, async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const found = [];
    for (const kind of KINDS) {
      await page.goto(server.url + kind);
      if (kind.startsWith("search/")) await page.locator(".filters button").first().waitFor();
      await page.evaluate(AXE);
      const violations = await page.evaluate(async (tags) => {
        const { violations: all } = await globalThis.axe.run({ runOnly: tags });
        return all.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
      }, TAGS);
      found.push(...violations.map((violation) => `${kind} ${violation}`));
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}
