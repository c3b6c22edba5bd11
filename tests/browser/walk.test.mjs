// The way of a citizen: home, year, plan, task, unit, decision - on a phone, with and without scripts, from a server
// below a sub-path and from a folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, fileUrl, watch } from "./browser.mjs";
import { stage } from "./stage.mjs";

const { browser, server } = await stage();

async function open(options, start, allowed) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = watch(page, allowed);
  await page.goto(start);
  return { context, page, trouble };
}

const follow = async (page, name) => {
  await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
  await page.waitForLoadState();
};

async function walk(page) {
  await follow(page, /^2022年 /); // a pattern: how many follow
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "2022年");
  await follow(page, "2022年长清区政务公开工作要点");
  await page.getByRole("main").getByRole("link", { name: "第22项详情" }).click();
  const main = page.getByRole("main");
  assert.match(await main.innerText(), /加大养老保险、医疗保险等社会保险信息公开力度/);
  await follow(page, "区医保局");
  const text = await main.innerText();
  assert.match(text, /第22项/);
  assert.match(text, /第24项/);
  assert.doesNotMatch(text, /第23项/);
}

async function decisions(page) {
  await follow(page, "莱芜区2021年度重大行政决策");
  await follow(page, "区发展改革局");
  const rows = page.locator("#decisions tbody tr");
  assert.equal(await rows.count(), 2);
  await follow(page, "莱芜区“十四五”产业发展规划");
  assert.match(await page.getByRole("main").innerText(), /尚未公开/);
}

const ways = [
  ["a phone", PHONE, false],
  ["a desktop", { viewport: { width: 1280, height: 900 } }, false],
  ["a phone without scripts", { ...PHONE, javaScriptEnabled: false }, false],
  ["a folder", PHONE, true],
  ["a folder without scripts", { ...PHONE, javaScriptEnabled: false }, true],
];

for (const [name, options, local] of ways) {
  test(`home to unit and to decision on ${name}`, async () => {
    const start = local ? fileUrl("index.html") : server.url;
    const allowed = local ? "file://" : server.url;
    const { context, page, trouble } = await open(options, start, allowed);
    await walk(page);
    await page.goto(start);
    await decisions(page);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test("the first thing on a plan's page is its tasks; they narrow to a state, a deadline and words, each row complete", async () => {
  const { context, page, trouble } = await open({ viewport: { width: 1280, height: 900 } }, `${server.url}plans/changqing-2022/`, server.url);
  const first = await page.locator("#task-1").boundingBox();
  assert.ok(first.y < 900, `the first task begins at ${first.y}px`);
  await page.locator("#tasks").getByLabel("落实情况").selectOption({ index: 1 });
  await page.locator("#tasks").getByLabel("筛选本页").fill("医疗保险");
  const rows = page.locator("#tasks tbody tr:visible");
  assert.ok(await rows.count() > 0);
  const cells = await page.locator("#tasks thead th").evaluateAll((heads) => heads.reduce((sum, head) => sum + head.colSpan, 0));
  for (const row of await rows.all()) {
    assert.equal(await row.locator("td").count(), cells, "every row has all its cells");
    assert.match(await row.innerText(), /医疗保险/);
  }
  assert.deepEqual(trouble, []);
  await context.close();
});

test("the address bar shows the permanent address", async () => {
  const { context, page } = await open(PHONE, `${server.url}plans/changqing-2022/index.html?x=1#tasks`, server.url);
  assert.equal(page.url(), `${server.url}plans/changqing-2022/?x=1#tasks`);
  await context.close();
});

test("the keyboard reaches the text first", async () => {
  const { context, page } = await open({ viewport: { width: 1280, height: 900 } }, server.url, server.url);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "跳到正文");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await context.close();
});

test("every stop of the keyboard is seen, on and on until the footer", async () => {
  const { context, page } = await open({ viewport: { width: 1280, height: 900 } }, `${server.url}plans/changqing-2022/tasks/22/`, server.url);
  const unseen = [];
  let stops = 0;
  for (; stops < 120; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const node = document.activeElement;
      if (node === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      const { top, bottom, width } = node.getBoundingClientRect();
      const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && width > 0 && bottom > 0 && top < window.innerHeight;
      return { seen, what: node.outerHTML.slice(0, 80), foot: Boolean(node.closest(".foot")) };
    });
    if (!stop) break;
    if (!stop.seen) unseen.push(stop.what);
    if (stop.foot) break;
  }
  assert.deepEqual(unseen, []);
  assert.ok(stops > 25 && stops < 119, `${stops} stops`);
  await context.close();
});
