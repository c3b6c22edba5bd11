// Does a style sheet or script of the site need a newer browser than tools/browsers.json promises? `node tools/browsers.mjs`
//
// Style sheets are parsed by css-tree and scripts by acorn; since when browsers know a feature comes from MDN
// (@mdn/browser-compat-data). The type of an object is not known, so that a member counts as unsupported only where no
// interface of that name has it in the least versions. What stands inside @supports is asked for before it is used.
// `fine_without` names what readers with an older browser do without, and what they get instead.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import bcd from "@mdn/browser-compat-data" with { type: "json" };
import { parse as parseScript } from "acorn";
import * as csstree from "css-tree";

const ROOT = path.resolve(import.meta.dirname, "..");
export const PROMISED = JSON.parse(readFileSync(path.join(ROOT, "tools/browsers.json"), "utf8"));

/** A version as numbers that can be compared; what is not known yet is later than all. */
const number = (version) => {
  if (typeof version !== "string" || version === "preview") return [Number.POSITIVE_INFINITY];
  return version.replace("≤", "").split(".").map(Number);
};
const later = (a, b) => {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if ((a[at] ?? 0) !== (b[at] ?? 0)) return (a[at] ?? 0) > (b[at] ?? 0);
  }
  return false;
};

/** The browsers whose least version does not know a feature, each with the version that does. */
function lacking(compat) {
  const found = [];
  for (const [browser, least] of Object.entries(PROMISED.least)) {
    const given = [compat?.support?.[browser] ?? []].flat();
    const plain = given.filter((one) => !one.flags && !one.prefix && !one.alternative_name);
    const knows = (one) =>
      !later(number(one.version_added), number(least)) &&
      (!one.version_removed || later(number(one.version_removed), number(least)));
    if (given.length > 0 && !plain.some(knows)) found.push(`${browser} ${plain[0]?.version_added || "—"}`);
  }
  return found;
}

/** Nodes of compat data with a key, at any depth: `min` in css.types, `color-mix` in css.types.color. */
function* named(tree, key) {
  for (const [name, inner] of Object.entries(tree)) {
    if (name === "__compat" || typeof inner !== "object") continue;
    if (name === key && inner.__compat) yield inner.__compat;
    yield* named(inner, key);
  }
}

/** What a style sheet uses: [what, its compat data]. */
function* ofSheet(text) {
  const found = [];
  const tree = csstree.parse(text, { parseCustomProperty: false });
  let guarded = 0;
  csstree.walk(tree, {
    enter(node) {
      if (node.type === "Declaration" && this.atrule?.name === "page") return; // descriptors of paper: see @page
      if (node.type === "Atrule" && node.name === "supports") guarded++;
      if (guarded) return;
      if (node.type === "Atrule") found.push([`@${node.name}`, bcd.css["at-rules"][node.name]?.__compat]);
      if (node.type === "Feature") found.push([`(${node.name})`, bcd.css["at-rules"].media[node.name]?.__compat]);
      if (/^Pseudo(Class|Element)Selector$/.test(node.type)) found.push([`:${node.name}`, bcd.css.selectors[node.name]?.__compat]);
      if (node.type === "Rule") found.push(...flexGap(node));
      if (node.type === "Declaration" && !node.property.startsWith("-")) found.push(...ofDeclaration(node));
    },
    leave(node) {
      if (node.type === "Atrule" && node.name === "supports") guarded--;
    },
  });
  yield* found;
}

function flexGap(rule) {
  const given = rule.block.children.toArray().filter((node) => node.type === "Declaration");
  const flex = given.some((one) => one.property === "display" && /flex/.test(csstree.generate(one.value)));
  const gap = given.some((one) => one.property === "gap");
  return flex && gap ? [["gap (flex)", bcd.css.properties.gap.flex_context.__compat]] : [];
}

function ofDeclaration(node) {
  const property = bcd.css.properties[node.property];
  const found = [[node.property, property?.__compat]];
  if (node.value.type !== "Value") return found;
  csstree.walk(node.value, (inner) => {
    if (inner.type === "Identifier" && property?.[inner.name]?.__compat) {
      found.push([`${node.property}: ${inner.name}`, property[inner.name].__compat]);
    }
    if (inner.type === "Function") {
      const [first] = named(bcd.css.types, inner.name);
      if (first) found.push([`${inner.name}()`, first]);
    }
  });
  return found;
}

const MEMBERS = new Map();
for (const room of [bcd.javascript.builtins, bcd.api]) {
  for (const known of Object.values(room)) {
    for (const [name, inner] of Object.entries(known)) {
      const key = name.replace(/_static$/, "");
      if (inner?.__compat) MEMBERS.set(key, [...(MEMBERS.get(key) ?? []), inner.__compat]);
    }
  }
}

/** Every node of a syntax tree. */
function* nodes(node) {
  if (!node || typeof node.type !== "string") return;
  yield node;
  for (const value of Object.values(node)) {
    for (const inner of [value].flat()) if (inner && typeof inner === "object") yield* nodes(inner);
  }
}

/** Names of members that scripts give to objects of their own: nobody can tell these from the browsers' by the name. */
const OWN = new Set();
const isModule = (text) => /^(import|export) /m.test(text); // the desk has modules, pages of the site classic scripts
const parsed = (text) =>
  parseScript(text, { ecmaVersion: PROMISED.ecmascript, sourceType: isModule(text) ? "module" : "script" });
export function learn(text) {
  for (const node of nodes(parsed(text))) {
    if (node.type === "Property" || node.type === "MethodDefinition") OWN.add(node.key.name ?? node.key.value);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") OWN.add(node.left.property.name);
  }
}

/** What a script uses: globals, and members of what there is in browsers. */
function* ofScript(text) {
  const names = new Set();
  const members = new Set();
  for (const node of nodes(parsed(text))) {
    if (node.type === "MemberExpression" && !node.computed && !OWN.has(node.property.name)) members.add(node.property.name);
    if (node.type === "NewExpression" || node.type === "CallExpression") names.add(node.callee.name);
  }
  for (const name of names) {
    const compat = bcd.javascript.builtins[name]?.__compat ?? bcd.api[name]?.__compat;
    if (compat) yield [name, compat];
  }
  for (const name of members) {
    const all = MEMBERS.get(name) ?? [];
    if (all.length > 0 && all.every((compat) => lacking(compat).length > 0)) yield [`.${name}`, all[0]];
  }
}

/** Every feature of a text that the least versions do not know: its name, and the browsers that lack it. */
export function missing(text, kind) {
  const found = new Map();
  try {
    for (const [name, compat] of kind === ".css" ? ofSheet(text) : ofScript(text)) {
      const browsers = lacking(compat);
      if (browsers.length > 0) found.set(name, browsers);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    found.set("syntax", [error.message]);
  }
  return found;
}

const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => /\.(css|js)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

const FOLDERS = ["overrides/assets", "generator/gongkai/desk/static"];

function main() {
  const wrong = [];
  const used = new Set();
  const all = FOLDERS.flatMap((folder) => files(path.join(ROOT, folder)));
  for (const file of all.filter((name) => name.endsWith(".js"))) learn(readFileSync(file, "utf8"));
  for (const file of all) {
    for (const [name, browsers] of missing(readFileSync(file, "utf8"), path.extname(file))) {
      used.add(name);
      if (!PROMISED.fine_without[name]) wrong.push(`${path.relative(ROOT, file)}: ${name} needs ${browsers.join(", ")}`);
    }
  }
  for (const name of Object.keys(PROMISED.fine_without)) {
    if (!used.has(name)) wrong.push(`tools/browsers.json: ${name} is used no more`);
  }
  if (wrong.length > 0) {
    console.error(wrong.join("\n"));
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
