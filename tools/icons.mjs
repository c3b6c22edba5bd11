// The pictures of the column, drawn from overrides/assets/icon.svg: `node tools/icons.mjs`. Look at them before committing.
// favicon.ico for what asks for no other, touch-icon.png for home screens, card.png for links that are shared.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch } from "../tests/browser/browser.mjs";

const THEME = path.resolve(import.meta.dirname, "../overrides");
const SVG = readFileSync(path.join(THEME, "assets/icon.svg"), "utf8");
const FULL = SVG.replace(' rx="5"', ""); // home screens round the corners themselves
const sized = (svg, size) => svg.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block" `);
const CARD = `<style>body{margin:0;background:#9c1f1f;color:#fff;font-family:"Noto Serif CJK SC","Noto Serif SC",serif;
text-align:center}svg{margin:110px auto 40px}p{margin:0;font-size:88px;font-weight:700;letter-spacing:.08em}</style>
${sized(FULL, 190).replace("display:block", "display:block;border:6px solid #fff;border-radius:28px")}<p>政府信息公开</p>`;

const browser = await launch();
const page = await browser.newPage();

async function drawn(html, width, height) {
  await page.setViewportSize({ width, height });
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>body{margin:0}</style>${html}`);
  return page.screenshot({ omitBackground: true });
}

/** An .ico with one picture, a PNG (all browsers since 2007 read that). */
function ico(png, size) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

writeFileSync(path.join(THEME, "favicon.ico"), ico(await drawn(sized(SVG, 32), 32, 32), 32));
writeFileSync(path.join(THEME, "assets/touch-icon.png"), await drawn(sized(FULL, 180), 180, 180));
writeFileSync(path.join(THEME, "assets/card.png"), await drawn(CARD, 1200, 630));
await browser.close();
