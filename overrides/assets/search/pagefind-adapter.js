/**
 * Pagefind behind the same query layer: for people who would rather run an off-the-shelf engine. Same answer as
 * Engine.search, from an instance of Pagefind (https is not contacted: the instance is the caller's).
 *
 *     const search = columnSearch.pagefindAdapter(await import("/pagefind/pagefind.js"), head, spellings);
 *     const { total, hits } = await search("养老 补贴", { year: "2022" });
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});

  /**
   * One Pagefind query per reading of the typed one: each group by its spellings and synonyms, results merged.
   * @param {Pagefind} pagefind
   * @param {Head} head
   * @param {Spellings} spellings
   */
  root.pagefindAdapter = (pagefind, head, spellings) => {
    const understanding = new root.Understanding(head, spellings);
    /** @param {Group} group */
    const wordings = (group) =>
      group.number
        ? [`${group.number[0]}〔${group.number[1]}〕${group.number[2]}号`]
        : group.alternatives.flatMap(({ text, unit }) => (unit === undefined ? [text] : spellings.groups[unit]));
    /** @param {string} query @param {SearchOptions} [options] */
    return async (query, { year, organ, theme, kind, limit = 10, offset = 0 } = {}) => {
      const filters = Object.fromEntries(Object.entries({ year, organ, theme, kind }).filter(([, value]) => value));
      const sets = await Promise.all(
        understanding.groups(query).map(async (group) => {
          const found = new Map();
          for (const words of wordings(group)) {
            const { results } = await pagefind.search(words, { filters });
            for (const result of results) {
              const known = found.get(result.id);
              if (!known || known.score < result.score) found.set(result.id, result);
            }
          }
          return found;
        }),
      );
      const [first = new Map(), ...rest] = sets;
      const hits = [...first.values()]
        .filter((result) => rest.every((found) => found.has(result.id)))
        .sort((a, b) => b.score - a.score);
      const shown = await Promise.all(hits.slice(offset, offset + limit).map((result) => result.data()));
      return { query, total: hits.length, approximate: false, note: "", hits: shown };
    };
  };
})();
