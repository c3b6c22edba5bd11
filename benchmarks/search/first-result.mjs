// Time to the first result on a slow phone: 150 ms round trip, 1.44 Mbit/s shared, processor four times slower, cold cache.
// Measured inside the page, when the list of results changes: what drives the browser is slow on a busy machine, too.
// usage: node benchmarks/search/first-result.mjs SITE   (a complete built site)
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { tmpdir } from "node:os";
import path from "node:path";
process.env.SITE = path.resolve(process.argv[2] ?? "site");
const { PHONE, launch, serve } = await import("../../tests/browser/browser.mjs");

const QUERIES = ["养老", "莱芜政办发〔2021〕3号", "医保局", "疫苗接种", "重大行政决策", "营商环境 政策", "yanglao"];
const browser = await launch();
// HTTP/2, as a portal serves it; the certificate is made for this run.
const key = path.join(mkdtempSync(path.join(tmpdir(), "first-")), "key.pem");
const certificate = `${key}.crt`;
execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=127.0.0.1"], { stdio: "ignore" });
const secure = { key: readFileSync(key), cert: readFileSync(certificate) };
const server = await serve("/zfxxgk/", (handler) => createSecureServer(secure, handler), "https");
const first = [];
const second = [];
let bytes = 0;
for (const query of QUERIES) {
  const context = await browser.newContext({ ...PHONE, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const shown = (globalThis.shown = []);
    const seen = ({ target, addedNodes }) => addedNodes.length && target.classList?.contains("hits");
    const observer = new MutationObserver((changes) => changes.some(seen) && shown.push(performance.now()));
    observer.observe(document, { childList: true, subtree: true });
    addEventListener("submit", () => (globalThis.asked = performance.now()), true);
  });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: (1.44 * 1024 * 1024) / 8,
    uploadThroughput: (1.44 * 1024 * 1024) / 8,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  session.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
  });
  // The reader arrives at the page first; what is timed is from the moment the search scripts are asked for.
  await page.goto(`${server.url}search/index.html?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
  await page.locator(".hits li").first().waitFor();
  const times = await page.evaluate(() => {
    const script = performance.getEntriesByType("resource").find((entry) => entry.name.endsWith("/search.js"));
    return globalThis.shown[0] - script.startTime;
  });
  first.push(times);
  await page.locator("#page-query").fill("公开 目录");
  await page.locator("#page-query").press("Enter");
  await page.waitForFunction(() => globalThis.shown.some((time) => time > globalThis.asked));
  second.push(await page.evaluate(() => globalThis.shown.find((time) => time > globalThis.asked) - globalThis.asked));
  await context.close();
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(JSON.stringify({ firstMedian: Math.round(median(first)), firstMax: Math.round(Math.max(...first)), secondMedian: Math.round(median(second)), secondMax: Math.round(Math.max(...second)), bytesPerVisit: Math.round(bytes / QUERIES.length) }));
await browser.close();
server.close();
