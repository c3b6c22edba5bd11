// The desk's pages: each field saves itself when it is left, and what is wrong stands beside it.
import { doRow, leaving, saveField, say, watchForeign } from "./saving.js";
import { growing } from "./growing.js";
import { showMarks } from "./marks.js";
import { picking } from "./picking.js";
import { tables } from "./tables.js";

const main = document.getElementById("main");

/** Where undoing leads back to: this page. */
for (const back of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".tools input[name=back]"))) {
  back.value = location.pathname + location.search;
}

/** A form goes once: a second click while the first is on its way would write twice. */
const AGAIN = 30000;
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.dataset.stays !== undefined) return; // a download leaves the page as it is
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, AGAIN); // who stopped the page from loading can go on
  setTimeout(() => say("正在做，请稍等……"), 1000);
}, true);
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });

/** The list of all files, narrowed by what is typed. */
for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-filter]"))) {
  const rows = document.querySelectorAll(`#${input.dataset.filter} tbody tr`);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) /** @type {HTMLElement} */ (row).hidden = !(row.textContent || "").toLowerCase().includes(wanted);
  });
}

/** A choice that is acted on at once. */
for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("select[data-submit]"))) {
  const button = select.form?.querySelector("button");
  select.addEventListener("change", () => button?.click());
}

if (main) {
  growing(main);
  picking(main);
  tables(main);
  if (main.dataset.file) {
    showMarks(main, JSON.parse(document.getElementById("findings")?.textContent || "[]"));
    main.addEventListener("change", (event) => {
      const target = /** @type {HTMLTextAreaElement} */ (event.target);
      if (target.dataset?.path !== undefined && "value" in target) saveField(main, target);
    });
    main.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest?.("button[data-do]");
      if (button) doRow(main, /** @type {HTMLElement} */ (button));
    });
    leaving(main);
    watchForeign(main);
  }
}
