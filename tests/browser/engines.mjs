// Firefox and WebKit as the system has them, with as much of a browser as the tests of engines.test.mjs ask for.
// Firefox is driven by WebDriver BiDi (puppeteer), WebKitGTK by its own WebKitWebDriver (W3C WebDriver), on a screen of
// Xvfb. Each is { goto(url), run(function, ...arguments), close() }; a missing one is null.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";
import { GUARD } from "./browser.mjs";

const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);
const WEBKIT_DRIVER = ["/usr/bin/WebKitWebDriver"].find(existsSync);
const MINI_BROWSER = ["x86_64", "aarch64"]
  .flatMap((machine) => ["4.1", "4.0"].map((version) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`))
  .find(existsSync);
const XVFB = ["/usr/bin/Xvfb"].find(existsSync);

export async function firefox() {
  if (!FIREFOX) return null;
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath: FIREFOX, headless: true, timeout: GUARD, protocolTimeout: GUARD,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(GUARD);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  return {
    errors,
    goto: (url) => page.goto(url),
    run: (what, ...given) => page.evaluate(what, ...given),
    close: () => browser.close(),
  };
}

/** A port that nobody listens on. */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A screen nobody sees; Xvfb chooses the number itself. */
async function screen() {
  const child = spawn(XVFB, ["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface(child.stdout)) return { child, display: `:${line}` };
  throw new Error("Xvfb has no screen");
}

async function asked(url, method, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

export async function webkit() {
  if (!(WEBKIT_DRIVER && MINI_BROWSER && XVFB)) return null;
  const { child, display } = await screen();
  const port = await freePort();
  const env = {
    ...process.env, DISPLAY: display, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1",
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", // it reads the site of this test only, and root has no sandbox
  };
  const driver = spawn(WEBKIT_DRIVER, [`--port=${port}`], { env, stdio: "ignore" });
  const base = `http://127.0.0.1:${port}`;
  await until(() => asked(`${base}/status`, "GET"));
  const options = { binary: MINI_BROWSER, args: ["--automation"] };
  const { sessionId } = await asked(`${base}/session`, "POST", {
    capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
  });
  const session = `${base}/session/${sessionId}`;
  return {
    errors: [],
    goto: (url) => asked(`${session}/url`, "POST", { url }),
    run: (what, ...args) => asked(`${session}/execute/sync`, "POST", { script: `return (${what})(...arguments)`, args }),
    close: async () => {
      await asked(session, "DELETE");
      driver.kill();
      child.kill();
    },
  };
}

/** Ask again and again until the answer says yes; a page that is being left answers nothing. */
export async function until(ask) {
  for (let round = 0; round < GUARD / 50; round++) {
    const answer = await Promise.resolve().then(ask).catch(() => null);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`hangs: ${ask}`);
}
