// Pages of `gongkai serve` show themselves anew when what they are made from is saved, and say what is wrong elsewhere.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { launch } from "../browser.mjs";

const { PREVIEW, ROOT } = process.env;
const PLAN = path.join(ROOT, "plans/shili-2021.yml");
const browser = await launch();
after(() => browser.close());

/** Saves the plan with one text in the place of another. */
async function save(before, text) {
  const content = await readFile(PLAN, "utf8");
  assert.ok(content.includes(before), before);
  await writeFile(PLAN, content.replace(before, text));
}

test("an open page shows what is saved, what is wrong, and what is right again", async () => {
  const page = await browser.newPage();
  await page.goto(`${PREVIEW}plans/shili-2021/`);
  await save("title: 2021年", "title: 改好的2021年");
  await page.getByRole("heading", { level: 1, name: "改好的2021年" }).waitFor();
  await save("\ntitle: ", "\ntitel: ");
  await page.getByRole("heading", { level: 1, name: "这一页的文件有错误" }).waitFor();
  assert.match(await page.locator("main").innerText(), /plans\/shili-2021\.yml:\d+:1[\s\S]*未知字段 titel；是否想写 title/u);
  await save("\ntitel: ", "\ntitle: ");
  await page.getByRole("heading", { level: 1, name: "改好的2021年" }).waitFor();
  await page.close();
});

test("a page that does not change stays, and says how many errors there are", async () => {
  const page = await browser.newPage();
  await page.goto(`${PREVIEW}guide/`);
  await page.evaluate(() => { document.title = "untouched"; });
  await save("\ntitle: ", "\ntitel: ");
  const link = page.getByRole("status").filter({ hasText: "检查发现 2 个错误" });
  await link.waitFor();
  assert.equal(await page.title(), "untouched");
  await link.click();
  await page.getByText("未知字段 titel").waitFor();
  await save("\ntitel: ", "\ntitle: ");
  await page.getByText("未知字段 titel").waitFor({ state: "detached" });
  await page.close();
});
