// The way of a citizen and the search in the browsers that are no Chromium, where the system has them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { serve } from "./browser.mjs";
import { firefox, until, webkit } from "./engines.mjs";

const server = await serve();
after(() => server.close());

/** Follow a link of the text by its words, to a page with this heading. */
async function follow(browser, words, heading) {
  await browser.run((wanted) => {
    const links = [...document.querySelectorAll("main a")];
    links.find((link) => link.textContent.replace(/ \d+份$/, "").trim() === wanted || link.getAttribute("aria-label") === wanted).click();
  }, words);
  await until(() => browser.run((wanted) => document.querySelector("h1").textContent.includes(wanted), heading));
}

const wide = () => document.documentElement.scrollWidth - window.innerWidth;

async function walk(browser) {
  await browser.goto(server.url);
  await follow(browser, "2022年", "2022年");
  await follow(browser, "2022年长清区政务公开工作要点", "工作要点");
  assert.ok((await browser.run(wide)) <= 0, "no page is wider than its window");
  await browser.goto(`${server.url}plans/changqing-2022/tasks/22/index.html`);
  await follow(browser, "区医保局", "医保局");
  assert.match(await browser.run(() => document.querySelector("main").innerText), /第22项/);
  await browser.run(() => document.querySelector(".to-follow").click());
  assert.ok(await browser.run(() => document.querySelector("#news a[href='feed.xml']") !== null));
}

async function search(browser) {
  await browser.goto(`${server.url}search/index.html?q=${encodeURIComponent("养老服务")}`);
  await until(() => browser.run(() => document.querySelectorAll(".hits li").length > 0));
  assert.match(await browser.run(() => document.querySelector("[data-search-page] [role=status]").textContent), /共 \d+ 条结果/);
  await browser.goto(`${server.url}plans/laiwu-2021/index.html`);
  await browser.run(() => {
    const box = document.querySelector("#column-query");
    box.focus();
    box.value = "yanglao";
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await until(() => browser.run(() => document.querySelector("#column-suggestions").textContent.includes("养老")));
  await browser.run(() => {
    const box = document.querySelector("#column-query");
    for (const key of ["ArrowDown", "Enter"]) box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
  await until(() => browser.run(() => window.location.search.includes("q=") && document.querySelectorAll(".hits li").length > 0));
}

async function lost(browser) {
  await browser.goto(`${server.url}no/such/page/`);
  const styled = () => getComputedStyle(document.querySelector(".frame")).display === "grid";
  await until(() => browser.run(styled)); // the page for wrong addresses finds its styles
}

for (const [name, launch] of [["Firefox", firefox], ["WebKit", webkit]]) {
  test(`a citizen's way and the search in ${name}`, async (context) => {
    const browser = await launch();
    if (!browser) {
      context.skip(`${name} is not on this system: tools/install-test-tools.sh installs what Debian has`);
      return;
    }
    try {
      await walk(browser);
      await search(browser);
      await lost(browser);
      assert.deepEqual(browser.errors, []);
    } finally {
      await browser.close();
    }
  });
}
