/**
 * Words of the column with their pinyin: what pinyin, initials and one wrong character are turned into, and what the
 * search box suggests while a reader types.
 */
(() => {
  "use strict";
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { normalize, queryTokens } = root.text;
  const decoder = new TextDecoder();
  const HAN_WORD = /^[\u3400-\u9fff]{3,8}$/;
  const SAME_SOUND = 20;
  const ONE_WRONG = 10;

  class Words {
    constructor(store) {
      this.store = store;
      this.letters = new Map();
    }

    /** Words whose pinyin starts with a letter. */
    starting(letter) {
      if (!this.letters.has(letter)) {
        const lines = this.store.get(`words-${letter}`).then(
          (bytes) =>
            decoder
              .decode(bytes)
              .split("\n")
              .map((line) => {
                const [word, sound, weight] = line.split("\t");
                return { word, sound, weight: Number(weight) };
              }),
          () => [],
        );
        this.letters.set(letter, lines);
      }
      return this.letters.get(letter);
    }

    async traditional(text) {
      this.table = this.table || this.store.get("traditional").then((bytes) => JSON.parse(decoder.decode(bytes)));
      const [from, to] = await this.table;
      return Array.from(text, (char) => {
        const at = from.indexOf(char);
        return at < 0 ? char : to[at];
      }).join("");
    }

    async sounds() {
      this.soundTable =
        this.soundTable ||
        this.store.get("sounds").then((bytes) => {
          const table = new Map();
          for (const row of decoder.decode(bytes).split(" ")) {
            const sound = /^[a-zü]+/.exec(row)[0];
            for (const char of row.slice(sound.length)) table.set(char, sound);
          }
          return table;
        });
      return this.soundTable;
    }

    /** Words written in Latin letters: whole pinyin first, then initials, then a beginning. */
    async byPinyin(latin) {
      let best = 0;
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

    /** The known word that a word with one wrong character most likely means, or null. */
    async repaired(text) {
      const sounds = await this.sounds();
      const sound = Array.from(text, (char) => sounds.get(char) || "?");
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

    /** Replace each phrase of three to eight characters that the column does not know. */
    async repair(groups, known) {
      let changed = null;
      const repaired = [];
      for (const group of groups) {
        const first = group.alternatives && group.alternatives[0];
        if (!first || first.unit !== undefined || !HAN_WORD.test(first.text) || (await known(first.tokens))) {
          repaired.push(group);
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
