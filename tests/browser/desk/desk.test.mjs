// A clerk's day at the desk: a wrong unit, its right word, a report, undo, the page as readers see it. The desk runs.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../axe.mjs";
import { launch } from "../browser.mjs";
import { disorder, tree } from "./tree.mjs";

const { DESK, ROOT } = process.env;
const BASE = new URL(DESK).origin;
const PLAN = "plans/shili-2021.yml";
const PAGES = [
  "/", `/file/${PLAN}`, `/file/${PLAN}?at=task_table/rows/0`, "/file/plans/shili-mulu-2021.yml", `/item/${PLAN}?at=task_table/rows/4`,
  "/progress/shili-2021/tasks/1", "/stage/shili-2021-decisions/1", "/withdraw/shili-2021/tasks/1", "/changes?readers=1", "/import", "/new",
  "/review", "/publish", "/join", "/end/shili-2021", "/merge/shili-jiaotiju",
  `/paste/${PLAN}?at=task_table/rows`, `/text/${PLAN}`, "/file/plans/vocabularies/units-shili.yml",
];
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
const trouble = [];
page.on("console", (message) => message.type() === "error" && message.location().url.startsWith(BASE) && trouble.push(message.text()));
page.on("pageerror", (error) => trouble.push(error.message));
page.on("request", (request) => request.url().startsWith(BASE) || request.frame() !== page.mainFrame() || trouble.push(`request: ${request.url()}`));
before(() => page.goto(DESK));
after(() => browser.close());

const text = () => readFile(path.join(ROOT, PLAN), "utf8");
const cell = (place) => page.locator(`[data-path="${place}"]`);
const UNITS = "task_table/rows/0/units";
/** A picture of the page for the handbook, where `make pictures` asks for it. */
async function picture(name) {
  if (!process.env.PICTURES) return;
  await page.setViewportSize({ width: 1140, height: 676 });
  await page.screenshot({ path: path.join(process.env.PICTURES, `${name}.png`) });
  await page.setViewportSize({ width: 1280, height: 900 });
}
const saved = () => page.locator("#said", { hasText: "已存好" }).waitFor();

test("a misspelt unit is named in its cell, and one press puts it right", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const was = await cell(UNITS).inputValue();
  await cell(UNITS).fill(was.replace("区民政局", "区民证局"));
  await cell(UNITS).press("Enter");
  const mark = page.locator(`[data-place="${UNITS}"] .mark`);
  await mark.waitFor();
  assert.match(await mark.innerText(), /单位名录中没有“区民证局”/u);
  assert.equal(await cell(UNITS).getAttribute("aria-invalid"), "true");
  const described = await cell(UNITS).getAttribute("aria-describedby");
  assert.ok(described?.split(" ").includes((await mark.getAttribute("id")) ?? ""));
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-path")), "task_table/rows/1/units");
  const read = (await tree(page.locator(`tr[data-row="task_table/rows/0"]`))).map(({ line }) => line.trim());
  const field = read.findIndex((line) => line.includes('textbox "第1项 责任单位"'));
  assert.ok(field >= 0, read.join("\n"));
  const next = read.findIndex((line, at) => at > field && /^- (?:textbox|combobox|cell)/u.test(line));
  assert.match(read.slice(field, next).join(" "), /错误：单位名录中没有“区民证局”/u, "the finding is read right after its field");
  assert.match((await cell("task_table/rows/1/units").getAttribute("placeholder")) ?? "", /同上：区民证局/u);
  assert.match(await text(), /units: 区民证局牵头/u);
  await mark.getByRole("button", { name: "改为“区民政局”" }).click();
  await mark.waitFor({ state: "detached" });
  assert.equal(await cell(UNITS).inputValue(), was);
  assert.match(await text(), /units: 区民政局牵头/u);
});

test("units are suggested while they are typed, and taken with the keyboard alone", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  await cell(UNITS).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("、教育");
  await page.locator(".options [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await cell(UNITS).inputValue(), /、区教育和体育局$/u);
  await page.keyboard.press("Tab");
  await saved();
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForLoadState();
  assert.doesNotMatch(await cell(UNITS).inputValue(), /教育和体育/u);
  assert.ok(page.url().includes(PLAN));
});

test("an input method can compose in a cell from its first key on", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const field = cell("task_table/rows/1/units");
  await field.focus();
  const session = await context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "minzheng", selectionStart: 8, selectionEnd: 8 });
  await page.keyboard.down("Enter"); // while composing, it belongs to the input method in real life; here it must not move on
  await session.send("Input.insertText", { text: "区民政局" });
  assert.match(await field.inputValue(), /区民政局/u);
  await field.fill("区民政局");
  await page.keyboard.press("Tab");
  await saved();
  assert.match(await text(), /units: 区民政局\n/u);
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForLoadState();
});

test("a line break is Alt+Enter, and arrows lead up and down", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  await cell("task_table/rows/2/deadline").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Alt+Enter");
  assert.match(await cell("task_table/rows/2/deadline").inputValue(), /\n$/u);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("ArrowDown");
  const at = () => page.evaluate(() => document.activeElement?.getAttribute("data-path"));
  assert.equal(await at(), "task_table/rows/3/deadline");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowUp");
  assert.equal(await at(), "task_table/rows/2/deadline");
});

test("several cells from a spreadsheet are looked at before they are written", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const whole = await text();
  await cell("task_table/rows/2/units").evaluate((field) => {
    const data = new DataTransfer();
    data.setData("text/plain", '"区民政局"\t"12月\n底前"\n区民政局\t全年\n');
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByRole("heading", { name: /会改 4 格/u }).waitFor();
  assert.equal(await text(), whole);
  await page.getByRole("button", { name: "写入" }).click();
  await page.getByRole("heading", { level: 1, name: /工作要点/u }).waitFor();
  assert.equal(await cell("task_table/rows/2/deadline").inputValue(), "12月\n底前");
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForLoadState();
  assert.equal(await text(), whole);
});

test("progress is reported from the list of what is to do, and readers see it", async () => {
  await page.goto(BASE);
  await page.getByRole("link", { name: "逐项报送" }).first().click();
  await page.getByRole("link", { name: "报送", exact: true }).first().click();
  await page.getByLabel("推进中").check();
  await page.getByLabel(/做了什么/u).fill("名单已经核对，下月公开。");
  await page.getByRole("button", { name: "写入" }).dblclick();
  await page.getByRole("heading", { level: 1, name: /第\d项/u }).waitFor();
  assert.equal((await text()).split("名单已经核对，下月公开。").length, 2, "two clicks report once");
  const [preview] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "看网页" }).click()]);
  await preview.getByText("名单已经核对，下月公开。").first().waitFor();
  assert.notEqual(new URL(preview.url()).origin, BASE);
  const ask = (method) => preview.evaluate(
    ([base, verb]) => fetch(`${base}/undo`, { method: verb, mode: "no-cors", credentials: "include" }), [BASE, method]);
  await assert.rejects(ask("GET"));
  await assert.rejects(ask("POST"));
  assert.match(await text(), /名单已经核对，下月公开。/u, "a page of the preview cannot make the desk do anything");
  await preview.close();
});

test("a field takes more than browsers send in the background", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const long = "长".repeat(30_000);
  await cell("task_table/rows/2/text").fill(long);
  await page.keyboard.press("Tab");
  await saved();
  assert.ok((await text()).replace(/\s/gu, "").includes(long));
  await page.getByRole("button", { name: "撤销" }).click();
  await page.waitForLoadState();
  assert.ok(!(await text()).includes("长长"));
});

test("the page as readers see it stands beside the form, at an origin of its own, and follows each save", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const whole = await text();
  await page.getByRole("button", { name: "网页放在旁边" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByRole("heading", { level: 1 }).first().waitFor();
  const source = await page.locator("iframe").getAttribute("src");
  assert.notEqual(new URL(source ?? "").origin, BASE);
  assert.equal(await page.locator("iframe").getAttribute("sandbox"), "allow-scripts allow-same-origin");
  await cell("title").fill("改过的标题");
  await cell("title").press("Tab");
  await frame.getByRole("heading", { level: 1, name: "改过的标题" }).waitFor();
  await picture("desk");
  await cell(UNITS).fill("区民证局");
  await cell(UNITS).press("Tab");
  await frame.getByText(/单位名录中没有“区民证局”/u).first().waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "收起旁边的网页" }).click();
  await page.locator("iframe").waitFor({ state: "detached" });
  await writeFile(path.join(ROOT, PLAN), whole);
});

test("what somebody else saves is told, and never overwritten unseen", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  const whole = await text();
  await writeFile(path.join(ROOT, PLAN), whole.replace("deadline: 全年", "deadline: 十二月底前"));
  await cell("task_table/rows/2/deadline").fill("我写的");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "现在是“十二月底前”，用它" }).waitFor();
  assert.match(await text(), /十二月底前/u);
  await page.locator("#said", { hasText: "在别处改过" }).waitFor();
  await page.getByRole("button", { name: "用我写的" }).click();
  await saved();
  assert.match(await text(), /deadline: 我写的/u);
  await writeFile(path.join(ROOT, PLAN), whole);
});

test("a row is taken away after a question, and comes back", async () => {
  await page.goto(`${BASE}/file/${PLAN}`);
  await page.locator('[data-list="document/sources"] summary').first().scrollIntoViewIfNeeded();
  const list = page.locator('[data-list="preamble"]');
  await list.locator("summary").first().press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("details.menu[open]").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SUMMARY");
  await list.locator("summary").first().click();
  page.once("dialog", (dialog) => dialog.accept());
  await list.getByRole("button", { name: "删去" }).click();
  await page.waitForFunction(() => !document.querySelector('[data-list="preamble"]'));
  await page.getByRole("button", { name: "撤销" }).click();
  await list.waitFor();
});

const PASTED = `示例区2021年政务公开任务分解表
| 序号 | 具体要求 | 牵头单位 | 跟进 |
| 1 | 公开预算。 | 区民政局 | 区教育和体育局 |
`;

test("what a column is, the clerk says beside it, and the document is read again", async () => {
  await page.goto(`${BASE}/import`);
  await page.getByLabel(/文件/u).setInputFiles({ name: "分解表.txt", mimeType: "text/plain", buffer: Buffer.from(PASTED) });
  await page.getByLabel("区县").selectOption({ index: 1 });
  await page.getByRole("button", { name: "导入" }).click();
  await page.getByRole("heading", { level: 1, name: /导入：/u }).waitFor();
  const draft = page.getByRole("region", { name: /^草稿/u });
  assert.doesNotMatch(await draft.innerText(), /配合单位/u);
  await page.waitForLoadState(); // a choice is acted on by the page's script; until then by the button beside it
  await page.getByLabel("跟进").selectOption("配合单位");
  await draft.getByText("牵头单位：区民政局；配合单位：区教育和体育局").waitFor();
  assert.equal(await page.getByLabel("跟进").inputValue(), "support");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "不要了" }).click();
});

test("every page passes axe and is read in order, on a phone nothing is wider than it, and no policy is broken", async () => {
  const unread = [];
  for (const address of PAGES) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(BASE + address);
    assert.deepEqual(await violations(page), [], address);
    unread.push(...disorder(await tree(page.locator("main"))).map((words) => `${address}: ${words}`));
    for (const width of [390, 640, 1920]) { // 640 is 1,280 at 200 %
      await page.setViewportSize({ width, height: 800 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${address} at ${width}`);
    }
  }
  assert.deepEqual(unread, []);
  assert.deepEqual(trouble.filter((words) => !/status of (409|422)/u.test(words)), []);
});

test("where a colleague changed the same field, both versions stand side by side, and what is chosen is written", async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  const before = await text();
  await page.goto(`${BASE}/changes`);
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("已提交").waitFor();
  await page.getByRole("link", { name: "合并", exact: true }).click();
  await page.getByText("同事写的标题2021年示例区", { exact: false }).first().waitFor();
  await picture("desk-join");
  assert.equal(await page.locator(".sides .value").count(), 3);
  await page.getByRole("button", { name: "合并" }).click();
  await page.getByText("还有 1 处没有选").waitFor();
  assert.equal(await text(), before);
  await page.getByText("取对方的", { exact: true }).first().click();
  await page.getByRole("button", { name: "合并" }).click();
  await page.getByText("您选的都写进去了").waitFor();
  assert.match(await text(), /title: 同事写的标题/u);
});
