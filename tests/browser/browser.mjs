// A real browser for what a reader does. Chromium comes from the operating system; nothing is downloaded.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const SITE = path.resolve(process.env.SITE ?? "site");

// The shell renders as the whole browser does, without its windows: half of the processor time.
const EXECUTABLE = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`).find(existsSync);
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".csv": "text/csv",
};

/** Milliseconds after which what is waited for will never come. No test is decided by it: it names what hangs. */
export const GUARD = Number(process.env.GUARD ?? 120_000);

/** A browser that waits for what tests name, however long a busy machine takes for it. */
export async function launch(more = []) {
  const args = [...ARGUMENTS, ...more];
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args, headless: true, timeout: GUARD });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => { // newPage() begins with a context, too
    const context = await newContext(options);
    context.setDefaultTimeout(GUARD);
    return context;
  };
  return browser;
}

/** Serve a site below a sub-path, as a portal does; for what is not there, the site's own page of 404. */
export async function serve(prefix = "/zfxxgk/", make = createServer, scheme = "http", site = SITE) {
  const server = make(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (!pathname.startsWith(prefix)) {
      response.writeHead(404).end();
      return;
    }
    let file = path.join(site, decodeURIComponent(pathname.slice(prefix.length)));
    if (file.endsWith(path.sep) || pathname.endsWith("/")) {
      file = path.join(file, "index.html");
    }
    try {
      const type = TYPES[path.extname(file)];
      const body = await readFile(file);
      const headers = { "content-type": type ?? "application/octet-stream" };
      if (type) headers["content-encoding"] = "gzip"; // as any web server does with text
      response.writeHead(200, headers).end(type ? gzipSync(body) : body);
    } catch {
      const lost = await readFile(path.join(site, "404.html")).catch(() => "");
      response.writeHead(404, { "content-type": TYPES[".html"] }).end(lost);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `${scheme}://127.0.0.1:${server.address().port}${prefix}`;
  return { url, close: () => server.close() };
}

export const fileUrl = (relative) => pathToFileURL(path.join(SITE, relative)).href;

export const PHONE = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Watch a page for what a reader must never meet: errors, and requests that leave the site. */
export function watch(page, allowed) {
  const trouble = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(allowed) || trouble.push(`request: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && trouble.push(`${response.status()}: ${response.url()}`));
  return trouble;
}
