// Every kind of page against axe-core's WCAG 2.2 AA rules: phone and desktop, dark, high contrast, 长者版, 320 px, print.
// Rules that ask what a page is made of are asked once on each; no page is wider than any of the windows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, violations } from "./axe.mjs";
import { PHONE, watch } from "./browser.mjs";
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
const look = (name, value) => (page) => page.evaluate(([key, choice]) => window.columnReading.set(key, choice), [name, value]);
const media = (options) => (page) => page.emulateMedia(options);
const width = (pixels) => (page) => page.setViewportSize({ width: pixels, height: 700 });
const opened = (page) => page.emulateMedia({ media: "screen", colorScheme: "light", contrast: "no-preference" });

/** How a page is loaded, and how it is then looked at: what to do and what to take back. */
const WAYS = {
  "a phone": [
    PHONE,
    [
      ["in 长者版", look("elder", "on"), look("elder", "")],
      ["in a window of 320 px, as at 400 % zoom", width(320), width(PHONE.viewport.width)],
      ["in a window of 640 px", width(640), width(PHONE.viewport.width)],
    ],
  ],
  "a desktop": [
    DESKTOP,
    [
      ["in the dark", media({ colorScheme: "dark" }), opened],
      ["with high contrast", media({ contrast: "more" }), opened],
      ["in white and yellow on black", look("look", "contrast"), look("look", "")],
      ["in 长者版", look("elder", "on"), look("elder", "")],
      ["on paper", media({ media: "print" }), opened],
    ],
  ],
};

/** What is wrong with a page as it is shown now; nobody presses on paper, nor scrolls it. */
async function faults(page, name, rules) {
  const paper = name === "on paper";
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish())); // colours change slowly
  const overflow = paper ? 0 : await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const wrong = (await violations(page, rules)).filter((violation) => !paper || !violation.startsWith("target-size"));
  return overflow > 0 ? [...wrong, `wider than the window by ${overflow}px`] : wrong;
}

for (const [device, [options, looks]] of Object.entries(WAYS)) {
  test(`no violation on any kind of page on ${device}, however it is looked at`, async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble = watch(page, server.url);
    const found = [];
    for (const kind of KINDS) {
      await page.goto(server.url + kind);
      if (kind.startsWith("search/")) {
        await page.locator(".filters button").first().waitFor({ state: "attached" });
        await page.locator(".filter-fold").evaluate((fold) => (fold.open = true));
      }
      const said = (way, wrong) => found.push(...wrong.map((fault) => `${kind} ${way} ${fault}`));
      said("", await faults(page, ""));
      for (const [way, change, back] of looks) {
        await change(page);
        said(way, await faults(page, way, LOOKS));
        await back(page);
      }
    }
    assert.deepEqual(found, []);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}
