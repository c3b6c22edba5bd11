/**
 * Reader of small columns: one pack of all texts, indexed in the page with the same tokens and weights as shards are.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { normalize, tokens, singleCharacters, documentNumbers } = root.text;
  const { entryOf, json, Names } = root.readers;
  const ZERO = 48; // numbers of repeated characters and lines, see _folded_texts of index.py
  const LETTERS = 17;
  const BOOSTS = [5, 1, 2];
  const LEVELS = 31;
  const ITEM = /\/(\d+)\/$/;
  const K1 = 1.2;
  const B = 0.75;

  /**
   * Tokens of what many entries share: district, year, document.
   * @param {string} text
   * @param {Kept<string, string[]>} known
   * @returns {string[]}
   */
  const shared = (text, known) => {
    if (!known.has(text)) known.set(text, tokens(normalize(text)));
    return known.get(text);
  };

  /**
   * Field tokens of an entry: twin of generator/gongkai/search/fields.py.
   * @param {Entry} entry
   * @param {Spellings} spellings
   * @param {Kept<string, string[]>} known
   * @returns {string[][]}
   */
  const fieldTokens = (entry, { groupOf, pattern }, known) => {
    /** @param {string} text @returns {string[]} */
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
        ...shared(`${entry.organName} ${entry.year}年`, known),
        ...shared(entry.document, known),
        ...tokens(units),
        ...marks(units),
        ...tokens(number),
      ],
    ];
    fields[entry.head ? 0 : 2].push(...documentNumbers(number));
    const item = entry.heading ? null : ITEM.exec(entry.url);
    if (item) fields[2].push(`№${item[1]}`, `№${item[1]}${entry.kind}`);
    return fields;
  };

  /** Small columns: everything in one file, indexed in the page. */
  class PackReader {
    /** @param {Store} store @param {number} names how many files they are cut into */
    constructor(store, names) {
      this.store = store;
      this.names = names;
      /** @type {Kept<string, Posting | null>} */
      this.cache = new Map();
    }

    async open() {
      /** @type {PackHead} */
      const pack = json(await this.store.get("pack"));
      /** @type {PackHead} */
      this.head = pack;
      /** @type {Names} */
      this.spellings = new Names(this.store, this.names, pack.spellings);
      const { documents, runs, kinds, texts, units, urls } = pack;
      const of = runs.flatMap(([document, count]) => Array(count).fill(documents[document]));
      const [kind, text, unit, address] = [kinds, texts, units, urls].map((column) => column.split("\x7f"));
      let url = "";
      /** @type {string[]} */
      let lines = [];
      /** @type {Entry[]} */
      this.entries = of.map((document, at) => {
        url = url.slice(0, address[at].charCodeAt(0) - ZERO) + address[at].slice(1);
        const cut = text[at].indexOf("\t");
        const own = text[at].slice(cut + 1).split("\n");
        const [code, title] = [text[at].charCodeAt(0) - ZERO, text[at].slice(1, cut)];
        lines = lines.slice(0, code % LETTERS).concat(own);
        const whole = code < LETTERS ? title : own[0].slice(0, title.charCodeAt(0) - ZERO) + title.slice(1);
        return entryOf(document, [kind[at], whole, lines.join("\n"), unit[at], url]);
      });
      this.count();
      return this;
    }

    /**
     * All tokens as one text, a line each, and where each field of each record starts. The browser finds a line in it
     * faster than an index of all lines could be made, and a visit asks for few.
     */
    count() {
      /** @type {Kept<string, string[]>} */
      const known = new Map();
      const fields = this.entries.flatMap((entry) => fieldTokens(entry, this.spellings, known));
      /** @type {number[]} */
      this.lengths = fields.map((words) => words.length);
      /** @type {number[]} */
      this.averages = BOOSTS.map((_, field) => {
        const all = this.lengths.filter((_length, at) => at % BOOSTS.length === field);
        return all.reduce((a, b) => a + b, 0) / Math.max(all.length, 1) || 1;
      });
      const texts = fields.map((words) => (words.length ? `${words.join("\n")}\n` : ""));
      /** @type {string} */
      this.text = `\n${texts.join("")}`;
      let end = 1;
      /** @type {Uint32Array} */
      this.ends = Uint32Array.from(texts, (text) => (end += text.length));
    }

    /**
     * Places (record times three, plus field) that have a token, ascending, and how often.
     * @param {string} token
     * @returns {Map<number, number>}
     */
    places(token) {
      const found = new Map();
      const line = `\n${token}\n`;
      let place = 0;
      for (let at = this.text.indexOf(line); at >= 0; at = this.text.indexOf(line, at + line.length - 1)) {
        while (this.ends[place] <= at + 1) place += 1;
        found.set(place, (found.get(place) || 0) + 1);
      }
      return found;
    }

    /** @param {string} token @returns {Posting|null} */
    weight(token) {
      const places = this.places(token);
      if (!places.size) return null;
      const size = this.entries.length;
      const idf = Math.log(1 + Math.abs((size - places.size + 0.5) / (places.size + 0.5)));
      /** @type {Kept<number, number>} */
      const sums = new Map();
      for (const [place, times] of places) {
        const [record, field] = [Math.floor(place / BOOSTS.length), place % BOOSTS.length];
        const norm = K1 * (1 - B + B * (this.lengths[place] / this.averages[field]));
        const weight = Math.round((1000 * BOOSTS[field] * idf * (K1 + 1) * times) / (norm + times)) / 1000;
        sums.set(record, (sums.get(record) || 0) + weight);
      }
      const ids = Uint32Array.from([...sums.keys()].sort((a, b) => a - b));
      const heaviest = Math.max(...sums.values());
      const step = Math.round(heaviest * 100) / (100 * LEVELS);
      /** @param {number} record */
      const level = (record) => Math.max(1, Math.round((sums.get(record) / heaviest) * LEVELS));
      return { count: ids.length, ids, weights: Float32Array.from(ids, (record) => level(record) * step) };
    }

    /**
     * @param {string} token
     * @returns {Promise<Posting|null>}
     */
    async posting(token) {
      if (!this.cache.has(token)) this.cache.set(token, this.weight(token));
      return this.cache.get(token);
    }

    isHeavy() {
      return 0;
    }

    /** @param {LatestNews} news */
    async days(news) {
      this.news = news;
    }

    /** @param {number} record */
    dayOf(record) {
      const { date, year } = this.entries[record];
      return [date || `${year}`, this.news?.get(record)?.day || ""].sort()[1];
    }

    /**
     * Newest first, by the day of each record or of its latest news.
     * @param {number} a
     * @param {number} b
     */
    newer(a, b) {
      const [one, other] = [this.dayOf(a), this.dayOf(b)];
      return one === other ? a - b : one < other ? 1 : -1;
    }

    /** @param {number} record @returns {Promise<Entry>} */
    async entry(record) {
      return this.entries[record];
    }

    /** @returns {Promise<Facets>} */
    async facets() {
      const { organs } = this.head;
      const { themes, of } = json(await this.store.get("facets"));
      const at = new Map(organs.map(([id], index) => [id, index]));
      const kinds = [...new Set(this.entries.map((entry) => entry.kind))];
      return {
        organs,
        themes,
        kinds,
        organOf: (record) => /** @type {number} */ (at.get(this.entries[record].organ)),
        kindOf: (record) => kinds.indexOf(this.entries[record].kind),
        themesOf: (record) => of[record],
      };
    }
  }

  root.readers.pack = PackReader;
})();
