/**
 * Words of the column with their pinyin: what pinyin, initials and one wrong character are turned into, and what the
 * search box suggests while a reader types.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { HAN, normalize } = root.text;
  const { json, termHash } = root.readers;
  const SAME_SOUND = 20;
  const NEAR_SOUND = 0.5; // of a wrong character; one that sounds the same counts half of that
  /** @type {[RegExp, string][]} */
  const NEAR = [[/^zh/, "z"], [/^ch/, "c"], [/^sh/, "s"], [/^n/, "l"], [/^f/, "h"], [/ng$/, "n"]];
  const RARE_FILES = 16; // RARE_FILES and SOUND_FILES of generator/gongkai/search/words.py
  const SOUND_FILES = 128;

  /**
   * Lines of a letter's file: how much of the word before is repeated, the rest of word and pinyin, the weight. The pinyin
   * is left out where it is that of the characters.
   * @param {string} lines
   * @param {Map<string, Sound>} characters
   * @returns {WordEntry[]}
   */
  const unfolded = (lines, characters) => {
    /** @type {[string, string[]]} */
    let [before, sounds] = ["", []];
    return lines.split("\n").map((line) => {
      const [rest, more, weight] = line.slice(1).split("\t");
      const shared = Number(line[0]);
      before = before.slice(0, shared) + rest;
      sounds = [...sounds.slice(0, shared), ...(more ? more.split(" ") : Array.from(rest, (char) => (characters.get(char) || {}).sound || ""))];
      return { word: before, sound: sounds.join(" "), weight: Number(weight) };
    });
  };

  /**
   * A syllable as those hear it who do not tell z from zh, n from l, in from ing.
   * @param {string} sound
   */
  const blurred = (sound) => NEAR.reduce((text, [from, to]) => text.replace(from, to), sound);

  /**
   * How much a wrong character counts: half where it nearly sounds right, a quarter where it does.
   * @param {string} sound
   * @param {string} right
   */
  const cost = (sound, right) => (sound === right ? NEAR_SOUND / 2 : blurred(sound) === blurred(right) ? NEAR_SOUND : 1);

  /**
   * Whether characters stand in a word in their order.
   * @param {string[]} characters
   * @param {string} word
   */
  const inOrder = (characters, word) => {
    let from = 0;
    return characters.every((char) => {
      from = word.indexOf(char, from) + 1;
      return from > 0;
    });
  };

  /**
   * Whether a number has one digit wrong or two changed places.
   * @param {string} text
   * @param {string} other
   */
  const nearNumber = (text, other) => {
    const wrong = [...other].flatMap((digit, at) => (digit === text[at] ? [] : [at]));
    if (text.length !== other.length || !wrong.length) return false;
    const [one, two] = wrong;
    return wrong.length === 1 || (wrong.length === 2 && text[one] === other[two] && text[two] === other[one]);
  };

  /** The characters of GB 2312 in its order, which any browser knows. */
  const simplifiedCharacters = () => {
    const codes = new Uint8Array(2 * 72 * 94);
    for (let at = 0; at < codes.length; at += 2) {
      codes[at] = 0xb0 + Math.floor(at / 188);
      codes[at + 1] = 0xa1 + ((at >> 1) % 94);
    }
    return Array.from(new TextDecoder("gbk").decode(codes));
  };

  class Words {
    /** @param {Store} store */
    constructor(store) {
      this.store = store;
      /** @type {Kept<string, Promise<WordEntry[]>>} */
      this.lists = new Map();
      /** @type {Map<string, Sound>} */
      this.characters = new Map();
      /** @type {Map<string, Promise<void>>} */
      this.loading = new Map();
    }

    /**
     * Words whose pinyin starts with a letter.
     * @param {string} letter
     * @returns {Promise<WordEntry[]>}
     */
    starting(letter) {
      return this.listed(`words-${letter}`);
    }

    /**
     * Words of a length whose first syllable sounds like one.
     * @param {number} length
     * @param {string} sound
     */
    sounding(length, sound) {
      return this.listed(`sounds-${(termHash(`${length}${blurred(sound)}`) % SOUND_FILES).toString(16)}`);
    }

    /**
     * @param {string} name
     * @returns {Promise<WordEntry[]>}
     */
    listed(name) {
      if (!this.lists.has(name)) {
        const both = Promise.all([this.store.get(name), this.common()]);
        this.lists.set(name, both.then(([bytes]) => unfolded(json(bytes), this.characters), () => []));
      }
      return this.lists.get(name);
    }

    /**
     * What is known of each character of a text: its sound, and its simplified form where it has another one.
     * @param {string} text
     * @returns {Promise<Sound[]>}
     */
    async known(text) {
      const characters = Array.from(text).filter((char) => char > "~");
      if (characters.length) await this.common();
      const rare = characters.filter((char) => !this.characters.has(char)).map((char) => /** @type {number} */ (char.codePointAt(0)) % RARE_FILES);
      await Promise.all(rare.map((file) => this.once(`rare-${file.toString(16)}`, (table) => this.addRare(table))));
      return Array.from(text, (char) => this.characters.get(char) || {});
    }

    /**
     * @param {string} name
     * @param {(content: any) => void} add what is done with what it says
     */
    once(name, add) {
      const loading = this.loading.get(name) || this.store.get(name).then((bytes) => add(json(bytes)));
      this.loading.set(name, loading);
      loading.catch(() => this.loading.delete(name));
      return loading;
    }

    common() {
      return this.once("characters", (runs) => this.addCommon(runs));
    }

    /** @param {string} runs see common_sounds of words.py */
    addCommon(runs) {
      const common = this.gb2312();
      let at = 0;
      for (const run of runs.split(" ")) {
        const [, sound, count] = /** @type {RegExpExecArray} */ (/^(\D+)(\d+)$/.exec(run));
        const known = { sound };
        for (const end = at + Number(count); at < end; at += 1) this.characters.set(common[at], known);
      }
    }

    /** @param {[rows: string, traditional: string, simplified: string]} table see rare_tables of words.py */
    addRare([rows, traditional, simplified]) {
      const { characters } = this;
      for (const row of rows.split(" ")) {
        const sound = /** @type {RegExpExecArray} */ (/^[a-zü]*/.exec(row))[0];
        for (const char of Array.from(row.slice(sound.length))) characters.set(char, { sound });
      }
      const plain = Array.from(simplified);
      Array.from(traditional).forEach((char, at) => characters.set(char, { ...characters.get(char), simplified: plain[at] }));
    }

    /** The characters of GB 2312, made once. */
    gb2312() {
      this.plain = this.plain || simplifiedCharacters();
      return this.plain;
    }

    /**
     * A text in simplified characters. Where all of its characters are such, nothing is loaded to know it.
     * @param {string} text
     */
    async traditional(text) {
      this.simplified = this.simplified || new Set(this.gb2312());
      if (Array.from(text).every((char) => !HAN.test(char) || this.simplified?.has(char))) return text;
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
     * Words written partly in Latin letters: all of their sounds, and the characters that were given.
     * @param {string} text
     */
    async byMixed(text) {
      const characters = Array.from(text).filter((char) => HAN.test(char));
      const sounds = await this.sounds(text);
      const whole = Array.from(text, (char, at) => (HAN.test(char) ? sounds[at] : char)).join("");
      const found = (await this.starting(whole[0])).filter(({ word, sound }) => sound.replace(/ /g, "") === whole && inOrder(characters, word));
      return found.sort((a, b) => b.weight - a.weight).slice(0, 2).map(({ word }) => word);
    }

    /**
     * The known word that a word of three to eight characters with a wrong one or two most likely means, or null.
     * @param {string} text
     */
    async repaired(text) {
      const written = Array.from(text);
      const sounds = await this.sounds(text);
      /** @type {string | null} */
      let best = null;
      let score = 0;
      // The first syllable decides where to look: a wrong first character that sounds different is not repaired.
      for (const entry of sounds[0] === "?" ? [] : await this.sounding(written.length, sounds[0])) {
        const word = Array.from(entry.word);
        if (word.length !== written.length || entry.word === text) continue;
        const heard = entry.sound.split(" ");
        const wrong = word.flatMap((char, at) => (char === written[at] ? [] : [cost(sounds[at], heard[at])]));
        const sum = wrong.reduce((a, b) => a + b, 0);
        if (wrong.length > 2 || sum > (word.length > 3 ? 1 : NEAR_SOUND)) continue;
        const fit = (SAME_SOUND - wrong.length) * (1 - sum / 2) * 10 + entry.weight;
        if (fit > score) {
          score = fit;
          best = entry.word;
        }
      }
      return best;
    }

    /**
     * Replace each phrase of three to eight characters that the column does not know: by the departments it may mean, else
     * by the word it most likely is; and a number by one of the vocabulary that it nearly is.
     * @param {Group[]} groups
     * @param {(tokens: string[]) => Promise<boolean>} known
     * @param {(text: string) => Alternative[]} departments
     * @param {string[]} numbers
     * @param {(text: string) => Alternative[]} said what is looked for by a word
     * @returns {Promise<Repaired | null>}
     */
    async repair(groups, known, departments, numbers, said) {
      /** @type {Repaired["changes"]} */
      const changes = [];
      /** @type {Group[]} */
      const repaired = [];
      for (const group of groups) {
        const first = group.alternatives && group.alternatives[0];
        const text = first && first.unit === undefined ? normalize(first.text) : "";
        const digits = (/[0-9]{4,}/.exec(text) || [])[0];
        if (!first || !text || (await known(first.tokens))) {
          repaired.push(group);
        } else if (digits) {
          const number = numbers.find((other) => nearNumber(digits, other));
          if (number) changes.push([digits, number]);
          const word = number ? text.replace(digits, number) : text;
          repaired.push(number ? { alternatives: said(word) } : group);
        } else {
          repaired.push(await this.repairedGroup(group, text, departments, changes, said));
        }
      }
      return changes.length ? { groups: repaired, changes } : null;
    }

    /** @param {Group} group @param {string} text @param {(text: string) => Alternative[]} departments @param {Repaired["changes"]} changes @param {(text: string) => Alternative[]} said */
    async repairedGroup(group, text, departments, changes, said) {
      const length = Array.from(text).length;
      if (!HAN.test(text) || length < 3 || length > 8) return group;
      const units = departments(text);
      const word = units.length ? null : await this.repaired(text);
      if (!units.length && !word) return group;
      changes.push([text, word || units.map((unit) => unit.text).join("、")]);
      return { alternatives: word ? said(word) : units };
    }
  }
  root.Words = Words;
})();
