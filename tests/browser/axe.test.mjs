// Every kind of page against axe-core's WCAG 2.2 AA rules: phone and desktop, dark, high contrast, 长者版, 320 px, print.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { PHONE } from "./browser.mjs";
import { stage } from "./stage.mjs";

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

const { browser, server } = await stage();

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
      if (kind.startsWith("search/") && name !== "paper") {
        await page.locator(".filters button").first().waitFor({ state: "attached" });
        await page.locator(".filter-fold").evaluate((fold) => (fold.open = true));
      }
      const wrong = (await violations(page)).filter((violation) => name !== "paper" || !violation.startsWith("target-size"));
      found.push(...wrong.map((violation) => `${kind} ${violation}`)); // nobody presses on paper
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}
