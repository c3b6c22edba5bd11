// The browser's search code in Node: the same files, in the same order, over files on disk.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const SCRIPTS = ["normalize", "store", "readers", "pack", "shards", "query", "destinations", "engine", "narrow", "words", "naming", "backoff", "listing", "related", "answers", "otherwise", "highlight"];

/** The namespace that the scripts fill, in a context of its own. */
export function loadScripts(names = SCRIPTS, extra = {}) {
  const context = vm.createContext({ TextDecoder, TextEncoder, console, ...extra });
  for (const name of names) {
    const file = path.join(ROOT, "overrides/assets/search", `${name}.js`);
    vm.runInContext(readFileSync(file, "utf8"), context, { filename: file });
  }
  return context.columnSearch;
}

/** A store over a built site (or any directory with a search/ below it) that counts what it reads. */
export function diskStore(site) {
  const manifest = JSON.parse(readFileSync(path.join(site, "search/manifest.json"), "utf8"));
  const cache = new Map();
  const store = {
    bytes: 0,
    requests: 0,
    open: async () => manifest,
    get: async (name) => {
      if (!cache.has(name)) {
        const file = readFileSync(path.join(site, "search", name === "states" ? "" : manifest.directory, `${name}.bin`));
        store.bytes += file.length;
        store.requests += 1;
        cache.set(name, new Uint8Array(gunzipSync(file)));
      }
      return cache.get(name);
    },
    forget: () => {
      cache.clear();
      store.bytes = 0;
      store.requests = 0;
    },
  };
  return store;
}
