// Time to the first result on a slow phone: 150 ms round trip, 1.44 Mbit/s shared, processor four times slower, HTTP/2.
// Two readers: one opens an address with a query and has nothing of the site yet; one types into the box on the home page.
// Measured inside the page, when the list of results changes: what drives the browser is slow on a busy machine, too. Until
// then it only listens: to ask a page anything, Playwright first compiles a large script of its own in it.
// usage: node benchmarks/search/first-result.mjs SITE [SLOWDOWN]   (a complete built site; processor, 4 unless told)
import { createHash, createPublicKey } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
process.env.SITE = path.resolve(process.argv[2] ?? "site");
const SLOWDOWN = Number(process.argv[3] ?? 4);
const { PHONE, launch, serve } = await import("../../tests/browser/browser.mjs");

const QUERIES = ["养老", "莱芜政办发〔2021〕3号", "医保局", "疫苗接种", "重大行政决策", "营商环境 政策", "yanglao"];
const RATE = (1.44 * 1024 * 1024) / 8;

/** A certificate made for this run; the browser is told its key, because it caches nothing from a server it distrusts. */
function certificate() {
  const key = path.join(mkdtempSync(path.join(tmpdir(), "first-")), "key.pem");
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", `${key}.crt`];
  execFileSync("openssl", [...request, "-days", "1", "-subj", "/CN=127.0.0.1"], { stdio: "ignore" });
  const cert = readFileSync(`${key}.crt`);
  const spki = createPublicKey(cert).export({ type: "spki", format: "der" });
  return { secure: { key: readFileSync(key), cert }, pin: createHash("sha256").update(spki).digest("base64") };
}

const { secure, pin } = certificate();
const browser = await launch([`--ignore-certificate-errors-spki-list=${pin}`]);
const kept = (handler) => (request, response) => {
  if (!/\/$|\.html$/.test(request.url.split("?")[0])) response.setHeader("cache-control", "max-age=600");
  handler(request, response);
};
const server = await serve("/zfxxgk/", (handler) => createSecureServer(secure, kept(handler)), "https");

/** A phone that has seen nothing; ``bytes`` counts what it reads. */
async function phone() {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const absolute = () => performance.timeOrigin + performance.now();
    const shown = (globalThis.shown = []);
    const seen = ({ target, addedNodes }) => addedNodes.length && target.classList?.contains("hits");
    const note = () => shown.push(absolute()) === 1 && console.debug("first result");
    const observer = new MutationObserver((changes) => changes.some(seen) && note());
    observer.observe(document, { childList: true, subtree: true });
    addEventListener("submit", () => sessionStorage.setItem("asked", absolute()), true);
  });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const limits = { offline: false, latency: 150, downloadThroughput: RATE, uploadThroughput: RATE };
  await session.send("Network.emulateNetworkConditions", limits);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const read = { bytes: 0 };
  session.on("Network.loadingFinished", (event) => {
    read.bytes += event.encodedDataLength;
  });
  const firstResult = () => page.waitForEvent("console", (message) => message.text() === "first result");
  return { page, read, firstResult, close: () => context.close() };
}

/** From the moment the search scripts are asked for to the first result; then from a second question to its result. */
async function openedAddress(query) {
  const { page, read, firstResult, close } = await phone();
  const shown = firstResult();
  await page.goto(`${server.url}search/index.html?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
  await shown;
  const first = await page.evaluate(() => {
    const script = performance.getEntriesByType("resource").find((entry) => entry.name.endsWith("/search.js"));
    return globalThis.shown[0] - performance.timeOrigin - script.startTime;
  });
  await page.locator("#page-query").fill("公开 目录");
  await page.locator("#page-query").press("Enter");
  await page.waitForFunction(() => globalThis.shown.some((time) => time > sessionStorage.getItem("asked")));
  const second = await page.evaluate(() => {
    const asked = Number(sessionStorage.getItem("asked"));
    return globalThis.shown.find((time) => time > asked) - asked;
  });
  await close();
  return { first, second, bytes: read.bytes };
}

/** From Enter in the box of the home page to the first result on the search page, the way there included. */
async function typedAtHome(query) {
  const { page, firstResult, close } = await phone();
  await page.goto(server.url, { waitUntil: "networkidle" });
  await page.locator("#column-query").tap();
  await page.locator("#column-query").pressSequentially(query, { delay: 250 });
  await page.keyboard.press("Escape");
  const shown = firstResult();
  await page.keyboard.press("Enter");
  await shown;
  const first = await page.evaluate(() => globalThis.shown[0] - Number(sessionStorage.getItem("asked")));
  await close();
  return first;
}

const sorted = (values) => values.map(Math.round).sort((a, b) => a - b);
const spread = (values) => ({ median: sorted(values)[Math.floor(values.length / 2)], slowest: sorted(values).at(-1) });
const opened = [];
for (const query of QUERIES) opened.push(await openedAddress(query));
const typed = [];
for (const query of QUERIES) typed.push(await typedAtHome(query));
const result = {
  load: loadavg()[0].toFixed(1),
  openedAddress: spread(opened.map(({ first }) => first)),
  secondQuery: spread(opened.map(({ second }) => second)),
  typedAtHome: spread(typed),
  kilobytesOfVisit: Math.round(opened.reduce((sum, { bytes }) => sum + bytes, 0) / QUERIES.length / 1000),
};
console.log(JSON.stringify(result));
await browser.close();
server.close();
