// What readers come for, from where they start until they see it, on a desktop and on a phone. Of each job it is said how
// many clicks and typed searches it takes at most, and what it took on a7882cf. A job that cannot be done yet says what is
// missing, and fails here on the day when it can.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inflateRawSync } from "node:zlib";
import { launch, serve, SITE } from "./browser.mjs";
import { Reader } from "./reader.mjs";

const DEMO = path.resolve(process.env.DEMO ?? "demo/site");
const SHORTLY = 3000; // milliseconds, for what is known not to come
const WIDTHS = { "a desktop": { width: 1440, height: 900 }, "a phone": { width: 390, height: 844 } };

const browser = await launch();
const [real, demo] = [await serve(), await serve("/yanshi/", undefined, undefined, DEMO)];
after(async () => {
  await browser.close();
  real.close();
  demo.close();
});

const first = (reader) => reader.page.locator(".hits > li, [aria-label=直达] a").filter({ visible: true }).first();
const doors = (reader) => reader.page.getByRole("navigation", { name: "直达" });

/** The unit's page answers: what, until when, done or not, and whether there is anything newer. */
async function unit_answers(reader) {
  await reader.sees(reader.page.getByRole("heading", { level: 1, name: "长清区医保局" }));
  await reader.reads(/第22项/);
  await reader.reads(/全年/);
  await reader.reads(/过了原定日期，未报完成/);
  await reader.reads(/最新的要点\s*2022年（2026年的尚未收录）/);
}

/** The sheets of a workbook as text: entries of the zip, found by its directory. */
function sheets(bytes) {
  const found = [];
  for (let at = bytes.indexOf("PK\x01\x02"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4)) {
    const [packed, length, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + length);
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    if (/worksheets\/sheet\d+\.xml$/.test(name)) found.push(inflateRawSync(bytes.subarray(data, data + packed)).toString());
  }
  return found;
}

const JOBS = [
  {
    job: "1 长清区医保局今年要做什么、什么时候完成、完成了没有, by doors",
    clicks: 2,
    was: "3 clicks, the state on the third page only",
    async done(reader) {
      await reader.follows("全部责任单位");
      await reader.follows("区医保局", reader.main.locator("section", { hasText: "长清区" }).last());
      await unit_answers(reader);
    },
  },
  {
    job: "1 长清区医保局, typed",
    clicks: 1,
    searches: 1,
    was: "tasks of two districts, no page of the unit",
    async done(reader) {
      await reader.looks_for("医保局");
      await reader.follows("区医保局（长清区）", doors(reader));
      await unit_answers(reader);
    },
  },
  {
    job: "2 莱芜2021年决策里国土空间规划那项公开到哪一步",
    clicks: 1,
    searches: 1,
    was: "one guesses; 0 of 12 here, 25 there",
    async done(reader) {
      await reader.follows("莱芜区2021年度重大行政决策");
      await reader.looks_for("国土空间规划", reader.page.getByLabel("在本目录里查找", { exact: true }).last());
      assert.match(await reader.status(), /没有/);
      const nearest = reader.main.locator('li a[href*="decisions/laiwu-2021-decisions/"]');
      await reader.awaits(nearest, "the nearest decision");
      await reader.sees(nearest, "the nearest decision");
    },
  },
  {
    job: "3 农民合作社找和农业有关的任务",
    words: ["农民合作社", "合作社"],
    clicks: 0,
    searches: 1,
    was: "nothing found; by doors 3 clicks",
    async done(reader, words) {
      await reader.looks_for(words);
      await reader.sees(first(reader));
      await reader.reads(/农业农村局/);
    },
  },
  {
    job: "4 记者比较莱芜2021和2025年要点的变化",
    clicks: 2,
    was: "names of themes only",
    async done(reader) {
      await reader.follows("莱芜区");
      await reader.follows(/^2025年和2021年$|2021年.*对照|对照.*2021年/);
      assert.match(reader.page.url(), /compare\//);
      await reader.sees(reader.main.getByText("2021年", { exact: false }));
      assert.ok(await reader.main.locator("td :is(ins, del, b)").count(), "words that changed or stayed are marked");
    },
  },
  {
    job: "5 查文号, in three spellings and traditional characters",
    words: ["济长政办发〔2022〕2号", "济长政办发[2022]2号", "济长政办发2022年2号", "濟長政辦發〔2022〕2號"],
    clicks: 1,
    searches: 1,
    was: "two right, traditional nothing",
    async done(reader, words) {
      await reader.looks_for(words);
      await reader.sees(first(reader));
      assert.match(await first(reader).innerText(), /2022年长清区政务公开工作要点/);
      await reader.clicks_on(reader.page.locator("[aria-label=直达] a, .hits a"), "the first result");
      await reader.reads(/济长政办发〔2022〕2号/);
    },
  },
  {
    job: "6 错字、拼音、首字母、混写",
    words: ["医宝局", "yibaoju", "ybj", "yibao局"],
    clicks: 1,
    searches: 1,
    was: "tasks, no unit; mixed nothing",
    async done(reader, words) {
      await reader.looks_for(words);
      await reader.sees(doors(reader).getByRole("link", { name: "区医保局（长清区）" }));
      await reader.follows("区医保局（长清区）", doors(reader));
      await reader.sees(reader.page.getByRole("heading", { level: 1, name: "长清区医保局" }));
    },
  },
  {
    job: "7 一项任务的序号",
    words: ["第22项", "长清第22项任务"],
    clicks: 1,
    searches: 1,
    was: "nothing",
    async done(reader, words) {
      await reader.looks_for(words);
      await reader.clicks_on(reader.page.locator('.hits a[href*="changqing-2022/tasks/22/"]'), "the task");
      await reader.reads(/加大养老保险、医疗保险等社会保险信息公开力度/);
    },
  },
  {
    job: "8 日常说法",
    words: ["停车难", "老人看病", "低保户"],
    clicks: 0,
    searches: 1,
    was: "nothing, a dead end",
    async done(reader, words) {
      await reader.looks_for(words);
      assert.match(await reader.status(), /近似结果/);
      await reader.sees(first(reader));
      assert.match(await first(reader).innerText(), { 停车难: /交通/, 老人看病: /养老|医疗/, 低保户: /低保/ }[words]);
    },
  },
  {
    job: "9 组合筛选, back three times, share the link",
    clicks: 4, // three, and on a phone one that shows the filters
    searches: 1,
    was: "right",
    async done(reader) {
      await reader.looks_for("信息公开");
      const states = [await narrowed(reader)];
      for (const name of [/^2022年 \d/, /^任务 \d/, /^老年人 \d/]) {
        await reader.page.locator(".filters button").first().waitFor({ state: "attached" }); // they come after the results
        await unfold(reader);
        const filter = reader.page.getByRole("button", { name });
        await reader.awaits(filter, `filter ${name}`);
        await reader.clicks_on(filter, `filter ${name}`);
        states.push(await narrowed(reader, states.at(-1)));
      }
      const shared = await reader.page.context().newPage();
      const friend = new Reader(shared, reader.home);
      await shared.goto(reader.page.url());
      await friend.settles();
      assert.equal(await friend.status(), states.at(-1));
      for (const before of states.slice(0, -1).reverse()) {
        await reader.page.goBack();
        await reader.page.waitForFunction(([place, text]) => document.querySelector(place).innerText.trim() === text, ["[data-search-page] [role=status]", before]);
      }
    },
  },
  {
    job: "9 显示更多, a result, and back",
    clicks: 2,
    searches: 1,
    was: "what was shown more is lost",
    async done(reader) {
      await reader.looks_for("信息公开");
      const few = await reader.page.locator(".hits > li").count();
      await reader.presses("显示更多结果");
      await reader.page.locator(".hits > li").nth(few).waitFor();
      const many = await reader.page.locator(".hits > li").count();
      await reader.clicks_on(reader.page.locator(".hits > li a").nth(few), "the next result");
      await reader.page.goBack();
      await reader.settles(); // with all of it at once, or what was read last would jump
      assert.equal(await reader.page.locator(".hits > li").count(), many);
    },
  },
  {
    job: "10 打印一份任务分解表",
    starts: "plans/changqing-2022/",
    devices: ["a desktop"],
    clicks: 1,
    was: "the whole plan, 27 pages",
    async done(reader) {
      await reader.page.evaluate(() => {
        window.print = () => {};
      });
      await reader.clicks_on(reader.main.locator("a, button").filter({ hasText: /只打印.*表|打印这张表|打印任务表/ }), "只打印这张表");
      await reader.page.emulateMedia({ media: "print" });
      const table = reader.page.locator("#tasks table, table#tasks").first();
      assert.ok(await table.isVisible());
      assert.equal(await table.locator("thead").evaluate((head) => getComputedStyle(head).display), "table-header-group");
      const printed = await reader.page.locator("body").innerText();
      assert.ok(!printed.includes("2022年政务公开工作总体要求"), "the text of the plan is not printed");
    },
  },
  {
    job: "11 订阅一个单位",
    starts: "units/changqing-yibaoju/",
    clicks: 2,
    was: "at the foot, raw XML",
    async done(reader) {
      await reader.sees(reader.main.getByRole("link", { name: /^订阅/ }), "订阅");
      await reader.follows(/^订阅/);
      await reader.sees(reader.main.locator('a[href$="feed.xml"]'), "the feed");
      await reader.sees(reader.main.locator('a[href$="calendar.ics"]'), "the calendar");
      await reader.follows(/怎样订阅/);
      await reader.reads(/阅读器/);
      await reader.reads(/日历/);
    },
  },
  {
    job: "12 下载任务表, filter by unit and state",
    starts: "plans/changqing-2022/",
    clicks: 1,
    was: "merged cells",
    async done(reader) {
      const link = reader.page.locator('a[href$=".xlsx"]');
      const [file] = await Promise.all([reader.page.waitForEvent("download"), reader.clicks_on(link, "the sheet")]);
      const flat = sheets(await readFile(await file.path())).filter((sheet) => sheet.includes("<autoFilter"));
      assert.ok(flat.length, "a sheet filters");
      assert.ok(flat.every((sheet) => !sheet.includes("<mergeCell ")), "and has no merged cells");
    },
  },
  {
    job: "13 without JavaScript, from a folder: doors lead to unit, task and decision",
    folder: true,
    clicks: 5,
    was: "right",
    async done(reader) {
      await reader.follows("全部责任单位");
      await reader.follows("区医保局", reader.main.locator("section", { hasText: "长清区" }).last());
      await reader.reads(/过了原定日期，未报完成/);
      await reader.follows(/加大养老保险、医疗保险等社会保险信息公开力度/);
      await reader.reads(/第22项/);
      await reader.opens("index.html");
      await reader.follows("莱芜区2021年度重大行政决策");
      await reader.follows("莱芜区“十四五”产业发展规划");
      await reader.reads(/尚未公开/);
    },
  },
  {
    job: "14 打错网址",
    words: ["plans/changqing-2022/tasks/999/", "nothing", "a/b/c/d"],
    clicks: 1,
    was: "unstyled without an address",
    async done(reader, address) {
      await reader.opens(address);
      await reader.reads(/没有找到这个页面/, reader.page.locator("body"));
      const box = reader.page.getByRole("combobox", { name: "在本专栏查找" });
      assert.ok(await box.isVisible(), "a search box");
      const styled = await reader.page.evaluate(() => [...document.styleSheets].length > 2 && [...document.styleSheets].every((sheet) => sheet.href));
      assert.ok(styled, "styles");
      await reader.clicks_on(reader.page.getByRole("link", { name: /首页|政府信息公开$/ }), "home");
      assert.ok(reader.page.url().startsWith(reader.home));
      await reader.reads(/今年承诺了什么/);
    },
  },
  {
    job: "15 正在征求意见的：到哪天、怎样参加",
    column: "demo",
    clicks: 0,
    was: "below the fold, 网站 without a link",
    async done(reader) {
      await reader.sees(reader.main.getByText(/还剩\d+天/), "days left");
      await reader.sees(reader.main.locator('li:has-text("天") a[href^="https://www.example.com/"]'), "the channel's link");
    },
  },
  {
    job: "16 这项任务没有落实情况，我能做什么",
    column: "demo",
    starts: "plans/qingsui-2026/tasks/5/",
    clicks: 0,
    was: "nothing",
    async done(reader) {
      await reader.reads(/区卫生健康局：000-55550190|区卫健局：000-55550190/);
      const apply = reader.main.getByRole("link", { name: "依申请公开" });
      assert.ok(await apply.count(), "依申请公开");
      await reader.reads(/申请里可以写：.*公布普惠托育机构名单、收费标准和剩余名额/);
    },
  },
  {
    job: "17 问一句话：答复就在查找结果前面，写明依据",
    column: "demo",
    clicks: 0,
    searches: 1,
    was: "a list of results",
    async done(reader) {
      await reader.page.clock.setFixedTime(new Date("2026-11-20")); // what it rests on holds for some years
      await reader.looks_for("道路停车前30分钟收费吗");
      const answer = reader.page.locator(".in-place");
      await reader.sees(answer.getByText("不收费"), "the answer");
      await reader.reads(/依据：《青穗区道路停车泊位管理办法》第二条/, answer);
    },
  },
];

/** On a phone filters may be folded. */
async function unfold(reader) {
  const folded = reader.page.locator(".filters summary, details:has(.filters) > summary").filter({ visible: true });
  for (const summary of await folded.all()) {
    if (!(await summary.evaluate((node) => node.parentElement.open))) await reader.clicks_on(reader.page.locator("summary").filter({ has: summary }).or(summary), "筛选");
  }
}

/** What the page of results says once it is another than before. */
async function narrowed(reader, before = null) {
  await reader.page.waitForFunction(([place, text]) => document.querySelector(place).innerText.trim() !== text, ["[data-search-page] [role=status]", before]);
  return reader.status();
}

/** The job, done once or with each of several words, by the same reader. */
async function does(given, reader) {
  for (const words of given.words ?? [""]) {
    [reader.clicks, reader.searches] = [0, 0];
    await reader.opens(given.folder ? "index.html" : given.starts);
    await given.done(reader, words);
    assert.ok(reader.clicks <= given.clicks, `${reader.clicks} clicks`);
    assert.ok(reader.searches <= (given.searches ?? 0), `${reader.searches} searches`);
  }
}

for (const given of JOBS) {
  for (const [device, viewport] of Object.entries(WIDTHS)) {
    if (given.devices && !given.devices.includes(device)) continue;
    const missing = given.missing?.[device];
    test(`${given.job}, on ${device}${missing ? `: not yet, ${missing}` : ""}`, async () => {
      const context = await browser.newContext({ viewport, javaScriptEnabled: !given.folder });
      const home = given.folder ? `${pathToFileURL(SITE).href}/` : (given.column === "demo" ? demo : real).url;
      const doing = does(given, new Reader(await context.newPage(), home, missing && SHORTLY));
      await (missing ? assert.rejects(doing, assert.AssertionError, `it can be done now: take away “missing: ${missing}”`) : doing);
      await context.close();
    });
  }
}
