// What the browser's engine answers to each query over two built searches. usage: answers.mjs SITE_A SITE_B < queries
import { readFileSync } from "node:fs";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";

const queries = JSON.parse(readFileSync(0, "utf8"));
const search = loadScripts();
const answers = [];
for (const site of process.argv.slice(2)) {
  const engine = await search.openEngine(diskStore(site));
  const found = [];
  for (const [query, options] of queries) {
    const answer = await engine.search(query, options);
    const hits = answer.hits.map((hit) => [hit.entry.url, Math.round(hit.score * 100) / 100, hit.exact]);
    const narrowing = await engine.part("narrow");
    const counts = await narrowing.counts(await narrowing.matches(answer), options);
    const file = options.in ? await narrowing.titleOf(options.in) : "";
    const destinations = answer.destinations.map(({ title, url, near }) => [title, url, Boolean(near)]);
    const related = options.related ? (await (await engine.part("related")).after(answer)).map((hit) => [hit.entry.url, hit.exact]) : [];
    found.push({ related, query, destinations, total: answer.total, approximate: answer.approximate, note: answer.note, hits, counts, file });
  }
  answers.push(found);
}
process.stdout.write(JSON.stringify(answers));
