// The search page of a federation whose service does not answer: it says so, and leads to the districts' own searches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watch } from "../browser.mjs";
import { stage } from "../stage.mjs";

const { browser, server } = await stage();
const COUNT = Number(process.env.DISTRICTS);

const links = (page) => page.locator(".districts a").evaluateAll((found) => found.map((link) => [link.textContent, link.href]));

test("what was asked goes along to every district, and those that are named come first", async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const name = (await page.locator("tbody tr").nth(2).locator("a").textContent()).split("、")[0];
  const asked = `${name}养老`;
  await page.locator("#column-query").fill(asked);
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\//);
  await page.locator(".districts").waitFor();
  assert.match(await page.locator("[role=status]").textContent(), /查找服务现在没有答复/);
  const found = await links(page);
  assert.equal(found.length, COUNT);
  assert.ok(found[0][0].includes(name));
  for (const [, href] of found) assert.match(href, /^https:\/\/d\d+\.example\.gov\.cn\/search\/index\.html\?q=/);
  for (const [, href] of found) assert.equal(new URL(href).searchParams.get("q"), asked);
  await page.locator("#page-query").fill("教育");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /教育/.test(document.querySelector("[role=status]").textContent));
  assert.equal((await links(page)).length, COUNT, "the list stands there once");
  await page.close();
});

test("without the list of districts the reader is led to their page", async () => {
  const page = await browser.newPage();
  await page.route("**/districts.json", (route) => route.abort());
  await page.goto(`${server.url}search/index.html?q=${encodeURIComponent("养老")}`);
  const link = page.locator("section a", { hasText: "各区县的栏目" });
  await link.waitFor();
  assert.equal(new URL(await link.getAttribute("href"), page.url()).href, `${server.url}index.html`);
  await page.close();
});

test("once the service answers again, it is the one that does", async () => {
  const page = await browser.newPage();
  const trouble = watch(page, server.url);
  const answer = { query: "养老", text: "养老", total: 0, hits: [], groups: [], destinations: [], approximate: false, note: "", counts: { organ: [], year: [], theme: [], audience: [], kind: [], state: [] }, scope: "", related: { hits: [], terms: [] }, spellings: {}, districts: {} };
  await page.route("**/search/ask?*", (route) => route.fulfill({ json: answer }));
  await page.goto(`${server.url}search/index.html?q=${encodeURIComponent("养老")}`);
  await page.waitForFunction(() => /没有找到/.test(document.querySelector("[role=status]").textContent));
  assert.equal(await page.locator(".districts").count(), 0);
  assert.deepEqual(trouble, []);
  await page.close();
});
