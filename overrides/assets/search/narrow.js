/**
 * Narrowing what was found: facets with their counts, the people concerned, one file of the column. The first result does
 * not wait for it: the script is loaded by the first query that has filters, else after the first result is shown.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { json } = root.readers;

  class Narrowing {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
      this.reader = engine.reader;
      this.store = engine.store;
    }

    /** @returns {Promise<Facets & Concerned & States>} */
    facets() {
      /** @type {Promise<Facets & Concerned & States> | null | undefined} */
      this.known =
        this.known ||
        Promise.all([this.reader.facets(), this.audiences(), this.states()]).then(([one, two, three]) => ({ ...one, ...two, ...three }));
      this.known.catch(() => {
        this.known = null;
      });
      return this.known;
    }

    /**
     * Names of the groups of people in use, and whether a record concerns one: a row of bits each, see narrowing.py.
     * @returns {Promise<Concerned>}
     */
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

    /**
     * What came of tasks and projects: names of the states, which a record has, and its latest news; see narrowing.py.
     * @returns {Promise<States>}
     */
    async states() {
      const none = { states: [], stateOf: () => -1, news: new Map() };
      if (!this.reader.head.states) return none;
      const { states, of, news } = json(await this.store.get("states"));
      if (of.length !== this.reader.head.size) return none; // of another index than this
      /** @type {[record: number, day: string, what: string][]} */
      const dated = news;
      return {
        states,
        stateOf: (record) => of.charCodeAt(record) - 49, // "1" is the first
        news: new Map(dated.map(([record, day, what]) => [record, { day, what }])),
      };
    }

    /**
     * The records of an answer, with those that it left out for the time being.
     * @param {Answer} answer
     */
    async matches({ groups, matches, partial }) {
      return partial ? [...(await this.engine.evaluate(groups, false, true)).keys()] : matches;
    }

    /**
     * Records of one file of the column only, where one is given.
     * @param {Scores} found
     * @param {string} [file]
     */
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
      // An address may ask for anything, ?in=__proto__ too: what an object has of its own is all that counts.
      const listed = Object.entries(contains).find(([id]) => id === file);
      const wanted = new Set([file, ...(listed ? listed[1] : [])]);
      /** @type {[from: number, to: number][]} */
      const ranges = [];
      let [start, first] = [0, -1];
      for (const [id, count] of files) {
        if (wanted.has(id)) ranges.push([start, start + count]);
        if (id === file) first = start;
        start += count;
      }
      return { first, has: (record) => ranges.some(([from, to]) => record >= from && record < to) };
    }

    /**
     * What a file of the column is called; empty where there is none.
     * @param {string} file
     */
    async titleOf(file) {
      const { first } = await this.file(file);
      return first < 0 ? "" : (await this.reader.entry(first)).title;
    }

    /**
     * Every facet alike: its values as [id, name], and which of them a record has.
     * @returns {Promise<{name: Narrowed, values: [string, string][], of: (record: number) => Places}[]>}
     */
    async ways() {
      const facets = await this.facets();
      const { years } = this.reader.head;
      /** @type {number[]} */
      const ends = []; // records are numbered newest year first
      for (const [, count] of years) ends.push((ends[ends.length - 1] || 0) + count);
      return [
        { name: "organ", values: facets.organs, of: (record) => [facets.organOf(record)] },
        { name: "year", values: years.map(([year]) => [String(year), `${year}年`]), of: (record) => [ends.findIndex((end) => record < end)] },
        { name: "theme", values: facets.themes, of: facets.themesOf },
        { name: "audience", values: facets.audiences, of: (record) => [...facets.audiences.keys()].filter((at) => facets.concerns(at, record)) },
        { name: "state", values: facets.states, of: (record) => [facets.stateOf(record)] },
        { name: "kind", values: facets.kinds.map((kind) => [kind, kind]), of: (record) => [facets.kindOf(record)] },
      ];
    }

    /**
     * The chosen facets, each with the number of its chosen value; -1 where there is no such value.
     * @param {SearchOptions} options
     */
    async chosen(options) {
      const ways = (await this.ways()).filter(({ name }) => options[name]);
      return ways.map((way) => ({ ...way, wanted: way.values.findIndex(([id]) => id === String(options[way.name])) }));
    }

    /**
     * @param {Scores} found
     * @param {SearchOptions} options
     * @returns {Promise<[number, number][]>} records with their scores that have every chosen value
     */
    async filtered(found, options) {
      const chosen = await this.chosen(options);
      return [...found].filter(([record]) => chosen.every(({ of, wanted }) => of(record).includes(wanted)));
    }

    /**
     * How many matches each value of each facet would leave beside the values chosen in the other facets.
     * @param {number[]} matches
     * @param {SearchOptions} [options]
     * @returns {Promise<Record<string, [string, string, number][]>>} by facet: [id, name, matches], only what has any
     */
    async counts(matches, options = {}) {
      const ways = await this.ways();
      const chosen = await this.chosen(options);
      const tallies = Object.fromEntries(ways.map(({ name, values }) => [name, new Array(values.length).fill(0)]));
      for (const record of matches) {
        const missing = chosen.filter(({ of, wanted }) => !of(record).includes(wanted));
        if (missing.length > 1) continue;
        for (const { name, of } of ways) {
          if (!missing.length || missing[0].name === name) for (const at of of(record)) tallies[name][at] += 1;
        }
      }
      const counted = ways.map(({ name, values }) => {
        const used = values.map(([id, label], at) => [id, label, tallies[name][at]]).filter(([, , number]) => number);
        return [name, name === "theme" ? used.sort((one, other) => other[2] - one[2]) : used];
      });
      return Object.fromEntries(counted);
    }
  }

  /** @type {Partial<Record<Narrowed, string>>} */
  const FACETS = { organ: "机构", year: "年份", state: "落实情况", theme: "主题", audience: "服务对象", kind: "类型" };
  const MOST_VALUES = 12;

  /** The values of every facet as buttons, each with what it would leave. */
  root.renderFilters = (page, counts) => {
    const { element } = root;
    /** @param {string} name @param {string} id @param {string} label @param {number} number */
    const filter = (name, id, label, number) => {
      const pressed = page.state[name] === String(id);
      const button = element("button", { type: "button" }, `${label} `, element("span", { textContent: number }));
      button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", () => page.go({ ...page.state, [name]: pressed ? "" : String(id) }));
      return element("li", {}, button);
    };
    const sections = Object.entries(FACETS).map(([name, label]) => {
      const values = counts[name].map(([id, text, number]) => filter(name, id, page.kinds[text] || text, number));
      const list = element("ul", {}, ...values.slice(0, MOST_VALUES));
      return values.length ? element("section", {}, element("h2", { textContent: label }), list) : "";
    });
    page.filters.replaceChildren(...sections);
  };

  /**
   * What the search is limited to, where it began on a page of its own, and the way to the whole column.
   * @param {FilteredPage} page
   * @param {string} title
   */
  root.renderScope = (page, title) => {
    const wider = root.element("button", { type: "button", textContent: "改在整个专栏查找" });
    wider.addEventListener("click", () => page.go({ ...page.state, in: "" }));
    page.scope.replaceChildren(`只在“${title}”里查找。`, wider);
    page.scope.hidden = !title;
  };

  root.parts.narrow = Narrowing;
})();
