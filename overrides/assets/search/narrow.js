/**
 * Narrowing what was found: facets with their counts, the people concerned, one file of the column. The first result does
 * not wait for it: the script is loaded by the first query that has filters, else after the first result is shown.
 */
(() => {
  "use strict";
  const root = globalThis.columnSearch;
  const { json } = root.readers;

  class Narrowing {
    constructor(engine) {
      this.reader = engine.reader;
      this.store = engine.store;
    }

    facets() {
      this.known = this.known || Promise.all([this.reader.facets(), this.audiences()]).then(([one, two]) => ({ ...one, ...two }));
      this.known.catch(() => {
        this.known = null;
      });
      return this.known;
    }

    /** Names of the groups of people in use, and whether a record concerns one: a row of bits each, see narrowing.py. */
    async audiences() {
      const { head } = this.reader;
      if (!head.audiences) return { audiences: [], concerns: () => false };
      const bytes = await this.store.get("audiences");
      const start = bytes.indexOf(10) + 1;
      const row = Math.ceil(head.size / 8);
      return {
        audiences: json(bytes.subarray(0, start)),
        concerns: (audience, record) => ((bytes[start + audience * row + (record >> 3)] >> (record & 7)) & 1) === 1,
      };
    }

    /** Records of one file of the column only, where one is given. */
    async inside(found, file) {
      if (!file) return found;
      const { has } = await this.file(file);
      return new Map([...found].filter(([record]) => has(record)));
    }

    /**
     * Where the records of a file stand: they follow each other. With an issue of the gazette go the documents it prints.
     * @param {string} file its id
     * @returns {Promise<{first: number, has: (record: number) => boolean}>} first is -1 where there is no such file
     */
    async file(file) {
      const { files, contains } = json(await this.store.get("within"));
      const wanted = new Set([file, ...(contains[file] || [])]);
      const ranges = [];
      let [start, first] = [0, -1];
      for (const [id, count] of files) {
        if (wanted.has(id)) ranges.push([start, start + count]);
        if (id === file) first = start;
        start += count;
      }
      return { first, has: (record) => ranges.some(([from, to]) => record >= from && record < to) };
    }

    /** What a file of the column is called; empty where there is none. */
    async titleOf(file) {
      const { first } = await this.file(file);
      return first < 0 ? "" : (await this.reader.entry(first)).title;
    }

    /** @returns {Promise<[number, number][]>} records with their scores that every chosen facet holds */
    async filtered(found, { year, organ, theme, kind, audience }) {
      const facets = await this.facets();
      const at = (names, wanted) => names.findIndex(([id]) => id === wanted);
      const [organAt, themeAt, audienceAt] = [at(facets.organs, organ), at(facets.themes, theme), at(facets.audiences, audience)];
      const kindAt = facets.kinds.indexOf(kind);
      const [from, to] = year ? this.yearRange(Number(year)) : [0, Infinity];
      return [...found].filter(
        ([record]) =>
          record >= from &&
          record < to &&
          (!organ || facets.organOf(record) === organAt) &&
          (!kind || facets.kindOf(record) === kindAt) &&
          (!audience || (audienceAt >= 0 && facets.concerns(audienceAt, record))) &&
          (!theme || facets.themesOf(record).includes(themeAt)),
      );
    }

    /** Records are numbered newest year first, so a year is a range. */
    yearRange(year) {
      let start = 0;
      for (const [known, count] of this.reader.head.years) {
        if (known === year) return [start, start + count];
        start += count;
      }
      return [0, 0];
    }

    /** How many matches each value of each facet has. */
    async counts(matches) {
      const facets = await this.facets();
      const tally = (size) => new Array(size).fill(0);
      const [organs, themes, kinds] = [tally(facets.organs.length), tally(facets.themes.length), tally(facets.kinds.length)];
      for (const record of matches) {
        organs[facets.organOf(record)] += 1;
        kinds[facets.kindOf(record)] += 1;
        for (const theme of facets.themesOf(record)) themes[theme] += 1;
      }
      const audiences = facets.audiences.map((_, at) => matches.filter((record) => facets.concerns(at, record)).length);
      const years = this.reader.head.years.map(([year]) => {
        const [from, to] = this.yearRange(year);
        return [String(year), `${year}年`, matches.filter((record) => record >= from && record < to).length];
      });
      const used = (values) => values.filter(([, , number]) => number);
      const named = (names, numbers) => used(names.map(([id, name], at) => [id, name, numbers[at]]));
      return {
        organ: named(facets.organs, organs),
        year: used(years),
        theme: named(facets.themes, themes).sort((a, b) => b[2] - a[2]),
        audience: named(facets.audiences, audiences),
        kind: used(facets.kinds.map((kind, at) => [kind, kind, kinds[at]])),
      };
    }
  }

  root.Narrowing = Narrowing;
})();
