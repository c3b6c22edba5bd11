/* Tables that sort at a press on a heading or show fewer rows, and plans that fold. Pages are complete without it. */
(() => {
  "use strict";
  const phone = window.matchMedia("(max-width: 44.99em)").matches;
  const DIGITS = "零一二三四五六七八九十";
  /** @param {HTMLTableRowElement} row @param {number} at */
  const keyOf = (row, at) => {
    const text = row.cells[at] ? row.cells[at].textContent.trim() : "";
    const numeral = DIGITS.indexOf(text);
    return numeral > 0 ? String(numeral) : text;
  };
  /**
   * @param {MarkedTable} table
   * @param {number} at
   * @param {HTMLButtonElement} button
   */
  const sortBy = (table, at, button) => {
    const { compare } = new Intl.Collator("zh-CN", { numeric: true }); // takes long: not before somebody sorts
    const body = table.tBodies[0];
    const heading = /** @type {HTMLElement} */ (button.parentElement);
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    /** @type {[string, HTMLTableRowElement][]} */
    const rows = [...body.rows].map((row) => [keyOf(row, at), row]);
    rows.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
    body.append(...rows.map(([, row]) => row));
  };
  document.querySelectorAll("table.sortable").forEach((table) => {
    if (!table.tHead || table.tBodies[0].rows.length < 3) return;
    [...table.tHead.rows[0].cells].forEach((heading, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = "按这一列排序";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sortBy(table, at, button));
      heading.append(button);
    });
  });

  // Long tables can be narrowed by words and by what the columns marked with data-choose say.
  /** @param {MarkedTable} table */
  const narrow = (table) => {
    const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
    /** @param {BodyRow} row */
    const heading = (row) => {
      const group = row.parentElement.querySelector(".group");
      return group ? group.textContent : "";
    };
    const text = new Map(rows.map((row) => [row, `${row.textContent} ${heading(row)}`]));
    /** @param {string} name @param {HTMLElement} element */
    const control = (name, element) => {
      const label = document.createElement("label");
      label.append(name, element);
      return label;
    };
    const words = Object.assign(document.createElement("input"), { type: "search" });
    const heads = [...table.tHead.rows[0].cells];
    const choices = heads.filter((cell) => "choose" in cell.dataset).map((cell) => {
      const select = document.createElement("select");
      const fromEnd = heads.length - cell.cellIndex; // to the left, cells of several rows may lack
      /** @param {HTMLTableRowElement} row */
      const value = (row) => row.cells[row.cells.length - fromEnd].textContent.trim();
      if (cell.classList.contains("ours")) select.setAttribute("data-of", "state");
      const said = new Set(rows.map(value));
      select.append(new Option("全部", ""), ...[...said].map((one) => new Option(one, one)));
      return { value, name: cell.textContent, select };
    });
    // A cell that spans rows stands in each of them, so that any may be hidden.
    const unmerge = () => {
      const cells = /** @type {NodeListOf<HTMLTableCellElement>} */ (/** @type {unknown} */ (table.querySelectorAll("tbody td")));
      for (const cell of cells) {
        let row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
        for (let left = cell.rowSpan; left > 1; left -= 1) {
          row = /** @type {HTMLTableRowElement} */ (row.nextElementSibling);
          const copy = /** @type {HTMLTableCellElement} */ (cell.cloneNode(true));
          copy.rowSpan = 1;
          row.insertBefore(copy, row.cells[cell.cellIndex]);
        }
        cell.rowSpan = 1;
      }
    };
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const show = () => {
      const asked = words.value.split(/\s+/);
      let shown = 0;
      for (const row of rows) {
        const chosen = choices.every(({ value, select }) => !select.value || value(row) === select.value);
        row.hidden = !chosen || !asked.every((word) => /** @type {string} */ (text.get(row)).includes(word));
        shown += row.hidden ? 0 : 1;
      }
      for (const body of table.tBodies) body.hidden = [...body.rows].every((row) => row.hidden || row.className === "group");
      status.textContent = shown === rows.length ? "" : `本页${rows.length}项中有${shown}项`;
    };
    const form = Object.assign(document.createElement("form"), { className: "narrow" });
    form.append(control("筛选本页", words), ...choices.map(({ name, select }) => control(name, select)), status);
    form.addEventListener("input", unmerge, { once: true });
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    // Behind one button where there is little room.
    const fold = Object.assign(document.createElement("details"), { className: "narrow-fold", open: !phone });
    fold.append(Object.assign(document.createElement("summary"), { textContent: "筛选" }), form);
    table.parentElement.before(fold);
  };
  document.querySelectorAll("table.narrowed").forEach((table) => {
    if (table.querySelectorAll("tbody tr:not(.group)").length > 5) narrow(table);
    table.parentElement.setAttribute("data-ready", "");
  });

  // A page begins with its task table; on paper that is an annex, as it was printed: behind the text.
  const tasks = document.querySelector(".document#tasks");
  const official = document.querySelector(".document:not(#tasks)");
  if (tasks && official) {
    const here = document.createComment("");
    tasks.before(here);
    window.addEventListener("beforeprint", () => {
      if (document.documentElement.dataset.print !== "table") official.insertBefore(tasks, official.querySelector(".colophon"));
    });
    window.addEventListener("afterprint", () => here.after(tasks));
  }

  // On phones the long text of a task is cut to a line; a search in the page, a link to it, a press and paper show all.
  const LINE = 18; // characters
  /** @type {Map<Element, () => void>} */
  const cut = new Map();
  const showWhole = (/** @type {Element} */ cell) => {
    const whole = cut.get(cell);
    if (whole) whole();
    cut.delete(cell);
  };
  if (phone) {
    document.querySelectorAll(".document .tasks td.text").forEach((cell) => {
      const text = cell.firstChild;
      if (!(text instanceof Text) || text.data.length <= LINE + 4) return;
      const more = Object.assign(document.createElement("button"), { type: "button", className: "whole-text", textContent: "…全文" });
      const rest = document.createElement("div");
      rest.setAttribute("hidden", "until-found");
      rest.append(text.splitText(LINE), ...[...cell.childNodes].slice(1));
      text.after(more, rest);
      cut.set(cell, () => {
        more.remove();
        rest.replaceWith(...rest.childNodes);
        cell.normalize();
      });
      more.addEventListener("click", () => showWhole(cell));
      rest.addEventListener("beforematch", () => showWhole(cell));
    });
    document.querySelectorAll(".document .tasks").forEach((table) => table.setAttribute("data-ready", ""));
    window.addEventListener("beforeprint", () => [...cut.keys()].forEach(showWhole));
  }
  // The contents of a plan stand beside it where there is room.
  const contents = document.querySelector(".toc");
  const beside = document.querySelector(".side");
  if (contents && beside && window.matchMedia("(min-width: 60em)").matches) beside.append(contents);

  const chapters = [...document.querySelectorAll("details.chapter, .toc details")];
  document.querySelectorAll("[data-fold]").forEach((button) =>
    button.addEventListener("click", () => document.querySelectorAll("details.chapter").forEach((chapter) => (chapter.open = button.dataset.fold === "open"))),
  );
  // On phones a plan starts as its table of contents; an address that points into a chapter opens it.
  const aimed = () => {
    try {
      return decodeURIComponent(window.location.hash.slice(1));
    } catch (_) {
      return ""; // half a character, as #%F0%9F: it names nothing
    }
  };
  /** @param {HTMLElement} node */
  const leaveOut = (node) => {
    node.hidden = true;
    node.setAttribute("data-left", "");
  };
  /** @param {HTMLElement[]} rooms @param {(row: BodyRow) => boolean} wanted */
  const showOnly = (rooms, wanted) => {
    const rows = rooms.flatMap((room) => [...room.querySelectorAll("tr[data-state]")]);
    const found = rows.filter(wanted);
    const select = found.length ? rooms[0].querySelector("select[data-of=state]") : null;
    if (select) {
      select.value = found[0].querySelector(".task-state").textContent;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.scrollIntoView();
    }
    if (select || !found.length) return;
    rows.filter((row) => !wanted(row)).forEach(leaveOut);
    rooms.flatMap((room) => [...room.querySelectorAll(".wide")]).filter((box) => !found.some((row) => box.contains(row))).forEach(leaveOut);
    rooms.filter((room) => !found.some((row) => room.contains(row))).forEach(leaveOut);
    const count = new Set(found.map((row) => row.querySelector("[data-label=任务] a").getAttribute("href"))).size;
    const note = Object.assign(document.createElement("p"), { className: "only" });
    note.setAttribute("role", "status");
    note.append(`只列出${count}项，`, Object.assign(document.createElement("a"), { href: "#main", textContent: "全部显示" }), "。");
    found[0].closest(".wide").before(note);
    note.scrollIntoView({ block: "center" });
  };
  /** Shows only the rows that a number counted: those in a state (#2022-done), or on a theme (#theme-x). */
  const choose = () => {
    document.querySelectorAll(".only").forEach((node) => node.remove());
    document.querySelectorAll("[data-left]").forEach((node) => {
      node.hidden = false;
      node.removeAttribute("data-left");
    });
    const name = aimed();
    const mark = document.getElementById(name);
    if (!mark || mark.className !== "mark") return;
    const { state } = mark.dataset;
    const theme = name.slice("theme-".length);
    if (state) showOnly([/** @type {HTMLElement} */ (mark.parentElement)], (row) => row.dataset.state === state);
    else showOnly([...document.querySelectorAll(".duties")], (row) => (row.dataset.themes || "").split(" ").includes(theme));
  };
  const aim = () => {
    choose();
    const target = document.getElementById(aimed());
    if (target) target.querySelectorAll("td.text").forEach(showWhole);
    const chapter = target && target.closest("details.chapter");
    if (chapter && !chapter.open) {
      chapter.open = true;
      target.scrollIntoView();
    }
  };
  chapters.forEach((chapter) => {
    if (phone) chapter.open = false;
    chapter.setAttribute("data-ready", "");
  });
  window.addEventListener("beforeprint", () => chapters.forEach((chapter) => (chapter.open = true)));
  window.addEventListener("hashchange", aim);
  aim();
})();
