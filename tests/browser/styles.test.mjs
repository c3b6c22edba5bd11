// What a page loads is cut to what it needs (generator/gongkai/output/light.py): it looks the same with everything in it, to the
// last pixel. WHOLE_STYLES is the directory of the theme's style sheets as they were installed.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { PHONE } from "./browser.mjs";
import { stage } from "./stage.mjs";

const OURS = new URL("../../overrides/assets/", import.meta.url);
const THEME = process.env.WHOLE_STYLES;
const [main] = readdirSync(THEME).filter((name) => /^main\..*\.css$/.test(name));

/** Sheets and scripts as their authors wrote them, by the name under which they are served. */
function whole(url) {
  const name = path.basename(new URL(url).pathname);
  return name.startsWith("main.") ? readFileSync(path.join(THEME, main)) : readFileSync(new URL(name, OURS));
}

const { browser, server } = await stage();

const WAYS = {
  "a phone": [PHONE, {}, "screen"],
  "a desktop in the dark": [{ viewport: { width: 1280, height: 900 }, colorScheme: "dark" }, {}, "screen"],
  "长者版": [PHONE, { elder: "on" }, "screen"],
  "high contrast": [{ viewport: { width: 900, height: 700 } }, { look: "contrast" }, "screen"],
  paper: [{ viewport: { width: 800, height: 1100 } }, {}, "print"],
};
const PAGES = [
  "",
  "guide/",
  "search/?q=%E5%85%BB%E8%80%81",
  "plans/changqing-2022/tasks/22/",
  "units/changqing-yibaoju/",
  "decisions/laiwu-2021-decisions/1/",
  "data/",
];

/** A page that reads in one of the ways, with what is served or with everything. */
async function reader([options, chosen, media], everything) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.addInitScript((choice) => localStorage.setItem("column-reading", JSON.stringify(choice)), chosen);
  await page.emulateMedia({ media });
  const replaced = new Set();
  if (everything) {
    await page.route(/assets\/(stylesheets\/main\..*|[a-z]+)\.(css|js)$/, (route) => {
      const url = route.request().url();
      replaced.add(path.basename(url).split(".")[0]);
      return route.fulfill({ body: whole(url), contentType: url.endsWith(".css") ? "text/css" : "text/javascript" });
    });
  }
  return { page, replaced, close: () => context.close() };
}

async function picture(page, url) {
  await page.goto(server.url + url);
  if (url.includes("?q=")) await page.locator(".hits li").first().waitFor();
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  for (;;) {
    try {
      return await page.screenshot({ fullPage: true, animations: "disabled" });
    } catch (error) { // a browser that has no time to paint says so
      if (!/Unable to capture screenshot/.test(error.message)) throw error;
    }
  }
}

/** Chromium now and then paints a page in another way: what is different is so in every one of several pictures. */
async function same(one, other, url) {
  const [served, full] = [[], []];
  for (let turn = 0; turn < 6; turn += 1) {
    const [mine, theirs] = await Promise.all([picture(one, url), picture(other, url)]);
    served.push(mine);
    full.push(theirs);
    if (served.some((left) => full.some((right) => left.equals(right)))) return true;
  }
  return false;
}

for (const [name, way] of Object.entries(WAYS)) {
  test(`looks the same with every rule of the theme: ${name}`, async () => {
    const served = await reader(way, false);
    const full = await reader(way, true);
    for (const url of PAGES) assert.ok(await same(served.page, full.page, url), `/${url} looks different`);
    for (const file of ["main", "column", "modes", "prefs"]) assert.ok(full.replaced.has(file), `${file} was not replaced`);
    await served.close();
    await full.close();
  });
}
