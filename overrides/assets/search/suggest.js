/**
 * Suggestions of the box in the header: pages, documents and words of the column as an ARIA combobox. Works without: the
 * form leads to the search page. Loaded by column.js when the box gets the focus.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const MOST = 8;
  const MOST_PAGES = 4;
  const WAIT = 120;

  /**
   * The pages that a text may begin, by name: all of them where they are few, else those that end like it.
   * @param {Engine} engine
   * @param {string} text
   */
  const pagesOf = async ({ reader: { head, spellings }, store }, text) => {
    /** @type {Map<string, Destination[]>} */
    const pages = new Map();
    if (head.few) for (const row of root.readers.json(await store.get("pages"))) root.readers.addPage(pages, row);
    else await spellings.load([text]);
    return head.few ? pages : spellings.pages;
  };

  /**
   * Suggestions for the beginning of a query: pages that it may name, documents, words of the column.
   * @param {Engine} engine
   * @param {string} typed
   * @returns {Promise<Suggestion[]>}
   */
  const suggestions = async (engine, typed) => {
    const { fold } = root.text;
    const text = fold(root.text.typed(typed)).replace(/\s/g, "");
    if (!text) return [];
    const { head } = engine.reader;
    const pages = [...(await pagesOf(engine, text))].filter(([name]) => name.includes(text)).sort(([one], [other]) => Number(other.startsWith(text)) - Number(one.startsWith(text)) || one.length - other.length);
    const named = [...new Map(pages.flatMap(([, some]) => some).map((page) => [page.url, page])).values()].slice(0, MOST_PAGES);
    /** @type {Set<string>} */
    const found = new Set();
    const documents = await engine.store.get("documents").then(root.readers.json, () => []);
    for (const name of documents) if (fold(name).includes(text)) found.add(name);
    const latin = /^[a-z]{1,}$/.test(text);
    const { words } = await engine.part("otherwise");
    const letter = latin ? text[0] : (await words.sounds(text[0]))[0][0];
    for (const entry of /[a-z]/.test(letter) ? await words.starting(letter) : []) {
      const joined = entry.sound.replace(/ /g, "");
      const initials = entry.sound.split(" ").map((syllable) => syllable[0]).join("");
      if (latin ? joined.startsWith(text) || initials.startsWith(text) : entry.word.startsWith(text)) {
        found.add(entry.word);
      }
      if (found.size >= 4 * MOST) break;
    }
    const words_ = [...found].filter((word) => word !== text).map((word) => ({ text: word }));
    return [...named.map((page) => ({ text: `直达：${root.titleOf(page, head.districts)}`, url: page.url })), ...words_].slice(0, MOST);
  };

  class Box {
    /** @param {SearchBox} input @param {string} site */
    constructor(input, site) {
      this.input = input;
      this.site = site;
      this.list = /** @type {HTMLElement} */ (document.getElementById(String(input.getAttribute("aria-controls"))));
      this.active = -1;
      this.turn = 0;
    }

    start() {
      const { input } = this;
      input.addEventListener("input", (event) => event.isComposing || this.later());
      input.addEventListener("compositionend", () => this.later());
      input.addEventListener("keydown", (event) => event.isComposing || this.key(event));
      input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("mousedown", (event) => {
        const option = /** @type {Element} */ (event.target).closest("[role=option]");
        if (option) this.choose(option);
      });
      this.later();
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.update(), WAIT);
    }

    async update() {
      this.turn += 1;
      const turn = this.turn;
      try {
        const engine = await root.sharedEngine(this.site, this.input.value);
        const words = await suggestions(engine, this.input.value);
        if (turn === this.turn && document.activeElement === this.input) this.open(words);
      } catch {
        this.close(); // no suggestions; the form itself still works
      }
    }

    /** @param {Suggestion[]} words */
    open(words) {
      this.active = -1;
      this.list.replaceChildren(
        ...words.map(({ text, url }, at) => {
          const option = document.createElement("li");
          option.id = `suggestion-${at}`;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.textContent = text;
          if (url) option.dataset.page = url;
          return option;
        }),
      );
      this.list.hidden = !words.length;
      this.input.setAttribute("aria-expanded", String(words.length > 0));
      this.input.removeAttribute("aria-activedescendant");
    }

    close() {
      this.open([]);
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const options = [...this.list.children];
      if (event.key === "Escape") this.close();
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.active = (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length;
        options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
        this.input.setAttribute("aria-activedescendant", options[this.active].id);
        options[this.active].scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        this.choose(options[this.active]);
      }
    }

    /**
     * A page is opened; a word is looked for.
     * @param {Element} option
     */
    choose(option) {
      const page = option.getAttribute("data-page");
      if (page) {
        globalThis.location.href = root.addressOf(this.site, page);
        return;
      }
      this.input.value = String(option.textContent);
      this.close();
      const button = this.input.form.querySelector("[type=submit]");
      if (button instanceof HTMLElement) button.click(); // Safari before 16 has no requestSubmit
    }
  }

  /** Where a service answers, it knows the words, too. */
  root.suggestions = (engine, typed) => (engine.suggest ? engine.suggest(typed) : suggestions(engine, typed));
  root.startBox = (input) => new Box(input, document.documentElement.dataset.root || "").start();
})();
