// Suggestions below a field that picks from a list: units, themes, records. ↓ ↑ choose, Enter takes, Esc closes.

/** @typedef {[string, string, string]} Choice value, label, other words */

/** @type {Map<string, Promise<Choice[]>>} */
const lists = new Map();
const MOST = 30;
const ENDS = /[、，,；;\n]/;

/** @param {string} source @param {string} organ */
function list(source, organ) {
  const address = `/choices/${source}?organ=${encodeURIComponent(organ)}`;
  /** @type {Promise<Choice[]>} */
  const found = lists.get(address) || fetch(address).then((answer) => (answer.ok ? answer.json() : []));
  lists.set(address, found);
  return found;
}

/** The word in which the caret stands. @param {HTMLTextAreaElement} field */
function word(field) {
  const caret = field.selectionStart;
  if (field.dataset.many !== "1") return { start: 0, end: field.value.length, text: field.value.trim() };
  let start = caret;
  while (start > 0 && !ENDS.test(field.value[start - 1])) start--;
  let end = caret;
  while (end < field.value.length && !ENDS.test(field.value[end])) end++;
  return { start, end, text: field.value.slice(start, end).trim() };
}

/** @param {HTMLElement} main */
export function picking(main) {
  const box = document.createElement("ul");
  box.className = "options";
  box.id = "options";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "可以选的");
  box.hidden = true;
  document.body.append(box);
  /** @type {HTMLTextAreaElement | null} */
  let field = null;
  let at = -1;

  const close = () => {
    box.hidden = true;
    field?.removeAttribute("aria-activedescendant");
    at = -1;
  };
  /** @param {number} to */
  const choose = (to) => {
    const items = [...box.children];
    at = items.length > 0 ? (to + items.length) % items.length : -1;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    items[at]?.scrollIntoView({ block: "nearest" });
    if (items[at]) field?.setAttribute("aria-activedescendant", items[at].id);
  };
  /** @param {string} value */
  const take = (value) => {
    if (!field) return;
    const { start, end } = word(field);
    field.setRangeText(value, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const open = async () => {
    const asked = field;
    if (!asked?.dataset.source) return;
    const all = await list(asked.dataset.source, main.dataset.organ || "");
    if (asked !== field || document.activeElement !== asked) return;
    const text = word(asked).text.toLowerCase();
    const found = all.filter((choice) => choice.some((words) => words.toLowerCase().includes(text))).slice(0, MOST);
    if (!text || found.length === 0 || (found.length === 1 && found[0][0] === text)) {
      close();
      return;
    }
    box.replaceChildren(...found.map(([value, label], index) => {
      const item = document.createElement("li");
      item.id = `option-${index}`;
      item.setAttribute("role", "option");
      item.dataset.value = value;
      item.append(label);
      if (label !== value) item.append(Object.assign(document.createElement("small"), { textContent: ` ${value}` }));
      return item;
    }));
    const place = asked.getBoundingClientRect();
    box.style.left = `${place.left + globalThis.scrollX}px`;
    box.style.top = `${place.bottom + globalThis.scrollY}px`;
    box.style.minWidth = `${Math.min(place.width, 360)}px`;
    box.hidden = false;
    choose(0);
    at = -1; // Enter takes nothing before ↓ was pressed
    box.firstElementChild?.setAttribute("aria-selected", "false");
  };
  for (const each of main.querySelectorAll("textarea[data-source]")) {
    each.setAttribute("aria-autocomplete", "list");
    each.setAttribute("aria-controls", "options");
  }
  main.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.dataset.source && event.isTrusted) {
      field = event.target;
      open();
    }
  });
  main.addEventListener("keydown", (event) => {
    if (box.hidden || event.isComposing || event.target !== field) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter" && at >= 0) take(/** @type {HTMLElement} */ (box.children[at]).dataset.value || "");
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  main.addEventListener("focusout", () => setTimeout(() => document.activeElement === field || close(), 0));
  box.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const item = /** @type {HTMLElement} */ (event.target).closest("li");
    if (item) take(item.dataset.value || "");
  });
}
