// What a large column says of common words. usage: partial.mjs SITE < [query, filters, query of fewer results]
import { readFileSync } from "node:fs";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";

const [query, filters, other] = JSON.parse(readFileSync(0, "utf8"));
const engine = await loadScripts().openEngine(diskStore(process.argv[2]));
engine.enough = 20;
const narrowing = await engine.part("narrow");
const found = [];
for (const [typed, options] of [[query, {}], [query, filters], [other, {}]]) {
  const answer = await engine.search(typed, options);
  const { partial, total, matches } = answer;
  found.push({ partial, total, matches, all: await narrowing.matches(answer), urls: answer.hits.map(({ entry }) => entry.url) });
}
process.stdout.write(JSON.stringify(found));
