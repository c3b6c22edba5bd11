/**
 * A query that nothing has as a whole, by its words: those that the column or its vocabulary knows, never characters that
 * only happen to stand side by side. What readers say (下岗) is looked for as documents say it (失业).
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const { HAN, fold, queryTokens } = root.text;
  const { addPage, json, termHash, NAME_ENDS } = root.readers;
  const FILES = 64; // EVERYDAY_FILES of everyday.py
  const LONGEST = 8;
  /** @type {Partial<Record<Destination["kind"], number>>} how long a name must be that is near */
  const NEAR = { page: 2, theme: 2, audience: 2 };
  const ASKED = 2; // how much more a word of the vocabulary weighs than one of the column
  const COMPOUND = 4;
  const MOST_WORDS = 8; // of a query: each asks for postings, and so does what documents call it
  const SHORT = 6;
  const MOST_RESPONSIBLE = 3; // units of a record: of many, none answers who it is
  const COVERED = { short: 0.5, long: 0.3 };
  const ENOUGH = 3; // records that have a word itself, with which nothing else is looked for
  const COMMON = 4; // what every fourth record has says nothing
  const ANY_HAN = /[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
  const RUNS = /[\u3007\u3400-\u9fff\u{20000}-\u{3ffff}]+|[a-z0-9]+/gu;

  class Backoff {
    /** @param {Engine} engine */
    constructor(engine) {
      this.engine = engine;
      /** @type {Everyday} */
      this.known = { everyday: new Map(), weak: new Set(), fillers: new Set(), own: new Set(), near: new Map() };
      /** @type {Map<number, Promise<void>>} */
      this.loaded = new Map();
    }

    /**
     * What is asked only here, as far as the characters of a text may need it, see everyday.py: everyday words, words that
     * say nothing alone, endings without meaning, words of the column, and pages that are near to some.
     * @param {string} text
     * @returns {Promise<Everyday>}
     */
    async vocabulary(text) {
      const starts = (text.match(RUNS) || []).flatMap((run) => (ANY_HAN.test(run) ? Array.from(run) : [run[0]]));
      const files = [...new Set(starts.map((char) => termHash(char) % FILES))];
      await Promise.all(files.map((file) => this.load(file)));
      return this.known;
    }

    /** @param {number} file */
    load(file) {
      const loading = this.loaded.get(file) || this.engine.store.get(`everyday-${file.toString(16)}`).then((bytes) => this.add(json(bytes)));
      this.loaded.set(file, loading);
      loading.catch(() => this.loaded.delete(file));
      return loading;
    }

    /** @param {EverydayFile} file */
    add([lines, weak, fillers, own]) {
      const { known } = this;
      for (const line of lines.split("\n")) {
        const [said, pages] = line.split("@");
        const [word, others] = said.split("=");
        if (others !== undefined) known.everyday.set(word, others ? others.split(",") : []);
        if (pages) known.near.set(word, pages.split(" ").map(Number));
      }
      for (const word of weak.split("\n")) known.weak.add(word);
      for (const char of fillers) known.fillers.add(char);
      for (const word of own.split("\n")) known.own.add(word);
    }

    /**
     * Pages by those of their names that stand in a text.
     * @param {string} text
     */
    async pages(text) {
      const { near } = await this.vocabulary(text);
      const named = [...near].filter(([name]) => text.includes(name));
      /** @type {Map<string, Destination[]>} */
      const pages = new Map();
      if (!named.length) return pages;
      /** @type {[kind: number, title: string, url: string, organ: number][]} */
      const rows = json(await this.engine.store.get("near"));
      for (const [name, places] of named) for (const at of places) addPage(pages, [...rows[at], name]);
      return pages;
    }

    /**
     * Pages that are near to a query for which nothing better was found: themes and people whose words it has.
     * @param {string} query
     * @returns {Promise<Destination[]>}
     */
    async near(query) {
      const { destinations } = this.engine;
      const { rest, organs } = destinations.read(query);
      const pages = await this.pages(rest);
      return destinations.ofOrgans(destinations.inside(rest, NEAR, (name) => pages.get(name) || []), organs).map((page) => ({ ...page, near: true }));
    }

    /**
     * Pages of the units that a record names as responsible, where they are few.
     * @param {Entry} entry
     */
    async responsible({ units, organName }) {
      const { destinations, reader, understanding } = this.engine;
      const text = fold(units).replace(/[\s,、;()]/g, "");
      await reader.spellings.load([text]);
      const organ = understanding.organs.findIndex((names) => names.includes(fold(organName)));
      const found = destinations.ofOrgans(destinations.inside(text, { unit: 3 }, reader.spellings.among([text])), [organ]);
      return found.length > MOST_RESPONSIBLE ? [] : found;
    }

    /**
     * Whether a piece is a word of the vocabulary, a name, or a word of the column.
     * @param {string} piece
     * @param {Everyday} vocabulary
     */
    isWord(piece, { everyday, weak, own, near }) {
      return [everyday, weak, own, near, this.engine.reader.spellings.groupOf].some((known) => known.has(piece));
    }

    /**
     * The words of a run of characters that cover most of it, longer ones before more of them.
     * @param {string} run
     * @param {Everyday} vocabulary
     */
    cut(run, vocabulary, longest = LONGEST) {
      /** @type {{score: number, words: string[]}[]} */
      const best = [{ score: 0, words: [] }];
      for (let to = 1; to <= run.length; to += 1) {
        best[to] = best[to - 1];
        for (let from = Math.max(0, to - longest); from <= to - 2; from += 1) {
          const piece = run.slice(from, to);
          const score = best[from].score + piece.length ** 2;
          if (score > best[to].score && this.isWord(piece, vocabulary)) best[to] = { score, words: [...best[from].words, piece] };
        }
      }
      return best[run.length].words;
    }

    /**
     * A query without district, year, question and document numbers: its runs of characters, their words, and what is
     * known of them.
     * @param {string} query
     */
    async split(query) {
      const { understanding } = this.engine;
      const text = understanding.withoutQuestion(understanding.withoutNumbers(fold(query)).replace(understanding.regions, " ").replace(understanding.frame, " "));
      /** @type {string[]} */
      const found = text.match(RUNS) || [];
      const runs = found.filter((run) => run.length > 1);
      const vocabulary = await this.vocabulary(runs.join(" "));
      const cut = runs.flatMap((run) => (HAN.test(run) ? this.cut(run, vocabulary) : [run]));
      const words = [...new Set(cut)].slice(0, MOST_WORDS);
      const rest = runs.flatMap((run) => words.reduce((left, word) => left.split(word).join(" "), run).split(" ")).filter(({ length }) => length > 1);
      return { runs, words, rest: rest.slice(0, MOST_WORDS), vocabulary };
    }

    /**
     * Whether a query is nothing but words that the vocabulary or the column knows, and endings without meaning.
     * @param {string} query
     */
    async knows(query) {
      const { runs, words, vocabulary } = await this.split(query);
      const rest = runs.map((run) => words.reduce((text, word) => text.split(word).join(""), run)).join("");
      const strange = runs.some((run) => !HAN.test(run) && !this.isWord(run, vocabulary));
      return words.length > 0 && !strange && Array.from(rest).every((char) => vocabulary.fillers.has(char));
    }

    /**
     * A word as it is looked for: a department by all of its spellings.
     * @param {string} text
     * @param {boolean} synonym
     * @returns {Alternative}
     */
    alternative(text, synonym) {
      const unit = this.engine.reader.spellings.groupOf.get(text);
      return unit === undefined ? { tokens: queryTokens(text), text, synonym } : { tokens: [`@${unit}`], text, synonym, unit };
    }

    /**
     * What has a word, or what documents call it; of a compound that nothing has, all of its words.
     * @param {string} word
     * @param {Everyday} vocabulary
     * @returns {Promise<Part>}
     */
    async part(word, vocabulary) {
      const { everyday, weak } = vocabulary;
      const { engine } = this;
      const said = everyday.get(word) || [];
      await engine.reader.spellings.load(said.filter((text) => text.search(NAME_ENDS) >= 0));
      const own = this.alternative(word, false);
      const others = said.map((text) => this.alternative(text, true));
      /** @type {Alternative[]} */
      const alternatives = [];
      let has = 0;
      for (const one of [own, ...others]) {
        const { size } = has < ENOUGH ? await engine.evaluate([{ alternatives: [one] }]) : new Map();
        if (one === own) has = size;
        if (size) alternatives.push(one);
      }
      if (!alternatives.length) return this.compound(word, [word, ...others.map(({ text }) => text)], vocabulary);
      const found = await engine.evaluate([{ alternatives }]);
      const common = found.size > engine.reader.head.size / COMMON;
      const shown = alternatives[0] === own ? [word] : alternatives.slice(0, 2).map(({ text }) => text);
      const asked = everyday.has(word); // a word that readers are known to use
      return { word, found, groups: [{ alternatives }], said: shown, asked, counts: found.size > 0 && !common && !weak.has(word) };
    }

    /**
     * What has all words of a compound, or of another name for it.
     * @param {string} word
     * @param {string[]} names
     * @param {Everyday} vocabulary
     * @returns {Promise<Part>}
     */
    async compound(word, names, vocabulary) {
      const { understanding } = this.engine;
      for (const name of names.filter(({ length }) => length >= COMPOUND).slice(0, 3)) {
        await this.vocabulary(name);
        const words = this.cut(name, vocabulary, name.length - 1);
        /** @type {Group[]} */
        const groups = [];
        for (const one of words) understanding.add(groups, one);
        const whole = words.length > 1 && words.join("").length === name.length && !words.every((one) => vocabulary.weak.has(one));
        const found = whole ? await this.engine.evaluate(groups) : new Map();
        if (found.size) return { word, found, groups, said: words, counts: true };
      }
      return { word, found: new Map(), groups: [], said: [], counts: false };
    }

    /**
     * What has the known words of a query; null where too little of it is known.
     * @param {string} query
     * @returns {Promise<Reading | null>}
     */
    async read(query) {
      const { understanding, reader } = this.engine;
      const { runs, words, rest, vocabulary } = await this.split(query);
      const said = runs.map((run) => words.reduce((text, word) => (vocabulary.weak.has(word) ? text.split(word).join("") : text), run));
      const length = said.reduce((sum, run) => sum + [...run].filter((char) => !vocabulary.fillers.has(char)).length, 0);
      const known = await Promise.all(words.map((word) => this.part(word, vocabulary)));
      const unknown = await Promise.all(rest.map((text) => this.part(text, vocabulary))); // a name, perhaps
      const all = [...known, ...unknown.map((part) => ({ ...part, counts: false }))];
      const strong = all.filter(({ counts }) => counts);
      const parts = strong.length ? strong : await this.onlyWeak(known);
      const covered = parts.reduce((sum, { word }) => sum + word.length, 0);
      const whole = runs.length > 1 && runs.some((run) => parts.some(({ word }) => word === run));
      if (!parts.length || !(whole || covered >= length * (length > SHORT ? COVERED.long : COVERED.short))) return null;
      const found = await this.framed(fold(query).match(understanding.frame) || [], this.sum(parts, all, reader.head.size));
      return {
        found,
        groups: parts.flatMap(({ groups }) => groups),
        text: query,
        note: `没有完全匹配的内容，已按“${[...new Set(parts.flatMap(({ said }) => said))].join("、")}”检索`,
        approximate: true,
      };
    }

    /**
     * Where a query has nothing but words that say nothing alone: what has all of them.
     * @param {Part[]} all
     */
    async onlyWeak(all) {
      const found = all.length > 1 && all.every((one) => one.found.size) ? all.map((one) => one.found).reduce(root.both) : new Map();
      return found.size ? [{ ...all[0], word: all.map(({ word }) => word).join(""), found, said: all.flatMap(({ said }) => said) }] : [];
    }

    /**
     * How much a word counts: rare and long ones, and those that readers are known to use.
     * @param {Part} part
     * @param {number} size
     */
    rarity({ word, found, asked }, size) {
      return Math.log(1 + size / found.size) * word.length * (asked ? ASKED : 1);
    }

    /**
     * Scores of several words, rare and long ones before others, texts with more of them before others; words that say
     * nothing alone only add to them.
     * @param {Part[]} parts
     * @param {Part[]} all
     * @param {number} size
     */
    sum(parts, all, size) {
      /** @type {Scores} */
      const total = new Map();
      /** @param {Part} part @param {boolean} more whether records count that have no other word */
      const add = (part, more) => {
        const { found } = part;
        const most = Math.max(...found.values());
        const rare = this.rarity(part, size);
        for (const [record, score] of found) if (more || total.has(record)) total.set(record, (total.get(record) || 0) + rare * (0.5 + (0.5 * score) / most));
      };
      for (const part of parts) add(part, true);
      for (const [record, score] of total) total.set(record, score * parts.filter(({ found }) => found.has(record)).length);
      for (const part of all) if (!part.counts && part.found.size && !parts.some(({ word }) => word.includes(part.word))) add(part, false);
      return total;
    }

    /**
     * Of what was found, that of the district and year which the query names, where there is any.
     * @param {string[]} frame
     * @param {Scores} found
     */
    async framed(frame, found) {
      const { understanding } = this.engine;
      let kept = found;
      for (const part of frame) {
        const name = understanding.districts.find((district) => district.startsWith(part)) || `${parseInt(part, 10)}年`;
        const has = await this.engine.evaluate([{ alternatives: [{ tokens: queryTokens(name), text: name }] }]);
        const some = new Map([...kept].filter(([record]) => has.has(record)));
        if (some.size) kept = some;
      }
      return kept;
    }
  }

  root.parts.backoff = Backoff;
})();
