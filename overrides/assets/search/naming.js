/**
 * What a reader names by number or from today: the 22nd item of a plan (第22项), a document by its number, a year (21年,
 * 去年), what is newest.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { fold, queryTokens } = root.text;
  const ITEM = /(?:第([0-9]+|[一二三四五六七八九十百]+)(?:个|项|号|条|件)|([0-9]+)号)(?:重点|预备|工作)*(任务|项目|事项|决策|要点)?|第([0-9]+|[一二三四五六七八九十百]+)(任务|项目|事项|决策)|(任务|项目|事项|决策|要点)(?:分解)?(?:表|清单|目录|安排)?第?([0-9]+)[个项号条件]?$/;
  const ARTICLE = /第([0-9]{1,2}|[一二三四五六七八九十]+)条/;
  const AROUND_ITEM = /^(?:政务公开|年度|[省市区县]级|工作|要点|任务|分解表|重点|预备|建设|项目|安排|清单|目录|重大|行政|决策|事项|里|中|的|\s)*$/;
  const NUMBER = /第?(?:[0-9]+|[一二三四五六七八九十百]+)[个项号条件]?/;
  const NEWEST_YEARS = 3; // that a document number without a year may be of
  const SHORTEST_CODE = 4; // that the end of a code has, by which alone a document is known
  const MOST_ITEMS = 30; // whose files are looked at
  const SHORT_YEAR = /(^|[^0-9〇零一二三四五六七八九十])([0-9]{2}|[〇零一二三四五六七八九]{2})(?=年)/g;
  /** @type {Record<string, number>} */
  const YEAR_NAMES = { 今年: 0, 本年: 0, 去年: -1, 上一年: -1, 上年: -1, 前年: -2 };
  const NEWEST = /最新的?|最近的?|近期的?|新出台的?|刚公布的?/g;
  const NUMERALS = "〇一二三四五六七八九";

  /**
   * 二十二 and 22 as a number; up to 999.
   * @param {string} text
   */
  const numberOf = (text) => {
    if (/^[0-9]+$/.test(text)) return Number(text);
    let [sum, digit] = [0, 0];
    for (const char of text) {
      if (char === "百" || char === "十") {
        sum += (digit || 1) * (char === "百" ? 100 : 10);
        digit = 0;
      } else digit = NUMERALS.indexOf(char);
    }
    return sum + digit;
  };

  /**
   * 22 as 二十二: how articles are numbered; up to 99.
   * @param {number} number
   */
  const numeral = (number) => {
    const [tens, ones] = [Math.floor(number / 10), number % 10];
    return `${tens > 1 ? NUMERALS[tens] : ""}${tens ? "十" : ""}${ones ? NUMERALS[ones] : ""}`;
  };

  /** Reads queries as :class:`Understanding` does not: its words are no text of any record. */
  class Naming {
    /** @param {Engine} engine @param {number} [thisYear] what 今年 is */
    constructor(engine, thisYear = new Date().getFullYear()) {
      this.engine = engine;
      this.understanding = engine.understanding;
      this.years = this.understanding.years;
      this.thisYear = thisYear;
    }

    /**
     * One item by its number, or null.
     * @param {string} query
     * @returns {Promise<Reading | null>}
     */
    async item(query) {
      const numbered = this.numbered(query);
      const groups = numbered || this.article(query);
      const all = groups ? await this.engine.evaluate(groups) : new Map();
      const found = numbered ? await this.listed(query, all) : all;
      return groups && found.size ? { found, groups, text: query, note: "", approximate: false, named: true } : null;
    }

    /**
     * A document number: by its whole code, else by the longest end of the code that is known, else by year and number;
     * without a year that of the newest years which have it.
     * @param {NumberGroup} group
     * @returns {Promise<Scores>}
     */
    async number(group) {
      const [code, year, number] = group.number;
      /** @param {string} end */
      const having = (end) => this.engine.together([`#${end}${year}-${number}`], false);
      for (const one of year ? [] : this.years.slice(0, NEWEST_YEARS)) {
        /** @type {NumberGroup} */
        const dated = { number: [code, String(one), number] };
        const found = await this.number(dated);
        if (found.size && !dated.loose) return found;
      }
      if (!year) return new Map();
      for (let length = code.length; length === code.length || length >= SHORTEST_CODE; length -= 1) {
        const found = await having(code.slice(-length));
        if (found.size) return found;
      }
      const found = await having("");
      group.loose = found.size > 0;
      return found;
    }

    /**
     * Of items with a number those in files that are called as the query says (预备项目15号), where there are any.
     * @param {string} query
     * @param {Scores} found
     */
    async listed(query, found) {
      const around = fold(query).replace(this.understanding.frame, " ").replace(NUMBER, " ");
      const words = around.split(/[\s的里中]+|清单|目录|安排|(?:分解)?表/).filter(({ length }) => length > 2);
      const entries = await Promise.all([...found.keys()].slice(0, MOST_ITEMS).map((record) => this.engine.reader.entry(record)));
      const called = entries.map(({ document }) => words.length > 0 && words.every((word) => fold(document).includes(word)));
      return called.some(Boolean) ? new Map([...found].filter((_, at) => called[at])) : found;
    }

    /**
     * 第22项, 长清第七项任务, 2021年第46个项目; null where a query names no item. District and year are groups of their own.
     * @param {string} query
     */
    numbered(query) {
      const text = query.normalize("NFKC").replace(/\s+/g, "");
      const found = ITEM.exec(text);
      if (!found || (found[2] && !found[3])) return null;
      const { frame, districts } = this.understanding;
      const rest = this.withYears(text.replace(found[0], " ")).text;
      if (!AROUND_ITEM.test(rest.replace(frame, " "))) return null;
      const number = numberOf(found[1] || found[2] || found[4] || found[7]);
      const kind = found[3] || found[5] || found[6] || (/任务|要点/.exec(rest) || /项目/.exec(rest) || /决策/.exec(rest) || [""])[0];
      const literal = `第${numeral(number)}条`;
      const alternatives = found[0].includes("条") && number < 100 ? [{ tokens: queryTokens(literal), text: literal }] : [];
      /** @type {Group[]} */
      const groups = [{ item: `№${number}${this.understanding.counted[kind === "要点" ? "任务" : kind] || ""}`, alternatives }];
      for (const part of rest.match(frame) || []) {
        this.understanding.add(groups, districts.find((name) => name.startsWith(part)) || `${parseInt(part, 10)}年`);
      }
      return groups;
    }

    /**
     * An article of a document, 养老服务补贴办法第5条; null where a query names none.
     * @param {string} query
     */
    article(query) {
      const found = ARTICLE.exec(query.normalize("NFKC"));
      if (!found) return null;
      const literal = `第${numeral(numberOf(found[1]))}条`;
      const groups = this.understanding.groups(query.normalize("NFKC").replace(found[0], " "));
      return groups.length ? [...groups, { alternatives: [{ tokens: queryTokens(literal), text: literal }] }] : null;
    }

    /**
     * Years that are written short or named from today: 21年, 去年; `note` says how they were read.
     * @param {string} text
     */
    withYears(text) {
      const notes = new Set();
      /** @param {number} year */
      const known = (year) => {
        const nearest = this.years.includes(year) ? year : this.years.find((other) => other <= year) || this.years[0];
        if (nearest !== year) notes.add(`本专栏没有${year}年的内容，已按最近的${nearest}年检索`);
        return nearest;
      };
      const names = new RegExp(Object.keys(YEAR_NAMES).map((name) => `${name}度?`).join("|"), "g");
      /** @param {string} whole @param {string} before @param {string} digits */
      const short = (whole, before, digits) => {
        const year = 2000 + Number(Array.from(digits.replace(/零/g, "〇"), (char) => (/[0-9]/.test(char) ? char : NUMERALS.indexOf(char))).join(""));
        return this.years.includes(year) ? `${before}${year}` : whole;
      };
      const written = text.replace(SHORT_YEAR, short);
      const named = !this.years.length ? written : written.replace(names, (name) => {
        const year = known(this.thisYear + YEAR_NAMES[name.replace("度", "")]);
        if (!notes.size) notes.add(`“${name}”已按${year}年检索`);
        return `${year}年`;
      });
      return { text: named, note: [...notes].join("，") };
    }

    /**
     * The query with its years written out and without 最新, or null where nothing of it changes.
     * @param {string} query
     * @returns {Rewritten | null}
     */
    rewritten(query) {
      const folded = fold(query);
      const { text, note } = this.withYears(folded);
      const plain = text.replace(NEWEST, " ").trim();
      if (plain === folded.trim()) return null;
      const newest = plain !== text.trim();
      return { text: plain, note: note || (newest ? "最新的在前" : `已按“${plain}”检索`), newest };
    }
  }
  root.parts.naming = Naming;
})();
