// Queries made of real ones, cut and mixed at random, against the parser as the browser runs it. Guided by coverage: the
// engine of Node tells which blocks of the scripts ran how often, and a query that reaches something new is changed further.
// node queries.mjs TIMES SITE; prints how many were tried, how many rounds found new code, how much of it there was.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import path from "node:path";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";
import { understand } from "./promises.mjs";

const [times, site] = [Number(process.argv[2]), process.argv[3]];
const coverage = new Session();
coverage.connect();
await coverage.post("Profiler.enable");
await coverage.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const search = loadScripts();
const engine = await search.openEngine(diskStore(site));
const units = [...engine.reader.spellings.groupOf.keys()];
assert.ok(units.length > 50);

// A small generator of its own (mulberry32), so that a failing run can be run again.
let seed = Number(process.env.FUZZ_SEED ?? 1);
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
};
const one = (list) => list[Math.floor(random() * list.length)];
const PIECES = [..."()（）[]【】〔〕{}^$.*+?|\\/'\"<>&%#@ 　\t\n\0，。、；;:：?？!！-—_", "号", "年", "第", "２０２１", "〇", "\u202e", "\ud842\udfb7", "\ud800", "e\u0301", "ﬁ", "İ", "constructor", "__proto__", "toString", "1五规划", "莱芜政办发〔2021〕3号"];
const corpus = JSON.parse(readFileSync(path.join(import.meta.dirname, "../search/queries-open.json"), "utf8")).map((query) => query.q);
const mutate = (query) => {
  const at = Math.floor(random() * (query.length + 1));
  switch (Math.floor(random() * 6)) {
    case 0: return query.slice(0, at) + one(PIECES) + query.slice(at);
    case 1: return query.slice(0, at) + query.slice(at + 1 + Math.floor(random() * 4));
    case 2: return query.slice(0, at) + one(corpus).slice(Math.floor(random() * 4));
    case 3: return query.slice(0, at) + one(units) + query.slice(at);
    case 4: return query.slice(0, at) + query.slice(0, at) + query.slice(at);
    default: return query.slice(0, at) + String.fromCharCode(Math.floor(random() * 65536)) + query.slice(at);
  }
};

const met = new Set();
/** Has anything run since the last call that never ran before, or never so often? Frequencies count by powers of two. */
const somethingNew = async () => {
  const before = met.size;
  const { result } = await coverage.post("Profiler.takePreciseCoverage");
  for (const { url, functions } of result.filter((script) => script.url.includes("assets/search/"))) {
    for (const { startOffset, endOffset, count } of functions.flatMap((each) => each.ranges)) {
      if (count) met.add(`${url} ${startOffset} ${endOffset} ${Math.ceil(Math.log2(count))}`);
    }
  }
  return met.size > before;
};

await somethingNew();
const [ROUND, round] = [16, []]; // asking costs as much as some queries: all of a round that found something stay
let [tried, found] = [0, 0];
while (tried < times) {
  const query = mutate(random() < 0.2 ? mutate(one(corpus)) : one(corpus)).slice(0, 200); // what the field takes
  const before = process.cpuUsage();
  try {
    understand(search, engine, query);
  } catch (error) {
    console.error(JSON.stringify(query), error);
    process.exit(1);
  }
  const spent = process.cpuUsage(before).user / 1e6;
  if (spent > 60) { // of this process alone, and ten thousand times what a query takes: it would hang in a browser
    console.error(`${spent} s of processor for`, JSON.stringify(query));
    process.exit(1);
  }
  tried += 1;
  round.push(query);
  if (round.length === ROUND) {
    if (await somethingNew()) {
      found += 1;
      corpus.push(...round);
    }
    round.length = 0;
  }
}
console.log(tried, "queries,", found, "rounds found new code,", met.size, "blocks and frequencies");
