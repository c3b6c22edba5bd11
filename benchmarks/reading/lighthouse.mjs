// Lighthouse on a phone with a slow network and a slow processor: `make demo`, then `node benchmarks/reading/lighthouse.mjs`.
// The tests (tests/browser/lighthouse.test.mjs) leave out what depends on this machine; here it counts. Run it while nothing
// else runs. Prints, for each page of the demonstration: performance of 100, first and largest paint, blocked, shift, bytes.
import { createServer } from "node:net";
import path from "node:path";
import lighthouse from "lighthouse";
import { launch, serve } from "../../tests/browser/browser.mjs";

const DEMO = path.resolve(import.meta.dirname, process.argv[2] ?? "../../demo/site");
const PAGES = ["", "plans/qingsui-2026/", "plans/qingsui-2026/tasks/5/", "units/qingsui-minzhengju/", `search/?q=${encodeURIComponent("养老")}`];
const SHOWN = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];
const RUNS = 3;

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const free = probe.address().port;
    probe.close(() => resolve(free));
  });
});
const browser = await launch([`--remote-debugging-port=${port}`]);
const server = await serve("/yanshi/", undefined, undefined, DEMO);
for (const page of PAGES) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { lhr } = await lighthouse(server.url + page, { port, logLevel: "silent", onlyCategories: ["performance"] });
    runs.push({ score: Math.round(lhr.categories.performance.score * 100), audits: lhr.audits });
  }
  const { score, audits } = runs.sort((one, other) => one.score - other.score)[Math.floor(RUNS / 2)];
  console.log([String(score), `/${decodeURIComponent(page)}`, ...SHOWN.map((name) => audits[name].displayValue)].join("  "));
}
await browser.close();
server.close();
