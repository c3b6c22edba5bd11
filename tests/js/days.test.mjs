// Days that are left, counted again on the day of reading: a day in China, wherever and whenever the page is read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync("overrides/assets/column.js", "utf8");

function told(until, now) {
  const left = { getAttribute: () => until, textContent: "" };
  const document = { querySelectorAll: (wanted) => (wanted === "[data-until]" ? [left] : []), querySelector: () => null };
  const window = { location: { protocol: "file:", pathname: "/", search: "", hash: "" } };
  const clock = { parse: Date.parse, now: () => Date.parse(now) };
  vm.runInNewContext(SCRIPT, { document, window, Date: clock });
  return left.textContent;
}

test("the last day is the last", () => {
  for (const [now, words] of [
    ["2026-11-20T00:00:00+08:00", "还剩6天"],
    ["2026-11-20T23:59:59+08:00", "还剩6天"],
    ["2026-11-25T23:59:59+08:00", "还剩1天"],
    ["2026-11-26T00:00:00+08:00", "今天截止"],
    ["2026-11-26T23:59:59+08:00", "今天截止"],
    ["2026-11-26T16:00:00Z", "已经截止"], // midnight in China
    ["2026-12-31T00:00:00+08:00", "已经截止"],
  ]) {
    assert.equal(told("2026-11-26", now), words, now);
  }
});
