// The column behind a real nginx with the shipped policy: no violation, no failed request, nothing from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";

const ADDRESS = process.env.ADDRESS;
const PAGES = [
  "", "years/", "years/2021/", "organs/laiwu/", "themes/", "plans/laiwu-2021/", "plans/changqing-2022/",
  "plans/changqing-2022/tasks/22/", "plans/laiwu-2025/sections/1/", "units/", "units/changqing-yibaoju/",
  "decisions/laiwu-2021-decisions/", "decisions/laiwu-2021-decisions/1/", "projects/laiwu-2021-projects/",
  "documents/laiwu-2021/", "data/", "search/?q=医保", "guide/",
];

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function visit(path) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(ADDRESS) && !url.startsWith("data:") && !url.startsWith("blob:")) wrong.push(`asks ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(ADDRESS + path, { waitUntil: "networkidle" });
  return { page, wrong };
}

for (const path of PAGES) {
  test(`/${path} keeps the policy`, async () => {
    const { page, wrong } = await visit(path);
    assert.deepEqual(wrong, []);
    await page.close();
  });
}

test("search works under the policy", async () => {
  const { page, wrong } = await visit("search/?q=医保局");
  await page.waitForSelector("main a[href*='units/'], main a[href*='tasks/']");
  assert.deepEqual(wrong, []);
  await page.close();
});

test("the policy is really in force", async () => {
  const { page } = await visit("");
  const blocked = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    setTimeout(() => resolve(window.ran ? "ran" : "silent"), 1000);
  }));
  assert.match(blocked, /^script-src/);
  await page.close();
});
