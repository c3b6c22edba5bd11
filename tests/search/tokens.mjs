// The browser's tokens of each case, for the comparison with Python. Reads the cases from standard input.
import { readFileSync } from "node:fs";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const { text } = loadScripts(["normalize"]);
const cases = JSON.parse(readFileSync(0, "utf8"));
const answers = cases.map((value) => {
  const normalized = text.normalize(value);
  return [text.fold(value), normalized, text.tokens(normalized), text.singleCharacters(normalized), text.documentNumbers(normalized), text.queryTokens(value)];
});
process.stdout.write(JSON.stringify(answers));
