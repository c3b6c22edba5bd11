/**
 * What a query names that no text has: the files of a list by district and year (长清2022任务分解表), pages of months and
 * years, and units that documents print otherwise than readers call them (街道办: 各镇（街道）).
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { fold, queryTokens } = root.text;
  const { json } = root.readers;
  const MOST = 6; // more files than that are a list, and it stands there itself

  const MONTH = /(?:((?:19|20)\d\d)年)?(\d{1,2}|十[一二]?|[一二三四五六七八九])月(底|末|前|份|到期)?/g;
  const NUMERALS = "〇一二三四五六七八九十";
  /**
   * 十二 and 12 as a number.
   * @param {string} text
   */
  const monthOf = (text) => Number(text) || (text.length > 1 ? 10 : 0) + NUMERALS.indexOf(text[text.length - 1]);

  class Listing {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
    }

    /**
     * Records of the files that some lists have of the districts and years which a query names; none of too many.
     * @param {Destination[]} pages
     * @param {string} query
     * @returns {Promise<number[]>}
     */
    async files(pages, query) {
      const { destinations, reader, store } = this.engine;
      const { organs, years } = destinations.read(query);
      if (!reader.head.lists || !(organs.length || years.length)) return [];
      /** @type {Lists} */
      const [lists] = json(await store.get("lists"));
      const rows = pages.flatMap(({ url }) => (Object.keys(lists).includes(url) ? lists[url] : []));
      const kept = rows.filter(([organ, year]) => (!organs.length || organs.includes(organ)) && (!years.length || years.includes(year)));
      return kept.length > MOST ? [] : this.records([...new Map(kept.map((row) => [row[3], row])).values()]);
    }

    /**
     * The numbers of some files' records.
     * @param {ListRow[]} rows
     * @returns {Promise<number[]>}
     */
    async records(rows) {
      return rows.map(([, , record]) => record);
    }

    /**
     * Pages of the months and years of a query.
     * @param {string} query
     */
    async composed(query) {
      const { destinations, understanding } = this.engine;
      const { rest, organs, years } = destinations.read(query);
      const months = [...fold(query).matchAll(MONTH)].flatMap(([, year, month, end]) => {
        const some = year ? [year] : end ? (years.length ? years : understanding.years.slice(0, MOST)) : [];
        return some.map((one) => `${one}年${monthOf(month)}月`);
      });
      const both = years.length === 2 ? [years.map((year) => `${year}年`).join("")] : [];
      const names = [...months, ...both, ...(rest || years.length !== 1 ? [] : [`${years[0]}年`])];
      await destinations.names.load(names);
      const found = destinations.ofOrgans(names.flatMap(destinations.names.among(names)), organs);
      return organs.length ? found : found.sort((a, b) => a.organ - b.organ); // those of no district first
    }

    /**
     * The pages of a theme that are of a district or year which a query names.
     * @param {Destination} page
     * @param {string} query
     * @returns {Promise<Destination[]>}
     */
    async narrower({ kind, title, url }, query) {
      const { organs, years } = this.engine.destinations.read(query);
      /** @type {Lists} */
      const [, ids, themes] = json(await this.engine.store.get("lists"));
      const theme = url.slice("themes/".length, -1);
      const [ofOrgans, ofYears] = themes[theme] || [[], []];
      return [
        ...organs.filter((organ) => ofOrgans.includes(organ)).map((organ) => ({ kind, title, url: `organs/${ids[organ]}/${url}`, organ })),
        ...years.filter((year) => ofYears.includes(year)).map((year) => ({ kind, title: `${title} ${year}年`, url: `years/${year}/${url}`, organ: -1 })),
      ];
    }

    /**
     * Pages, and before them those of its months and years, the files of the lists among them, and of themes what is of a
     * district or year.
     * @param {Destination[]} pages
     * @param {string} query
     * @returns {Promise<Destination[]>}
     */
    async before(pages, query) {
      const entries = await Promise.all((await this.files(pages, query)).map((record) => this.engine.reader.entry(record)));
      const near = pages.some((page) => page.near);
      /** @type {Destination[]} */
      const files = entries.map(({ title, url }) => ({ kind: "page", title, url, organ: -1, ...(near ? { near } : {}) }));
      const themes = pages.filter((page) => page.kind === "theme" && !page.near && page.url.startsWith("themes/"));
      const narrower = await Promise.all(themes.map((page) => this.narrower(page, query)));
      const all = [...(await this.composed(query)), ...files, ...narrower.flat(), ...pages];
      return [...new Map(all.map((page) => [page.url, page])).values()].slice(0, MOST);
    }

    /**
     * A query that names a list or a unit as a whole.
     * @param {string} query
     * @returns {Promise<Reading | null>}
     */
    async read(query) {
      const { engine } = this;
      const pages = engine.destinations.named(query);
      const files = await this.files(pages, query);
      if (files.length) {
        const found = new Map(files.map((record, at) => [record, files.length - at]));
        return { found, groups: [], text: query, note: "没有写到全部原词的内容，已按名称列出文件", approximate: false };
      }
      const units = pages.filter(({ kind }) => kind === "unit");
      const titles = [...new Set(units.map(({ title }) => title))];
      const groups = this.printed(titles, engine.destinations.read(query).organs);
      const found = titles.length ? await engine.evaluate(groups) : new Map();
      return found.size ? { found, groups, text: query, note: `已按“${titles.join("、")}”检索`, approximate: false } : null;
    }

    /**
     * A note with what was looked for instead of words that stand nowhere.
     * @param {Group[]} groups
     * @param {string} note
     */
    meant(groups, note) {
      const words = groups.flatMap(({ alternatives = [] }) => alternatives.filter(({ far }) => far)).map(({ text }) => text);
      const meant = `没有写到原词的内容，已按相近的说法“${words.slice(0, 3).join("、")}”检索`;
      return [note, meant].filter(Boolean).join("；");
    }

    /**
     * Units as they are printed, of some districts.
     * @param {string[]} titles
     * @param {number[]} organs
     * @returns {Group[]}
     */
    printed(titles, organs) {
      const { understanding } = this.engine;
      /** @param {string[]} texts */
      const any = (texts) => ({ alternatives: texts.map((text) => ({ tokens: queryTokens(text), text })) });
      return [any(titles), ...(organs.length ? [any(organs.map((organ) => understanding.organs[organ][0]))] : [])];
    }
  }

  root.parts.listing = Listing;
})();
