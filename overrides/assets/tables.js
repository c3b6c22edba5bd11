/* Tables that sort at a press on a heading, and plans that fold. Pages are complete and in printed order without it. */
(() => {
  "use strict";
  const DIGITS = "零一二三四五六七八九十";
  const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
  const keyOf = (row, at) => {
    const text = row.cells[at] ? row.cells[at].textContent.trim() : "";
    const numeral = DIGITS.indexOf(text);
    return numeral > 0 ? String(numeral) : text;
  };
  const sortBy = (table, at, button) => {
    const body = table.tBodies[0];
    const heading = button.parentElement;
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
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

  const chapters = [...document.querySelectorAll("details.chapter")];
  document.querySelectorAll("[data-fold]").forEach((button) =>
    button.addEventListener("click", () => chapters.forEach((chapter) => (chapter.open = button.dataset.fold === "open"))),
  );
  // On phones a plan starts as its table of contents; an address that points into a chapter opens it.
  const aim = () => {
    const target = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const chapter = target && target.closest("details.chapter");
    if (chapter && !chapter.open) {
      chapter.open = true;
      target.scrollIntoView();
    }
  };
  const phone = window.matchMedia("(max-width: 44.99em)").matches;
  chapters.forEach((chapter) => {
    if (phone) chapter.open = false;
    chapter.setAttribute("data-ready", "");
  });
  window.addEventListener("beforeprint", () => chapters.forEach((chapter) => (chapter.open = true)));
  window.addEventListener("hashchange", aim);
  aim();
})();
