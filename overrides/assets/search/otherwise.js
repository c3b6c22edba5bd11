/**
 * What is done when nothing has everything that was typed: the query is read in traditional characters, as pinyin, with a
 * wrong character repaired, or in part, and the answer says so. Loaded by the first query that needs it.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { fold, queryTokens } = root.text;
  const RELAXED_TOKENS = 14;
  const HAN = /[\u3400-\u9fff]/;
  const DEPARTMENT = /[局委办院厅]$/;
  const MOST_DEPARTMENTS = 3;

  /**
   * All characters of a short form in their order: 市监局 for 市场监管局.
   * @param {string} text
   * @param {string} name
   */
  const shortFor = (text, name) => {
    let at = 0;
    for (const char of name) if (char === text[at]) at += 1;
    return at === text.length && name.slice(-1) === text.slice(-1);
  };
  /** @param {string} text @param {string} name */
  const oneWrong = (text, name) =>
    text.length > 3 && text.length === name.length && [...text].filter((char, at) => char !== name[at]).length === 1;

  class Otherwise {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
      this.words = new root.Words(engine.store);
    }

    /**
     * Records that have at least a share of all tokens: for long input that matches nowhere as a whole.
     * @param {Group[]} groups
     * @param {number} share
     * @returns {Promise<Scores>}
     */
    async relaxed(groups, share) {
      const tokens = [...new Set(groups.flatMap((group) => (group.number ? [] : group.alternatives[0].tokens)))];
      const asked = root.spread(tokens, RELAXED_TOKENS);
      const scores = new Map();
      const counts = new Map();
      for (const posting of await Promise.all(asked.map((token) => this.engine.reader.posting(token)))) {
        for (let i = 0; posting && i < posting.count; i += 1) {
          scores.set(posting.ids[i], (scores.get(posting.ids[i]) || 0) + posting.weights[i]);
          counts.set(posting.ids[i], (counts.get(posting.ids[i]) || 0) + 1);
        }
      }
      const mixed = asked.some((token) => /^[a-z0-9]+$/.test(token));
      const needed = Math.max(1, Math.ceil(asked.length * (asked.length <= 2 && !mixed ? 1 : share)));
      const found = new Map();
      for (const [record, count] of counts) {
        if (count >= needed) found.set(record, scores.get(record) * (count / asked.length) ** 2);
      }
      return found;
    }

    /**
     * Read a query in other ways until something is found; every way is named in the answer.
     * @param {string} query
     * @param {Group[]} groups
     * @returns {Promise<Reading>}
     */
    async read(query, groups) {
      if (HAN.test(query)) {
        const simplified = await this.words.traditional(query);
        if (simplified !== query) {
          const read = this.engine.understanding.groups(simplified);
          const found = await this.engine.evaluate(read);
          if (found.size) return { found, groups: read, note: `已按简体“${simplified}”检索`, approximate: false };
          groups = read;
        }
      }
      const latin = fold(query).replace(/[\s']/g, "");
      if (/^[a-zü]{2,}$/.test(latin)) {
        const words = await this.words.byPinyin(latin);
        const read = words.length ? [{ alternatives: words.map((word) => this.wordAlternative(word)) }] : [];
        const found = await this.engine.evaluate(read);
        if (found.size) return { found, groups: read, note: `已按拼音检索：${words.join("、")}`, approximate: false };
      }
      return (await this.repairedQuery(groups)) || (await this.partly(query, groups));
    }

    /** @param {string} word @returns {Alternative} */
    wordAlternative(word) {
      const unit = this.engine.reader.spellings.groupOf.get(word);
      return unit === undefined ? { tokens: queryTokens(word), text: word } : { tokens: [`@${unit}`], text: word, unit };
    }

    /**
     * Departments that a word may mean though nobody writes them so; none where too many would fit.
     * @param {string} text
     * @returns {Alternative[]}
     */
    departments(text) {
      const names = DEPARTMENT.test(text) ? [...this.engine.reader.spellings.groupOf] : [];
      const fits = names.filter(([name]) => shortFor(text, name) || oneWrong(text, name));
      const alike = fits.filter(([name]) => name[0] === text[0]);
      const units = new Map();
      for (const [name, unit] of alike.length ? alike : fits) if (!units.has(unit)) units.set(unit, name);
      return units.size > MOST_DEPARTMENTS ? [] : [...units].map(([unit, name]) => ({ tokens: [`@${unit}`], text: name, unit }));
    }

    /** @param {Group[]} groups @returns {Promise<Reading|null>} */
    async repairedQuery(groups) {
      /** @param {string[]} tokens */
      const known = async (tokens) => (await Promise.all(tokens.map((token) => this.engine.reader.posting(token)))).every(Boolean);
      const repair = await this.words.repair(groups, known, (text) => this.departments(text));
      if (!repair) return null;
      const found = await this.engine.evaluate(repair.groups);
      if (!found.size) return null;
      return { found, groups: repair.groups, note: `没有找到原词，已按“${repair.word}”检索`, approximate: true };
    }

    /** @param {string} query @param {Group[]} groups @returns {Promise<Reading>} */
    async partly(query, groups) {
      const note = "没有完全匹配的内容，以下是近似结果";
      let found = await this.relaxed(groups, 0.5);
      if (!found.size && /[\u3400-\u9fff]{5}/.test(query)) {
        let read = this.engine.understanding.keywords(query);
        if (read.length) {
          found = await this.engine.evaluate(read);
          if (!found.size && read.length > 1) {
            read = read.slice(0, 1);
            found = await this.engine.evaluate(read);
          }
          if (found.size) {
            const words = read.map((group) => group.alternatives[0].text).join("、");
            return { found, groups: read, note: `没有完全匹配的内容，已按“${words}”检索`, approximate: true };
          }
        }
      }
      if (!found.size && groups.flatMap((group) => (group.number ? [] : group.alternatives[0].tokens)).length >= 6) {
        found = await this.relaxed(groups, 0.34);
      }
      return { found, groups, note: found.size ? note : "", approximate: true };
    }
  }
  root.Otherwise = Otherwise;
})();
