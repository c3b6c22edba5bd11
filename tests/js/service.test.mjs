// The page's side of the service before OpenSearch: it hands on what the service says, and does without it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const NAMES = ["normalize", "readers", "query", "destinations", "engine", "related", "suggest", "service"];
const answer = { query: "养老", text: "养老", total: 1, hits: [], groups: [], destinations: [], approximate: false, note: "", counts: { year: [["2022", "2022年", 1]] }, scope: "要点", related: { hits: [{ record: 7 }], terms: ["敬老"] }, spellings: { 3: ["民政局"] }, districts: { 1: ["甲区"] } };

/** The service's side of a page over a network that answers so. */
const opened = async (respond) => {
  const urls = [];
  const fetch = async (url) => {
    urls.push(url);
    return respond(url);
  };
  const search = loadScripts(NAMES, { fetch, setTimeout: () => 0, URLSearchParams });
  const own = { reader: { head: { districts: [["乙区"]] }, spellings: { groups: [] } }, search: async (query) => ({ query, own: true }), part: async (name) => name };
  search.openEngine = async () => own;
  return { urls, search, service: await search.openService("../", { script: async () => {} }) };
};
const says = (value) => async () => ({ ok: true, json: async () => structuredClone(value) });

test("an answer is handed on, and its parts are what came with it", async () => {
  const { service, urls } = await opened(says(answer));
  const found = await service.search("养老", { year: "2022", organ: "", limit: 10, offset: 0 });
  assert.equal(urls[0], `../search/ask?year=2022&limit=10&q=${encodeURIComponent("养老")}`);
  assert.equal(found.total, 1);
  assert.ok(!("counts" in found));
  const narrow = await service.part("narrow");
  assert.deepEqual(await narrow.counts(await narrow.matches(found), {}), answer.counts);
  assert.equal(await narrow.titleOf("x"), "要点");
  assert.deepEqual(await (await service.part("related")).after(found), answer.related.hits);
  assert.deepEqual(service.reader.spellings.groups[3], ["民政局"]);
  assert.deepEqual(service.reader.head.districts[1], ["甲区"]);
});

for (const [what, respond] of [["is away", async () => Promise.reject(new Error("away"))], ["cannot", async () => ({ ok: false, status: 503 })]]) {
  test(`when the service ${what}, the page's own search answers from then on`, async () => {
    const { service, urls } = await opened(respond);
    assert.equal((await service.search("养老")).own, true);
    assert.equal(await service.part("narrow"), "narrow");
    assert.deepEqual(service.reader.head.districts, [["乙区"]]);
    assert.equal((await service.search("教育")).own, true);
    assert.equal(urls.length, 1, "who failed is not asked again");
  });
}

test("suggestions come from the service", async () => {
  const { search, service } = await opened(says([{ text: "养老" }]));
  assert.deepEqual(await search.suggestions(service, "yang"), [{ text: "养老" }]);
});
