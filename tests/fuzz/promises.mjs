// What every query may rely on, however it is spelled; for the random run and for the one guided by coverage.
import assert from "node:assert/strict";

/** @param {object[]} groups how a query was understood */
const wellFormed = (query, groups) => {
  for (const group of groups) {
    if (group.number) {
      assert.equal(group.number.length, 3);
      assert.match(group.number[1], /^(?:(?:19|20)\d\d)?$/); // a document number may be asked for without its year
      assert.match(group.number[2], /^\d{1,4}$/);
      continue;
    }
    if (group.item) {
      assert.match(group.item, /^№\d+[a-z_]*$/);
      continue;
    }
    assert.ok(group.alternatives.length >= 1 && group.alternatives.length <= 6);
    for (const alternative of group.alternatives) {
      assert.ok(alternative.tokens.length);
      assert.ok(alternative.tokens.every((token) => typeof token === "string" && token));
      assert.ok(alternative.unit === undefined || Number.isInteger(alternative.unit));
    }
  }
  assert.ok(groups.length <= query.length + 1, "more groups than characters");
};

/** Understand a query in every way there is; throws when a promise is broken. Returns how it was understood. */
export function understand(search, engine, query) {
  const { text } = search;
  const { understanding } = engine;
  const groups = understanding.groups(query);
  wellFormed(query, groups);
  const naming = new search.parts.naming(engine);
  for (const other of [understanding.apart(query), naming.numbered(query)]) if (other) wellFormed(query.repeat(3) + " ".repeat(99), other);
  assert.ok((naming.rewritten(query) || { text: "" }).text !== undefined);
  assert.equal(text.fold(text.fold(query)), text.fold(query), "folding twice is folding once");
  return groups;
}
