// The same records and queries through other engines: MiniSearch with pairs of characters, Pagefind, and the theme's own
// search worker; and Pagefind once more, behind this query layer (pagefind-adapter.js). Bytes are gzip -9 of what a cold page
// must load; quality as in quality.mjs.
// needs: npm install --no-save minisearch@7.2.0 pagefind@1.6.0
// usage: node benchmarks/search/peers.mjs SITE   (made by build.py: records.json, and the head of the index)
import { mkdtempSync, readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import vm from "node:vm";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";
import { diskStore, loadScripts } from "./engine.mjs";

const { text, openReader } = loadScripts();
const site = process.argv[2];
const records = JSON.parse(readFileSync(path.join(site, "records.json"), "utf8")).items;
const queries = JSON.parse(readFileSync("tests/search/queries-open.json", "utf8"));
const scratch = mkdtempSync(path.join(os.tmpdir(), "peers-"));
const gz = (content) => gzipSync(content, { level: 9 }).length;
const texts = records.map((r) => text.normalize(`${r.title}\n${r.text}\n${r.units_text}\n${r.doc_number ?? ""}`));

function truth({ rule }) {
  const { docno, year, organ } = rule.where ?? {};
  const fits = (r, at) =>
    (!docno || r.doc_number === docno) &&
    (!year || r.year === year) &&
    (!organ || r.organ_name.includes(organ)) &&
    rule.all.every((any) => any.some((word) => texts[at].includes(text.normalize(word))));
  return new Set(records.flatMap((r, at) => (fits(r, at) ? [at] : [])));
}

async function measure(name, bytes, ask) {
  let [recall, mrr, zero, positives, negatives, wrong, lacking, phrases] = [0, 0, 0, 0, 0, 0, 0, 0];
  const times = [];
  for (const query of queries) {
    const relevant = truth(query);
    const start = performance.now();
    const found = (await ask(query.q)).slice(0, 10);
    times.push(performance.now() - start);
    if (!relevant.size) {
      negatives += 1;
      wrong += found.length > 0;
      continue;
    }
    positives += 1;
    const good = found.filter((at) => relevant.has(at)).length;
    recall += good / Math.min(10, relevant.size);
    const first = found.findIndex((at) => relevant.has(at));
    mrr += first >= 0 ? 1 / (first + 1) : 0;
    zero += !found.length;
    if (query.type === "phrase" && found.length) {
      phrases += 1;
      lacking += (found.length - good) / found.length;
    }
  }
  times.sort((a, b) => a - b);
  const row = [name, (recall / positives).toFixed(3), (mrr / positives).toFixed(3), zero, `${((100 * lacking) / phrases).toFixed(1)} %`, `${wrong}/${negatives}`, `${(bytes / 1000).toFixed(0)} KB`, times[Math.floor(times.length * 0.95)].toFixed(1)];
  console.log(`| ${row.join(" | ")} |`);
}

async function miniSearch() {
  const tokenize = (value) => text.queryTokens(value);
  const engine = new MiniSearch({ fields: ["title", "text", "meta"], storeFields: ["title", "text"], tokenize, processTerm: (term) => term, searchOptions: { boost: { title: 5, meta: 2 } } });
  engine.addAll(records.map((r, id) => ({ id, title: r.title, text: r.text, meta: `${r.organ_name} ${r.year}年 ${r.units_text} ${r.doc_number ?? ""}` })));
  const bytes = gz(JSON.stringify(engine)) + gz(readFileSync("node_modules/minisearch/dist/umd/index.js"));
  await measure("MiniSearch 7.2, pairs of characters", bytes, (query) => {
    const all = engine.search(query, { combineWith: "AND" });
    return (all.length ? all : engine.search(query)).map(({ id }) => id);
  });
}

function pages(extension, wrap) {
  const root = path.join(scratch, extension);
  mkdirSync(root, { recursive: true });
  records.forEach((r, at) => writeFileSync(path.join(root, `${at}.${extension}`), wrap(r)));
  return root;
}

const escaped = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const meta = (r) => `${r.organ_name} ${r.year}年 ${r.units_text} ${r.doc_number ?? ""}`;

async function pagefind() {
  const html = (r) => `<!doctype html><html lang="zh"><title>${escaped(r.title)}</title><body data-pagefind-body><h1 data-pagefind-filter="year:${r.year}">${escaped(r.title)}</h1><p>${escaped(r.text)}</p><p>${escaped(meta(r))}</p>`;
  const root = pages("html", html);
  execFileSync("node_modules/.bin/pagefind", ["--site", root], { stdio: "ignore" });
  const server = createServer((request, response) => {
    const name = path.join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
    const type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".html") ? "text/html" : "application/octet-stream";
    try {
      const body = readFileSync(name);
      sent += body.length;
      response.writeHead(200, { "content-type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  let sent = 0;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { launch } = await import("../../tests/browser/browser.mjs");
  const browser = await launch();
  const page = await browser.newPage();
  const start = `http://127.0.0.1:${server.address().port}/0.html`;
  await page.goto(start);
  sent = 0;
  const ask = (query) =>
    page.evaluate(async (words) => {
      globalThis.engine ??= await import("/pagefind/pagefind.js");
      const { results } = await globalThis.engine.search(words);
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return shown.map(({ url }) => Number(/(\d+)\.html/.exec(url)[1]));
    }, query);
  await ask("养老");
  const cold = sent;
  await measure("Pagefind 1", cold, ask);
  const other = await browser.newPage();
  await other.goto(start);
  sent = 0;
  await behindThisLayer(other, () => sent);
  await browser.close();
  server.close();
}

/** The adapter with the real engine: the labelled queries, and what a filter must do. */
async function behindThisLayer(page, sent) {
  const { head } = await openReader(diskStore(site));
  const { spellings: rows, same, to, questions, districts } = head;
  const units = rows.map(([, ...names]) => names);
  const scripts = ["normalize", "readers", "query", "pagefind-adapter"].map((name) => `overrides/assets/search/${name}.js`);
  for (const script of scripts) await page.addScriptTag({ path: script });
  await page.evaluate(async (vocabulary) => {
    const { pagefindAdapter, readers } = globalThis.columnSearch;
    const spellings = new readers.Names(null, 0, vocabulary.units.map((names, at) => [at, ...names]));
    globalThis.find = pagefindAdapter(await import("/pagefind/pagefind.js"), vocabulary, spellings);
  }, { units, same, to, questions, districts });
  const answer = (query, options) => page.evaluate(([words, chosen]) => globalThis.find(words, chosen), [query, options]);
  const numbers = ({ hits }) => hits.map(({ url }) => Number(/(\d+)\.html/.exec(url)[1]));
  await answer("养老");
  const bytes = sent() + gz(Buffer.concat(scripts.map((script) => readFileSync(script)))) + gz(JSON.stringify({ units, same, to, questions, districts }));
  await measure("Pagefind 1 behind this query layer", bytes, async (query) => numbers(await answer(query)));
  const [all, some] = [await answer("公开"), await answer("公开", { year: "2022" })];
  assert.ok(some.total > 0 && some.total < all.total);
  assert.ok(numbers(some).every((at) => records[at].year === 2022));
  assert.deepEqual(numbers(await answer("公开", { limit: 3, offset: 2 })), numbers(all).slice(2, 5));
}

async function theme() {
  const python = process.env.PYTHON ?? ".venv/bin/python";
  pages("md", (r) => `# ${r.title}\n\n${r.text}\n\n${meta(r)}\n`);
  writeFileSync(path.join(scratch, "mkdocs.yml"), `site_name: x\ndocs_dir: md\ntheme: {name: material, language: zh, font: false}\nplugins: [{search: {lang: zh}}]\n`);
  execFileSync(python, ["-m", "mkdocs", "build", "-q", "-f", path.join(scratch, "mkdocs.yml"), "-d", path.join(scratch, "out")], { stdio: "ignore", env: { ...process.env, NO_MKDOCS_2_WARNING: "1" } });
  const out = path.join(scratch, "out");
  const workers = path.join(out, "assets/javascripts/workers");
  const worker = readdirSync(workers).find((name) => /^search\..*\.js$/.test(name));
  const index = JSON.parse(readFileSync(path.join(out, "search/search_index.json"), "utf8"));
  let answer;
  const listeners = [];
  const self = {
    addEventListener: (_, listener) => listeners.push(listener),
    postMessage: (message) => answer?.(message),
    location: { href: "http://x/assets/javascripts/workers/search.js" },
    importScripts: (...urls) => urls.forEach((url) => vm.runInContext(readFileSync(path.join(workers, url), "utf8"), context)),
    console, URL, setTimeout, clearTimeout, queueMicrotask,
  };
  self.self = self;
  self.globalThis = self;
  const context = vm.createContext(self);
  vm.runInContext(readFileSync(path.join(workers, worker), "utf8"), context);
  const send = (data) =>
    new Promise((resolve) => {
      answer = resolve;
      for (const listener of listeners) listener({ data });
    });
  await send({ type: 0, data: { ...index, options: { suggest: false } } });
  const bytes = gz(readFileSync(path.join(out, "search/search_index.json"))) + gz(readFileSync(path.join(workers, worker)));
  await measure("Material's own, without jieba", bytes, async (query) => {
    const message = await send({ type: 2, data: query });
    const items = (message.data?.items ?? []).flat();
    const scored = items.sort((a, b) => b.score - a.score).map(({ location }) => Number.parseInt(location, 10));
    return [...new Set(scored)].filter((at) => !Number.isNaN(at));
  });
}

console.log(`${records.length} records, ${queries.length} queries`);
console.log("| engine | R@10 | MRR | nothing found | false in phrase top 10 | negatives as hits | bytes before first result | ms p95 |\n|---|---|---|---|---|---|---|---|");
await miniSearch();
await pagefind();
await theme();
