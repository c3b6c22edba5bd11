/**
 * What is done when nothing has everything that was typed: the query is read in simplified characters, as pinyin, with a
 * wrong character repaired, or in part, and the answer says so. Loaded by the first query that needs it.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { fold } = root.text;
  const { json } = root.readers;
  const RELAXED_TOKENS = 14;
  const LONG = 6; // tokens of a text that may be missed in a few places
  const ANY_HAN = /[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
  const LATIN = /[a-zü]/;
  const DEPARTMENT = /[局委办院厅]$/;
  const DATED = /[年最近新]/; // naming.js knows more of it
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
     * Nothing that was looked at has what was typed: its years written out, all of its tokens, else other ways to read it.
     * @param {string} query
     * @param {Group[]} groups
     * @param {Scores} found
     * @param {boolean} loose
     * @param {number} wanted
     * @returns {Promise<Reading>}
     */
    async inexact(query, groups, found, loose, wanted) {
      const { engine } = this;
      const written = await this.rewritten(query, wanted);
      if (written) return written;
      const called = loose ? null : await this.called(query);
      if (called) return called;
      const every = found.size && !loose ? await engine.evaluate(groups, true) : found;
      if (every.size < found.size && (await engine.holds(every, groups, wanted))) {
        return { found: every, groups, text: query, note: "", approximate: false };
      }
      const other = !groups.length || (every.size && !loose) ? null : await this.read(query, groups, loose);
      return other || { found: every, groups, text: query, note: "", approximate: true };
    }

    /**
     * A query that is the name of a list or a unit.
     * @param {string} query
     */
    async called(query) {
      const { engine } = this;
      await engine.destinations.load(query);
      const some = engine.destinations.named(query).some(({ kind }) => kind === "page" || kind === "unit");
      return some ? (await engine.part("listing")).read(query) : null;
    }

    /**
     * The query with its years written out, where that finds what the query itself does not.
     * @param {string} query
     * @param {number} wanted
     * @returns {Promise<Reading | null>}
     */
    async rewritten(query, wanted) {
      const written = DATED.test(query) ? (await this.engine.part("naming")).rewritten(query) : null;
      if (!written) return null;
      const inner = written.text ? await this.engine.read(written.text, wanted) : this.engine.everything();
      if (!inner.found.size) return null;
      const note = [written.note, inner.note].filter(Boolean).join("；");
      return { ...inner, text: written.text, note, newest: written.newest };
    }

    /**
     * Records that have at least a share of all tokens: for long input that matches nowhere as a whole.
     * @param {Group[]} groups
     * @param {number} share
     * @returns {Promise<Scores>}
     */
    async relaxed(groups, share) {
      const tokens = [...new Set(groups.flatMap((group) => (group.alternatives && group.alternatives.length ? group.alternatives[0].tokens : [])))];
      const asked = root.spread(tokens, RELAXED_TOKENS);
      const scores = new Map();
      const counts = new Map();
      for (const posting of await Promise.all(asked.map((token) => this.engine.reader.posting(token, true)))) {
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
     * Read a query in other ways until something is found; every way is named in the answer. Null where a number is loose.
     * @param {string} query
     * @param {Group[]} groups
     * @param {boolean} loose
     * @returns {Promise<Reading | null>}
     */
    async read(query, groups, loose) {
      if (ANY_HAN.test(query)) {
        const simplified = await this.words.traditional(query);
        if (simplified !== query) {
          const inner = await this.engine.read(simplified, 10);
          if (inner.found.size || inner.approximate || !loose) {
            return { ...inner, note: [`已按简体“${simplified}”检索`, inner.note].filter(Boolean).join("；") };
          }
        }
      }
      if (loose) return null;
      await this.engine.destinations.load(query);
      const whole = this.engine.destinations.named(query).length > 0; // then nothing is wrong with how it is written
      return (!whole && ((await this.sounded(query)) || (await this.mended(query, groups)))) || this.partly(query, groups);
    }

    /**
     * Pinyin: as a whole, word by word, or mixed with characters (yibao局).
     * @param {string} query
     * @returns {Promise<Reading | null>}
     */
    async sounded(query) {
      const text = fold(query).replace(/'/g, "").trim();
      if (!LATIN.test(text)) return null;
      const whole = text.replace(/\s/g, "");
      const asked = /^[a-zü]{2,}$/.test(whole) ? [[whole], text.split(/\s+/)] : ANY_HAN.test(text) ? [text.split(/\s+/)] : [];
      for (const parts of asked) {
        const heard = await Promise.all(parts.map((part) => this.heard(part)));
        if (heard.some((words) => !words.length)) continue;
        await this.engine.reader.spellings.load(heard.flat());
        const groups = heard.map((words) => ({ alternatives: words.flatMap((word, at) => this.said(word, at > 0)) }));
        const found = await this.engine.evaluate(groups);
        const note = `已按拼音检索：${heard.map((words) => words.join("、")).join(" ")}`;
        const said = (await Promise.all(heard.map((words) => this.spoken(words)))).join(" ");
        if (found.size || (await this.names(said))) return { found, groups, text: said, note, approximate: false };
      }
      return null;
    }

    /**
     * Of words that sound alike the first that names a page (yibao: 医保), else the most frequent.
     * @param {string[]} words
     */
    async spoken(words) {
      for (const word of words.length > 1 ? words : []) if (await this.names(word)) return word;
      return words[0];
    }

    /** @param {string} part */
    async heard(part) {
      if (/^[a-zü]+$/.test(part)) return this.words.byPinyin(part);
      return LATIN.test(part) && ANY_HAN.test(part) ? this.words.byMixed(part) : [part];
    }

    /**
     * What is looked for by a word: a department by all of its spellings, else the word and what else it is called.
     * @param {string} word
     * @param {boolean} [synonym]
     * @returns {Alternative[]}
     */
    said(word, synonym = false) {
      const unit = this.engine.reader.spellings.groupOf.get(word);
      if (unit !== undefined) return [{ tokens: [`@${unit}`], text: word, unit, synonym }];
      /** @type {{alternatives: Alternative[]}[]} */
      const groups = [];
      this.engine.understanding.add(groups, word);
      return groups.flatMap(({ alternatives }) => alternatives.map((one) => ({ ...one, synonym: synonym || one.synonym })));
    }

    /**
     * Whether a text names a page.
     * @param {string} text
     */
    async names(text) {
      await this.engine.destinations.load(text);
      return this.engine.destinations.find(text).length > 0;
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

    /**
     * A query with wrong characters repaired; none is looked for where it has nothing but known words.
     * @param {string} query
     * @param {Group[]} groups
     */
    async mended(query, groups) {
      const known = await (await this.engine.part("backoff")).knows(query);
      return known ? null : this.repaired(query, groups);
    }

    /** Loads all spellings of departments, where they are few. */
    async allDepartments() {
      const { store, reader } = this.engine;
      if (reader.head.few) reader.spellings.add([json(await store.get("departments")), []]);
    }

    /** @param {string} query @param {Group[]} groups @returns {Promise<Reading | null>} */
    async repaired(query, groups) {
      /** @param {string[]} tokens */
      const known = async (tokens) => (await Promise.all(tokens.map((token) => this.engine.reader.posting(token)))).every(Boolean);
      const numbers = [...this.engine.understanding.synonyms.keys()].filter((word) => /^[0-9]+$/.test(word));
      if (DEPARTMENT.test(fold(query))) await this.allDepartments();
      const repair = await this.words.repair(groups, known, (text) => this.departments(text), numbers, (text) => this.said(text));
      if (!repair) return null;
      const found = await this.engine.evaluate(repair.groups);
      const text = repair.changes.reduce((changed, [from, to]) => changed.replace(from, to), fold(query));
      if (!found.size && !(await this.names(text))) return null;
      const words = repair.changes.map(([, to]) => to).join("、");
      return { found, groups: repair.groups, text, note: `没有找到原词，已按“${words}”检索`, approximate: true, repaired: true };
    }

    /**
     * Part of what was typed: nearly all of a longer text, else its words, else whatever has most of it.
     * @param {string} query
     * @param {Group[]} groups
     * @returns {Promise<Reading>}
     */
    async partly(query, groups) {
      const tokens = groups.flatMap((group) => (group.alternatives && group.alternatives.length ? group.alternatives[0].tokens : []));
      const long = tokens.length >= LONG;
      const nearly = long ? await this.relaxed(groups, 0.75) : new Map();
      if (nearly.size) return this.approximate(query, groups, nearly);
      const words = await (await this.engine.part("backoff")).read(query);
      if (words) return words;
      const half = await this.relaxed(groups, 0.5);
      return this.approximate(query, groups, half.size || !long ? half : await this.relaxed(groups, 0.34));
    }

    /** @param {string} query @param {Group[]} groups @param {Scores} found @returns {Reading} */
    approximate(query, groups, found) {
      const note = found.size ? "没有完全匹配的内容，以下是近似结果" : "";
      return { found, groups, text: query, note, approximate: true };
    }
  }
  root.parts.otherwise = Otherwise;
})();
