/**
 * The search page: the query and its filters live in the address, so that a result can be shared; results are built from
 * DOM nodes, never from HTML text.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const PAGE = 10;
  /** @type {Partial<Record<Destination["kind"], string>>} */
  const PAGES = { theme: "主题：", audience: "人群：" };
  const DUE = "完成时限：";
  const SAME_TEXT = 15; // characters from which equal texts are one result
  const FILLS = 5; // as many results fill a screen: with fewer, what stands below comes up to them

  /** @type {ColumnSearch["element"]} */
  const element = (root.element = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  });

  /** @param {string} address @returns {SearchState} */
  const stateOf = (address) => {
    const parameters = new URLSearchParams(address);
    /** @type {SearchState} */
    const state = { q: (parameters.get("q") || "").trim(), sort: parameters.get("sort") || "relevance" };
    for (const name of root.NARROWS) state[name] = parameters.get(name) || "";
    return state;
  };

  /** @param {SearchState} state */
  const addressOf = (state) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(state)) {
      if (value && !(name === "sort" && value === "relevance")) parameters.set(name, value);
    }
    return `?${parameters}`;
  };

  /**
   * A record's text as what it says, the headings it stands under, and the printed day: 完成时限：2022年12月底前.
   * @param {Entry} entry
   * @returns {EntryParts}
   */
  const partsOf = ({ title, text }) => {
    const lines = text.split("\n");
    const longest = lines.reduce((best, line, at) => (line.length > lines[best].length ? at : best), 0);
    const due = lines.find((line, at) => at > longest && line.startsWith(DUE)) || "";
    const headings = lines.slice(0, longest).filter((line) => line && line !== title);
    return { headings: headings.join(" › "), matter: lines.slice(longest).filter((line) => line !== due).join("　"), due };
  };

  /** @param {MarkedText} parts */
  const marked = (parts) => parts.map(([text, hit]) => (hit ? element("mark", { textContent: text }) : text));

  class SearchPage {
    /** @param {SearchView} view @param {string} site */
    constructor(view, site) {
      this.view = view;
      this.site = site;
      /** @type {Record<string, string>} */
      this.kinds = JSON.parse(view.dataset.kinds);
      this.form = view.querySelector("form");
      this.input = view.querySelector("input[name=q]");
      this.status = view.querySelector("[role=status]");
      this.scope = view.querySelector(".search-scope");
      this.list = view.querySelector(".hits");
      this.filters = view.querySelector(".filters");
      this.more = view.querySelector(".more");
      this.destinations = view.querySelector(".destinations");
      this.nothing = view.querySelector(".nothing");
      this.inPlace = view.querySelector(".in-place");
      /** @type {Kept<string, {entry: Entry, item: HTMLElement}>} results that stand in the list, by what they say */
      this.texts = new Map();
      this.shown = 0;
      /** @type {HTMLElement | undefined} what stands below the results: related.js */
      this.related = undefined;
      this.turn = 0;
    }

    start() {
      // Where there is little room the filters stand above the results, behind one button.
      if (globalThis.matchMedia("(max-width: 44.99em)").matches) this.view.querySelector(".filter-fold").open = false;
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.go({ ...stateOf(globalThis.location.search), q: this.input.value.trim() });
      });
      this.form.sort.addEventListener("change", () => this.go({ ...this.state, sort: this.form.sort.value }));
      this.more.addEventListener("click", () => this.show(this.shown));
      globalThis.addEventListener("popstate", () => this.restore());
      this.restore();
    }

    restore() {
      /** @type {SearchState} */
      this.state = stateOf(globalThis.location.search);
      this.input.value = this.state.q;
      this.form.sort.value = this.state.sort;
      const { shown = 0 } = globalThis.history.state || {}; // back from a result, as much stands there as before
      this.show(0, Math.max(PAGE, shown));
    }

    /** @param {SearchState} state */
    go(state) {
      globalThis.history.pushState(null, "", addressOf(state));
      this.restore();
    }

    /** @param {number} offset @param {number} [many] */
    async show(offset, many = PAGE) {
      this.turn += 1;
      const turn = this.turn;
      if (this.related) this.related.remove();
      if (!this.state.q && !root.NARROWS.some((name) => this.state[name])) {
        this.clear("请输入要找的内容，例如单位、事项、文号。");
        return;
      }
      if (!offset) this.status.textContent = "正在查找……";
      try {
        /** @type {Promise<Engine> | null | undefined} */
        this.engine = this.engine || root.sharedEngine(this.site, this.state.q);
        const engine = await this.engine;
        const answer = await engine.search(this.state.q, { ...this.state, limit: many, offset });
        const file = this.state.in ? await (await engine.part("narrow")).titleOf(this.state.in) : "";
        if (answer.answer) await engine.part("answers"); // of a service: the script that shows it
        if (turn === this.turn) {
          this.render(engine, answer, offset);
          globalThis.history.replaceState({ shown: this.shown }, "");
          if (file) root.renderScope(this, file);
          else this.scope.hidden = true;
        }
        if (offset) return;
        const narrowing = await engine.part("narrow");
        const matches = await narrowing.matches(answer);
        const counts = await narrowing.counts(matches, this.state);
        if (turn !== this.turn) return;
        root.renderFilters(this, counts);
        // Results stand without what is related to them.
        if (answer.total < PAGE) engine.part("related").then((related) => related.show(this, answer, () => turn === this.turn)).catch(() => {});
        if (answer.partial) this.status.textContent = this.sentence({ ...answer, total: matches.length, partial: false });
      } catch (error) {
        if (turn !== this.turn) return;
        this.engine = null;
        console.warn(error);
        if (this.view.dataset.index === "service") await root.leadOn(this, () => turn === this.turn);
        else this.clear("查找所需的文件没有下载成功，请检查网络后重试，或按机构、年份、主题查找。");
      }
    }

    /** @param {string} message */
    clear(message) {
      this.status.textContent = message;
      document.documentElement.removeAttribute("data-asked");
      this.list.replaceChildren();
      this.filters.replaceChildren();
      this.scope.hidden = true;
      this.destinations.hidden = true;
      this.inPlace.hidden = true;
      this.nothing.hidden = true;
      this.more.hidden = true;
    }

    /** @param {Engine} engine @param {Answer} answer @param {number} offset */
    render(engine, answer, offset) {
      const words = root.highlight.wordsOf(answer.groups, engine.reader.spellings.groups);
      if (!offset) {
        this.list.replaceChildren();
        this.texts = new Map();
        this.renderDestinations(answer.destinations, engine.reader.head.districts);
        this.inPlace.hidden = !answer.answer;
        if (answer.answer) root.renderAnswer(this, answer.answer);
      }
      const before = this.list.children.length;
      const above = answer.answer ? answer.answer.url : ""; // what stands above with its answer is not said twice
      for (const { entry, news } of answer.hits.filter((hit) => hit.entry.url !== above)) this.add(news ? { ...entry, news: `${news.day} ${news.what}` } : entry, words);
      this.list.start = 1;
      this.shown = offset + answer.hits.length;
      this.more.hidden = this.shown >= answer.total || !answer.hits.length;
      this.status.textContent = this.sentence(answer);
      this.nothing.hidden = answer.total > 0 && !answer.approximate;
      document.documentElement.toggleAttribute("data-asked", this.shown >= FILLS);
      const next = this.list.children[before];
      if (offset && next) /** @type {HTMLElement} */ (next.querySelector("a")).focus();
    }

    /** @param {Answer} answer */
    sentence(answer) {
      if (!answer.total && !answer.query) return "没有符合所选范围的内容。";
      const named = answer.destinations.some(({ near }) => !near);
      if (!answer.total) {
        const note = answer.note ? `${answer.note}。` : "";
        return named ? `${note}没有别的内容写到“${answer.query}”，请看上面的页面。` : `${note}没有找到“${answer.query}”。可以换一种说法，或从下面这些地方接着找。`;
      }
      const note = answer.note || (answer.approximate ? "没有完全匹配的内容，以下是近似结果" : "");
      const count = answer.approximate ? `最接近的 ${answer.total} 条近似结果` : `共 ${answer.total} 条${answer.partial ? "以上" : ""}结果`;
      return `${note ? `${note}。` : ""}${count}，已显示 ${this.shown} 条。`;
    }

    /**
     * Pages that the query names, or that are near to it.
     * @param {Destination[]} destinations
     * @param {string[][]} organs
     */
    renderDestinations(destinations, organs) {
      const links = destinations.map((page) => {
        const label = `${PAGES[page.kind] || ""}${root.titleOf(page, organs)}`;
        return element("li", {}, element("a", { href: root.addressOf(this.site, page.url), textContent: label }));
      });
      const near = destinations.some((one) => one.near);
      this.destinations.replaceChildren(element("span", { textContent: near ? "相近的页面：" : "直达：" }), element("ul", {}, ...links));
      this.destinations.setAttribute("aria-label", near ? "相近的页面" : "直达");
      this.destinations.hidden = !links.length;
    }

    /**
     * One result; the same text a second time (a section and its only task) is named with the first.
     * @param {Entry} entry
     * @param {MarkedWords} words
     */
    add(entry, words, list = this.list) {
      const parts = partsOf(entry);
      const key = parts.matter.length > SAME_TEXT ? `${entry.organ} ${entry.year} ${parts.matter}` : entry.url;
      const known = this.texts.get(key);
      if (!known || known.entry.heading === entry.heading) { // two projects of one category are two
        this.texts.set(key, { entry, item: list.appendChild(this.item(entry, parts, words)) });
        return;
      }
      const [first, second] = known.entry.heading && !entry.heading ? [entry, known.entry] : [known.entry, entry];
      if (first === entry) {
        const item = this.item(entry, parts, words);
        known.item.replaceWith(item);
        this.texts.set(key, { entry, item });
      }
      this.texts.get(key).item.append(element("p", { className: "hit-about" }, "同文：", this.link(second, second.title), `（${this.kinds[second.kind] || second.kind}）`));
    }

    /** @param {Entry} entry @param {(Node | string)[]} content */
    link(entry, ...content) {
      const link = element("a", { href: root.addressOf(this.site, entry.url) });
      link.append(...content);
      return link;
    }

    /**
     * What it is, who shall do it and by when, and what it says.
     * @param {Entry} entry
     * @param {EntryParts} parts
     * @param {MarkedWords} words
     */
    item(entry, { headings, matter, due }, words) {
      /** @param {string} text */
      const shown = (text) => marked(root.highlight.excerpt(text, words));
      const about = [entry.news, this.kinds[entry.kind] || entry.kind, entry.organName, `${entry.year}年`, entry.document, entry.number, entry.date];
      const facts = [...new Set(about.filter((part) => part && part !== entry.title))].join(" · ");
      const who = [...(entry.units ? ["责任单位：", ...shown(entry.units)] : []), ...(due ? [`${entry.units ? "　" : ""}${due}`] : [])];
      return element(
        "li",
        {},
        element("h2", {}, this.link(entry, ...shown(entry.title))),
        ...(who.length ? [element("p", { className: "hit-units" }, ...who)] : []),
        element("p", { className: "hit-text" }, ...shown(matter || entry.units)),
        element("p", { className: "hit-about" }, facts, ...(headings ? [" · ", ...shown(headings)] : [])),
      );
    }
  }

  const view = document.querySelector("[data-search-page]");

  /** One engine for the page and the box in the header. The search page knows what the manifest says. */
  root.sharedEngine = (site, query) => {
    if (!root.engine) {
      const { index: mode, directory, names } = view ? view.dataset : {};
      const store = root.pageStore(site, mode && directory ? { mode, directory, names: Number(names) } : undefined);
      const served = "service" in document.documentElement.dataset;
      const open = () => (served ? root.openService(site, store) : root.openEngine(store));
      root.engine = served && !root.openService ? store.script("service").then(open) : open();
      root.engine.catch(() => {
        root.engine = null;
      });
      if (!served) root.askNames(store, query).catch(() => {});
    }
    return root.engine;
  };

  if (view) {
    /** Called when the first file is here; whatever else the page loads may still be on its way. */
    root.begin = () => {
      root.begin = null;
      new SearchPage(view, document.documentElement.dataset.root || "").start();
    };
    // At the latest when all scripts have come or failed: then the reader is told, or it tries again by itself.
    document.addEventListener("DOMContentLoaded", () => root.begin && root.begin());
  }
})();
