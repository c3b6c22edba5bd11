// Searching as a reader does it: typing, arrows, filters, sharing an address; from a server and from a folder; with a
// browser that cannot decompress; with a strict content security policy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, fileUrl, watch } from "./browser.mjs";
import { stage } from "./stage.mjs";

const { browser, server } = await stage();

async function open(url, options = PHONE, prepare = null) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  const trouble = watch(page, url.startsWith("file:") ? "file://" : server.url);
  await page.goto(url);
  return { context, page, trouble };
}

const status = (page) => page.locator("[data-search-page] [role=status]");
const hits = (page) => page.locator(".search-columns div > .hits li");
const related = (page) => page.locator("section > .hits li");

for (const [name, base, prepare] of [
  ["a server", () => server.url, null],
  ["a folder", () => `${fileUrl("")}/`, null],
  ["an old WebView", () => server.url, () => delete globalThis.DecompressionStream],
]) {
  test(`from the box in the header to the task, on ${name}`, async () => {
    const { context, page, trouble } = await open(`${base()}plans/laiwu-2021/index.html`, PHONE, prepare);
    const box = page.getByRole("combobox", { name: "在本专栏查找" });
    await box.focus();
    await page.keyboard.type("yanglao");
    await page.locator("#column-suggestions li", { hasText: "养老" }).first().waitFor(); // those for the whole word
    await page.keyboard.press("ArrowDown");
    assert.equal(await box.getAttribute("aria-activedescendant"), "suggestion-0");
    await page.keyboard.press("Enter");
    await hits(page).first().waitFor();
    assert.match(page.url(), /search\/(index\.html)?\?q=/);
    assert.match(await status(page).innerText(), /共 \d+ 条结果/);
    await hits(page).locator("a").first().click();
    await page.waitForLoadState();
    assert.match(await page.getByRole("main").innerText(), /养老/);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test("filters live in the address, can be shared and taken back", async () => {
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent("信息公开")}`);
  await page.getByText("缩小范围", { exact: true }).click(); // one button above the results
  await page.locator(".filters button").first().waitFor();
  const before_ = await status(page).innerText();
  await page.getByRole("button", { name: /^2022年/ }).click();
  await page.waitForFunction((text) => document.querySelector("[role=status]").textContent !== text, before_);
  assert.match(page.url(), /year=2022/);
  const narrowed = await status(page).innerText();
  const other = await context.newPage();
  await other.goto(page.url());
  await hits(other).first().waitFor();
  assert.equal(await status(other).innerText(), narrowed);
  await page.goBack();
  await page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, before_);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("a page of two facets goes on with any others, nothing typed", async () => {
  const { context, page, trouble } = await open(`${server.url}organs/laiwu/2021/`);
  await page.getByRole("link", { name: "加上其他条件查找" }).click();
  await hits(page).first().waitFor();
  await page.getByText("缩小范围", { exact: true }).click();
  await page.getByRole("button", { name: /^任务 \d/ }).click();
  await page.waitForURL(/kind=task/);
  await page.waitForFunction(() => [...document.querySelectorAll(".hit-about")].every((node) => /^任务 · 莱芜区 · 2021年/.test(node.textContent)));
  assert.match(await status(page).innerText(), /共 33 条结果/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("people are a filter, combined with others; a page's own box searches only it, until the reader widens it", async () => {
  const { context, page, trouble } = await open(`${server.url}plans/changqing-2022/`);
  await page.getByLabel("在这份工作要点里查找", { exact: true }).last().fill("服务");
  await page.keyboard.press("Enter");
  await page.getByText("只在“2022年长清区政务公开工作要点”里查找。").waitFor();
  assert.match(page.url(), /in=changqing-2022/);
  const inside = await hits(page).locator("a").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(inside.length > 0 && inside.every((url) => url.includes("/plans/changqing-2022/")));
  await page.getByText("缩小范围", { exact: true }).click();
  await page.getByRole("button", { name: /^老年人 \d+/ }).click();
  await page.waitForURL(/audience=older-people/);
  await page.getByRole("button", { name: /^老年人 \d+/, pressed: true }).waitFor();
  const narrowed = await status(page).innerText();
  await page.getByRole("button", { name: "改在整个专栏查找" }).click();
  await page.waitForFunction((text) => document.querySelector("[role=status]").textContent !== text, narrowed);
  assert.doesNotMatch(page.url(), /in=/);
  assert.equal(await page.getByText("只在“").isVisible(), false);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("more results are appended and focused; nothing found offers the directory", async () => {
  const { context, page } = await open(`${server.url}search/?q=${encodeURIComponent("公开")}`);
  await hits(page).first().waitFor();
  const before_ = await hits(page).count(); // ten records; the same text is one result
  await page.getByRole("button", { name: "显示更多结果" }).click();
  await hits(page).nth(before_).waitFor();
  const focused = await page.evaluate((at) => document.activeElement.closest("li") === document.querySelectorAll(".hits > li")[at], before_);
  assert.equal(focused, true);
  await page.goto(`${server.url}search/?q=${encodeURIComponent("qqxxzzww")}`);
  await page.waitForFunction(() => /没有找到/.test(document.querySelector("[role=status]").textContent));
  await page.getByRole("main").getByRole("link", { name: "按机构" }).first().waitFor();
  await context.close();
});

test("a query that names a page leads to it, with its district", async () => {
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent("医保局")}`);
  const door = page.getByRole("navigation", { name: "直达" }).getByRole("link", { name: "区医保局（长清区）" });
  await door.click();
  await page.waitForURL(/units\/changqing-yibaoju\//);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("where nothing has all of it, the words that were looked for are said, and the way on", async () => {
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent("停车难")}`);
  await hits(page).first().waitFor();
  assert.match(await status(page).innerText(), /没有完全匹配的内容，已按“.+”检索。最接近的 \d+ 条近似结果/);
  await page.getByRole("navigation", { name: "相近的页面" }).getByRole("link", { name: "主题：交通出行" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "申请公开" }).waitFor();
  assert.ok((await hits(page).first().locator("mark").count()) > 0);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("a section and its only task are one result, which says who and by when", async () => {
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent("充分听取相关企业和行业协会商会的意见")}`);
  await hits(page).first().waitFor();
  assert.equal(await hits(page).count(), 1);
  assert.match(await hits(page).first().innerText(), /责任单位：[\s\S]*同文：/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("below few results stands what is related, which is said to be that", async () => {
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent("棚户区改造")}`);
  await related(page).first().waitFor();
  assert.match(await page.locator("section", { has: page.locator(".hits") }).innerText(), /^相关内容\n+没有写到全部原词/);
  assert.ok((await hits(page).count()) + (await related(page).count()) <= 10);
  assert.ok((await related(page).locator("mark").count()) > 0);
  const projects = page.locator(".hits li", { hasText: /重点项目 · / });
  assert.equal(await projects.filter({ hasText: "同文：" }).count(), 0, "projects of one category are no section and its task");
  await page.locator("#page-query").fill("政务公开");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("section > .hits"));
  assert.deepEqual(trouble, []);
  await context.close();
});

test("markup in the address stays text", async () => {
  const query = '<img src=x onerror="document.title=1">';
  const { context, page, trouble } = await open(`${server.url}search/?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.length > 8);
  assert.equal(await page.locator("[data-search-page] img").count(), 0);
  assert.notEqual(await page.title(), "1");
  assert.deepEqual(trouble, []);
  await context.close();
});

test("without scripts the page leads to the directories", async () => {
  const { context, page } = await open(`${server.url}search/?q=x`, { ...PHONE, javaScriptEnabled: false });
  assert.match(await page.getByRole("main").innerText(), /没有脚本也可以这样找/);
  await context.close();
});

test("targets are large enough for a thumb", async () => {
  const { context, page } = await open(`${server.url}search/?q=${encodeURIComponent("养老")}`);
  await page.getByText("缩小范围", { exact: true }).click(); // one button above the results
  await page.locator(".filters button").first().waitFor();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll(".box button, .box input, .filters button, .search-page input, .search-page button")]
      .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44)
      .map((node) => node.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(small, []);
  await context.close();
});
