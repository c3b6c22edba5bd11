// The service before OpenSearch against the column's own search: the same expectations of both. SITE is a built search with
// its records beside it, SERVICE the address of the service over the same records.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";

const { SITE, SERVICE } = process.env;
const search = loadScripts();
const engine = await search.openEngine(diskStore(SITE));
const records = JSON.parse(readFileSync(path.join(SITE, "records.json"), "utf8")).items;
const every = process.env.OPENSEARCH ? 1 : 4; // query of the labelled ones, in `make test`
const queries = JSON.parse(readFileSync("tests/search/queries-open.json", "utf8")).filter((_, at) => at % every === 0);
const { normalize } = search.text;
const LESS = 0.01;

const fetched = (what, options) => fetch(`${SERVICE}${what}?${new URLSearchParams(options)}`);
const asked = async (options) => {
  const answer = await fetched("ask", options);
  assert.ok(answer.ok, `${JSON.stringify(options)}: ${answer.status}`);
  return answer.json();
};
const urls = ({ hits }) => hits.map(({ entry }) => entry.url);

/** What must be the same, whoever answers; of results as good as each other, the order may differ. */
const told = ({ query, text, note, approximate, total, destinations, answer, hits }) => ({
  query, text, note, approximate, total, answer,
  destinations: destinations.map(({ kind, title, url, organ, near = false }) => ({ kind, title, url, organ, near })),
  exact: hits.map(({ exact }) => exact),
  fields: hits.map(({ entry }) => Object.keys(entry).sort()),
});
const plain = (value) => JSON.parse(JSON.stringify(value));
const sorted = (counts) => Object.fromEntries(Object.entries(counts).map(([name, rows]) => [name, [...rows].map(String).sort()]));

const relevant = ({ rule }) => {
  const { docno, year, organ } = rule.where ?? {};
  const fits = records.filter((r) => (!docno || r.doc_number === docno) && (!year || r.year === year) && (!organ || r.organ_name.includes(organ)));
  const text = (r) => normalize(`${r.title}\n${r.text}\n${r.units_text ?? ""}\n${r.doc_number ?? ""}`);
  return new Set(fits.filter((r) => rule.all.every((any) => any.some((word) => text(r).includes(normalize(word))))).map(({ url }) => url));
};

test("both answer every labelled query alike, and find as much", async () => {
  const recalls = { own: 0, service: 0 };
  for (const query of queries) {
    const own = await engine.search(query.q);
    const served = await asked({ q: query.q });
    assert.deepEqual(plain(told(served)), plain(told(own)), query.q);
    const truth = relevant(query);
    const recall = (answer) => (truth.size ? urls(answer).filter((url) => truth.has(url)).length / Math.min(10, truth.size) : 1);
    recalls.own += recall(own) / queries.length;
    recalls.service += recall(served) / queries.length;
  }
  assert.ok(recalls.service >= recalls.own - LESS, JSON.stringify(recalls));
});

test("narrowed, sorted and leafed through they are the same, with the same counts", async () => {
  const narrow = await engine.part("narrow");
  for (const { q } of [...queries.filter((_, at) => at % 11 === 0), { q: "" }]) {
    for (const options of [{ year: "2022" }, { organ: "laiwu", sort: "date" }, { kind: "task", theme: "education" }, { in: "changqing-2022", offset: 10 }, { state: "overdue" }]) {
      const own = await engine.search(q, options);
      const served = await asked({ q, ...options });
      assert.deepEqual(plain(told(served)), plain(told(own)), q + JSON.stringify(options));
      if (options.offset) continue;
      assert.deepEqual(sorted(served.counts), sorted(plain(await narrow.counts(await narrow.matches(own), options))), q + JSON.stringify(options));
    }
  }
});

test("the newest come first, and those without a day at the end of their year", async () => {
  const own = await engine.search("政务公开", { sort: "date", limit: 50 });
  const served = await asked({ q: "政务公开", sort: "date", limit: 50 });
  const days = ({ hits }) => hits.map(({ entry }) => entry.date || String(entry.year));
  assert.deepEqual(days(served), [...days(own)]);
});

test("a file is named, words are suggested, what is related comes along", async () => {
  const { scope } = await asked({ q: "养老", in: "changqing-2022" });
  assert.equal(scope, await (await engine.part("narrow")).titleOf("changqing-2022"));
  const words = await (await fetched("suggest", { q: "yanglao" })).json();
  assert.ok(words.length && words.every(({ text }) => text));
  const { related, total } = await asked({ q: "双随机" });
  assert.ok(total < 10 && related.hits.length && related.terms.length);
});

test("nothing but what the page asks is taken", async () => {
  const refused = [{ size: "1000" }, { q: "甲".repeat(201) }, { q: "甲", sort: "_doc" }, { year: "20x2" }, { organ: '{"match_all":{}}' }, { offset: "-1" }, { limit: "99999" }, { query: "{}" }];
  for (const options of refused) assert.equal((await fetched("ask", options)).status, 400, JSON.stringify(options));
  assert.equal((await fetch(`${SERVICE}ask?q=a&q=b`)).status, 400);
  assert.equal((await fetch(`${SERVICE}ask?q=a`, { method: "POST", body: "{}" })).status, 405);
  assert.equal((await fetch(`${SERVICE}_search`)).status, 404);
  for (const q of ['{"query":{"match_all":{}}}', "title:* OR text:*", "*", "/.*/", "养老\" OR \"", "\\", "～!@#$%^&*()", "a".repeat(200), "公开 ".repeat(66)]) {
    assert.equal((await fetched("ask", { q })).status, 200, q);
  }
  assert.equal((await asked({ q: "*" })).total, 0);
  const { hits } = await asked({ q: "公开", offset: 150, limit: 200 });
  assert.ok(hits.length <= 50, "no further than two hundred");
});
