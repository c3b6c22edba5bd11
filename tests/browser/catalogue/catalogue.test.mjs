// The catalogue of what must be public: narrowed to what is late, cards on a phone, complete without scripts, and no
// violation of axe-core's WCAG 2.2 AA rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../axe.mjs";
import { PHONE, watch } from "../browser.mjs";
import { stage } from "../stage.mjs";

const CATALOGUE = "catalogues/shili-mulu-2021/";
const PAGES = ["catalogues/", CATALOGUE, `${CATALOGUE}2/`, `${CATALOGUE}8/`, "units/shili-minzhengju/"];
const DESKTOP = { viewport: { width: 1280, height: 900 } };

const { browser, server } = await stage();

async function open(options, url) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = watch(page, server.url);
  await page.goto(server.url + url);
  return { context, page, trouble };
}

for (const [name, options] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
  test(`the table narrows to what is late, and to words, on ${name}`, async () => {
    const { context, page, trouble } = await open(options, CATALOGUE);
    const rows = page.locator("table.catalogue tbody tr:not(.group):visible");
    assert.equal(await rows.count(), 9);
    if (options === PHONE) await page.getByText("筛选", { exact: true }).click();
    await page.getByLabel("是否按时").selectOption("超过目录时限");
    assert.deepEqual(await rows.locator("a[href*='mulu-2021/']").allInnerTexts(), ["养老服务补贴发放情况", "校车线路"]);
    assert.equal(await page.locator("tr.group:visible").count(), 2, "headings of nothing are hidden");
    assert.equal(await page.getByRole("status").filter({ hasText: "本页9项中有2项" }).count(), 1);
    await page.getByLabel("是否按时").selectOption("");
    await page.getByLabel("筛选本页").fill("村务公开 及时");
    assert.deepEqual(await rows.locator("a[href*='mulu-2021/']").allInnerTexts(), ["补贴对象名单"]);
    await page.getByLabel("筛选本页").press("Enter");
    await page.getByLabel("筛选本页").fill("");
    assert.equal(await rows.count(), 9);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test("on a phone nothing is wider than the screen, and every cell keeps the name of its column", async () => {
  const { context, page } = await open(PHONE, CATALOGUE);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= screen, `${wide} > ${screen}`);
  const label = await page.locator("#item-2 td").last().evaluate((cell) => getComputedStyle(cell, "::before").content);
  assert.match(label, /^"是否按时(：|" "：)"$/);
  await context.close();
});

test("without scripts the table is complete and nothing pretends to filter", async () => {
  const { context, page } = await open({ ...PHONE, javaScriptEnabled: false }, CATALOGUE);
  assert.equal(await page.locator("table.catalogue tbody tr:not(.group):visible").count(), 9);
  assert.equal(await page.locator(".narrow").count(), 0);
  await page.getByRole("link", { name: "校车线路" }).click();
  assert.match(await page.locator("dl.answer").innerText(), /超过目录时限/);
  await context.close();
});

for (const [name, options] of [
  ["a desktop", DESKTOP],
  ["a phone", PHONE],
  ["a window of 320 px", { viewport: { width: 320, height: 700 } }],
  ["the dark", { ...DESKTOP, colorScheme: "dark" }],
]) {
  test(`no violation on ${name}`, async () => {
    const { context, page } = await open(options, "");
    const found = [];
    for (const url of PAGES) {
      await page.goto(server.url + url);
      found.push(...(await violations(page)).map((violation) => `${url} ${violation}`));
    }
    assert.deepEqual(found, []);
    await context.close();
  });
}
