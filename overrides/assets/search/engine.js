/**
 * From a query to hits. A conjunction of everything typed comes first; only when that finds nothing is the query read in
 * other ways (traditional characters, pinyin, a wrong character, part of the words), and then the answer says so.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const { normalize } = root.text;
  const MOST_TOKENS = 5;
  const SYNONYM = 0.6;
  const AHEAD = 3;
  const ENOUGH = 200; // results from which on a query of common words is content with the newest records
  const MOST_APPROXIMATE = 10;
  const NEAR = 5; // results among which a question that was asked is looked for
  const VERBATIM = 4; // characters of a query from which on a text that has all of it, word for word, comes first
  const HEADING = 0.95; // of its score: the task before the section that says the same
  /** @type {Narrowed[]} */
  const NARROWS = (root.NARROWS = ["in", "organ", "year", "theme", "audience", "kind", "state"]);
  const WHO = /谁|哪些?个?(?:部门|单位|局)|什么(?:部门|单位)|归.*管|负责|主管/;
  const OTHERWISE = /^[a-zü\s']+$/i;
  const ITEM = /第[0-9０-９一二三四五六七八九十百]+(?:[个项号条件任决]|事项)|[0-9０-９]+号(?:重点|预备|工作)*[任项事决要]|[务目项策点表单录排]第?[0-9０-９]+[号项个条件]?$/; // naming.js knows more of it

  /**
   * Evenly spread choice of at most `count` items.
   * @template Item
   * @param {Item[]} items
   * @param {number} count
   * @returns {Item[]}
   */
  const spread = (items, count) => {
    if (items.length <= count) return items;
    const picked = Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]);
    return [...new Set(picked)];
  };

  /**
   * Records that have all postings, with the sum of their weights.
   * @param {Posting[]} postings
   */
  const conjunction = (postings) => {
    const [first, ...rest] = [...postings].sort((a, b) => a.count - b.count);
    /** @type {Scores} */
    let found = new Map();
    for (let i = 0; i < first.count; i += 1) found.set(first.ids[i], first.weights[i]);
    for (const posting of rest) {
      const next = new Map();
      if (posting.count > found.size * 16) {
        for (const [record, score] of found) {
          const at = indexOf(posting.ids, record);
          if (at >= 0) next.set(record, score + posting.weights[at]);
        }
      } else {
        for (let i = 0; i < posting.count; i += 1) {
          const score = found.get(posting.ids[i]);
          if (score !== undefined) next.set(posting.ids[i], score + posting.weights[i]);
        }
      }
      found = next;
    }
    return found;
  };

  /** @param {Uint32Array} ids @param {number} record */
  const indexOf = (ids, record) => {
    let low = 0;
    let high = ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (ids[middle] === record) return middle;
      if (ids[middle] < record) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };

  /** @type {(a: Pair, b: Pair) => number} */
  const byScore = (a, b) => b[1] - a[1] || a[0] - b[0];

  /**
   * The first `count` of many, in order, without sorting the rest.
   * @param {Iterable<Pair>} pairs
   * @param {number} count
   * @param {(a: Pair, b: Pair) => number} order
   */
  const best = (pairs, count, order) => {
    /** @type {Pair[]} */
    const kept = [];
    for (const pair of pairs) {
      if (kept.length === count && order(kept[count - 1], pair) <= 0) continue;
      let at = kept.length;
      while (at > 0 && order(pair, kept[at - 1]) < 0) at -= 1;
      kept.splice(at, 0, pair);
      if (kept.length > count) kept.pop();
    }
    return kept;
  };

  /** @param {Scores} left @param {Scores} right */
  const both = (left, right) => {
    const [small, large] = left.size < right.size ? [left, right] : [right, left];
    /** @type {Scores} */
    const found = new Map();
    found.partial = left.partial || right.partial;
    for (const [record, score] of small) {
      const other = large.get(record);
      if (other !== undefined) found.set(record, score + other);
    }
    return found;
  };

  class Engine {
    /** @param {IndexReader} reader @param {Store} store */
    constructor(reader, store) {
      this.reader = reader;
      this.store = store;
      this.understanding = new root.Understanding(reader.head, reader.spellings);
      this.destinations = new root.Destinations(this.understanding, reader.spellings);
      this.enough = ENOUGH;
      /** @type {Map<string, Promise<any>>} */
      this.made = new Map();
    }

    /**
     * Tokens to fetch for a phrase: light ones first, at most five, spread over the phrase; the text is checked later.
     * @param {string[]} tokens
     */
    choose(tokens) {
      const heavy = tokens.filter((token) => this.reader.isHeavy(token));
      const light = tokens.filter((token) => !this.reader.isHeavy(token));
      if (!light.length && heavy.length > 2) {
        return heavy.sort((a, b) => this.reader.isHeavy(a) - this.reader.isHeavy(b)).slice(0, 2);
      }
      return spread(light.length ? light : tokens, MOST_TOKENS);
    }

    /** @param {string[]} tokens @param {boolean} all @returns {Promise<Scores>} */
    async together(tokens, all) {
      const postings = await Promise.all(tokens.map((token) => this.reader.posting(token, all)));
      if (!postings.every(Boolean)) return new Map();
      const found = conjunction(postings);
      found.partial = postings.some(({ partial }) => partial);
      return found;
    }

    /** @param {Pick<Alternative, "tokens" | "synonym">} alternative @param {boolean} every @param {boolean} all */
    async alternative({ tokens, synonym }, every, all) {
      const found = await this.together(every ? tokens : this.choose(tokens), all);
      if (synonym) for (const [record, score] of found) found.set(record, score * SYNONYM);
      return found;
    }

    /** @param {Group} group @param {boolean} every @param {boolean} all @returns {Promise<Scores>} */
    async group(group, every, all) {
      if (group.number) return (await this.part("naming")).number(group);
      /** @type {Pick<Alternative, "tokens" | "synonym">[]} */
      const item = group.item ? [{ tokens: [group.item] }] : [];
      /** @type {Scores} */
      const found = new Map();
      for (const part of await Promise.all([...item, ...group.alternatives].map((one) => this.alternative(one, every, all)))) {
        found.partial = found.partial || part.partial;
        for (const [record, score] of part) found.set(record, Math.max(score, found.get(record) || 0));
      }
      return found;
    }

    /**
     * A department that no record names as one is looked for as it was written.
     * @param {Group[]} groups
     */
    async settle(groups) {
      const units = groups.flatMap(({ alternatives }) => alternatives || []).filter(({ unit }) => unit !== undefined);
      for (const one of units) {
        if (await this.reader.posting(one.tokens[0])) continue;
        one.tokens = root.text.queryTokens(one.text);
        one.unit = undefined;
      }
    }

    /**
     * Records that have all groups; of a phrase in `every` token, else in those that cost least. Where nothing but common
     * words is asked for and the newest records have enough, older ones are left out unless `all` are wanted.
     * @param {Group[]} groups
     * @returns {Promise<Scores>}
     */
    async evaluate(groups, every = false, all = false) {
      if (!groups.length) return new Map();
      await this.settle(groups);
      // Pieces that can be said in one way only are one conjunction: the rarest token leads, whatever piece it is from.
      const plain = groups.flatMap((group) => (group.alternatives && group.alternatives.length === 1 && !group.item ? [group] : []));
      const rest = groups.filter((group) => !group.alternatives || !plain.includes(group));
      const sets = rest.map((group) => this.group(group, every, all));
      if (plain.length) {
        const tokens = plain.flatMap(({ alternatives: [{ tokens: all }] }) => (every ? all : this.choose(all)));
        sets.push(this.together([...new Set(tokens)], all));
      }
      const found = (await Promise.all(sets)).reduce(both);
      return found.partial && !all && found.size < this.enough ? this.evaluate(groups, every, true) : found;
    }

    /**
     * Look at the texts: a result that lacks the phrase never stands above one that has it. With `named` the name of the
     * document counts as text: somebody who types it whole wants what is in it.
     * @param {Pair[]} candidates
     * @param {Group[]} groups
     * @param {boolean} [named]
     * @param {string} [said] what was typed, question words included
     * @returns {Promise<Hit[]>}
     */
    verify(candidates, groups, named = false, said = "") {
      const heaviest = candidates.length ? candidates[0][1] : 0;
      return Promise.all(
        candidates.map(async ([record, score]) => {
          const entry = await this.reader.entry(record);
          const title = normalize(entry.title);
          const rest = normalize(
            `${entry.text}\n${entry.units}\n${named ? entry.document : ""}\n${entry.organName} ${entry.year}年 ${entry.number || ""}`,
          );
          let exact = true;
          let literal = true;
          let far = false;
          let bonus = entry.head ? 0.15 : 0;
          if (said.length >= VERBATIM && (title.includes(said) || rest.includes(said))) bonus += entry.own && titled(entry, said) ? 2 : 1;
          for (const group of groups) {
            if (group.item) continue;
            if (group.number) {
              bonus += entry.head ? 0.5 : 0;
              exact = exact && !group.loose;
              continue;
            }
            const [holds, asTyped, alike, more] = holdsIn(group.alternatives, title, rest);
            exact = exact && holds;
            far = far || !alike;
            literal = literal && asTyped;
            bonus += more;
          }
          const sum = score + bonus * heaviest;
          return { record, score: entry.heading ? sum * HEADING : sum, exact, literal, far, entry };
        }),
      );
    }

    /**
     * A part that most queries never need: its script is loaded by the first that does.
     * @template {keyof EngineParts} Name
     * @param {Name} name
     * @returns {Promise<EngineParts[Name]>}
     */
    part(name) {
      const Part = () => root.parts[name];
      const made = this.made.get(name) || (Part() ? Promise.resolve() : this.store.script(name)).then(() => new (Part())(this));
      this.made.set(name, made);
      made.catch(() => this.made.delete(name));
      return made;
    }

    /**
     * All records, newest first: what is narrowed when nothing was typed.
     * @returns {Reading}
     */
    everything() {
      const found = new Map(Array.from({ length: this.reader.head.size }, (_, record) => [record, 0]));
      return { found, groups: [], text: "", note: "", approximate: false };
    }

    /**
     * What is found, and how the query was read to find it. `text` is the query as it was understood at last.
     * @param {string} query
     * @param {number} wanted how many results are
     * @returns {Promise<Reading>}
     */
    async read(query, wanted) {
      if (OTHERWISE.test(query)) this.part("otherwise").catch(() => {}); // most likely pinyin: the script travels with the first terms
      const numbered = ITEM.test(query) ? await (await this.part("naming")).item(query) : null;
      if (numbered) return numbered;
      const groups = this.understanding.groups(query);
      const found = await this.evaluate(groups);
      const loose = groups.some((group) => Boolean(group.loose));
      if (!loose && (await this.holds(found, groups, wanted))) return { found, groups, text: query, note: "", approximate: false };
      const apart = loose ? null : this.understanding.apart(query);
      if (apart) {
        const other = await this.evaluate(apart);
        if (await this.holds(other, apart, wanted, true)) {
          return { found: other, groups: apart, text: query, note: "", approximate: false, named: true };
        }
      }
      return (await this.part("otherwise")).inexact(query, groups, found, loose, wanted);
    }

    /**
     * Whether one of the best candidates has what was asked for. Those that will be shown: their texts are asked for once.
     * @param {Scores} found
     * @param {Group[]} groups
     * @param {number} wanted
     * @param {boolean} [named]
     */
    async holds(found, groups, wanted, named) {
      const candidates = best(found, wanted + AHEAD, byScore);
      return (await this.verify(candidates, groups, named)).some((hit) => hit.exact);
    }

    /**
     * @param {string} asked of which no more is read than the page's field takes: an address may hold any length
     * @param {SearchOptions} options
     * @returns {Promise<Answer>}
     */
    async search(asked, options = {}) {
      const { limit = 10, offset = 0 } = options;
      const query = root.text.typed(asked);
      const narrow = NARROWS.some((name) => options[name]) ? this.part("narrow") : null;
      const names = this.destinations.load(query);
      if (query.search(root.readers.NAME_ENDS) >= 0) await names; // it may name a department; else it is read meanwhile
      const read = query || !narrow ? await this.read(query, limit + offset) : this.everything();
      const { groups, note, named } = read;
      const sort = read.newest ? "date" : options.sort || "relevance";
      const whole = read.found.partial && (narrow || limit + offset > read.found.size) ? await this.evaluate(groups, false, true) : read.found;
      const { news } = sort === "date" ? await (await this.part("narrow")).states() : { news: null };
      if (news) await this.reader.days(news);
      const { pairs, total = pairs.length } = await this.narrowed(whole, narrow, options, sort);
      const hits = await this.ranked(pairs, groups, limit + offset, {
        sort,
        approximate: read.approximate,
        named,
        newest: read.newest,
        said: normalize(query).replace(/[？?。！!\s]+$/, ""),
      });
      const exact = hits.filter((hit) => hit.exact);
      const loose = read.approximate || (pairs.length > 0 && exact.length === 0);
      const far = !loose && exact.length > 0 && exact.every((hit) => hit.far);
      const settled = !loose && hits.length === pairs.length;
      const shown = settled ? exact : loose ? hits.slice(0, MOST_APPROXIMATE) : hits;
      const approximate = loose || far;
      return {
        query,
        text: read.text || query,
        groups,
        note: far ? (await this.part("listing")).meant(groups, note) : note,
        approximate,
        destinations: query ? await this.named(query, read, approximate, hits) : [],
        total: settled || loose ? shown.length : total,
        hits: shown.slice(offset, offset + limit).map((hit) => (news?.has(hit.record) ? { ...hit, news: news.get(hit.record) } : hit)),
        answer: query && !offset ? await this.answer(query, shown) : null,
        partial: !loose && Boolean(whole.partial),
        matches: loose ? shown.map((hit) => hit.record) : [...(narrow ? await (await narrow).inside(whole, options.in) : whole).keys()],
      };
    }

    /**
     * Of what was found, what has every chosen value; `total` where there is more than can be ranked.
     * @param {Scores} found
     * @param {Promise<EngineParts["narrow"]> | null} narrow where something is chosen
     * @param {SearchOptions} options
     * @param {string} _sort
     * @returns {Promise<{pairs: Pair[], total?: number}>}
     */
    async narrowed(found, narrow, options, _sort) {
      if (!narrow) return { pairs: [...found] };
      const chosen = await narrow;
      return { pairs: await chosen.filtered(await chosen.inside(found, options.in), options) };
    }

    /**
     * The answer that is shown in place, where the column has any and one of the first results is a question.
     * @param {string} query
     * @param {Hit[]} hits
     * @returns {Promise<InPlace | null>}
     */
    async answer(query, hits) {
      const { answers } = this.reader.head;
      const questions = answers ? hits.slice(0, NEAR).filter(({ entry }) => answers.includes(entry.kind)) : [];
      return questions.length ? (await this.part("answers")).of(query, questions, hits[0]) : null;
    }

    /**
     * Pages, and before them what a query names by its district, years and months.
     * @param {Destination[]} pages
     * @param {string} query
     */
    async listed(pages, query) {
      const { organs, years, rest } = this.destinations.read(query);
      const dated = years.length > 1 || (years.length && !rest) || query.includes("月");
      const listed = (organs.length || years.length) && pages.some(({ kind, near }) => kind === "page" || (kind === "theme" && !near));
      return this.reader.head.lists && (dated || listed) ? (await this.part("listing")).before(pages, query) : pages;
    }

    /**
     * Pages that the query names, as it was typed or understood; near ones where nothing has all of it.
     * @param {string} query
     * @param {Reading} read
     * @param {boolean} approximate
     * @param {Hit[]} hits
     */
    async named(query, { text = query, groups, repaired }, approximate, [first]) {
      await Promise.all([query, text].map((one) => this.destinations.load(one)));
      const typed = text === query ? [] : this.destinations.named(query); // 最近更新 is a page, and no order
      const found = await this.listed(typed.length ? typed : this.destinations.find(text), text);
      const asked = first && WHO.test(query) && found.every(({ kind }) => kind !== "unit");
      const units = asked ? await (await this.part("backoff")).responsible(first.entry) : [];
      const document = first && first.exact && first.entry.own && !approximate && (groups.some((group) => group.number) || titled(first.entry, normalize(query)));
      if (document) found.push(documentOf(first.entry));
      const settled = repaired || groups.some((group) => group.number); // then it is known what was meant
      if (found.length || settled || !(approximate || !groups.length)) return [...found, ...units];
      const near = await this.listed(await (await this.part("backoff")).near(text), text);
      return [...near, ...units.map((unit) => ({ ...unit, near: true }))];
    }

    /**
     * The best of what was found, in order.
     * @param {Pair[]} pairs
     * @param {Group[]} groups
     * @param {number} wanted
     * @param {{sort: string, approximate: boolean, named?: boolean, newest?: boolean, said?: string}} how `newest`: of the best; `said`: what was typed
     */
    async ranked(pairs, groups, wanted, { sort, approximate, named, newest, said }) {
      const first = Math.min(pairs.length, wanted + AHEAD);
      /** @type {(a: Pair, b: Pair) => number} */
      const newer = (a, b) => this.reader.newer(a[0], b[0]);
      const candidates = best(pairs, first + 2 * wanted, sort === "date" && !newest ? newer : byScore);
      let list = await this.verify(candidates.slice(0, first), groups, named, said);
      const short = list.filter((hit) => hit.exact).length < Math.min(wanted, pairs.length);
      if (!approximate && short && pairs.length > first) {
        list = list.concat(await this.verify(candidates.slice(first), groups, named, said));
      }
      /** @type {(a: Hit, b: Hit) => number} */
      const order = sort === "date" ? (a, b) => this.reader.newer(a.record, b.record) : (a, b) => b.score - a.score || a.record - b.record;
      /** @type {(a: Hit, b: Hit) => number} */
      const typed = (a, b) => (sort === "date" ? 0 : Number(b.literal) - Number(a.literal));
      list.sort((a, b) => Number(b.exact) - Number(a.exact) || typed(a, b) || order(a, b));
      return list;
    }
  }

  /**
   * Whether a query has the title of a document, as the column calls it or as it was issued.
   * @param {Entry} entry
   * @param {string} query
   */
  const titled = ({ title, text }, query) => [title, text.split("\n")[0]].some((name) => query.includes(normalize(name)));

  /**
   * The page of the document itself, which has the id of the file that carries it.
   * @param {Entry} entry
   * @returns {Destination}
   */
  const documentOf = ({ title, url }) => ({ kind: "page", title: `公文：${title}`, url: url.replace(/[^/]+\/([^/]+)\/$/, "documents/$1/"), organ: -1 });

  /**
   * Whether one of the alternatives stands in a text, whether it is what was typed, or says the same, and how much that
   * should count.
   * @param {Alternative[]} alternatives
   * @param {string} title
   * @param {string} rest
   * @returns {[holds: boolean, asTyped: boolean, alike: boolean, bonus: number]}
   */
  const holdsIn = (alternatives, title, rest) => {
    let holds = false;
    let asTyped = false;
    let alike = false;
    let bonus = 0;
    for (const { text, unit, synonym, far } of alternatives) {
      if (unit !== undefined) {
        holds = asTyped = alike = true;
        continue;
      }
      const wanted = normalize(text);
      const inTitle = title.includes(wanted);
      if (inTitle || rest.includes(wanted)) {
        holds = true;
        asTyped = asTyped || !synonym;
        alike = alike || !far;
      }
      if (inTitle) {
        bonus += (synonym ? 0 : 0.3) + (title === wanted ? 1 : 0);
      }
    }
    return [holds, asTyped, alike, Math.min(bonus, 1.3)];
  };

  root.Engine = Engine;
  root.parts = root.parts || {};
  Object.assign(root, { spread, both });
  /** An engine for this page's site, opened. */
  root.openEngine = async (store) => new Engine(await root.openReader(store), store);
})();
