// What a page of the demonstration costs a reader: requests, bytes as they are sent, and how much of it jumps while it loads.
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { launch, serve } from "./browser.mjs";

const DEMO = path.resolve(process.env.DEMO ?? "demo/site");
const browser = await launch();
const server = await serve("/yanshi/", undefined, undefined, DEMO);
after(async () => {
  await browser.close();
  server.close();
});

const PAGES = {
  home: { address: "", requests: 12, bytes: 30_000 },
  plan: { address: "plans/qingsui-2026/", requests: 12, bytes: 32_000 },
  results: { address: `search/?q=${encodeURIComponent("养老")}`, requests: 20, bytes: 56_000, found: true },
};

/** Of the 0.1 that count as good. */
const SHIFT = 0.01;

/** Everything that shifts from the first moment on, without what a reader asked for. */
function shifts() {
  globalThis.shifted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) globalThis.shifted.push([entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName)]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

for (const [name, { address, requests, bytes, found }] of Object.entries(PAGES)) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    test(`${name} at ${viewport.width} px`, async () => {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.addInitScript(shifts);
      const network = await context.newCDPSession(page);
      const sent = [];
      network.on("Network.loadingFinished", ({ encodedDataLength }) => sent.push(encodedDataLength));
      await network.send("Network.enable");
      await page.goto(server.url + address);
      if (found) await page.locator(".hits > li").first().waitFor();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const total = sent.reduce((sum, each) => sum + each, 0);
      assert.ok(sent.length && sent.length <= requests, `${sent.length} requests`);
      assert.ok(total <= bytes, `${total} bytes`);
      const shifted = await page.evaluate(() => globalThis.shifted);
      const shift = shifted.reduce((sum, [value]) => sum + value, 0);
      assert.ok(shift <= SHIFT, `layout shift ${shift}: ${JSON.stringify(shifted)}`);
      await context.close();
    });
  }
}
