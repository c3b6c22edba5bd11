// Keys and pasting in tables of text fields. A field is there before the first key, so that any input method works.

/** @param {HTMLElement} main */
export function tables(main) {
  main.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLElement) || !field.closest("td") || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.altKey || event.shiftKey) && field instanceof HTMLTextAreaElement) {
      event.preventDefault();
      field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key === "Enter" && !(field instanceof HTMLButtonElement) && !(field instanceof HTMLAnchorElement) && field.matches("[data-path]")) {
      event.preventDefault();
      step(field, 1);
    } else if (event.key === "ArrowDown" && atEnd(field)) {
      event.preventDefault();
      step(field, 1);
    } else if (event.key === "ArrowUp" && atStart(field)) {
      event.preventDefault();
      step(field, -1);
    }
  });
  main.addEventListener("keydown", (event) => {
    const menu = event.target instanceof HTMLElement ? event.target.closest("details.menu[open]") : null;
    if (!menu || event.key !== "Escape") return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
  main.addEventListener("paste", (event) => pasted(event));
  document.addEventListener("click", (event) => {
    for (const menu of main.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
    }
  });
}

/** @param {HTMLElement} field */
const atEnd = (field) => field instanceof HTMLTextAreaElement && field.selectionStart === field.value.length;
/** @param {HTMLElement} field */
const atStart = (field) => field instanceof HTMLTextAreaElement && field.selectionEnd === 0;

/** To the same column of the next row. @param {HTMLElement} field @param {number} by */
function step(field, by) {
  const cell = field.closest("td");
  const row = cell?.parentElement;
  if (!(cell instanceof HTMLTableCellElement) || !(row instanceof HTMLTableRowElement)) return;
  const next = by > 0 ? row.nextElementSibling : row.previousElementSibling;
  const control = next?.children[cell.cellIndex]?.querySelector("[data-path]");
  if (control instanceof HTMLElement) control.focus();
  else field.blur();
}

/** Several cells go to the page that shows what they would change. @param {ClipboardEvent} event */
function pasted(event) {
  const field = event.target instanceof HTMLElement ? event.target : null;
  const cell = field?.closest("td");
  const table = field?.closest("table");
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!(cell instanceof HTMLTableCellElement) || !table?.dataset.paste || !text.includes("\t")) return;
  event.preventDefault();
  const row = cell.parentElement;
  const form = document.createElement("form");
  form.method = "post";
  form.action = table.dataset.paste;
  const csrf = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrf]"))?.value || "";
  const number = Number(table.dataset.first) + (row instanceof HTMLTableRowElement ? row.sectionRowIndex : 0);
  const values = { csrf, text, row: String(number), column: String(cell.cellIndex - 1) };
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("textarea");
    input.name = name;
    input.value = value;
    form.append(input);
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
}
