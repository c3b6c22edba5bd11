// How people read: 长者版 with and without scripts, type size, contrast, reading aloud, folding, sorting, printing, citing,
// and how much a phone has to load.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, fileUrl, watch } from "./browser.mjs";
import { stage } from "./stage.mjs";

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PLAN = "plans/changqing-2022/";
const TASK = "plans/changqing-2022/tasks/22/";

const { browser, server } = await stage();

async function open(options, url, prepare = () => {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = watch(page, url.startsWith("file:") ? "file://" : server.url);
  await prepare(page);
  await page.goto(url);
  return { context, page, trouble };
}

const rootSize = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
const smallestText = (page) =>
  page.evaluate(() => {
    const texts = [...document.querySelectorAll(".main *")].filter((node) =>
      [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()),
    );
    const seen = texts.filter((node) => node.offsetParent && !node.closest(".visually-hidden, svg"));
    return Math.min(...seen.map((node) => parseFloat(getComputedStyle(node).fontSize)));
  });

for (const [name, start] of [["a server", () => server.url + TASK], ["a folder", () => fileUrl(`${TASK}index.html`)]]) {
  test(`长者版 needs no script: large type, one column, kept by its own navigation, reversible, from ${name}`, async () => {
    const { context, page, trouble } = await open({ ...DESKTOP, javaScriptEnabled: false }, start());
    assert.equal(await rootSize(page), 16);
    await page.getByRole("link", { name: "长者版" }).click();
    assert.equal(await rootSize(page), 24);
    assert.ok((await smallestText(page)) >= 18);
    assert.equal(await page.locator(".side").isVisible(), false);
    await page.locator(".elder-nav summary").click();
    await page.locator(".elder-nav").getByRole("link", { name: "按年份" }).click();
    await page.waitForLoadState();
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "按年份查找");
    assert.equal(await rootSize(page), 24);
    await page.getByRole("link", { name: "恢复标准版" }).click();
    assert.equal(await rootSize(page), 16);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test("high contrast needs no script", async () => {
  const { context, page } = await open({ ...DESKTOP, javaScriptEnabled: false }, server.url + TASK);
  await page.getByRole("link", { name: "高对比" }).click();
  const colours = await page.locator(".main").evaluate((node) => {
    const { backgroundColor, color } = getComputedStyle(node);
    return [backgroundColor, color];
  });
  assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  await context.close();
});

test("长者版 and type size are remembered on the next page and taken back", async () => {
  const { context, page, trouble } = await open(DESKTOP, server.url + TASK);
  const elder = () => page.getByRole("button", { name: "长者版" });
  await elder().click();
  assert.equal(await elder().getAttribute("aria-pressed"), "true");
  await page.goto(server.url + PLAN);
  assert.equal(await rootSize(page), 24);
  await page.getByRole("button", { name: "大", exact: true }).click();
  assert.equal(await rootSize(page), 28);
  await elder().click();
  await page.getByRole("button", { name: "中", exact: true }).click();
  await page.reload();
  assert.equal(await rootSize(page), 16);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("a link to 长者版 can be sent to somebody, who can leave it again", async () => {
  const { context, page } = await open(PHONE, `${server.url}${TASK}#elder`);
  assert.equal(await rootSize(page), 24);
  await page.goto(server.url + PLAN);
  assert.equal(await rootSize(page), 24);
  await page.goto(`${server.url}${TASK}#elder`);
  await page.getByRole("button", { name: "长者版" }).click();
  assert.equal(await rootSize(page), 16);
  await context.close();
});

test("controls in 长者版 are large enough for an unsteady hand", async () => {
  const { context, page } = await open(PHONE, `${server.url}${TASK}#elder`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll(".aids a, .aids button, .elder-nav summary, .elder-nav a, .tools button, .box button, .pager a")]
      .filter((node) => node.offsetParent)
      .filter((node) => node.getBoundingClientRect().height < 60)
      .map((node) => `${node.textContent}: ${node.getBoundingClientRect().height}`),
  );
  assert.deepEqual(small, []);
  await context.close();
});

test("the text is read aloud piece by piece, and stops", async () => {
  const pretend = (page) =>
    page.addInitScript(() => {
      window.spoken = [];
      window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) {
          super();
          this.text = text;
        }
      };
      const speech = { speaking: false, cancel: () => {}, speak: (words) => {
        window.spoken.push(words.text.trim());
        if (window.spoken.length < 5) words.dispatchEvent(new Event("end"));
      } };
      Object.defineProperty(window, "speechSynthesis", { value: speech });
    });
  const { context, page } = await open(DESKTOP, server.url + TASK, pretend);
  await page.getByRole("button", { name: "朗读正文" }).click();
  const spoken = await page.evaluate(() => window.spoken);
  assert.match(spoken[0], /^第22项/);
  assert.ok(spoken.includes("谁负责"), spoken.join("|"));
  assert.equal(await page.locator(".being-read").count(), 1);
  await page.getByRole("button", { name: "停止朗读" }).click();
  assert.equal(await page.locator(".being-read").count(), 0);
  await context.close();
});

test("a plan folds to its table of contents on a phone, and an address opens its chapter", async () => {
  const { context, page } = await open(PHONE, server.url + PLAN);
  assert.equal(await page.locator("details.chapter[open]").count(), 0);
  await page.getByRole("main").getByText("目录", { exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "（五）加强民生保障信息公开" }).click();
  assert.equal(await page.locator("details.chapter[open]").count(), 1);
  assert.ok(await page.locator("#section-1-5").isVisible());
  await context.close();
  const desktop = await open(DESKTOP, server.url + PLAN);
  assert.equal(await desktop.page.locator("details.chapter:not([open])").count(), 0);
  await desktop.page.getByRole("button", { name: "全部收起" }).click();
  assert.equal(await desktop.page.locator("details.chapter[open]").count(), 0);
  await desktop.context.close();
});

test("on a phone the first screen of a plan has tasks with who and when, and the whole plan is twelve screens", async () => {
  const screen = { ...PHONE, viewport: { width: 390, height: 844 } };
  const { context, page } = await open(screen, server.url + PLAN);
  const shown = await page.locator("#tasks tbody tr").evaluateAll((rows) =>
    rows.filter((row) => [".units", ".deadline"].every((cell) => row.querySelector(cell).getBoundingClientRect().bottom < 844)).length,
  );
  assert.ok(shown >= 3, `${shown} tasks`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight) <= 12 * 844);
  assert.equal(await page.locator("#tasks td.text").first().evaluate((cell) => cell.querySelector("[hidden=until-found]") !== null), true);
  await page.locator("#task-1 .whole-text").click();
  assert.match(await page.locator("#task-1 td.text").innerText(), /等信息。$/);
  await page.goto(`${server.url}${PLAN}#task-2`);
  assert.equal(await page.locator("#task-2 .whole-text").count(), 0, "what is linked to is whole");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(".whole-text").count(), 0, "paper has all");
  assert.ok((await page.locator(".head").boundingBox()).height < 60, "the head is one line");
  await page.goto(`${server.url}search/?q=${encodeURIComponent("信息公开")}`);
  const first = page.locator(".hits li h2").first();
  await first.waitFor();
  assert.ok((await first.boundingBox()).y < 844, "the first result is in the first screen");
  assert.equal(await page.locator("input:visible").count(), 1, "one search box");
  await context.close();
});

test("a number leads to exactly its rows, with scripts and without", async () => {
  const unit = "units/changqing-jiaotiju/";
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await open({ ...DESKTOP, javaScriptEnabled }, server.url + unit);
    const link = page.locator(".totals a").first();
    const count = Number((await link.innerText()).match(/(\d+)项/)[1]);
    await link.click();
    assert.equal(await page.locator(".duties tr[data-state]:visible").count(), count);
    await page.goto(server.url + PLAN);
    const some = page.locator("main .totals a").first();
    const tasks = Number((await some.innerText()).match(/(\d+)项/)[1]);
    await some.click();
    assert.equal(await page.locator("#tasks tr[data-state]:visible").count(), tasks);
    await context.close();
  }
});

test("without scripts a plan is open from the start", async () => {
  const { context, page } = await open({ ...PHONE, javaScriptEnabled: false }, server.url + PLAN);
  assert.equal(await page.locator("details.chapter:not([open])").count(), 0);
  await context.close();
});

test("without scripts a phone shows the text first, and the columns are one press away", async () => {
  const { context, page } = await open({ ...PHONE, javaScriptEnabled: false }, server.url + TASK);
  const top = async (selector) => (await page.locator(selector).first().boundingBox()).y;
  assert.ok((await top(".answer")) < 812);
  assert.ok((await top(".side")) > (await top(".answer")));
  await page.getByRole("link", { name: "栏目", exact: true }).click();
  const columns = await page.locator(".columns").boundingBox();
  assert.ok(columns.y >= 0 && columns.y < 812, `${columns.y}`);
  await context.close();
});

test("a table sorts by a heading, both ways, also by Chinese numerals", async () => {
  const { context, page } = await open(DESKTOP, `${server.url}decisions/laiwu-2021-decisions/`);
  const firsts = () => page.locator("table.directory tbody tr td:first-child").allInnerTexts();
  await page.getByRole("button", { name: "序号" }).click();
  assert.deepEqual(await firsts(), ["一", "二", "三", "四", "五"]);
  await page.getByRole("button", { name: "序号" }).click();
  assert.deepEqual(await firsts(), ["五", "四", "三", "二", "一"]);
  const heading = page.getByRole("columnheader", { name: "序号" });
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  await context.close();
});

test("the citation is copied with number, date and address", async () => {
  const { context, page } = await open({ ...DESKTOP, permissions: ["clipboard-read", "clipboard-write"] }, server.url + TASK);
  await page.getByRole("button", { name: "复制引用文字" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^济南市长清区人民政府办公室：《2022年长清区政务公开工作要点》（济长政办发〔2022〕2号），第22项/);
  assert.match(copied, /2022年6月10日/);
  assert.ok(copied.endsWith(server.url + TASK), copied);
  await context.close();
});

test("the task table prints across, headings on every sheet, and 打印正文 leaves the site's own parts out", async () => {
  const { context, page } = await open(DESKTOP, server.url + PLAN);
  await page.evaluate(() => {
    window.print = () => {};
    document.querySelector("[data-do=print-text]").click();
  });
  await page.emulateMedia({ media: "print" });
  const seen = async (selector) => page.locator(selector).first().isVisible();
  assert.ok(await seen(".document"));
  for (const hidden of [".banner", ".side", ".elements", ".cite", ".foot", ".tools", ".aids", ".toc"]) {
    assert.equal(await seen(hidden), false, hidden);
  }
  assert.equal(await page.locator("table.tasks thead").evaluate((node) => getComputedStyle(node).display), "table-header-group");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => Number(width) > Number(height));
  assert.equal(sheets[0], false);
  assert.equal(sheets.at(-2), true);
  await context.close();
});

test("every page says how old it is, without a script too, and says so plainly when it was left alone", async () => {
  for (const address of [server.url + TASK, fileUrl(`${PLAN}index.html`), `${server.url}guide/`]) {
    for (const javaScriptEnabled of [false, true]) {
      const { context, page } = await open({ ...DESKTOP, javaScriptEnabled }, address);
      const said = await page.locator(".as-of").evaluate((node) => node.innerText + getComputedStyle(node, "::after").content);
      assert.match(said, /^数据截至"\d{4}年\d{1,2}月\d{1,2}日"$/);
      await context.close();
    }
  }
  const { page: first, context: here } = await open(DESKTOP, server.url + TASK);
  const [year, month, day] = await first.locator(".as-of").evaluate((node) => getComputedStyle(node, "::after").content.match(/\d+/g).map(Number));
  await here.close();
  for (const [days, warned] of [[30, false], [31, true], [-1, false]]) {
    const time = Date.UTC(year, month - 1, day + days, 4); // noon in China
    const { page, context } = await open(DESKTOP, server.url + TASK, (tab) => tab.clock.setFixedTime(time));
    assert.equal(await page.locator(".stale").count(), warned ? 1 : 0, `${days} days`);
    if (warned) assert.equal(await page.locator(".stale").innerText(), "已有31天没有更新，内容可能不是最新的。");
    await context.close();
  }
});

test("nothing jumps while a page comes up on a phone", async () => {
  for (const kind of [TASK, PLAN, "organs/laiwu/"]) {
    const { context, page } = await open(PHONE, server.url + kind);
    const moved = await page.evaluate(async () => {
      let sum = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)));
      observer.observe({ type: "layout-shift", buffered: true });
      await document.fonts.ready; // the page is loaded: what is left is to paint it and to tell of it
      for (const wait of [requestAnimationFrame, requestAnimationFrame, requestIdleCallback]) await new Promise((done) => wait(done));
      return observer.takeRecords().reduce((all, entry) => all + entry.value, sum);
    });
    assert.ok(moved < 0.05, `${kind}: ${moved}`);
    await context.close();
  }
});

test("a first view is light, and no page is heavy", async () => {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  let [bytes, open, idle] = [0, 0, () => {}];
  const closed = () => (open -= 1) || idle();
  client.on("Network.requestWillBeSent", ({ redirectResponse }) => (open += redirectResponse ? 0 : 1));
  client.on("Network.loadingFailed", closed);
  client.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    closed();
  });
  for (const [kind, most] of [["", 150_000], [PLAN, 500_000], ["themes/industry/", 500_000], ["data/", 500_000], ["units/", 500_000]]) {
    await client.send("Network.clearBrowserCache");
    bytes = 0;
    await page.goto(server.url + kind);
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done))); // what scripts ask for is asked for
    if (open) await new Promise((done) => (idle = done));
    assert.ok(bytes > 1000 && bytes <= most, `${kind}: ${bytes} bytes`);
  }
  await context.close();
});
