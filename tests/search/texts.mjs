// What the browser reads in files of texts: code points of a compressed JSON text given in base64.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { loadScripts } from "../../benchmarks/search/engine.mjs";

const { readers } = loadScripts(["normalize", "readers"]);
const content = gunzipSync(Buffer.from(JSON.parse(readFileSync(0, "utf8")), "base64"));
process.stdout.write(JSON.stringify(Array.from(readers.json(new Uint8Array(content)), (char) => char.codePointAt(0))));
