// What a page loads is cut to what it needs (generator/write/light.py): it looks the same with everything in it, to the
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
  "a phone": [PHONE, {}],
  "a desktop in the dark": [{ viewport: { width: 1280, height: 900 }, colorScheme: "dark" }, {}],
  "长者版": [PHONE, { elder: "on" }],
  "high contrast": [{ viewport: { width: 900, height: 700 } }, { look: "contrast" }],
  paper: [{ viewport: { width: 800, height: 1100 } }, {}],
};
const PAGES = [
  "",
  "guide/",
  "handbook/",
  "search/?q=%E5%85%BB%E8%80%81",
  "plans/changqing-2022/",
  "plans/changqing-2022/tasks/22/",
  "units/changqing-yibaoju/",
  "decisions/laiwu-2021-decisions/1/",
  "themes/industry/",
  "data/",
];

async function seen([options, chosen], paper, everything) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.addInitScript((choice) => localStorage.setItem("column-reading", JSON.stringify(choice)), chosen);
  if (paper) await page.emulateMedia({ media: "print" });
  const asked = new Set();
  if (everything) {
    await page.route(/assets\/(stylesheets\/main\..*|[a-z]+)\.(css|js)$/, (route) => {
      const url = route.request().url();
      asked.add(path.basename(url).split(".")[0]);
      return route.fulfill({ body: whole(url), contentType: url.endsWith(".css") ? "text/css" : "text/javascript" });
    });
  }
  const shots = [];
  for (const url of PAGES) {
    await page.goto(server.url + url);
    if (url.includes("?q=")) await page.locator(".hits li").first().waitFor();
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    shots.push(await page.screenshot({ fullPage: true, animations: "disabled" }));
  }
  await context.close();
  return { shots, asked };
}

for (const [name, way] of Object.entries(WAYS)) {
  test(`looks the same with every rule of the theme: ${name}`, async () => {
    const served = await seen(way, name === "paper", false);
    const full = await seen(way, name === "paper", true);
    for (const sheet of ["main", "column", "modes", "prefs"]) assert.ok(full.asked.has(sheet), `${sheet} was not replaced`);
    const different = PAGES.filter((_, at) => !served.shots[at].equals(full.shots[at]));
    assert.deepEqual(different, []);
  });
}
