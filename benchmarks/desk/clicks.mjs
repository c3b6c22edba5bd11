// From a Word file to a published page: every action of the clerk is counted, every wait of the machine is measured.
import { launch } from "../../tests/browser/browser.mjs";

const { DESK, PAPER } = process.env;
const BASE = new URL(DESK).origin;
const browser = await launch();
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
const steps = [];
let waited = 0;

/** One action, and what the machine does until the clerk can go on. */
async function act(what, doing, until) {
  const begun = performance.now();
  await doing();
  await until?.();
  const seconds = (performance.now() - begun) / 1000;
  waited += seconds;
  steps.push({ what, seconds: Number(seconds.toFixed(1)) });
}

const click = (name, role = "link") => () => page.getByRole(role, { name, exact: true }).first().click();
const heading = (name) => () => page.getByRole("heading", { level: 1, name }).waitFor();

await page.goto(DESK);
await act("导入", click("导入"), heading("导入"));
await act("选文件", () => page.getByLabel(/文件/u).setInputFiles(PAPER));
await act("打开", () => Promise.resolve());
await act("导入这个文件", click("导入", "button"), heading(/^导入：/u));
await act("放进 plans", click("放进 plans", "button"), heading(/要点|任务/u));
let settled = 0;
for (;;) {
  const left = page.getByRole("button", { name: "已核对" });
  if ((await left.count()) === 0) break;
  settled++;
  await act("已核对", () => left.first().click(), () => page.waitForLoadState());
}
const errors = await page.locator(".mark.error").allInnerTexts();
await act("改动和提交", click("改动和提交"), heading("改动和提交"));
const hindered = await page.locator(".due li").allInnerTexts();
if (hindered.length > 0) console.error(hindered.join("\n"));
await act("提交", click("提交", "button"), () => page.getByText("已提交").waitFor());
await act("发布网站", click("发布网站"), heading("发布"));
await act("发布", click("发布", "button"), async () => {
  for (let at = 0; at < 240; at++) {
    if (/没有发布成功/u.test(await page.locator("main").innerText())) break;
    if (/已发布。/u.test(await page.locator("main").innerText())) return;
    await page.waitForTimeout(1000);
    await page.goto(`${BASE}/publish`);
  }
  throw new Error(await page.locator("main").innerText());
});
await browser.close();
console.log(JSON.stringify({ actions: steps.length, settled, waited: Number(waited.toFixed(1)), errors, steps }));
