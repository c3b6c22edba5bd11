/**
 * The index as the engine sees it: postings of a token, the text of a record, facets of all records. What both kinds of
 * column need; the readers themselves are pack.js (small columns) and shards.js (large ones).
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  // Texts are JSON in GBK: two bytes a character instead of three (generator/gongkai/search/encoding.py).
  const decoder = new TextDecoder("gbk");
  /** @param {Uint8Array} bytes */
  const json = (bytes) => JSON.parse(decoder.decode(bytes));

  const NAME_END = 3; // NAME_END and SMALL_FILES of destinations.py
  const SMALL_FILES = 16;
  const NAME_ENDS = /[局委办厅镇乡]|街道/g;
  /** @type {Destination["kind"][]} */
  const DESTINATIONS = ["unit", "page", "theme", "audience", "organ", "year"]; // KINDS of destinations.py
  /** @param {string} text */
  const escapeExpression = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /**
   * FNV-1a with a finaliser: twin of term_hash in generator/gongkai/search/encoding.py.
   * @param {string} term
   */
  const termHash = (term) => {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(term)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    value ^= value >>> 15;
    value = Math.imul(value, 0x2c1b3c6d) >>> 0;
    return (value ^ (value >>> 12)) >>> 0;
  };

  /**
   * The files of names that a text may mean: those of what ends where it ends, or a unit in it.
   * @param {string} text
   * @param {number} files
   */
  const nameFiles = (text, files) => {
    const ends = [...text.matchAll(NAME_ENDS)].map((end) => text.slice(0, end.index + end[0].length));
    const names = [...new Set([text, ...ends])].filter(Boolean);
    return [...new Set(names.map((name) => termHash(Array.from(name).slice(-NAME_END).join("")) % files))];
  };

  /**
   * Spellings of departments and names of pages, as far as they are loaded: of pages, those that the queries so far may
   * have meant. Rows: generator/gongkai/search/destinations.py.
   */
  class Names {
    /** @param {Store} store @param {Head} head */
    constructor(store, { nameFiles: files, spellings }) {
      this.store = store;
      this.files = files;
      /** @type {Kept<number, Promise<void>>} */
      this.loaded = new Map();
      /** @type {Map<string, number>} */
      this.groupOf = new Map();
      /** @type {string[][]} */
      this.groups = [];
      /** @type {Map<string, Destination[]>} */
      this.pages = new Map();
      /** @type {RegExp | null | undefined} null where it is to be made anew, undefined where there is none */
      this.known = undefined;
      this.complete = spellings.length > 0;
      this.add([spellings, []]);
    }

    /**
     * Loads what some texts may mean; what they may begin, where that is little.
     * @param {string[]} texts
     * @param {boolean} [beginning]
     */
    async load(texts, beginning = false) {
      const all = beginning && this.files <= SMALL_FILES;
      const wanted = all ? [...Array(this.files).keys()] : [...new Set(texts.flatMap((text) => nameFiles(text, this.files)))];
      /** @param {number} file */
      const load = (file) => this.store.get(`names-${file.toString(16)}`).then((bytes) => this.add(json(bytes)));
      for (const file of wanted) if (!this.loaded.has(file)) this.loaded.set(file, load(file));
      await Promise.all(wanted.map((file) => this.loaded.get(file).catch(() => this.loaded.delete(file))));
    }

    /** @param {[SpellingRow[], PageRow[]]} rows */
    add([spellings, pages]) {
      for (const [group, ...names] of spellings) {
        this.groups[group] = [...new Set([...(this.groups[group] || []), ...names])];
        for (const name of names) this.groupOf.set(name, group);
      }
      for (const [kind, title, url, organ, ...names] of pages) {
        const page = { kind: DESTINATIONS[kind], title, url, organ };
        for (const name of names) {
          const others = (this.pages.get(name) || []).filter((other) => other.url !== url);
          this.pages.set(name, [...others, page]);
        }
      }
      if (spellings.length) this.known = null;
    }

    /** All spellings of departments as one expression, longest first; null where there is none. */
    get pattern() {
      if (this.known === null) {
        const names = [...this.groupOf.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
        this.known = names.length ? new RegExp(names.map(escapeExpression).join("|"), "g") : undefined;
      }
      return this.known || null;
    }
  }

  /** @param {DocumentRow} document @param {EntryRow} row @returns {Entry} */
  const entryOf = (document, [kind, title, text, units, url]) => ({
    document: document[0],
    number: document[1],
    organ: document[2],
    organName: document[3],
    year: document[4],
    date: document[5],
    kind: kind.replace(/[!~.]$/, ""),
    head: /[!~]$/.test(kind),
    own: kind.endsWith("!"),
    heading: kind.endsWith("."),
    title,
    text,
    units,
    url,
  });

  /** The reader that a column's manifest asks for, opened. */
  root.openReader = async (store) => {
    const { mode } = await store.open();
    // The first file is asked for at once: while it travels, its reader does too.
    store.get(mode === "pack" ? "pack" : "head").catch(() => {});
    if (!root.readers[mode]) await store.script(mode);
    return new root.readers[mode](store).open();
  };
  root.readers = /** @type {any} */ ({ entryOf, json, nameFiles, termHash, Names, SMALL_FILES }); // their scripts add the readers
})();
