// What a page loads is cut to what it needs (generator/gongkai/output/light.py): it looks the same with everything in it,
// property by property. WHOLE_STYLES is the directory of the theme's style sheets as they were installed.
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
const PAGES = ["", "search/?q=%E5%85%BB%E8%80%81", "decisions/laiwu-2021-decisions/1/"];
const MORE = ["guide/", "plans/changqing-2022/tasks/22/", "units/changqing-yibaoju/", "data/"]; // on a phone, as well

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

/**
 * What the browser makes of a page: for each element where it lies, and for each form of element (its tag and classes, and those
 * of what it is in) every property of it, and of what stands before and after it. All of it is computed, not painted.
 */
function looks() {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const form = (element) => (element ? `${element.tagName}.${element.getAttribute("class") ?? ""}#${element.id}` : "");
  const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--")); // those are seen in what uses them
  const style = (element, part) => {
    const computed = getComputedStyle(element, part);
    if (part && computed.content === "none") return [];
    return names.map((name) => `${name}: ${computed.getPropertyValue(name)}`);
  };
  const found = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const { x, y, width, height } = element.getBoundingClientRect();
    const name = `${form(element)} in ${form(element.parentElement)}`;
    const known = found.get(name);
    const place = [x, y, width, height].join(" ");
    if (known) known.push(place);
    else found.set(name, [...[null, "::before", "::after"].flatMap((part) => style(element, part)), place]);
  }
  return [...found];
}

/** A page as it is read; nothing on it moves any more. */
async function seen(page, url) {
  await page.goto(server.url + url);
  if (url.includes("?q=")) await page.locator(".filters button").first().waitFor({ state: "attached" }); // folded on a phone
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finish())));
  return new Map(await page.evaluate(looks));
}

/** What is not the same: the first few of it. */
function differences(served, full) {
  const found = [];
  for (const [name, values] of full) {
    const mine = served.get(name) ?? [];
    values.forEach((value, index) => value === mine[index] || found.push(`${name} ${value} (served: ${mine[index]})`));
  }
  return [...found, ...[...served.keys()].filter((name) => !full.has(name))].slice(0, 9);
}

for (const [name, way] of Object.entries(WAYS)) {
  test(`looks the same with every rule of the theme: ${name}`, async () => {
    const served = await reader(way, false);
    const full = await reader(way, true);
    for (const url of way === WAYS["a phone"] ? [...PAGES, ...MORE] : PAGES) assert.deepEqual(differences(await seen(served.page, url), await seen(full.page, url)), [], `/${url}`);
    for (const file of ["main", "column", "modes", "prefs"]) assert.ok(full.replaced.has(file), `${file} was not replaced`);
    await served.close();
    await full.close();
  });
}
