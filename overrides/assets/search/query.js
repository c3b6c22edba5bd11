/**
 * What a reader typed, understood: document numbers, departments by any spelling, synonyms, and the words of a question.
 * All groups of a query must hold.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { fold, queryTokens } = root.text;
  const CODE_YEAR_NUMBER = /([\u3400-\u9fff]{2,})\s*[[(〔【]\s*((?:19|20)\d\d)\s*[\])〕】]\s*(\d{1,4})\s*号?/g;
  const LOOSE_NUMBER = /([\u3400-\u9fff]*[发字函令告通规文电])\s*((?:19|20)\d\d)(?:年|[\s\-—_]+)\s*(\d{1,4})(?:号|(?=\s|$))/g;
  const WITHOUT_YEAR = /([\u3400-\u9fff]{2,}[发字函])第?(\d{1,4})号/g;
  const NUMERALS = /([\u3400-\u9fff])([〇零一二三四五六七八九]{4})(?=[\])〕】\s\-—_]*[0-9]{1,4}号)/g;
  const BRACKETS = /[()（）[\]【】〔〕]/g;
  const SEPARATORS = /[\s,，。、；;：:？?！!/|]+/;
  const FIVE_YEAR_PLAN = /\b1([0-9])五(?=规划|期间|计划|$|\s)/g;
  const CONNECTIVE = /^[省市区县等和与的及]$/;
  const ALTERNATIVES = 5;
  const LONGEST_CODE = 12;
  const QUESTION_LENGTH = 6;

  /**
   * Synonyms of every word, both ways and one way; of those that have few, the synonyms' own.
   * @param {Head} head
   */
  const synonymTable = ({ same, to }) => {
    /** @type {Map<string, string[]>} */
    const table = new Map();
    /** @param {string} word @param {string[]} others */
    const add = (word, others) => table.set(word, [...new Set([...(table.get(word) || []), ...others])]);
    for (const group of same) for (const word of group) add(word, group.filter((other) => other !== word));
    for (const [word, others] of Object.entries(to)) add(word, others);
    const direct = new Map(table);
    for (const [word, others] of direct) {
      const further = others.flatMap((other) => direct.get(other) || []).filter((other) => other !== word);
      if (others.length < ALTERNATIVES - 1) add(word, further);
    }
    return table;
  };

  /**
   * Whether a word stands in a piece; letters and digits do as a whole run only: no ai in gongkai.
   * @param {string} piece
   * @param {string} word
   */
  const standsIn = (piece, word) => (/^[a-z0-9]+$/.test(word) ? (piece.match(/[a-z0-9]+/g) || []).some((run) => run === word) : piece.includes(word));

  /**
   * Other ways to say a piece of the query; the piece itself comes first.
   * @param {string} piece
   * @param {Map<string, string[]>} synonyms
   */
  const phrasings = (piece, synonyms) => {
    const found = [piece, ...(synonyms.get(piece) || [])];
    if (found.length === 1 && piece.length >= 4) {
      for (const [word, others] of synonyms) {
        if (word.length < 2 || !standsIn(piece, word)) continue;
        if (others.some((other) => other.includes(word) && piece.includes(other))) continue;
        found.push(...others.slice(0, 2).map((other) => piece.replace(word, other)));
        if (found.length > ALTERNATIVES) break;
      }
    }
    return found.slice(0, ALTERNATIVES);
  };

  /** @param {string} text @param {Group[]} groups */
  const takeNumbers = (text, groups) => {
    /** @param {string} _ @param {string} code @param {string} year @param {string} number */
    const take = (_, code, year, number) => {
      groups.push({ number: [code.slice(-LONGEST_CODE), year, String(Number(number))] });
      return " ";
    };
    /** @param {string} _ @param {string} before @param {string} year */
    const written = (_, before, year) => `${before}${Array.from(year.replace(/零/g, "〇"), (char) => "〇一二三四五六七八九".indexOf(char)).join("")}年`;
    return text.replace(CODE_YEAR_NUMBER, take).replace(NUMERALS, written).replace(LOOSE_NUMBER, take).replace(WITHOUT_YEAR, (_, code, number) => take(_, code, "", number));
  };

  /**
   * Cut a segment at the names of departments.
   * @param {string} segment
   * @param {Spellings} spellings
   */
  const pieces = (segment, { pattern, groupOf }) => {
    const found = [];
    let last = 0;
    for (const match of pattern ? segment.matchAll(pattern) : []) {
      found.push({ text: segment.slice(last, match.index) }, { text: match[0], unit: groupOf.get(match[0]) });
      last = match.index + match[0].length;
    }
    found.push({ text: segment.slice(last) });
    return found.filter((piece) => piece.text);
  };

  /** Understands queries against the head of an index. */
  class Understanding {
    /** @param {Head} head @param {Spellings} spellings */
    constructor(head, spellings) {
      this.spellings = spellings;
      this.years = (head.years || []).map(([year]) => year);
      this.synonyms = synonymTable(head);
      this.same = head.same;
      const words = [...head.questions].sort((a, b) => b.length - a.length);
      /** @type {Record<string, string>} */
      this.counted = head.counted || {};
      this.organs = head.districts;
      this.districts = head.districts.flat();
      const districts = this.districts.map((name) => `${name.slice(0, -1)}[${name.slice(-1)}]?`);
      this.frame = new RegExp([...districts, "(?:19|20)\\d\\d年?度?"].join("|"), "g");
      /** @param {string[]} some */
      const anyOf = (some) => (some.length ? new RegExp(some.join("|"), "g") : /$^/g);
      this.regions = anyOf((head.regions || []).map((name) => `${name}(?=..)`));
      this.ofDistricts = anyOf((head.regions || []).map((name) => `${name}(?=${head.districts.flat().join("|")})`));
      this.questions = anyOf(words);
      this.asking = anyOf(words.filter((word) => word.length > 1).reverse()); // 怎么 of 怎么申请
      this.questionPhrases = anyOf(words.filter((word) => word.length > 1));
    }

    /** @param {string} text */
    withoutNumbers(text) {
      return takeNumbers(text, []);
    }

    /** @param {string} text */
    withoutQuestion(text) {
      // 的 and 吗 alone make no question of a few characters; 找谁 does.
      const asked = text.replace(/\s/g, "").length < QUESTION_LENGTH ? this.questionPhrases : this.questions;
      const rest = text.replace(asked, " ").trim();
      return rest.replace(/\s/g, "").length >= 2 ? rest : text;
    }

    /** @param {string} query @returns {Group[]} */
    groups(query) {
      /** @type {Group[]} */
      const groups = [];
      const numerals = " 一二三四五六七八九";
      let text = fold(query).replace(/第$/, "");
      text = text.replace(FIVE_YEAR_PLAN, (_, /** @type {number} */ digit) => `十${numerals[digit].trim()}五`);
      text = this.withoutQuestion(takeNumbers(text, groups).replace(BRACKETS, " ").replace(this.ofDistricts, ""));
      for (const segment of text.split(SEPARATORS).filter(Boolean)) {
        const parts = pieces(segment, this.spellings);
        const named = parts.some((part) => part.unit !== undefined);
        for (const part of parts) {
          if (part.unit !== undefined) {
            groups.push({ alternatives: [{ tokens: [`@${part.unit}`], text: part.text, unit: part.unit }] });
            const district = this.districts.find((name) => part.text.includes(name.slice(0, -1))); // 生态环境局示例分局
            if (district) this.add(groups, district);
          } else if (!(named && CONNECTIVE.test(part.text))) {
            this.add(groups, part.text);
          }
        }
      }
      return groups;
    }

    /**
     * The same query without the city and with districts and years taken apart (示例区2022年工作要点): people put them in
     * front, documents print them in another order. Null when there is nothing to take apart.
     * @param {string} query
     */
    apart(query) {
      const cut = fold(query).replace(this.regions, " ").replace(this.frame, " $& ");
      return cut.trim() !== fold(query).trim() ? this.groups(cut) : null;
    }

    /**
     * Whether two texts say the same; else one only is what documents call the other (营业执照: 市场准入).
     * @param {string} piece
     * @param {string} text
     */
    alike(piece, text) {
      return this.same.some((group) => group.some((word) => piece.includes(word) && group.some((other) => piece.replace(word, other) === text)));
    }

    /** @param {Group[]} groups @param {string} piece */
    add(groups, piece) {
      /** @type {Alternative[]} */
      const alternatives = phrasings(piece, this.synonyms)
        .map((text, at) => ({ tokens: queryTokens(text), text, synonym: at > 0, far: at > 0 && !this.alike(piece, text) }))
        .filter((alternative) => alternative.tokens.length);
      const unit = this.spellings.groupOf.get(`${piece}局`); // 人社
      if (unit !== undefined) alternatives.push({ tokens: [`@${unit}`], text: piece, unit });
      if (alternatives.length) groups.push({ alternatives });
    }
  }
  root.Understanding = Understanding;
})();
