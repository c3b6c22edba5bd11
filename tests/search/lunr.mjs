// lunr.js on an exported index: how many records match each list of tokens, and the ten best with their scores.
import { readFileSync } from "node:fs";
import lunr from "lunr";

const { index: exported, queries } = JSON.parse(readFileSync(0, "utf8"));
const index = lunr.Index.load(exported);
const answers = queries.map((words) => {
  const found = index.query((query) => words.forEach((word) => query.term(word, {})));
  return { count: found.length, top: found.slice(0, 10).map(({ ref, score }) => [ref, score]) };
});
process.stdout.write(JSON.stringify(answers));
