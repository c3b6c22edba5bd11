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

  const NAME_END = 2; // NAME_END of destinations.py
  const NAME_ENDS = /[局委办厅镇乡]|街道/g; // _TOLD of destinations.py
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
   * The files of names that texts may mean: those of what ends where a text ends, or a unit in it.
   * @param {string[]} texts
   * @param {number} files
   */
  const nameFiles = (texts, files) => {
    const ends = texts.flatMap((text) => [text, ...(text.length === 2 ? [`${text}局`] : []), ...[...text.matchAll(NAME_ENDS)].map((end) => text.slice(0, end.index + end[0].length))]);
    return [...new Set(ends.filter(Boolean).map((name) => termHash(Array.from(name).slice(-NAME_END).join("")) % files))];
  };

  /** @type {(row: PageRow) => Destination} */
  const pageOf = ([kind, title, url, organ]) => ({ kind: DESTINATIONS[kind], title, url, organ });

  /** @type {(pages: Map<string, Destination[]>, row: PageRow) => void} */
  const addPage = (pages, row) => {
    const page = pageOf(row);
    for (const name of /** @type {string[]} */ (row.slice(4))) pages.set(name, [...(pages.get(name) || []).filter(({ url }) => url !== page.url), page]);
  };

  /**
   * Spellings of departments and names of pages, as far as they are loaded. Rows: generator/gongkai/search/destinations.py.
   */
  class Names {
    /** @param {Store} store @param {number} files @param {SpellingRow[]} spellings */
    constructor(store, files, spellings) {
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
      this.add([spellings, []]);
    }

    /**
     * Loads what some texts may mean.
     * @param {string[]} texts
     */
    async load(texts) {
      const wanted = this.files ? nameFiles(texts, this.files) : [];
      /** @param {number} file */
      const load = (file) => this.store.get(`names-${file.toString(16)}`).then((bytes) => this.add(json(bytes)));
      for (const file of wanted) if (!this.loaded.has(file)) this.loaded.set(file, load(file));
      await Promise.all(wanted.map((file) => this.loaded.get(file).catch(() => this.loaded.delete(file))));
    }

    /**
     * Looks pages up by name among what some texts may mean: what was loaded for others makes no difference.
     * @param {string[]} texts
     * @returns {(name: string) => Destination[]}
     */
    among(texts) {
      const files = this.files ? nameFiles(texts, this.files) : [];
      return (name) => (files.includes(nameFiles([name], this.files)[0]) && this.pages.get(name)) || [];
    }

    /** @param {[SpellingRow[], PageRow[]]} rows */
    add([spellings, pages]) {
      for (const [group, ...names] of spellings) {
        this.groups[group] = [...new Set([...(this.groups[group] || []), ...names])];
        for (const name of names) this.groupOf.set(name, group);
      }
      for (const row of pages) addPage(this.pages, row);
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
    const { mode, names } = await store.open();
    if (mode === "service") throw new Error("no index"); // of a large federation: service.js leads on
    // The first file is asked for at once: while it travels, its reader does too.
    store.get(mode === "pack" ? "pack" : "head").catch(() => {});
    if (!root.readers[mode]) await store.script(mode);
    return new root.readers[mode](store, names).open();
  };
  root.readers = /** @type {any} */ ({ addPage, pageOf, entryOf, json, nameFiles, termHash, Names, NAME_ENDS }); // their scripts add the readers
})();
