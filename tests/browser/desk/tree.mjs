// The accessibility tree of a page in the order in which it is read: role, name, level of a heading.

const LINE = /^\s*- (?:'?)(\w+)(?: "((?:[^"\\]|\\.)*)")?([^:]*)/u;
const NAMED = new Set(["textbox", "combobox", "checkbox", "radio", "button", "link", "searchbox", "spinbutton", "region", "table"]);

/** Every node below an element that says what it is. @param {import("playwright-core").Locator} within */
export async function tree(within) {
  const lines = (await within.ariaSnapshot()).split("\n");
  return lines.map((line) => LINE.exec(line)).filter(Boolean).map(([whole, role, name = "", more]) => ({
    role, name, level: Number(/\[level=(\d)\]/u.exec(more)?.[1] ?? 0), text: whole, line: "",
  })).map((node, at) => ({ ...node, line: lines[at] }));
}

/** What is wrong with the order: headings that skip a level or come before the first one, controls without a name. */
export function disorder(nodes) {
  const found = [];
  let last = 0;
  for (const { role, name, level } of nodes) {
    if (role === "heading") {
      if (level > last + 1) found.push(`heading of level ${level} after ${last}: ${name}`);
      last = level;
    }
    if (NAMED.has(role) && !name) found.push(`${role} without a name`);
  }
  if (nodes.filter(({ level }) => level === 1).length !== 1) found.push("not one heading of level 1");
  return found;
}
