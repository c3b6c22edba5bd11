// The index as the engine sees it, asked of OpenSearch: which records have which words, and what a record says.
import { narrowed, tokens } from "./cluster.mjs";

const MOST = 600; // candidates of a query that are looked at
const FORGET = 10_000; // milliseconds that a record is remembered at least: a district may be replaced
const SOURCE = { excludes: ["above", "within", "own_*"] };
const COUNTED = 10_000; // results that are counted while the best are found: those that cannot be among them are skipped after that
// What is sorted by is enough: reading what is stored of 600 records takes longer than finding them.
const BARE = { _source: false, stored_fields: "_none_" };
/** What an error says when a record went while a query was answered: it is to be asked again. */
export const GONE = "gone";
const BEST = [{ _score: "desc" }, { number: "asc" }, { day: "desc" }];
const NEWEST = [{ day: "desc" }, { number: "asc" }];

/** Values that are remembered for a while; those that are in use stay until the next time that all are forgotten. */
class Remembered {
  constructor() {
    Object.assign(this, { now: new Map(), before: new Map(), since: Date.now() });
  }

  get(key) {
    return this.now.get(key) ?? this.before.get(key);
  }

  set(key, value) {
    if (Date.now() - this.since > FORGET) Object.assign(this, { now: new Map(), before: this.now, since: Date.now() });
    this.now.set(key, value);
  }

  delete(key) {
    this.now.delete(key);
    this.before.delete(key);
  }
}

/** What a query found: the best as [record, score], how many there are in all, and the query, where one says it all. */
export class Found extends Map {
  constructor(pairs = [], total = pairs.length, query = null) {
    super(pairs);
    this.total = total;
    this.query = query;
  }

  get size() {
    return this.total === undefined ? super.size : this.total;
  }
}

/** Twin of ShardReader and PackReader. */
export class Reader {
  constructor(root, store, head, { mode, names }, cluster) {
    Object.assign(this, { root, store, head, cluster, together: mode === "service", dayOf: new Remembered(), entries: new Remembered() });
    this.spellings = new root.readers.Names(store, names, head.spellings);
    this.names = names;
  }

  /** All names at once: in the index a department is called by the first of its spellings, by code. */
  async prepare() {
    const { json } = this.root.readers;
    if (this.together) this.addAll(json(await this.store.get("names")));
    for (let file = 0; file < this.names && !this.together; file += 1) {
      this.spellings.add(json(await this.store.get(`names-${file.toString(16)}`)));
    }
    this.named = Array.from(this.spellings.groups, (group = [""]) => group.reduce((least, name) => (compare(name, least) < 0 ? name : least), group[0]));
    this.spellings.load = async () => {};
    return this;
  }

  /** Every page once: thousands have one name, so that nobody looks through those that are there already. */
  addAll([spellings, pages]) {
    const { spellings: known, root } = this;
    known.add([spellings, []]);
    for (const row of pages) {
      const page = root.readers.pageOf(row);
      for (const name of row.slice(4)) {
        const some = known.pages.get(name);
        if (some) some.push(page);
        else known.pages.set(name, [page]);
      }
    }
  }

  /** A token as the index has it. */
  tokenOf = (one) => (one[0] === "@" ? `@${this.named[Number(one.slice(1))]}` : one);

  isHeavy() {
    return 0;
  }

  /** How many fit: a node remembers that. */
  async count(query) {
    const { hits } = await this.cluster.search({ query, size: 0, track_total_hits: true });
    return hits.total.value;
  }

  /** Whether anything has a token. */
  async posting(one) {
    const count = await this.count(tokens([this.tokenOf(one)]));
    return count ? { count } : null;
  }

  /** The best of what fits, or the newest; `weigh` gives the score of a hit, of what no one query says. */
  async find(query, filter = [], { byDay = false, weigh = null } = {}) {
    const asked = narrowed(query, filter);
    const sort = byDay ? NEWEST : BEST;
    const { hits } = await this.cluster.search({ query: asked, size: MOST, sort, track_scores: byDay, track_total_hits: COUNTED, ...BARE });
    const found = hits.hits.map(({ sort: [first, number, last], _score: score, matched_queries: names }) => {
      this.dayOf.set(number, byDay ? first : last);
      const scored = byDay ? score : first;
      return [number, weigh ? weigh(scored, names) : scored];
    });
    const total = hits.total.relation === "eq" ? hits.total.value : await this.count(asked);
    return new Found(found, total, weigh ? null : asked);
  }

  /** Which of some records fit, with their scores. */
  async among(records, query, filter = []) {
    if (!records.length) return [];
    const these = { terms: { number: records } };
    const { hits } = await this.cluster.search({ query: narrowed(query, [these, ...filter]), size: records.length, sort: BEST, ...BARE });
    return hits.hits.map(({ sort: [score, number] }) => [number, score]);
  }

  /** A record; all that are asked for in the same moment are read together. */
  entry(record) {
    const known = this.entries.get(record);
    if (known) return known;
    if (!this.wanted) {
      this.wanted = new Map();
      setImmediate(() => this.read());
    }
    const reading = new Promise((resolve, reject) => this.wanted.set(record, { resolve, reject }));
    this.entries.set(record, reading);
    reading.catch(() => this.entries.delete(record));
    return reading;
  }

  async read() {
    const { wanted } = this;
    this.wanted = null;
    try {
      const numbers = [...wanted.keys()];
      const { hits } = await this.cluster.search({ query: { bool: { filter: [{ terms: { number: numbers } }] } }, size: numbers.length, _source: SOURCE });
      for (const { _source: row } of hits.hits) {
        wanted.get(row.number)?.resolve(entryOf(row));
        wanted.delete(row.number);
      }
      for (const { reject } of wanted.values()) reject(new Error(GONE));
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
  answer: row.answer,
  facets: { organ: [row.organ], year: [String(row.year)], theme: row.themes, audience: row.audiences, kind: [row.kind], state: row.state ? [row.state] : [] },
});
