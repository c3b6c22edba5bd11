// Addresses that people or machines make up, and servers that never answer: no script may throw or wait for ever.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const search = loadScripts();
const Narrowing = search.parts.narrow;
const within = { files: [["gazette-1", 1], ["shili-2021", 2]], contains: { "gazette-1": ["shili-2021"] } };
const store = { get: async () => new TextEncoder().encode(JSON.stringify(within)) };
const reader = { entry: async (at) => ({ title: `record ${at}` }) };

test("a file that an address names is one of the column or none", async () => {
  const narrowing = new Narrowing({ reader, store });
  assert.equal(await narrowing.titleOf("shili-2021"), "record 1");
  assert.equal((await narrowing.file("gazette-1")).has(2), true);
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "", "\u{1f600}", "<script>", "%F0%9F"]) {
    assert.equal(await narrowing.titleOf(name), "");
    assert.equal((await narrowing.file(name)).has(0), false);
  }
});

test("half a character behind # is no error", () => {
  for (const hash of ["#%F0%9F", "#%", "#%zz", "#", "", "#task-1", "#__proto__"]) {
    const asked = [];
    const nothing = { addEventListener() {}, setAttribute() {} };
    const document = { querySelectorAll: () => [], querySelector: () => null, documentElement: nothing, getElementById: (id) => void asked.push(id) };
    const window = { location: { hash }, matchMedia: () => ({ matches: false }), addEventListener() {} };
    vm.runInNewContext(readFileSync("overrides/assets/tables.js", "utf8"), { document, window, decodeURIComponent });
    assert.ok(asked.length);
  }
});

test("of a query of any length as much is read as the field takes", async () => {
  const read = [];
  const engine = Object.create(search.Engine.prototype);
  engine.destinations = { load: async (query) => void read.push(query) };
  engine.read = async (query) => {
    read.push(query);
    throw new Error("read");
  };
  await assert.rejects(engine.search("第".repeat(1_000_000)), /read/);
  assert.deepEqual(read.map(({ length }) => length), [200, 200]);
});

/** The store of a page whose server answers as `fetch` does; its timers are run by hand. */
const paged = (fetch) => {
  const timers = [];
  const context = {
    fetch,
    location: { protocol: "https:" },
    setTimeout: (act) => timers.push(act),
    clearTimeout() {},
    Uint8Array, Response, DecompressionStream,
  };
  vm.runInNewContext(readFileSync("overrides/assets/search/store.js", "utf8"), context);
  return { store: context.columnSearch.pageStore("../"), timers };
};

test("a request that hangs is a failure, and the next attempt asks again", async () => {
  let asked = 0;
  const { store: hanging, timers } = paged(() => {
    asked += 1;
    return new Promise(() => {});
  });
  for (const attempt of [1, 2]) {
    const open = hanging.open();
    timers.splice(0).forEach((act) => act());
    await assert.rejects(open, /no answer/);
    assert.equal(asked, attempt);
  }
});

test("what arrives in time is what is read", async () => {
  const { store: quick } = paged(async () => ({ ok: true, json: async () => ({ directory: "1" }) }));
  assert.equal((await quick.open()).directory, "1");
  const { store: broken } = paged(async () => ({ ok: false, status: 500 }));
  await assert.rejects(broken.open(), /500/);
});
