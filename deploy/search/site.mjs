// What a published site has of its search: the scripts of its pages, and names, words and synonyms in the files of its index.
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";

const SCRIPTS = ["search", "shards", "narrow", "otherwise", "naming", "backoff", "listing", "related", "answers", "suggest"];

/** The scripts of a published site, as its pages load them. */
export function loadScripts(site) {
  const document = { querySelector: () => null };
  const context = vm.createContext({ TextDecoder, TextEncoder, URLSearchParams, console, setTimeout, clearTimeout, document });
  for (const name of SCRIPTS) {
    const file = path.join(site, "assets/search", `${name}.js`);
    vm.runInContext(readFileSync(file, "utf8"), context, { filename: file });
  }
  return context.columnSearch;
}

/** The files of the site's index: names, words, synonyms. */
export function siteStore(site) {
  const manifest = JSON.parse(readFileSync(path.join(site, "search/manifest.json"), "utf8"));
  const files = new Map();
  return {
    open: async () => manifest,
    script: async () => {}, // all are here
    get: async (name) => {
      if (!/^[a-z0-9-]+$/.test(name)) throw new Error(name);
      if (!files.has(name)) {
        files.set(name, new Uint8Array(gunzipSync(readFileSync(path.join(site, "search", name === "states" ? "" : manifest.directory, `${name}.bin`)))));
      }
      return files.get(name);
    },
  };
}
