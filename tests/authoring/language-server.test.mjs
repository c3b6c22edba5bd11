// What an editor sees while typing: the YAML language server of VS Code, without VS Code.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SERVER = path.join(ROOT, "node_modules/yaml-language-server/bin/yaml-language-server");

class Client {
  #process = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #next = 1;
  #told = new Map();
  diagnostics = new Map();

  constructor() {
    this.#process.on("exit", (code) => assert.fail(`the language server ended: ${code}`));
    this.#process.stdout.on("data", (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      for (let message = this.#take(); message; message = this.#take()) this.#receive(message);
    });
  }

  #take() {
    const head = this.#buffer.indexOf("\r\n\r\n");
    if (head < 0) return null;
    const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, head).toString())[1]);
    if (this.#buffer.length < head + 4 + length) return null;
    const message = JSON.parse(this.#buffer.subarray(head + 4, head + 4 + length).toString());
    this.#buffer = this.#buffer.subarray(head + 4 + length);
    return message;
  }

  #receive(message) {
    if (message.method === "textDocument/publishDiagnostics") {
      this.diagnostics.set(message.params.uri, message.params.diagnostics);
      this.#told.get(message.params.uri)?.();
    } else if (message.method && message.id !== undefined) {
      const settings = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
      const answer = message.method === "workspace/configuration" ? message.params.items.map(() => settings) : null;
      this.#send({ id: message.id, result: answer });
    } else if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message.result);
    }
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** Resolves with the next word on a file. */
  next(uri) {
    return new Promise((resolve) => this.#told.set(uri, resolve));
  }

  close() {
    this.#process.removeAllListeners("exit");
    this.#process.kill();
  }
}

let client;

before(async () => {
  client = new Client();
  const folder = pathToFileURL(ROOT).href;
  const capabilities = { workspace: { configuration: true, workspaceFolders: true } };
  await client.request("initialize", { processId: process.pid, rootUri: folder, capabilities,
    workspaceFolders: [{ uri: folder, name: "column" }] });
  client.notify("initialized", {});
});
after(() => client.close());

/** Open a text as if it were the file ``name`` in plans/; the server reads the schema that its first line names. */
async function open(name, text) {
  const uri = pathToFileURL(path.join(ROOT, "plans", name)).href;
  const told = client.next(uri);
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  await told;
  return uri;
}

const real = (name) => readFileSync(path.join(ROOT, "plans", name), "utf8");

for (const name of ["laiwu-2021.yml", "laiwu-2021-decisions.yml", "laiwu-2021-projects.yml", "vocabularies/units-laiwu.yml"]) {
  test(`${name} is valid while it is open in an editor`, async () => {
    const uri = await open(name, real(name));
    assert.deepEqual(client.diagnostics.get(uri)?.map((found) => found.message), []);
  });
}

test("an unknown field is underlined where it stands", async () => {
  const text = real("laiwu-2025.yml").replace("  date_signed:", "  date_sign:");
  const uri = await open("laiwu-2025.yml", text);
  const [found] = client.diagnostics.get(uri);
  assert.equal(found.range.start.line, text.split("\n").findIndex((line) => line.includes("date_sign:")));
});

test("fields are offered while typing, with their meaning in Chinese", async () => {
  const head = real("laiwu-2021-decisions.yml").split("\n").slice(0, 29).join("\n");
  const text = `${head}\n  - number: 1\n    number_text: 一\n    title: 甲\n    organizers: 乙\n    stages:\n      consultation:\n        st`;
  const uri = await open("typing.yml", text);
  const lines = text.split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1).length };
  const offered = await client.request("textDocument/completion", { textDocument: { uri }, position });
  const items = new Map(offered.items.map((item) => [item.label, JSON.stringify(item.documentation ?? "")]));
  assert.ok(items.has("start"), [...items.keys()].join(" "));
  assert.match(items.get("start"), /征求意见第一天/);
});

test("the meaning of a field is shown on it", async () => {
  const text = real("laiwu-2021-projects.yml");
  const uri = await open("laiwu-2021-projects.yml", text);
  const line = text.split("\n").findIndex((each) => each.startsWith("announced:"));
  const hover = await client.request("textDocument/hover", { textDocument: { uri }, position: { line, character: 2 } });
  assert.match(JSON.stringify(hover.contents), /宣布的项目总数/);
});
