// The column's own search over OpenSearch: queries are understood, read otherwise, checked and shown by the scripts that
// readers' browsers have; only what has which words is asked elsewhere. So both answer alike.
import { all, narrowed, queryOf, tokens } from "./cluster.mjs";
import { Found, Reader } from "./reader.mjs";

const RELAXED_TOKENS = 14; // of otherwise.js
const NEWEST_YEARS = 3; // of naming.js
const MOST_RELATED = 10; // of related.js
const FACETS = { organ: "organ", year: "year", theme: "themes", audience: "audiences", state: "state", kind: "kind", in: "within" };
const VALUES = 10_000; // of a facet

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
  const manifest = await store.open();
  const head = root.readers.json(await store.get(manifest.mode === "pack" ? "pack" : "head"));
  const reader = await new Reader(root, store, head, manifest, cluster).prepare();

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
      return reader.find(query, [], { weigh: (score, names) => score * (names.length / asked.length) ** 2 });
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
      const rare = (part) => this.rarity(part, size);
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
      const [sums, words, weak] = Array.from({ length: 3 }, () => new Map(records.map((record) => [record, 0])));
      const scored = [...parts, ...more].map(async (part, at) => {
        const most = Math.max(...part.found.values());
        for (const [record, score] of await reader.among(records, part.found.query)) {
          const kept = at < parts.length ? sums : weak;
          kept.set(record, kept.get(record) + rare(part) * (0.5 + (0.5 * score) / most));
          if (kept === sums) words.set(record, words.get(record) + 1);
        }
      });
      await Promise.all(scored);
      for (const [record, many] of words) sums.set(record, sums.get(record) * many + weak.get(record));
      return new Found([...sums], found.size);
    }
  }

  class ServiceListing extends root.parts.listing {
    /** By their ids: the site numbers records otherwise, and may be of another release. */
    async records(rows) {
      const found = rows.length ? await reader.find({ constant_score: { filter: { ids: { values: rows.map(([, , , id]) => id) } } } }) : new Map();
      return [...found.keys()];
    }
  }

  class ServiceRelated extends root.parts.related {
    async of(page) {
      if (page.kind === "unit") return super.of(page);
      const found = await reader.find({ constant_score: { filter: { term: { [FACETS[page.kind]]: page.url.split("/")[1] } } } });
      return { records: found.keys(), count: found.size };
    }
  }

  class ServiceAnswers extends root.parts.answers {
    /** With the record, not by its number. */
    async row({ entry, record }) {
      return entry.answer && [record, ...entry.answer.row];
    }
  }

  /** What the parts are that ask for more than postings. */
  const PARTS = { answers: ServiceAnswers, narrow: Narrowing, listing: ServiceListing, otherwise: ServiceOtherwise, backoff: ServiceBackoff, related: ServiceRelated };

  class ServiceEngine extends root.Engine {
    part(name) {
      if (!this.made.has(name)) this.made.set(name, Promise.resolve(new (PARTS[name] || root.parts[name])(this)));
      return this.made.get(name);
    }

    query(groups) {
      return queryOf(groups, root.spread, reader.tokenOf);
    }

    /** The token of a document number, as naming.js finds it: of its whole code, its longest end, or year and number. */
    async number(group) {
      const [code, year, number] = group.number;
      const lengths = Array.from({ length: code.length - 1 }, (_, at) => code.length - at).filter((length) => length === code.length || length >= 4);
      const years = year ? [year] : this.understanding.years.slice(0, NEWEST_YEARS);
      const codes = years.flatMap((one) => lengths.map((length) => `#${code.slice(-length)}${one}-${number}`));
      if (year) codes.push(`#${year}-${number}`);
      const known = await Promise.all(codes.map((one) => reader.posting(one)));
      const at = known.findIndex(Boolean);
      group.token = at < 0 ? undefined : codes[at];
      if (year && at >= 0 && at === codes.length - 1) group.loose = true;
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
      const kept = again ? await reader.find(found.query, filterOf(options), { byDay: sort === "date" }) : found;
      return { pairs: [...kept], total: kept.size };
    }
  }
  const engine = new ServiceEngine(reader, store);
  return engine;
}

/**
 * An answer with all that its page shows: counts of facets, what is related, names of departments to mark, of districts.
 */
export async function answered(engine, query, options) {
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

const shown = ({ record, score, exact, literal, entry }, dated) => {
  const { facets, happened, answer, ...told } = entry;
  const [day, ...what] = (happened || "").split(" ");
  return { record, score, exact, literal, entry: told, ...(dated && happened ? { news: { day, what: what.join(" ") } } : {}) };
};
