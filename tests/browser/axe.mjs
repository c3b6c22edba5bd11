// axe-core's WCAG 2.2 AA rules and best practices, asked of a page that is open.
import { readFileSync } from "node:fs";

const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules whose answer depends on how a page is shown; all others ask what it is made of. */
export const LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "meta-viewport"];

/** What is wrong with a page: the rule and the first places; by all rules or the ones that are named. */
export async function violations(page, named) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async ([tags, only]) => {
    // On paper nothing can be followed, so links look like the text around them.
    const rules = globalThis.matchMedia("print").matches ? { "link-in-text-block": { enabled: false } } : {};
    const { violations: all } = await globalThis.axe.run({ runOnly: only ? { type: "rule", values: only } : tags, rules: only ? {} : rules });
    const wrong = all.filter(({ id }) => rules[id]?.enabled !== false);
    return wrong.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
  }, [TAGS, named]);
}
