// Scripts in few bytes: {name: source} from the standard input, {name: script} to the standard output.
import { readFileSync } from "node:fs";
import { minify } from "terser";

const made = {};
for (const [name, source] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  made[name] = (await minify(source, { ecma: 2020, compress: { passes: 2 }, mangle: true })).code;
}
process.stdout.write(JSON.stringify(made));
