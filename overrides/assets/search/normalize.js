/**
 * Text normalisation and tokens: twin of generator/gongkai/search/normalize.py, held together by tests/search/token-cases.json.
 * No look-behind in regular expressions: Safari before 16.4 cannot parse it.
 */
(() => {
  "use strict";
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each character by itself, joiners too
  const TRANSPARENT = /[“”‘’「」『』《》〈〉"'`〝〞·\u00ad\u200b\u200c\u200d\u2060\ufeff]/g;
  const ZERO = /[○◯]/g;
  const HAN_SPACE = /([\u3007\u3400-\u9fff\u{20000}-\u{3ffff}，。、；：（）〔〕])[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+(?=[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}，。、；：（）〔〕0-9])/gu;
  const DIGIT_SPACE = /([0-9])[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+(?=[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}])/gu;
  const YEAR = /[〇零一二三四五六七八九]{4}(?=年)/g;
  const ORDINAL = /第+([0-9]?)/g; // and no look ahead: it would be tried from every 第 of a run
  const DOC_NUMBER = /([\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]{2,12})[[(〔【][\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*((?:19|20)[0-9]{2})[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*[\])〕】][\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*([0-9]{1,4})[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*号/gu;
  const DIGITS = "〇一二三四五六七八九";
  const LONGEST_QUERY = 200;

  /** @param {string} text @returns {string} spellings that mean the same become the same */
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(TRANSPARENT, "")
      .replace(ZERO, "〇")
      .replace(YEAR, (year) => Array.from(year, (char) => (char === "零" ? 0 : DIGITS.indexOf(char))).join(""))
      .replace(ORDINAL, (run, digit) => digit || run);

  /** @param {string} text @returns {string} folded, without layout spaces between Han characters and digits */
  const normalize = (text) => fold(text).replace(HAN_SPACE, "$1").replace(DIGIT_SPACE, "$1");

  /**
   * How many code units the Han character at a place takes (two beyond the first plane), 0 where there is none.
   * @param {string} text
   * @param {number} at
   */
  const hanAt = (text, at) => {
    const code = text.charCodeAt(at);
    if ((code >= 0x3400 && code <= 0x9fff) || code === 0x3007) return 1;
    return code >= 0xd840 && code <= 0xd8bf && text.charCodeAt(at + 1) >> 10 === 0x37 ? 2 : 0;
  };
  /** @param {number} code */
  const isLatin = (code) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57); // a-z, 0-9

  /**
   * Counted by hand, because a small column is read through here in the page while its reader waits.
   * @param {string} normalized @returns {string[]} pairs of adjacent elements and runs of letters and digits
   */
  const tokens = (normalized) => {
    const found = [];
    let previous = "";
    for (let at = 0, end = 0; at < normalized.length; at = end) {
      const han = hanAt(normalized, at);
      end = at + (han || 1);
      const latin = !han && isLatin(normalized.charCodeAt(at));
      while (latin && isLatin(normalized.charCodeAt(end))) end += 1;
      const element = latin || han ? normalized.slice(at, end) : "";
      if (latin) found.push(element);
      if (previous && element) found.push(previous + element);
      previous = element;
    }
    return found;
  };

  /** @param {string} normalized @returns {string[]} ".氢" for every Han character */
  const singleCharacters = (normalized) => {
    const found = [];
    for (let at = 0, han = 0; at < normalized.length; at += han || 1) {
      han = hanAt(normalized, at);
      if (han) found.push(`.${normalized.slice(at, at + han)}`);
    }
    return found;
  };

  /** @param {string} normalized @returns {string[]} "#示政办发2021-3" and its suffixes for every document number */
  const documentNumbers = (normalized) => {
    const found = [];
    for (const match of normalized.matchAll(DOC_NUMBER)) {
      const code = Array.from(match[1]);
      const key = `${match[2]}-${Number(match[3])}`;
      found.push(`#${key}`);
      for (let length = 1; length <= code.length; length += 1) found.push(`#${code.slice(-length).join("")}${key}`);
    }
    return found;
  };

  /** @param {string} query @returns {string} as much of it as the field of the search page takes */
  const typed = (query) => query.slice(0, LONGEST_QUERY);

  /** @param {string} text @returns {string[]} tokens of something typed; a lone character asks for its own token */
  const queryTokens = (text) => {
    const normalized = normalize(text);
    const found = [...new Set(tokens(normalized))];
    return found.length ? found : [...new Set(singleCharacters(normalized))];
  };

  /** A text of nothing but Han characters. */
  const HAN = /^[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]+$/u;

  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  root.text = { HAN, fold, normalize, tokens, singleCharacters, documentNumbers, queryTokens, typed };
})();
