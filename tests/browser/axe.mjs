// axe-core's WCAG 2.2 AA rules and best practices, asked of a page that is open.
import { readFileSync } from "node:fs";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with a page: the rule and the first places. */
export async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    // On paper nothing can be followed, so links look like the text around them.
    const rules = globalThis.matchMedia("print").matches ? { "link-in-text-block": { enabled: false } } : {};
    const { violations: all } = await globalThis.axe.run({ runOnly: tags, rules });
    return all.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
  }, TAGS);
}
