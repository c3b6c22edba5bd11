// The Pagefind adapter asks for every spelling, keeps what all pieces have in common, and passes the filters on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const search = loadScripts(["normalize", "query", "pagefind-adapter"]);
const head = { units: [["医疗保障局", "医保局"]], same: [["供暖", "供热"]], to: {}, questions: [], districts: [] };
const spellings = { groups: head.units, groupOf: new Map([["医疗保障局", 0], ["医保局", 0]]), pattern: /医疗保障局|医保局/g };

/** An engine that knows which pages have which words. */
const engine = (pages, asked = []) => ({
  search: async (words, options) => {
    asked.push([words, options.filters]);
    const found = Object.entries(pages).filter(([, text]) => text.includes(words));
    return { results: found.map(([id]) => ({ id, score: id.length, data: async () => ({ url: id }) })) };
  },
});

test("spellings and synonyms are asked for, pieces are combined", async () => {
  const asked = [];
  const find = search.pagefindAdapter(engine({ a: "医疗保障局 供热", bb: "医保局 供暖", ccc: "医保局" }, asked), head, spellings);
  const answer = await find("医保局 供暖", { year: "2022" });
  assert.deepEqual([...answer.hits.map(({ url }) => url)], ["bb", "a"]);
  assert.equal(answer.total, 2);
  assert.deepEqual(new Set(asked.map(([words]) => words)), new Set(["医疗保障局", "医保局", "供暖", "供热"]));
  assert.ok(asked.every(([, filters]) => filters.year === "2022"));
});

test("nothing typed finds nothing", async () => {
  const find = search.pagefindAdapter(engine({}), head, spellings);
  assert.equal((await find("  ")).total, 0);
});
