// The answers that a search shows in place. usage: in-place.mjs SITE < queries
import { readFileSync } from "node:fs";
import { diskStore, loadScripts } from "../../benchmarks/search/engine.mjs";

const engine = await loadScripts().openEngine(diskStore(process.argv[2]));
const found = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) found.push((await engine.search(query)).answer);
process.stdout.write(JSON.stringify(found));
