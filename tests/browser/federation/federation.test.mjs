// The search of a federation in a browser: every district is found, filters know them, every result leads to its own site.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileUrl, watch } from "../browser.mjs";
import { stage } from "../stage.mjs";

const { browser, server } = await stage();

for (const where of ["a server", "a folder"]) {
  test(`from ${where}, the box finds what all districts published`, async () => {
    const page = await browser.newPage();
    const [start, allowed] = where === "a server" ? [server.url, server.url] : [fileUrl("index.html"), "file:"];
    const trouble = watch(page, allowed);
    await page.goto(start);
    assert.equal(await page.locator("tbody tr").count(), 12);
    await page.locator("#column-query").fill("ylfw"); // 养老服务, by initials
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\//);
    await page.locator("#page-query").fill("养老机构名单");
    await page.keyboard.press("Enter");
    const organs = page.locator(".filters section", { hasText: "机构" }).locator("button");
    await organs.first().waitFor();
    assert.equal(await organs.count(), 12);
    const links = await page.locator(".hits a").evaluateAll((found) => found.map((link) => link.href));
    assert.ok(links.length);
    for (const link of links) assert.match(link, /^https:\/\/www\.d\d+\.example\.gov\.cn\/zfxxgk\/[a-z0-9/-]+\/index\.html$/);
    assert.deepEqual(trouble, []);
    await page.close();
  });
}
