// The check of least versions (tools/browsers.mjs) finds what is too new, whatever it is, and leaves alone what is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PROMISED, missing } from "../../tools/browsers.mjs";

const names = (text, kind) => [...missing(text, kind).keys()];

const TOO_NEW = [
  [".css", "a { field-sizing: 1px }", "field-sizing"],
  [".css", "a:has(b) { color: red }", ":has"],
  [".css", "@layer x { a { color: red } }", "@layer"],
  [".css", "a { color: color-mix(in srgb, red, blue) }", "color-mix()"],
  [".css", "@media (prefers-contrast: more) { a { color: red } }", "(prefers-contrast)"],
  [".js", "structuredClone(x)", "structuredClone"],
  [".js", "x.replaceChildren()", null], // Safari 14, Chrome 86
  [".js", "x.toSorted()", ".toSorted"],
  [".js", "x.checkVisibility()", ".checkVisibility"],
  [".js", "new CompressionStream('gzip')", "CompressionStream"],
  [".js", "class A { #x = 1; }", "syntax"],
];

for (const [kind, text, name] of TOO_NEW) {
  test(`${text} ${name ? "is too new" : "is known"}`, () => assert.deepEqual(names(text, kind), name ? [name] : []));
}

test("what is asked for before it is used is no matter", () => {
  assert.deepEqual(names("@supports (field-sizing: content) { a { field-sizing: content } }", ".css"), []);
});

test("what the column says of browsers is what is checked", () => {
  const said = readFileSync("content/accessibility.md", "utf8");
  const { chrome, edge, firefox, safari, safari_ios: ios } = PROMISED.least;
  for (const words of [`Chrome ${chrome}`, `Edge ${edge}`, `Firefox ${firefox}`, `Safari ${safari}`, `iOS ${ios}`]) {
    assert.ok(said.includes(words), words);
  }
});
