// The column behind a real nginx with the shipped policy: no violation, no failed request, nothing from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";

const ADDRESS = process.env.ADDRESS;
// One page of every kind: the site map with its ids taken out, and what it does not list.
const sitemap = await (await fetch(`${ADDRESS}sitemap.xml`)).text();
const addresses = sitemap.split("<loc>").slice(1).map((text) => text.split("</loc>")[0].replace(/^https?:\/\/[^/]+\/zfxxgk\//, ""));
const WORDS = ["sections", "tasks", "themes", "years", "compare", "rules", "page", "states", "months", "versions"];
const kindOf = (address) => address.split("/").map((part, at) => (at === 0 || WORDS.includes(part) ? part : "x")).join("/");
const PAGES = [...new Map(addresses.map((address) => [kindOf(address), address])).values(), "search/?q=医保"];
if (sitemap.includes("<loc>http")) PAGES.push("nowhere/"); // the page for wrong addresses needs the site's own
assert.ok(PAGES.length > 20 && PAGES.length < 80, `${PAGES.length}`);

let browser;
let context; // one for all pages: each of its own would begin a process of its own
before(async () => {
  browser = await launch();
  context = await browser.newContext();
});
after(async () => { await browser.close(); });

async function visit(path) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    const expected = message.location().url.endsWith("nowhere/"); // that this page is not there
    if (["error", "warning"].includes(message.type()) && !expected) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("nowhere/")) wrong.push(`${response.status()} ${response.url()}`);
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
  await page.goto(ADDRESS + path, { waitUntil: "load" });
  return { page, wrong };
}

for (const path of PAGES) {
  test(`/${path} keeps the policy`, async () => {
    const { page, wrong } = await visit(path);
    assert.deepEqual(wrong, []);
    await page.close();
  });
}

for (const query of ["养老", "yanglao"]) {
  test(`search for ${query} works under the policy`, async () => {
    const { page, wrong } = await visit(`search/?q=${encodeURIComponent(query)}`);
    await page.waitForSelector(".hits a");
    assert.deepEqual(wrong, []);
    await page.close();
  });
}

test("suggestions, modes, sizes, sorting, folding and printing keep the policy", async () => {
  const { page, wrong } = await visit(PAGES.find((address) => /^plans\/[^/]+\/$/.test(address)));
  await page.locator("#column-query").pressSequentially("yang");
  await page.waitForSelector("#column-suggestions [role=option]");
  await page.keyboard.press("Escape");
  for (const mode of ["elder", "contrast", "dark", "pointer"]) {
    await page.locator(`[data-mode=${mode}]`).first().evaluate((control) => control.click());
  }
  for (const button of await page.locator("[data-size], [data-do=share], th button").all()) {
    await button.evaluate((control) => control.click());
  }
  for (const fold of await page.locator("main summary").all()) await fold.evaluate((control) => control.click());
  await page.emulateMedia({ media: "print" });
  await page.pdf();
  assert.ok((await page.locator("svg.qr, .qr svg").count()) || !(await page.locator("link[rel=canonical]").count()));
  assert.deepEqual(wrong, []);
  await page.close();
});

test("without a script the links to 长者版 and high contrast work under the policy", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${ADDRESS}#elder`);
  const large = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector("main p, main a")).fontSize));
  assert.ok(large >= 18, `${large}`);
  await plain.close();
});

test("the policy is really in force", async () => {
  const { page } = await visit("");
  const blocked = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script); // where nothing forbids it, it runs at once
    if (window.ran) resolve("ran");
  }));
  assert.match(blocked, /^script-src/);
  await page.close();
});
