/**
 * The answer to a question, shown in place: that of a record whose question has what was typed. Verbatim, with its sources
 * and its day, and only while the sources hold. Rows: generator/gongkai/search/answers.py.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { queryTokens } = root.text;
  const COVERED = 1 / 4; // of the question, that words say which are no question themselves
  const ASKED = 1 / 2; // of what was typed, that the first result says in its question or the title above it

  class Answers {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
    }

    /**
     * The answer that one of the questions found gives to a query; null where none does.
     * @param {string} query
     * @param {Hit[]} questions
     * @param {Hit} first of all results
     * @returns {Promise<InPlace | null>}
     */
    async of(query, questions, first) {
      const asked = new Set(queryTokens(this.bare(query)));
      const fitting = questions
        .map((hit) => ({ hit, fits: this.fits(asked, query, hit, hit === first) }))
        .filter(({ fits }) => fits)
        .sort((a, b) => b.fits - a.fits);
      for (const { hit } of fitting) {
        const answer = await this.answer(hit);
        if (answer) return answer;
      }
      return null;
    }

    /**
     * How well a question has what was typed, from 0. Words that are no question themselves must say a good part of it.
     * @param {Set<string>} asked
     * @param {string} query
     * @param {Hit} hit
     * @param {boolean} first
     */
    fits(asked, query, { entry }, first) {
      const question = new Set(queryTokens(this.bare(entry.title)));
      const around = new Set(queryTokens(entry.document));
      const both = [...asked].filter((token) => question.has(token)).length;
      const known = [...asked].filter((token) => question.has(token) || around.has(token)).length;
      if (asked.size < 2 || both < 2) return 0;
      const enough = both === asked.size || (first && known >= asked.size * ASKED);
      const isQuestion = this.bare(query) !== this.plain(query) || /[?？]\s*$/.test(query);
      return enough && (isQuestion || both >= question.size * COVERED) ? both / asked.size + both / question.size : 0;
    }

    /** @param {string} text */
    plain(text) {
      return this.engine.destinations.read(text).whole;
    }

    /**
     * A text without district, year and the words of a question.
     * @param {string} text
     */
    bare(text) {
      return this.engine.destinations.read(text).rest;
    }

    /** @param {Hit} hit @returns {Promise<AnswerRow | undefined>} */
    async row({ record }) {
      const { reader, store } = this.engine;
      const [files] = reader.head.answers || [1];
      /** @type {AnswerRow[]} */
      const rows = root.readers.json(await store.get(`answers-${(record % files).toString(16)}`));
      return rows.find(([number]) => number === record);
    }

    /** @param {Hit} hit @returns {Promise<InPlace | null>} */
    async answer(hit) {
      const { entry } = hit;
      const row = await this.row(hit);
      if (!row) return null;
      const [, text, whole, day, until, sources] = row;
      if (until && until < today()) return null;
      return { question: entry.title, url: entry.url, text, whole: Boolean(whole), day, sources: sources.map(([title, clause, url]) => ({ title, clause, url })) };
    }
  }

  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  /**
   * The answer to a question on the page, verbatim, with what it rests on and its day.
   */
  root.renderAnswer = ({ site, inPlace }, { url, question, text, whole, sources, day }) => {
    const { element } = root;
    /** @param {string} to @param {string} textContent */
    const link = (to, textContent) => element("a", { href: root.addressOf(site, to), textContent });
    const rests = sources.flatMap((one, at) => [at ? "；" : "", link(one.url, `《${one.title}》`), one.clause]);
    inPlace.replaceChildren(
      element("h2", {}, link(url, question)),
      element("p", {}, text, ...(whole ? [] : ["　", link(url, "看全文")])),
      element("p", { className: "hit-about" }, "依据：", ...rests, ` · ${day}`),
    );
  };
  root.parts.answers = Answers;
})();
