// What the service knows before it asks OpenSearch, of a city without an index (SERVED) and of the same with one (OWN).
import assert from "node:assert/strict";
import { test } from "node:test";
import { openEngine } from "../../deploy/search/engine.mjs";
import { loadScripts, siteStore } from "../../deploy/search/site.mjs";

const { SERVED, OWN } = process.env;

const known = async (site) => {
  const root = loadScripts(site);
  const engine = await openEngine(root, siteStore(site), { search: async () => ({ hits: { hits: [], total: { value: 0, relation: "eq" } } }) });
  const { named, spellings } = engine.reader;
  const labels = await (await engine.part("narrow")).labels();
  const found = ["民政局", "养老", "镇街", "2021年", "公开指南"].map((query) => engine.destinations.find(query));
  const suggested = await Promise.all(["yang", "民政", "j"].map((typed) => root.suggestions(engine, typed)));
  return JSON.parse(JSON.stringify({
    named,
    groups: spellings.groups,
    files: spellings.files,
    pages: [...spellings.pages].sort(([one], [other]) => (one < other ? -1 : 1)),
    labels: Object.entries(labels).map(([name, values]) => [name, [...values]]),
    found,
    suggested,
  }));
};

test("names, pages, labels and suggestions are the same", async () => {
  const [served, own] = [await known(SERVED), await known(OWN)];
  assert.ok(served.pages.length > 100 && served.named.length > 10 && served.found[0].length && served.suggested[0].length);
  assert.deepEqual(served, own);
});
