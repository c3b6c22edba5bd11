/**
 * Reader of large columns: the index cut by term, texts in fragments, fetched as the query needs them. Loaded only where
 * the manifest asks for it. Formats: generator/gongkai/search/encoding.py and index.py.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { entryOf, json, termHash, Names } = root.readers;
  const decoder = new TextDecoder();
  const LEVELS = 31;
  const FIRST_DAY = 719163; // 1970-01-01, counted as Python does

  /** @param {Uint8Array} bytes @param {Cursor} cursor */
  const varint = (bytes, cursor) => {
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = bytes[cursor.at++];
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return value >>> 0;
  };

  /** @param {Uint8Array} bytes @param {number} start @param {number} count @param {number} hundredths @param {number} [record] the one before */
  const decodePosting = (bytes, start, count, hundredths, record = -1) => {
    const cursor = { at: start };
    const ids = new Uint32Array(count);
    for (let i = 0; i < count; i += 1) ids[i] = record = record + 1 + varint(bytes, cursor);
    const step = hundredths / (100 * LEVELS);
    const weights = Float32Array.from({ length: count }, (_, i) => bytes[cursor.at + i] * step);
    return { count, ids, weights };
  };

  /** @param {Uint8Array} bytes @param {number} [record] the one before */
  const decodeHeavy = (bytes, record) => {
    const cursor = { at: 0 };
    const count = varint(bytes, cursor);
    const hundredths = varint(bytes, cursor);
    return decodePosting(bytes, cursor.at, count, hundredths, record);
  };

  /** @param {Posting} newer @param {Posting} older @returns {Posting} */
  const joined = (newer, older) => {
    const count = newer.count + older.count;
    const [ids, weights] = [new Uint32Array(count), new Float32Array(count)];
    ids.set(newer.ids);
    ids.set(older.ids, newer.count);
    weights.set(newer.weights);
    weights.set(older.weights, newer.count);
    return { count, ids, weights };
  };

  /** @param {Uint8Array} bytes */
  const decodeTerms = (bytes) => {
    const cursor = { at: 0 };
    /** @type {[name: string, count: number, hundredths: number, length: number][]} */
    const rows = [];
    let previous = new Uint8Array(0);
    for (let left = varint(bytes, cursor); left; left -= 1) {
      const shared = varint(bytes, cursor);
      const added = varint(bytes, cursor);
      const name = new Uint8Array(shared + added);
      name.set(previous.subarray(0, shared));
      name.set(bytes.subarray(cursor.at, cursor.at + added), shared);
      cursor.at += added;
      previous = name;
      rows.push([decoder.decode(name), varint(bytes, cursor), varint(bytes, cursor), varint(bytes, cursor)]);
    }
    /** @type {Map<string, {bytes: Uint8Array, start: number, count: number, hundredths: number}>} */
    const terms = new Map();
    let start = cursor.at;
    for (const [name, count, hundredths, length] of rows) {
      terms.set(name, { bytes, start, count, hundredths });
      start += length;
    }
    return terms;
  };

  /** Large columns: shards of terms, fragments of texts. */
  class ShardReader {
    /** @param {Store} store @param {number} names how many files they are cut into */
    constructor(store, names) {
      this.store = store;
      this.names = names;
      /** @type {Kept<number, Promise<ReturnType<typeof decodeTerms>>>} */
      this.shards = new Map();
      /** @type {Kept<number, Promise<[documents: DocumentRow[], rows: [document: number, ...row: EntryRow][]]>>} */
      this.fragments = new Map();
      /** @type {Kept<string, Promise<Posting | null>>} */
      this.postings = new Map();
    }

    async open() {
      /** @type {ShardHead} */
      this.head = json(await this.store.get("head"));
      /** @type {Names} */
      this.spellings = new Names(this.store, this.names, this.head.spellings);
      const [names, counts] = this.head.heavy;
      /** @type {Map<string, number>} */
      this.heavy = new Map(names.map((name, at) => [name, counts[at]]));
      return this;
    }

    /**
     * The days of all records, see _days of shards.py, or of their news: asked for by who wants the newest first.
     * @param {LatestNews} news
     */
    async days(news) {
      if (this.dayOf) return;
      const bytes = await this.store.get("days");
      const days = new Uint32Array(this.head.size);
      const cursor = { at: 0 };
      for (let record = 0; record < days.length; ) {
        const count = varint(bytes, cursor);
        days.fill(varint(bytes, cursor), record, (record += count));
      }
      for (const [record, { day }] of news) days[record] = Math.max(days[record], 2 * (Date.parse(day) / 86400000 + FIRST_DAY));
      this.dayOf = days;
    }

    /**
     * Newest first, by the day of each record, once the days are there.
     * @param {number} a
     * @param {number} b
     */
    newer(a, b) {
      return this.dayOf ? this.dayOf[b] - this.dayOf[a] || a - b : a - b;
    }

    /** @param {string} token */
    isHeavy(token) {
      return this.heavy.get(token) || 0;
    }

    /**
     * What has a token; of a frequent one, unless `all` is asked for, the newest records, which is said.
     * @param {string} token
     * @param {boolean} [all]
     * @returns {Promise<Posting|null>}
     */
    posting(token, all = false) {
      const key = all && this.heavy.has(token) ? `${token} ` : token;
      if (!this.postings.has(key)) this.postings.set(key, this.heavy.has(token) ? this.frequent(token, all) : this.read(token));
      return this.postings.get(key);
    }

    /** @param {string} token @param {boolean} all @returns {Promise<Posting>} */
    async frequent(token, all) {
      const file = `heavy-${termHash(token).toString(16).padStart(8, "0")}`;
      const newer = decodeHeavy(await this.store.get(file));
      if (newer.count === this.isHeavy(token)) return newer;
      if (!all) return { ...newer, partial: true };
      return joined(newer, decodeHeavy(await this.store.get(`${file}-older`), newer.count ? newer.ids[newer.count - 1] : -1));
    }

    /** @param {string} token @returns {Promise<Posting|null>} */
    async read(token) {
      const key = token[0] === "#" ? `#${/** @type {RegExpExecArray} */ (/((?:19|20)\d\d-\d+)$/.exec(token))[1]}` : token;
      const shard = termHash(key) % this.head.buckets;
      if (!this.shards.has(shard)) {
        this.shards.set(shard, this.store.get(`terms-${shard.toString(16)}`).then(decodeTerms));
      }
      const found = (await this.shards.get(shard)).get(token);
      return found ? decodePosting(found.bytes, found.start, found.count, found.hundredths) : null;
    }

    /**
     * @param {number} record
     * @returns {Promise<Entry>}
     */
    async entry(record) {
      const fragment = Math.floor(record / this.head.fragment);
      if (!this.fragments.has(fragment)) {
        this.fragments.set(fragment, this.store.get(`text-${fragment.toString(16)}`).then(json));
      }
      const [documents, rows] = await this.fragments.get(fragment);
      const [document, ...row] = rows[record % this.head.fragment];
      return entryOf(documents[document], row);
    }

    /** @returns {Promise<Facets>} */
    async facets() {
      if (!this.facetTable) {
        const bytes = await this.store.get("facets");
        const cut = bytes.indexOf(10);
        const names = json(bytes.subarray(0, cut));
        const { size } = this.head;
        const [organs, kinds, ends] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size + 1)];
        /** @type {number[]} */
        const themes = [];
        const cursor = { at: cut + 1 };
        for (let record = 0; record < size; record += 1) {
          organs[record] = varint(bytes, cursor);
          kinds[record] = varint(bytes, cursor);
          for (let left = varint(bytes, cursor); left; left -= 1) themes.push(varint(bytes, cursor));
          ends[record + 1] = themes.length;
        }
        /** @type {Facets | undefined} */
        this.facetTable = {
          ...names,
          organOf: (record) => organs[record],
          kindOf: (record) => kinds[record],
          themesOf: (record) => themes.slice(ends[record], ends[record + 1]),
        };
      }
      return /** @type {Facets} */ (this.facetTable);
    }
  }

  root.readers.shards = ShardReader;
})();
