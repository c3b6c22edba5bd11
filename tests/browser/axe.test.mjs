// Every kind of page against axe-core's WCAG 2.2 AA rules: phone and desktop, dark, high contrast, 长者版, 320 px, print.
// Rules that ask what a page is made of are asked once on each; no page is wider than any of the windows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, violations } from "./axe.mjs";
import { PHONE, watch } from "./browser.mjs";
import { stage } from "./stage.mjs";

/** Pages that hold, together, every block that there is: looked at in every way. */
const KINDS = [
  "", "years/2021/", "organs/laiwu/", "themes/education/", "plans/", "plans/changqing-2022/", "plans/changqing-2022/sections/1-5/",
  "plans/changqing-2022/tasks/13/", "units/laiwu-fagaiju/", "decisions/laiwu-2021-decisions/",
  "decisions/laiwu-2021-decisions/1/", "projects/laiwu-2021-reserve-projects/", "projects/laiwu-2021-projects/1/",
  "documents/laiwu-2021/", "data/", "guide/", "annual-reports/", "handbook/rules/dec-06/", "accessibility/",
  `search/?q=${encodeURIComponent("养老")}`,
];

/** Pages of the same blocks: looked at as they open. */
const OTHERS = [
  "years/", "organs/", "themes/", "plans/laiwu-2025/", "organs/laiwu/2021/", "organs/laiwu/themes/education/",
  "years/2021/themes/education/", "units/", "units/changqing-youguan-bumen/", "decisions/", "projects/", "documents/",
  "disclosure/", "rules/", "request/", "handbook/", "handbook/rules/", "data-notes/", "data-notes/exceptions/",
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

/** Of blocks of one kind beside each other so many are looked at in every way; the first look sees all of them. */
const ALIKE = 12;

const shorten = (page) =>
  page.evaluate((most) => {
    for (const parent of document.querySelectorAll("main *")) {
      const seen = {};
      for (const child of [...parent.children]) {
        const kind = `${child.tagName} ${child.className}`;
        seen[kind] = (seen[kind] ?? 0) + 1;
        if (seen[kind] > most) child.remove();
      }
    }
  }, ALIKE);

/** What is wrong with a page as it is shown now; nobody presses on paper. */
async function faults(page, name, rules) {
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish())); // colours change slowly
  return (await violations(page, rules)).filter((violation) => name !== "on paper" || !violation.startsWith("target-size"));
}

/** Whether a page is wider than its window; nobody scrolls paper. */
async function wider(page, name) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return overflow > 0 && name !== "on paper" ? [`wider than the window by ${overflow}px`] : [];
}

for (const [device, [options, looks]] of Object.entries(WAYS)) {
  test(`no violation on any kind of page on ${device}, however it is looked at`, async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble = watch(page, server.url);
    const found = [];
    for (const kind of [...KINDS, ...OTHERS]) {
      await page.goto(server.url + kind);
      if (kind.startsWith("search/")) {
        await page.locator(".filters button").first().waitFor({ state: "attached" });
        await page.locator(".filter-fold").evaluate((fold) => (fold.open = true));
      }
      const said = (way, wrong) => found.push(...wrong.map((fault) => `${kind} ${way} ${fault}`));
      said("", [...(await faults(page, "")), ...(await wider(page, ""))]);
      for (const [way, change, back] of looks) {
        await change(page);
        said(way, await wider(page, way));
        await back(page);
      }
      await shorten(page);
      for (const [way, change, back] of KINDS.includes(kind) ? looks : []) {
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
