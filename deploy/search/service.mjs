// The search of a large column, in front of OpenSearch: turns what the search page asks into requests, and answers as the
// page's own search would. Node 18 or later and nothing else; listens on this machine only, nginx stands before it.
// usage: node service.mjs --site /srv/gongkai/city [--opensearch http://127.0.0.1:9200[,URL…]] [--name gongkai] [--port 8081]
// Of several nodes one is asked; when it does not answer, the next.
// The name and the password of a user that may read are in OPENSEARCH_USER and OPENSEARCH_PASSWORD.
// Nothing is kept of what readers ask: no query, no address. Errors are told without them.
import { statSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { parseArgs } from "node:util";
import { Cluster } from "./cluster.mjs";
import { answered, openEngine } from "./engine.mjs";
import { GONE } from "./reader.mjs";
import { loadScripts, siteStore } from "./site.mjs";

const LONGEST = 200; // of a query, as the field of the page takes it
const MOST = 200; // results that can be leafed through
const PAGE = 10;
const VALUE = /^[\p{L}\p{N}._-]{1,100}$/u;
const WORD = (value) => VALUE.test(value);
const COUNT = (value) => /^\d{1,4}$/.test(value);
const ASKED = { q: (value) => value.length <= LONGEST, organ: WORD, year: (value) => /^\d{4}$/.test(value), theme: WORD, audience: WORD, kind: WORD, state: WORD, in: WORD, sort: (value) => ["relevance", "date"].includes(value), offset: COUNT, limit: COUNT };

/** What is asked, or null where anything else is. */
export function asked(parameters) {
  const found = {};
  for (const [name, value] of parameters) {
    if (!Object.hasOwn(ASKED, name) || name in found || !(value === "" || ASKED[name](value))) return null;
    found[name] = value;
  }
  const { q = "", offset = "0", limit = String(PAGE), sort = "relevance", ...narrows } = found;
  const first = Math.min(Number(offset), MOST);
  return { q: q.trim(), options: { ...narrows, sort: sort || "relevance", offset: first, limit: Math.min(Number(limit), MOST - first) } };
}

/** The engine of the site as it is published now: opened anew when another release is. */
function opener(site, cluster) {
  let stamp = "";
  let engine = null;
  return () => {
    const { mtimeMs, ino } = statSync(path.join(site, "search/manifest.json"));
    if (`${mtimeMs} ${ino}` !== stamp) {
      stamp = `${mtimeMs} ${ino}`;
      const root = loadScripts(site);
      const opening = openEngine(root, siteStore(site), cluster).then((opened) => ({ root, engine: opened }));
      opening.catch(() => (stamp = ""));
      engine = opening;
    }
    return engine;
  };
}

/** The service as an HTTP server that listens nowhere yet. */
export function service({ site, opensearch, name, patience, user, password }) {
  const cluster = new Cluster(opensearch, name, { patience, user, password });
  const open = opener(site, cluster);
  const ways = {
    "/ask": async ({ q, options }) => {
      const { engine } = await open();
      return answered(engine, q, options).catch((error) => {
        if (error.message !== GONE) throw error;
        return answered(engine, q, options);
      });
    },
    "/suggest": async ({ q }) => {
      const { root, engine } = await open();
      return root.suggestions(engine, q);
    },
  };
  return http.createServer(async (request, response) => {
    const say = (status, value) => {
      response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" });
      response.end(JSON.stringify(value));
    };
    const url = new URL(request.url, "http://localhost");
    const way = ways[/\/(ask|suggest)$/.exec(url.pathname)?.[0]];
    const question = asked(url.searchParams);
    if (!way) return say(404, {});
    if (request.method !== "GET") return say(405, {});
    if (!question) return say(400, {});
    try {
      say(200, await way(question));
    } catch (error) {
      console.error(String(error.message).replace(/\s.*$/s, "")); // the kind, no word of the query
      say(503, {});
    }
  });
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const text = (value) => ({ type: "string", default: value });
  const { values } = parseArgs({ options: { site: { type: "string" }, opensearch: text("http://127.0.0.1:9200"), name: text("gongkai"), port: text("8081"), patience: text("3000") } });
  if (!values.site) throw new Error("--site");
  const { OPENSEARCH_USER: user, OPENSEARCH_PASSWORD: password } = process.env;
  const given = { ...values, patience: Number(values.patience), user, password };
  service(given).listen(Number(values.port), "127.0.0.1", () => console.log(`127.0.0.1:${values.port}`));
}
