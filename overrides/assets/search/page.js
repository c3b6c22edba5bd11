/**
 * The search page: the query and its filters live in the address, so that a result can be shared; results are built from
 * DOM nodes, never from HTML text.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const FACETS = { organ: "机构", year: "年份", theme: "主题", audience: "服务对象", kind: "类型" };
  const PAGE = 10;
  const MOST_VALUES = 12;
  const FILLS = 5; // as many results fill a screen: with fewer, what stands below comes up to them

  /**
   * @param {string} tag
   * @param {object} properties
   * @param {...((Node|string))} children
   * @returns {HTMLElement}
   */
  const element = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

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

  /** @param {[text: string, marked: boolean][]} parts */
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
      this.shown = 0;
      this.turn = 0;
    }

    start() {
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
      this.show(0);
    }

    /** @param {SearchState} state */
    go(state) {
      globalThis.history.pushState(null, "", addressOf(state));
      this.restore();
    }

    /** @param {number} offset */
    async show(offset) {
      this.turn += 1;
      const turn = this.turn;
      if (!this.state.q && !root.NARROWS.some((name) => this.state[name])) {
        this.clear("请输入要找的内容，例如单位、事项、文号。");
        return;
      }
      if (!offset) this.status.textContent = "正在查找……";
      try {
        /** @type {Promise<Engine> | null | undefined} */
        this.engine = this.engine || root.sharedEngine(this.site);
        const engine = await this.engine;
        const file = this.state.in ? await (await engine.narrowing()).titleOf(this.state.in) : "";
        const answer = await engine.search(this.state.q, { ...this.state, limit: PAGE, offset });
        if (turn === this.turn) {
          this.render(engine, answer, offset);
          this.renderScope(file);
        }
        const counts = offset ? null : await (await engine.narrowing()).counts(answer.matches, this.state);
        if (counts && turn === this.turn) this.renderFilters(counts);
      } catch (error) {
        if (turn !== this.turn) return;
        this.engine = null;
        this.clear("查找所需的文件没有下载成功，请检查网络后重试，或按机构、年份、主题查找。");
        console.warn(error);
      }
    }

    /** @param {string} message */
    clear(message) {
      this.status.textContent = message;
      document.documentElement.removeAttribute("data-asked");
      this.list.replaceChildren();
      this.filters.replaceChildren();
      this.renderScope("");
      this.more.hidden = true;
    }

    /** @param {Engine} engine @param {Answer} answer @param {number} offset */
    render(engine, answer, offset) {
      const words = root.highlight.wordsOf(answer.groups, engine.reader.head.units);
      const items = answer.hits.map((hit) => this.item(hit.entry, words));
      if (offset) this.list.append(...items);
      else this.list.replaceChildren(...items);
      this.list.start = 1;
      this.shown = offset + items.length;
      this.more.hidden = this.shown >= answer.total || !items.length;
      this.status.textContent = this.sentence(answer);
      document.documentElement.toggleAttribute("data-asked", this.shown >= FILLS);
      const first = items[0] && items[0].querySelector("a");
      if (offset && first) first.focus();
    }

    /** @param {Answer} answer */
    sentence(answer) {
      if (!answer.total && !answer.query) return "没有符合所选范围的内容。";
      if (!answer.total) {
        return `没有找到“${answer.query}”。可以换一种说法，或按机构、年份、主题查找。`;
      }
      const note = answer.note || (answer.approximate ? "没有完全匹配的内容，以下是近似结果" : "");
      return `${note ? `${note}。` : ""}共 ${answer.total} 条${answer.approximate ? "近似结果" : "结果"}，已显示 ${this.shown} 条。`;
    }

    /** @param {Entry} entry @param {string[]} words */
    item(entry, words) {
      const elsewhere = /^https?:/.test(entry.url); // in a federation, the district's own site
      const link = element("a", { href: `${elsewhere ? "" : this.site}${entry.url}index.html` });
      link.append(...marked(root.highlight.excerpt(entry.title, words)));
      const about = [this.kinds[entry.kind] || entry.kind, entry.organName, `${entry.year}年`, entry.document, entry.number, entry.date];
      const text = entry.text.replace(/\n/g, "　") || entry.units;
      const facts = [...new Set(about.filter((part) => part && part !== entry.title))].join(" · ");
      return element(
        "li",
        {},
        element("h2", {}, link),
        element("p", { className: "hit-about", textContent: facts }),
        element("p", { className: "hit-text" }, ...marked(root.highlight.excerpt(text, words))),
        ...(entry.units ? [element("p", { className: "hit-units" }, "责任单位：", ...marked(root.highlight.excerpt(entry.units, words)))] : []),
      );
    }

    /**
     * What the search is limited to, where it began on a page of its own, and the way to the whole column.
     * @param {string} title
     */
    renderScope(title) {
      const wider = element("button", { type: "button", textContent: "改在整个专栏查找" });
      wider.addEventListener("click", () => this.go({ ...this.state, in: "" }));
      this.scope.replaceChildren(...(title ? [`只在“${title}”里查找。`, wider] : []));
      this.scope.hidden = !title;
    }

    /** @param {Record<string, [id: string, name: string, matches: number][]>} counts */
    renderFilters(counts) {
      const sections = Object.entries(FACETS).map(([name, label]) => {
        const values = counts[name].map(([id, text, number]) => this.filter(name, id, this.kinds[text] || text, number));
        const list = element("ul", {}, ...values.slice(0, MOST_VALUES));
        return values.length ? element("section", {}, element("h2", { textContent: label }), list) : "";
      });
      this.filters.replaceChildren(...sections);
    }

    /** @param {string} name @param {string} id @param {string} label @param {number} number */
    filter(name, id, label, number) {
      const pressed = this.state[name] === String(id);
      const button = element("button", { type: "button" }, `${label} `, element("span", { textContent: number }));
      button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", () => this.go({ ...this.state, [name]: pressed ? "" : String(id) }));
      return element("li", {}, button);
    }
  }

  const view = document.querySelector("[data-search-page]");

  /** One engine for the page and the box in the header. The search page knows what the manifest says. */
  root.sharedEngine = (site) => {
    root.engine = root.engine || root.openEngine(root.pageStore(site, view ? { mode: view.dataset.index, directory: view.dataset.directory } : undefined));
    root.engine.catch(() => {
      root.engine = null;
    });
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
