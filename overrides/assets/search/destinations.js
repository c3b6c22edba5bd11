/**
 * Pages that a query names: a unit by any spelling, a theme, a group of people, a district, a year, a list, a page of
 * content/. They stand above what is found.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { fold } = root.text;
  const { nameFiles } = root.readers;
  const MOST = 6;
  const LONGEST = 12;
  const OTHER = /[\s,，。、；;：:？?！!/|()（）[\]【】〔〕…—-]+/g;
  const LEVEL = /^[省市区县州旗]/;
  const AROUND = /^各|[了过]$/g;
  const TOWNS = /^各?(?:[乡镇街](?:道|政府)?(?:办事处|办)?)+$/; // 各乡镇街道: documents name them together
  // How long a name must be to be seen within a longer text, by kind.
  /** @type {Partial<Record<Destination["kind"], number>>} */
  const WITHIN = { unit: 3, page: 4 };

  /** @param {string} query */
  const plain = (query) => fold(query).replace(OTHER, " ").trim();

  class Destinations {
    /** @param {Understanding} understanding @param {Names} names */
    constructor(understanding, names) {
      this.understanding = understanding;
      this.names = names;
    }

    /**
     * Pages that the whole query names, apart from district, year and question; else units and long names in it.
     * @param {string} query
     */
    find(query) {
      const { texts, rest, organs } = this.read(query);
      const found = this.named(query);
      return found.length ? found : this.ofOrgans(this.inside(rest, WITHIN, this.names.among(texts)), organs);
    }

    /**
     * Pages that the whole query names, apart from district, year and question.
     * @param {string} query
     */
    named(query) {
      const { texts, whole, rest, told, organs } = this.read(query);
      const called = this.names.among(texts);
      const found = [whole, `年度${rest}`, rest, rest.replace(AROUND, ""), told, TOWNS.test(rest) ? "镇街" : ""].map(called).find(({ length }) => length) || [];
      /** @type {(page: Destination) => number} */
      const titled = ({ title }) => Number(title === rest || title === whole);
      return this.ofOrgans([...found].sort((a, b) => titled(b) - titled(a)), organs);
    }

    /**
     * Loads the names that a query may have.
     * @param {string} query
     */
    load(query) {
      return this.names.load(this.read(query).texts);
    }

    /**
     * A query as names are compared with it: whole, the rest without district, year and question, what is `told` with the
     * verb of a question (信息公开怎么申请), and what is looked up.
     * @param {string} query
     */
    read(query) {
      const { frame, organs: known } = this.understanding;
      const folded = plain(query);
      /** @type {string[]} */
      const framed = folded.match(frame) || [];
      const organs = known.flatMap((names, at) => (names.some((name) => framed.some((part) => name.startsWith(part))) ? [at] : []));
      const asked = folded.replace(frame, " ").trim();
      const pieces = this.understanding.withoutQuestion(asked).split(/\s+/);
      const told = asked.replace(this.understanding.asking, "").replace(/\s/g, "");
      const whole = folded.replace(/\s/g, "");
      const rest = pieces.join("").replace(LEVEL, "");
      const years = [...new Set(framed.flatMap((part) => (/^\d/.test(part) ? [parseInt(part, 10)] : [])))].sort((a, b) => b - a);
      return { whole, rest, told, organs, years, texts: [whole, rest, rest.replace(AROUND, ""), told, ...(TOWNS.test(rest) ? ["镇街"] : []), ...pieces] };
    }

    /**
     * The longest names in a text, none of which lies in another; `least` is how long a name must be, by kind.
     * @param {string} text
     * @param {Partial<Record<Destination["kind"], number>>} least
     * @param {(name: string) => Destination[]} called
     */
    inside(text, least, called) {
      /** @type {Destination[]} */
      const found = [];
      for (let at = 0; at < text.length; ) {
        let length = Math.min(LONGEST, text.length - at);
        const fits = () => called(text.slice(at, at + length)).filter(({ kind }) => length >= (least[kind] || Infinity));
        while (length > 1 && !fits().length) length -= 1;
        if (length > 1) found.push(...fits());
        at += Math.max(length, 1);
      }
      return found;
    }

    /**
     * Each page once; where districts are named, no page of another one.
     * @param {Destination[]} pages
     * @param {number[]} organs
     */
    ofOrgans(pages, organs) {
      const theirs = pages.filter(({ organ }) => organ < 0 || !organs.length || organs.includes(organ));
      if (organs.length) theirs.sort((a, b) => Number(b.organ >= 0) - Number(a.organ >= 0));
      return [...new Map(theirs.map((page) => [page.url, page])).values()].slice(0, MOST);
    }
  }

  root.Destinations = Destinations;
  /** The address of a page; in a federation that is on the district's own site. */
  root.addressOf = (site, url) => `${/^https?:/.test(url) ? "" : site}${url}index.html`;
  /** What a page is called; where others have such a page, with its district. */
  root.titleOf = ({ kind, title, organ }, organs) => (kind !== "organ" && organ >= 0 ? `${title}（${organs[organ][0]}）` : title);
  /**
   * Asks for the names that a query may have before anything else is here: they travel with the first file of the index.
   * @param {Store} store
   * @param {string} query
   */
  root.askNames = async (store, query) => {
    const { names } = await store.open();
    const whole = plain(query).replace(/\s/g, "");
    for (const file of names ? nameFiles([whole], names) : []) store.get(`names-${file.toString(16)}`).catch(() => {});
  };
})();
