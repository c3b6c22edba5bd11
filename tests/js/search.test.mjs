// Parts of the browser's search that Python cannot see: inflating without the browser's help, highlighting.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const search = loadScripts(["normalize", "highlight", "inflate"]);

test("gunzip agrees with zlib on text, noise, repetition and nothing", () => {
  const text = readFileSync("tests/sources/changqing-2022-work-plan.txt");
  const samples = [text, randomBytes(100_000), Buffer.alloc(70_000, "公"), Buffer.alloc(0), Buffer.from("a")];
  for (const sample of samples) {
    for (const level of [0, 1, 9]) {
      const packed = new Uint8Array(gzipSync(sample, { level }));
      assert.deepEqual(Buffer.from(search.gunzip(packed)), Buffer.from(sample));
    }
  }
  assert.ok(deflateRawSync(text).length < text.length);
});

test("gunzip refuses what is cut short", () => {
  const packed = new Uint8Array(gzipSync(Buffer.from("政务公开".repeat(500))));
  assert.throws(() => search.gunzip(packed.subarray(0, packed.length - 20)));
  assert.throws(() => search.gunzip(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));
});

const marked = (text, ...words) => search.highlight.spans(text, words).map(([from, to]) => text.slice(from, to));

test("words are marked as they are printed", () => {
  assert.deepEqual([...marked("运用５Ｇ技术", "5g")], ["５Ｇ"]);
  assert.deepEqual([...marked("“26＋1＋n”个领域", "26+1+n")], ["26＋1＋n"]);
  assert.deepEqual([...marked("国务院令第713号", "国务院令713号")], ["国务院令第713号"]);
  assert.deepEqual([...marked("养老养老服务", "养老", "养老服务")], ["养老养老服务"]);
  assert.deepEqual([...marked("没有", "别的")], []);
});

test("an excerpt starts near the first hit and says that it is one", () => {
  const parts = search.highlight.excerpt(`${"前".repeat(200)}养老${"后".repeat(200)}`, ["养老"]);
  assert.equal(parts[0][0], "…");
  assert.deepEqual([...parts.filter(([, hit]) => hit).map(([text]) => text)], ["养老"]);
  assert.equal(parts[parts.length - 1][0], "…");
});
