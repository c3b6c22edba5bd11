// What a reader meets at the edges of the site: a wrong address below any path, a feed opened in a browser.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { PHONE, SITE, launch, serve } from "./browser.mjs";

const browser = await launch();
after(() => browser.close());

/** What the four sheets of a page set, as far as one place of each says: frame, settings, theme. */
const looks = (page) =>
  page.evaluate(() => {
    const of = (selector) => getComputedStyle(document.querySelector(selector));
    return [of(".frame").display, of("body").backgroundColor, of(".box button").backgroundColor, of("main").fontSize];
  });

for (const prefix of ["/", "/a/b/c/"]) {
  for (const scripts of [true, false]) {
    test(`a wrong address below ${prefix} ${scripts ? "with" : "without"} scripts has styles and a way on`, async () => {
      const server = await serve(prefix);
      const context = await browser.newContext({ ...PHONE, javaScriptEnabled: scripts });
      const page = await context.newPage();
      await page.goto(server.url);
      const home = await looks(page);
      assert.equal(home[0], "grid");
      for (const wrong of ["typo", "plans/x/tasks/9/page/2/index.html"]) {
        const answer = await page.goto(server.url + wrong);
        assert.equal(answer.status(), 404);
        assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /没有找到/);
        assert.deepEqual(await looks(page), home, wrong);
        if (!scripts) { // which level is the site's own cannot be told in a link: one goes up level by level
          await page.goto(`${server.url}units/none/`);
          await page.getByRole("link", { name: "到上一级" }).click();
          await page.waitForURL(`${server.url}units/index.html`);
          continue;
        }
        await page.getByRole("main").getByRole("link", { name: "按机构查找" }).click();
        await page.waitForURL(`${server.url}organs/index.html`);
        await page.goto(server.url + wrong);
        await page.getByRole("combobox").fill("养老");
        await page.getByRole("button", { name: "查找", exact: true }).click();
        await page.waitForURL(`${server.url}search/index.html?**`);
      }
      await context.close();
      server.close();
    });
  }
}

test("a feed that is opened in a browser can be read, and its links lead to pages", async () => {
  const server = await serve();
  const page = await browser.newPage();
  await page.route("**/feed.xml", async (route) => // as web servers send it
    route.fulfill({ body: await readFile(path.join(SITE, "feed.xml")), contentType: "text/xml" }));
  await page.goto(`${server.url}feed.xml`);
  assert.equal(await page.locator("feed > title").evaluate((title) => getComputedStyle(title).display), "block");
  assert.equal(await page.locator("entry > id").first().evaluate((id) => getComputedStyle(id).display), "none");
  await page.locator("entry a").first().click();
  await page.waitForLoadState();
  assert.ok(await page.locator("h1").innerText());
  await page.close();
  server.close();
});
