// Every kind of page against axe-core's WCAG 2.2 AA rules: phone and desktop, dark, high contrast, 长者版, 320 px, print.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PHONE, launch, serve } from "./browser.mjs";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS = [
  "", "years/", "years/2021/", "organs/", "organs/laiwu/", "themes/", "themes/education/", "plans/", "plans/laiwu-2025/",
  "organs/laiwu/2021/", "organs/laiwu/themes/education/", "years/2021/themes/education/",
  "plans/changqing-2022/", "plans/changqing-2022/sections/1-5/", "plans/changqing-2022/tasks/13/", "units/",
  "units/laiwu-fagaiju/", "units/changqing-youguan-bumen/", "decisions/", "decisions/laiwu-2021-decisions/",
  "decisions/laiwu-2021-decisions/1/", "projects/", "projects/laiwu-2021-reserve-projects/",
  "projects/laiwu-2021-projects/1/", "documents/", "documents/laiwu-2021/", "data/", "disclosure/", "guide/", "rules/",
  "annual-reports/", "request/", "handbook/", "handbook/rules/", "handbook/rules/dec-06/", "data-notes/",
  "data-notes/exceptions/", "accessibility/",
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

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const remember = (choice) => (page) =>
  page.addInitScript((value) => window.localStorage.setItem("column-reading", value), JSON.stringify(choice));

const ways = [
  ["a phone", PHONE],
  ["a desktop", DESKTOP],
  ["a desktop in the dark", { ...DESKTOP, colorScheme: "dark" }],
  ["a desktop with high contrast", { ...DESKTOP, contrast: "more" }],
  ["a desktop, white and yellow on black", DESKTOP, remember({ look: "contrast" })],
  ["a desktop in 长者版", DESKTOP, remember({ elder: "on" })],
  ["a phone in 长者版", PHONE, remember({ elder: "on" })],
  ["a window of 320 px, as at 400 % zoom", { viewport: { width: 320, height: 700 } }],
  ["paper", { viewport: { width: 794, height: 1123 } }, (page) => page.emulateMedia({ media: "print" })],
];

for (const [name, options, prepare = () => {}] of ways) {
  test(`no violation on any kind of page on ${name}`, async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await prepare(page);
    const found = [];
    for (const kind of KINDS) {
      await page.goto(server.url + kind);
      if (kind.startsWith("search/") && name !== "paper") await page.locator(".filters button").first().waitFor();
      await page.evaluate(AXE);
      const violations = await page.evaluate(async (tags) => {
        // On paper nothing can be followed, so links look like the text around them.
        const rules = globalThis.matchMedia("print").matches ? { "link-in-text-block": { enabled: false } } : {};
        const { violations: all } = await globalThis.axe.run({ runOnly: tags, rules });
        return all.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
      }, TAGS);
      found.push(...violations.map((violation) => `${kind} ${violation}`));
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}
