// Bytes that a reader of a federation waits for before the first result. usage: first.mjs SITE
import { diskStore, loadScripts } from "../search/engine.mjs";

const QUERIES = ["养老", "医保局", "疫苗接种", "重大行政决策", "营商环境 政策", "yanglao", "政务公开", "老旧小区改造", "停车难", "农村饮水"];
const search = loadScripts();
const bytes = [];
for (const query of QUERIES) {
  const store = diskStore(process.argv[2]);
  const engine = await search.openEngine(store);
  await engine.search(query, { limit: 10 });
  bytes.push(store.bytes);
}
bytes.sort((a, b) => a - b);
process.stdout.write(JSON.stringify({ median: bytes[bytes.length >> 1], most: bytes.at(-1) }));
