/**
 * Words of the column with their pinyin: what pinyin, initials and one wrong character are turned into, and what the
 * search box suggests while a reader types.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { normalize, queryTokens } = root.text;
  const { json } = root.readers;
  const HAN_WORD = /^[\u3400-\u9fff]{3,8}$/;
  const SAME_SOUND = 20;
  const ONE_WRONG = 10;
  const CHARACTER_FILES = 32; // CHARACTER_FILES of generator/gongkai/search/words.py

  /**
   * Lines of a letter's file: how much of the word before is repeated, the rest of word and pinyin, the weight.
   * @param {string} lines
   * @returns {WordEntry[]}
   */
  const unfolded = (lines) => {
    /** @type {[string, string[]]} */
    let [before, sounds] = ["", []];
    return lines.split("\n").map((line) => {
      const [rest, more, weight] = line.slice(1).split("\t");
      const shared = Number(line[0]);
      before = before.slice(0, shared) + rest;
      sounds = [...sounds.slice(0, shared), ...(more ? more.split(" ") : [])];
      return { word: before, sound: sounds.join(" "), weight: Number(weight) };
    });
  };

  class Words {
    /** @param {Store} store */
    constructor(store) {
      this.store = store;
      /** @type {Kept<string, Promise<WordEntry[]>>} */
      this.letters = new Map();
      /** @type {Map<number, Map<string, Sound>>} */
      this.characters = new Map();
    }

    /**
     * Words whose pinyin starts with a letter.
     * @param {string} letter
     * @returns {Promise<WordEntry[]>}
     */
    starting(letter) {
      if (!this.letters.has(letter)) {
        this.letters.set(letter, this.store.get(`words-${letter}`).then((bytes) => unfolded(json(bytes)), () => []));
      }
      return this.letters.get(letter);
    }

    /**
     * What is known of each character of a text: its sound, and its simplified form where it has another one.
     * @param {string} text
     * @returns {Promise<Sound[]>}
     */
    async known(text) {
      const numbers = [...new Set(Array.from(text, (char) => /** @type {number} */ (char.codePointAt(0)) % CHARACTER_FILES))];
      const wanted = /[\u3400-\u9fff]/.test(text) ? numbers : [];
      await Promise.all(wanted.filter((number) => !this.characters.has(number)).map((number) => this.loadCharacters(number)));
      return Array.from(text, (char) => (this.characters.get(/** @type {number} */ (char.codePointAt(0)) % CHARACTER_FILES) || new Map()).get(char) || {});
    }

    /** @param {number} number */
    async loadCharacters(number) {
      const [rows, traditional, simplified] = json(await this.store.get(`characters-${number.toString(16)}`));
      const found = new Map();
      for (const row of rows.split(" ")) {
        const sound = /** @type {RegExpExecArray} */ (/^[a-zü]*/.exec(row))[0];
        for (const char of row.slice(sound.length)) found.set(char, { sound });
      }
      Array.from(traditional).forEach((char, at) => found.set(char, { ...found.get(char), simplified: simplified[at] }));
      this.characters.set(number, found);
    }

    /** @param {string} text */
    async traditional(text) {
      const known = await this.known(text);
      return Array.from(text, (char, at) => known[at].simplified || char).join("");
    }

    /**
     * The sound of each character, "?" where it is not known.
     * @param {string} text
     */
    async sounds(text) {
      return (await this.known(text)).map(({ sound }) => sound || "?");
    }

    /**
     * Words written in Latin letters: whole pinyin first, then initials, then a beginning.
     * @param {string} latin
     */
    async byPinyin(latin) {
      let best = 0;
      /** @type {WordEntry[]} */
      let found = [];
      for (const entry of await this.starting(latin[0])) {
        const syllables = entry.sound.split(" ");
        const whole = syllables.join("");
        const initials = syllables.map((syllable) => syllable[0]).join("");
        const fit = whole === latin ? 4 : initials === latin ? 3 : latin.length >= 4 && whole.startsWith(latin) ? 2 : 0;
        if (fit > best) {
          best = fit;
          found = [];
        }
        if (fit && fit === best) found.push(entry);
      }
      found.sort((a, b) => b.weight - a.weight || a.word.length - b.word.length || (a.word < b.word ? -1 : 1));
      return found.slice(0, best === 4 ? 2 : 3).map((entry) => entry.word);
    }

    /**
     * The known word that a word with one wrong character most likely means, or null.
     * @param {string} text
     */
    async repaired(text) {
      const sound = await this.sounds(text);
      /** @type {string|null} */
      let best = null;
      let score = 0;
      // The first letter decides where to look: a wrong first character that sounds different is not repaired.
      for (const entry of sound[0] === "?" ? [] : await this.starting(sound[0][0])) {
        if (entry.word.length !== text.length || entry.word === text) continue;
        const wrong = Array.from(text).filter((char, at) => char !== entry.word[at]).length;
        const same = entry.sound === sound.join(" ") && wrong <= 2;
        const fit = same ? SAME_SOUND - wrong : wrong === 1 && text.length >= 4 ? ONE_WRONG : 0;
        if (fit && fit * 10 + entry.weight > score) {
          score = fit * 10 + entry.weight;
          best = entry.word;
        }
      }
      return best;
    }

    /**
     * Replace each phrase of three to eight characters that the column does not know: by the departments it may mean, else
     * by the word it most likely is.
     * @param {Group[]} groups
     * @param {(tokens: string[]) => Promise<boolean>} known
     * @param {(text: string) => Alternative[]} departments
     */
    async repair(groups, known, departments) {
      /** @type {string|null} */
      let changed = null;
      /** @type {Group[]} */
      const repaired = [];
      for (const group of groups) {
        const first = group.alternatives && group.alternatives[0];
        if (!first || first.unit !== undefined || !HAN_WORD.test(first.text) || (await known(first.tokens))) {
          repaired.push(group);
          continue;
        }
        const units = departments(normalize(first.text));
        if (units.length) {
          changed = units.map(({ text }) => text).join("、");
          repaired.push({ alternatives: units });
          continue;
        }
        const word = await this.repaired(normalize(first.text));
        if (word) {
          changed = word;
          repaired.push({ alternatives: [{ tokens: queryTokens(word), text: word }] });
        } else repaired.push(group);
      }
      return changed ? { groups: repaired, word: changed } : null;
    }
  }
  root.Words = Words;
})();
