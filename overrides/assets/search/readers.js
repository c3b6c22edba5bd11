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

  /** @param {string} text */
  const escapeExpression = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /**
   * All spellings of departments as one expression, longest first, and the group of each.
   * @param {string[][]} groups
   * @returns {Spellings}
   */
  const spellings = (groups) => {
    const groupOf = new Map(groups.flatMap((names, group) => names.map((name) => [name, group])));
    const names = [...groupOf.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    const pattern = names.length ? new RegExp(names.map(escapeExpression).join("|"), "g") : null;
    return { groupOf, pattern };
  };

  /** @param {DocumentRow} document @param {EntryRow} row */
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

  /** The reader that a column's manifest asks for, opened. */
  root.openReader = async (store) => {
    const { mode } = await store.open();
    // The first file is asked for at once: while it travels, its reader does too.
    store.get(mode === "pack" ? "pack" : "head").catch(() => {});
    if (!root.readers[mode]) await store.script(mode);
    return new root.readers[mode](store).open();
  };
  root.readers = /** @type {any} */ ({ entryOf, json, spellings }); // their scripts add the readers
})();
