// The pictures in README.md, of the made-up column: `make pictures`. Look at them before committing.
import path from "node:path";

process.env.SITE ??= path.resolve(import.meta.dirname, "../demo/site");
const { PHONE, fileUrl, launch } = await import("../tests/browser/browser.mjs");

const OUT = path.resolve(import.meta.dirname, "../docs/screenshots");
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const SMALL_PHONE = { ...PHONE, deviceScaleFactor: 1 };
const SHOTS = [
  ["home-desktop", DESKTOP, "index.html"],
  ["home-dark", { ...DESKTOP, colorScheme: "dark" }, "index.html"],
  ["plan-desktop", DESKTOP, "plans/qingsui-2026/index.html"],
  ["organ-matrix", { viewport: { width: 1280, height: 1000 } }, "organs/qingsui/index.html", ".figure"],
  ["task-phone", SMALL_PHONE, "plans/qingsui-2026/tasks/1/index.html"],
  ["task-elder", SMALL_PHONE, "plans/qingsui-2026/tasks/1/index.html#elder"],
  ["table-phone", SMALL_PHONE, "plans/qingsui-2026/index.html#task-4"],
  ["plan-print", { viewport: { width: 794, height: 1123 } }, "plans/qingsui-2026/index.html", null, "print"],
];

const browser = await launch();
for (const [name, options, page, part, media] of SHOTS) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  if (media) await tab.emulateMedia({ media });
  const [file, mode] = page.split("#");
  await tab.goto(fileUrl(file) + (mode ? `#${mode}` : ""));
  if (part) await tab.locator(part).first().scrollIntoViewIfNeeded();
  if (part) await tab.locator(part).first().screenshot({ path: path.join(OUT, `${name}.png`) });
  else await tab.screenshot({ path: path.join(OUT, `${name}.png`) });
  await context.close();
}
await browser.close();
