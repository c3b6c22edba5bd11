/**
 * The search of a large column, asked of the service that stands before OpenSearch (deploy/search): the same answers as the
 * engine gives, so that the page cannot tell. When the service does not answer, the page's own engine does; where there is
 * no index for it, as in a large federation, the reader is led to the districts' own searches.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch;
  const PATIENCE = 5000; // milliseconds; the service itself waits for three seconds

  class Service {
    /** @param {string} site @param {Store} store */
    constructor(site, store) {
      this.site = site;
      this.store = store;
      /** @type {ServedReader} of the last answer */
      this.reader = { head: { districts: [] }, spellings: { groups: [] } };
      /** @type {Engine | null} the page's own, once the service has failed */
      this.instead = null;
    }

    /**
     * @template Value
     * @param {string} what
     * @param {object} options
     * @returns {Promise<Value>}
     */
    ask(what, options) {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries(options)) if (value) parameters.set(name, String(value));
      /** @type {Promise<Value>} */
      const answer = fetch(`${this.site}search/${what}?${parameters}`).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${what}`);
        return response.json();
      });
      const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer for ${what}`)), PATIENCE));
      return /** @type {Promise<Value>} */ (Promise.race([answer, late]));
    }

    async own() {
      const engine = await root.openEngine(this.store);
      this.instead = engine;
      this.reader = engine.reader;
      return engine;
    }

    /**
     * @param {string} asked
     * @param {SearchOptions} [options]
     * @returns {Promise<Answer>}
     */
    async search(asked, options = {}) {
      if (this.instead) return this.instead.search(asked, options);
      try {
        /** @type {Served} */
        const { counts, scope, related, spellings, districts, ...answer } = await this.ask("ask", { ...options, q: root.text.typed(asked) });
        this.reader = { head: { districts }, spellings: { groups: spellings } };
        this.told = { counts, scope, related };
        return { ...answer, matches: [], partial: false };
      } catch {
        return (await this.own()).search(asked, options);
      }
    }

    /**
     * What the page asks for besides an answer: it came with it.
     * @param {keyof EngineParts} name
     * @returns {Promise<any>}
     */
    async part(name) {
      if (this.instead) return this.instead.part(name);
      if (!root.parts[name]) await this.store.script(name);
      if (name === "answers") return null; // for the script alone, which shows one
      const { counts, scope, related } = /** @type {Pick<Served, "counts" | "scope" | "related">} */ (this.told);
      if (name === "narrow") return { matches: async () => [], counts: async () => counts, titleOf: async () => scope };
      class Told extends root.parts.related {
        async after() {
          return related.hits;
        }
      }
      const shown = /** @type {any} */ (new Told(/** @type {any} */ (this)));
      shown.terms = related.terms.map((text) => [text, 1]);
      return shown;
    }

    /** @param {string} typed @returns {Promise<Suggestion[]>} */
    async suggest(typed) {
      if (this.instead) return root.suggestions(this.instead, typed);
      try {
        return await this.ask("suggest", { q: root.text.typed(typed) });
      } catch {
        return root.suggestions(await this.own(), typed);
      }
    }
  }

  /** The search page of a district, with what was asked; those that are named come first. */
  root.leadOn = async (page, wanted) => {
    const { element, addressOf } = root;
    const { q } = page.state;
    /** @type {DistrictRow[]} */
    const rows = await fetch(`${page.site}search/districts.json`).then((response) => response.json()).catch(() => []);
    if (!wanted()) return;
    /** @param {DistrictRow} row */
    const isNamed = ([names]) => names.split("、").some((name) => name.length > 2 && q.includes(name.slice(0, -1)));
    const ordered = [...rows.filter(isNamed), ...rows.filter((row) => !isNamed(row))];
    const asked = q ? `?${new URLSearchParams({ q })}` : "";
    const links = ordered.map(([names, home]) => element("li", {}, element("a", { href: `${addressOf(page.site, `${home}search/`)}${asked}`, textContent: names })));
    const start = element("p", {}, element("a", { href: addressOf(page.site, ""), textContent: "各区县的栏目" }));
    page.clear(`查找服务现在没有答复。可以过一会儿再查，或者到区县自己的栏目里查${q ? `“${q}”` : "找"}。`);
    const list = links.length ? element("ul", { className: "districts" }, ...links) : start;
    page.more.after((page.related = element("section", {}, element("h2", { textContent: "到区县的栏目里查" }), list)));
  };

  root.openService = async (site, store) => /** @type {any} */ (new Service(site, store));
})();
