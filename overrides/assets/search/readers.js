/**
 * The index as the engine sees it: postings of a token, the text of a record, facets of all records. A pack is the texts
 * themselves and is indexed here; for large columns see shards.js.
 *
 * @typedef {{count: number, ids: Uint32Array, weights: Float32Array}} Posting
 * @typedef {{document: string, number: string|null, organ: string, organName: string, year: number, date: string|null,
 *            kind: string, head: boolean, title: string, text: string, units: string, url: string}} Entry
 */
(() => {
  "use strict";
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { normalize, tokens, singleCharacters, documentNumbers } = root.text;
  const decoder = new TextDecoder();
  const json = (bytes) => JSON.parse(decoder.decode(bytes));
  const BOOSTS = [5, 1, 2];
  const LEVELS = 31;
  const K1 = 1.2;
  const B = 0.75;

  const escapeExpression = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /** All spellings of departments as one expression, longest first, and the group of each. */
  const spellings = (groups) => {
    const groupOf = new Map(groups.flatMap((names, group) => names.map((name) => [name, group])));
    const names = [...groupOf.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    const pattern = names.length ? new RegExp(names.map(escapeExpression).join("|"), "g") : null;
    return { groupOf, pattern };
  };

  const entryOf = (document, [kind, title, text, units, url]) => ({
    document: document[0],
    number: document[1],
    organ: document[2],
    organName: document[3],
    year: document[4],
    date: document[5],
    kind: kind.replace("!", ""),
    head: kind.endsWith("!"),
    title,
    text,
    units,
    url,
  });

  /** Field tokens of an entry: twin of generator/search/fields.py. */
  const fieldTokens = (entry, { groupOf, pattern }) => {
    const marks = (text) =>
      pattern ? [...new Set((text.match(pattern) || []).map((name) => `@${groupOf.get(name)}`))] : [];
    const title = normalize(entry.title);
    const body = normalize(entry.text);
    const units = normalize(entry.units);
    const number = normalize(entry.number || "");
    const fields = [
      [...tokens(title), ...marks(title), ...singleCharacters(title)],
      [...tokens(body), ...documentNumbers(body), ...marks(body), ...singleCharacters(body)],
      [
        ...tokens(normalize(`${entry.organName} ${entry.year}年`)),
        ...tokens(normalize(entry.document)),
        ...tokens(units),
        ...marks(units),
        ...tokens(number),
      ],
    ];
    fields[entry.head ? 0 : 2].push(...documentNumbers(number));
    return fields;
  };

  /** Small columns: everything in one file, indexed in the page. */
  class PackReader {
    constructor(store) {
      this.store = store;
      this.cache = new Map();
    }

    async open() {
      const pack = json(await this.store.get("pack"));
      this.head = pack;
      this.spellings = spellings(pack.units);
      this.entries = pack.records.map(([document, ...row]) => entryOf(pack.documents[document], row));
      this.themes = pack.records.map((row) => row[6]);
      this.count();
      return this;
    }

    count() {
      this.rows = new Map();
      this.lengths = BOOSTS.map(() => []);
      this.entries.forEach((entry, record) => {
        fieldTokens(entry, this.spellings).forEach((words, field) => {
          this.lengths[field].push(words.length);
          const counts = new Map();
          for (const word of words) counts.set(word, (counts.get(word) || 0) + 1);
          for (const [word, times] of counts) {
            const row = this.rows.get(word);
            if (row) row.push(record, field, times);
            else this.rows.set(word, [record, field, times]);
          }
        });
      });
      this.averages = this.lengths.map((all) => all.reduce((a, b) => a + b, 0) / Math.max(all.length, 1) || 1);
    }

    weight(token) {
      const row = this.rows.get(token);
      if (!row) return null;
      const size = this.entries.length;
      const withTerm = row.length / 3;
      const idf = Math.log(1 + Math.abs((size - withTerm + 0.5) / (withTerm + 0.5)));
      const sums = new Map();
      for (let i = 0; i < row.length; i += 3) {
        const [record, field, times] = [row[i], row[i + 1], row[i + 2]];
        const norm = K1 * (1 - B + B * (this.lengths[field][record] / this.averages[field]));
        const weight = Math.round((1000 * BOOSTS[field] * idf * (K1 + 1) * times) / (norm + times)) / 1000;
        sums.set(record, (sums.get(record) || 0) + weight);
      }
      const ids = Uint32Array.from([...sums.keys()].sort((a, b) => a - b));
      const heaviest = Math.max(...sums.values());
      const step = Math.round(heaviest * 100) / (100 * LEVELS);
      const level = (record) => Math.max(1, Math.round((sums.get(record) / heaviest) * LEVELS));
      return { count: ids.length, ids, weights: Float32Array.from(ids, (record) => level(record) * step) };
    }

    /** @returns {Promise<Posting|null>} */
    async posting(token) {
      if (!this.cache.has(token)) this.cache.set(token, this.weight(token));
      return this.cache.get(token);
    }

    isHeavy() {
      return false;
    }

    /** @returns {Promise<Entry>} */
    async entry(record) {
      return this.entries[record];
    }

    async facets() {
      const { organs, themes } = this.head;
      const at = new Map(organs.map(([id], index) => [id, index]));
      const kinds = [...new Set(this.entries.map((entry) => entry.kind))];
      return {
        organs,
        themes,
        kinds,
        organOf: (record) => at.get(this.entries[record].organ),
        kindOf: (record) => kinds.indexOf(this.entries[record].kind),
        themesOf: (record) => this.themes[record],
      };
    }
  }

  /** The reader that a column's manifest asks for, opened. */
  root.openReader = async (store) => {
    const { mode } = await store.open();
    // The first file is asked for at once: while it travels, the reader of shards does too.
    store.get(mode === "pack" ? "pack" : "head").catch(() => {});
    if (mode !== "pack" && !root.readers.ShardReader) await store.script("shards");
    return (mode === "pack" ? new PackReader(store) : new root.readers.ShardReader(store)).open();
  };
  root.readers = { PackReader, entryOf, json, spellings };
})();
