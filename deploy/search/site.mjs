// What a published site has of its search: the scripts of its pages, and names, words and synonyms in the files of its index.
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";

const SCRIPTS = ["search", "shards", "narrow", "otherwise", "naming", "backoff", "listing", "related", "answers", "suggest"];

/** The namespace that some scripts of a directory fill, in a context of its own. */
export function run(directory, names, more = {}) {
  const context = vm.createContext({ TextDecoder, TextEncoder, console, ...more });
  for (const name of names) {
    const file = path.join(directory, `${name}.js`);
    vm.runInContext(readFileSync(file, "utf8"), context, { filename: file });
  }
  return context.columnSearch;
}

/** The scripts of a published site, as its pages load them. */
export function loadScripts(site) {
  const document = { querySelector: () => null };
  return run(path.join(site, "assets/search"), SCRIPTS, { URLSearchParams, setTimeout, clearTimeout, document });
}

/** The files of the site's index; `read` hears of the bytes of each that is read, until they are forgotten. */
export function siteStore(site, read = () => {}) {
  const manifest = JSON.parse(readFileSync(path.join(site, "search/manifest.json"), "utf8"));
  const files = new Map();
  return {
    open: async () => manifest,
    script: async () => {}, // all are here
    get: async (name) => {
      if (!/^[a-z0-9-]+$/.test(name)) throw new Error(name);
      if (!files.has(name)) {
        const file = readFileSync(path.join(site, "search", name === "states" ? "" : manifest.directory, `${name}.bin`));
        read(file.length);
        files.set(name, new Uint8Array(gunzipSync(file)));
      }
      return files.get(name);
    },
    forget: () => files.clear(),
  };
}
