// What is typed goes to the desk; what comes back is shown. Changes go one after another, in the order of the keys.
import { showMarks } from "./marks.js";

/** @typedef {HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement} Control */

/** @type {Promise<unknown>} */
let queue = Promise.resolve();
let waiting = 0;
const STORED = "已存好";
let fading = 0;
/** What stands in each field as the desk knows it. @type {WeakMap<Control, string>} */
const known = new WeakMap();

/** @param {string} words @param {HTMLElement} [more] */
export function say(words, more) {
  const said = document.getElementById("said");
  if (!said) return;
  said.textContent = words;
  if (more) said.append(more);
  clearTimeout(fading);
  if (words === STORED) fading = setTimeout(() => { said.textContent = ""; }, 3000);
}

/** The word without which nothing is changed: it stands in each form. */
const word = () => /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrf]"))?.value || "";

/** @param {string} address @param {unknown} asked */
async function send(address, asked) {
  const body = JSON.stringify(asked);
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Desk": word() },
    body,
    keepalive: body.length < 20000, // arrives although the page is left; browsers refuse more than 64 KiB of it
  });
  return { status: answer.status, said: await answer.json().catch(() => ({ words: "编辑台没有回答，可能已经关闭" })) };
}

/** What a field holds as the page was sent. @param {Control} field */
function before(field) {
  const now = known.get(field);
  if (now !== undefined) return now;
  if (field instanceof HTMLSelectElement) return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  return field.defaultValue;
}

/** The identities of the rows that a field or button stands in. @param {HTMLElement} main @param {HTMLElement} within */
function rows(main, within) {
  const outer = (main.dataset.items || "").split(" ").filter(Boolean);
  const row = /** @type {HTMLElement | null} */ (within.closest("tr[data-item]"));
  return row ? [...outer, row.dataset.item || ""] : outer;
}

/** @param {HTMLElement} main @param {Control} field */
export function saveField(main, field) {
  waiting++;
  queue = queue.then(() => saved(main, field)).catch(() => say("没有存上：编辑台可能已经关闭")).finally(() => { waiting--; });
  return queue;
}

/** @param {HTMLElement} main @param {Control} field */
async function saved(main, field) {
  const was = before(field);
  const value = field.value;
  if (value === was) return;
  field.classList.add("saving");
  const asked = { file: main.dataset.file, do: "set", path: field.dataset.path, items: rows(main, field), was, value };
  const { status, said } = await send("/edit", asked).finally(() => field.classList.remove("saving"));
  if (status === 200) {
    known.set(field, said.value);
    if (field.value === value) field.value = said.value;
    shown(main, field, said);
    say(STORED);
  } else {
    refused(field, said);
  }
}

/** @param {HTMLElement} main @param {HTMLElement} field @param {any} said */
function shown(main, field, said) {
  main.dataset.digest = said.digest;
  const named = field.parentElement?.querySelector(".named");
  if (named) named.textContent = said.named;
  const row = /** @type {HTMLElement | null} */ (field.closest("tr[data-item]"));
  if (row) row.dataset.item = said.items[said.items.length - 1];
  else main.dataset.items = said.items.join(" ");
  const undo = document.getElementById("undo");
  if (undo && said.undoable) {
    undo.removeAttribute("disabled");
    undo.title = `撤销：${said.undoable}`;
  }
  const list = field.closest("table");
  for (const other of list ? list.querySelectorAll("textarea[data-path]") : []) {
    const above = said.above[/** @type {HTMLElement} */ (other).dataset.path || ""];
    if (above !== undefined) other.setAttribute("placeholder", `同上：${above}`);
  }
  showMarks(main, said.findings);
}

/** @param {Control} field @param {any} said */
function refused(field, said) {
  field.setAttribute("aria-invalid", "true");
  let box = field.parentElement?.querySelector(".mark.refused");
  if (!box) {
    box = document.createElement("p");
    box.className = "mark error refused";
    box.id = `r-${field.id}`;
    field.after(box);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${box.id}`.trim());
  }
  box.textContent = `没有存：${said.words}`;
  if (typeof said.now === "string") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `现在是“${said.now || "（空）"}”，用它`;
    button.addEventListener("click", () => {
      known.set(field, said.now);
      field.value = said.now;
      field.removeAttribute("aria-invalid");
      box?.remove();
    });
    const ours = document.createElement("button");
    ours.type = "button";
    ours.textContent = "用我写的";
    ours.addEventListener("click", () => {
      known.set(field, said.now);
      box?.remove();
      saveField(/** @type {HTMLElement} */ (document.getElementById("main")), field);
    });
    box.append(button, ours);
  }
  say(`没有存：${said.words}`);
}

/** Move or delete a row; the page is fetched anew, for all places behind it are others. @param {HTMLElement} main @param {HTMLElement} button */
export function doRow(main, button) {
  const { do: what, path, to, ask } = button.dataset;
  if (ask && !globalThis.confirm(ask)) return;
  const asked = { file: main.dataset.file, do: what, path, items: rows(main, button), to: Number(to) };
  waiting++;
  queue = queue.then(async () => {
    const { status, said } = await send("/edit", asked);
    if (status === 200) {
      sessionStorage.setItem("desk-scroll", String(globalThis.scrollY));
      location.reload();
    } else say(`没有改：${said.words}`);
  }).catch(() => say("没有改：编辑台可能已经关闭")).finally(() => { waiting--; });
}

/** Who leaves the page by a link or a form waits for what is under way; who closes it loses nothing either. @param {HTMLElement} main */
export function leaving(main) {
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("a[href]");
    if (!waiting || !(link instanceof HTMLAnchorElement) || link.target || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    queue.finally(() => { location.href = link.href; });
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!waiting) return;
    event.preventDefault();
    queue.finally(() => form.submit());
  });
  document.addEventListener("visibilitychange", () => {
    const field = document.activeElement;
    if (document.hidden && field instanceof HTMLTextAreaElement && field.dataset.path !== undefined) saveField(main, field);
  });
}

const EVERY = 4000;

/** Tell when somebody else saved the file that is open here. @param {HTMLElement} main */
export function watchForeign(main) {
  const scroll = sessionStorage.getItem("desk-scroll");
  if (scroll) globalThis.scrollTo(0, Number(scroll));
  sessionStorage.removeItem("desk-scroll");
  setInterval(async () => {
    if (document.hidden || waiting) return;
    const answer = await fetch(`/state/${encodeURI(main.dataset.file || "")}`).catch(() => null);
    if (!answer?.ok || waiting) return;
    const said = await answer.json();
    if (said.digest === main.dataset.digest) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "重新打开";
    button.addEventListener("click", () => location.reload());
    say("这个文件刚才在别处改过（比如用记事本）。", button);
  }, EVERY);
}
