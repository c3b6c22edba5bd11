// Queries made of real ones, cut and mixed at random, against the parser as the browser runs it.
// node queries.mjs MILLISECONDS SITE; prints how many were tried, and how many ways of understanding they met.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";

const [milliseconds, site] = [Number(process.argv[2]), process.argv[3]];
const search = loadScripts();
const { text } = search;
const engine = await search.openEngine(diskStore(site));
const { understanding } = engine;
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

const shape = (groups) => groups.map((group) => (group.number ? "n" : group.alternatives.length + (group.alternatives[0].unit === undefined ? "w" : "u"))).join("");
const promise = (query, groups) => {
  for (const group of groups) {
    if (group.number) {
      assert.equal(group.number.length, 3);
      assert.match(group.number[1], /^(19|20)\d\d$/);
      assert.match(group.number[2], /^\d{1,4}$/);
      continue;
    }
    assert.ok(group.alternatives.length >= 1 && group.alternatives.length <= 6);
    for (const alternative of group.alternatives) {
      assert.ok(alternative.tokens.length);
      assert.ok(alternative.tokens.every((token) => typeof token === "string" && token));
      assert.ok(alternative.unit === undefined || Number.isInteger(alternative.unit));
    }
  }
  assert.ok(groups.length <= query.length + 1, "more groups than characters");
};

const seen = new Set();
const start = Date.now();
let tried = 0;
while (Date.now() - start < milliseconds) {
  const query = mutate(random() < 0.2 ? mutate(one(corpus)) : one(corpus)).slice(0, 200); // what the field takes
  const before = process.hrtime.bigint();
  try {
    const groups = understanding.groups(query);
    promise(query, groups);
    for (const other of [understanding.apart(query), understanding.keywords(query)]) if (other) promise(query.repeat(3) + " ".repeat(99), other);
    assert.equal(text.fold(text.fold(query)), text.fold(query), "folding twice is folding once");
    const found = shape(groups);
    if (!seen.has(found) && corpus.length < 20_000) corpus.push(query); // a new way of being understood is worth changing further
    seen.add(found);
  } catch (error) {
    console.error(JSON.stringify(query), error);
    process.exit(1);
  }
  const spent = Number(process.hrtime.bigint() - before) / 1e6;
  if (spent > 1000) {
    console.error(`${spent} ms for`, JSON.stringify(query));
    process.exit(1);
  }
  tried += 1;
}
console.log(tried, "queries,", seen.size, "ways of being understood");
