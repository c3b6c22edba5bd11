// Other engines over the same records: ask(query) gives the addresses of their ten best. Needs minisearch@7.2.0, pagefind@1.6.0.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";

const meta = (record) => `${record.organ_name} ${record.year}年 ${record.units_text} ${record.doc_number ?? ""}`;
const escaped = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** MiniSearch with our pairs of characters: what has all of them, else what has any. */
export async function miniSearchOver(records, text) {
  const { default: MiniSearch } = await import("minisearch");
  const options = { boost: { title: 5, meta: 2 } };
  const engine = new MiniSearch({ fields: ["title", "text", "meta"], tokenize: text.queryTokens, processTerm: (term) => term, searchOptions: options });
  engine.addAll(records.map((record, id) => ({ id, title: record.title, text: record.text, meta: meta(record) })));
  const ask = async (query) => {
    const all = engine.search(query, { combineWith: "AND" });
    return (all.length ? all : engine.search(query)).slice(0, 10).map(({ id }) => records[id].url);
  };
  return { ask };
}

/** Pagefind in Chromium over a page for each record. */
export async function pagefindOver(records) {
  const root = mkdtempSync(path.join(os.tmpdir(), "pagefind-"));
  records.forEach((record, at) => {
    const body = `<h1>${escaped(record.title)}</h1><p>${escaped(record.text)}</p><p>${escaped(meta(record))}</p>`;
    writeFileSync(path.join(root, `${at}.html`), `<!doctype html><html lang="zh"><title>${escaped(record.title)}</title><body data-pagefind-body>${body}`);
  });
  execFileSync("node_modules/.bin/pagefind", ["--site", root], { stdio: "ignore" });
  const types = { ".js": "text/javascript", ".html": "text/html" };
  const server = createServer((request, response) => {
    const name = path.join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
    const known = existsSync(name) && statSync(name).isFile();
    response.writeHead(known ? 200 : 404, { "content-type": types[path.extname(name)] || "application/octet-stream" });
    response.end(known ? readFileSync(name) : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { launch } = await import("../../tests/browser/browser.mjs");
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/0.html`);
  const ask = async (query) => {
    const found = await page.evaluate(async (words) => {
      globalThis.engine ??= await import("/pagefind/pagefind.js");
      const { results } = await globalThis.engine.search(words);
      return Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).url));
    }, query);
    return found.map((url) => records[Number(/(\d+)\.html/.exec(url)[1])].url);
  };
  const close = async () => {
    await browser.close();
    server.close();
    rmSync(root, { recursive: true });
  };
  return { ask, close };
}
