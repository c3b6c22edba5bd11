// Labelled queries against a built search: recall@10, MRR, s@3, nDCG@10, zero hits, phrase precision, negatives, bytes, time. Bytes are
// all that a cold search page reads: scripts as a server compresses them, the first file as the script it travels in, and
// the files of the index that the query asks for.
// What is related comes after the first results; what it costs more is counted apart.
// With the search of the made-up district (build.py --miniature) as well, graded measures by form of query; with --peers,
// those of MiniSearch and Pagefind (npm install --no-save minisearch@7.2.0 pagefind@1.6.0) beside them.
// With --service=URL the same queries are asked of the service before OpenSearch, too.
// usage: node benchmarks/search/quality.mjs SITE records.json [queries.json] [--misses] [--service=URL/] [--graded=MINIATURE[,queries.json]] [--peers]
import { createReadStream, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { diskStore, loadScripts } from "./engine.mjs";
import { discounted, GRADED, gradedQueries, gradedTable, markdown } from "./graded.mjs";

const [site, recordsFile, queriesFile = "tests/search/queries-open.json"] = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const showMisses = process.argv.includes("--misses");
const search = loadScripts();
const queries = JSON.parse(readFileSync(queriesFile, "utf8"));
const { normalize } = search.text;
/** The records, one a line (build.py): a million are no one string. */
const records = [];
for await (const line of createInterface({ input: createReadStream(recordsFile) })) {
  if (!line.startsWith('{"id"')) continue;
  const { title, text, units_text: units, doc_number: number, year, organ_name: organ, url } = JSON.parse(line.replace(/,$/, ""));
  records.push({ url, year, organ, number, text: normalize(`${title}\n${text}\n${units ?? ""}\n${number ?? ""}`) });
}
const truths = new Map();
const relevant = ({ id, rule: { all, where = {} } }) => {
  if (!truths.has(id)) {
    const wanted = all.map((any) => any.map((word) => normalize(word)));
    const fits = ({ year, organ, number }) => (!where.docno || number === where.docno) && (!where.year || year === where.year) && (!where.organ || organ.includes(where.organ));
    const says = ({ text }) => wanted.every((any) => any.some((word) => text.includes(word)));
    truths.set(id, new Set(records.filter((record) => fits(record) && says(record)).map(({ url }) => url)));
  }
  return truths.get(id);
};

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const compressed = (name) => gzipSync(readFileSync(path.join(site, name))).length;
const { mode, directory } = JSON.parse(readFileSync(path.join(site, "search/manifest.json"), "utf8"));
const first = `search/${directory}/${mode === "pack" ? "pack" : "head"}`;
const always = compressed("assets/search/search.js") + compressed(`assets/search/${mode}.js`) + compressed(`${first}.js`);
const parts = Object.fromEntries(["otherwise", "naming", "backoff", "listing", "related", "answers", "narrow"].map((name) => [name, compressed(`assets/search/${name}.js`)]));
const firstFile = readFileSync(path.join(site, `${first}.bin`)).length;

const store = diskStore(site);
const engine = await search.openEngine(store);
/** What is summed up over all queries of one engine. */
const started = () => ({ recall: 0, mrr: 0, gain: 0, three: 0, counted: 0, zero: 0, positives: 0, falseTop: 0, phrases: 0, negatives: 0, negativeHits: 0, times: [] });
const judge = (sums, query, answer) => {
  const truth = relevant(query);
  const urls = answer.hits.map((hit) => hit.entry.url);
  if (truth.size === 0) {
    sums.negatives += 1;
    sums.negativeHits += urls.length > 0 && !answer.approximate;
    return;
  }
  sums.positives += 1;
  sums.zero += urls.length === 0;
  const good = urls.filter((url) => truth.has(url)).length;
  const recall = good / Math.min(10, truth.size);
  const top = urls.findIndex((url) => truth.has(url));
  sums.recall += recall;
  sums.mrr += top >= 0 ? 1 / (top + 1) : 0;
  sums.three += top >= 0 && top < 3;
  const ideal = Array.from({ length: Math.min(10, truth.size) }, () => 1);
  sums.gain += discounted(urls.map((url) => Number(truth.has(url)))) / discounted(ideal);
  sums.counted += 1;
  if (query.type === "phrase" && urls.length) {
    if (showMisses && good < urls.length) console.log(query.id, query.q, "false:", urls.filter((url) => !truth.has(url)).join(" "));
    sums.phrases += 1;
    sums.falseTop += (urls.length - good) / urls.length;
  }
  if (showMisses && (recall < 1 || top !== 0)) console.log(query.id, query.q, recall.toFixed(2), top, truth.size, urls.length, answer.note);
};
const told = ({ times, ...sums }) => ({
  records: records.length,
  queries: queries.length,
  recall10: +(sums.recall / sums.counted).toFixed(4),
  mrr: +(sums.mrr / sums.counted).toFixed(4),
  "s@3": +(sums.three / sums.counted).toFixed(4),
  "nDCG@10": +(sums.gain / sums.counted).toFixed(4),
  zero: sums.zero,
  falseTop10: +(sums.falseTop / Math.max(1, sums.phrases)).toFixed(4),
  negativesAsHits: `${sums.negativeHits}/${sums.negatives}`,
  msP50: +at(times, 0.5).toFixed(2),
  msP95: +at(times, 0.95).toFixed(2),
});

const sums = started();
const bytes = [];
const later = [];
for (const query of queries) {
  store.forget();
  const cold = await search.openEngine(store);
  const found = await cold.search(query.q);
  const loaded = () => always + store.bytes - firstFile + [...cold.made.keys()].reduce((sum, name) => sum + parts[name], 0);
  bytes.push(loaded());
  if (found.total < 10) {
    await (await cold.part("related")).after(found);
    later.push(loaded() - bytes.at(-1));
  }
  const start = performance.now();
  const answer = await engine.search(query.q);
  sums.times.push(performance.now() - start);
  judge(sums, query, answer);
}
const costs = { bytesMedian: at(bytes, 0.5), bytesP95: at(bytes, 0.95), related: later.length, relatedMedian: at(later, 0.5), relatedP95: at(later, 0.95) };
console.log(JSON.stringify({ ...told(sums), ...costs }));

const address = process.argv.find((argument) => argument.startsWith("--service="));
if (address) {
  const service = started();
  for (const query of queries) {
    const start = performance.now();
    const response = await fetch(`${address.slice("--service=".length)}ask?q=${encodeURIComponent(query.q)}`);
    const answer = await response.json();
    service.times.push(performance.now() - start);
    if (!response.ok) throw new Error(`${response.status} ${query.q}`);
    judge(service, query, answer);
  }
  console.log(JSON.stringify({ engine: "OpenSearch", ...told(service) }));
}

const wish = process.argv.find((argument) => argument.startsWith("--graded="));
if (wish) {
  const [miniature, file = GRADED] = wish.slice("--graded=".length).split(",");
  const places = { real: site, miniature };
  const graded = Object.keys(places).flatMap((name) => gradedQueries(name, file));
  const engines = { real: engine, miniature: await search.openEngine(diskStore(miniature)) };
  const ask = async (query, name) => {
    const answer = await engines[name].search(query);
    const { hits, destinations, approximate } = answer;
    const related = await (await engines[name].part("related")).after(answer);
    return { urls: [...hits, ...related].map((hit) => hit.entry.url), destinations: destinations.map(({ url }) => url), approximate };
  };
  console.log(`\nthis, ${graded.length} graded queries\n${markdown(await gradedTable(graded, ask))}`);
  if (process.argv.includes("--peers")) {
    const { miniSearchOver, pagefindOver } = await import("./engines.mjs");
    for (const [name, open] of [["MiniSearch 7.2, pairs of characters, all then any", miniSearchOver], ["Pagefind 1.6", pagefindOver]]) {
      const peers = {};
      for (const place of Object.keys(places)) peers[place] = await open(JSON.parse(readFileSync(path.join(places[place], "records.json"), "utf8")).items, search.text);
      const rows = await gradedTable(graded, async (query, place) => ({ urls: await peers[place].ask(query) }));
      console.log(`\n${name}\n${markdown(rows)}`);
      for (const peer of Object.values(peers)) await peer.close?.();
    }
  }
}
