/**
 * What is related to a query for which little was found: records with parts of its words or with what documents call them,
 * those of a theme, group of people or unit that it names, and the section that a result stands in. Asked for when the
 * first results are shown.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { queryTokens } = root.text;
  // How much counts: what documents call a word, a part of it, what they call that, a theme that is named or near, a section.
  const [SAID, PART, PART_SAID, THEME, NEAR, SECTION] = [0.7, 0.6, 0.4, 0.5, 0.4, 0.4];
  const LEAST = 0.2; // of the best score, what is related has
  const COMMON = 4; // what every fourth record has says nothing
  const MOST = 10; // results with which an answer has enough
  const MOST_TERMS = 16; // that are looked for
  /** @type {Partial<Record<Destination["kind"], string>>} */
  const OWN = { theme: "themes/", audience: "audiences/", unit: "units/" };
  const WHOLE = 4; // characters from which a word has words of its own

  class Related {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
    }

    /**
     * What comes after the hits of an answer; nothing where it has enough.
     * @param {Answer} answer
     * @param {SearchOptions} [options]
     * @returns {Promise<Hit[]>}
     */
    async after({ hits, query, text, total, destinations }, options = {}) {
      if (!query || total >= MOST || hits.length < total) return [];
      const found = await this.scored(text);
      await this.themed(text, destinations, found);
      await this.sections(hits, found);
      const narrow = await this.engine.part("narrow");
      const shown = new Set(hits.map(({ record }) => record));
      const pairs = await narrow.filtered(await narrow.inside(found, options.in), options);
      const rest = pairs.filter(([record]) => !shown.has(record)).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      const kept = rest.slice(0, MOST - total).filter(([, score]) => score >= rest[0][1] * LEAST);
      return Promise.all(kept.map(async ([record, score]) => ({ record, score, exact: false, literal: false, far: true, entry: await this.engine.reader.entry(record) })));
    }

    /**
     * Shows them below the results of a page.
     * @param {ResultList} page
     * @param {Answer} answer
     * @param {() => boolean} wanted whether the page still shows this answer
     */
    async show(page, answer, wanted) {
      const hits = await this.after(answer, page.state);
      if (!hits.length || !wanted()) return;
      const { element } = root;
      const list = /** @type {HTMLOListElement} */ (element("ol", { className: "hits" }));
      const words = { whole: this.terms.map(([text]) => text), parts: [] };
      page.more.after((page.related = element("section", {}, element("h2", { textContent: "相关内容" }), element("p", { textContent: "没有写到全部原词，可能有关。" }), list)));
      for (const { entry } of hits) page.add(entry, words, list);
    }

    /**
     * Records by the words of a query: each counts once, by the best of what was looked for on its behalf.
     * @param {string} query
     * @returns {Promise<Scores>}
     */
    async scored(query) {
      const backoff = await this.engine.part("backoff");
      const { words, rest, vocabulary } = await backoff.split(query);
      /** @type {Scores} */
      const total = new Map();
      /** @type {Term[]} what was looked for at last */
      this.terms = [];
      for (const word of [...words, ...rest]) {
        const terms = this.termsOf(word, vocabulary, backoff).slice(0, MOST_TERMS - this.terms.length);
        this.terms.push(...terms);
        for (const [record, score] of await this.best(terms)) total.set(record, (total.get(record) || 0) + score);
      }
      return total;
    }

    /**
     * What is looked for on behalf of a word, with how much it counts.
     * @param {string} word
     * @param {Everyday} vocabulary
     * @param {Backoff} backoff
     * @returns {Term[]}
     */
    termsOf(word, vocabulary, backoff) {
      const { everyday, weak } = vocabulary;
      /** @type {Map<string, number>} */
      const found = new Map();
      /** @param {string} text @param {number} weight */
      const add = (text, weight) => weak.has(text) || found.set(text, Math.max(weight, found.get(text) || 0));
      add(word, 1);
      for (const other of everyday.get(word) || []) add(other, SAID);
      for (const part of word.length >= WHOLE ? backoff.cut(word, vocabulary, word.length - 1) : []) {
        add(part, PART);
        for (const other of everyday.get(part) || []) add(other, PART_SAID);
      }
      return [...found].sort((a, b) => b[1] - a[1]);
    }

    /**
     * Records that have one of some terms, by the best of them.
     * @param {Term[]} terms
     */
    async best(terms) {
      const { engine } = this;
      const { size } = engine.reader.head;
      /** @type {Scores} */
      const best = new Map();
      for (const [text, weight] of terms) {
        const unit = engine.reader.spellings.groupOf.get(text);
        const tokens = unit === undefined ? queryTokens(text) : [`@${unit}`];
        const found = tokens.length ? await engine.evaluate([{ alternatives: [{ tokens, text, unit }] }]) : new Map();
        if (!found.size || found.size > size / COMMON) continue;
        const most = Math.max(...found.values());
        const rare = Math.log(1 + size / found.size) * weight;
        for (const [record, score] of found) best.set(record, Math.max(best.get(record) || 0, rare * (0.5 + (0.5 * score) / most)));
      }
      return best;
    }

    /**
     * Records of the themes, people and units that the query names or is near to.
     * @param {string} text
     * @param {Destination[]} destinations
     * @param {Scores} found
     */
    async themed(text, destinations, found) {
      const { engine } = this;
      const backoff = await engine.part("backoff");
      const named = destinations.filter(({ near: far }) => !far);
      const pages = [...named, ...(await backoff.near(text))];
      const own = pages.filter(({ kind, url }) => url.startsWith(OWN[kind] || " ")); // others are of other sites
      for (const page of new Map([...own].reverse().map((one) => [one.url, one])).values()) {
        const { records, count } = await this.of(page);
        const rare = count && Math.log(1 + engine.reader.head.size / count) * (page.near ? NEAR : THEME);
        for (const record of records) found.set(record, (found.get(record) || 0) + rare);
      }
    }

    /**
     * The records of a theme, a group of people, a unit.
     * @param {Destination} page
     * @returns {Promise<{records: Iterable<number>, count: number}>}
     */
    async of({ kind, url, title, organ }) {
      const { engine } = this;
      if (kind === "unit") {
        const groups = await (await engine.part("listing")).printed([title], organ < 0 ? [] : [organ]);
        const found = await engine.evaluate(groups);
        return { records: found.keys(), count: found.size };
      }
      const ways = await (await engine.part("narrow")).ways();
      const records = [];
      for (const { values, of } of ways.filter(({ name }) => name === kind)) {
        const at = values.findIndex(([id]) => `${OWN[kind]}${id}/` === url);
        for (let record = 0; at >= 0 && record < engine.reader.head.size; record += 1) if (of(record).includes(at)) records.push(record);
      }
      return { records, count: records.length };
    }

    /**
     * The sections that the first hits stand in.
     * @param {Hit[]} hits
     * @param {Scores} found
     */
    async sections(hits, found) {
      const { engine } = this;
      for (const { entry, exact } of hits.slice(0, 3)) {
        const lines = entry.text.split("\n");
        const longest = lines.reduce((most, line, at) => (line.length > lines[most].length ? at : most), 0);
        const heading = lines.slice(0, longest).filter((line) => line && line !== entry.title).pop();
        if (!exact || entry.heading || !heading) continue;
        const records = await engine.evaluate([{ alternatives: [{ tokens: queryTokens(heading), text: heading }] }]);
        for (const [record] of [...records].sort((a, b) => b[1] - a[1]).slice(0, 3)) {
          const other = await engine.reader.entry(record);
          if (other.heading && other.title === heading && other.document === entry.document) found.set(record, (found.get(record) || 0) + SECTION * Math.log(1 + engine.reader.head.size));
        }
      }
    }
  }

  root.parts.related = Related;
})();
