// Fragments in the page of a portal whose style sheets know nothing of us: everything can be read, on a phone, too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { launch } from "../browser.mjs";

const FRAGMENTS = process.env.FRAGMENTS;
const names = readdirSync(FRAGMENTS).filter((name) => name.endsWith(".html"));
const browser = await launch();
after(() => browser.close());

// What the sheets of portals do to the text of an article: a reset, a column of fixed width, tables and paragraphs.
const SHEETS = {
  none: "",
  portal: `
    * { margin: 0; padding: 0; box-sizing: border-box }
    body { font: 14px/1.5 "Microsoft YaHei", SimSun, sans-serif; color: #333 }
    ul, ol, li { list-style: none }
    a { color: #005bac; text-decoration: none }
    .main { max-width: 1000px; margin: 0 auto; padding: 0 10px }
    .content { font-size: 16px; line-height: 2 }
    .content p { text-indent: 2em; text-align: justify }
    .content h1 { font-size: 24px; text-align: center }
    .content img { max-width: 100% }
    .content table { width: 100%; border-collapse: collapse }
    .content td, .content th { border: 1px solid #ccc; padding: 5px 8px }`,
  "portal with tables of equal columns": `
    body { margin: 0; font: 16px/1.75 serif }
    .content table { width: 100%; table-layout: fixed; overflow-wrap: anywhere; border-spacing: 0; text-align: center }
    .content h1, .content h2, .content h3 { font-weight: normal; margin: 1em 0 }
    .content section, .content div { overflow: hidden }
    .content small { display: block }`,
};

/** In the page: what a reader could not read. */
function trouble() {
  const found = [];
  const slack = 2; // systems draw letters a little wider or narrower
  const wide = document.documentElement.clientWidth;
  const said = (what, element) => found.push(`${what}: <${element.localName}> ${element.textContent.trim().slice(0, 30)}`);
  if (document.documentElement.scrollWidth > wide + slack) found.push(`${document.documentElement.scrollWidth} wide, not ${wide}`);
  for (const element of document.querySelectorAll(".content :is(h1, h2, h3, h4, h5, h6, table, caption, th, td, p, li, dt, dd)")) {
    if (element.closest("details:not([open])") && !element.closest("summary")) continue;
    const text = element.textContent.trim();
    const { width, height, left, right } = element.getBoundingClientRect();
    if (text && !(element.checkVisibility() && width > 0 && height > 0)) said("hidden", element);
    if (text && (left < -slack || right > wide + slack)) said("outside", element);
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) said("cut off", element);
  }
  const blocks = ":is(h1, h2, h3, h4, h5, h6, p, table, ul, ol, dl, section, details, blockquote, tr, li)";
  for (const element of document.querySelectorAll(`.content ${blocks} + ${blocks}`)) {
    const above = element.previousElementSibling.getBoundingClientRect();
    const below = element.getBoundingClientRect();
    if (above.height && below.height && below.top < above.bottom - 1) said("overlaps what is above", element);
  }
  return found;
}

test("there are fragments with headings and tables", () => {
  const all = names.map((name) => readFileSync(path.join(FRAGMENTS, name), "utf8")).join("");
  for (const tag of ["<h1>", "<h2>", "<table>", "<th scope"]) assert.ok(all.includes(tag), tag);
});

for (const [sheet, css] of Object.entries(SHEETS)) {
  for (const width of [360, 1280]) {
    test(`sheet ${sheet}, ${width} pixels wide`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      await page.route("**/*", (route) => route.abort()); // pictures lie on the portal
      for (const name of names) {
        const text = readFileSync(path.join(FRAGMENTS, name), "utf8");
        await page.setContent(
          `<!doctype html><html lang="zh-CN"><meta name="viewport" content="width=device-width"><style>${css}</style>` +
            `<div class="main"><div class="content">${text}</div></div></html>`,
          { waitUntil: "domcontentloaded" },
        );
        assert.deepEqual(await page.evaluate(trouble), [], name);
      }
      await page.close();
    });
  }
}
