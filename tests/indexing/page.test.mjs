// The search page of a federation behind the shipped nginx, with the service before OpenSearch; then without it.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";

const { ADDRESS, STOP, STOPPED } = process.env;
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const shown = async (page, query) => {
  await page.goto(`${ADDRESS}search/index.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => document.querySelectorAll(".hits > li").length > 0 && document.querySelector(".filters button"));
  return page.evaluate(() => ({
    status: document.querySelector("[role=status]").textContent,
    links: [...document.querySelectorAll(".hits h2 a")].map((link) => link.href),
    marks: document.querySelectorAll(".hits mark").length,
    filters: [...document.querySelectorAll(".filters button")].map((button) => button.textContent.trim()),
  }));
};

test("the service answers, and without it the reader is led to the districts", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const served = await shown(page, "公开");
  assert.ok(asked.some((name) => name.endsWith("/search/ask")), "the service answers");
  assert.ok(!asked.some((name) => /\.bin$|\/(head|pack)\.js$/.test(name)), "and nothing of the index is loaded");
  assert.match(served.status, /共 \d+ 条结果/);
  assert.ok(served.marks > 0);
  assert.ok(served.links.every((link) => /example\.gov\.cn/.test(link)));
  await page.click(".filters button");
  await page.waitForFunction(() => document.querySelector(".filters button[aria-pressed=true]"));

  writeFileSync(STOP, "");
  while (!existsSync(STOPPED)) await new Promise((resolve) => setTimeout(resolve, 50));
  await page.goto(`${ADDRESS}search/index.html?q=${encodeURIComponent("政务公开")}`);
  await page.locator(".districts").waitFor();
  assert.match(await page.locator("[role=status]").textContent(), /查找服务现在没有答复/);
  const links = await page.locator(".districts a").evaluateAll((found) => found.map((link) => link.href));
  assert.ok(links.length > 1 && links.every((link) => new URL(link).searchParams.get("q") === "政务公开"));
  assert.deepEqual(errors, []);
});
