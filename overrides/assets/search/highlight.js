/**
 * Where the words of a query stand in a text: found on the normalised text, shown on the original (５Ｇ for 5g).
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { fold, normalize } = root.text;
  const BEFORE = 24;
  const LENGTH = 110;

  /**
   * Folded text and, for each of its characters, where it came from.
   * @param {string} text
   */
  const mapped = (text) => {
    let folded = "";
    /** @type {number[]} */
    const from = [];
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === "第" && /^\s*[0-9０-９]/.test(text.slice(at + 1, at + 3))) continue;
      for (const char of fold(text[at])) {
        if (/\s/.test(char)) continue;
        folded += char;
        from.push(at);
      }
    }
    return { folded, from };
  };

  /** @param {string} text @param {string[]} words @returns {[number, number][]} spans of the original, merged, in order */
  const spans = (text, words) => {
    const { folded, from } = mapped(text);
    /** @type {[number, number][]} */
    const found = [];
    for (const word of words) {
      const wanted = normalize(word).replace(/\s/g, "");
      if (!wanted) continue;
      for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
        found.push([from[at], from[at + wanted.length - 1] + 1]);
      }
    }
    found.sort((a, b) => a[0] - b[0]);
    /** @type {[number, number][]} */
    const merged = [];
    for (const span of found) {
      const last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else merged.push([...span]);
    }
    return merged;
  };

  /**
   * Where words stand in a text; where none does as a whole, where parts of them do.
   * @param {string} text
   * @param {MarkedWords} words
   */
  const marks = (text, { whole, parts }) => {
    const all = spans(text, whole);
    return all.length ? all : spans(text, parts);
  };

  /**
   * The piece of a text around its first mark, as [text, marked] parts.
   * @param {string} text
   * @param {string[] | MarkedWords} words
   */
  const excerpt = (text, words) => {
    const all = marks(text, Array.isArray(words) ? { whole: words, parts: [] } : words);
    const start = all.length ? Math.max(0, all[0][0] - BEFORE) : 0;
    const end = Math.min(text.length, start + LENGTH);
    /** @type {MarkedText} */
    const parts = start > 0 ? [["…", false]] : [];
    let at = start;
    for (const [from, to] of all) {
      if (from >= end) break;
      if (from > at) parts.push([text.slice(at, from), false]);
      parts.push([text.slice(from, Math.min(to, end)), true]);
      at = Math.min(to, end);
    }
    if (at < end) parts.push([text.slice(at, end), false]);
    if (end < text.length) parts.push(["…", false]);
    return parts;
  };

  /**
   * All words that a set of groups looks for, and their parts: pairs of characters, and runs of letters and digits.
   * @param {Group[]} groups
   * @param {string[][]} spellings
   * @returns {MarkedWords}
   */
  const wordsOf = (groups, spellings) => {
    const whole = groups.flatMap((group) =>
      group.number
        ? [`${group.number[0]}〔${group.number[1]}〕${group.number[2]}号`]
        : group.alternatives.flatMap(({ text, unit }) => (unit === undefined ? [text] : [text, ...(spellings[unit] || [])])),
    );
    const parts = groups.flatMap((group) => (group.number ? [] : group.alternatives.flatMap(({ tokens }) => tokens)));
    return { whole, parts: parts.filter((part) => /^[^@.#№]{2}/.test(part)) };
  };

  root.highlight = { spans, excerpt, wordsOf };
})();
