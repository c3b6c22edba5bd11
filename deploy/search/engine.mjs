// The column's own search over OpenSearch: queries are understood, read otherwise, checked and shown by the scripts that
// readers' browsers have; only what has which words is asked elsewhere. So both answer alike.
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";
import { all, narrowed, queryOf, tokens } from "./cluster.mjs";

const SCRIPTS = ["search", "shards", "narrow", "otherwise", "naming", "backoff", "related", "answers", "suggest"];
const MOST = 600; // candidates of a query that are looked at
const RELAXED_TOKENS = 14; // of otherwise.js
const FACETS = { organ: "organ", year: "year", theme: "themes", audience: "audiences", state: "state", kind: "kind", in: "within" };
const FORGET = 10_000; // milliseconds that a record is remembered: a district may be replaced
const VALUES = 10_000; // of a facet
const ASKED = 2; // of backoff.js
const SOURCE = { excludes: ["above", "within", "own_*"] };

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

/** What a query found: the best as [record, score], how many there are in all, and the query, where one says it all. */
class Found extends Map {
  constructor(pairs = [], total = pairs.length, query = null) {
    super(pairs);
    this.total = total;
    this.query = query;
  }

  get size() {
    return this.total === undefined ? super.size : this.total;
  }
}

/** The index as the engine sees it: twin of ShardReader and PackReader. */
class Reader {
  constructor(root, store, head, names, cluster) {
    Object.assign(this, { root, store, head, cluster, dayOf: new Map(), entries: new Map(), since: 0 });
    this.spellings = new root.readers.Names(store, names, head.spellings);
    this.names = names;
  }

  /** All names at once: in the index a department is called by the first of its spellings, by code. */
  async prepare() {
    for (let file = 0; file < this.names; file += 1) {
      this.spellings.add(this.root.readers.json(await this.store.get(`names-${file.toString(16)}`)));
    }
    this.named = Array.from(this.spellings.groups, (group = [""]) => group.reduce((least, name) => (compare(name, least) < 0 ? name : least), group[0]));
    this.spellings.load = async () => {};
    return this;
  }

  /** A token as the index has it. */
  tokenOf = (one) => (one[0] === "@" ? `@${this.named[Number(one.slice(1))]}` : one);

  isHeavy() {
    return 0;
  }

  /** Whether anything has a token. */
  async posting(one) {
    const { hits } = await this.cluster.search({ query: tokens([this.tokenOf(one)]), size: 0, track_total_hits: true });
    return hits.total.value ? { count: hits.total.value } : null;
  }

  async find(query, filter = [], byDay = false) {
    const asked = narrowed(query, filter);
    const sort = byDay ? [{ day: "desc" }, { number: "asc" }] : [{ _score: "desc" }, { number: "asc" }, { day: "desc" }];
    const day = byDay ? 0 : 2;
    const { hits } = await this.cluster.search({ query: asked, size: MOST, sort, track_scores: true, track_total_hits: true, _source: false });
    this.forget();
    for (const hit of hits.hits) this.dayOf.set(hit.sort[1], hit.sort[day]);
    return new Found(hits.hits.map((hit) => [hit.sort[1], hit._score]), hits.total.value, asked);
  }

  /** Which of some records fit, with their scores. */
  async among(records, query, filter = []) {
    if (!records.length) return [];
    const these = { terms: { number: records } };
    const { hits } = await this.cluster.search({ query: narrowed(query, [these, ...filter]), size: records.length, sort: [{ _score: "desc" }, { number: "asc" }], _source: false, track_scores: true });
    return hits.hits.map((hit) => [hit.sort[1], hit._score]);
  }

  forget() {
    if (Date.now() - this.since < FORGET) return;
    this.entries.clear();
    this.dayOf.clear();
    this.since = Date.now();
  }

  /** A record; all that are asked for in the same moment are read together. */
  entry(record) {
    if (!this.entries.has(record)) {
      if (!this.wanted) {
        this.wanted = new Map();
        setImmediate(() => this.read());
      }
      const reading = new Promise((resolve, reject) => this.wanted.set(record, { resolve, reject }));
      this.entries.set(record, reading);
      reading.catch(() => this.entries.delete(record));
    }
    return this.entries.get(record);
  }

  async read() {
    const { wanted } = this;
    this.wanted = null;
    try {
      const numbers = [...wanted.keys()];
      const { hits } = await this.cluster.search({ query: { bool: { filter: [{ terms: { number: numbers } }] } }, size: numbers.length, _source: SOURCE });
      for (const { _source: row } of hits.hits) {
        wanted.get(row.number).resolve(entryOf(row));
        wanted.delete(row.number);
      }
      for (const { reject } of wanted.values()) reject(new Error("gone"));
    } catch (error) {
      for (const { reject } of wanted.values()) reject(error);
    }
  }

  newer(a, b) {
    return (this.dayOf.get(b) ?? 0) - (this.dayOf.get(a) ?? 0) || a - b;
  }
}

const compare = (one, other) => {
  const [a, b] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < a.length && at < b.length; at += 1) if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
  return a.length - b.length;
};

const entryOf = (row) => ({
  document: row.document,
  number: row.doc_number,
  organ: row.organ,
  organName: row.organ_name,
  year: row.year,
  date: row.date,
  kind: row.kind,
  head: row.mark === "!" || row.mark === "~",
  own: row.mark === "!",
  heading: row.mark === ".",
  title: row.title,
  text: row.text,
  units: row.units_text,
  url: row.url,
  happened: row.news,
  facets: { organ: [row.organ], year: [String(row.year)], theme: row.themes, audience: row.audiences, kind: [row.kind], state: row.state ? [row.state] : [] },
});

const filterOf = (options, without) => Object.entries(FACETS).flatMap(([name, field]) => (options[name] && name !== without ? [{ term: { [field]: options[name] } }] : []));

/** Narrowing, twin of narrow.js: by the index where a query says what was found, else record by record. */
class Narrowing {
  constructor(engine) {
    this.engine = engine;
    this.reader = engine.reader;
  }

  /** Names of the values of every facet: those of the site's own files, see narrow.js. */
  async labels() {
    if (!this.known) {
      const { store, head, root } = this.reader;
      const { json } = root.readers;
      const facets = await store.get("facets");
      const { organs = head.organs, themes } = json(head.mode === "pack" ? facets : facets.subarray(0, facets.indexOf(10)));
      const audiences = head.audiences ? await store.get("audiences") : null;
      const states = head.states ? json(await store.get("states")).states : [];
      this.known = {
        organ: new Map(organs),
        year: new Map(head.years.map(([year]) => [String(year), `${year}年`])),
        theme: new Map(themes),
        audience: new Map(audiences ? json(audiences.subarray(0, audiences.indexOf(10) + 1)) : []),
        state: new Map(states),
      };
    }
    return this.known;
  }

  async titleOf(file) {
    const { hits } = await this.reader.cluster.search({ query: { term: { id: file } }, size: 1, _source: ["title"] });
    return hits.hits.length ? hits.hits[0]._source.title : "";
  }

  async inside(found) {
    return found; // with the other filters
  }

  async states() {
    return { news: null }; // with the records
  }

  async filtered(found, options) {
    const filter = filterOf(options);
    if (!filter.length) return [...found];
    const kept = new Set((await this.reader.among([...found.keys()], { match_all: {} }, filter)).map(([record]) => record));
    return [...found].filter(([record]) => kept.has(record));
  }

  /** How many each value of each facet would leave beside the values chosen in the other facets. */
  async counts(answer, options) {
    const labels = await this.labels();
    const names = Object.keys(FACETS).filter((name) => name !== "in");
    const tallies = answer.approximate ? await this.tallied(answer, options, names) : await this.aggregated(answer, options, names);
    const counted = names.map((name, at) => {
      const known = labels[name];
      const rows = [...tallies[at]].filter(([, count]) => count).map(([id, count]) => [id, (known && known.get(id)) || id, count]);
      const order = known ? new Map([...known.keys()].map((id, place) => [id, place])) : new Map();
      rows.sort((a, b) => (name === "theme" ? b[2] - a[2] : 0) || (order.get(a[0]) ?? 0) - (order.get(b[0]) ?? 0));
      return [name, rows];
    });
    return Object.fromEntries(counted);
  }

  /** Those that have the same other values chosen are counted together. */
  async aggregated(answer, options, names) {
    const query = answer.groups.length ? this.engine.query(answer.groups) : { match_all: {} };
    const ways = new Map();
    for (const name of names) {
      const filter = filterOf(options, name);
      const way = JSON.stringify(filter);
      if (!ways.has(way)) ways.set(way, { filter, aggs: {} });
      ways.get(way).aggs[name] = { terms: { field: FACETS[name], size: VALUES } };
    }
    const answers = await Promise.all([...ways.values()].map(({ filter, aggs }) => this.reader.cluster.search({ query: narrowed(query, filter), size: 0, aggs })));
    const counted = Object.assign({}, ...answers.map(({ aggregations }) => aggregations));
    return names.map((name) => counted[name].buckets.map(({ key, doc_count: count }) => [String(key), count]));
  }

  async tallied({ hits }, options, names) {
    const tallies = names.map(() => new Map());
    for (const { entry } of hits) {
      const missing = names.filter((name) => options[name] && !entry.facets[name].includes(options[name]));
      if (missing.length > 1) continue;
      for (const [at, name] of names.entries()) {
        if (!missing.length || missing[0] === name) for (const id of entry.facets[name]) tallies[at].set(id, (tallies[at].get(id) || 0) + 1);
      }
    }
    return tallies;
  }
}

/** The engine of a site and an index, and what it says besides an answer. */
export async function openEngine(root, store, cluster) {
  const { mode, names } = await store.open();
  const head = root.readers.json(await store.get(mode === "pack" ? "pack" : "head"));
  const reader = await new Reader(root, store, head, names, cluster).prepare();

  class ServiceOtherwise extends root.parts.otherwise {
    /** What has a share of all tokens: how many each has, the index says by name. */
    async relaxed(groups, share) {
      const words = [...new Set(groups.flatMap((group) => (group.alternatives && group.alternatives.length ? group.alternatives[0].tokens : [])))];
      const asked = root.spread(words, RELAXED_TOKENS);
      if (!asked.length) return new Found();
      const mixed = asked.some((one) => /^[a-z0-9]+$/.test(one));
      const needed = Math.max(1, Math.ceil(asked.length * (asked.length <= 2 && !mixed ? 1 : share)));
      const should = asked.map((one, at) => ({ bool: { must: [tokens([reader.tokenOf(one)])], _name: String(at) } }));
      const query = { bool: { should, minimum_should_match: needed } };
      const { hits } = await cluster.search({ query, size: MOST, sort: [{ _score: "desc" }, { number: "asc" }], track_scores: true, track_total_hits: true, _source: false });
      return new Found(hits.hits.map((hit) => [hit.sort[1], hit._score * (hit.matched_queries.length / asked.length) ** 2]), hits.total.value);
    }
  }

  class ServiceBackoff extends root.parts.backoff {
    async onlyWeak(parts) {
      const there = parts.length > 1 && parts.every((one) => one.found.size);
      const found = there ? await reader.find(all(parts.map(({ found: { query } }) => query))) : new Found();
      return found.size ? [{ ...parts[0], word: parts.map(({ word }) => word).join(""), found, said: parts.flatMap(({ said }) => said) }] : [];
    }

    sum(parts, every, size) {
      return { parts, every, size }; // what `framed` asks with
    }

    /** Candidates by all words at once, of the district and year that are named; then what each word adds, as backoff.js. */
    async framed(frame, { parts, every, size }) {
      const rare = ({ word, found, asked }) => Math.log(1 + size / found.size) * word.length * (asked ? ASKED : 1);
      const should = parts.map((part) => ({ bool: { must: [part.found.query], boost: rare(part) / Math.max(...part.found.values()) } }));
      const query = { bool: { should, minimum_should_match: 1 } };
      const filter = [];
      let found = await reader.find(query);
      for (const part of frame) {
        const name = engine.understanding.districts.find((district) => district.startsWith(part)) || `${Number.parseInt(part, 10)}年`;
        const more = [...filter, engine.query([{ alternatives: [{ tokens: root.text.queryTokens(name), text: name }] }])];
        const some = await reader.find(query, more);
        if (some.size) [found, filter.length] = [some, 0];
        if (some.size) filter.push(...more);
      }
      const more = every.filter((part) => !part.counts && part.found.size && !parts.some(({ word }) => word.includes(part.word)));
      const records = [...found.keys()];
      const sums = new Map(records.map((record) => [record, 0]));
      const scored = [...parts, ...more].map(async (part) => {
        const most = Math.max(...part.found.values());
        for (const [record, score] of await reader.among(records, part.found.query)) sums.set(record, sums.get(record) + rare(part) * (0.5 + (0.5 * score) / most));
      });
      await Promise.all(scored);
      return new Found([...sums], found.size);
    }
  }

  class ServiceRelated extends root.parts.related {
    async ofTheme(id) {
      const found = await reader.find({ constant_score: { filter: { term: { themes: id } } } });
      return { records: found.keys(), count: found.size };
    }
  }

  /** What the parts are that ask for more than postings. */
  const PARTS = { narrow: Narrowing, otherwise: ServiceOtherwise, backoff: ServiceBackoff, related: ServiceRelated };

  class ServiceEngine extends root.Engine {
    part(name) {
      if (!this.made.has(name)) this.made.set(name, Promise.resolve(new (PARTS[name] || root.parts[name])(this)));
      return this.made.get(name);
    }

    query(groups) {
      return queryOf(groups, root.spread, reader.tokenOf);
    }

    /** The token of a document number: of its whole code, else of the longest end of it, else of year and number. */
    async number(group) {
      const [code, year, number] = group.number;
      const lengths = Array.from({ length: code.length - 1 }, (_, at) => code.length - at).filter((length) => length === code.length || length >= 4);
      const codes = [...lengths.map((length) => `#${code.slice(-length)}${year}-${number}`), `#${year}-${number}`];
      const known = await Promise.all(codes.map((one) => reader.posting(one)));
      const at = known.findIndex(Boolean);
      group.token = at < 0 ? undefined : codes[at];
      if (at >= 0 && at === codes.length - 1) group.loose = true;
    }

    async evaluate(groups) {
      if (!groups.length) return new Found();
      await this.settle(groups);
      await Promise.all(groups.filter((group) => group.number).map((group) => this.number(group)));
      return reader.find(this.query(groups));
    }

    everything() {
      return { found: new Found([], head.size, { match_all: {} }), groups: [], text: "", note: "", approximate: false };
    }

    async narrowed(found, narrow, options, sort) {
      if (!found.query) return { pairs: await (await this.part("narrow")).filtered(found, options), total: undefined };
      const again = narrow || sort === "date" || !found.keys().next().value;
      const kept = again ? await reader.find(found.query, filterOf(options), sort === "date") : found;
      return { pairs: [...kept], total: kept.size };
    }
  }
  const engine = new ServiceEngine(reader, store);
  return engine;
}

/**
 * An answer with all that its page shows: counts of facets, what is related, names of departments to mark, of districts.
 */
export async function answered(engine, root, query, options) {
  const answer = await engine.search(query, options);
  const narrow = await engine.part("narrow");
  const first = !options.offset;
  const related = first && answer.total < MOST_RELATED ? await engine.part("related") : null;
  const [counts, scope, after] = await Promise.all([
    first ? narrow.counts(answer, options) : {},
    options.in ? narrow.titleOf(options.in) : "",
    related ? related.after(answer, options) : [],
  ]);
  const units = answer.groups.flatMap(({ alternatives }) => alternatives || []).flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
  const organs = answer.destinations.map(({ organ }) => organ).filter((organ) => organ >= 0);
  const dated = options.sort === "date";
  const { matches, ...told } = answer;
  return {
    ...told,
    hits: answer.hits.map((hit) => shown(hit, dated)),
    counts,
    scope,
    related: { hits: after.map((hit) => shown(hit, false)), terms: related ? related.terms.map(([text]) => text) : [] },
    spellings: Object.fromEntries(units.map((unit) => [unit, engine.reader.spellings.groups[unit]])),
    districts: Object.fromEntries(organs.map((organ) => [organ, engine.reader.head.districts[organ]])),
  };
}

const MOST_RELATED = 10; // of related.js

const shown = ({ record, score, exact, literal, entry }, dated) => {
  const { facets, happened, ...told } = entry;
  const [day, ...what] = (happened || "").split(" ");
  return { record, score, exact, literal, entry: told, ...(dated && happened ? { news: { day, what: what.join(" ") } } : {}) };
};
