// Findings beside their fields: what is wrong, and a button where it is known what to write instead.
import { saveField } from "./saving.js";

/** @typedef {{place: string, severity: string, code: string, words: string, hint: string, cited: string, line: number,
 *   offer: string, word: string, lacking: string, unchecked: boolean}} Finding */

/** The element of a place, or of the nearest one around it that the page shows. @param {HTMLElement} main @param {string} place */
function nearest(main, place) {
  for (let at = place; at; at = at.includes("/") ? at.slice(0, at.lastIndexOf("/")) : "") {
    const found = main.querySelector(`[data-place="${CSS.escape(at)}"]`);
    if (found) return /** @type {HTMLElement} */ (found);
  }
  return null;
}

/** @param {HTMLElement} main @param {Finding[]} findings */
export function showMarks(main, findings) {
  for (const old of main.querySelectorAll(".mark")) old.remove();
  for (const field of main.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && !/^[mr]-/.test(id));
    if (others.length > 0) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  const page = main.dataset.at || "";
  let elsewhere = 0;
  findings.forEach((finding, at) => {
    const inside = !page || finding.place === page || finding.place.startsWith(`${page}/`);
    if (!inside) elsewhere++;
    else place(main, finding, `m-${at}`);
  });
  if (elsewhere > 0) note(`这个文件的别处还有 ${elsewhere} 处问题：`, `/file/${encodeURI(main.dataset.file || "")}`);
}

/** @param {string} words @param {string} address */
function note(words, address) {
  const box = document.createElement("p");
  box.className = "mark";
  box.textContent = words;
  box.append(Object.assign(document.createElement("a"), { href: address, textContent: "看整个文件" }));
  document.getElementById("marks")?.append(box);
}

/** @param {HTMLElement} main @param {Finding} finding @param {string} id */
function place(main, finding, id) {
  const around = nearest(main, finding.place);
  const box = document.createElement("div");
  box.className = `mark ${finding.severity}`;
  box.id = id;
  box.append(`${finding.severity === "error" ? "错误" : finding.unchecked ? "待核" : "提醒"}：${finding.words}`);
  const hint = finding.hint && !finding.offer && !finding.unchecked ? `　${finding.hint}` : "";
  if (hint) box.append(Object.assign(document.createElement("span"), { className: "hint", textContent: hint }));
  if (finding.cited) box.title = finding.cited;
  const field = around?.querySelector("[data-path]");
  const single = around && /** @type {HTMLElement} */ (field)?.dataset.path === around.dataset.place;
  if (single && field) {
    field.setAttribute("aria-invalid", finding.severity === "error" ? "true" : "false");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
    if (finding.offer) box.append(offered(main, /** @type {HTMLTextAreaElement} */ (field), finding));
  }
  if (finding.lacking) {
    const asked = new URLSearchParams({ name: finding.lacking, organ: main.dataset.organ || "" });
    box.append(Object.assign(document.createElement("a"), { href: `/unit?${asked}`, textContent: " 加进名录" }));
  }
  if (finding.unchecked) box.append(settled(main, finding.line));
  if (!around) document.getElementById("marks")?.append(box);
  else if (around instanceof HTMLTableRowElement) around.querySelector("th")?.append(box);
  else if (single) around.append(box);
  else around.querySelector("h2")?.after(box);
  for (let outer = around?.closest("details"); outer; outer = outer.parentElement?.closest("details")) outer.open = true;
}

/** @param {HTMLElement} main @param {HTMLTextAreaElement} field @param {Finding} finding */
function offered(main, field, { offer, word }) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `改为“${word}”`;
  button.addEventListener("click", () => {
    field.value = offer;
    field.focus();
    saveField(main, field);
  });
  return button;
}

/** A remark 待核 goes by a form of its own. @param {HTMLElement} main @param {number} line */
function settled(main, line) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `/settle/${encodeURI(main.dataset.file || "")}`;
  const csrf = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrf]"))?.value || "";
  const values = { csrf, line: String(line), digest: main.dataset.digest || "", at: main.dataset.at || "" };
  for (const [name, value] of Object.entries(values)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  form.append(Object.assign(document.createElement("button"), { textContent: "已核对" }));
  return form;
}
