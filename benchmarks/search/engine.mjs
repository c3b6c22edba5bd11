// The browser's search code in Node: the same files, in the same order, over files on disk.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run, siteStore } from "../../deploy/search/site.mjs";

const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../overrides/assets/search");
export const SCRIPTS = ["normalize", "store", "readers", "pack", "shards", "query", "destinations", "engine", "narrow", "words", "naming", "backoff", "listing", "related", "answers", "otherwise", "highlight"];

/** The namespace that the scripts fill, in a context of its own. */
export const loadScripts = (names = SCRIPTS, extra = {}) => run(SOURCES, names, extra);

/** A store over a built site (or any directory with a search/ below it) that counts what it reads. */
export function diskStore(site) {
  const files = siteStore(site, (bytes) => {
    store.bytes += bytes;
    store.requests += 1;
  });
  const forget = () => {
    files.forget();
    Object.assign(store, { bytes: 0, requests: 0 });
  };
  const store = { ...files, bytes: 0, requests: 0, forget };
  return store;
}
